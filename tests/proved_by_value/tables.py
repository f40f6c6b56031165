"""Cells of tables that others prove: totals of rows and columns, rates, growth, differences, all by value."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import permutations

from tests.proved_by_value.faults import Proved, broken_number, broken_total
from tests.proved_by_value.numbers import Number
from tests.proved_by_value.pages import Drawn, Printed
from tests.proved_by_value.sentences import RATES, Relation, rounds


def columns(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """Totals of rows: of all, of those under or over it; the same rows make up the total of another column too."""
    for table in read.tables:
        for total, rows in _totals_of(table):
            for column in _where(table, total, rows):
                whole = [table.grid[row][column] for row in (total, *rows) if column in table.grid[row]]
                yield from broken_total("total of a column", whole, chance, read, rounded=table.money(column))
        yield from _told_totals(table, read, chance)


def _where(table: Drawn, total: int, rows: list[int]) -> list[int]:
    """In which columns a row is the sum of other rows."""
    return next((columns_ for used, columns_ in _sums(table, total, rows) if len(used) == len(rows)), [])


def _sums(table: Drawn, total: int, rows: list[int]) -> Iterator[tuple[list[int], list[int]]]:
    """How many of the rows, taken in turn, make up a row, and in which columns; a dash counts nothing."""
    left = {column: number.value for column, number in table.grid[total].items() if number.value > 9}
    parts = dict.fromkeys(left, 0)
    for count, row in enumerate(rows, 1):
        for column in list(left):
            if column in table.grid[row]:
                left[column] -= table.grid[row][column].value
                parts[column] += 1
            if left[column] < 0 or not (column in table.grid[row] or table.nothing(row, column)):
                del left[column]
        if not left:
            return
        made = [column for column, value in left.items() if value == 0 and parts[column] > 1]
        if made:
            yield rows[:count], made


def _totals_of(table: Drawn) -> Iterator[tuple[int, list[int]]]:
    """Rows that are sums: first of a run of rows, then of what no other sum holds."""
    held: set[int] = set()
    size = len(table.rows)
    for at in range(size):
        for run in (range(at + 1, size), range(at - 1, -1, -1)):
            for rows, made in _sums(table, at, list(run)):
                tells = any(table.grid[at][column].telling > 2 for column in made)
                if len(made) > 1 or len(rows) > 3 or (len(rows) > 2 and tells):
                    held |= set(rows)
                    yield at, rows
                    break
    for at in (0, size - 1):
        rows = [row for row in range(size) if row != at and row not in held]
        if 1 < len(rows) < size - 1 and held and at not in held:
            yield at, rows


def _told_totals(table: Drawn, read: Printed, chance: random.Random) -> Iterator[Proved]:
    """A column without a total row whose sum a sentence tells in words of the table."""
    for column in {at for row in table.grid for at in row}:
        cells = [row[column] for row in table.grid if column in row]
        total = sum((cell.value for cell in cells), Decimal(0))
        if len(cells) < 3 or len(cells) < len(table.rows) or cells[0].percent:
            continue
        told = [
            number
            for passage in read.passages
            if passage.table is None
            for number in passage.numbers
            if number.value == total and number.telling > 2 and read.about_table(number, passage, table, column)
        ]
        if 1 <= len(told) <= 4:
            yield from broken_number("column told in the text", chance.choice(cells), told[:1], chance, read)


def rows(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """A column that is worked out of two others, or the sum of its neighbours, in nearly all rows of a table."""
    for table in read.tables:
        places = sorted({at for row in table.grid for at in row})
        for it in places:
            sums = [run for run in _runs(places, it) if _fit(table, run, it, _sum)]
            if sums:
                for row in _fit(table, sums[0], it, _sum):
                    whole = [table.grid[row][at] for at in (it, *sums[0])]
                    yield from broken_total("sum of a row", whole, chance, read, rounded=table.money(it))
            for name, holds in _HOLD.items():
                pairs = [
                    two
                    for two in permutations([at for at in places if at != it], 2)
                    if _fit(table, two, it, holds)
                ]
                if not pairs or (name.startswith("difference") and not _CHANGING.search(table.heads[it])):
                    continue
                for row in _fit(table, pairs[0], it, holds):
                    number = table.grid[row][it]
                    if number.telling > 1:
                        least = None if name.startswith("difference") else number.step
                        yield from broken_number(
                            name, number, [table.grid[row][at] for at in pairs[0]], chance, read, least
                        )
                break


_CHANGING = re.compile(r"tăng|giảm|chênh|so với|còn|thêm|hơn|±|\+", re.IGNORECASE)
Holds = Callable[[list[Number], Number], bool]


def _runs(places: list[int], it: int) -> Iterator[tuple[int, ...]]:
    """Two and more neighbouring columns, behind or before a column."""
    at = places.index(it)
    for side in (places[at + 1 :], places[:at][::-1]):
        for count in range(2, len(side) + 1):
            yield tuple(side[:count])


def _sum(parts: list[Number], it: Number) -> bool:
    return it.value > 0 and not it.percent and sum(part.value for part in parts) == it.value


def _rate(parts: list[Number], it: Number, relation: Relation) -> bool:
    one, two = parts
    if (
        one.percent
        or two.percent
        or not two.value
        or one.value == two.value
        or not (it.percent or "," in it.printed)
    ):
        return False
    return rounds(relation(one.value, two.value), it)


_HOLD: dict[str, Holds] = {
    "rate of a row": lambda parts, it: _rate(parts, it, RATES[0][1]),
    "growth of a row": lambda parts, it: _rate(parts, it, RATES[1][1]),
    "difference of a row": lambda parts, it: bool(it.value) and parts[0].value - parts[1].value == it.value,
}


def _fit(table: Drawn, at: tuple[int, ...], it: int, holds: Holds) -> list[int]:
    """The rows in which a relation of columns holds, if these are three and nearly all."""
    full = [row for row, cells in enumerate(table.grid) if all(column in cells for column in (*at, it))]
    fit = [row for row in full if holds([table.grid[row][column] for column in at], table.grid[row][it])]
    return fit if len(fit) >= 3 and len(fit) >= 0.8 * len(full) else []
