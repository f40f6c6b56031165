"""A readable version of a text that knows where every character came from.

The text as read is never changed. What people and patterns read is a *view*: composed letters (NFC),
plain spaces and hyphens, a paragraph joined again over a line end or a page break, page furniture and
footnotes out of the way. A view maps any of its ranges back to the ranges of the source.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.models import Span
from kb.text.normalize import INVISIBLE, LOOKALIKES

# A letter and the marks that follow it, wherever a mark follows.
_CLUSTER_RE = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class View:
    """Text made from pieces of a source.

    Attributes:
        text: what one reads.
        starts: offset in `text` at which each segment begins, rising; the first is 0.
        origins: offset in the source of each segment's first character.
        widths: length in the source of each segment; an *exact* segment is as long here as there, and
            maps letter by letter; any other maps as a whole.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    widths: tuple[int, ...]

    def to_source(self, start: int, end: int) -> tuple[Span, ...]:
        r"""The source ranges behind ``text[start:end]``: one, or several where the source is cut.

        >>> builder = ViewBuilder("Nghị quyết số\n¹ ghi chú\n76/NQ-CP")
        >>> builder.add(0, 14)
        >>> builder.add(24, 32)
        >>> view = builder.build()
        >>> view.text, [(s.start, s.end) for s in view.to_source(5, 22)]
        ('Nghị quyết số 76/NQ-CP', [(5, 14), (24, 32)])
        """
        if start >= end:
            at = self._point(start)
            return (Span(at, at),)
        spans: list[Span] = []
        index = bisect_right(self.starts, start) - 1
        while index < len(self.starts) and self.starts[index] < end:
            here, origin, width = self.starts[index], self.origins[index], self.widths[index]
            after = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
            if width == after - here:  # exact
                low = origin + max(start - here, 0)
                high = origin + min(end, after) - here
            else:
                low, high = origin, origin + width
            if spans and spans[-1].end == low:
                spans[-1] = Span(spans[-1].start, high)
            elif low < high:
                spans.append(Span(low, high))
            index += 1
        return tuple(spans)

    def hull(self, start: int, end: int) -> Span:
        """The one source range from the first to the last character of ``text[start:end]``."""
        spans = self.to_source(start, end)
        return Span(spans[0].start, spans[-1].end)

    def from_source(self, offset: int, within: Span) -> int | None:
        """Where a source offset stands in the view, looked for inside the view range `within`; None if not there.

        >>> view_of("Điều 5. Phạm vi", [Span(8, 15)]).from_source(9, Span(0, 7))
        1
        """
        index = max(bisect_right(self.starts, within.start) - 1, 0)
        while index < len(self.starts) and self.starts[index] < within.end:
            here, origin, width = self.starts[index], self.origins[index], self.widths[index]
            if origin <= offset < origin + width:
                after = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
                return here + (offset - origin if width == after - here else 0)
            index += 1
        return None

    def _point(self, at: int) -> int:
        if not self.starts:
            return 0
        index = max(bisect_right(self.starts, at) - 1, 0)
        return self.origins[index] + min(at - self.starts[index], self.widths[index])


@dataclass(slots=True)
class ViewBuilder:
    """Puts a `View` together, piece by piece, in any order of the source."""

    source: str
    _pieces: list[str] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _origins: list[int] = field(default_factory=list)
    _widths: list[int] = field(default_factory=list)
    length: int = 0

    def add(self, start: int, end: int) -> None:
        r"""Append ``source[start:end]`` in NFC, white space as one plain space, invisible letters left out.

        >>> view = view_of("Nghị định  số\u00a0\n30/2020\u200b/NĐ-CP", [Span(0, 29)])
        >>> view.text, view.to_source(10, 13)
        ('Nghị định số 30/2020/NĐ-CP', (Span(start=11, end=14),))
        """
        piece = self.source[start:end]
        if piece.isascii() or unicodedata.is_normalized("NFC", piece):
            self._add_composed(piece, start)
            return
        at = 0
        for cluster in _CLUSTER_RE.finditer(piece):
            self._add_composed(piece[at : cluster.start()], start + at)
            self._append(
                unicodedata.normalize("NFC", cluster.group()), start + cluster.start(), len(cluster.group())
            )
            at = cluster.end()
        self._add_composed(piece[at:], start + at)

    def insert(self, text: str, start: int, width: int = 0) -> None:
        """Append `text`, which stands for ``source[start:start + width]`` as a whole (a joint)."""
        self._append(text, start, width)

    def build(self) -> View:
        """The view of all pieces so far."""
        return View("".join(self._pieces), tuple(self._starts), tuple(self._origins), tuple(self._widths))

    def _add_composed(self, piece: str, start: int) -> None:
        if "  " not in piece and _ODD_RE.search(piece) is None:
            self._append(piece, start, len(piece))
            return
        at = 0
        for gap in _GAP_RE.finditer(piece):
            low, high = gap.span()
            shown = 0 if gap.group().strip(INVISIBLE) == "" else 1
            if high - low > 2 and _parts_columns(piece, low, high):
                continue
            while shown and piece[low] in INVISIBLE:
                self._append(piece[at:low].translate(_PLAIN), start + at, low - at)
                at = low = low + 1
            self._append(piece[at : low + shown].translate(_PLAIN), start + at, low + shown - at)
            at = high
        rest = piece[at:] if at else piece
        self._append(rest.translate(_PLAIN), start + at, len(rest))

    def _append(self, text: str, origin: int, width: int) -> None:
        if not text:
            return
        exact = len(text) == width
        if exact and self._starts:
            last_exact = self.length - self._starts[-1] == self._widths[-1]
            if last_exact and self._origins[-1] + self._widths[-1] == origin:
                self._widths[-1] += width
                self._pieces.append(text)
                self.length += len(text)
                return
        self._pieces.append(text)
        self._starts.append(self.length)
        self._origins.append(origin)
        self._widths.append(width)
        self.length += len(text)


_PLAIN: dict[int, str] = {**LOOKALIKES, **dict.fromkeys(map(ord, "\n\r\t\v\f\u2028\u2029\u0085"), " ")}

_SPACES = " " + "".join(chr(code) for code, plain in _PLAIN.items() if plain == " ")
# More than one space, or letters that print nothing.
_GAP_RE = re.compile(f"[{_SPACES}{INVISIBLE}](?:[{_SPACES}{INVISIBLE}]+|(?<=[{INVISIBLE}]))")


def _parts_columns(piece: str, low: int, high: int) -> bool:
    """Whether a gap stands between words in capitals, as between the two sides of a letterhead."""
    return piece[low - 1 : low].isupper() and piece[high : high + 1].isupper()


# Letters that a view leaves out or shows as others.
_ODD_RE = re.compile("[" + INVISIBLE + "".join(chr(code) for code in _PLAIN if chr(code) != _PLAIN[code]) + "]")


def view_of(source: str, parts: Iterable[Span]) -> View:
    """The view of some ranges of a source, in the order given."""
    builder = ViewBuilder(source)
    for part in parts:
        builder.add(part.start, part.end)
    return builder.build()
