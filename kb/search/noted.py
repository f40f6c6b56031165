"""What a note is a note to, and what the notes to a passage say.

A note such as "Quyết định số 12/QĐ-UBND ngày 05/3/2021" says nothing of what was decided; the sentence that the
note belongs to does. Who looks for what a note says wants that sentence beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from kb.models import BlockKind, Document, Footnote, TextBlock
from kb.text.normalize import nfc

#: So much of the sentence counts as the note's own, and so much of all notes to a passage as the passage's.
_MOST_LETTERS, _MOST_NOTED = 160, 1200

_WORD_RE = re.compile(r"[^\W\d_]{2}")
# Where a sentence, or a part of a list, begins.
_SENTENCE_RE = re.compile(r"(?<=[.;:])\s+(?=[^\W\d_]|[-+])")


class Noted:
    """The running text of a document, asked for what stands before a mark."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._tables = document.tables
        running = (block for block in document.blocks if block.kind is not BlockKind.TABLE)
        self._parts = sorted((part.start, part.end) for block in running for part in block.parts)
        anchored = sorted((note.anchor.start, note.text) for note in document.footnotes if note.anchor)
        self._marks = [mark for mark, _ in anchored]
        self._notes = [nfc(text) for _, text in anchored]
        self._in_rows: dict[tuple[int, int], list[str]] = {}
        for note in document.footnotes:
            if note.table is not None and note.row is not None:
                self._in_rows.setdefault((note.table, note.row), []).append(nfc(note.text))

    def said(self, mark: int) -> str:
        """The words before the mark at an offset, from where their sentence begins; empty outside running text."""
        at = bisect_right(self._parts, (mark, len(self._text))) - 1
        if at < 0 or self._parts[at][1] <= mark:
            return ""
        sentence = _SENTENCE_RE.split(" ".join(self._text[self._parts[at][0] : mark].split()))[-1]
        kept = sentence if len(sentence) <= _MOST_LETTERS else sentence[-_MOST_LETTERS:].partition(" ")[2]
        return nfc(kept)

    def in_table(self, note: Footnote) -> str:
        """What the row of a table says that a note belongs to: its words, and the head of the column."""
        if note.table is None or note.row is None or note.row < 0:
            return ""
        table = self._tables[note.table]
        told = [cell.text for cell in table.rows[note.row].cells if cell.text and _WORD_RE.search(cell.text)][:1]
        if note.column is not None and note.column < len(table.columns):
            told.append(table.columns[note.column])
        return nfc(" – ".join(filter(None, told)))[:_MOST_LETTERS]

    def of_row(self, table: int, row: int) -> str:
        """What the notes to a row of a table say."""
        return " ".join(self._in_rows.get((table, row), ()))[:_MOST_NOTED]

    def notes(self, blocks: Iterable[TextBlock]) -> str:
        """What the notes say whose marks stand in some blocks."""
        said = [
            note
            for block in blocks
            for part in block.parts
            for note in self._notes[bisect_left(self._marks, part.start) : bisect_left(self._marks, part.end)]
        ]
        return " ".join(said)[:_MOST_NOTED]
