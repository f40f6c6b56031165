"""Cells of a table while it is being built: their words without note marks, and what kind of words they are."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

from kb.models import GridCell, Span
from kb.text.normalize import nfc

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
# A raised number is a note's mark, except after a unit of measure (m², km²) and on a power of ten (10³).
_MARK_RE = re.compile(
    rf"(?<!\bm)(?<!\b[kcdmh]m)(?<![x×] 10)(?<![x×]10)"
    rf"\s?(?P<marks>(?!⁰)[{_SUPERSCRIPTS}]{{1,3}}(?:\s?[,;]\s?[{_SUPERSCRIPTS}]{{1,3}})*|\[\^\w{{1,4}}\])"
)
_RAISED_RE = re.compile(r"<sup>\s*$", re.IGNORECASE)
_MARK_WORD_RE = re.compile(r"\(?[\d*]{1,3}\)?(?:\s?,\s?\d{1,3})*")
# Markup that does not part words: "<i>ab</i>c".
_INLINE_RE = re.compile(
    r"(?:</?(?:i|b|u|em|strong|span|font|sup|sub|a|small)\b[^<>]*>|\*{1,3}|__)+", re.IGNORECASE
)
_SPACE_RE = re.compile(r"[ \t\r\n\f\v\u00a0\u2002\u2003\u2007\u2009\u202f]+")
_SPECIAL_RE = re.compile(r"[&\t]|  |\[\^")
_ENTITY_RE = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#[xX][0-9a-fA-F]{2,4});")
_ORDINAL_RE = re.compile(
    r"\(?(?:\d{1,5}(?:\.\d{1,3}){0,4}|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ]{1,2})[.)]?|[-+–]|(?:\d{1,3}\.)+[a-z]?", re.ASCII
)
_FIGURE_RE = re.compile(r"[^A-Za-zÀ-ỹĐđ]*\d[^A-Za-zÀ-ỹĐđ]*")
_ENDED_RE = re.compile(r"[.;:!?…][\"”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell: its text ("" when empty), where it stands, the marks taken out of it and where they stand."""

    text: str = ""
    spans: tuple[Span, ...] = ()
    marks: tuple[str, ...] = ()
    places: tuple[Span, ...] = ()
    colspan: int = 1
    rowspan: int = 1

    @property
    def printed(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.spans or self.marks)

    @property
    def start(self) -> int:
        """Where its print begins in the text."""
        return min(span.start for span in (*self.spans, *self.places))

    @property
    def end(self) -> int:
        """Where its print ends in the text."""
        return max(span.end for span in (*self.spans, *self.places))

    @property
    def kind(self) -> str:
        """``e`` empty, ``n`` a figure (digits without letters, or a stroke), ``t`` text."""
        if not self.text:
            return "e"
        return "n" if _FIGURE_RE.fullmatch(self.text) or self.text in {"-", "–", "x", "X"} else "t"

    @property
    def ordinal(self) -> bool:
        """Whether it only numbers its row: ``1``, ``2.1.``, ``IV``, ``a)``."""
        return _ORDINAL_RE.fullmatch(self.text) is not None

    @property
    def open(self) -> bool:
        """Whether its text goes on: no stop at its end, or a bracket not closed."""
        return not _ENDED_RE.search(self.text) or self.unclosed

    @property
    def unclosed(self) -> bool:
        """Whether it opens a bracket that it does not close."""
        return self.text.count("(") > self.text.count(")")

    @property
    def goes_on(self) -> bool:
        """Whether its text begins in the middle of a sentence."""
        first = self.text[:1]
        return first.islower() or first in "=;,.:)]%…”+/" or (first == "(" and self.kind == "t")

    def join(self, other: Slot) -> Slot:
        """This cell, gone on with in another one, on the next page."""
        if not other.printed:
            return self
        text = f"{self.text} {other.text}".strip()
        return replace(
            self,
            text=text,
            spans=self.spans + other.spans,
            marks=self.marks + other.marks,
            places=self.places + other.places,
        )


EMPTY = Slot()


def read_slot(text: str, cell: GridCell) -> Slot:
    """A cell's words, its note marks apart.

    >>> slot = read_slot("1.763 ⁶", GridCell((Span(0, 7),)))
    >>> slot.text, slot.spans, slot.marks, slot.places
    ('1.763', (Span(start=0, end=5),), ('6',), (Span(start=6, end=7),))
    >>> read_slot("12 m²", GridCell((Span(0, 5),))).text
    '12 m²'
    """
    if len(cell.spans) == 1:
        span = cell.spans[0]
        printed = text[span.start : span.end]
        # Most cells are a few plain letters.
        if printed.isascii() and not _SPECIAL_RE.search(printed):
            raised = span.start > 4 and _RAISED_RE.search(
                text, span.start - 8 if span.start > 8 else 0, span.start
            )
            if not raised:
                return Slot(printed, cell.spans, (), (), cell.colspan, cell.rowspan)
    words: list[str] = []
    spans: list[Span] = []
    marks: list[str] = []
    places: list[Span] = []
    last: int | None = None
    for span in cell.spans:
        glued = last is not None and _INLINE_RE.fullmatch(text, last, span.start) is not None
        printed = text[span.start : span.end]
        if _RAISED_RE.search(text, max(span.start - 8, 0), span.start) and _MARK_WORD_RE.fullmatch(printed):
            marks += re.findall(r"\d+|\*+", printed)
            places += [span] * len(re.findall(r"\d+|\*+", printed))
        else:
            at = span.start
            for found in _MARK_RE.finditer(text, span.start, span.end):
                _add(text, Span(at, found.start()), words, spans, glued=glued)
                for number in re.finditer(rf"[{_SUPERSCRIPTS}]+|\w+", found["marks"]):
                    start = found.start("marks") + number.start()
                    marks.append(number.group().translate(_DIGITS))
                    places.append(Span(start, start + len(number.group())))
                at, glued = found.end(), True
            _add(text, Span(at, span.end), words, spans, glued=glued)
        last = span.end
    joined = _SPACE_RE.sub(" ", "".join(words)).strip()
    return Slot(joined, tuple(spans), tuple(marks), tuple(places), cell.colspan, cell.rowspan)


def _add(text: str, span: Span, words: list[str], spans: list[Span], *, glued: bool) -> None:
    """Put the words of a range on, a space before them unless only markup or a mark stands there."""
    start, end = span.start, span.end
    while end > start and text[end - 1].isspace():
        end -= 1
    spaced = start < end and text[start].isspace()
    while start < end and text[start].isspace():
        start += 1
    if start >= end:
        return
    printed = text[start:end]
    if "&" in printed:
        printed = _ENTITY_RE.sub(lambda entity: html.unescape(entity.group()), printed)
    if words and (spaced or not glued):
        words.append(" ")
    words.append(nfc(printed))
    spans.append(Span(start, end))
