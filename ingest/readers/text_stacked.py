"""Tables whose cells each came out as a paragraph, as pages copied from a portal have them.

Nothing says any more where a row ends but its number: rows counted 1, 2, 3 … that stand equally far apart, with
numbers in some columns and words in others throughout, are the rows of a table. Where one cell was lost the
distance breaks, and the paragraphs are left as they are: nothing is guessed. Only tables of numbers are read so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from ingest.readers.text_cells import Found
from ingest.readers.text_paragraphs import LONGEST, Paragraph, paragraphs
from ingest.readers.text_uneven import Uneven, read_uneven
from kb.models import GridCell, Line

_ONE_RE = re.compile(r"^[ \t]*0?1\.?[ \t]*$", re.MULTILINE)
_ALONE_RE = re.compile(r"^[ \t]*\d[\d.,]*\s?%?[ \t]*$", re.MULTILINE)
_LABEL_RE = re.compile(r"[-–+]|[a-zđ][.)]")
_TOTAL_RE = re.compile(r"(?:tổng(?:\s+(?:số|cộng))?|cộng|toàn\s+tỉnh|cả\s+nước)\W*", re.IGNORECASE)
_NARROWEST, _WIDEST, _FEWEST_ROWS, _FEWEST_NUMBERS = 3, 20, 4, 30
_HEAD_MOST = 30
#: A column holds numbers in so many of its cells, or in no more than the rest.
_NEARLY_ALL = 0.9


def find_stacked(text: str, lines: Sequence[Line], taken: bytearray) -> Iterator[Found]:
    """The tables of numbers of a text whose cells are paragraphs and whose rows are counted from one."""
    if (
        not _ONE_RE.search(text)
        or sum(1 for _ in islice(_ALONE_RE.finditer(text), _FEWEST_NUMBERS)) < _FEWEST_NUMBERS
    ):
        return
    cells = list(paragraphs(text, lines, taken))
    at = 0
    while at < len(cells):
        uneven = read_uneven(cells, at) if cells[at].opens else None
        if uneven and uneven.full > _counted_in(cells, at, uneven.end):
            yield _of_uneven(cells, at, uneven)
            at = uneven.end
            continue
        shape = _shape(cells, at) if _counts(cells[at], 1) else None
        if shape is None:
            at += 1
            continue
        width, count = shape
        end = at + width * count
        before, after = _total(cells, at - width + 1, width), _total(cells, end, width)
        if _goes_on(cells, end, width, count):
            before = []  # it counts rows that are not read
        low = at - len(before)
        names = _head(cells, low, width)
        rows = [before, *(cells[start : start + width] for start in range(at, end, width)), after]
        last = (after or cells[at:end])[-1].last
        # A total has no number of its own: its first cell is empty.
        body = [
            tuple([GridCell(())] * (width - len(row)) + [GridCell(cell.spans) for cell in row])
            for row in rows
            if row
        ]
        first = cells[low - sum(len(row) for row in names)].first
        head = [_head_row(row, names, width) for row in names]
        yield Found(first, last, (*head, *body), len(head) or None)
        at += width * count + len(after)


def _goes_on(cells: Sequence[Paragraph], end: int, width: int, count: int) -> bool:
    """Whether rows behind one that lost a cell are counted on."""
    return any(_counts(cell, count + more) for cell in cells[end : end + 2 * width] for more in (1, 2))


def _counted_in(cells: Sequence[Paragraph], at: int, end: int) -> int:
    """How many rows a range of cells has that are counted and equally long."""
    many = 0
    while at < end:
        shape = _shape(cells, at) if _counts(cells[at], 1) else None
        many += shape[1] if shape else 0
        at += shape[0] * shape[1] if shape else 1
    return many


def _of_uneven(cells: Sequence[Paragraph], at: int, table: Uneven) -> Found:
    """A table of rows that are not equally long."""
    body = []
    for row in table.rows:
        named = (row.ordinal, row.name, *((row.unit,) if table.units else ()))
        values = row.values or (None,) * table.many
        body.append(tuple(GridCell(cell.spans if cell else ()) for cell in (*named, *values)))
    names = _head_of(table.head, table.width)
    head = [_head_row(row, names, table.width) for row in names]
    return Found(cells[at].first, cells[table.end - 1].last, (*head, *body), len(head) or None)


def _counts(cell: Paragraph, number: int) -> bool:
    """Whether a cell numbers a row."""
    return cell.plain and cell.words.rstrip(".") in (str(number), f"{number:02}")


def _shape(cells: Sequence[Paragraph], at: int) -> tuple[int, int] | None:
    """Width and number of the rows that begin at a cell, the longest count; None where they are no table."""
    best = None
    for width in range(_NARROWEST, _WIDEST + 1):
        count = 1
        while at + width * count < len(cells) and _counts(cells[at + width * count], count + 1):
            count += 1
        # The last row ends where the table does: it must be whole, and not end with the number of the next.
        if at + width * count > len(cells) or _counts(cells[at + width * count - 1], count + 1):
            count -= 1
        if count >= _FEWEST_ROWS and (best is None or count > best[1]) and _is_even(cells, at, width, count):
            best = width, count
    return best


def _is_even(cells: Sequence[Paragraph], at: int, width: int, count: int) -> bool:
    """Whether each column holds numbers nearly always or nearly never, the second never, and two or more do."""
    inside = cells[at : at + width * count]
    if not all(cell.plain and len(cell.words) <= LONGEST for cell in inside):
        return False
    shares = [sum(cell.number for cell in inside[column::width]) / count for column in range(1, width)]
    even = all(share >= _NEARLY_ALL or share <= 1 - _NEARLY_ALL for share in shares)
    # The last row has no next one to tell where it ends: all its cells are what their columns are.
    last = inside[-width + 1 :]
    fits = all(cell.number == (share >= _NEARLY_ALL) for cell, share in zip(last, shares, strict=True))
    numeric = [share >= _NEARLY_ALL for share in shares]
    if not even or not fits or numeric[0] or sum(numeric) < 2:
        return False
    # Words behind numbers are a unit or a note; more of them, or labels, are printed rows under a counted one.
    behind = numeric[numeric.index(True) :].count(False)
    labelled = any(
        all(_LABEL_RE.fullmatch(cell.words) for cell in inside[column::width]) for column in range(1, width)
    )
    return behind <= 1 and not labelled


def _total(cells: Sequence[Paragraph], at: int, width: int) -> list[Paragraph]:
    """The row of a total at a cell: its word and a number for every column behind it; none for no such row."""
    row = list(cells[max(at, 0) : at + width - 1]) if at >= 0 else []
    whole = len(row) == width - 1 and all(cell.plain for cell in row) and bool(_TOTAL_RE.fullmatch(row[0].words))
    return row if whole and all(cell.number for cell in row[1:]) else []


def _head(cells: Sequence[Paragraph], end: int, width: int) -> list[list[Paragraph]]:
    """The rows of names before the first row; none where they do not tell which column each is of.

    One row has a name for each column. Of two rows the second repeats the same names under each of the last of the
    first: ``STT, Cơ quan, Năm 2023, Năm 2024, Giao, Đạt, Giao, Đạt``.
    """
    low = next(
        (at for at in range(end - width, max(end - _HEAD_MOST, -1), -1) if at >= 0 and cells[at].opens), None
    )
    return _head_of(list(cells[low:end]) if low is not None else [], width)


def _head_of(names: Sequence[Paragraph], width: int) -> list[list[Paragraph]]:
    """The rows of names that some cells are, for so many columns; none where they are no such rows."""
    if not all(cell.plain and cell.words and len(cell.words) <= LONGEST for cell in names):
        return []
    over = len(names) - width
    if over == 0 and names:
        return [list(names)]
    for each in range(2, len(names) // max(over, 1) + 1 if over > 1 else 0):
        upper, lower = list(names[: -over * each]), list(names[-over * each :])
        words = [cell.words for cell in lower]
        if len(upper) - over + len(lower) == width and words == words[:each] * over:
            return [upper, lower]
    return []


def _head_row(row: Sequence[Paragraph], rows: Sequence[Sequence[Paragraph]], width: int) -> tuple[GridCell, ...]:
    """A row of names; with two rows the last names of the first reach over theirs of the second."""
    if len(rows) == 1:
        return tuple(GridCell(cell.spans) for cell in row)
    upper, lower = rows
    groups = len(upper) + len(lower) - width
    single = len(upper) - groups
    if row is lower:
        return tuple(GridCell(cell.spans) for cell in row)
    each = len(lower) // groups
    alone = tuple(GridCell(cell.spans, rowspan=2) for cell in upper[:single])
    return alone + tuple(GridCell(cell.spans, colspan=each) for cell in upper[single:])
