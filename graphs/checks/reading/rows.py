"""A table as a tree of rows, for checking what its rows say of each other.

What stands under what is read off the labels as they nest: A, I, 1, 1.1, a, -, +, rows without any.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Generic, TypeVar

from graphs.checks.reading.arithmetic import decimal
from kb.models import Cell, Document, Span, Table, ValueKind

T = TypeVar("T")

_ORDINAL_RE = re.compile(r"\s*(\d{1,3}(?:\.\d{1,3}){0,5}|\d{1,2} \d{1,2})\.?\s*$")
_ROMAN_RE = re.compile(r"\s*([IVX]{1,5}|[A-ZĐ])\.?\s*$")
_LETTER_RE = re.compile(r"\s*([a-zđ])\s*[.)]?\s*$")
#: A mark before the words of a row that is a part of the row over it.
_MARK_RE = re.compile(r"\s*([-–+*•])(?=\s*$|\s+\S|[^\W\d_])")
#: A label that stands before the words of its row, in one cell with them.
_BEFORE_RE = re.compile(r"\s*(?:(\d{1,2}(?:\.\d{1,2}){0,4})|([IVX]{1,5}|[A-ZĐ])|([a-zđ]))[.)]\s+(?=\S)")
#: What a row is worked out of by a formula: "(a-b)", "= 1 + 2": no plain sum of what stands under it.
_FORMULA_RE = re.compile(r"\([^()]{1,12}\s*[-–]\s*[^()]{1,12}\)|=")
#: A row that numbers the columns: (1), (2), (3) = (1) - (2).
_INDEX_RE = re.compile(r"\(?\s*(?:\d{1,2}|[A-ZĐ])\s*\)?(?:\s*=.*)?", re.DOTALL)
RATE_RE = re.compile(r"^\W*t[ỷỉ] (?:lệ|trọng)|(?<!\d)(?<!\d )%\s*\)?\s*$|^\W*mức độ hài lòng", re.IGNORECASE)
#: A total, and no body, survey or review whose name begins like one.
TOTAL_RE = re.compile(
    r"^\W*(?:tổng(?!\s+(?:hợp|cục|công ty|giám đốc|quan|kết|bí thư|thanh tra|liên đoàn|thể|đài|lãnh sự|điều tra))"
    r"|cộng\b(?!\s+(?:đồng|hòa|hoà|tác|sinh|sản|hưởng))"
    r"|toàn (?:tỉnh|huyện|quận|phường|thị trấn|thành phố|thị xã|xã|ngành|(?:tổng )?công ty|tập đoàn|vùng|quốc)\b"
    r"|cả (?:năm|quý|kỳ|nước|tỉnh|huyện|giai đoạn|nhiệm kỳ)\b)",
    re.IGNORECASE,
)
#: What a row named by a span of time lasts, in months: one behind shorter ones counts them.
_SPANS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(rf"\W*{pattern}\W*", re.IGNORECASE), months)
    for pattern, months in (
        (r"(?:tháng\s*)?(?:0?[1-9]|1[0-2])(?:/\d{4})?", 1),
        (r"quý\s*(?:[1-4]|IV|I{1,3})(?:\W*(?:năm\s*)?\d{4})?", 3),
        (r"(?:6|06|sáu) tháng(?:\s+đầu năm)?(?:\s*\d{4})?", 6),
        (r"(?:9|09|chín) tháng(?:\s+đầu năm)?(?:\s*\d{4})?", 9),
        (r"(?:năm\s*)?(?:19|20)\d\d", 12),
        (r"(?:giai đoạn\s*)?(?:19|20)\d\d\s*[-–]\s*(?:19|20)?\d\d|0?[2-9] năm", 24),
    )
)
#: Rows that number the columns; rows that lost a cell, so that their numbers stand under other heads.
_INDEX, SHIFTED = "index", "shifted"
_UNIT_HEAD_RE = re.compile(r"^\W*(?:đơn\s+vị\s+tính|đvt|đ/v(?:\s+tính)?)\W*$", re.IGNORECASE)
_BODY_OR_UNIT_HEAD_RE = re.compile(r"^\W*đơn\s+vị\W*$", re.IGNORECASE)
_VERDICT_RE = re.compile(r"\W*(?:(?:chưa|không)\s+)?(?:đạt|vượt|hoàn thành)\b", re.IGNORECASE)
_AS_ABOVE_RE = re.compile(r"\W*(?:nt|như trên)\W*|[\"”″/]+")
_RATE_UNITS = ("%", "‰", "phần trăm")
_UNIT_WORDS, _OFTEN, _TOTAL_WORDS, _SPAN_LETTERS = 3, 3, 4, 32
_NUMBERS = (ValueKind.NUMBER, ValueKind.PERCENT, ValueKind.RATIO)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its place in the table, its ordinal as numbers (empty where it has none), its words, its cells."""

    at: int
    ordinal: tuple[str, ...]
    label: str
    cells: tuple[Cell, ...]
    page: int | None
    style: str = "plain"
    parent: int | None = None
    edge: bool = False
    unit: str = ""
    over: bool = False

    @property
    def total(self) -> bool:
        """Whether it is called a total, outside the numbered rows: by that word alone, or first or last.

        A span of time is one behind the shorter spans that it counts.
        """
        if self.over:
            return True
        words = self.label.split("(")[0].split()
        return not self.ordinal and (self.edge or len(words) <= _TOTAL_WORDS) and bool(TOTAL_RE.search(self.label))

    @property
    def formula(self) -> bool:
        """Whether its words say by what formula it is worked out."""
        return bool(_FORMULA_RE.search(self.label))

    @property
    def rate(self) -> bool:
        """Whether it states a rate: by its words, or by the unit it is counted in."""
        return self.unit in _RATE_UNITS or names_rate(self.label)

    def value(self, column: int) -> Decimal | None:
        """The number in a column; None for a dash, a blank or words, and in a row whose numbers say nothing."""
        cell = self.cells[column] if column < len(self.cells) and self.style not in (_INDEX, SHIFTED) else None
        return decimal(cell.value.value) if cell and cell.value.kind in _NUMBERS else None

    def of(self, column: int) -> Decimal | None:
        """What the ratio in a column is of; None where none stands there."""
        there = self.value(column) is not None and self.cells[column].value.kind is ValueKind.RATIO
        return decimal(self.cells[column].value.of) if there else None

    def printed(self, column: int) -> str:
        """What stands in a column."""
        return (self.cells[column].text or "") if column < len(self.cells) else ""

    def span(self, column: int) -> Span:
        """Where a column's text stands; the row's first text for an empty one."""
        spans = self.cells[column].spans if column < len(self.cells) else ()
        spans = spans or next((cell.spans for cell in self.cells if cell.spans), (Span(0, 0),))
        return Span(spans[0].start, spans[-1].end)

    def marks(self, column: int) -> tuple[str, ...]:
        """Marks of the notes at a column's cell."""
        return self.cells[column].marks if column < len(self.cells) else ()


@lru_cache(maxsize=4096)
def names_rate(label: str) -> bool:
    """Whether words call a rate."""
    return RATE_RE.search(label) is not None


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table and its columns of numbers; `under` has the rows right under a row."""

    table: Table
    lines: tuple[Line, ...]
    columns: tuple[int, ...]
    under: dict[int, tuple[Line, ...]]

    def children(self, parent: Line) -> tuple[Line, ...]:
        """The rows that stand right under a row."""
        return self.under.get(parent.at, ())

    def amount(self, line: Line, column: int) -> Decimal | None:
        """The number of a row in a column, or what stands under a row that has none there."""
        value = line.value(column)
        if value is not None or line.rate:
            return value
        under = [amount for child in self.children(line) if (amount := self.amount(child, column)) is not None]
        return sum(under, Decimal(0)) if under else None

    def called(self, column: int) -> str:
        """What a column is called in a sentence: its head, else its number from 1."""
        return self.head(column) or str(column + 1)

    @property
    def over(self) -> str:
        """The words over the table and over its columns."""
        return " ; ".join((self.table.title or "", self.table.caption or "", *self.table.columns))

    def head(self, column: int) -> str:
        """The words over a column."""
        return self.table.columns[column] if column < len(self.table.columns) else ""


def read_grid(table: Table, fewest: int = 2) -> Grid | None:
    """The tree of a table's rows; None when it has no column of so many numbers."""
    read = _without_shifted([_line(at, row.cells, row.page) for at, row in enumerate(table.rows)])
    full = [line.at for line in read if any(cell.text for cell in line.cells) and line.style != _INDEX]
    edges = {full[0], full[-1]} if full else set()
    units = _unit_column(table, read)
    told = _as_above([_text(line, units) for line in read])
    over = _spans_over(read)
    lines = _nested(
        [replace(line, edge=line.at in edges, unit=told[line.at], over=line.at in over) for line in read]
    )
    width = max((len(line.cells) for line in lines), default=0)
    first = 1 if any(line.ordinal for line in lines) else 0
    columns = tuple(
        column for column in range(first, width) if sum(line.value(column) is not None for line in lines) >= fewest
    )
    under: dict[int, tuple[Line, ...]] = {}
    for line in lines:
        if line.parent is not None:
            under[line.parent] = (*under.get(line.parent, ()), line)
    return Grid(table, lines, columns, under) if columns else None


def _spans_over(lines: list[Line]) -> set[int]:
    """The rows named by a span of time right behind rows named by shorter ones: a quarter behind its months."""
    lasts = [_months((line.cells[0].text or line.label) if line.cells else "") for line in lines]
    return {at for at, (before, own) in enumerate(pairwise(lasts), 1) if own > before > 0}


def _months(name: str) -> int:
    """How long the span of time lasts that a row is named by; nothing where it is named otherwise."""
    if not any(letter.isdigit() or letter in "IV" for letter in name) or len(name) > _SPAN_LETTERS:
        return 0
    return next((months for pattern, months in _SPANS if pattern.fullmatch(name)), 0)


def _text(line: Line, column: int | None) -> str:
    cell = line.cells[column] if column is not None and column < len(line.cells) else None
    return " ".join((cell.text or "").lower().split()) if cell else ""


def _as_above(units: list[str]) -> list[str]:
    """The units, those written "as above" put in words."""
    told: list[str] = []
    for unit in units:
        told.append(told[-1] if told and _AS_ABOVE_RE.fullmatch(unit) else unit)
    return told


def _label_column(line: Line) -> int | None:
    """The column of its first words."""
    texts = (
        at for at, cell in enumerate(line.cells) if cell.value.kind is ValueKind.TEXT and len(cell.text or "") > 3
    )
    return next(texts, None)


def _without_shifted(lines: list[Line]) -> list[Line]:
    """The lines, those marked whose words stand before the column of words and numbers in it: they lost a cell."""
    counted = Counter(at for line in lines if (at := _label_column(line)) is not None)
    usual = max((at for at, count in counted.items() if count >= _OFTEN), default=0)
    marked = []
    for line in lines:
        own = _label_column(line)
        lost = own is not None and own < usual < len(line.cells) and not line.ordinal
        # "Cộng | 36 đơn vị | | 128 |" lost none: a bare number is what does not stand under words.
        lost = lost and not any(map(str.isalpha, line.cells[usual].text or ""))
        lost = lost and line.cells[usual].value.kind in (*_NUMBERS, ValueKind.DASH) and not line.cells[-1].text
        marked.append(replace(line, style=SHIFTED) if lost else line)
    return marked


def _unit_column(table: Table, lines: list[Line]) -> int | None:
    """The column that says what each row is counted in: by its head, else by few short words said again."""
    for column, head in enumerate(table.columns):
        if _UNIT_HEAD_RE.match(head or ""):
            return column
    width = max((len(line.cells) for line in lines), default=0)
    for column in range(1, width):
        cells = [line.cells[column] for line in lines if column < len(line.cells)]
        told = (cell.text or "" for cell in cells if cell.value.kind is ValueKind.TEXT)
        words = [text for text in told if not _VERDICT_RE.match(text)]
        if len(words) * 2 <= len(lines) or any(len(text.split()) > _UNIT_WORDS for text in words):
            continue
        head = (*table.columns, *("",) * width)[column]
        units = _BODY_OR_UNIT_HEAD_RE.match(head or "") and all(text[1:] == text[1:].lower() for text in words)
        if units or len({text.lower() for text in words}) * 2 <= len(words):
            return column
    return None


def _line(at: int, cells: tuple[Cell, ...], page: int | None) -> Line:
    if at < 2 and _numbers_columns(cells):
        return Line(at, (), "", cells, page, _INDEX)
    first = (cells[0].text or "") if cells else ""
    found = _ORDINAL_RE.match(first)
    roman = _ROMAN_RE.match(first)
    letter = _LETTER_RE.match(first)
    rest = cells[1:] if found or roman or letter or not first.strip() else cells
    words = [cell.text or "" for cell in rest if cell.value.kind is ValueKind.TEXT]
    label = " ".join(" ".join(words).split())
    before = None if found or roman or letter else _BEFORE_RE.match(label)
    number = found[1] if found else before[1] if before else None
    capital = roman[1] if roman else before[2] if before else None
    ordinal = tuple(re.split(r"[. ]", number)) if number else (capital,) if capital else ()
    mark = _MARK_RE.match(first) or _MARK_RE.match(label)
    if number:
        style = f"1{'.1' * (len(ordinal) - 1)}"
    elif capital:
        style = "I" if set(capital) <= set("IVX") else "A"
    elif letter or (before and before[3]):
        style = "a"
    else:
        style = mark[1].replace("–", "-") if mark else "plain"
    return Line(at, ordinal, label, cells, page, style)


def _numbers_columns(cells: tuple[Cell, ...]) -> bool:
    """Whether a row only numbers the columns."""
    texts = [cell.text.strip() for cell in cells if cell.text and cell.text.strip()]
    if len(texts) < 3 or not all(_INDEX_RE.fullmatch(text) for text in texts):
        return False
    numbers = [int(found[0]) for text in texts if (found := re.search(r"\d+", text))]
    return len(numbers) >= 2 and all(one + 1 == other for one, other in pairwise(numbers))


def _nested(lines: list[Line]) -> tuple[Line, ...]:
    """The lines with their parents.

    A label of a new kind stands under the row before it, one of a kind that is open closes what is deeper. A total
    stands outside.
    """
    nested: list[Line] = []
    open_: list[Line] = []
    for line in lines:
        line = _with_point(line, nested[-1] if nested else None)
        numberless = line.style == "plain" and all(line.value(at) is None for at in range(len(line.cells)))
        if line.total or line.style == _INDEX or numberless:
            nested.append(line)
            continue
        depth = next((at for at, one in enumerate(open_) if one.style == line.style), len(open_))
        owner = next(
            (at for at, one in enumerate(open_) if one.ordinal and one.ordinal == line.ordinal[:-1]), None
        )
        if len(line.ordinal) > 1 and owner is not None:
            depth = owner + 1
        del open_[depth:]
        line = replace(line, parent=open_[-1].at if open_ else None)
        open_.append(line)
        nested.append(line)
    return tuple(nested)


def _with_point(line: Line, before: Line | None) -> Line:
    """``14`` after ``1.3`` is 1.4 that lost its point."""
    if before is None or len(line.ordinal) != 1 or len(before.ordinal) != 2 or not line.ordinal[0].isdigit():
        return line
    first, last = before.ordinal
    if line.ordinal[0] != f"{first}{int(last) + 1}" or line.ordinal[0] == str(int(first) + 1):
        return line
    return replace(line, ordinal=(first, str(int(last) + 1)), style="1.1")


@dataclass(frozen=True, slots=True, eq=False)
class Same(Generic[T]):
    """A value that is the same only as itself, for what is worked out of it once."""

    it: T

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.it is self.it

    def __hash__(self) -> int:
        return id(self.it)


def grids(document: Document) -> tuple[Grid, ...]:
    """The tables of a document that hold numbers; read once for all rules."""
    return _grids(Same(document))


@lru_cache(maxsize=2)
def _grids(document: Same[Document]) -> tuple[Grid, ...]:
    return tuple(grid for table in document.it.tables if (grid := read_grid(table)))
