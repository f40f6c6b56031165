"""Tables of a Word file: rows of cells with their reach over columns and rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ingest.readers.docx_package import Element, W, iter_children
from ingest.readers.docx_styles import Styles, borders_drawn, is_on, value
from ingest.readers.flow import FlowBlock, FlowCell, FlowTable, iter_paragraphs, parse_count

ReadBlocks = Callable[[Element], list[FlowBlock]]


@dataclass(slots=True, eq=False)
class _OpenCell:
    """A cell that may still grow to the right or downwards."""

    blocks: list[FlowBlock]
    column: int
    colspan: int
    rowspan: int = 1


@dataclass(slots=True)
class _Grower:
    """Rows while they are read; `falling` is, by column, the cell that a merged cell below would lengthen."""

    rows: list[list[_OpenCell]] = field(default_factory=list)
    falling: dict[int, _OpenCell] = field(default_factory=dict)
    drawn: list[bool | None] = field(default_factory=list)


def read_table(table: Element, styles: Styles, read_blocks: ReadBlocks) -> FlowTable:
    """A table with its merged cells; `read_blocks` reads what stands in a cell."""
    grower = _Grower()
    header_rows = 0
    for row in _iter_rows(table):
        properties = row.find(f"{W}trPr")
        head = properties.find(f"{W}tblHeader") if properties is not None else None
        if head is not None and is_on(head.get(f"{W}val")) and header_rows == len(grower.rows):
            header_rows += 1
        _read_row(row, _number(properties, "gridBefore", 0), grower, read_blocks)
    if not _set_by_order(grower.rows):
        _drop_unused(grower.rows)
    rows = tuple(
        tuple(FlowCell(tuple(cell.blocks), cell.column, cell.colspan, cell.rowspan) for cell in row)
        for row in grower.rows
    )
    return FlowTable(rows, _is_ruled(table, grower.drawn, styles), header_rows or None)


def _drop_unused(rows: list[list[_OpenCell]]) -> None:
    """Exports cut columns finer than any cell needs: only a column in which a cell begins is one."""
    used = sorted({cell.column for row in rows for cell in row})
    for row in rows:
        for cell in row:
            end = bisect_left(used, cell.column + cell.colspan)
            cell.column = bisect_left(used, cell.column)
            cell.colspan = end - cell.column


def _set_by_order(rows: list[list[_OpenCell]]) -> bool:
    """Number the columns by the order of the cells, where rows of equal count are cut at unequal places.

    Tables of several pages, joined by an export, have the same columns with other widths on each page: the grid
    then has columns of a hair's breadth, and a cell seems to stand in another column than the one above it. Rows
    of one or two cells (a heading over the whole width) reach to the end. Nothing is changed where the grid has no
    more columns than the longest row has cells, or where any other row has fewer cells than there are columns.
    """
    columns = max((len(row) for row in rows if any(_text(cell.blocks) for cell in row)), default=0)
    if columns < 3 or len({cell.column for row in rows for cell in row}) <= columns:
        return False
    places: list[list[tuple[int, int]]] = []
    open_rows = [0] * columns
    for row in rows:
        free = [column for column in range(columns) if not open_rows[column]]
        if len(row) == len(free):
            place = [(column, 1) for column in free]
        elif len(row) > columns:
            # A row of empty cells that only sets widths.
            place = [(0, columns)]
            del row[1:]
        elif row and len(row) <= 2 and len(free) == columns:
            place = [(0, 1), (1, columns - 1)] if len(row) == 2 else [(0, columns)]
        else:
            return False
        places.append(place)
        open_rows = [max(left - 1, 0) for left in open_rows]
        for cell, (column, _) in zip(row, place, strict=True):
            open_rows[column] = cell.rowspan - 1
    for row, place in zip(rows, places, strict=True):
        for cell, (column, span) in zip(row, place, strict=True):
            cell.column, cell.colspan = column, span
    return True


def _iter_rows(table: Element) -> Iterator[Element]:
    for row in iter_children(table):
        # A row that was deleted under tracked changes is gone.
        if row.tag == f"{W}tr" and row.find(f"{W}trPr/{W}del") is None:
            yield row


def _read_row(row: Element, column: int, grower: _Grower, read_blocks: ReadBlocks) -> None:
    cells: list[_OpenCell] = []
    falling: dict[int, _OpenCell] = {}
    for cell in iter_children(row):
        if cell.tag != f"{W}tc":
            continue
        properties = cell.find(f"{W}tcPr")
        if properties is not None and properties.find(f"{W}cellDel") is not None:
            continue
        blocks = read_blocks(cell)
        span = _number(properties, "gridSpan", 1)
        grower.drawn.append(borders_drawn(properties.find(f"{W}tcBorders")) if properties is not None else None)
        above = grower.falling.get(column)
        down, right = _merge(properties, "vMerge"), _merge(properties, "hMerge")
        if right == "continue" and cells and cells[-1].column + cells[-1].colspan == column:
            cells[-1].colspan += span
            _append(cells[-1], blocks)
        elif right == "continue" and column - 1 in falling:
            left = falling[column - 1]
            _append(left, blocks)
            falling.update(dict.fromkeys(range(column, column + span), left))
        elif down == "continue" and above is not None:
            if above not in falling.values():
                above.rowspan += 1
            _append(above, blocks)
            for place in range(min(column, above.column), max(column + span, above.column + above.colspan)):
                falling[place] = above
        else:
            fresh = _OpenCell(blocks, column, span)
            cells.append(fresh)
            if down is not None:
                for place in range(column, column + span):
                    falling[place] = fresh
        column += span
    grower.rows.append(cells)
    grower.falling = falling


def _append(cell: _OpenCell, blocks: list[FlowBlock]) -> None:
    """Add what a covered cell holds, unless it only repeats the cell that covers it, as some exports do."""
    text = _text(blocks)
    if text and text not in _text(cell.blocks):
        cell.blocks += blocks


def _text(blocks: list[FlowBlock]) -> str:
    return " ".join(" ".join(paragraph.lines) for paragraph in iter_paragraphs(blocks)).strip()


def _merge(properties: Element | None, name: str) -> str | None:
    """``restart``, ``continue`` (also when no value stands there) or None."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return None if found is None else found.get(f"{W}val") or "continue"


def _number(properties: Element | None, name: str, default: int) -> int:
    count = parse_count(value(properties, name)) if properties is not None else None
    # Word has at most 63 columns; a larger number is damage.
    return default if count is None else min(max(count, default), 63)


def _is_ruled(table: Element, drawn: list[bool | None], styles: Styles) -> bool:
    if any(drawn):
        return True
    if drawn and all(cell is False for cell in drawn):
        return False
    own = borders_drawn(table.find(f"{W}tblPr/{W}tblBorders"))
    if own is not None:
        return own
    properties = table.find(f"{W}tblPr")
    return styles.is_ruled(value(properties, "tblStyle") if properties is not None else None)
