"""How surely the rest of a paper proves a number, whatever one rule makes of it.

A number that others make is right, and a rule that finds it wrong has read something else: ``giảm 36 vụ (12,4%)``,
where 290 vụ stand in a table, is no share of what is told beside it. Each proof is weighed by how seldom chance
would give it: a number of many digits beside those that make it is proved, one of two digits somewhere in a long
paper is not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log

from graphs.checks.learned.anchored import in_table, in_text
from graphs.checks.learned.meant import Worked, plain, printed_numbers, worked
from graphs.checks.learned.worked_out import Supposed
from graphs.checks.reading.moved import head
from graphs.checks.reading.placed import Placed
from graphs.checks.reading.rows import Grid, Line, Same, grids
from graphs.checks.report import Subject
from kb.models import Span

#: So near stands what a number is a rate or a difference with; what is told farther off proves a little less.
_NEAR, _NEXT, _FARTHER = 8, 1, 0.3
#: Rates of what something grew by are tried besides; such a thing is rarer.
_GREW, _APART = 1.5, 3.0
#: A number of so many digits that is told again is the same.
_LONG, _DIGITS = 3, 3
_NEVER, _LEAST_CHANCE, _ALL, _SLACK = -9.0, 1e-4, 100.0, 1e-9


@dataclass(frozen=True, slots=True)
class Proof:
    """How surely a number is proved in each way; `_NEVER` or 0 where it is not.

    `made` and `term`: others beside it make it, or it and others make one. `share`: some number of the paper makes
    it a rate, or its rate. `apart`: it is how far two are apart. `each`: so many of it make one. `again`: so many
    digits are told again. `held`: two numbers around it make it. `cell` says that it stands in a table.
    """

    made: float = _NEVER
    term: float = _NEVER
    share: float = _NEVER
    apart: float = _NEVER
    each: float = _NEVER
    again: int = 0
    held: float = 0.0
    cell: bool = False

    @property
    def surest(self) -> float:
        """The surest of them, in one measure."""
        near = max(self.made + 1, self.term + 1, 2 * self.held)
        return max(0.0, near, self.share - _GREW, max(self.apart, self.each) - _APART, self.again - 1)


@dataclass(slots=True)
class Proofs:
    """The numbers of a paper, to be asked what proves one of them."""

    texts: Sequence[Worked]
    cells: dict[Span, tuple[Grid, Line, int]]
    printed: Counter[str]
    _places: dict[Span, tuple[Worked, Placed]] = field(init=False)
    _held: dict[Span, list[tuple[Worked, Supposed]]] = field(init=False)
    _values: list[float] = field(init=False)
    _known: dict[Span, Proof | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Set the numbers in order."""
        self._places = {place.figure.span: (text, place) for text in self.texts for place in text.places}
        self._held = defaultdict(list)
        for text in self.texts:
            for way in text.held:
                for place in (way.told, *way.terms):
                    self._held[place.figure.span].append((text, way))
        told = [one for _, place in self._places.values() if not place.is_name for one in (place.value, place.of)]
        told += [float(line.value(column) or 0) for _, line, column in self.cells.values()]
        self._values = sorted({one for one in told if one and one > 0})

    @classmethod
    def of(cls, subject: Subject) -> Proofs:
        """The numbers of a paper; read once for all findings."""
        return _read_once(Same(subject))

    def text_of(self, span: Span) -> Worked | None:
        """The text that tells a number; None where it is none of running text."""
        found = self._places.get(span)
        return found[0] if found else None

    def place(self, span: Span) -> Placed | None:
        """The number of running text that stands in a place."""
        found = self._places.get(span)
        return found[1] if found else None

    def beside(self, span: Span) -> Sequence[Placed]:
        """The other numbers of the sentence that tells one."""
        found = self._places.get(span)
        if found is None:
            return ()
        text, place = found
        return [one for one in text.places if one is not place and one.sentence == place.sentence]

    def printed_at(self, span: Span) -> str:
        """What is printed in a place, of a number of the text or of a cell."""
        if (place := self.place(span)) is not None:
            return place.figure.printed
        cell = self.cells.get(span)
        return cell[1].printed(cell[2]) if cell else ""

    def proof(self, span: Span) -> Proof | None:
        """What proves the number that stands in a place; None where no number does."""
        if span not in self._known:
            self._known[span] = self._proof(span)
        return self._known[span]

    def _proof(self, span: Span) -> Proof | None:
        if (found := self._places.get(span)) is not None:
            text, place = found
            made, term = self._ways(place)
            digits = _digits(place)
            again = self._again(place.figure.printed, digits if self._is_told_alike(place, digits) else 0)
            held = in_text(text.where, place.figure)
            return Proof(made, term, *self._far(text, place), again, held)
        if (cell := self.cells.get(span)) is not None:
            printed = cell[1].printed(cell[2]).strip()
            digits = len(plain(printed).replace(".", "").rstrip("0"))
            return Proof(again=self._again(printed, digits), held=in_table(*cell), cell=True)
        return None

    def _ways(self, place: Placed) -> tuple[float, float]:
        made = term = _NEVER
        for text, way in self._held[place.figure.span]:
            sure = text.said(way) + _digits(way.told) - _DIGITS
            if way.told is place:
                made = max(made, sure)
            else:
                term = max(term, sure)
        return made, term

    def _again(self, printed: str, digits: int) -> int:
        return digits if digits >= _LONG and self.printed[plain(printed)] > 1 else 0

    def _is_told_alike(self, place: Placed, digits: int) -> bool:
        """Whether a number told again may count the same; a short one of another noun does not."""
        noun, printed = head(place.figure), plain(place.figure.printed)
        if digits != _LONG or not noun or not printed.isdigit():
            return True
        told = (other for _, other in self._places.values() if other is not place)
        if any(plain(one.figure.printed) == printed and head(one.figure) in (noun, "") for one in told):
            return True
        same = (it for it in self.cells.values() if plain(it[1].printed(it[2]).strip()) == printed)
        return any(noun in f"{grid.over} {line.label} {line.unit}".lower() for grid, line, _ in same)

    def _far(self, text: Worked, place: Placed) -> tuple[float, float, float]:
        share = apart = each = _NEVER
        for other in _beside(text, place) if place.value else ():
            farther = _FARTHER * abs(other.at - place.at)
            if (place.sort == "%") != (other.sort == "%"):
                rate, part = (place, other) if place.sort == "%" else (other, place)
                sure = (self._rarity(low, high, part.value) - grew for low, high, grew in _wholes(part, rate))
                share = max(share, max(sure, default=_NEVER) - farther)
                continue
            if place.sort == other.sort != "%":
                half = max(place.step, other.step) / 2
                for value in (other.value + place.value, other.value - place.value):
                    if value > half and self._count(value, value):
                        rarity = self._rarity(value - half, value + half)
                        apart = max(apart, rarity - farther)
            if place.sort != "%" and other.value > 1 and other.step == 1:
                low, high = ((place.value + half * place.step / 2) * other.value for half in (-1, 1))
                each = max(each, self._rarity(low, high) - farther)
        return share, apart, each

    def _rarity(self, low: float, high: float, part: float = 0.0) -> float:
        """How seldom by chance a number of the paper lies between two, where one does but `part` itself."""
        there = self._count(low, high) - (low <= part <= high) if 0 < low < high else 0
        if there <= 0:
            return _NEVER
        chance = self._density((low + high) / 2) * log(high / low)
        return -log(max(_LEAST_CHANCE, chance))

    def _count(self, low: float, high: float) -> int:
        return bisect_right(self._values, high * (1 + _SLACK)) - bisect_left(self._values, low * (1 - _SLACK))

    def _density(self, value: float) -> float:
        """How many numbers lie around one, for each time by which they may be larger."""
        return (self._count(value / 2, value * 2) + 1) / log(4)


def _beside(text: Worked, place: Placed) -> Iterator[Placed]:
    for other in text.places[max(0, place.at - _NEAR) : place.at + _NEAR + 1]:
        close = other is not place and abs(other.sentence - place.sentence) <= _NEXT
        if close and other.value and not other.is_name:
            yield other


def _wholes(part: Placed, rate: Placed) -> Iterator[tuple[float, float, float]]:
    """Between what a whole lies of which a part is such a rate, or from which it grew or fell by it."""
    if not rate.value:
        return
    least, most = (rate.value + half * rate.step / 2 for half in (-1, 1))
    yield part.value / most * _ALL, part.value / max(_SLACK, least) * _ALL, 0.0
    yield part.value / (1 + most / _ALL), part.value / (1 + least / _ALL), _GREW
    if most < _ALL:
        yield part.value / (1 - least / _ALL), part.value / (1 - most / _ALL), _GREW


def _digits(place: Placed) -> int:
    """How many digits a number has, without zeros at its end."""
    return len(str(round(place.value / place.step)).rstrip("0")) if place.value else 0


def _cells(found: Iterable[Grid]) -> Iterator[tuple[Span, tuple[Grid, Line, int]]]:
    for grid in found:
        for line in grid.lines:
            for column in grid.columns:
                if line.value(column) is not None:
                    yield line.span(column), (grid, line, column)


@lru_cache(maxsize=2)
def _read_once(read: Same[Subject]) -> Proofs:
    document = read.it.document
    return Proofs(worked(read.it), dict(_cells(grids(document))), printed_numbers(document.text))
