"""FIG of a column of rates whose whole stands nowhere in the table: all of them are of one, or one of them is not.

Each row says between which numbers its whole lies. Where all rows but one have a whole in common, it is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.relations import half_unit
from graphs.checks.reading.roles import Role
from graphs.checks.reading.rows import Grid, Line
from graphs.checks.report import Rule, Tally
from graphs.checks.tables.columns import worked_out
from graphs.checks.tables.series import CAN_BE_ADDED
from kb.bilingual import both
from kb.models import Finding

_FULL = Decimal(100)
#: So many rows must agree, on a whole known to so small a part of it.
_LEAST, _CLOSE = 4, Decimal("0.02")


@dataclass(frozen=True, slots=True)
class _Share:
    """A row with its count and its rate, and the bounds of the whole that both are of."""

    line: Line
    count: Decimal
    rate: Decimal
    low: Decimal
    high: Decimal


def check_one_whole(grid: Grid, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``213 | 49,38`` among rows that are all shares of 434: 213 of 434 is 49,08%."""
    columns, relations = worked_out(grid)
    known = {one.relation.result for one in relations}
    for column in grid.columns:
        before = [one for one in grid.columns if one < column]
        if columns.roles[column] is not Role.RATE or column in known or not before:
            continue
        if columns.roles[before[-1]] not in CAN_BE_ADDED:
            continue
        shares = list(_shares(grid, before[-1], column))
        odd = _odd(shares)
        if odd is None:
            continue
        tally.held += len(shares) - 1
        for share, whole in odd:
            tally.failed += 1
            yield _finding(grid, column, before[-1], share, whole, by)
        tally.held += not odd


def _shares(grid: Grid, count: int, rate: int) -> Iterator[_Share]:
    for line in grid.lines:
        told, share = line.value(count), line.value(rate)
        half = (half_unit(share) or Decimal("0.5")) if share else Decimal(0)
        if told and share and share > half and not line.rate:
            yield _Share(line, told, share, told * _FULL / (share + half), told * _FULL / (share - half))


def _odd(shares: list[_Share]) -> list[tuple[_Share, Decimal]] | None:
    """The row that is of another whole than all others, with that whole; nothing where all agree, else None."""
    if len(shares) <= _LEAST:
        return None
    if _whole(shares):
        return []
    found = [(one, whole) for one in shares if (whole := _whole([other for other in shares if other is not one]))]
    return found if len(found) == 1 else None


def _whole(shares: list[_Share]) -> Decimal | None:
    """What all of some rows may be a share of, where that is known closely; a whole number, if one fits."""
    low, high = max(one.low for one in shares), min(one.high for one in shares)
    if low > high or high - low > _CLOSE * high:
        return None
    middle = ((low + high) / 2).to_integral_value()
    return middle if low <= middle <= high else (low + high) / 2


def _finding(grid: Grid, column: int, count: int, share: _Share, whole: Decimal, by: Rule) -> Finding:
    exact = share.count / whole * _FULL
    line = share.line
    name, head = line.label, grid.called(column)
    place = both("“{name}”, cột {head}", "“{name}”, column {head}", name=name, head=head)
    told = f"{line.printed(count)} / {show(whole)} = {show(exact)}%"
    return by.finding(
        (line.span(column),),
        f"{place}: ghi {line.printed(column)}, nhưng các dòng khác đều tính trên {show(whole)}: {told}",
        f"{place.en}: {line.printed(column)} is stated, but all other rows are of {show(whole)}: {told}",
        stated=line.printed(column),
        expected=f"{show(exact)}%",
        evidence=(line.span(count),),
        suggestion=both(
            "kiểm tra lại số ở ô này và các ô dùng để tính", "check this cell and those that it is reckoned from"
        ),
        page=line.page,
    )
