"""A number told of one year that its row of a table has under another: ``so với cùng kỳ năm 2023 (2.100 ha)``.

The row is known by another number of the sentence that stands in it; in a row that has the number under the year
that is told as well nothing is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import digits_of
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.report import Subject
from kb.models import Figure
from kb.text.sentences import split_sentences

_YEAR = r"(?P<year>(?:19|20)\d\d)"
#: Right before a number: the year it is of.
_BEFORE_RE = re.compile(
    rf"\bnăm\s+{_YEAR}\s*(?:\((?:là\s+|đạt\s+|có\s+)?|:\s*|\s(?:là|đạt|có|chỉ có|mới có)\s+)$", re.IGNORECASE
)
#: The same behind it and the words of its unit.
_BEHIND_RE = re.compile(
    rf"(?:\s+(?!so\b|hơn\b|kém\b|từ\b|đến\b|cuối\b|đầu\b|trước\b|sau\b|và\b|năm\b)[^\W\d_]+){{0,3}}?"
    rf"\s+(?:của\s+|trong\s+|vào\s+|ở\s+)?(?:cùng kỳ\s+)?năm\s+{_YEAR}(?!\s*[-–/]|\d)",
    re.IGNORECASE,
)
_ONE_YEAR_RE = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?!\d|\s*[-–/]\s*\d)")
_PLANNED_RE = re.compile(r"\b(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|giao|nghị quyết|dự kiến)\b", re.IGNORECASE)
#: So many digits of a number, and of it with the other one, are no chance.
_FEWEST, _BOTH = 2, 5
#: So far before a number its year stands.
_NEAR = 40


@dataclass(frozen=True, slots=True)
class OtherYear:
    """A number, where it is told, the year told of it, and the place of a table that has it under another."""

    figure: Figure
    where: Stated
    year: str
    grid: Grid
    line: Line
    column: int


def years_unlike_columns(subject: Subject) -> Iterator[OtherYear]:
    """The numbers of the text whose year is not that of the column in which their row has them."""
    lines = [
        (grid, line, years)
        for grid in grids(subject.document)
        if len(years := _years(grid)) > 1
        for line in grid.lines
    ]
    for where in stated(subject) if lines else ():
        if "năm " not in where.text:
            continue
        sentences = split_sentences(where.text)
        for figure in where.figures:
            year = _year_of(where, figure)
            if year is None:
                continue
            low, high = next(one for one in sentences if one[0] <= where.start(figure) < one[1])
            beside = {_value(one) for one in where.figures if low <= where.start(one) < high and _is_long(one)}
            beside -= {_value(figure)}
            found = list(_places(figure, beside, lines))
            if found and all(years[column] != year for _, _, column, years in found):
                grid, line, column, _ = found[0]
                yield OtherYear(figure, where, year, grid, line, column)


def _years(grid: Grid) -> dict[int, str]:
    """The year of each column whose head names one, and no plan."""
    told = {}
    for column in grid.columns:
        years = _ONE_YEAR_RE.findall(grid.head(column))
        if len(set(years)) == 1 and not _PLANNED_RE.search(grid.head(column)):
            told[column] = years[0]
    return told if len(set(told.values())) > 1 else {}


def _year_of(where: Stated, figure: Figure) -> str | None:
    if figure.of or figure.bound or figure.unit == "%" or not _is_long(figure):
        return None
    before = _BEFORE_RE.search(where.text, max(0, where.start(figure) - _NEAR), where.start(figure))
    behind = None if before else _BEHIND_RE.match(where.text, where.end(figure))
    found = before or behind
    if found is None or _PLANNED_RE.search(where.text, max(0, found.start() - 30), where.start(figure)):
        return None
    return found["year"]


def _places(
    figure: Figure, beside: set[Decimal], lines: list[tuple[Grid, Line, dict[int, str]]]
) -> Iterator[tuple[Grid, Line, int, dict[int, str]]]:
    """Where a row has a number under a year, and another of its sentence under another."""
    value = _value(figure)
    for grid, line, years in lines:
        held = {column: line.value(column) for column in years}
        for column, there in held.items():
            others = {one for at, one in held.items() if years[at] != years[column] and one in beside}
            if there == value and any(
                len(digits_of(value)) + len(digits_of(one)) >= _BOTH for one in others if one
            ):
                yield grid, line, column, years


def _value(figure: Figure) -> Decimal:
    return Decimal(figure.value)


def _is_long(figure: Figure) -> bool:
    return len(digits_of(_value(figure))) >= _FEWEST
