"""What else of a paper a number may be: two unlike numbers are one thing where neither is anything else.

What two numbers have in common (`graphs.checks.learned.likeness`) does not yet make them one thing: the one may be
liker another number, or held in its place by the numbers around it. What each is worth is learned from sound
papers in which a number that is told twice was altered: ``data/rivals.csv``, ``tools/fit_rivals.py``.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from heapq import nlargest
from importlib.resources import files
from math import log

from graphs.checks.learned.likeness import Likeness, Places, learned, weighted
from graphs.checks.learned.sides import Sides
from graphs.checks.reading.telling import BRACKET_RE, carrying_in

#: What tells whether two unlike numbers are one thing, besides what they have in common.
FEATURES = (
    *("one", "likely", "slip", "shared", "digits", "alone", "rivals", "away"),
    *("rate", "rate_slip", "of_one", "tables"),
    *("beside", "in_place", "fits", "held_slip", "held_told"),
    *("change", "aimed_no_slip", "ahead", "ahead_short", "to_come", "bound", "bound_both"),
    *("before", "label_before", "partner", "no_partner"),
)
#: A word that more numbers have is no key to those like one; so many of these are weighed, those up to so far off.
_COMMON, _WEIGHED, _TIMES = 60, 30, 5
#: Of those most like a number so many are weighed as its other self; a word of its clause alone counts for half.
_FIRST, _HALF = 6, 0.5
#: A rival is one as like as the other, but for so much; without any rival the next is taken to be so unlike.
_NEAR, _WORST = 0.5, -6.0
#: Pairs below these are too seldom one thing: by what is said, by that of one mistyped, and by the digits too.
_SAID, _FAINT, _LEAST, _FAR = -1.5, -4.0, -2.5, Decimal("0.5")
#: So surely held a number is no slip; cells of rows of one name under other heads are two things.
_HELD, _ONE_NAME, _ONE_HEAD = 0.5, 0.99, 0.5
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
    _sizes: list[float] = field(init=False)
    _keys: dict[str, list[int]] = field(init=False)
    _likely: dict[Places, float] = field(init=False, default_factory=dict)
    _nearest: dict[int, list[int]] = field(init=False, default_factory=dict)
    _most: dict[int, list[tuple[float, int]]] = field(init=False, default_factory=dict)
    _values: dict[tuple[str, int], dict[Decimal, set[int]]] = field(init=False)
    _sides: Sides = field(init=False)
    _alike: frozenset[Places] = field(init=False)
    _to_come: list[bool] = field(init=False)

    def __post_init__(self) -> None:
        """Find what the numbers have as keys."""
        self._sizes = [float(one.value) for one in self.like.read.found]
        self._keys = defaultdict(list)
        self._values = defaultdict(lambda: defaultdict(set))
        for at, one in enumerate(self.like.read.found):
            self._values[one.place][one.value].add(at)
            if self.like.compares(at):
                for word in one.own:
                    self._keys[word].append(at)
        self._sides = Sides(self.like.read)
        self._alike = frozenset(self.like.pairs)
        self._to_come = list(map(self._sides.is_to_come, range(len(self.like.read.found))))

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
        if at not in self._nearest:
            self._nearest[at] = self._find_near(at)
        return self._nearest[at]

    def _find_near(self, at: int) -> list[int]:
        found, one = self.like.read.found, self.like.read.found[at]
        shared: dict[int, float] = defaultdict(float)
        for words, worth in ((one.own, 1.0), (one.said.clause - one.own, _HALF)):
            for word in words:
                if len(self._keys[word]) <= _COMMON:
                    weight = worth * self.like.weight_of(word)
                    for other in self._keys[word]:
                        shared[other] += weight
        size = self._sizes[at]
        low, high, kind = size / _TIMES, size * _TIMES, one.kind
        fit = (other for other in shared if low <= self._sizes[other] <= high and found[other].kind == kind)
        apart = [other for other in fit if self.like.apart(at, other)]
        return nlargest(_WEIGHED, apart, key=shared.__getitem__)

    def unlike(self) -> Iterator[tuple[float, Places]]:
        """The pairs of unlike values with the logarithm of the odds that they are one thing, told wrong once."""
        worth = weights()
        for pair in self.candidates():
            yield weighted(self.features(*pair), worth), pair

    def candidates(self) -> Iterator[Places]:
        """The pairs of unlike values that may be one thing, told wrong once."""
        like = self.like
        fit = filter(like.compares, range(len(like.read.found)))
        near = {(min(at, other), max(at, other)) for at in fit for other in self._likely_told_wrong(at)}
        alike = {pair for pair in self._alike if self._may_be_one(*pair)}
        for at, other in sorted(alike | near):
            if self._sides.told_apart(at, other):
                continue
            if self.likely(at, other) - log(like.chance(at, other)) > _LEAST:
                yield at, other

    def _likely_told_wrong(self, at: int) -> list[int]:
        """The unlike numbers that are of those most like one, and likely it."""
        like = self.like
        likely = [(self.likely(at, other), other) for other in self._near(at) if self._may_be_one(at, other)]
        enough = [it for it in likely if it[0] > _SAID or (it[0] > _FAINT and like.chance(at, it[1]) < 1)]
        # What else it is like need be asked of few numbers.
        return [it[1] for it in self.most_like(at)[:_FIRST] if it in enough] if enough else []

    def _may_be_one(self, at: int, other: int) -> bool:
        """Whether two numbers are unlike, and nothing says at once that they are two things."""
        like = self.like
        if like.told_apart(at, other) or like.equal(at, other) or (like.equals(at) and like.equals(other)):
            return False  # of two that are both told again neither is a slip
        to_come = self._to_come[at] != self._to_come[other]
        return not (to_come and like.of_other_times(at, other))  # what is to be reached later

    def features(self, at: int, other: int) -> list[float]:
        """The features of two unlike numbers."""
        like, found = self.like, self.like.read.found
        one, two = found[at], found[other]
        likely, slip, rate = self.likely(at, other), like.chance(at, other) < 1, one.kind == "%"
        crowd = sum(
            rival > likely - _NEAR
            for place, rest in ((at, other), (other, at))
            for rival, which in self.most_like(place)
            if which != rest
        )
        short = min(len(one.digits), len(two.digits), 5)
        return [
            *(1.0, likely, slip, (at, other) in self._alike, short),
            max(-4.0, min(3.0, self._margin(at, other), self._margin(other, at))),
            log(1 + crowd),
            float(min(_FAR, abs(one.value - two.value) / max(one.value, two.value))),
            *(rate, rate and slip, bool(one.of) != bool(two.of)),
            bool(one.cell and two.cell) and self._of_one_row(at, other),
            like.beside_equal(at, other) or like.beside_equal(other, at),
            self._stands(at, other) or self._stands(other, at),
            *self._held(at, other),
            *self._apart(at, other, slip),
            *self._told(at, other),
        ]

    def _margin(self, at: int, other: int) -> float:
        """By how much a number is liker another one than anything else."""
        rest = [likely for likely, rival in self.most_like(at) if rival != other]
        rest += [self.likely(at, equal) for equal in self.like.equals(at)]
        return self.likely(at, other) - max(rest, default=_WORST)

    def _stands(self, at: int, other: int) -> bool:
        """Whether the value of a number stands in the table or the paragraph of another one."""
        one, two = self.like.read.found[at], self.like.read.found[other]
        return not self._values[two.place][one.value] <= {at, other}

    def _held(self, at: int, other: int) -> tuple[float, float, float]:
        """How much surer the one would be held in the place of the other, how surely the likelier slip is held.

        Of two of which one is told again with its value the other is the likelier slip.
        """
        pair, told = (at, other), self.like.read.found
        held = [max(map(self._sides.held, (place, *self.like.equals(place)))) for place in pair]
        fits = [self._sides.fits(place, told[rest]) for place, rest in (pair, pair[::-1])]
        again = [bool(self.like.equals(place)) for place in pair]
        slip = held[again.index(False)] if any(again) else min(held)
        return (
            max(fit - hold for fit, hold in zip(fits, held, strict=True)),
            slip if any(again) else 0.0,
            float(slip > _HELD),
        )

    def _apart(self, at: int, other: int, slip: bool) -> tuple[float, ...]:
        """What sets two numbers apart: a change and none, what is to be reached, to come, a mark to be passed."""
        one, two = self.like.read.found[at], self.like.read.found[other]
        bound = [self._sides.is_bound(place) for place in (at, other)]
        ahead = one.ahead != two.ahead
        return (
            "change" in one.said.marks ^ two.said.marks,
            one.said.aim[0] != two.said.aim[0] and not slip,
            ahead,
            ahead and self.like.short(at, other),
            self._to_come[at] != self._to_come[other],
            bound[0] != bound[1],
            all(bound),
        )

    def _told(self, at: int, other: int) -> tuple[float, ...]:
        """What right beside two numbers tells the same, or not: words before them, numbers that they go with."""
        before = [self._sides.before(place) for place in (at, other)]
        partners = [
            bool(beside & around)
            for mine, its in ((at, other), (other, at))
            if (beside := self._sides.partners(mine)) and (around := self._sides.around(its))
        ]
        return (
            min(self.like.weigh(before[0] & before[1]), 3.0),
            max(self._names(at, other), self._names(other, at)),
            sum(partners),
            len(partners) - sum(partners),
        )

    def _names(self, at: int, other: int) -> float:
        """How much of the name of the row of a cell is told right before a number of the text."""
        one, two = self.like.read.found[at], self.like.read.found[other]
        if not one.cell or two.cell:
            return 0.0
        return self.like.share_of(carrying_in(BRACKET_RE.sub(" ", one.called)), self._sides.before(other))

    def _of_one_row(self, at: int, other: int) -> bool:
        """Whether two cells stand in rows of one name, under other heads."""
        one, two = self.like.read.found[at], self.like.read.found[other]
        label = head = 0.0
        for first, second in ((one, two), (two, one)):
            name, over = (carrying_in(BRACKET_RE.sub(" ", text)) for text in (first.called, first.head))
            label = max(label, self.like.share_of(name, second.own))
            head = max(head, self.like.share_of(over, second.own | second.said.clause))
        return label > _ONE_NAME and head < _ONE_HEAD
