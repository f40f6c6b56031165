"""Tables whose cells are set apart by spaces, as text pressed out of a page keeps them, in columns.

Words of running text are set apart so too where a page is justified, and letterheads and feet always: a table has
three columns or more, a head, rows with as many cells in the same places, and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.flow import is_foot_line, is_head_line
from ingest.readers.text_cells import Found
from kb.models import GridCell, Line, LineKind, Span

_CELL_RE = re.compile(r"\S+(?: \S+)*")
_NUMBER_RE = re.compile(r"[-–+(≥≤<>]?\s*\d[\d.,/\s]*\s*[%)]?|[-–]")
_ORDINAL_RE = re.compile(r"(?:S(?:ố)?\s?\.?/?\s?TT|T\.?T|Stt|Số thứ tự)\.?")
#: The fewest columns, and rows under a head.
_COLUMNS, _ROWS = 3, 2
#: So far may cells of one column begin, or end, from one another; the share of rows that must hold to it.
_OFF, _MOST = 2, 0.7


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as cells: where each begins and ends in the text, and how far in its line."""

    index: int
    cells: tuple[tuple[int, int], ...]
    indent: int  # where the line begins in the text

    def place(self, at: int) -> tuple[int, int]:
        """The columns of print that a cell fills."""
        start, end = self.cells[at]
        return start - self.indent, end - self.indent


def find_spaced(text: str, lines: Sequence[Line], taken: bytearray) -> Iterator[Found]:
    r"""The tables whose cells are set apart by two spaces or more, one under the other.

    >>> from kb.models import Span
    >>> text = "TT   Chỉ tiêu     Năm 2024\n1    Lúa          12.500\n2    Ngô           9.100\n"
    >>> lines = [Line(Span(one.start(), one.end())) for one in re.finditer(r"[^\n]+", text)]
    >>> [table.last for table in find_spaced(text, lines, bytearray(3))]
    [2]
    """
    index = 0 if text.find("  ") >= 0 else len(lines)
    while index < len(lines):
        run = list(_run(text, lines, taken, index))
        if len(run) > _ROWS:
            table = _table(text, run)
            if table is not None:
                yield table
        index += max(len(run), 1)


def _run(text: str, lines: Sequence[Line], taken: bytearray, first: int) -> Iterator[_Row]:
    """The lines from `first` on that touch and hold as many cells as a table may have, no more than their head."""
    most = 0
    for index in range(first, len(lines)):
        line = lines[index]
        if line.kind is not LineKind.TEXT or taken[index]:
            return
        if index > first and text.count("\n", lines[index - 1].span.end, line.span.start) > 1:
            return
        row = _row(text, index, line)
        if len(row.cells) < (_COLUMNS if index == first else 2) or (most and len(row.cells) > most):
            return
        most = most or len(row.cells)
        yield row


def _row(text: str, index: int, line: Line) -> _Row:
    indent = text.rfind("\n", 0, line.span.start) + 1
    start, end = line.span.start, line.span.end
    if text.find("  ", start, end) < 0 or text.find("\t", start, end) >= 0:
        return _Row(index, (), indent)
    cells = tuple(found.span() for found in _CELL_RE.finditer(text, start, end))
    return _Row(index, cells, indent)


def _table(text: str, run: list[_Row]) -> Found | None:
    head, *rows = run
    count = len(head.cells)
    full = [row for row in rows if len(row.cells) == count]
    if len(full) < _ROWS or len(full) < _MOST * len(rows) or not _is_head(text, head):
        return None
    columns = [_column(full, at) for at in range(count)]
    if any(column is None for column in columns) or not _has_numbers(text, full):
        return None
    ranges = [column for column in columns if column is not None]
    placed = [_placed(row, ranges) for row in rows]
    if any(cells is None for cells in placed):
        return None
    whole = [tuple(GridCell((Span(*cell),)) for cell in head.cells)]
    whole += [
        tuple(GridCell((Span(*cell),) if cell else ()) for cell in cells) for cells in placed if cells is not None
    ]
    return Found(head.index, rows[-1].index, tuple(whole), 1)


def _is_head(text: str, head: _Row) -> bool:
    """Whether a line heads columns: words, no letterhead or foot; numbers only as months or years."""
    words = [text[start:end] for start, end in head.cells]
    if any(is_head_line(word) or is_foot_line(word) for word in words):
        return False
    return _NUMBER_RE.fullmatch(words[0]) is None and any(letter.isalpha() for letter in words[0])


def _column(rows: Sequence[_Row], at: int) -> tuple[int, int] | None:
    """The print columns that the cells of a column fill; None where they neither begin nor end together."""
    places = [row.place(at) for row in rows]
    for edge in (0, 1):
        edges = sorted(place[edge] for place in places)
        middle = edges[len(edges) // 2]
        if sum(abs(one - middle) <= _OFF for one in edges) >= _MOST * len(edges):
            return min(place[0] for place in places), max(place[1] for place in places)
    return None


def _has_numbers(text: str, rows: Sequence[_Row]) -> bool:
    """Whether most rows hold a number behind their first cell."""
    told = [
        any(_NUMBER_RE.fullmatch(text[start:end]) and text[start:end].strip("-– ") for start, end in row.cells[1:])
        for row in rows
    ]
    return sum(told) >= _MOST * len(told)


def _placed(row: _Row, columns: Sequence[tuple[int, int]]) -> list[tuple[int, int] | None] | None:
    """The cells of a row by column; None where a cell stands under none of its own."""
    if len(row.cells) == len(columns):
        return list(row.cells)
    found: list[tuple[int, int] | None] = [None] * len(columns)
    for at in range(len(row.cells)):
        low, high = row.place(at)
        shared = [min(high, end) - max(low, start) for start, end in columns]
        best = max(range(len(columns)), key=lambda column: shared[column])
        if shared[best] <= 0 or found[best] is not None:
            return None
        found[best] = row.cells[at]
    return found
