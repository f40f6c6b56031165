"""What a cell would have to be for the total of its column to hold.

Where a row says the same of the cell, two sums agree on the one number that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from graphs.checks.reading.rows import Grid

_FEWEST = 2


def asked_for(grid: Grid, columns: Iterable[int]) -> dict[tuple[int, int], Decimal]:
    """What each cell of a column would have to be for the one total row over or under it to count its rows."""
    totals = [line for line in grid.lines if line.total and not line.rate]
    rows = [line for line in grid.lines if line.parent is None and not line.rate and not line.total]
    if len(totals) != 1 or len(rows) < _FEWEST:
        return {}
    asked = {}
    for column in columns:
        total = totals[0].value(column)
        there = [(line.at, value) for line in rows if (value := line.value(column)) is not None]
        away = (total or Decimal(0)) - sum((value for _, value in there), Decimal(0))
        if total and away and len(there) >= _FEWEST:
            asked[column, totals[0].at] = total - away
            asked.update(((column, at), value + away) for at, value in there)
    return asked
