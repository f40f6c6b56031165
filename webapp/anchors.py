"""Where on a page a place of the source stands: the id that a link leads to."""

from __future__ import annotations

from bisect import bisect_right

from webapp.cells import row_at, table_anchor
from webapp.pages import Page


class Anchors:
    """The ids of a page by the places of its source."""

    def __init__(self, page: Page) -> None:
        notes = enumerate(page.document.footnotes)
        self._notes = [(part.start, part.end, at) for at, note in notes for part in note.parts]
        self._tables = [(piece.table, piece.number) for piece in page.pieces if piece.table]
        self._starts = sorted(piece.start for piece in page.pieces if not piece.table)

    def at(self, start: int) -> str:
        """The id of the note, the row of a table or the paragraph that holds a place; empty without."""
        for low, high, note in self._notes:
            if low <= start < high:
                return f"chu-thich-{note}"
        for table, number in self._tables:
            if table.span.start <= start < table.span.end:
                return table_anchor(number, row_at(table, start))
        at = max(bisect_right(self._starts, start) - 1, 0)
        return f"vi-tri-{self._starts[at]}" if self._starts else ""
