"""FIG between tables: what two tables of one paper tell of the same thing at the same time.

Two series are of one thing where their names agree and one of their numbers does too, or where their very names
are the same; a series may be what the columns of a table add up to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.named import cost, row_place
from graphs.checks.reading.periods import same_period
from graphs.checks.reading.told import Told, told_cells
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Finding

_PLANNED_RE = re.compile(r"\b(?:dự toán|dự kiến|kế hoạch|ước|mục tiêu|đề xuất|nhu cầu)\b", re.IGNORECASE)
_OTHERS_RE = re.compile(r"\b(?:khác|còn lại)\W*$", re.IGNORECASE)
_FEW_SUPPLIED = 2
#: An equal number that says something: small ones are equal by chance.
_TELLS = 5
#: So many times apart two numbers are of two things.
_FAR = 3


@dataclass(slots=True)
class _Series:
    """The cells of one row, or of one column, of a table."""

    grid: int
    words: frozenset[str]
    over: frozenset[str]
    rate: bool
    cells: list[Told] = field(default_factory=list)


def check_between(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A thing that two tables tell at one time has one value."""
    series: dict[tuple[int, bool, tuple[int, ...]], _Series] = {}
    for cell in told_cells(subject) if not subject.is_rule() else ():
        if _PLANNED_RE.search(cell.grid.head(cell.column)) or _OTHERS_RE.search(cell.line.label):
            continue  # plans are made, and made again; what is left over is of what each table names
        by_row = cell.by_row
        key = (id(cell.grid), by_row, (cell.line.at,) if by_row else cell.columns)
        one = series.setdefault(key, _Series(id(cell.grid), cell.words, cell.over, cell.rate))
        one.cells.append(cell)
    tied: dict[tuple[int, int], list[tuple[_Series, _Series]]] = defaultdict(list)
    for first, second in combinations(series.values(), 2):
        if first.grid != second.grid and first.rate == second.rate and _alike(first, second):
            tied[first.grid, second.grid].append((first, second))
    for pairs in tied.values():
        if len(pairs) == 1 or _agree(pairs):
            for one, other in pairs:
                yield from _compared(one, other, tally)


def _agree(pairs: Sequence[tuple[_Series, _Series]]) -> bool:
    """Whether what two tables share agrees at most places; else they are one form filled in for two things."""
    told = [first.value == second.value for one, other in pairs for first, second in _at_one_time(one, other)]
    return sum(told) * 2 >= len(told)


def _at_one_time(one: _Series, other: _Series) -> list[tuple[Told, Told]]:
    return [
        (first, second)
        for first in one.cells
        for second in other.cells
        if same_period(first.period, second.period)
    ]


def _alike(one: _Series, other: _Series) -> bool:
    supplied = cost(one.words, other.words, one.over, other.over)
    return supplied is not None and supplied <= _FEW_SUPPLIED


def _compared(one: _Series, other: _Series, tally: Tally) -> Iterator[Finding]:
    pairs = [
        (first, second)
        for first in one.cells
        for second in other.cells
        if same_period(first.period, second.period)
    ]
    equal = [first.value for first, second in pairs if first.value == second.value]
    tally.held += len(equal)
    if one.words != other.words and max(equal, default=0) < _TELLS:
        return
    for first, second in pairs:
        low, high = sorted((first.value, second.value))
        if low == high or low * _FAR < high:
            continue
        tally.failed += 1
        here, there = row_place(first.grid, first.line), row_place(second.grid, second.line)
        yield BETWEEN.finding(
            second.spans,
            f"{there}, cột {second.head}, ghi {second.printed}; {here}, cột {first.head}, ghi {first.printed}",
            f"{there.en}, column {second.head}, {second.printed}; {here.en}, column {first.head}, {first.printed}",
            stated=show(second.value),
            expected=show(first.value),
            evidence=first.spans,
            suggestion=both("thống nhất số liệu của hai bảng", "make the two tables agree"),
            page=second.line.page,
        )


BETWEEN = rule("FIG-221", check_between)
BETWEEN_RULES = (BETWEEN,)
