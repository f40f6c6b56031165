"""FIG of how numbers are written: decimal comma, thousands point."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.reading.arithmetic import places_of
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding

_COMMA_RE = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\s*%?")
_DECIMALS_RE = re.compile(r"\d{1,3},\d{3}")
_POINT_RE = re.compile(r"\d+\.\d{1,2}\s?%?")


def check_formats(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Decimal comma, thousands point (Thông tư 01/2011/TT-BNV did not say; the national standard does)."""
    # "2,000" among "9,300" and "15,500" of one table or unit is two kilometres.
    in_thousandths = {(one.table, one.unit) for one in subject.figures if _is_in_thousandths(one)}
    for figure in subject.figures:
        printed = figure.printed.strip()
        slip = None
        comma = _COMMA_RE.fullmatch(printed) and figure.value.isdigit()
        if comma and (figure.table, figure.unit) not in in_thousandths:
            slip = (printed.replace(",", "."), "dấu phẩy ngăn hàng nghìn", "comma between thousands")
        elif _POINT_RE.fullmatch(printed) and places_of(figure.value) and _measures(figure):
            slip = (printed.replace(".", ","), "dấu chấm thập phân", "decimal point")
        if slip is None:
            tally.held += 1
            continue
        tally.failed += 1
        yield FORMAT.finding(
            (figure.span,),
            f"“{printed}” dùng {slip[1]}; nên viết {slip[0]}",
            f"“{printed}” has a {slip[2]}; write {slip[0]}",
            stated=printed,
            expected=slip[0],
            suggestion=both("viết lại theo cách ghi số của Việt Nam", "write it the Vietnamese way"),
            page=figure.page,
        )


def _is_in_thousandths(figure: Figure) -> bool:
    """Whether a number has three decimals behind a comma."""
    return _DECIMALS_RE.fullmatch(figure.printed.strip()) is not None and not figure.value.isdigit()


def _measures(figure: Figure) -> bool:
    """Whether a number surely is a quantity; without a unit "2.1" in a sentence may be the label of an item."""
    return figure.unit is not None or figure.table is not None


FORMAT = rule("FIG-205", check_formats)
FORMAT_RULES = (FORMAT,)
