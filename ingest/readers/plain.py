"""Plain text and Markdown: the text as decoded, a line a line, tables told by their dialect."""

from __future__ import annotations

import re

from ingest.readers.decode import decode_text
from ingest.readers.text_tables import mark_tables
from kb.models import Line, Problem, Reading, Span
from kb.text.normalize import plain_letters

# A form feed ends a page; the other controls end a line where a program wrote them for one.
_LINE_RE = re.compile("[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
_SPACE_RE = re.compile(r"\S")


def read_plain(data: bytes) -> Reading:
    r"""The text of a file, a BOM dropped, line ends untouched, its lines and its tables.

    UTF-8, or an older encoding that is told by its words and named among the problems.

    Form feeds part pages; without any the text has no pages.

    >>> reading = read_plain("Điều 1\r\nĐiều 2\fĐiều 3\f".encode())
    >>> [(line.span.cut(reading.text), line.page) for line in reading.lines], reading.pages
    ([('Điều 1', 1), ('Điều 2', 1), ('Điều 3', 2)], 2)
    """
    text, problems = decode_text(data)
    return read_text(text, problems)


def read_text(text: str, problems: tuple[Problem, ...] = ()) -> Reading:
    r"""The lines and the tables of a text that needs no decoding; any string is taken as it is.

    >>> [line.span.cut("Điều 1\n\x1fĐiều 2") for line in read_text("Điều 1\n\x1fĐiều 2").lines]
    ['Điều 1', '\x1fĐiều 2']
    """
    found = [match.span() for match in _LINE_RE.finditer(text) if _SPACE_RE.search(text, *match.span())]
    if "\f" not in text:
        lines = tuple(Line(Span(start, end)) for start, end in found)
        pages = None
    else:
        lines, pages = _paged(text, found)
    marked, grids = mark_tables(plain_letters(text), lines)
    return Reading(text, marked, grids, pages, problems=problems)


def _paged(text: str, found: list[tuple[int, int]]) -> tuple[tuple[Line, ...], int]:
    lines, page, at = [], 1, 0
    for start, end in found:
        page += text.count("\f", at, start)
        at = start
        lines.append(Line(Span(start, end), page=page))
    return tuple(lines), page
