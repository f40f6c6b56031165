"""Tables whose cells blanks set in columns, as programs print them: ``1   Đàn lợn      con   120.000   118.450``.

The cells of a line stand two blanks or more apart; over all lines of a table they fall into columns that no cell
crosses. Only a table of numbers is taken for one: words set apart may be a letterhead, a signature or a form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.flow import is_foot_line, is_head_line
from ingest.readers.text_cells import Found, pieces
from kb.models import GridCell, Line, LineKind

_CELL_RE = re.compile(r"\S+(?: \S+)*")
_NUMBER_RE = re.compile(r"[-–+(]?\d[\d.,/]*\s?[%)]?|[-–]")
_LABEL_RE = re.compile(r"[-–+•*]|\(?[\da-zđIVX]{1,4}[.)]")
_FEWEST, _MOST_SHIFTED = 3, 1
#: Under a head two lines are a table where so many columns of them hold numbers.
_BESIDE = 3


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of print: its index, its cells as ranges of the text, where each stands in the line."""

    index: int
    cells: tuple[tuple[int, int], ...]
    begin: int

    def band(self, at: int) -> tuple[int, int]:
        """From which column of print to which a cell reaches."""
        low, high = self.cells[at]
        return low - self.begin, high - self.begin


def find_spaced(text: str, lines: Sequence[Line], taken: bytearray) -> Iterator[Found]:
    """The tables of numbers whose cells are set apart by blanks."""
    if text.find("   ") < 0:
        return
    run: list[_Row] = []
    for index, line in enumerate(lines):
        row = _row(text, line, index) if line.kind is LineKind.TEXT and not taken[index] else None
        touches = bool(run) and text.count("\n", lines[run[-1].index].span.end, line.span.start) <= 1
        if run and (row is None or not touches):
            yield from _tables(text, run)
            run = []
        if row is not None:
            run.append(row)
    yield from _tables(text, run)


def _row(text: str, line: Line, index: int) -> _Row | None:
    """The cells of a line; None where blanks set none apart, or where a head or a foot is set."""
    begin = text.rfind("\n", 0, line.span.start) + 1
    if text.find("  ", line.span.start, line.span.end) < 0 or text.find("\t", begin, line.span.end) >= 0:
        return None
    cells = [found.span() for found in _CELL_RE.finditer(text, line.span.start, line.span.end)]
    if len(cells) > 1 and _LABEL_RE.fullmatch(text[slice(*cells[0])]) and len(cells) == 2:
        return None  # an item of a list
    printed = [text[low:high] for low, high in cells]
    if len(cells) < 2 or any(is_head_line(cell) or is_foot_line(cell) for cell in printed):
        return None
    return _Row(index, tuple(cells), begin)


def _tables(text: str, run: Sequence[_Row]) -> Iterator[Found]:
    """The table that the lines of a run make, its first line aside where that fits no column; none for prose."""
    for first in range(_MOST_SHIFTED + 1):
        rows = run[first:]
        bands = _bands(rows)
        if len(rows) >= _FEWEST and bands and _holds_numbers(text, rows, bands):
            cells = tuple(tuple(_cell(text, row, band) for band in bands) for row in rows)
            yield Found(rows[0].index, rows[-1].index, cells)
            return


def _bands(rows: Sequence[_Row]) -> list[tuple[int, int]]:
    """The columns into which the cells of all lines fall; none where two cells of a line would share one."""
    reaches = sorted(row.band(at) for row in rows for at in range(len(row.cells)))
    bands: list[list[int]] = []
    for low, high in reaches:
        if bands and low <= bands[-1][1]:
            bands[-1][1] = max(bands[-1][1], high)
        else:
            bands.append([low, high])
    found = [(low, high) for low, high in bands]
    for row in rows:
        homes = [
            next(at for at, (low, high) in enumerate(found) if low <= row.band(cell)[0] < high + 1)
            for cell in range(len(row.cells))
        ]
        if len(set(homes)) != len(homes):
            return []
    return found if len(found) > 1 else []


def _cell(text: str, row: _Row, band: tuple[int, int]) -> GridCell:
    for at, (low, high) in enumerate(row.cells):
        if band[0] <= row.band(at)[0] <= band[1]:
            return GridCell(pieces(text, low, high))
    return GridCell(())


def _holds_numbers(text: str, rows: Sequence[_Row], bands: Sequence[tuple[int, int]]) -> bool:
    """Whether numbers stand one under the other in most lines: in a column but the first, or two in several."""
    counts = [_numbers_under(text, rows, band) for band in bands[1:]]
    most = [count for count in counts if count * 3 >= len(rows) * 2]
    return any(count >= _FEWEST for count in most) or len([count for count in most if count > 1]) >= _BESIDE


def _numbers_under(text: str, rows: Sequence[_Row], band: tuple[int, int]) -> int:
    """How many numbers a column holds; none where they do not stand one under the other."""
    inside = [
        (row.band(at), text[low:high])
        for row in rows
        for at, (low, high) in enumerate(row.cells)
        if band[0] <= row.band(at)[0] <= band[1]
    ]
    numbers = [reach for reach, cell in inside if _NUMBER_RE.fullmatch(cell)]
    under = (Counter(reach[side] for reach in numbers).most_common(1) for side in (0, 1))
    return len(numbers) if any(top and top[0][1] * 3 >= len(numbers) * 2 for top in under) else 0
