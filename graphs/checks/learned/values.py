"""The numbers of a paper in their rows: what heads each, what its row is called, what stands beside it.

A row is one of a table, or a sentence that tells several numbers: ``giao từ 38% trở lên; thực hiện 36,9%``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graphs.checks.reading.placed import placed, sort_of_unit
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.telling import BRACKET_RE, Telling, Words, carrying_in
from graphs.checks.reading.tellings import every_telling
from graphs.checks.report import Subject
from kb.text.sentences import split_sentences

_NUMBER_RE = re.compile(r"\d[\d.,]*")
#: Where the words behind a number end: a bracket that goes on to the next number is of that one.
_END_RE = re.compile(r"[,;.]\s|\([^)]*$")
#: The unit that a head tells.
_HEAD_UNIT_RE = re.compile(r"\(([^()\d%]{1,25})\)")
#: So much of the words around a number of the text heads it; so few words a cell with one number has.
_BEFORE, _BEHIND, _LABEL, _CELL_WORDS = 70, 30, 120, 9
_SLACK = 1e-9

Row = tuple[str, int, int]


@dataclass(frozen=True, eq=False)
class Node:
    """A number in its row: what heads it, what the row is called, the how-manieth it is."""

    told: Telling
    row: Row
    head: str
    label: Words
    column: int
    block: int
    shown: str

    @property
    def value(self) -> float:
        """Its value, in ones."""
        return float(self.told.value)

    @property
    def kind(self) -> str:
        """Whether it is a rate, money, or anything else."""
        return self.told.kind

    @property
    def cell(self) -> tuple[Grid, Line, int] | None:
        """Where it stands in a table."""
        return self.told.cell


class Values:
    """All numbers of a paper, by value, by row and by column."""

    def __init__(self, found: Sequence[Node]) -> None:
        self.found = found
        self.in_text = {one.told.span.start: one for one in found if not one.cell}
        self.rows: dict[Row, list[Node]] = defaultdict(list)
        self.columns: dict[tuple[tuple[str, int], int], list[Node]] = defaultdict(list)
        self.lines: dict[tuple[int, int], list[Node]] = defaultdict(list)
        self._sorted: dict[str, list[tuple[float, int]]] = defaultdict(list)
        for at, one in enumerate(found):
            self.rows[one.row].append(one)
            self._sorted[one.kind].append((one.value, at))
            if one.cell:
                self.columns[one.told.place, one.column].append(one)
                self.lines[id(one.cell[0]), one.cell[1].at].append(one)
        for values in self._sorted.values():
            values.sort()

    def near(self, kind: str, low: float, high: float) -> list[Node]:
        """The numbers of a kind between two values."""
        values = self._sorted.get(kind, [])
        first = bisect_left(values, (low - _SLACK * abs(low), -1))
        last = bisect_right(values, (high + _SLACK * abs(high), len(self.found)))
        return [self.found[at] for _, at in values[first:last]]


def read_values(subject: Subject) -> Values:
    """The numbers of a paper, those of the text first."""
    text, cells, worded = every_telling(subject)
    by_start = {one.span.start: one for one in text}
    found = [node for where in stated(subject) for node in _of_block(where, by_start)]
    found += [node for one in cells if (node := _of_cell(one)) is not None]
    tables = {id(grid.table): grid for grid in grids(subject.document)}
    figures = {one.span.start: one for one in subject.figures}
    for one in worded:
        figure = figures[one.span.start]
        table = subject.document.tables[figure.table or 0]
        grid, row, column = tables.get(id(table)), figure.row or 0, figure.column or 0
        if grid is None or row >= len(grid.lines):
            continue
        line = grid.lines[row]
        text_of_cell = line.printed(column)
        if len(_NUMBER_RE.findall(text_of_cell)) == 1 and len(text_of_cell.split()) <= _CELL_WORDS:
            place = ("table", figure.table or 0)
            put = replace(one, cell=(grid, line, column), place=place, circle=("row", figure.table or 0, line.at))
            found += [node for node in (_of_cell(put),) if node is not None]
    return Values(found)


def unlike(sort: str, head: str) -> bool:
    """Whether the head of a column tells a unit that something of another sort has.

    >>> unlike("đồng", "Tăng, giảm diện tích (ha)"), unlike("count", "Tăng, giảm (hộ)"), unlike("", "Tăng (ha)")
    (True, False, False)
    """
    found = _HEAD_UNIT_RE.search(head)
    own = sort.partition("/")[0]
    if found is None or own not in ("đồng", "area", "length", "weight", "volume", "count"):
        return False
    unit = found[1].strip().lower()
    its = "đồng" if "đồng" in unit else sort_of_unit(unit)
    return its in ("đồng", "area", "length", "weight", "volume") and its != own


def _of_cell(told: Telling) -> Node | None:
    if told.cell is None:
        return None
    grid, line, column = told.cell
    label = carrying_in(BRACKET_RE.sub(" ", line.label))
    return Node(told, told.circle, grid.head(column), label, column, -1, line.label)


def _of_block(where: Stated, by_start: dict[int, Telling]) -> Iterator[Node]:
    places = [one for one in placed(where) if not one.is_name]
    sentences = split_sentences(where.text)
    first = 0
    for at, one in enumerate(places):
        first = first if places[first].sentence == one.sentence else at
        told = by_start.get(one.figure.span.start)
        if told is None:
            continue
        opening, end = sentences[one.sentence]
        low = places[at - 1].end if first < at else opening
        high = min(end, one.end + _BEHIND, *(place.start for place in places[at + 1 : at + 2]))
        behind = _END_RE.split(where.text[one.end : high])[0]
        head = f"{where.text[max(low, one.start - _BEFORE) : one.start]} | {behind}"
        label = carrying_in(where.text[opening : places[first].start][-_LABEL:])
        block = where.block.view.start
        yield Node(told, ("sentence", block, one.sentence), head, label, one.at, block, told.text)
