"""FIG of how many norms were issued in a year: the highest number that is cited of them is no higher.

Norms of a body are numbered from 01 each year (Nghị định 34/2016/NĐ-CP, 78/2025/NĐ-CP): ``Quyết định số
48/2024/QĐ-UBND`` is the forty-eighth of its year.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from graphs.checks.citations.citing import day_of, numbered
from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.named import row_place
from graphs.checks.reading.periods import told_period
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Citation, Finding
from kb.numbers import parse_number

_ROW_RE = re.compile(
    r"\b(?P<type>Nghị quyết|Quyết định)\s+(?:quy phạm pháp luật\s+)?của\s+"
    r"(?P<body>HĐND|UBND|Hội đồng nhân dân|Ủy ban nhân dân)\s+(?:cấp\s+)?tỉnh\b"
)
_NORM_RE = re.compile(r"QPPL|quy phạm pháp luật", re.IGNORECASE)
_SYMBOLS = {("Nghị quyết", "H"): "NQ-HĐND", ("Quyết định", "U"): "QĐ-UBND"}
_PLACE_RE = re.compile(r"\b(?:tỉnh|thành phố)\s+[A-ZĐ]|\b(?:huyện|quận|thị xã|xã|phường)\b")


def check_numbers_run(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A table that has 47 decisions of a year is not of a body whose decision 48 of that year is cited."""
    highest: dict[tuple[str, int], list[Citation]] = defaultdict(list)
    for citation in numbered(subject):
        number = parse_number(citation.number or "")
        if number is None or number.year is None or number.symbol not in _SYMBOLS.values():
            continue
        if not _PLACE_RE.search(citation.issuer or ""):
            highest[number.symbol, number.year].append(citation)
    for grid in grids(subject.document) if highest else ():
        for line in grid.lines:
            found = _ROW_RE.search(line.label)
            if found and _NORM_RE.search(_over(grid, line)):
                symbol = _SYMBOLS.get((found["type"], "H" if found["body"][0] == "H" else "U"), "")
                yield from _held(grid, line, symbol, highest, tally)


def _over(grid: Grid, line: Line) -> str:
    over = next((other.label for other in grid.lines if other.at == line.parent), "")
    return f"{line.label} {over} {grid.table.title or ''} {grid.table.caption or ''}"


def _held(
    grid: Grid, line: Line, symbol: str, highest: dict[tuple[str, int], list[Citation]], tally: Tally
) -> Iterator[Finding]:
    for column in grid.columns:
        period, count = told_period(grid.head(column)), line.value(column)
        if period is None or period[0] is None or count is None or period[0].year != period[1].year:
            continue
        cited = [
            (int(number.number), one)
            for one in highest.get((symbol, period[1].year), ())
            if (number := parse_number(one.number or "")) and (day := day_of(one.issued)) and day <= period[1]
        ]
        if not cited:
            continue
        most, citation = max(cited, key=lambda one: one[0])
        if most <= count:
            tally.held += 1
            continue
        tally.failed += 1
        place = row_place(grid, line)
        yield NUMBERS_RUN.finding(
            (line.span(column),),
            f"{place}, cột {grid.head(column)}, ghi {line.printed(column)}, nhưng có dẫn “{citation.surface}”:"
            f" trong năm đã có ít nhất {most} văn bản",
            f"{place.en}, column {grid.head(column)}, {line.printed(column)}, but “{citation.surface}” is cited:"
            f" there were at least {most} in the year",
            stated=show(count),
            expected=f">= {most}",
            evidence=(citation.span,),
            suggestion=both(
                "đối chiếu số văn bản đã ban hành trong năm", "check how many were issued in the year"
            ),
            page=line.page,
        )


NUMBERS_RUN = rule("FIG-292", check_numbers_run)
NUMBER_RUN_RULES = (NUMBERS_RUN,)
