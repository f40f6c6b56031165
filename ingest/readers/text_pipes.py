"""Markdown tables: rows with ``|`` between cells and a line of dashes under the head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.readers.text_cells import Found, pieces
from kb.models import GridCell, Line, LineKind

_RULE_RE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-{1,}:?[ \t]*\|)*[ \t]*:?-{1,}:?[ \t]*\|?[ \t]*")
_PIPE_RE = re.compile(r"(?<!\\)\|")
#: Rows without a frame are a table from so many rows, and so many marks in each, on.
_BARE_ROWS, _BARE_PIPES = 3, 2
_FRAMED_RE = re.compile(r"[ \t]*\|.*\|[ \t]*$")
#: What stands beside the names of a table of two cells a row: a number, perhaps with what it counts.
_NUMBER_RE = re.compile(r"[ \t]*(?:\d[\d.,/]*[ \t]*%?(?:[ \t]+[^\W\d_]+){0,2}|[-–])[ \t]*")
_LETTER_RE = re.compile(r"[^\W\d_]")


def find_pipes(text: str, lines: Sequence[Line], taken: bytearray) -> Iterator[Found]:
    """The tables whose rows have ``|`` between cells.

    A line of dashes under the first row makes a table; without one, two or more rows that begin and end with ``|``
    and have the same number of cells do, and so do three or more of three cells or more without that frame, or of
    two where a name and a number stand in each row behind the head.
    """
    at = text.find("|")
    if at < 0:
        return
    index, count = 0, len(lines)
    while index < count:
        line = lines[index]
        if line.span.end <= at:
            index += 1
            continue
        if not _is_row(text, line) or taken[index]:
            index += 1
            at = text.find("|", line.span.end)
            if at < 0:
                return
            continue
        stop = index
        while (
            stop < count and not taken[stop] and _is_row(text, lines[stop]) and _touches(text, lines, index, stop)
        ):
            stop += 1
        yield from _read_rows(text, lines, index, stop)
        at = text.find("|", lines[stop - 1].span.end)
        if at < 0:
            return
        index = stop


def _is_row(text: str, line: Line) -> bool:
    return line.kind is LineKind.TEXT and text.find("|", line.span.start, line.span.end) >= 0


def _touches(text: str, lines: Sequence[Line], first: int, index: int) -> bool:
    """Whether no blank line stands before line `index`."""
    if index == first:
        return True
    return text.count("\n", lines[index - 1].span.end, lines[index].span.start) <= 1


def _read_rows(text: str, lines: Sequence[Line], first: int, stop: int) -> Iterator[Found]:
    printed = [line.span.cut(text) for line in lines[first:stop]]
    rules = [index for index, row in enumerate(printed) if "-" in row and _RULE_RE.fullmatch(row)]
    if not rules or rules[0] == 0:
        framed = [bool(_FRAMED_RE.match(row)) for row in printed]
        widths = {len(_PIPE_RE.findall(row)) for row in printed}
        bare = len(printed) - len(rules) >= _BARE_ROWS and (
            min(widths) >= _BARE_PIPES or all(map(_names_number, printed[1:]))
        )
        if len(printed) - len(rules) < 2 or len(widths) > 1 or not (all(framed) or bare):
            return
    rows = tuple(_cells(text, line) for index, line in enumerate(lines[first:stop]) if index not in set(rules))
    yield Found(first, stop - 1, rows, rules[0] if rules and rules[0] > 0 else None)


def _names_number(row: str) -> bool:
    """Whether a row is a name with a number beside it.

    >>> _names_number("Nghị định | 9"), _names_number("Số: 12/BC-UBND | Hà Nội, ngày 03 tháng 6 năm 2025")
    (True, False)
    """
    name, _, number = row.partition("|")
    return bool(_LETTER_RE.search(name)) and bool(_NUMBER_RE.fullmatch(number))


def _cells(text: str, line: Line) -> tuple[GridCell, ...]:
    start, end = line.span.start, line.span.end
    cuts = [found.start() for found in _PIPE_RE.finditer(text, start, end)]
    edges = [start - 1, *cuts, end]
    cells = [pieces(text, left + 1, right) for left, right in pairwise(edges)]
    # The pipes at both ends of a row are its frame.
    if cells and not cells[0] and cuts and not text[start : cuts[0]].strip():
        cells = cells[1:]
    if cells and not cells[-1] and cuts and not text[cuts[-1] + 1 : end].strip():
        cells = cells[:-1]
    return tuple(GridCell(spans) for spans in cells)
