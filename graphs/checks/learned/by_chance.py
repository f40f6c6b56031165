"""What gives a number, or another one that a slip makes of it, and how seldom chance would.

Of all that the numbers around one make, some falls on the number or on a slip of it by chance: of a number of two
digits nearly always, of one of six hardly ever. The fewer numbers make it that stand no farther off, the less.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from graphs.checks.learned.bearings import Bearing, Given, Says, givens
from graphs.checks.learned.in_lines import ELSEWHERE, Again, Lines, Number, Told, slack

#: Chance makes numbers up to so many times larger or smaller as likely as they are long.
_AROUND, _TEN = 3, 10
_SPREAD = log(_AROUND**2)
_LEAST_CHANCE = 1e-9


class Hit(NamedTuple):
    """What gives a number, and how seldom chance would, in natural logarithms."""

    strength: float
    given: Given


class Seen:
    """What gives a number, and what gives another one that a slip makes of it.

    Chance is told by all that is tried; how seldom it gives so is worked out where it is asked for.
    """

    def __init__(self, lines: Lines, one: Number) -> None:
        self.one, self.slips, self._lines = one, slips_of(one.whole), lines
        self._wholes, self._slack = sorted((one.whole, *self.slips)), slack(one.whole)
        self._widths: dict[Says, list[tuple[int, float, float]]] = defaultdict(list)
        self._counted: dict[tuple[Says, int, int], float] = {}
        self.given: dict[int, list[Given]] = defaultdict(list)
        self._add_told(lines.told(one.sort, one.step))
        if one.place and one.sort:
            self._add_cells(one.place.scale)
        self._add_made(givens(lines, one))

    @property
    def own(self) -> list[Hit]:
        """What gives the number."""
        return self.hits(self.one.whole)

    def hits(self, value: int) -> list[Hit]:
        """What gives the number or a slip of it, with how seldom chance would."""
        return [Hit(self.strength(it.how, it.far, value), it) for it in self.given.get(value, ())]

    def strength_at_most(self, value: int) -> float:
        """How seldom chance gives so where nothing else is tried."""
        return -log(max(self._chance(value)[1], _LEAST_CHANCE))

    def strength(self, how: Says, far: int, value: int) -> float:
        """How seldom chance gives one number so from what stands no farther off."""
        unit, chance = self._chance(value)
        return -log(max(max(1.0, self._tried(how, far, unit)) * chance, _LEAST_CHANCE))

    def _chance(self, value: int) -> tuple[int, float]:
        """How likely one number is that one; where both are round, of those that are as round."""
        whole, unit = self.one.whole, 1
        while whole % (10 * unit) == 0 and value % (10 * unit) == 0:
            unit *= 10
        if value == whole:
            return unit, unit / (whole * _SPREAD)
        return unit, _of_slips(whole // unit)

    def _tried(self, how: Says, far: int, unit: int) -> float:
        """How many numbers as round as that are given so by what stands no farther off, one value once."""
        if (how, far, unit) not in self._counted:
            if how is Says.TOLD and how not in self._widths:
                self._widths[how] = list(self._all_told())
            once = {middle: width for away, width, middle in self._widths[how] if away <= far}
            self._counted[how, far, unit] = sum(max(1.0, width / unit) for width in once.values())
        return self._counted[how, far, unit]

    def _add_told(self, told: Told) -> None:
        """The number, or slips of it, that others of its sort tell in other paragraphs and tables."""
        for value in self._wholes:
            self._add_again(value, told.exact.get(value, ()))
        for again in told.coarse:
            for value in self._between(again.low, again.high):
                self._add_again(value, (again,))
        if told.coarse:
            for given in self.given.values():
                given.sort(key=lambda it: it.terms[0].at)

    def _add_again(self, value: int, told: Iterable[Again]) -> None:
        step = self.one.step
        apart = [it for it in told if self._is_apart(it.number)]
        if apart:
            self.given[value] += [
                Given(Says.TOLD, ELSEWHERE, it.low * step, it.high * step, (it.number,)) for it in apart
            ]

    def _is_apart(self, other: Number) -> bool:
        """Whether another number stands in another paragraph, or in a table."""
        return other is not self.one and (self.one.place is None or other.block != self.one.block)

    def _add_cells(self, scale: float) -> None:
        """The number, or slips of it, that cells without a unit tell."""
        for value in self._wholes:
            for cell in self._lines.bare.get(round(value * self.one.step / scale, 6), ()):
                told = cell.plain * scale
                self.given[value].append(Given(Says.TOLD, ELSEWHERE, told, told, (cell,)))

    def _all_told(self) -> Iterator[tuple[int, float, float]]:
        """All that others tell which is about as large."""
        one, least, most = self.one, self.one.whole / _AROUND, self.one.whole * _AROUND
        for it in self._lines.told(one.sort, one.step).between(least, most):
            if least <= (it.low + it.high) / 2 <= most and self._is_apart(it.number):
                yield ELSEWHERE, it.high - it.low, it.key
        if one.place and one.sort:
            for plain in self._lines.bare:
                if least <= (middle := plain * one.place.scale / one.step) <= most:
                    yield ELSEWHERE, 0.0, round(middle, 1)

    def _add_made(self, found: Iterable[Bearing]) -> None:
        """The number, or slips of it, that is between the two values of what is given."""
        whole, step = self.one.whole, self.one.step
        least, most, near, far_off = whole / _TEN, whole * _TEN, whole / _AROUND, whole * _AROUND
        for bearing in found:
            how, far, low, high, _ = bearing
            low, high = low / step, high / step
            middle = (low + high) / 2
            if near <= middle <= far_off:
                self._widths[how].append((far, high - low, round(middle, 1)))
            elif not least <= middle <= most:
                continue
            for value in self._between(low, high):
                self.given[value].append(Given(*bearing))

    def _between(self, low: float, high: float) -> Sequence[int]:
        """The number itself, if it lies there, and its slips that do."""
        first = bisect_left(self._wholes, low - self._slack)
        if first == len(self._wholes) or self._wholes[first] > high + self._slack:
            return ()
        return self._wholes[first : bisect_right(self._wholes, high + self._slack, first)]


@lru_cache(maxsize=1024)
def _of_slips(whole: int) -> float:
    """How likely a number of about that size is a slip of it."""
    return sum(1 / (other * _SPREAD) for other in slips_of(whole) if whole / _AROUND <= other <= whole * _AROUND)


def best_of(hits: Iterable[Hit]) -> dict[Says, Hit]:
    """The strongest of each kind."""
    found: dict[Says, Hit] = {}
    for hit in hits:
        how = hit.given.how
        if how not in found or hit.strength > found[how].strength:
            found[how] = hit
    return found


@lru_cache(maxsize=1024)
def slips_of(whole: int) -> Mapping[int, str]:
    """The whole numbers that a slip makes of one: another digit, two neighbours that changed places.

    >>> slips_of(570195)[507195], slips_of(12)[21], slips_of(12)[13]
    ('swap', 'swap', 'digit')
    """
    digits, found = str(whole), {}
    for at, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit and (at or other != "0"):
                found[int(digits[:at] + other + digits[at + 1 :])] = "digit"
        if at and digits[at - 1] != digit and (at > 1 or digit != "0"):
            found[int(digits[: at - 1] + digit + digits[at - 1] + digits[at + 1 :])] = "swap"
    return found
