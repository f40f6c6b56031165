"""How surely two unlike numbers of a paper are one thing told wrong once, by what else each of them may be.

`Likeness` tells how much two numbers have in common. That says more of a number that nothing else of the paper is
like: its only namesake tells another value, and the value of the namesake is what the numbers around it make. It
says less of one whose value is told again elsewhere, or that much else is like. What each is worth is learned from
sound papers in which a number that is told twice was altered: ``data/rivals.csv``, ``tools/fit_rivals.py``.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from heapq import nlargest
from importlib.resources import files
from math import log

from graphs.checks.learned.anchored import in_table, in_text
from graphs.checks.learned.likeness import Likeness, Places, learned, weighted
from graphs.checks.reading.phrases import Phrase
from graphs.checks.reading.rated import whole_of
from graphs.checks.reading.telling import Telling

#: What tells whether two unlike numbers are one thing, besides what they have in common.
FEATURES = (
    *("one", "likely", "seldom", "slip"),
    *("alone", "either_alone", "rivals", "siblings", "many_siblings"),
    *("away", "away_no_slip", "beside", "aimed", "ahead"),
    *("held", "held_one", "fits", "shared", "digits", "of", "of_one"),
)
#: A word that more numbers have is no key to those like one; so many of these are weighed, those up to so far off.
_COMMON, _WEIGHED, _TIMES = 60, 30, 5
#: Of those most like a number so many are weighed as its other self; a word of its clause alone counts for half.
_FIRST, _HALF = 6, 0.5
#: A rival is one as like as the other, but for so much; without any rival the next is taken to be so unlike.
_NEAR, _WORST = 0.5, -6.0
#: Pairs below these are one thing too seldom to ask more of them: by what is said, and by the digits.
_SAID, _LEAST, _FAR = -1.5, -2.5, Decimal("0.5")
#: From here on a cell beside is held to be told again.
_SIBLING = -1.0
#: From so much on two numbers can hardly be two things.
CERTAIN = 3.5


@lru_cache(maxsize=1)
def weights() -> tuple[float, ...]:
    """The weights of `FEATURES`."""
    table = files("graphs.checks.learned").joinpath("data/rivals.csv").read_text(encoding="utf-8")
    found = {row["feature"]: float(row["weight"]) for row in csv.DictReader(table.splitlines())}
    return tuple(found[name] for name in FEATURES)


@dataclass(slots=True)
class Rivals:
    """The numbers of a paper, each with those most like it."""

    like: Likeness
    _keys: dict[str, list[int]] = field(init=False)
    _likely: dict[Places, float] = field(init=False, default_factory=dict)
    _most: dict[int, list[tuple[float, int]]] = field(init=False, default_factory=dict)
    _values: frozenset[Decimal] = field(init=False)
    _phrases: dict[int, Phrase] = field(init=False)
    _columns: dict[tuple[int, int], list[int]] = field(init=False)
    _alike: frozenset[Places] = field(init=False)

    def __post_init__(self) -> None:
        """Find what the numbers have as keys."""
        found = self.like.read.found
        self._keys, self._columns = defaultdict(list), defaultdict(list)
        for at, one in enumerate(found):
            if self.like.compares(at):
                for word in one.own:
                    self._keys[word].append(at)
            if one.cell:
                self._columns[id(one.cell[0]), one.cell[2]].append(at)
        self._values = frozenset(one.value for one in found)
        self._phrases = {phrase.figure.span.start: phrase for phrase in self.like.read.phrases.found}
        self._alike = frozenset(self.like.pairs)

    def likely(self, at: int, other: int) -> float:
        """How much two numbers have in common, as the logarithm of the odds that they are one thing."""
        pair = (at, other) if at < other else (other, at)
        if pair not in self._likely:
            self._likely[pair] = weighted(self.like.features(*pair), learned())
        return self._likely[pair]

    def most_like(self, at: int) -> list[tuple[float, int]]:
        """The numbers most like one, whatever their values, the likeliest first."""
        if at not in self._most:
            self._most[at] = sorted(((self.likely(at, other), other) for other in self._near(at)), reverse=True)
        return self._most[at]

    def _near(self, at: int) -> list[int]:
        """The numbers of its kind that share words with one, or of which its clause holds words."""
        found, one = self.like.read.found, self.like.read.found[at]
        shared: dict[int, float] = defaultdict(float)
        for words, worth in ((one.own, 1.0), (one.said.clause - one.own, _HALF)):
            for word in words:
                if len(self._keys[word]) <= _COMMON:
                    weight = worth * self.like.weight_of(word)
                    for other in self._keys[word]:
                        shared[other] += weight
        fit = (other for other in shared if other != at and found[other].kind == one.kind)
        close = (other for other in fit if one.value <= found[other].value * _TIMES <= one.value * _TIMES**2)
        apart = [other for other in close if self.like.apart(at, other)]
        return nlargest(_WEIGHED, apart, key=shared.__getitem__)

    def unlike(self) -> Iterator[tuple[float, Places]]:
        """The pairs of unlike values with the logarithm of the odds that they are one thing, told wrong once.

        Two that the numbers around them hold in place are told only where they can hardly be two things.
        """
        worth, held = weights(), FEATURES.index("held")
        for pair in self.candidates():
            features = self.features(*pair)
            sure = weighted(features, worth)
            if sure >= CERTAIN or not features[held]:
                yield sure, pair

    def candidates(self) -> Iterator[Places]:
        """The pairs of unlike values that may be one thing, told wrong once."""
        like = self.like
        near = {
            (min(at, other), max(at, other))
            for at in range(len(like.read.found))
            if like.compares(at)
            for likely, other in self.most_like(at)[:_FIRST]
            if likely > _SAID
        }
        for at, other in sorted(self._alike | near):
            if like.equal(at, other) or all(map(like.equals, (at, other))):
                continue  # of two that are both told again neither is a slip
            if like.told_apart(at, other) or like.aimed_apart(at, other) or self._of_two_wholes(at, other):
                continue
            if self.likely(at, other) - log(like.chance(at, other)) > _LEAST:
                yield at, other

    def features(self, at: int, other: int) -> list[float]:
        """The features of two unlike numbers."""
        like, found = self.like, self.like.read.found
        one, two = found[at], found[other]
        likely, chance = self.likely(at, other), like.chance(at, other)
        margins = sorted((self._margin(at, other), self._margin(other, at)))
        crowd = sum(
            rival > likely - _NEAR
            for place, rest in ((at, other), (other, at))
            for rival, which in self.most_like(place)
            if which != rest
        )
        told, of_all = max(map(self._siblings, (at, other)), key=lambda pair: pair[0] / (pair[1] + 1))
        away = float(min(_FAR, abs(one.value - two.value) / max(one.value, two.value)))
        held = [self._holds(place) for place in (at, other)]
        fits = [self._fits(place, found[rest]) for place, rest in ((at, other), (other, at))]
        slip = chance < 1
        return [
            *(1.0, likely, -log(chance), slip),
            *(max(-4.0, min(3.0, margin)) for margin in margins),
            *(log(1 + crowd), told / (of_all + 1), min(told, 3)),
            *(away, 0.0 if slip else away),
            like.beside_equal(at, other) or like.beside_equal(other, at),
            one.said.aim[0] != two.said.aim[0],
            one.ahead != two.ahead,
            all(held),
            any(held),
            any(fit and not hold for fit, hold in zip(fits, held, strict=True)),
            (at, other) in self._alike,
            min(len(one.digits), len(two.digits), 5),
            bool(one.of and two.of),
            bool(one.of) != bool(two.of),
        ]

    def _of_two_wholes(self, at: int, other: int) -> bool:
        """Whether two rates of the text name wholes that are not one."""
        found = self.like.read.found
        told = [self._phrases.get(found[place].span.start) for place in (at, other)]
        if found[at].kind != "%" or None in told:
            return False
        mine, its = (whole_of(phrase) for phrase in told if phrase)
        return not (mine <= its or its <= mine)

    def _margin(self, at: int, other: int) -> float:
        """By how much a number is liker another one than anything else."""
        rest = [likely for likely, rival in self.most_like(at) if rival != other]
        rest += [self.likely(at, equal) for equal in self.like.equals(at)]
        return self.likely(at, other) - max(rest, default=_WORST)

    def _siblings(self, at: int) -> tuple[int, int]:
        """How many of the other cells of a column are told again with their values, and how many there are."""
        one = self.like.read.found[at]
        if not one.cell:
            return 0, 0
        column = [cell for cell in self._columns[id(one.cell[0]), one.cell[2]] if cell != at]
        told = sum(any(self.likely(cell, equal) > _SIBLING for equal in self.like.equals(cell)) for cell in column)
        return told, len(column)

    def _holds(self, at: int) -> bool:
        """Whether the numbers around one, or around one told again with its value, hold it in place."""
        return any(self._fits(place, None) for place in (at, *self.like.equals(at)))

    def _fits(self, at: int, other: Telling | None) -> bool:
        """Whether the numbers around a place hold what stands there, or would hold another number there."""
        one = self.like.read.found[at]
        if other and (one.step != other.step or one.kind != other.kind):
            return False
        if one.cell:
            scale = one.value / told if (told := one.cell[1].value(one.cell[2])) else Decimal(1)
            return in_table(*one.cell, other.value / scale if other else None)
        phrase = self._phrases.get(one.span.start)
        if phrase is None:
            return False
        figure = phrase.figure
        if other:
            scale = one.value / Decimal(figure.value)
            figure = replace(figure, value=f"{(other.value / scale).normalize():f}", printed=other.printed)
        return in_text(phrase.told.where, figure, self._values)
