"""Tables whose cells each came out as a paragraph, as pages copied from a portal have them.

Nothing says any more where a row ends but its number: rows counted 1, 2, 3 … that stand equally far apart, with
numbers in some columns and words in others throughout, are the rows of a table. Where one cell was lost the
distance breaks, and the paragraphs are left as they are: nothing is guessed. Only tables of numbers are read so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.readers.text_cells import Found, trim
from kb.models import GridCell, Line, LineKind, Span

_FIRST_RE = re.compile(r"(?:S(?:ố)?\s?\.?/?\s?TT|T\.?T|Stt|Số thứ tự)\.?")
_NUMBER_RE = re.compile(r"\(?[-–+]?\s?\d[\d.,]*\s?%?\)?|[-–]")
_ONE_RE = re.compile(r"^[ \t]*0?1\.?[ \t]*$", re.MULTILINE)
_ALONE_RE = re.compile(r"^[ \t]*\d[\d.,]*\s?%?[ \t]*$", re.MULTILINE)
_LABEL_RE = re.compile(r"[-–+]|[a-zđ][.)]")
_TOTAL_RE = re.compile(r"(?:tổng(?:\s+(?:số|cộng))?|cộng|toàn\s+tỉnh|cả\s+nước)\W*", re.IGNORECASE)
#: What prints as nothing: a cell that is known to be empty.
_EMPTY_RE = re.compile(r"(?:\*\s*\*|&nbsp;|\s)+")
_NARROWEST, _WIDEST, _FEWEST_ROWS, _FEWEST_NUMBERS = 3, 20, 4, 30
_LONGEST, _HEAD_MOST = 400, 30
#: A column holds numbers in so many of its cells, or in no more than the rest.
_NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class _Cell:
    """A paragraph: its first and last line, its printed ranges, its words (none for a cell known to be empty)."""

    first: int
    last: int
    spans: tuple[Span, ...]
    words: str
    plain: bool

    @property
    def number(self) -> bool:
        """Whether it is a number, a dash for none, or empty."""
        return not self.words or bool(_NUMBER_RE.fullmatch(self.words))


def find_stacked(text: str, lines: Sequence[Line], taken: bytearray) -> Iterator[Found]:
    """The tables of numbers of a text whose cells are paragraphs and whose rows are counted from one."""
    if (
        not _ONE_RE.search(text)
        or sum(1 for _ in islice(_ALONE_RE.finditer(text), _FEWEST_NUMBERS)) < _FEWEST_NUMBERS
    ):
        return
    cells = list(_paragraphs(text, lines, taken))
    at = 0
    while at < len(cells):
        shape = _shape(cells, at) if _counts(cells[at], 1) else None
        if shape is None:
            at += 1
            continue
        width, count = shape
        before, after = _total(cells, at - width + 1, width), _total(cells, at + width * count, width)
        low, end = at - len(before), at + width * count
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


def _paragraphs(text: str, lines: Sequence[Line], taken: bytearray) -> Iterator[_Cell]:
    """Lines without a blank line between them, as one cell."""
    at = 0
    while at < len(lines):
        end = at
        while end + 1 < len(lines) and text.count("\n", lines[end].span.end, lines[end + 1].span.start) == 1:
            end += 1
        spans = tuple(span for line in lines[at : end + 1] if (span := trim(text, line.span.start, line.span.end)))
        words = " ".join(span.cut(text) for span in spans)
        empty = bool(_EMPTY_RE.fullmatch(words))
        plain = all(line.kind is LineKind.TEXT for line in lines[at : end + 1]) and not any(taken[at : end + 1])
        yield _Cell(at, end, () if empty else spans, "" if empty else words, plain)
        at = end + 1


def _counts(cell: _Cell, number: int) -> bool:
    """Whether a cell numbers a row."""
    return cell.plain and cell.words.rstrip(".") in (str(number), f"{number:02}")


def _shape(cells: Sequence[_Cell], at: int) -> tuple[int, int] | None:
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


def _is_even(cells: Sequence[_Cell], at: int, width: int, count: int) -> bool:
    """Whether each column holds numbers nearly always or nearly never, the second never, and two or more do."""
    inside = cells[at : at + width * count]
    if not all(cell.plain and len(cell.words) <= _LONGEST for cell in inside):
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


def _total(cells: Sequence[_Cell], at: int, width: int) -> list[_Cell]:
    """The row of a total at a cell: its word and a number for every column behind it; none for no such row."""
    row = list(cells[max(at, 0) : at + width - 1]) if at >= 0 else []
    whole = len(row) == width - 1 and all(cell.plain for cell in row) and bool(_TOTAL_RE.fullmatch(row[0].words))
    return row if whole and all(cell.number for cell in row[1:]) else []


def _head(cells: Sequence[_Cell], end: int, width: int) -> list[list[_Cell]]:
    """The rows of names before the first row; none where they do not tell which column each is of.

    One row has a name for each column. Of two rows the second repeats the same names under each of the last of the
    first: ``STT, Cơ quan, Năm 2023, Năm 2024, Giao, Đạt, Giao, Đạt``.
    """
    low = next(
        (at for at in range(end - width, max(end - _HEAD_MOST, -1), -1) if at >= 0 and _opens(cells[at])), None
    )
    names = list(cells[low:end]) if low is not None else []
    if not all(cell.plain and cell.words and len(cell.words) <= _LONGEST for cell in names):
        return []
    over = len(names) - width
    if over == 0 and names:
        return [names]
    for each in range(2, len(names) // max(over, 1) + 1 if over > 1 else 0):
        upper, lower = names[: -over * each], names[-over * each :]
        words = [cell.words for cell in lower]
        if len(upper) - over + len(lower) == width and words == words[:each] * over:
            return [upper, lower]
    return []


def _opens(cell: _Cell) -> bool:
    return bool(_FIRST_RE.fullmatch(cell.words))


def _head_row(row: Sequence[_Cell], rows: Sequence[Sequence[_Cell]], width: int) -> tuple[GridCell, ...]:
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
