"""Appendices that list documents which end: ``DANH MỤC VĂN BẢN … BÃI BỎ TOÀN BỘ``; their heading governs.

A document counts that begins its line, behind a label, or a cell of its row; the first of each line alone. A list
of procedures that end cites their bases: it is none.
"""

from __future__ import annotations

import re

from ingest.citations.found import Found
from ingest.citations.relations import ACTIVE, Governing
from kb.models import Document, Relation, Span, UnitKind

_ENDS_RE = re.compile(r"(?<![^\W\d_])(?:(?:được|bị)\s+)?(?:bãi bỏ|hết hiệu lực)(?![^\W\d_])", re.IGNORECASE)
_DOCUMENTS_RE = re.compile(r"văn bản|nghị quyết|quyết định|thông tư|chỉ thị|nghị định", re.IGNORECASE)
_PROCEDURES_RE = re.compile(r"thủ tục|TTHC", re.IGNORECASE)
_LISTS = (UnitKind.APPENDIX, UnitKind.ATTACHMENT)
_LONGEST_ROW = 400


class RepealedLists:
    """Tells which mentions of one document stand in such a list."""

    def __init__(self, document: Document) -> None:
        self._text = document.reading.text
        self._lists: list[tuple[int, int, Span | None]] = []
        for unit in document.units:
            if unit.kind in _LISTS and _lists_ended(unit.heading):
                self._lists.append((unit.span.start, unit.span.end, self._words(document, unit.span)))
        self._lines: set[int] = set()

    def _words(self, document: Document, span: Span) -> Span | None:
        """The words of the heading in the reading text."""
        start = document.reading.from_source(span.start, Span(0, len(self._text)))
        found = _ENDS_RE.search(self._text, start) if start is not None else None
        return Span(*found.span()) if found else None

    def settle(self, found: Found) -> Governing | None:
        """The relation that the heading over a mention lends it; None outside such lists."""
        offset = found.parts[0].start
        words = next((row for row in self._lists if row[0] <= offset < row[1]), None)
        if words is None:
            return None
        line = self._text.rfind("\n", max(0, found.left - _LONGEST_ROW), found.left) + 1
        cell = self._text.rfind("\t", line, found.left) + 1
        if line in self._lines or any(map(str.isalpha, self._text[max(line, cell) : found.left])):
            return None
        self._lines.add(line)
        return Governing(Relation.REPEALS, ACTIVE, words[2])


def _lists_ended(heading: str) -> bool:
    ended = _ENDS_RE.search(heading) is not None and _DOCUMENTS_RE.search(heading) is not None
    return ended and _PROCEDURES_RE.search(heading) is None
