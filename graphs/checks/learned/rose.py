"""Which way the rows of a table went: by a column of changes, or by two columns of two times."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from graphs.checks.learned.claimed import PAST_RE, PLAN_RE, YEAR_RE
from graphs.checks.reading.named import row_place
from graphs.checks.reading.rows import Grid, Line
from graphs.checks.reading.telling import BRACKET_RE, Words, carrying_in
from kb.bilingual import Bilingual, both
from kb.models import Span, ValueKind

#: Heads of columns that tell changes; of columns that may; of those that hold no values of their own.
_OF_CHANGES_RE = re.compile(r"tăng|giảm|chênh|\(\s*\+|\+\s*/|±|biến động", re.IGNORECASE)
_MAYBE_RE = re.compile(r"tăng|giảm|so với|so sánh|chênh|\+|±|hơn|biến động|/", re.IGNORECASE)
CHANGES_RE = re.compile(r"tăng|giảm|so với|so sánh|chênh|\+|±|^\W*so\b|biến động", re.IGNORECASE | re.MULTILINE)
_SAYS_CHANGE_RE = re.compile(r"tăng|giảm|chênh|\+|±", re.IGNORECASE)
_BOTH_WAYS_RE = re.compile(r"±|\(\s*[-–+]|[-–+]\s*/|[-–]\s*\)")
_IN_WORDS_RE = re.compile(r"\s*\(?(tăng|giảm)\s+([\d.,]+)\s*(?:%|điểm %)?[^\d]{0,25}", re.IGNORECASE)
_TOTAL_RE = re.compile(r"^\W*(?:tổng|cộng|toàn|chung)", re.IGNORECASE)
_DIGIT_RE = re.compile(r"\d")
_FEWEST = 2


@lru_cache(maxsize=4096)
def order(one: str, other: str) -> int:
    """Whether what one head says is of a later time than another (1), of an earlier one (-1), or not told (0).

    A result is later than its plan: 2, and the plan -2.

    >>> order("Năm 2024", "Năm 2023"), order("Cùng kỳ", "Thực hiện"), order("Thực hiện", "Kế hoạch")
    (1, -1, 2)
    """
    years = [max(map(int, YEAR_RE.findall(head)), default=0) for head in (one, other)]
    if all(years) and years[0] != years[1]:
        return 1 if years[0] > years[1] else -1
    for pattern, worth in ((PAST_RE, 1), (PLAN_RE, 2)):
        before = [bool(pattern.search(head)) for head in (one, other)]
        if before[0] != before[1]:
            return -worth if before[0] else worth
    return 0


def only_way(head: str) -> int:
    """The way of a column of falls alone (-1), or of rises alone (1); 0 where its numbers need signs.

    >>> only_way("Số đơn vị giảm"), only_way("Tăng, giảm (+, -)")
    (-1, 0)
    """
    ups, downs = "tăng" in head.lower(), "giảm" in head.lower()
    return 0 if ups == downs or _BOTH_WAYS_RE.search(head) else 1 if ups else -1


def without_years(head: str) -> str:
    """A head without its digits: two columns of one thing are alike but for them."""
    return _DIGIT_RE.sub("", head)


@dataclass(frozen=True, eq=False)
class ChangeCell:
    """A cell that tells by how much its row rose or fell."""

    grid: Grid
    line: Line
    column: int
    value: float

    @property
    def head(self) -> str:
        """The words over it."""
        return self.grid.head(self.column)

    @property
    def negative(self) -> bool:
        """Whether a minus, or a word, makes it a fall."""
        return self.value < 0

    @property
    def one_way(self) -> bool:
        """Whether its head is of falls alone, or of rises alone."""
        return bool(only_way(self.head))

    @property
    def up(self) -> bool:
        """Whether its row rose."""
        return self.value > 0 and only_way(self.head) >= 0

    @property
    def in_words(self) -> bool:
        """Whether words tell the way."""
        return self.line.value(self.column) is None

    @property
    def signed(self) -> bool:
        """Whether its column has signs."""
        return _signed(self.grid, self.column)

    @property
    def is_change(self) -> bool:
        """Whether its head says that it holds changes."""
        return _SAYS_CHANGE_RE.search(self.head) is not None

    @property
    def is_rate(self) -> bool:
        """Whether it is told in per cent."""
        return "%" in self.head or "%" in self.line.printed(self.column)

    @property
    def label(self) -> Words:
        """What its row is called."""
        return label_of(self.line)

    @property
    def beside(self) -> frozenset[float]:
        """The numbers of its row."""
        columns = (at for at in self.grid.columns if at != self.column)
        return frozenset(float(value) for at in columns if (value := self.line.value(at)) is not None)

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.line.span(self.column)

    @property
    def why(self) -> Bilingual:
        """Its row and what it says."""
        place, told = row_place(self.grid, self.line), self.line.printed(self.column)
        return both(
            "{place}, cột “{head}”: {told}",
            "{place_en}, column “{head}”: {told}",
            place=str(place),
            place_en=place.en,
            head=" ".join(self.head.split()),
            told=told,
        )


def label_of(line: Line) -> Words:
    """What a row is called, as words that say something."""
    return _outside_brackets(line.label)


@lru_cache(maxsize=4096)
def _outside_brackets(text: str) -> Words:
    return carrying_in(BRACKET_RE.sub(" ", text))


def _signed(grid: Grid, column: int) -> bool:
    return any((line.value(column) or 0) < 0 or line.printed(column).strip()[:1] == "+" for line in grid.lines)


def change_cells(grids: Sequence[Grid]) -> dict[float, list[ChangeCell]]:
    """The cells that may tell changes, by their amounts."""
    found: dict[float, list[ChangeCell]] = defaultdict(list)
    for grid in grids:
        for line in grid.lines:
            for column in range(len(line.cells)):
                value = line.value(column) if column in grid.columns else None
                if value and _MAYBE_RE.search(grid.head(column)):
                    found[abs(float(value))].append(ChangeCell(grid, line, column, float(value)))
                elif (told := _in_words(line, column)) is not None:
                    found[abs(told)].append(ChangeCell(grid, line, column, told))
    return found


def _in_words(line: Line, column: int) -> float | None:
    """By how much a cell of words says that its row rose, below 0 where it fell."""
    told = (
        _IN_WORDS_RE.fullmatch(line.printed(column)) if line.cells[column].value.kind is ValueKind.TEXT else None
    )
    digits = told[2].replace(".", "").replace(",", ".").rstrip(".") if told else ""
    if not told or digits.count(".") > 1 or not digits.strip("."):
        return None
    return float(digits) if told[1].lower() == "tăng" else -float(digits)


@dataclass(frozen=True, eq=False)
class Moved:
    """Which way the rows of a table went by some of its columns: 1 for up, -1 for down, 0 for neither."""

    grid: Grid
    ways: dict[int, int]
    columns: tuple[int, ...]
    kind: str

    @cached_property
    def rows(self) -> Sequence[tuple[Line, int]]:
        """The rows with their way."""
        return [(line, self.ways[line.at]) for line in self.grid.lines if line.at in self.ways]

    @property
    def ups(self) -> int:
        """How many rose."""
        return sum(way > 0 for way in self.ways.values())

    @property
    def downs(self) -> int:
        """How many fell."""
        return sum(way < 0 for way in self.ways.values())

    @property
    def head(self) -> str:
        """The words over its columns."""
        return " | ".join(map(self.grid.head, self.columns))

    @cached_property
    def head_words(self) -> Words:
        """Those words that say something, without years."""
        return carrying_in(without_years(self.head))

    @property
    def of(self) -> str:
        """What its rows are, as far as heads and title tell."""
        table = self.grid.table
        return f"{self.grid.head(1)} {self.grid.head(0)} {table.title or ''} {table.caption or ''}"


def movements(grids: Sequence[Grid]) -> list[Moved]:
    """The ways of the rows of tables that tell them."""
    return [moved for grid in grids for moved in _of_grid(grid) if len(moved.ways) >= _FEWEST]


def _of_grid(grid: Grid) -> Iterator[Moved]:
    rows = [line for line in grid.lines if line.label and not line.total and not _TOTAL_RE.match(line.label)]
    for column in range(max((len(line.cells) for line in rows), default=0)):
        if _OF_CHANGES_RE.search(grid.head(column)):
            ways = ((line.at, way_in(grid, line, column)) for line in rows)
            yield Moved(grid, {at: way for at, way in ways if way is not None}, (column,), "chg")
    columns = [at for at in grid.columns if not CHANGES_RE.search(grid.head(at))]
    for place, first in enumerate(columns):
        for second in columns[place + 1 :]:
            later = order(grid.head(second), grid.head(first))
            if later:
                like = without_years(grid.head(first)) == without_years(grid.head(second))
                kind = f"pair o={abs(later)} hs={like}"
                yield Moved(grid, dict(_apart(rows, first, second, later)), (first, second), kind)


def _apart(rows: Sequence[Line], first: int, second: int, later: int) -> Iterator[tuple[int, int]]:
    for line in rows:
        one, other = line.value(first), line.value(second)
        if one is not None and other is not None:
            way = (other > one) - (other < one)
            yield line.at, way if later > 0 else -way


def way_in(grid: Grid, line: Line, column: int) -> int | None:
    """Which way a row went by a column of changes; None where it tells nothing."""
    value = line.value(column)
    if value is None:
        told = _in_words(line, column) if column < len(line.cells) else None
        return None if told is None else 1 if told > 0 else -1
    way = (value > 0) - (value < 0)
    return -abs(way) if only_way(grid.head(column)) < 0 else way
