"""FIG of how numbers are written: decimal comma, thousands point.

A comma that may stand before decimals divides thousands where the number beside it, of one unit, is as large then:
``18,240 tỷ đồng trên kế hoạch 19.000 tỷ đồng``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.form.written import places
from graphs.checks.reading.arithmetic import places_of
from graphs.checks.reading.prose import stated
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding, Span

#: So many times as large at most a number is that stands beside another one for comparison.
_TIMES, _NEAR = 3, 60

_COMMA_RE = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\s*%?")
_DECIMALS_RE = re.compile(r"\d{1,3},\d{3}")
_THOUSANDS_RE = re.compile(r"\d{1,3}(?:\.\d{3})+")
_COMPARES_RE = re.compile(
    r"\b(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|so với|cùng kỳ|năm\s+(?:trước|(?:19|20)\d\d)|trên|gồm|trong đó)\b",
    re.IGNORECASE,
)
_EACH_RE = re.compile(r"\b(?:mỗi|bình quân|trung bình|từng)\b[^,;.]*$", re.IGNORECASE)
_POINT_RE = re.compile(r"\d+\.\d{1,2}\s?%?")


def check_formats(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Decimal comma, thousands point (Thông tư 01/2011/TT-BNV did not say; the national standard does)."""
    # "2,000" among "9,300" and "15,500" of one table or unit is two kilometres.
    in_thousandths = {(one.table, one.unit) for one in subject.figures if _is_in_thousandths(one)}
    among_thousands = set(_among_thousands(subject))
    in_tables: dict[tuple[int | None, str], list[tuple[Figure, tuple[str, str, str]]]] = defaultdict(list)
    for figure in subject.figures:
        printed = figure.printed.strip()
        slip = None
        comma = _COMMA_RE.fullmatch(printed) and figure.value.isdigit()
        if (comma and (figure.table, figure.unit) not in in_thousandths) or figure.span in among_thousands:
            slip = (printed.replace(",", "."), "dấu phẩy ngăn hàng nghìn", "comma between thousands")
        elif _POINT_RE.fullmatch(printed) and places_of(figure.value) and _measures(figure):
            slip = (printed.replace(".", ","), "dấu chấm thập phân", "decimal point")
        if slip is None:
            tally.held += 1
            continue
        tally.failed += 1
        if figure.table is None:
            yield _finding([(figure, slip)])
        else:
            in_tables[figure.table, slip[1]].append((figure, slip))
    yield from map(_finding, in_tables.values())


def _finding(found: list[tuple[Figure, tuple[str, str, str]]]) -> Finding:
    """One number written so, or all of one table."""
    figure, (right, vi, en) = found[0]
    printed, spans = figure.printed.strip(), tuple(one.span for one, _ in found)
    return FORMAT.finding(
        spans,
        f"“{printed}” dùng {vi}{places(spans)}",
        f"“{printed}” has a {en}{places(spans).en}",
        stated=printed,
        expected=right,
        suggestion=both("viết {right}", "write {right}", right=right),
        page=figure.page,
    )


def _among_thousands(subject: Subject) -> Iterator[Span]:
    """Numbers with a comma before three digits, each a thousandth of what stands beside it in thousands."""
    for where in stated(subject):
        many = [one for one in where.figures if _THOUSANDS_RE.fullmatch(one.printed.strip())]
        for figure in where.figures if many else ():
            start = where.start(figure)
            each = _EACH_RE.search(where.text[max(0, start - _NEAR) : start])
            if each or not (_COMMA_RE.fullmatch(figure.printed.strip()) and _is_in_thousandths(figure)):
                continue
            beside = (
                one
                for one in many
                if one.unit == figure.unit
                and where.sentence_end(where.end(one)) == where.sentence_end(where.end(figure))
            )
            low = Decimal(figure.value) * 1000
            beside = (
                one
                for one in beside
                if _COMPARES_RE.search(where.between(*sorted((one, figure), key=where.start)))
            )
            if any(low < Decimal(one.value) * _TIMES and Decimal(one.value) < low * _TIMES for one in beside):
                yield figure.span


def _is_in_thousandths(figure: Figure) -> bool:
    """Whether a number has three decimals behind a comma."""
    return _DECIMALS_RE.fullmatch(figure.printed.strip()) is not None and not figure.value.isdigit()


def _measures(figure: Figure) -> bool:
    """Whether a number surely is a quantity; without a unit "2.1" in a sentence may be the label of an item."""
    return figure.unit is not None or figure.table is not None


FORMAT = rule("FIG-205", check_formats)
FORMAT_RULES = (FORMAT,)
