"""What gives a number, or another one that a slip makes of it, and how seldom chance would.

Of all that the numbers around one make, some falls on the number or on a slip of it by chance: of a number of two
digits nearly always, of one of six hardly ever. The fewer numbers make it that stand no farther off, the less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import ceil, floor, log
from typing import NamedTuple

from graphs.checks.learned.bearings import Bearing, Given, Says, givens
from graphs.checks.learned.in_lines import ELSEWHERE, Lines, Number, Told, slack

#: Chance makes numbers up to so many times larger or smaller as likely as they are long.
_AROUND, _TEN = 3, 10
_SPREAD = log(_AROUND**2)
_LEAST_CHANCE, _MANY = 1e-9, 60


class Hit(NamedTuple):
    """What gives a number, and how seldom chance would, in natural logarithms."""

    strength: float
    given: Given


class Seen:
    """What gives a number, and what gives another one that a slip makes of it."""

    def __init__(self, lines: Lines, one: Number) -> None:
        self.one, self.slips, self._slack = one, slips_of(one.whole), slack(one.whole)
        self._widths: dict[Says, list[tuple[int, float, float]]] = defaultdict(list)
        self._kinds: dict[int, float] = {}
        self._counted: dict[tuple[Says, int, int], float] = {}
        self.own: list[Hit] = []
        self.others: dict[int, list[Hit]] = defaultdict(list)
        # Chance is told by all that is tried: all is looked at before anything is weighed.
        strengths: dict[tuple[Says, int, int], float] = {}
        for value, given in (*self._told(lines.told(one.sort, one.step)), *self._hits(givens(lines, one))):
            key = given.how, given.far, value
            if key not in strengths:
                strengths[key] = self._strength(*key)
            hit = Hit(strengths[key], given)
            if value == one.whole:
                self.own.append(hit)
            else:
                self.others[value].append(hit)

    def _strength(self, how: Says, far: int, value: int) -> float:
        """How seldom chance gives so; where both numbers are round, of those that are as round."""
        whole, unit = self.one.whole, 1
        while whole % (10 * unit) == 0 and value % (10 * unit) == 0:
            unit *= 10
        if value == whole:
            kinds = unit / (whole * _SPREAD)
        else:
            if unit not in self._kinds:
                self._kinds[unit] = _of_slips(whole // unit)
            kinds = self._kinds[unit]
        return -log(max(max(1.0, self._tried(how, far, unit)) * kinds, _LEAST_CHANCE))

    def _tried(self, how: Says, far: int, unit: int) -> float:
        """How many numbers as round as that are given so by what stands no farther off, one value once."""
        if (how, far, unit) not in self._counted:
            once = {middle: width for away, width, middle in self._widths[how] if away <= far}
            self._counted[how, far, unit] = sum(max(1.0, width / unit) for width in once.values())
        return self._counted[how, far, unit]

    def _told(self, told: Told) -> Iterator[tuple[int, Given]]:
        """The number, or slips of it, that others of its sort tell in other paragraphs and tables."""
        one, least, most = self.one, self.one.whole / _AROUND, self.one.whole * _AROUND
        self._widths[Says.TOLD] += [
            (ELSEWHERE, it.high - it.low, it.key)
            for it in told.between(least, most)
            if least <= (it.low + it.high) / 2 <= most and self._is_apart(it.number)
        ]
        exact = ((value, it) for value in (one.whole, *self.slips) for it in told.exact.get(value, ()))
        coarse = ((value, it) for it in told.coarse for value in self._between(it.low, it.high))
        for value, it in sorted((*exact, *coarse), key=lambda pair: pair[1].number.at):
            if self._is_apart(it.number):
                yield value, Given(Says.TOLD, ELSEWHERE, it.low * one.step, it.high * one.step, (it.number,))

    def _is_apart(self, other: Number) -> bool:
        """Whether another number stands in another paragraph, or in a table."""
        return other is not self.one and (self.one.place is None or other.block != self.one.block)

    def _hits(self, found: Iterable[Bearing]) -> Iterator[tuple[int, Given]]:
        """The number, or slips of it, that is between the two values of what is given."""
        whole, step = self.one.whole, self.one.step
        least, most, near, far_off = whole / _TEN, whole * _TEN, whole / _AROUND, whole * _AROUND
        for bearing in found:
            how, far, low, high, _ = bearing
            low, high = low / step, high / step
            middle = (low + high) / 2
            if not least <= middle <= most:
                continue
            if near <= middle <= far_off:
                self._widths[how].append((far, high - low, round(middle, 1)))
            for value in self._between(low, high):
                yield value, Given(*bearing)

    def _between(self, low: float, high: float) -> Iterable[int]:
        """The number itself, if it lies there, and its slips that do."""
        whole, slips = self.one.whole, self.slips
        first, last = ceil(low - self._slack), floor(high + self._slack)
        if first >= last:
            return (first,) if first == last and (first == whole or first in slips) else ()
        inside = range(first, last + 1)
        fit = filter(slips.__contains__, inside) if len(inside) <= _MANY else filter(inside.__contains__, slips)
        return (whole, *fit) if whole in inside else tuple(fit)


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


def slips_of(whole: int) -> dict[int, str]:
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
