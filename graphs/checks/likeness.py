"""How surely two unlike numbers of a paper are one thing told twice, by what was learned from sound papers.

In a sound paper two equal numbers of several digits are almost always one thing told twice: that teaches, without
anyone's judgement, what words, places and neighbours such pairs have in common; the values are left out. What was
learned stands in ``data/likeness.csv``; ``tools/fit_likeness.py`` learns it again. Two unlike numbers that are so
like, and but for a digit or two the same, are told with two values where chance seldom makes that: the odds that
they are one thing times how seldom it is.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from itertools import combinations
from math import log

from graphs.checks.arithmetic import alike, slip_by_chance
from graphs.checks.telling import MARKS, Saying, Telling
from graphs.checks.tellings import Tellings

#: What tells whether two numbers are of one thing, but for their values.
FEATURES = (
    *(
        "one",
        "own",
        "cross",
        "over_own",
        "left",
        "left_both",
        "pairs",
        "clause",
        "over",
        "noun",
        "other_noun",
        "lone_noun",
    ),
    *(f"mark_{name}" for name, _ in MARKS),
    *("aim_own", "aim_clause", "aim_place", "time", "other_time", "part_of_time", "other_name", "other_level"),
    *(
        "text_table",
        "table_table",
        "ratio",
        "agree",
        "beside_one",
        "beside_both",
        "cover",
        "cover_both",
        "one_form",
    ),
    *("percent", "money", "two_lists", "retold"),
)
_WINDOW, _POINTS = Decimal("1.2"), 4
_MANY, _BOTH = 8, 2
#: Of the words of the one so much is shared at least; below this a number needs two pairs of words in common.
_LEAST, _LEAST_MONEY = 0.34, 0.5
_VIETNAMESE_RE = re.compile(r"[ăđơưĂĐƠƯạ-ỹ]")
#: Times, scores and sizes are set anew for each thing.
_TERM_RE = re.compile(r"(?:ngày|tháng|năm|giờ|phút|tuần|quý|điểm|mm|cm|m|kg|g|kw|lít|độ)\b", re.IGNORECASE)

Pair = tuple[int, int]


@lru_cache(maxsize=1)
def learned() -> tuple[float, ...]:
    """The weights of `FEATURES`."""
    table = files("graphs.checks").joinpath("data/likeness.csv").read_text(encoding="utf-8")
    weights = {row["feature"]: float(row["weight"]) for row in csv.DictReader(table.splitlines())}
    return tuple(weights[name] for name in FEATURES)


@dataclass(slots=True)
class Likeness:
    """The numbers of a paper with what is worked out of pairs of them; `years` are those that the paper is of."""

    read: Tellings
    years: frozenset[str]
    pairs: list[Pair] = field(init=False)
    _others: dict[int, list[int]] = field(init=False)
    _rows: dict[tuple[str, int, int], list[int]] = field(init=False)
    _weights: Mapping[str, float] = field(init=False)
    _beside: dict[Pair, int] = field(init=False)

    def __post_init__(self) -> None:
        """Find the pairs that may be of one thing."""
        found = self.read.found
        self._weights = self.read.weights()
        self._others, self._rows = defaultdict(list), defaultdict(list)
        for at, one in enumerate(found):
            self._rows[one.circle].append(at)
        self._beside = self._neighbours()
        fit = [at for at in range(len(found)) if self.compares(at)]
        like = alike(((found[at].kind, found[at].value.adjusted()), found[at].digits, at) for at in fit)
        near = {pair for pair in self._beside if self._near(*pair)}
        self.pairs = sorted({pair for pair in like if self.shares(*pair)} | near)
        for at, other in self.pairs:
            if self.equal(at, other):
                self._others[at].append(other)
                self._others[other].append(at)

    def _weight(self, words: Iterable[str]) -> float:
        return sum(map(self._weights.__getitem__, words))

    def _neighbours(self) -> dict[Pair, int]:
        """How many neighbours of two numbers are equal, where both run the same way; of those with any."""
        by_value: dict[tuple[int, Decimal], set[int]] = defaultdict(set)
        for at, ways in enumerate(self.read.beside):
            for way in ways:
                for side, value in enumerate(way):
                    if value is not None:
                        by_value[side, value].add(at)
        shared = {
            pair
            for places in by_value.values()
            if 1 < len(places) <= _MANY
            for pair in combinations(sorted(places), 2)
        }
        found: dict[Pair, int] = {}
        for pair in shared:
            one, other = (self.read.beside[at] for at in pair)
            found[pair] = 2 if any(way in other and None not in way for way in one) else 1
        return found

    def compares(self, at: int) -> bool:
        """Whether a number is of a thing that others may be of, and tells no time."""
        one = self.read.found[at]
        timed = not one.kind and _TERM_RE.match(one.unit)
        return one.value > 0 and not timed and bool(_VIETNAMESE_RE.search(one.text))

    def _near(self, at: int, other: int) -> bool:
        """Whether two numbers that stand between the same ones may be one told otherwise."""
        one, two = self.read.found[at], self.read.found[other]
        if one.kind != two.kind or not (self._apart(at, other) and all(map(self.compares, (at, other)))):
            return False
        low, high = sorted((one.value, two.value))
        near = high <= low + _POINTS if one.kind == "%" else high <= low * _WINDOW
        return near and (self._beside[at, other] == _BOTH or slip_by_chance(low, high) is not None)

    def shares(self, at: int, other: int) -> bool:
        """Whether two numbers at two places share enough of the words of the one that has fewer, or a neighbour.

        Sums of money are many, and easily alike.
        """
        if not self._apart(at, other):
            return False
        if (at, other) in self._beside:
            return True
        first, second = self.read.found[at], self.read.found[other]
        one, two = first.own, second.own
        if one == two and first.led and second.led:
            return False  # items of one name in two lists are of as many things
        shared, least = self._weight(one & two), _LEAST_MONEY if first.kind == "money" else _LEAST
        return bool(shared) and shared >= least * min(map(self._weight, (one, two)))

    def _apart(self, at: int, other: int) -> bool:
        """Whether two numbers stand at two places, and are no two items of a list."""
        one, two = self.read.found[at], self.read.found[other]
        return one.place != two.place and not (one.led and one.led == two.led)

    def features(self, at: int, other: int) -> list[float]:
        """The features of two numbers."""
        first, second = self.read.found[at], self.read.found[other]
        one, two, weight = first.said, second.said, self._weight
        shared = first.own & second.own
        left, right = first.own - second.own, second.own - first.own
        cross = weight(left & two.clause) + weight(right & one.clause)
        left, right = left - two.clause, right - one.clause
        over = weight(left & two.over) + weight(right & one.over)
        least, most = sorted((weight(left - two.over), weight(right - one.over)))
        own = weight(shared)
        covers = [own / (weight(words) or 1) for words in (first.own, second.own)]
        marks = one.marks ^ two.marks
        agree = max(
            len(mine & its - {first.value, second.value})
            for mine in self.read.around[at]
            for its in self.read.around[other]
        )
        beside = self._beside.get((at, other), 0)
        return [
            *(1, min(own, 4), min(cross, 3), min(over, 3), min(most, 4), min(least, 3)),
            min(len(one.pairs & two.pairs), 6),
            min(weight((one.clause & two.clause) - shared), 5),
            min(weight(one.over & two.over), 4),
            bool(first.noun) and first.noun == second.noun,
            bool(first.noun and second.noun) and first.noun != second.noun,
            _is_lone(first, second) or _is_lone(second, first),
            *(name in marks for name, _ in MARKS),
            *(mine != its for mine, its in zip(one.aim, two.aim, strict=True)),
            *_times(one.times, two.times, self.years),
            _names_differ(one, two),
            one.levels != two.levels,
            (first.cell is None) != (second.cell is None),
            first.cell is not None and second.cell is not None,
            (first.of is None) != (second.of is None),
            *(min(agree, 3), beside == 1, beside > 1, max(covers), min(covers)),
            one.clause == two.clause,
            *(first.kind == "%", first.kind == "money", bool(first.led and second.led)),
            one.retold != two.retold,
        ]

    def equal(self, at: int, other: int) -> bool:
        """Whether two numbers are one, the one rounded more than the other perhaps."""
        one, two = self.read.found[at], self.read.found[other]
        if one.of is not None and two.of is not None and one.of != two.of:
            return False
        apart = abs(self.read.found[at].value - self.read.found[other].value)
        return not apart or (one.step != two.step and apart < max(one.step, two.step))

    def unlike(self) -> Iterator[tuple[float, Pair]]:
        """The pairs of unlike values with the logarithm of the odds that they are one thing, told wrong once."""
        weights = learned()
        for pair in self.pairs:
            if self.equal(*pair) or all(map(self.equals, pair)):
                continue  # of two that are both told again neither is a slip
            if not self._told_apart(*pair) and not self._aimed_apart(*pair):
                chance = slip_by_chance(*(self.read.found[at].value for at in pair)) or 1
                yield weighted(self.features(*pair), weights) - log(chance), pair

    def equals(self, at: int) -> list[int]:
        """The numbers of equal value that a number may be of one thing with."""
        return [other for other in self._others[at] if self.equal(at, other)]

    def _told_apart(self, at: int, other: int) -> bool:
        """Whether two numbers are two things: told in one place, of another way of change, of another level."""
        if self._beside_equal(at, other) or self._beside_equal(other, at):
            return True
        one, two = self.read.found[at].said, self.read.found[other].said
        ways, levels = (one.way, two.way), (one.levels, two.levels)
        return any(all(told) and told[0] != told[1] for told in (ways, levels))

    def _beside_equal(self, at: int, other: int) -> bool:
        """Whether the value of a number is told in the clause or row of another one, or in the list it leads."""
        found, value = self.read.found, self.read.found[at].value
        for near in self._rows[found[other].circle]:
            if self.read.found[near].value == value or (found[near].of and found[near].of == str(value)):
                return True
        led = found[other].text.strip()
        return any(led in lead for equal in (at, *self.equals(at)) for lead in found[equal].led)

    def _aimed_apart(self, at: int, other: int) -> bool:
        """Whether the one is to be reached and the other was, and neither is the other mistyped."""
        apart = self.read.found[at].said.aim[0] != self.read.found[other].said.aim[0]
        return apart and slip_by_chance(self.read.found[at].value, self.read.found[other].value) is None


def _is_lone(one: Telling, other: Telling) -> bool:
    """Whether a number counts what neither row nor clause of another one names, which tells no unit."""
    return bool(one.noun) and not other.noun and one.noun not in other.own | other.said.clause


def _times(one: frozenset[str], other: frozenset[str], years: frozenset[str]) -> tuple[bool, bool, bool]:
    """Whether two places tell one time, times that exclude each other, a time and a part of it.

    What tells none is of the years of the paper.
    """
    mine, its = _years(one), _years(other)
    if one and other:
        return one == other, mine.isdisjoint(its), not mine.isdisjoint(its) and one != other
    told = one or other
    return False, bool(told) and not (mine | its) <= years, any(not time.isdigit() for time in told)


@lru_cache(maxsize=1024)
def _years(times: frozenset[str]) -> frozenset[str]:
    return frozenset(time[-4:] for time in times if time[-4:].isdigit())


def _names_differ(one: Saying, other: Saying) -> bool:
    """Whether one names a place or a body that the clause and the place of the other do not."""
    return any(
        not frozenset(name.lower().split()) <= its.clause | its.over
        for mine, its in ((one, other), (other, one))
        for name in mine.names - its.names
    )


def weighted(row: Iterable[float], weights: Iterable[float]) -> float:
    """What features say together: over 0 that it is likely."""
    return sum(value * weight for value, weight in zip(row, weights, strict=True) if value)
