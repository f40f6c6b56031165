"""Whether a rate is proved by a number that the paper tells elsewhere, in its text or in the row of a table.

A rate of several digits that a count makes of another number of its unit is hardly so by chance: ``giải ngân
918.270 triệu đồng (61,22%)`` where the plan of 1.500.000 triệu đồng stands in another part.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from graphs.checks.reading.arithmetic import digits_printed, percent, rounds_to
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.prose import Stated, everywhere, rate_link, value_as_printed
from graphs.checks.reading.rows import Grid, Same, grids
from graphs.checks.report import Subject
from kb.models import Figure

#: A rate of so many digits is seldom made by chance; a number of so many is known again in a table.
_FINE, _LONG = 3, 4


@dataclass(frozen=True, slots=True)
class _Told:
    """The numbers of a text by their unit, and where those of tables stand."""

    by_unit: dict[str, frozenset[str]]
    in_tables: dict[Decimal, list[tuple[Grid, int, int]]]


def is_proved(subject: Subject, part: Figure, rate: Figure, *, fine: int = _FINE) -> bool:
    """Whether a rate is what a count makes of some number of its unit, or of its row or column, in the paper.

    `fine`: a rate of fewer digits is made by chance.
    """
    wholes = (*_in_text(subject, part), *_in_tables(subject, part)) if part.unit and not part.of else ()
    return any(_makes(part, whole, rate, fine) for whole in wholes)


def _makes(part: Figure, whole: str, rate: Figure, fine: int = _FINE) -> bool:
    """Whether a rate of several digits is that of a part of a whole."""
    printed, exact = value_as_printed(rate), percent(part.value, whole)
    return exact is not None and digits_printed(printed) >= fine and rounds_to(exact, printed)


def has_right_rate(subject: Subject, where: Stated, figure: Figure) -> bool:
    """Whether the rate right behind a count is proved: ``7.284 đơn, chiếm 8,51%`` of the 85.600 of a table."""
    at = where.figures.index(figure)
    behind = where.figures[at + 1] if at + 1 < len(where.figures) else None
    if behind is None or behind.unit != "%" or not rate_link(where.between(figure, behind)):
        return False
    if is_proved(subject, figure, behind):
        return True
    # Of what stands in the row of another number that is told beside it.
    beside = [one for one in where.figures if one is not figure and one.unit == figure.unit and not one.of]
    return any(_makes(figure, whole, behind) for one in beside for whole in _in_tables(subject, one, across=False))


def _in_text(subject: Subject, part: Figure) -> Iterable[str]:
    told = _read_once(Same(subject)).by_unit.get(_unit(part), frozenset())
    return (one for one in told if one != part.value)


def _in_tables(subject: Subject, part: Figure, *, across: bool = True) -> Iterable[str]:
    """What stands in the row of a cell that tells the number, and `across` in its column."""
    if len(re.sub(r"\D", "", part.printed)) < _LONG:
        return
    for grid, row, column in _read_once(Same(subject)).in_tables.get(Decimal(part.value), ()):
        beside = [grid.lines[row].value(at) for at in grid.columns if at != column]
        above = [line.value(column) for at, line in enumerate(grid.lines) if at != row] if across else []
        yield from (str(one) for one in (*beside, *above) if one)


def _unit(figure: Figure) -> str:
    return (figure.unit or "").lower()


@lru_cache(maxsize=2)
def _read_once(read: Same[Subject]) -> _Told:
    by_unit: dict[str, set[str]] = defaultdict(set)
    for where in everywhere(read.it):
        for figure in where.figures:
            if figure.unit and figure.unit != "%" and not figure.bound:
                by_unit[_unit(figure)].update(one for one in (figure.value, figure.of) if one)
                if (thing := head(figure)) != _unit(figure).split(" ")[0]:  # "2.408 nghìn lượt" are lượt
                    by_unit[thing].add(f"{scaled(figure):f}")
    in_tables: dict[Decimal, list[tuple[Grid, int, int]]] = defaultdict(list)
    for grid in grids(read.it.document):
        for row, line in enumerate(grid.lines):
            for column in grid.columns:
                value = line.value(column)
                if value is not None:
                    in_tables[value].append((grid, row, column))
    return _Told({unit: frozenset(values) for unit, values in by_unit.items()}, in_tables)
