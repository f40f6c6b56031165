"""A text as a reader sees it: tables, sentences and rows with their numbers, the words that go with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from kb.models import Document
from tests.proved_by_value.numbers import PLAIN, Number, Place, bigrams, numbers_in

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-zà-ỹđ]|[(“\"])")
_PURE = re.compile(rf"(?:[+−-]\s?)?(?:{PLAIN})\s?%?")


@dataclass(frozen=True)
class Passage:
    """A sentence, or a row of a table with its column heads; `about` are the words that go with it."""

    start: int
    end: int
    numbers: tuple[Number, ...]
    about: str
    table: int | None = None


@dataclass(frozen=True)
class Drawn:
    """A table: heads by column, rows of cells (text and place), the lines over it."""

    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[str, Place], ...], ...]
    over: str
    place: Place

    @cached_property
    def grid(self) -> list[dict[int, Number]]:
        """Of each row the cells that are a number and nothing else, by column."""
        return [
            {at: one for at, (cell, (start, _)) in enumerate(row) if (one := self._cell(row, at, cell, start))}
            for row in self.rows
        ]

    @cached_property
    def numbering(self) -> bool:
        """Whether the first column only numbers the rows."""
        return bool(re.match(r"(?:S?TT|Số TT|TT\b|Mục|Stt)\b", self.heads[0].strip())) if self.heads else False

    def _cell(self, row: tuple[tuple[str, Place], ...], at: int, cell: str, start: int) -> Number | None:
        if (at == 0 and (self.numbering or len(row) > 2)) or not _PURE.fullmatch(cell.strip()):
            return None
        found = next(numbers_in(cell, start), None)
        if found is None:
            return None
        head = self.heads[at] if at < len(self.heads) else ""
        rate = "%" in head or re.match(r"tỷ (?:lệ|trọng)|cơ cấu", head, re.IGNORECASE)
        unit = found.unit or ("%" if rate or any(other.strip() == "%" for other, _ in row) else "")
        return Number(found.start, found.end, found.printed, found.value, unit, 1, at)

    def money(self, column: int) -> bool:
        """Whether a column is told in thousands, millions or billions of đồng, which are rounded."""
        head = self.heads[column] if column < len(self.heads) else ""
        return bool(re.search(r"(?:nghìn|triệu|tỷ) (?:đồng|USD)|%", head + self.over, re.IGNORECASE))

    def nothing(self, row: int, column: int) -> bool:
        """Whether a cell says that there is none: empty or a dash."""
        cells = self.rows[row]
        return column < len(cells) and cells[column][0].strip() in {"", "-", "–"}

    def label(self, row: int) -> str:
        """The words of a row."""
        return " ".join(cell for cell, _ in self.rows[row] if re.search(r"[^\W\d_]{2}", cell))


@dataclass
class Printed:
    """A whole text: its tables, its passages, how common each pair of words is."""

    text: str
    tables: list[Drawn] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    @classmethod
    def of(cls, document: Document) -> Printed:
        """Tables drawn with tabs or strokes as they stand; others as the program read them."""
        read = cls(document.text)
        lines = list(_lines(document.text))
        for rows, over in _drawn(document.text, lines):
            read.tables.append(_table(rows, over))
        taken = [table.place for table in read.tables]
        for table in document.tables:
            span = (table.span.start, table.span.end)
            if any(start < span[1] and span[0] < end for start, end in taken):
                continue
            rows = [
                [
                    (cell.text or "", cell.span.start) if len(cell.spans) == 1 else ("", row.spans[0].start)
                    for cell in row.cells
                ]
                for row in table.rows
            ]
            over = " ".join(part for part in (table.title, table.caption, table.measure) if part)
            read.tables.append(_table([[(name, span[0]) for name in table.columns], *rows], over))
            taken.append(span)
        for start, end in lines:
            if not any(low <= start < high for low, high in taken):
                read.passages += _sentences(document.text, start, end)
        for at, one in enumerate(read.tables):
            read.passages += _rows(document.text, at, one)
        read.passages.sort(key=lambda passage: passage.start)
        return read

    @cached_property
    def common(self) -> Counter[str]:
        """In how many sentences and rows each pair of words stands."""
        return Counter(pair for passage in self.passages for pair in bigrams(passage.about))

    @cached_property
    def values(self) -> Counter[Decimal]:
        """How often each value is printed."""
        return Counter(number.value for passage in self.passages for number in passage.numbers)

    def words(self, number: Number, passage: Passage) -> set[str]:
        """Pairs of words around a number; of a cell those that name its row, else those of column and title."""
        if number.column is None or passage.table is None:
            low, high = max(passage.start, number.start - 110), min(passage.end, number.end + 50)
            return bigrams(self.text[low:high])
        table = self.tables[passage.table]
        head = table.heads[number.column] if number.column < len(table.heads) else ""
        return bigrams(passage.about) or bigrams(" . ".join((head, table.over)))

    def one_thing(self, one: Number, here: Passage, other: Number, there: Passage) -> bool:
        """Whether two numbers share a pair of words that does not stand everywhere."""
        most = max(8, len(self.passages) // 10)
        return any(self.common[pair] <= most for pair in self.words(one, here) & self.words(other, there))

    def about_table(self, number: Number, passage: Passage, table: Drawn, column: int) -> bool:
        """Whether a sentence tells a number in words of a table's column or title."""
        head = table.heads[column] if column < len(table.heads) else ""
        return bool(self.words(number, passage) & bigrams(" . ".join((head, table.over))))


def _lines(text: str) -> Iterator[Place]:
    for found in re.finditer(r"[^\n]+", text):
        yield found.start(), found.end()


def _cut(text: str, start: int, end: int) -> list[tuple[str, int]]:
    line = text[start:end]
    stroke = "\t" if "\t" in line else "|"
    edges = [found.start() for found in re.finditer(re.escape(stroke), line)]
    cells, at = [], 0
    for edge in [*edges, len(line)]:
        cells.append((line[at:edge], start + at))
        at = edge + 1
    framed = stroke == "|" and line.strip().startswith("|") and line.strip().endswith("|")
    return cells[1:-1] if framed and len(cells) > 2 else cells


def _drawn(text: str, lines: list[Place]) -> Iterator[tuple[list[list[tuple[str, int]]], str]]:
    """Runs of lines with tabs or strokes, with the lines over them."""
    run: list[list[tuple[str, int]]] = []
    over: list[str] = []
    for start, end in [*lines, (len(text), len(text))]:
        line = text[start:end]
        if "\t" in line or " | " in line or line.startswith("|"):
            if not re.fullmatch(r"[\s|:+-]+", line):
                run.append(_cut(text, start, end))
            continue
        if len(run) > 1:
            yield run, " ".join(over[-3:])
        if run:
            over = []
        run = []
        over.append(line)


def _table(rows: list[list[tuple[str, int]]], over: str) -> Drawn:
    """Head rows have no number of their own that is a quantity; the rest are rows."""
    first = next(
        (at for at, row in enumerate(rows[:4]) if at and any(_PURE.fullmatch(c.strip()) for c, _ in row[1:])), 1
    )
    heads = [
        " ".join(dict.fromkeys(row[at][0].strip() for row in rows[:first] if at < len(row)))
        for at in range(len(rows[0]))
    ]
    body = tuple(tuple((cell, (start, start + len(cell))) for cell, start in row) for row in rows[first:])
    ends = [place for row in body for _, place in row]
    return Drawn(tuple(heads), body, over, (rows[0][0][1], max((end for _, end in ends), default=rows[0][0][1])))


def _sentences(text: str, start: int, end: int) -> Iterator[Passage]:
    at = start
    cuts = [found.span() for found in _SENTENCE.finditer(text, start, end)]
    for low, high in [*cuts, (end, end)]:
        yield Passage(at, low, tuple(numbers_in(text[at:low], at)), text[at:low])
        at = high


def _rows(text: str, at: int, table: Drawn) -> Iterator[Passage]:
    for index, row in enumerate(table.rows):
        start, end = min(place[0] for _, place in row), max(place[1] for _, place in row)
        own = table.grid[index]
        yield Passage(start, end, tuple(own.values()), table.label(index), at)
        for column, (cell, (low, _)) in enumerate(row):
            if column not in own and len(cell.split()) > 3 and any(letter.isdigit() for letter in cell):
                yield Passage(low, low + len(cell), tuple(numbers_in(cell, low)), cell, at)
