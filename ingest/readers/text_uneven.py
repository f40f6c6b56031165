"""Tables whose cells each came out as a paragraph and whose rows are not equally long.

A page copied from a portal loses its empty cells: a row without an ordinal, a heading without values. What is left
is told apart by what the cells are: a row is a name, maybe with its ordinal before it and its unit behind it, and
then as many numbers as most rows have, or none. A row of fewer numbers lost some, and nothing says which: a list
that is counted through ends before it, any other table is none. Only below a head that begins with "STT".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.readers.text_paragraphs import LONGEST, Paragraph

#: An ordinal in figures; one that is no figure.
_FIGURES_RE = re.compile(r"(?P<top>\d{1,3})(?P<under>(?:\.\d{1,2}){0,3})\.?")
_LETTERS_RE = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ]|[a-zđ])[.)]?|\(?\d{1,2}\)")
_BULLET_RE = re.compile(r"[-–]")
_UNIT_RE = re.compile(
    r"(?:%|‰|(?:nghìn |triệu |tỷ )?(?:đồng|USD|người|lượt người|lượt|ha|tấn|con|km|m2|m3|m²|m³|giường|hộ|xã|cơ sở"
    r"|trường|lớp|học sinh|em|hồ sơ|lao động|doanh nghiệp|sản phẩm|kWh|lít|cái|bộ|công trình|dự án|điểm|tuổi))"
    r"(?:\s?/\s?[\w.]+(?:\s\w+)?){0,2}",
    re.IGNORECASE,
)
#: A row that numbers the columns: ``A, B, 1, 2, 3, 4=3/2``.
_CODE_RE = re.compile(r"\(?(?:[A-E]|\d{1,2})\)?(?:\s?=.{1,20})?")
#: A heading of a part, with its ordinal in one cell: ``I. Sở, ngành``.
_PART_RE = re.compile(r"(?:[IVX]{1,4}|[A-ZĐ])\.\s+\S")
#: What stands behind a table, or between two.
_ENDS_RE = re.compile(
    r"PHỤ LỤC|Phụ lục|MẪU BIỂU|Mẫu (?:biểu|số)|BIỂU SỐ|Biểu số|Nơi nhận|T[ML]\.|KT\.|\[\d+\]"
    r"|\((?:Ban hành )?[Kk]èm theo"
)
_FEWEST_ROWS, _FEWEST_VALUES, _MOST_VALUES, _MOST_NAMES, _MOST_HEAD, _FEWEST_CODES = 4, 2, 18, 6, 40, 4
_FULL, _STEP = 0.7, 3


@dataclass(slots=True)
class Row:
    """The cells of a row: its ordinal, its name, its unit, its numbers.

    `left` are numbers whose columns nothing tells; `stretch` is which of the stretches of cells it stands in.
    """

    ordinal: Paragraph | None = None
    name: Paragraph | None = None
    unit: Paragraph | None = None
    values: Sequence[Paragraph] = ()
    left: Sequence[Paragraph] = ()
    stretch: int = 0


@dataclass(frozen=True, slots=True)
class Uneven:
    """A table: the cells of its head, its rows, how many numbers a row has, whether rows have units, its end."""

    head: Sequence[Paragraph]
    rows: Sequence[Row]
    many: int
    units: bool
    end: int

    @property
    def full(self) -> int:
        """How many rows have all their numbers."""
        return sum(bool(row.values) for row in self.rows)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return self.many + (3 if self.units else 2)


@dataclass(slots=True)
class _Stretch:
    """Cells of words, and the numbers behind them."""

    words: list[Paragraph] = field(default_factory=list)
    numbers: list[Paragraph] = field(default_factory=list)


def read_uneven(cells: Sequence[Paragraph], at: int) -> Uneven | None:
    """The table whose head begins at a cell; None where what follows is none."""
    end = _end(cells, at)
    first = _first(cells, at, end)
    if first is None:
        return None
    low, head = first
    ordinal = cells[low] if cells[low].number else None
    stretches = list(_stretches(cells[low + bool(ordinal) : end]))
    best: tuple[int, int] | None = None
    for many in {size for one in stretches for size in (len(one.numbers), len(one.numbers) - 1)}:
        if _FEWEST_VALUES <= many <= _MOST_VALUES:
            full = sum(bool(row.values) for row in _rows(stretches, ordinal, many, units=False))
            # Of two that fit as many rows the smaller leaves each its ordinal.
            best = max(best or (0, 0), (full, -many))
    if best is None or best[0] < _FEWEST_ROWS:
        return None
    many, units = -best[1], _has_units(stretches)
    rows = _rows(stretches, ordinal, many, units=units)
    whole = next((row.stretch for row in rows if row.left), len(stretches))
    rows = [row for row in rows if row.stretch < whole]
    first_told = next((row for row in rows if row.values), None)
    if first_told is None or (
        # What stands before its parts, or under what it is a part of, needs all rows.
        whole < len(stretches) and not (first_told.ordinal and _is_counted(stretches, many))
    ):
        return None
    size = sum(len(one.words) + len(one.numbers) for one in stretches[:whole])
    if whole < len(stretches) and len(stretches[whole - 1].numbers) > many:
        size -= 1  # the ordinal of the row that is broken
    table = Uneven(head, rows, many, units, low + bool(ordinal) + size)
    return table if table.full >= _FEWEST_ROWS else None


def _is_counted(stretches: Sequence[_Stretch], many: int) -> bool:
    """Whether most rows are followed by the ordinal of the next."""
    return 2 * sum(len(one.numbers) == many + 1 for one in stretches) > len(stretches)


def _end(cells: Sequence[Paragraph], at: int) -> int:
    """Where the cells below a head can be a table no more."""
    words = 0
    for place in range(at + 1, len(cells)):
        cell = cells[place]
        words = 0 if cell.number else words + 1
        long = words > (_MOST_HEAD if place < at + _MOST_HEAD else _MOST_NAMES)
        if not cell.plain or len(cell.words) > LONGEST or cell.opens or long or _ENDS_RE.match(cell.words):
            return place
    return len(cells)


def _first(cells: Sequence[Paragraph], at: int, end: int) -> tuple[int, Sequence[Paragraph]] | None:
    """Where the first row begins, and the cells of the head; None for no head."""
    codes = 0
    for place in range(at + 1, min(end, at + _MOST_HEAD)):
        codes = codes + 1 if _CODE_RE.fullmatch(cells[place].words) else 0
        following = cells[place + 1].words if place + 1 < end else ""
        ends = not _CODE_RE.fullmatch(following) or following == "A"
        if codes >= _FEWEST_CODES and ends and cells[place + 1 - codes].words.strip("()") in ("A", "1"):
            return place + 1, cells[at : place + 1 - codes]
    numbers = next(
        (
            place
            for place in range(at + 1, end - 1)
            if cells[place].number and cells[place + 1].number and cells[place].words
        ),
        None,
    )
    if numbers is None or numbers - at > _MOST_HEAD:
        return None
    # Back over the name, maybe with a unit, to its ordinal.
    for low in range(numbers - 1, max(at, numbers - 4), -1):
        if cells[low].number or _LETTERS_RE.fullmatch(cells[low].words):
            head = cells[at:low]
            return (low - 1, head[:-1]) if head and _PART_RE.match(head[-1].words) else (low, head)
    return None


def _stretches(cells: Sequence[Paragraph]) -> Iterator[_Stretch]:
    """Words and the numbers behind them, one after another, as far as numbers follow."""
    one = _Stretch()
    for cell in cells:
        if not cell.number and one.numbers:
            yield one
            one = _Stretch()
        (one.numbers if cell.number else one.words).append(cell)
    if one.numbers:
        yield one


def _rows(stretches: Sequence[_Stretch], ordinal: Paragraph | None, many: int, *, units: bool) -> list[Row]:
    """The rows, where each has so many numbers."""
    lasts = [one.numbers[-1] for one in stretches if len(one.numbers) == many + 1]
    bullets = any(_BULLET_RE.fullmatch(last.words) for last in lasts)
    counted = _is_counted(stretches, many)
    rows: list[Row] = []
    top = _top(ordinal)
    for at, one in enumerate(stretches):
        rows += (replace(row, stretch=at) for row in _named(one.words, ordinal, units=units))
        last = one.numbers[-1]
        follows = at + 1 < len(stretches) and _follows(last, top, counted=counted and len(one.numbers) > many)
        row = rows[-1] if rows else Row()
        # Of fewer numbers the last may be an ordinal or a value.
        ordinal = last if follows and (counted or len(one.numbers) in (1, many + 1)) else None
        if len(one.numbers) == many + 1 and follows:
            row.values = one.numbers[:-1]
        elif len(one.numbers) == many and not (follows and (bullets or not _BULLET_RE.fullmatch(last.words))):
            row.values, ordinal = one.numbers, None
        row.left = () if row.values else one.numbers[:-1] if ordinal else one.numbers
        top = _top(ordinal) or top
    return rows


def _top(ordinal: Paragraph | None) -> int:
    found = _FIGURES_RE.fullmatch(ordinal.words) if ordinal else None
    return int(found["top"]) if found else 0


def _follows(cell: Paragraph, top: int, *, counted: bool) -> bool:
    """Whether a number at the end of a row may be the ordinal of the next; of a counted list also a wrong one."""
    found = _FIGURES_RE.fullmatch(cell.words)
    if found is None:
        return _BULLET_RE.fullmatch(cell.words) is not None
    number = int(found["top"])
    near = top < number <= top + _STEP or (counted and 0 < number <= top)
    return near or number == 1 or (bool(found["under"]) and number == top)


def _named(words: Sequence[Paragraph], ordinal: Paragraph | None, *, units: bool) -> Iterator[Row]:
    """The rows that words begin: each has an ordinal or none, a name, and the last its unit."""
    row = Row(ordinal)
    for at, cell in enumerate(words):
        last = at == len(words) - 1
        if row.name is None and row.ordinal is None and not last and _LETTERS_RE.fullmatch(cell.words):
            row.ordinal = cell
        elif row.name is None:
            row.name = cell
        elif units and last and _UNIT_RE.fullmatch(cell.words):
            row.unit = cell
        else:
            yield row
            letters = not last and _LETTERS_RE.fullmatch(cell.words)
            row = Row(cell) if letters else Row(None, cell)
    yield row


def _has_units(stretches: Sequence[_Stretch]) -> bool:
    """Whether most rows have a unit behind their name."""
    rows = [one for one in stretches if len(one.numbers) > 1]
    with_unit = sum(len(one.words) > 1 and bool(_UNIT_RE.fullmatch(one.words[-1].words)) for one in rows)
    return with_unit >= _FULL * len(rows) > 0
