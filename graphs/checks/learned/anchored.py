"""How surely the numbers around one hold it in place: a sum, a share, a mean that it makes with two of them.

Such a number is not mistyped. Where that holds of two numbers that are alike, they are two things; where the one
number would be held in the place of the other, and the other is not, the other is one typed wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, permutations
from math import log10

from graphs.checks.reading.moved import scaled
from graphs.checks.reading.prose import Stated
from graphs.checks.reading.rows import Grid, Line, names_rate
from graphs.checks.reading.telling import places_printed
from kb.models import Figure

#: So many numbers to both sides of one are near to it, and so many rows; a number of one digit makes too much.
_NEAR, _ROWS, _LEAST = 5, 3, 2.0
#: A mean may be told in a unit so many times smaller or larger than what it is a mean of.
_SCALES = (1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6, 1e-3, 1e-6)
_ALL, _MOST = 100.0, 2.0
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Held:
    """A number as it takes part in sums: its value, one of its last place, whether it is a rate."""

    value: float
    step: float
    rate: bool


def strength(one: Held, near: Sequence[Held]) -> float:
    """How seldom chance would let two of some numbers make one, as a power of ten; 0 where none do.

    >>> counts = [Held(12874, 1, False), Held(148, 1, False), Held(10.87, 0.01, True)]
    >>> round(strength(Held(86.99, 0.01, False), counts), 1), strength(Held(89.99, 0.01, False), counts)
    (2.0, 0.0)
    """
    if one.value <= 0:
        return 0.0
    tried, best = 0, 0.0
    for exact, slack in _made(one, [other for other in near if other.value >= _LEAST]):
        tried += 1
        if abs(exact - one.value) <= slack + _SLACK * one.value and (not best or slack < best):
            best = slack
    if not best:
        return 0.0
    return max(0.0, min(_MOST, -log10(2 * best * tried / one.value)))


def _made(one: Held, near: Sequence[Held]) -> Iterator[tuple[float, float]]:
    """What two numbers make that a number may be, and by how much it may be off."""
    half = one.step / 2
    if one.rate:
        counts = [other for other in near if not other.rate]
        for first, other in pairwise(counts):
            for whole in counts:
                if whole.value > first.value and whole.value > other.value:
                    yield (first.value + other.value) / whole.value * _ALL, half
    for first, other in permutations(near, 2):
        exact = first.rate == other.rate == one.rate
        if exact:
            slack = max(half, first.step, other.step) if one.rate else half
            if first.value < other.value:
                yield first.value + other.value, slack
            else:
                yield first.value - other.value, slack
        if one.rate and first.rate == other.rate:
            share = first.value / other.value * _ALL
            yield share, half
            yield abs(share - _ALL), half
        elif not one.rate and other.rate and not first.rate and other.step < 1:
            slack = first.value * other.step / 2 / _ALL
            yield first.value * other.value / _ALL, slack + half
            yield first.value / other.value * _ALL, first.value / other.value**2 * _ALL * other.step / 2 + half
        elif not (one.rate or first.rate or other.rate) and one.step < 1:
            for scale in _SCALES:
                yield first.value / other.value * scale, half


def in_text(where: Stated, figure: Figure, value: float | None = None) -> float:
    """How surely the numbers around a figure of a text hold it, or another value in its place."""
    at = where.figures.index(figure)
    near = [one for one in where.figures[max(0, at - _NEAR) : at + _NEAR + 1] if one is not figure]
    told = [held for one in near for held in _of_figure(one)]
    if figure.of:
        told.append(Held(float(figure.of), 1, False))
    own = next(_of_figure(figure))
    return strength(own if value is None else replace(own, value=value), told)


def _of_figure(figure: Figure) -> Iterator[Held]:
    value, printed = float(figure.value), float(scaled(figure))
    scale = printed / value if value else 1.0
    step = scale * 10.0 ** -places_printed(figure.value, figure.printed)
    yield Held(printed, step, figure.unit == "%")
    if figure.of:
        yield Held(float(figure.of), 1, False)


def in_table(grid: Grid, line: Line, column: int, value: float | None = None) -> float:
    """How surely a cell of a table is held by its row, by its column, or by the total of the column.

    With `value` in the place of what is printed, where that is given.
    """
    told = line.value(column)
    if told is None:
        return 0.0
    own = _cell(grid, line, column)
    own = own if value is None else replace(own, value=value)
    row = [_cell(grid, line, at) for at in grid.columns if at != column and line.value(at) is not None]
    at = grid.lines.index(line)
    rows = grid.lines[max(0, at - _ROWS) : at + _ROWS + 1]
    beside = [_cell(grid, one, column) for one in rows if one is not line and one.value(column) is not None]
    found = max(strength(own, row), strength(own, beside))
    away = own.value - float(told)
    for lines in _totalled(grid):
        if line in lines and _adds_up(lines, column, -away if line is lines[0] else away):
            return _MOST if own.value >= _ALL else max(found, 1.0)
    return found


def _cell(grid: Grid, line: Line, column: int) -> Held:
    value, printed, head = line.value(column), line.printed(column), grid.head(column)
    step = 10.0 ** -places_printed(str(value), printed)
    rate = line.rate or "%" in printed + head or names_rate(head)
    return Held(float(value or 0), step, rate)


def _totalled(grid: Grid) -> Iterator[Sequence[Line]]:
    """The rows right under each row that has some, behind it; and all rows with the total of them."""
    for line in grid.lines:
        if under := grid.under.get(line.at):
            yield (line, *under)
    totals = [line for line in grid.lines if line.total]
    if len(totals) == 1:
        yield (totals[0], *(line for line in grid.lines if line is not totals[0] and line.parent is None))


def _adds_up(lines: Sequence[Line], column: int, away: float) -> bool:
    """Whether the parts of a total, with so much more, add up to it."""
    total, *parts = (line.value(column) for line in lines)
    told = [float(one) for one in parts if one is not None]
    return (
        total is not None and len(told) > 1 and abs(sum(told) + away - float(total)) <= _SLACK * abs(float(total))
    )
