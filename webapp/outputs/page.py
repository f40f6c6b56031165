"""The check sheet as one page of HTML that opens and prints anywhere: no script, no other file."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, select_autoescape

from webapp.outputs.front import basics, decision, sentence, verdict, worst_first
from webapp.outputs.sheet import FAMILIES, SEVERITIES, Sheet, coverage, rule_name


def sheet_page(sheet: Sheet) -> bytes:
    """The page, in UTF-8."""
    environment = Environment(
        loader=PackageLoader("webapp"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"rule_name": rule_name, "sentence": sentence}
    template = environment.get_template("outputs/sheet.html")
    by_family = {
        family: [row for row in sheet.rows() if str(row["rule"]).startswith(family)] for family in FAMILIES
    }
    lines = [coverage(family, tally) for family, tally in sheet.report.checked.items()]
    words = {severity.value: name for severity, name in SEVERITIES.items()}
    page = template.render(
        sheet=sheet,
        verdict=verdict(sheet),
        basics=basics(sheet),
        worst=worst_first(sheet),
        decided={sheet.id_of(finding): decision(sheet, finding) for finding in sheet.report.findings},
        lines={row["id"]: row for row in sheet.rows()},
        families=FAMILIES,
        by_family=by_family,
        coverage=lines,
        alone=sheet.alone(),
        severities=words,
    )
    return page.encode()
