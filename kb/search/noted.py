"""What a note is a note to: the words before its mark.

A note such as "Quyết định số 12/QĐ-UBND ngày 05/3/2021" says nothing of what was decided; the sentence that the
note belongs to does.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from kb.models import BlockKind, Document
from kb.text.normalize import nfc

#: So much of the sentence counts as the note's own.
_MOST_LETTERS = 160

# Where a sentence, or a part of a list, begins.
_SENTENCE_RE = re.compile(r"(?<=[.;:])\s+(?=[^\W\d_]|[-+])")


class Noted:
    """The running text of a document, asked for what stands before a mark."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        running = (block for block in document.blocks if block.kind is not BlockKind.TABLE)
        self._parts = sorted((part.start, part.end) for block in running for part in block.parts)

    def said(self, mark: int) -> str:
        """The words before the mark at an offset, from where their sentence begins; empty outside running text."""
        at = bisect_right(self._parts, (mark, len(self._text))) - 1
        if at < 0 or self._parts[at][1] <= mark:
            return ""
        sentence = _SENTENCE_RE.split(" ".join(self._text[self._parts[at][0] : mark].split()))[-1]
        kept = sentence if len(sentence) <= _MOST_LETTERS else sentence[-_MOST_LETTERS:].partition(" ")[2]
        return nfc(kept)
