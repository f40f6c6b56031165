"""Rows and cells of a table on a page: the ids that links lead to, and the findings that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kb.models import Cell, Table, Target


def table_anchor(table: int, row: int | None = None) -> str:
    """The id of a table, or of a row of it; both are counted from nought.

    >>> table_anchor(2), table_anchor(2, 0)
    ('bang-3', 'bang-3-1')
    """
    return f"bang-{table + 1}" if row is None else f"bang-{table + 1}-{row + 1}"


def place_anchor(target: Target) -> str | None:
    """The id of the place of a target on the page of its document: a row of a table, or a unit; None without."""
    return table_anchor(target.table, target.row) if target.table is not None else target.eid


def row_at(table: Table, start: int) -> int | None:
    """The row of a table in which a place of the source stands; None for its head and what stands over it."""
    for at, row in enumerate(table.rows):
        if any(span.start <= start < span.end for span in row.spans) or any(
            _holds(cell, start) for cell in row.cells
        ):
            return at
    return None


def marked_cells(table: Table, findings: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], tuple[int, ...]]:
    """The numbers of the findings that begin in each cell, by row and column; `findings`: place and number."""
    begun = tuple(findings)
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    for line, row in enumerate(table.rows) if begun else ():
        for column, cell in enumerate(row.cells):
            if numbers := tuple(at for start, at in begun if _holds(cell, start)):
                found[line, column] = numbers
    return found


def _holds(cell: Cell, start: int) -> bool:
    """Whether a place stands in one of the printed lines of a cell."""
    return any(span.start <= start < span.end for span in cell.spans)
