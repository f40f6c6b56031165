"""The numbers of a paper in reading order, with how far apart they stand: the next line may give one of this."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from graphs.checks.reading.arithmetic import places_of
from graphs.checks.reading.moved import head
from graphs.checks.reading.placed import Placed, placed, sort_of_unit
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.telling import Telling, places_printed
from graphs.checks.reading.tellings import Tellings
from graphs.checks.report import Subject

#: How far one number stands from another: in its sentence, its paragraph, the next one, those near, elsewhere.
SENTENCE, PARAGRAPH, NEXT, NEAR, ELSEWHERE = range(5)
_NEAREST, _MOST = 4, 22
#: A number of so many digits is known again in a table, where few cells tell it.
_KNOWN, _KNOWN_LONG, _FEW = 3, 2, 4
_BOUNDS = frozenset(("dưới", "trên", "quá", "thiểu", "đa"))
_KINDS = {"%": "%", "money": "đồng"}
_COUNTED = "count"
#: What goes on behind a number that is none: ``1.013.788.H42``.
_CODE_RE = re.compile(r"[.\-/]?[A-ZĐ]")


@dataclass(eq=False)
class Number:
    """A number: its digits as one `whole` number, what one in its last place is worth, what it measures.

    `place` is where a text has it, `cell` its telling in a table; `out_of` marks the second number of a ratio,
    `telling` is its place in the tellings of the paper.
    """

    at: int
    whole: int
    step: float
    sort: str
    unit: str
    noun: str
    block: int
    place: Placed | None = None
    cell: Telling | None = None
    out_of: bool = False
    telling: int | None = None

    @cached_property
    def value(self) -> float:
        """What it is worth, in ones."""
        return self.whole * self.step

    @cached_property
    def plain(self) -> float:
        """The number as it is printed, whatever one of its unit is worth."""
        if self.cell and self.cell.cell:
            _, line, column = self.cell.cell
            return round(abs(float(line.value(column) or 0)), 6)
        return round(self.value / self.place.scale, 6) if self.place else 0.0

    @property
    def key(self) -> tuple[str, float]:
        """What numbers of one value and sort share."""
        return self.sort, round(self.value, 6)

    @property
    def digits(self) -> int:
        """How many digits it has."""
        return len(str(self.whole))

    @property
    def long(self) -> int:
        """How many digits it has before the noughts at its end."""
        return len(str(self.whole).rstrip("0"))

    @cached_property
    def is_name(self) -> bool:
        """Whether it numbers something, is a year, or begins a code."""
        if self.place is None:
            return False
        return self.place.is_name or bool(_CODE_RE.match(self.place.where.text, self.place.end))

    @cached_property
    def is_bound(self) -> bool:
        """Whether it is a mark to be reached or passed, or told roughly."""
        if self.place is None:
            return False
        behind = self.place.behind[:2]
        return bool(self.place.figure.bound or "trở" in behind or not _BOUNDS.isdisjoint(self.place.before[-1:]))

    @cached_property
    def before(self) -> Sequence[str]:
        """The last words before it."""
        return self.place.before[-6:] if self.place else ()

    @cached_property
    def behind(self) -> Sequence[str]:
        """The first words behind it."""
        return self.place.behind[:6] if self.place else ()


class Again(NamedTuple):
    """A number as one that is told to another last place tells it: between what it lies, in ones of that place."""

    low: float
    high: float
    key: float
    number: Number


class Told:
    """The numbers of a sort that name nothing, in ones of a last place; those told more roughly are `coarse`."""

    def __init__(self, numbers: Iterable[Number], step: float) -> None:
        self.by_size: list[Again] = []
        self.exact: dict[int, list[Again]] = defaultdict(list)
        self.coarse: list[Again] = []
        for one in numbers:
            half = max(0.0, one.step - step) / 2
            low, high = (one.value - half) / step, (one.value + half) / step
            again = Again(low, high, round((low + high) / 2, 1), one)
            self.by_size.append(again)
            if half:
                self.coarse.append(again)
            elif abs(low - round(low)) <= slack(low):
                self.exact[round(low)].append(again)
        self.by_size.sort(key=lambda it: it.key)
        self._keys = [it.key for it in self.by_size]

    def between(self, least: float, most: float) -> list[Again]:
        """Those about as large as that, by size."""
        return self.by_size[bisect_left(self._keys, least - 1) : bisect_right(self._keys, most + 1)]


def slack(whole: float) -> float:
    """By so much a number may be off that was worked out."""
    return 1e-6 + 1e-9 * whole


@dataclass
class Lines:
    """The numbers of a paper, those of its text first, then the cells of its tables; `bare` cells have no unit."""

    found: list[Number] = field(default_factory=list)
    of_sort: dict[str, list[Number]] = field(default_factory=lambda: defaultdict(list))
    by_value: dict[tuple[str, float], list[Number]] = field(default_factory=lambda: defaultdict(list))
    in_block: dict[int, list[Number]] = field(default_factory=lambda: defaultdict(list))
    in_row: dict[int, list[Number]] = field(default_factory=lambda: defaultdict(list))
    cells: dict[float, list[Number]] = field(default_factory=lambda: defaultdict(list))
    bare: dict[float, list[Number]] = field(default_factory=lambda: defaultdict(list))
    _told: dict[tuple[str, float], Told] = field(default_factory=dict)

    def add(self, number: Number) -> None:
        """One more number."""
        self.found.append(number)
        self.of_sort[number.sort].append(number)
        self.by_value[number.key].append(number)
        if number.place:
            self.in_block[number.block].append(number)
        elif number.cell and number.cell.cell:
            self.in_row[id(number.cell.cell[1])].append(number)
            self.cells[number.plain].append(number)
            if not number.sort and not number.unit:
                self.bare[number.plain].append(number)

    def told(self, sort: str, step: float) -> Told:
        """The numbers of a sort, as one that is told to such a last place tells them."""
        if (sort, step) not in self._told:
            self._told[sort, step] = Told((one for one in self.of_sort[sort] if not one.is_name), step)
        return self._told[sort, step]

    def near(self, number: Number) -> list[tuple[int, Number]]:
        """The numbers of the text around one, the nearest first, each with how far it stands."""
        if number.place is None:
            return []
        blocks = range(number.block - _NEAREST, number.block + _NEAREST + 1)
        fit = (
            one
            for block in blocks
            for one in self.in_block.get(block, ())
            if one is not number and not one.is_name
        )
        return sorted(((far(number, one), one) for one in fit), key=lambda it: (it[0], abs(it[1].at - number.at)))[
            :_MOST
        ]

    def rows(self, one: Number) -> list[list[Number]]:
        """The rows that tell a number again, each without it."""
        if one.digits < _KNOWN or one.long < _KNOWN_LONG or len(told := self.cells.get(one.plain, ())) > _FEW:
            return []
        rows = [(cell, self.in_row[id(cell.cell.cell[1])]) for cell in told if cell.cell and cell.cell.cell]
        return [[other for other in row if other is not cell] for cell, row in rows]


def far(one: Number, other: Number) -> int:
    """How far one number stands from another."""
    if one.place is None or other.place is None:
        return ELSEWHERE
    apart = abs(one.block - other.block)
    if not apart:
        return SENTENCE if one.place.sentence == other.place.sentence else PARAGRAPH
    return NEXT if apart == 1 else NEAR if apart <= _NEAREST else ELSEWHERE


def lines_of(subject: Subject, read: Tellings) -> Lines:
    """The numbers of a paper."""
    lines = Lines()
    blocks = sorted(subject.document.blocks, key=lambda one: one.view.start)
    order = {block.view.start: at for at, block in enumerate(blocks)}
    tellings = {told.span.start: at for at, told in enumerate(read.found)}
    for where in stated(subject):
        for number in _of_text(where, order[where.block.view.start], tellings, lines):
            lines.add(number)
    for at, told in enumerate(read.found):
        if told.cell and (whole := abs(round(told.value / told.step))) > 0:
            sort = _KINDS.get(told.kind) or sort_of_unit(told.unit).replace(_COUNTED, "")
            lines.add(
                Number(
                    len(lines.found),
                    whole,
                    float(told.step),
                    sort,
                    told.unit,
                    told.noun,
                    -1,
                    None,
                    told,
                    telling=at,
                )
            )
    return lines


def _of_text(where: Stated, block: int, tellings: dict[int, int], lines: Lines) -> Iterator[Number]:
    for place in placed(where):
        figure = place.figure
        step = place.scale * 10.0 ** -places_printed(figure.value, figure.printed.partition("/")[0])
        sort, noun = place.sort.replace(_COUNTED, ""), head(figure) if figure.unit else ""
        telling = tellings.get(figure.span.start)
        if (whole := round(place.value / step)) > 0:
            yield Number(len(lines.found), whole, step, sort, place.unit, noun, block, place, telling=telling)
        if figure.of and (out_of := Decimal(figure.of)) > 0:
            step = 10.0 ** -places_of(figure.of)
            at, whole = len(lines.found), round(float(out_of) / step)
            yield Number(at, whole, place.scale * step, sort, place.unit, noun, block, place, out_of=True)
