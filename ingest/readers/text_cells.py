"""Cells of tables in plain text: their words, without white space around them and without markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.models import GridCell, Span

# A tag of HTML, its attributes on the same line; "a < b" and "<https://...>" are none.
TAG_RE = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,9})(?P<rest>(?:\s[^<>\n]*)?)/?>")
# What prints as nothing, inside a cell or around it: an empty paragraph of Word.
_BLANK_RE = re.compile(r"(?:\s|&nbsp;|&#160;)*")


@dataclass(frozen=True, slots=True)
class Found:
    """A table in the making: the indexes of its first and last line, its rows."""

    first: int
    last: int
    rows: tuple[tuple[GridCell, ...], ...]
    header_rows: int | None = None


def trim(text: str, start: int, end: int) -> Span | None:
    """The range without white space (also ``&nbsp;``) at its ends; None when nothing is left.

    >>> trim(" a b &nbsp;", 0, 11), trim("  ", 0, 2)
    (Span(start=1, end=4), None)
    """
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    if text.startswith("&", start) or text.endswith(";", start, end):
        found = _BLANK_RE.match(text, start, end)
        start = found.end() if found else start
        while text.endswith(("&nbsp;", "&#160;"), start, end):
            end -= 6
            while end > start and text[end - 1].isspace():
                end -= 1
    return Span(start, end) if start < end else None


def pieces(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The words of a cell, cut where a tag stands between them.

    >>> text = "<i>Tỷ lệ</i> (%)<br>đạt"
    >>> [span.cut(text) for span in pieces(text, 0, len(text))]
    ['Tỷ lệ', '(%)', 'đạt']
    """
    if text.find("<", start, end) < 0:
        whole = trim(text, start, end)
        return () if whole is None else (whole,)
    return tuple(_iter_pieces(text, start, end))


def _iter_pieces(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for tag in TAG_RE.finditer(text, start, end):
        piece = trim(text, at, tag.start())
        if piece is not None:
            yield piece
        at = tag.end()
    piece = trim(text, at, end)
    if piece is not None:
        yield piece
