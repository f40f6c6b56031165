"""Appendices that list documents which end: ``DANH MỤC VĂN BẢN … BÃI BỎ TOÀN BỘ``; their heading governs.

A document counts that begins its line, behind a label, or a cell of its row; the first of each line alone. A list
of procedures that end cites their bases: it is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.citations.found import Found
from ingest.citations.relations import ACTIVE, Governing
from kb.models import Document, Relation, Span, UnitKind

_ENDS_RE = re.compile(
    r"(?<![^\W\d_])(?:(?:(?:được|bị)\s+)?(?:bãi\s+bỏ|(?:hết|ngưng)\s+hiệu\s+lực)|(?:được|bị)\s+thay\s+thế)(?![^\W\d_])",
    re.IGNORECASE,
)
_DOCUMENTS_RE = re.compile(
    r"danh\s+mục\s+(?=hết|bị|ngưng)|văn\s+bản|VBQPPL|nghị\s+quyết|quyết\s+định|thông\s+tư|chỉ\s+thị|nghị\s+định|luật",
    re.IGNORECASE,
)
#: Lists of something else, or of what ought to be done: ``thủ tục hành chính bị bãi bỏ``, ``cần bãi bỏ``.
_OTHER_RE = re.compile(
    r"thủ\s+tục|TTHC|hồ\s+sơ|giấy\s+tờ|còn\s+hiệu\s+lực|ban\s+hành\s+mới"
    r"|(?:cần|đề\s+nghị|kiến\s+nghị|đề\s+xuất|dự\s+kiến|phải)\s+(?:\S+\s+){0,10}?(?:bãi|hết|ngưng)",
    re.IGNORECASE,
)
_BRACKETS_RE = re.compile(r"\([^()]*\)?")
_LISTS = (UnitKind.APPENDIX, UnitKind.ATTACHMENT)
_LONGEST_ROW = 400


class RepealedLists:
    """Tells which mentions of one document stand in such a list."""

    def __init__(self, document: Document) -> None:
        self._text = document.reading.text
        self._lists: list[tuple[int, int, Span | None]] = []
        for unit in document.units:
            if unit.kind in _LISTS and read_ended(unit.heading):
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


@dataclass(frozen=True, slots=True)
class EndedList:
    """What the heading of a list says of the documents in it: how they end; in part, wholly or (None) untold."""

    word: str
    partly: bool | None


def read_ended(heading: str) -> EndedList | None:
    """The kind of list that a heading announces; None for one that lists no documents which end.

    >>> read_ended("DANH MỤC VĂN BẢN HẾT HIỆU LỰC MỘT PHẦN")
    EndedList(word='hết hiệu lực', partly=True)
    >>> read_ended("Danh mục quyết định bị bãi bỏ (kèm theo Quyết định số 5/2020/QĐ-UBND)")
    EndedList(word='bãi bỏ', partly=None)
    >>> read_ended("Danh mục thủ tục hành chính bị bãi bỏ"), read_ended("Danh mục văn bản cần sửa đổi, bãi bỏ")
    (None, None)
    """
    words = " ".join(_BRACKETS_RE.sub(" ", heading).lower().split())
    if not _ENDS_RE.search(words) or not _DOCUMENTS_RE.search(words) or _OTHER_RE.search(words):
        return None
    whole, partly = "toàn bộ" in words, "một phần" in words
    word = next(word for word in ("hết hiệu lực", "ngưng hiệu lực", "bãi bỏ", "thay thế") if word in words)
    return EndedList(word, partly if whole is not partly else None)
