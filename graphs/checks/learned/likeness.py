"""How surely two unlike numbers of a paper are one thing told twice, by what was learned from sound papers.

In a sound paper two equal numbers of several digits are almost always one thing told twice: that teaches, without
anyone's judgement, what words, places and neighbours such pairs have in common; the values are left out. What was
learned stands in ``data/likeness.csv``; ``tools/fit_likeness.py`` learns it again. Two unlike numbers that are so
like, and but for a digit or two the same, are told with two values where chance seldom makes that: the odds that
they are one thing times how seldom it is. Where many numbers of a paper lie close together, such as rates near
100, chance makes it more often.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from itertools import combinations, starmap
from math import fsum, log
from operator import mul, ne

from graphs.checks.reading.arithmetic import alike, slip_by_chance
from graphs.checks.reading.named import VIETNAMESE_RE
from graphs.checks.reading.telling import MARKS, TERM_RE, Saying, Telling, Words
from graphs.checks.reading.tellings import Tellings

#: What tells whether two numbers are of one thing, but for their values.
FEATURES = (
    *("one", "own", "cross", "over_own", "left", "left_both", "rare_pairs", "over"),
    *("noun", "other_noun", "lone_noun", "unit", "crowd"),
    *(f"mark_{name}" for name, _ in MARKS),
    *("totals", "aim_own", "aim_clause", "aim_place", "other_time", "other_name", "other_level"),
    *("text_table", "table_table", "agree", "beside_one", "beside_both", "cover", "cover_both", "one_form"),
    *("percent", "money", "two_lists", "retold", "both_retold"),
)
_WINDOW, _POINTS = Decimal("1.2"), 4
_MANY, _BOTH, _LONG = 8, 2, 4
#: So many days, hours or points are counted like other things; points of a rate are no scores.
_NO_TIME, _POINTS_UNIT = 1000, "điểm phần trăm"
#: Of the words of the one so much is shared at least; below this a number needs two pairs of words in common.
_LEAST, _LEAST_MONEY = 0.34, 0.5
#: So much sums of money of two rows, or two clauses, share at least.
_MUCH = 1.5
#: Numbers within this share of one lie close to it; so many that lie anywhere are reckoned with those told.
_CLOSE, _ANYWHERE = Decimal("0.15"), 3
_MARK_NAMES = tuple(name for name, _ in MARKS)
_NO_MARKS = (False,) * len(MARKS)

Places = tuple[int, int]


@lru_cache(maxsize=1)
def learned() -> tuple[float, ...]:
    """The weights of `FEATURES`."""
    table = files("graphs.checks.learned").joinpath("data/likeness.csv").read_text(encoding="utf-8")
    weights = {row["feature"]: float(row["weight"]) for row in csv.DictReader(table.splitlines())}
    return tuple(weights[name] for name in FEATURES)


@dataclass(slots=True)
class Likeness:
    """The numbers of a paper with what is worked out of pairs of them; `years` are those that the paper is of."""

    read: Tellings
    years: frozenset[str]
    pairs: list[Places] = field(init=False)
    _others: dict[int, list[int]] = field(init=False)
    _rows: dict[tuple[str, int, int], list[int]] = field(init=False)
    _weights: Mapping[str, float] = field(init=False)
    _beside: dict[Places, int] = field(init=False)
    _units: Counter[str] = field(init=False)
    _crowds: list[list[Telling]] = field(init=False)
    _around: list[list[frozenset[Decimal]]] = field(init=False)
    _worths: dict[int, float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Find the pairs that may be of one thing."""
        found = self.read.found
        self._weights = self.read.weights()
        self._others, self._rows = defaultdict(list), defaultdict(list)
        crowds: dict[tuple[str, str, int], list[Telling]] = defaultdict(list)
        for at, one in enumerate(found):
            self._rows[one.circle].append(at)
            crowds[_crowd(one)].append(one)
        self._crowds = [crowds[_crowd(one)] for one in found]
        self._units = Counter(one.unit for one in found)
        around = zip((one.value for one in found), self.read.around, strict=True)
        self._around = [[rest for told in sets if (rest := told - {value})] for value, sets in around]
        self._beside = self._neighbours()
        fit = [at for at in range(len(found)) if self.compares(at)]
        like = alike(((found[at].kind, found[at].value.adjusted()), found[at].digits, at) for at in fit)
        near = {pair for pair in self._beside if self._near(*pair)}
        self.pairs = sorted({pair for pair in like if self._compared(*pair)} | near)
        for at, other in self.pairs:
            if self.equal(at, other):
                self._others[at].append(other)
                self._others[other].append(at)

    def weight_of(self, word: str) -> float:
        """What a word says: one that a single place holds 1, one that all hold nothing."""
        return self._weights[word]

    def weigh(self, words: Iterable[str]) -> float:
        """What words say together."""
        return fsum(map(self._weights.__getitem__, words))

    def _neighbours(self) -> dict[Places, int]:
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
        found: dict[Places, int] = {}
        for pair in shared:
            one, other = (self.read.beside[at] for at in pair)
            found[pair] = 2 if any(way in other and None not in way for way in one) else 1
        return found

    def compares(self, at: int) -> bool:
        """Whether a number is of a thing that others may be of, and tells no time."""
        one = self.read.found[at]
        timed = not one.kind and one.value < _NO_TIME and TERM_RE.match(one.unit) and one.unit != _POINTS_UNIT
        return one.value > 0 and not timed and bool(VIETNAMESE_RE.search(one.text))

    def _near(self, at: int, other: int) -> bool:
        """Whether two numbers that stand between the same ones may be one told otherwise."""
        one, two = self.read.found[at], self.read.found[other]
        if one.kind != two.kind or not (self.apart(at, other) and all(map(self.compares, (at, other)))):
            return False
        low, high = sorted((one.value, two.value))
        near = high <= low + _POINTS if one.kind == "%" else high <= low * _WINDOW
        return near and (self._beside[at, other] == _BOTH or slip_by_chance(low, high) is not None)

    def _compared(self, at: int, other: int) -> bool:
        """Whether two numbers may be of one thing: by what they share, or as alike ones with a common word."""
        if not self.apart(at, other):
            return False
        if self.equal(at, other):
            return self._shares(at, other)
        chance = slip_by_chance(self.read.found[at].value, self.read.found[other].value)
        return chance is not None and (self._shares(at, other) or self._ties(at, other))

    def _ties(self, at: int, other: int) -> bool:
        """Whether a word of the one stands in the row or clause of the other.

        Of sums of money there are more such words, where not the one stands in a table or a part that tells again.
        """
        one, two = self.read.found[at], self.read.found[other]
        words = one.own & (two.own | two.said.clause) | two.own & one.said.clause
        if one.kind == "money" and bool(one.cell) == bool(two.cell) and one.said.retold == two.said.retold:
            return self.weigh(words) >= _MUCH
        return bool(words)

    def _shares(self, at: int, other: int) -> bool:
        """Whether two numbers share enough of the words of the one that has fewer, or a neighbour.

        Sums of money are many, and easily alike.
        """
        if (at, other) in self._beside:
            return True
        first, second = self.read.found[at], self.read.found[other]
        one, two = first.own, second.own
        shared, least = self.weigh(one & two), _LEAST_MONEY if first.kind == "money" else _LEAST
        return bool(shared) and shared >= least * min(map(self.weigh, (one, two)))

    def apart(self, at: int, other: int) -> bool:
        """Whether two numbers stand at two places, and are no items of one list, nor of one name in two lists."""
        one, two = self.read.found[at], self.read.found[other]
        if one.place == two.place:
            return False
        return not (one.led and two.led and (one.led == two.led or one.own == two.own))

    def features(self, at: int, other: int) -> list[float]:
        """The features of two numbers."""
        first, second = self.read.found[at], self.read.found[other]
        one, two, weight = first.said, second.said, self.weigh
        shared = first.own & second.own
        own, mine, its = weight(shared), self._worth(at), self._worth(other)
        left, right = self._held(first.own - shared, two), self._held(second.own - shared, one)
        cross, over = left[0] + right[0], left[1] + right[1]
        least, most = sorted((mine - own - sum(left), its - own - sum(right)))
        covers = (own / mine, own / its) if own else (0, 0)
        marks, pairs = one.marks ^ two.marks, one.pairs & two.pairs
        beside = self._beside.get((at, other), 0)
        return [
            *(1, min(own, 4), min(cross, 3), min(over, 3), min(most, 4), min(least, 3)),
            min(self.read.phrases.weight_of(pairs), 6) if pairs else 0,
            min(weight(one.over & two.over), 4),
            bool(first.noun) and first.noun == second.noun,
            bool(first.noun and second.noun) and first.noun != second.noun,
            _is_lone(first, second) or _is_lone(second, first),
            self._unit(first, second),
            log(len(self._crowds[at]) + len(self._crowds[other])),
            *(map(marks.__contains__, _MARK_NAMES) if marks else _NO_MARKS),
            "total" in one.marks and "total" in two.marks,
            *map(ne, one.aim, two.aim),
            _other_time(one.times, two.times, self.years),
            _names_differ(one, two),
            one.levels != two.levels,
            (first.cell is None) != (second.cell is None),
            first.cell is not None and second.cell is not None,
            *(min(self._agree(at, other), 3), beside == 1, beside > 1, max(covers), min(covers)),
            one.clause == two.clause,
            *(first.kind == "%", first.kind == "money", bool(first.led and second.led)),
            one.retold != two.retold,
            bool(one.retold and two.retold),
        ]

    def _worth(self, at: int) -> float:
        """What the own words of a number say together."""
        if at not in self._worths:
            self._worths[at] = self.weigh(self.read.found[at].own)
        return self._worths[at]

    def _held(self, words: Words, by: Saying) -> tuple[float, float]:
        """What words say that the clause of another number holds, and what those that only its place holds."""
        return self.weigh(words & by.clause), self.weigh((words & by.over) - by.clause)

    def _agree(self, at: int, other: int) -> int:
        """How many other values stand around both numbers, in clauses, rows or columns."""
        return max((len(mine & its) for mine in self._around[at] for its in self._around[other]), default=0)

    def _unit(self, one: Telling, other: Telling) -> float:
        """What it says that two numbers count in one unit: the more, the fewer numbers do."""
        if one.kind or not one.unit or one.unit != other.unit:
            return 0
        return 1 - log(self._units[one.unit]) / log(len(self.read.found) + 1)

    def chance(self, at: int, other: int) -> float:
        """How likely a number of another thing would be this one mistyped, 1 where it is not.

        The more numbers of the paper lie close by, the likelier.
        """
        one, two = self.read.found[at], self.read.found[other]
        chance = slip_by_chance(one.value, two.value)
        return min(1, chance * max(1, self._crowding(at, other), self._crowding(other, at))) if chance else 1

    def _crowding(self, at: int, other: int) -> float:
        """How many times more numbers of its kind and size lie close to a number than if they lay anywhere.

        Those of its row or clause do not count: the years of one thing lie close, and are told there.
        """
        one, two = self.read.found[at], self.read.found[other]
        low, high = one.value * (1 - _CLOSE), one.value * (1 + _CLOSE)
        told = {near.value for near in self._crowds[at] if near.circle not in (one.circle, two.circle)}
        told -= {one.value, two.value}
        anywhere = float(2 * _CLOSE * one.value.scaleb(-one.value.adjusted())) / 9
        near = sum(low <= value <= high for value in told) + _ANYWHERE * anywhere
        return near / (len(told) + _ANYWHERE) / anywhere

    def equal(self, at: int, other: int) -> bool:
        """Whether two numbers are one, the one rounded more than the other perhaps."""
        one, two = self.read.found[at], self.read.found[other]
        if one.of is not None and two.of is not None and one.of != two.of:
            return False
        apart = abs(self.read.found[at].value - self.read.found[other].value)
        return not apart or (one.step != two.step and apart < max(one.step, two.step))

    def equals(self, at: int) -> list[int]:
        """The numbers of equal value that a number may be of one thing with."""
        return self._others[at]

    def told_apart(self, at: int, other: int) -> bool:
        """Whether two numbers are of two levels, or a rise and a fall."""
        one, two = self.read.found[at].said, self.read.found[other].said
        if one.way and two.way and one.way != two.way:
            return True
        return bool(one.levels and two.levels) and one.levels != two.levels

    def short(self, at: int, other: int) -> bool:
        """Whether two numbers are so short that they are easily alike."""
        return max(len(self.read.found[place].digits) for place in (at, other)) < _LONG

    def of_other_times(self, at: int, other: int) -> bool:
        """Whether two numbers are told of times that exclude each other."""
        one, two = self.read.found[at].said, self.read.found[other].said
        return _other_time(one.times, two.times, self.years)

    def share_of(self, words: Iterable[str], other: frozenset[str]) -> float:
        """How much of what some words say others hold."""
        words = frozenset(words)
        return self.weigh(words & other) / (self.weigh(words) or 1)

    def beside_equal(self, at: int, other: int) -> bool:
        """Whether the value of a number is told in the clause, row or table of another one, or a list it leads."""
        found, value = self.read.found, self.read.found[at].value
        if found[other].cell and any(found[equal].place == found[other].place for equal in self.equals(at)):
            return True
        for near in self._rows[found[other].circle]:
            if self.read.found[near].value == value or (found[near].of and found[near].of == str(value)):
                return True
        led = found[other].text.strip()
        return any(led in lead for equal in (at, *self.equals(at)) for lead in found[equal].led)


def _is_lone(one: Telling, other: Telling) -> bool:
    """Whether a number counts what neither row nor clause of another one names, which tells no unit."""
    return bool(one.noun) and not other.noun and not (one.noun in other.own or one.noun in other.said.clause)


def _crowd(one: Telling) -> tuple[str, str, int]:
    """What numbers have in common that are easily alike: kind, unit and size."""
    return one.kind, "" if one.kind else one.unit, one.value.adjusted()


def _other_time(one: frozenset[str], other: frozenset[str], years: frozenset[str]) -> bool:
    """Whether two places tell times that exclude each other; what tells none is of the years of the paper."""
    mine, its = _years(one), _years(other)
    if one and other:
        return mine.isdisjoint(its)
    return bool(one or other) and not (mine | its) <= years


@lru_cache(maxsize=1024)
def _years(times: frozenset[str]) -> frozenset[str]:
    return frozenset(time[-4:] for time in times if time[-4:].isdigit())


def _names_differ(one: Saying, other: Saying) -> bool:
    """Whether one names a place or a body that the clause and the place of the other do not."""
    return any(
        not _words_of(name) <= its.clause | its.over
        for names, its in ((one.names - other.names, other), (other.names - one.names, one))
        for name in names
    )


@lru_cache(maxsize=1024)
def _words_of(name: str) -> Words:
    return frozenset(name.lower().split())


def weighted(row: Iterable[float], weights: Iterable[float]) -> float:
    """What features say together: over 0 that it is likely."""
    total: float = sum(starmap(mul, zip(row, weights, strict=True)))
    return total
