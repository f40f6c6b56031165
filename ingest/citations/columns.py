"""Columns of tables that say how a document stands to what they list: ``Căn cứ pháp lý``.

A table that was read as one is asked for its columns. A table that came as bare lines, a cell each, shows its
head (``STT`` and, near it, ``Căn cứ pháp lý``); there a document counts that begins a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ingest.citations.found import Found
from ingest.citations.relations import Governing
from kb.models import Document, Relation, Row, Span
from kb.text.dates import find_dates
from kb.vocabulary.types import type_of_word

_BASIS_RE = re.compile(r"(?:Căn cứ|Cơ sở)(?:[ ]pháp[ ]lý)?", re.IGNORECASE)
_HEAD_RE = re.compile(r"^[ \t]*(?:STT|TT|Số TT)[ \t.]*$", re.MULTILINE)
_BASIS_LINE_RE = re.compile(r"^[ \t]*(?:Căn cứ|Cơ sở)(?:[ \n]+pháp[ \n]+lý)?[ \t]*$", re.MULTILINE)
_FIRST_ROW_RE = re.compile(r"^[ \t]*0?1[ \t.]*$", re.MULTILINE)
_END_RE = re.compile(r"^(?:Điều \d|Nơi nhận|PHỤ LỤC|Phụ lục)", re.MULTILINE)
_LONGEST_HEAD = 600
_LABEL_RE = re.compile(r"[ \t]*(?:[-–+*•][ \t]*)?")


class BasisColumns:
    """Tells which mentions of one document stand in a column of legal bases."""

    def __init__(self, document: Document) -> None:
        self._text = document.reading.text
        self._cells = sorted(
            (span.start, span.end)
            for table in document.tables
            for at, name in enumerate(table.columns)
            if _BASIS_RE.fullmatch(name.split(" / ")[-1].strip())
            for row in table.rows
            if at < len(row.cells)
            for span in row.cells[at].spans
        )
        self._heads = [(head.end(), self._basis(head.end())) for head in _HEAD_RE.finditer(self._text)]
        self._ends = (
            [found.start() for found in _END_RE.finditer(self._text)]
            if any(basis for _, basis in self._heads)
            else []
        )

    def settle(self, found: Found) -> Governing | None:
        """The relation that the column of a mention lends it; None outside such columns."""
        offset = found.parts[0].start
        index = bisect_right(self._cells, (offset, len(self._text))) - 1
        if index >= 0 and offset < self._cells[index][1]:
            return Governing(Relation.BASED_ON, None, None)
        index = bisect_right(self._heads, found.start, key=lambda head: head[0]) - 1
        basis = self._heads[index][1] if index >= 0 else None
        if basis is None or not self._begins_line(found) or self._ended(basis.end, found.start):
            return None
        return Governing(Relation.BASED_ON, None, basis)

    def _basis(self, at: int) -> Span | None:
        """The line of a table's head that names the column, before the first row."""
        row = _FIRST_ROW_RE.search(self._text, at, at + _LONGEST_HEAD)
        line = _BASIS_LINE_RE.search(self._text, at, row.start() if row else at)
        return Span(line.start(), line.end()) if line else None

    def _begins_line(self, found: Found) -> bool:
        line = self._text.rfind("\n", max(0, found.left - 9), found.left) + 1
        return line > 0 and _LABEL_RE.fullmatch(self._text, line, found.left) is not None

    def _ended(self, low: int, high: int) -> bool:
        index = bisect_right(self._ends, low)
        return index < len(self._ends) and self._ends[index] < high


_ISSUED_COLUMN_RE = re.compile(
    r"(?!.*(?:hiệu\s+lực|số|ký\s+hiệu)).*ngày.*(?:ban\s+hành|ký|tháng,?\s+năm)|.*ngày\s+văn\s+bản",
    re.IGNORECASE | re.DOTALL,
)
_TYPE_COLUMN_RE = re.compile(
    r"(?:tên\s+)?(?:thể\s+)?loại(?:\s+văn\s+bản|\s+VB)?|hình\s+thức\s+văn\s+bản", re.IGNORECASE
)


def settle_rows(document: Document, found: Sequence[Found]) -> None:
    """Give numbers that fill a cell of a table the day of issue and the type of their row's own columns."""
    for table in document.tables:
        named = [name.split(" / ")[-1].strip() for name in table.columns]
        days = [at for at, name in enumerate(named) if _ISSUED_COLUMN_RE.fullmatch(name)]
        kinds = [at for at, name in enumerate(named) if _TYPE_COLUMN_RE.fullmatch(name)]
        if len(days) > 1 or len(kinds) > 1 or not (days or kinds):
            continue
        inside = [one for one in found if table.span.start <= one.parts[0].start < table.span.end]
        for row in table.rows if inside else ():
            _settle_row(row, inside, days, kinds)


def _settle_row(row: Row, inside: Sequence[Found], days: Sequence[int], kinds: Sequence[int]) -> None:
    alone = [one for one in inside if one.mention and _fills_cell(row, one)]
    if len(alone) != 1 or alone[0].mention is None:
        return
    mention = alone[0].mention
    if days and days[0] < len(row.cells) and mention.issued is None:
        read = list(find_dates(row.cells[days[0]].text or ""))
        if len(read) == 1 and read[0].value:
            mention = replace(mention, issued=read[0].value, year=int(read[0].value[:4]))
    if kinds and kinds[0] < len(row.cells) and mention.type_span is None:
        kind = type_of_word(row.cells[kinds[0]].text or "")
        mention = replace(mention, type=kind or mention.type)
        alone[0].type = kind or alone[0].type
    alone[0].mention = mention


def _fills_cell(row: Row, found: Found) -> bool:
    """Whether a number is all that its cell says."""
    if found.mention is None:
        return False
    at = found.parts[-1].end - 1
    cell = next((cell for cell in row.cells if any(span.start <= at < span.end for span in cell.spans)), None)
    low, high = found.mention.number_span
    width = sum(span.end - span.start for span in cell.spans) if cell else 0
    return cell is not None and width <= high - low + len("Số: ")
