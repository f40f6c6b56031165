"""A table as a tree of numbered rows, for checking what its rows say of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.arithmetic import decimal
from kb.models import Cell, Span, Table, ValueKind

_ORDINAL_RE = re.compile(r"\s*(\d{1,3}(?:\.\d{1,3}){0,5})\.?\s*$")
_ROMAN_RE = re.compile(r"\s*([IVX]{1,5}|[A-Z])\.?\s*$")
RATE_RE = re.compile(r"^\W*(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng)|%\s*$|^\W*mức độ hài lòng", re.IGNORECASE)
TOTAL_RE = re.compile(r"^\W*(?:tổng|cộng\b|tổng cộng|toàn tỉnh)", re.IGNORECASE)
_NUMBERS = (ValueKind.NUMBER, ValueKind.PERCENT, ValueKind.RATIO)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its place in the table, its ordinal as numbers (empty where it has none), its words, its cells."""

    at: int
    ordinal: tuple[str, ...]
    label: str
    cells: tuple[Cell, ...]
    page: int | None

    @property
    def rate(self) -> bool:
        """Whether it states a rate."""
        return bool(RATE_RE.search(self.label))

    def value(self, column: int) -> Decimal | None:
        """The number in a column; None for a dash, a blank or words."""
        cell = self.cells[column] if column < len(self.cells) else None
        return decimal(cell.value.value) if cell and cell.value.kind in _NUMBERS else None

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


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table and its columns of numbers."""

    table: Table
    lines: tuple[Line, ...]
    columns: tuple[int, ...]

    def children(self, parent: Line) -> tuple[Line, ...]:
        """The rows that stand under a row: one level deeper by ordinal, else the unnumbered ones after it."""
        if not parent.ordinal:
            return ()
        depth = len(parent.ordinal)
        numbered = tuple(
            line
            for line in self.lines
            if len(line.ordinal) == depth + 1 and line.ordinal[:depth] == parent.ordinal and line.at > parent.at
        )
        return numbered or tuple(self._unnumbered(parent))

    def _unnumbered(self, parent: Line) -> Iterator[Line]:
        for line in self.lines:
            if line.at <= parent.at:
                continue
            if line.ordinal:
                return
            yield line

    def head(self, column: int) -> str:
        """The words over a column."""
        return self.table.columns[column] if column < len(self.table.columns) else ""


def read_grid(table: Table) -> Grid | None:
    """The tree of a table's rows; None when it has no column of numbers."""
    lines = tuple(_line(at, row.cells, row.page) for at, row in enumerate(table.rows))
    width = max((len(line.cells) for line in lines), default=0)
    first = 1 if any(line.ordinal for line in lines) else 0
    columns = tuple(
        column for column in range(first, width) if sum(line.value(column) is not None for line in lines) >= 2
    )
    return Grid(table, lines, columns) if columns else None


def _line(at: int, cells: tuple[Cell, ...], page: int | None) -> Line:
    first = (cells[0].text or "") if cells else ""
    found = _ORDINAL_RE.match(first)
    roman = _ROMAN_RE.match(first)
    ordinal = tuple(found[1].split(".")) if found else (roman[1],) if roman else ()
    rest = cells[1:] if ordinal or not first.strip() else cells
    words = [cell.text or "" for cell in rest if cell.value.kind is ValueKind.TEXT]
    return Line(at, ordinal, " ".join(" ".join(words).split()), cells, page)
