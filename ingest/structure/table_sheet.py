"""A table in the making: cells in rows of equal width, each where it was printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.structure.table_cells import EMPTY, Slot, read_slot
from kb.models import Grid, GridCell, Problem, Severity, Span

# A shorter word may well stand in every cell of a row ("Đạt").
_REPEATED = 12


@dataclass(slots=True)
class SheetRow:
    """A row: a slot a column, None where a merged cell reaches; where it stands; how many cells it came with.

    `placed` says that the line it stands on tells the column of each cell.
    """

    slots: list[Slot | None]
    spans: tuple[Span, ...]
    page: int | None
    count: int
    placed: bool = False

    @property
    def printed(self) -> list[Slot]:
        """The cells in which something stands."""
        return [slot for slot in self.slots if slot is not None and slot.printed]

    def at(self, column: int) -> Slot:
        """The cell of a column; an empty one where none is."""
        slot = self.slots[column] if column < len(self.slots) else None
        return slot if slot is not None else EMPTY

    @property
    def reach(self) -> int:
        """How many columns there are up to the last cell in which something stands."""
        return max(
            (at + slot.colspan for at, slot in enumerate(self.slots) if slot is not None and slot.printed),
            default=0,
        )


@dataclass(slots=True)
class Sheet:
    """A table in the making; `blocks` are the indexes of the blocks it was read from.

    `flat` says that no cell is known to be merged: merged cells, if there were any, left empty ones or none at
    all. `head` holds the head rows once they are found, `repeats` those printed again on the next pages.
    """

    blocks: list[int]
    rows: list[SheetRow]
    width: int
    page: int | None
    flat: bool
    header_rows: int | None = None
    head: list[SheetRow] = field(default_factory=list)
    repeats: list[SheetRow] = field(default_factory=list)
    caption: str | None = None
    notices: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def report(self, code: str, vi: str, en: str, spans: tuple[Span, ...], severity: Severity) -> None:
        """Say what is wrong with the table, or what was put right in it."""
        self.notices.append(vi)
        self.problems.append(Problem("structure.tables", code, vi, en, spans, severity))


def read_sheet(text: str, grid: Grid, block: int) -> Sheet:
    """The rows of a grid in which something stands, each cell in its column."""
    flat = all(cell.colspan == 1 and cell.rowspan == 1 for row in grid.rows for cell in row)
    placed = _place_flat(text, grid) if flat else _place(text, grid)
    width = max((len(row.slots) for row in placed), default=0)
    short = [row for row in placed if not (flat or row.placed) and len(row.slots) < width and row.printed]
    for row in placed:
        row.slots += [None if row.count < width and flat else EMPTY] * (width - len(row.slots))
    rows = [row for row in placed if row.printed]
    header_rows = grid.header_rows
    if header_rows is not None:
        header_rows = sum(bool(row.printed) for row in placed[:header_rows])
    sheet = Sheet([block], rows, width, grid.page, flat, header_rows)
    if short:
        sheet.report(
            "table.row_width",
            f"{len(short)} hàng có ít ô hơn bảng; các ô để nguyên như in, tính từ trái",
            f"{len(short)} rows have fewer cells than the table; left as printed, from the left",
            place_of(short),
            Severity.WARNING,
        )
    return sheet


def _place_flat(text: str, grid: Grid) -> list[SheetRow]:
    rows = []
    most = max((len(cells) for cells in grid.rows), default=0)
    for cells in grid.rows:
        slots: list[Slot | None] = []
        columns = _columns_by_tabs(text, cells) if len(cells) < most else None
        for index, cell in enumerate(cells):
            if columns is not None:
                slots += [EMPTY] * (columns[index] - len(slots))
            slots.append(read_slot(text, cell))
        row = _row(text, grid, slots, len(slots))
        first = slots[0] if slots else None
        # An export that knows no merged cells repeats one in every column it covers.
        if (
            first is not None
            and len(slots) > 1
            and first.kind == "t"
            and len(first.text) > _REPEATED
            and all(slot is not None and slot.text == first.text for slot in slots)
        ):
            row.slots = [replace(first, colspan=len(slots)), *[None] * (len(slots) - 1)]
        rows.append(row)
    return rows


def _place(text: str, grid: Grid) -> list[SheetRow]:
    """Cells laid out as a browser lays them: each in the first column free of the cells above and before it."""
    rows = []
    # By column, how many rows more a cell from above reaches down.
    covered: dict[int, int] = {}
    for cells in grid.rows:
        slots: list[Slot | None] = []
        below: dict[int, int] = {column: left - 1 for column, left in covered.items() if left > 1}
        columns = _columns_by_tabs(text, cells)
        for index, cell in enumerate(cells):
            while covered.get(len(slots), 0) > 0:
                slots.append(None)
            if columns is not None and cell.spans:
                while len(slots) < columns[index]:
                    slots.append(None if covered.get(len(slots), 0) > 0 else EMPTY)
            column = len(slots)
            slots.append(read_slot(text, cell))
            slots += [None] * (min(cell.colspan, 1000) - 1)
            if cell.rowspan > 1:
                below.update(dict.fromkeys(range(column, column + cell.colspan), cell.rowspan - 1))
        row = _row(text, grid, slots, len(cells))
        row.placed = columns is not None
        rows.append(row)
        covered = below
    return rows


def _columns_by_tabs(text: str, cells: Sequence[GridCell]) -> list[int] | None:
    """The column of each cell where its row is a line with a tab between columns; None where it is not.

    An empty cell gets -1. Rules that are not drawn through leave holes between the cells of a row; the line still
    says in which column a cell stands.
    """
    spans = [(index, cell.spans) for index, cell in enumerate(cells) if cell.spans]
    if not spans:
        return None
    at = text.rfind("\n", 0, spans[0][1][0].start) + 1
    columns, column = [-1] * len(cells), 0
    for index, places in spans:
        gap = text[at : places[0].start]
        if gap.strip("\t "):
            return None
        column += gap.count("\t")
        columns[index] = column
        at = places[-1].end
    return columns if column else None


def _row(text: str, grid: Grid, slots: Sequence[Slot | None], count: int) -> SheetRow:
    spans: list[Span] = []
    # A line each, where cells are broken over lines; cells come in the order of the text.
    for slot in slots:
        for place in (*slot.spans, *slot.places) if slot is not None else ():
            if spans and text.find("\n", spans[-1].end, place.start) < 0:
                spans[-1] = Span(min(spans[-1].start, place.start), max(spans[-1].end, place.end))
            else:
                spans.append(place)
    return SheetRow(list(slots), tuple(spans), grid.page, count)


def place_of(rows: Sequence[SheetRow]) -> tuple[Span, ...]:
    """The printed places of rows."""
    return tuple(span for row in rows for span in row.spans)
