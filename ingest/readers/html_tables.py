"""Tables of a page: cells put in their columns, spans over rows counted down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.flow import FlowBlock, FlowCell, FlowTable, parse_count
from ingest.readers.html_page import Element
from kb.models import LineKind

_BORDERLESS_RE = re.compile(r"border(?:-style)?\s*:\s*(?:none|hidden|0(?:px|pt)?)\b", re.IGNORECASE)
_WHITE_RE = re.compile(r"border-color\s*:\s*(?:#fff(?:fff)?|white|transparent)\b", re.IGNORECASE)
_BORDER_RE = re.compile(r"border(?:-(?:top|left|bottom|right))?\s*:\s*[^;]*solid", re.IGNORECASE)
_MAX_SPAN = 1000


@dataclass(slots=True)
class _Cell:
    blocks: list[FlowBlock]
    column: int
    colspan: int
    rowspan: int


@dataclass(slots=True)
class TableBuilder:
    """A table while its cells come in; `outside` takes what stands in it outside any cell (captions, slips)."""

    element: Element
    in_frame: bool
    outside: list[FlowBlock] = field(default_factory=list)
    rows: list[list[_Cell]] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    header_rows: int = 0
    solid: bool = False

    def open_row(self, row: Element) -> None:
        """Begin a row."""
        if self.rows:
            self._cover_below()
        if row.getparent().tag == "thead" and self.header_rows == len(self.rows):
            self.header_rows += 1
        self.rows.append([])

    def open_cell(self, cell: Element) -> list[FlowBlock]:
        """Begin a cell; what stands in it goes into the list that comes back."""
        if not self.rows:
            self.rows.append([])
        row = self.rows[-1]
        column = row[-1].column + row[-1].colspan if row else 0
        while self.covered.get(column, 0) > 0:
            column += 1
        entry = _Cell([], column, _span(cell.get("colspan")), _span(cell.get("rowspan")))
        row.append(entry)
        style = cell.get("style") or ""
        self.solid = self.solid or bool(_BORDER_RE.search(style))
        return entry.blocks

    def build(self) -> list[FlowBlock]:
        """The table, after what stood in it outside any cell."""
        reach = len(self.rows)
        # A rowspan beyond the last row ends with it.
        rows = tuple(
            tuple(
                FlowCell(tuple(cell.blocks), cell.column, cell.colspan, min(cell.rowspan, reach - index))
                for cell in row
            )
            for index, row in enumerate(self.rows)
        )
        table = FlowTable(
            _narrow(rows),
            self._is_ruled(),
            self.header_rows or None,
            kind=LineKind.FURNITURE if self.in_frame else LineKind.ROW,
        )
        return [*self.outside, table] if rows else list(self.outside)

    def _cover_below(self) -> None:
        covered = {column: left - 1 for column, left in self.covered.items() if left > 1}
        for cell in self.rows[-1]:
            if cell.rowspan > 1:
                for column in range(cell.column, cell.column + cell.colspan):
                    covered[column] = cell.rowspan - 1
        self.covered = covered

    def _is_ruled(self) -> bool:
        style = self.element.get("style") or ""
        if _BORDERLESS_RE.search(style) or _WHITE_RE.search(style):
            return self.solid
        return self.solid or self.element.get("border") not in {None, "", "0"} or bool(_BORDER_RE.search(style))


def _narrow(rows: tuple[tuple[FlowCell, ...], ...]) -> tuple[tuple[FlowCell, ...], ...]:
    """The rows with only the columns in which a cell begins: a colspan of 1000 means to the end."""
    used = sorted({cell.column for row in rows for cell in row})
    place = {column: index for index, column in enumerate(used)}
    ends = [*used, _MAX_SPAN * _MAX_SPAN]
    narrowed = []
    for row in rows:
        cells = []
        for cell in row:
            start = place[cell.column]
            end = start + 1
            while ends[end] < cell.column + cell.colspan:
                end += 1
            cells.append(FlowCell(cell.blocks, start, end - start, cell.rowspan))
        narrowed.append(tuple(cells))
    return tuple(narrowed)


def _span(text: str | None) -> int:
    number = parse_count(text)
    if number is None or number < 0:
        return 1
    # rowspan=0 reaches to the end of the table.
    return _MAX_SPAN if number == 0 else min(number, _MAX_SPAN)
