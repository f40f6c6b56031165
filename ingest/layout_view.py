"""Writes blocks and the view of them, piece by piece."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ingest.layout_lines import Strip
from ingest.layout_markup import Hidden
from ingest.layout_paragraphs import Piece
from kb.models import BlockKind, Grid, LineKind, Span, TextBlock
from kb.text.view import View, ViewBuilder

_KINDS = {
    LineKind.TEXT: BlockKind.TEXT,
    LineKind.ROW: BlockKind.TEXT,
    LineKind.NOTE: BlockKind.NOTE,
    LineKind.FURNITURE: BlockKind.FURNITURE,
}
_TAG_RE = re.compile(r"<[^<>]*>|&(?:nbsp|#160);|[|\t\n\r]+|[-:+=_]{2,}")
# A number or symbol that a line end cuts has no space: "TTLT-VKSNDTC-|TANDTC", "76/|NQ-CP", "76|/NQ-CP".
_CUT_BEHIND_RE = re.compile(r"[^\W_][-/]$")
_NO_SPACE = frozenset(",.;:!?)]}/%”")


class Writer:
    """Grows the blocks and their view together.

    Attributes:
        blocks: those written so far.
    """

    def __init__(self, text: str, hidden: Sequence[Hidden]) -> None:
        self._text = text
        self._hidden = hidden
        self._starts = [one.start for one in hidden]
        self._builder = ViewBuilder(text)
        self.blocks: list[TextBlock] = []

    def build(self) -> View:
        """The view of all blocks."""
        return self._builder.build()

    def add_piece(self, piece: Piece) -> None:
        """A paragraph, note or piece of furniture: one line of the view."""
        start = self._builder.length
        first = before = piece.strips[0]
        for strip in piece.strips[1:]:
            # Lines with one line end between them are read at one go: it is shown as a space.
            spaced = _is_spaced(before, strip)
            if not spaced or strip.start != before.end + 1:
                self._add(first.start, before.end, trim=True)
                if spaced and self._builder.length > start:
                    self._builder.insert(" ", before.end, 1)
                first = strip
            before = strip
        self._add(first.start, before.end, trim=True)
        self._block(_KINDS[piece.kind], piece.strips, start)

    def add_table(self, grid: Grid, strips: Sequence[Strip]) -> None:
        """The rows of a table: a line each, a tab between cells; words outside the cells a line of their own."""
        start = self._builder.length
        after, end = strips[0].start, strips[-1].end
        for row in grid.rows:
            if not any(cell.spans for cell in row):
                continue
            if self._builder.length > start:
                self._builder.insert("\n", after)
            for number, cell in enumerate(row):
                if number:
                    self._builder.insert("\t", after)
                for place, span in enumerate(cell.spans):
                    if place:
                        self._builder.insert(" ", after)
                    self._add(span.start, span.end)
                    after = span.end
        for low, high in self._outside(grid, strips[0].start, end):
            self._builder.insert("\n", low)
            self._builder.add(low, high)
        self._block(BlockKind.TABLE, strips, start)

    def _outside(self, grid: Grid, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Words in the lines of a table that stand in none of its cells."""
        spans = sorted((span.start, span.end) for row in grid.rows for cell in row for span in cell.spans)
        at = start
        for low, high in (*spans, (end, end)):
            if low > at:
                yield from self._words(at, low)
            at = max(at, high)

    def _words(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        at = low
        for gap in _TAG_RE.finditer(self._text, low, high):
            yield from self._trimmed(at, gap.start())
            at = gap.end()
        yield from self._trimmed(at, high)

    def _trimmed(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        words = self._text[low:high]
        if any(map(str.isalnum, words)):
            yield low + len(words) - len(words.lstrip()), high - len(words) + len(words.rstrip())

    def _add(self, start: int, end: int, *, trim: bool = False) -> None:
        """A range of the source without its mark-up."""
        at = bisect_left(self._starts, start)
        if at == len(self._starts) or self._starts[at] >= end:
            self._builder.add(start, end)
            return
        first = trim
        end = self._trim_end(start, end) if trim else end
        while at < len(self._hidden) and self._hidden[at].start < end:
            hidden = self._hidden[at]
            first = self._add_visible(start, hidden.start, first) and not hidden.shown
            if hidden.shown:
                self._builder.insert(hidden.shown, hidden.start, hidden.end - hidden.start)
            start = hidden.end
            at += 1
        self._add_visible(start, end, first)

    def _trim_end(self, start: int, end: int) -> int:
        """The end of a range without mark-up and white space there."""
        at = bisect_left(self._starts, end) - 1
        while end > start:
            if self._text[end - 1].isspace():
                end -= 1
            elif at >= 0 and self._hidden[at].end == end and not self._hidden[at].shown:
                end = self._hidden[at].start
                at -= 1
            else:
                break
        return max(end, start)

    def _add_visible(self, start: int, end: int, first: bool) -> bool:
        """Add what mark-up leaves over, no space at the beginning of a line; whether that is still to come."""
        while first and start < end and self._text[start].isspace():
            start += 1
        if start < end:
            self._builder.add(start, end)
        return first and start >= end

    def _block(self, kind: BlockKind, strips: Sequence[Strip], start: int) -> None:
        line = strips[0].line
        sure = [strip.line.confidence for strip in strips if strip.line.confidence is not None]
        self.blocks.append(
            TextBlock(
                kind,
                self._parts(strips),
                Span(start, self._builder.length),
                line.page,
                line.box,
                line.style,
                None,
                min(sure) if sure else None,
            )
        )
        self._builder.insert("\n", strips[-1].end)

    def _parts(self, strips: Sequence[Strip]) -> tuple[Span, ...]:
        """The ranges of lines; those with nothing but white space between them are one."""
        if len(strips) == 1:
            return (Span(strips[0].start, strips[0].end),)
        parts = []
        low, high = strips[0].start, strips[0].end
        for strip in strips[1:]:
            between = self._text[high : strip.start]
            if strip.start < high or (between and not between.isspace()):
                parts.append(Span(low, high))
                low = strip.start
            high = strip.end
        parts.append(Span(low, high))
        return tuple(parts)


def _is_spaced(before: Strip, strip: Strip) -> bool:
    """Whether a space stands between two lines of a paragraph."""
    if strip.text[0] in _NO_SPACE and not (strip.text[0] == "/" and strip.text[1:2] == "/"):
        return False
    return _CUT_BEHIND_RE.search(before.text[-2:]) is None
