"""The columns of a table as series of numbers, with what their heads and signs say that they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from graphs.checks.reading.relations import Values
from graphs.checks.reading.roles import Role, role_of
from graphs.checks.reading.rows import Grid, Line, Same
from graphs.checks.tables.asked import asked_for
from kb.models import ValueKind

#: Roles of columns that may be added up.
CAN_BE_ADDED = (Role.COUNT, Role.TOTAL, Role.AMOUNT)
_COUNTED_ROWS = 4
_SIGNS = {"+", "-", "–", "−"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A series of its own for what rows are a share of.

    It is a column at one row, or at the row over each; with `of` what its own ratios are of (128 in ``114/128``).
    """

    column: int
    row: int | None
    of: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a grid as series with their roles; after them the wholes that shares are of."""

    grid: Grid
    series: tuple[Values, ...]
    roles: dict[int, Role]
    wholes: dict[int, Whole]
    asked: dict[tuple[int, int], Decimal]
    #: The rows of rates, or of what changed, among rows of things.
    odd: frozenset[int]

    @property
    def places(self) -> range:
        """The rows."""
        return range(len(self.grid.lines))


def columns_of(grid: Grid) -> Columns:
    """The numbers of a grid column by column, with what their heads and signs say they are; read once."""
    return _columns(Same(grid))


@lru_cache(maxsize=64)
def _columns(read: Same[Grid]) -> Columns:
    grid = read.it
    width = max(grid.columns) + 1
    values = [[line.value(column) for line in grid.lines] for column in range(width)]
    roles = dict(roles_of(grid))
    series: list[Values] = list(values)
    wholes: dict[int, Whole] = {}
    counts = [column for column in grid.columns if roles[column] in CAN_BE_ADDED]
    if any(role is Role.RATE for role in roles.values()):
        for column in counts:
            for row in _whole_rows(grid):
                whole = values[column][row]
                wholes[len(series)] = Whole(column, row)
                series.append([whole] * len(grid.lines))
            wholes[len(series)] = Whole(column, None)
            series.append([None if line.parent is None else values[column][line.parent] for line in grid.lines])
            wholes[len(series)] = Whole(column, None, of=True)
            series.append([line.of(column) for line in grid.lines])
    odd = frozenset(line.at for line in grid.lines if line.rate or is_change(line))
    return Columns(grid, tuple(series), roles, wholes, asked_for(grid, counts), odd)


def roles_of(grid: Grid) -> Mapping[int, Role]:
    """What the heads of the columns of numbers, and the signs of the numbers, say that they are; read once."""
    return _roles(Same(grid))


@lru_cache(maxsize=64)
def _roles(read: Same[Grid]) -> Mapping[int, Role]:
    grid = read.it
    roles = {column: role_of(grid.head(column)) for column in grid.columns}
    for column in grid.columns:
        there = [line for line in grid.lines if line.value(column) is not None]
        shares = sum(line.cells[column].value.kind is ValueKind.PERCENT for line in there)
        if any(_is_signed(line, column) and not is_change(line) for line in there):
            roles[column] = Role.CHANGE
        elif roles[column] is not Role.CHANGE and shares * 2 > len(there):
            roles[column] = Role.RATE
        if _counts_on([value for line in there if (value := line.value(column)) is not None]):
            roles[column] = Role.LABEL
    if not any(grid.table.columns):
        roles |= dict.fromkeys(_by_decimals(grid), Role.RATE)
    return roles


def _by_decimals(grid: Grid) -> Iterator[int]:
    """Of a table without a head the one column of decimals beside whole numbers: it may hold rates of these."""
    decimals = []
    for column in grid.columns:
        there = [value for line in grid.lines if (value := line.value(column)) is not None]
        decimals.append((sum(value != value.to_integral() for value in there) * 2, len(there), column))
    mostly = [column for many, there, column in decimals if many > there]
    if len(mostly) == 1 and all(not many or column in mostly for many, _, column in decimals):
        yield mostly[0]


def _is_signed(line: Line, column: int) -> bool:
    return line.printed(column).lstrip().startswith("+")


def is_change(line: Line) -> bool:
    """Whether a row tells by how much others differ: by its words, or by numbers that all bear signs."""
    there = [line.printed(column).lstrip()[:1] for column in range(1, len(line.cells)) if line.value(column)]
    return (len(there) > 1 and "+" in there and set(there) <= _SIGNS) or role_of(line.label) is Role.CHANGE


def _counts_on(values: Sequence[Decimal]) -> bool:
    """Whether numbers only count on, one by one: they number the rows."""
    return len(values) >= _COUNTED_ROWS and all(one + 1 == other for one, other in pairwise(values))


def _whole_rows(grid: Grid) -> Iterator[int]:
    """Rows that can be the whole: called a total, or the first and the last."""
    ends = {0, len(grid.lines) - 1}
    rows = [line.at for line in grid.lines if line.total or line.at in ends]
    return iter(rows[:2] + rows[-2:] if len(rows) > 4 else rows)
