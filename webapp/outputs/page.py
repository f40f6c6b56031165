"""The check sheet as one page of HTML that opens and prints anywhere: no script, no other file."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, select_autoescape

from webapp.outputs.sheet import FAMILIES, SEVERITIES, Sheet, coverage, rule_name


def sheet_page(sheet: Sheet) -> bytes:
    """The page, in UTF-8."""
    environment = Environment(
        loader=PackageLoader("webapp"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["rule_name"] = rule_name
    template = environment.get_template("outputs/sheet.html")
    by_family = {
        family: [row for row in sheet.rows() if str(row["rule"]).startswith(family)] for family in FAMILIES
    }
    lines = [coverage(family, tally) for family, tally in sheet.report.checked.items()]
    words = {severity.value: name for severity, name in SEVERITIES.items()}
    page = template.render(sheet=sheet, families=FAMILIES, by_family=by_family, coverage=lines, severities=words)
    return page.encode()
