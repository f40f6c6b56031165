"""Cells of tables in plain text: their words, without white space around them and without markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.models import GridCell, Span

# A tag of HTML, its attributes on the same line; "a < b" and "<https://...>" are none.
TAG_RE = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,9})(?P<rest>(?:\s[^<>\n]*)?)/?>")
# Emphasis of Markdown around words; a star alone is a mark of a note.
_EMPHASIS_RE = re.compile(
    r"(?<![\w*_])(?P<mark>\*{1,3}|__)(?=[^\s*_])(?P<words>[^*\t\n]*[^\s*])(?P=mark)(?![\w*_])"
)
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
    >>> [span.cut("**Hồ sơ** giấy (*)") for span in pieces("**Hồ sơ** giấy (*)", 0, 18)]
    ['Hồ sơ', 'giấy (*)']
    """
    marked = (
        text.find("**", start, end) >= 0 or text.find("__", start, end) >= 0 or text.count("*", start, end) > 1
    )
    if not marked and text.find("<", start, end) < 0:
        whole = trim(text, start, end)
        return () if whole is None else (whole,)
    return tuple(_iter_pieces(text, start, end, marked=marked))


def _iter_pieces(text: str, start: int, end: int, *, marked: bool) -> Iterator[Span]:
    cuts = [tag.span() for tag in TAG_RE.finditer(text, start, end)]
    if marked:
        for found in _EMPHASIS_RE.finditer(text, start, end):
            cuts += [found.span("mark"), (found.end("words"), found.end())]
    at = start
    for low, high in sorted(cuts):
        piece = trim(text, at, low) if at < low else None
        if piece is not None:
            yield piece
        at = max(at, high)
    piece = trim(text, at, end)
    if piece is not None:
        yield piece
