"""The lines of a reading while they are being laid out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ingest.layout_words import begins_small, is_capital, is_open, opens_paragraph
from kb.models import Line, Reading
from kb.text.normalize import INVISIBLE, nfc

_LINE_ENDS = ("\n", "\r\n", "\r")


class Strip:
    """One line without the white space around it.

    Attributes:
        at: its place in the list of lines.
        start, end: its range in the text, white space at both ends left out.
        text: what is printed in it (NFC).
        kind: what it is; changed when furniture and notes are told.
        gap: how many line ends part it from the line before it.
        page_end: a page ends right before it (a form feed, or another page number).
        line: as the reader gave it.
    """

    __slots__ = ("_label", "_open", "_small", "at", "end", "gap", "kind", "line", "page_end", "start", "text")

    def __init__(self, at: int, line: Line, start: int, end: int, text: str, gap: int, page_end: bool) -> None:
        self.at = at
        self.line = line
        self.start = start
        self.end = end
        self.text = text
        self.kind = line.kind
        self.gap = gap
        self.page_end = page_end
        self._label: bool | None = None
        self._open: bool | None = None
        self._small: bool | None = None

    @property
    def label(self) -> bool:
        """Whether it begins as only a new paragraph does."""
        if self._label is None:
            self._label = opens_paragraph(self.text)
        return self._label

    @property
    def open(self) -> bool:
        """Whether a sentence goes on after it."""
        if self._open is None:
            self._open = is_open(self.text)
        return self._open

    @property
    def small(self) -> bool:
        """Whether it begins with a small letter and no label."""
        if self._small is None:
            self._small = begins_small(self.text) and not self.label
        return self._small

    @property
    def capital(self) -> bool:
        """Whether it is set in capitals."""
        return is_capital(self.text)

    @property
    def plain(self) -> bool:
        """Whether a text file gave it, where marks are letters and nothing is known of its print."""
        return self.line.box is None and not self.line.whole


@dataclass(slots=True)
class Sheet:
    """All lines of a reading, and the text they cut."""

    text: str
    strips: list[Strip]


_INVISIBLE_RE = re.compile(f"[{INVISIBLE}]")
#: Spaces typed twice, or set wide in a justified line; more of them part columns.
_DOUBLE_RE = re.compile(r"(?<! ) {2,5}(?! )")


def read_sheet(reading: Reading) -> Sheet:
    """The lines of a reading that hold anything but white space."""
    text = reading.text
    strips: list[Strip] = []
    composed = unicodedata.is_normalized("NFC", text)
    veiled = _INVISIBLE_RE.search(text) is not None
    last_end, last_page = 0, None
    for at, line in enumerate(reading.lines):
        start, end = line.span.start, line.span.end
        piece = text[start:end]
        printed = piece.strip()
        if not printed:
            continue
        if len(printed) != len(piece):
            start += len(piece) - len(piece.lstrip())
            end = start + len(printed)
        between = text[last_end:start] if strips else "\n"
        page_end = "\f" in between or (line.page != last_page and bool(strips) and line.page is not None)
        gap = 1 if between in _LINE_ENDS else _count_ends(between)
        if veiled:
            printed = _INVISIBLE_RE.sub("", printed).strip() or printed
        if "  " in printed:
            printed = _DOUBLE_RE.sub(" ", printed)
        strips.append(Strip(at, line, start, end, printed if composed else nfc(printed), gap, page_end))
        last_end, last_page = end, line.page
    return Sheet(text, strips)


def _count_ends(between: str) -> int:
    return max(between.count("\n"), between.count("\r"), 1)
