"""Notes of a document: which note a mention stands in, and where the note's mark stands in what one reads."""

from __future__ import annotations

from bisect import bisect_right

from kb.models import Document, Footnote


class Notes:
    """Looks notes up by place."""

    def __init__(self, document: Document) -> None:
        rows = [(part.start, part.end, note) for note in document.footnotes for part in note.parts]
        rows.sort(key=lambda row: row[0])
        self._rows = rows
        self._starts = [row[0] for row in rows]
        view = document.reading
        segments = sorted(zip(view.origins, view.widths, view.starts, strict=True)) if document.footnotes else []
        self._segments = segments
        self._origins = [row[0] for row in segments]

    def at(self, offset: int) -> Footnote | None:
        """The note in whose body a place of the source stands."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self._rows[index][1]:
            return None
        return self._rows[index][2]

    def anchor(self, note: Footnote) -> int | None:
        """Where a note's mark stands in the reading text; None when it has none, or it is not read."""
        if note.anchor is None:
            return None
        index = bisect_right(self._origins, note.anchor.start) - 1
        if index < 0:
            return None
        origin, width, start = self._segments[index]
        inside = note.anchor.start - origin
        return start + min(inside, width)
