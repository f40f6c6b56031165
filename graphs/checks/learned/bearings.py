"""What the other numbers of a paper say that one is: told again, a sum, a rest, a share, a mean of them.

Words are hardly asked. Most of what numbers make of each other is chance: how much of it tells
`graphs.checks.learned.by_chance`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import accumulate, combinations
from typing import NamedTuple

from graphs.checks.learned.in_lines import ELSEWHERE, PARAGRAPH, SENTENCE, Lines, Number


class Says(StrEnum):
    """How other numbers give one."""

    TOLD = "told"
    ROW = "row"  # in a row of a table that tells a number beside it too
    ROW_LESS = "row less"  # one less another of such a row
    RATE = "rate"  # a share of two
    GROWTH = "growth"  # by how many per cent one is more than another
    POINTS = "points"  # rates together or apart
    PLUS = "plus"  # two together
    LESS = "less"  # one less another
    RUN = "run"  # several one after another, or what they leave of a total
    PART = "part"  # so many per cent of another
    WHOLE = "whole"  # what another is so many per cent of
    GROWN = "grown"  # another, and so many per cent more or less
    MEAN = "mean"


class Given(NamedTuple):
    """That some numbers give one between two values, the farthest of them so far off."""

    how: Says
    far: int
    low: float
    high: float
    terms: tuple[Number, ...]


#: The same without its names: of all that is made, little is asked for again.
Bearing = tuple[Says, int, float, float, tuple[Number, ...]]

_CHANGES = frozenset(("tăng", "giảm", "vượt", "hụt", "hơn"))
_EACH = frozenset(("quân", "mỗi", "một"))
_ALL, _MOST_SHARE, _MOST_GROWTH, _MOST_PART, _MOST_FALL = 100.0, 400.0, 300.0, 150.0, 60.0
_LEAST_EACH, _RATES_NEAR, _COARSE, _SAME = 5, 3, 10.5, 1.01
#: What is so many times larger or smaller is looked at by nobody.
_FAR_OFF = 11
_PARTS, _WITHIN, _BEFORE_TOTAL, _BEHIND_TOTAL, _FIRST = 12, 8, 6, 4, 3


def givens(lines: Lines, one: Number) -> Iterator[Bearing]:
    """All that other numbers make that may be what a number is; that others tell it again is not looked at."""
    if one.place is None:
        return
    near = lines.near(one)
    yield from _in_rows(lines, one, near)
    if one.sort in ("%", "points"):
        yield from _points(one, [it for it in near if it[1].sort in ("%", "points")])
    if one.sort == "%":
        yield from _shares(lines, one, [it for it in near if it[1].sort not in ("%", "points")])
    else:
        alike = [_beside(one, away, other) for away, other in near if _alike(one, other)]
        yield from _sums(one, alike)
        yield from _runs(one, alike)
        yield from _of_rates(lines, one, near, alike)
        yield from _means(lines, one, [it for it in near if it[1].sort not in ("%", "points")])


def _in_rows(lines: Lines, one: Number, near: Sequence[tuple[int, Number]]) -> Iterator[Bearing]:
    """What stands in rows of tables that tell a number of the paragraph, and by how much two of them differ."""
    scale = one.place.scale if one.place else 1.0
    for away, other in near:
        if away > PARAGRAPH or other.is_name:
            continue
        for row in lines.rows(other):
            fit = [cell for cell in row if cell.sort == one.sort or not cell.unit]
            for cell in fit:
                value = cell.plain * scale
                yield Says.ROW, away, value, value, (cell, other)
            for first, second in combinations([it for it in (other, *fit) if _alike(it, other)], 2):
                value = abs(first.plain - second.plain) * scale
                yield Says.ROW_LESS, away, value, value, tuple(dict.fromkeys((first, second, other)))


def _alike(one: Number, other: Number) -> bool:
    """Whether two numbers count or measure alike, as far as their units say; per cent is nothing of that.

    What looks like a ratio without a unit may be a day.
    """
    if "%" in (one.sort, other.sort):
        return False
    if bool(one.unit) != bool(other.unit):
        bare = other if one.unit else one
        return not (bare.place and bare.place.figure.of)
    return one.sort == other.sort


def _value(one: Number, beside: Number) -> float:
    """What a number is worth beside another one; where one of them has no unit it is told in that of the other."""
    if one.place is None or beside.place is None or bool(one.unit) == bool(beside.unit):
        return one.value
    return one.value * beside.place.scale / one.place.scale


class _Beside(NamedTuple):
    """A number near another one, how far it stands, what it and one of its last place are worth beside it.

    The nearest are told first.
    """

    far: int
    number: Number
    value: float
    step: float


def _beside(one: Number, away: int, other: Number) -> _Beside:
    value = _value(other, one)
    return _Beside(away, other, value, other.step * value / other.value)


def _shares(lines: Lines, one: Number, counts: Sequence[tuple[int, Number]]) -> Iterator[Bearing]:
    half, changed = one.step / 2, not _CHANGES.isdisjoint(one.before)
    for away, part in counts:
        for off, whole in counts:
            if part is whole or not _alike(part, whole):
                continue
            share = _value(part, whole) / _value(whole, part) * _ALL
            if share <= _MOST_SHARE:
                yield Says.RATE, max(away, off), share - half, share + half, (part, whole)
            if changed and abs(share - _ALL) <= _MOST_GROWTH:
                growth = abs(share - _ALL)
                yield Says.GROWTH, max(away, off), growth - half, growth + half, (part, whole)
    done = {whole.value for _, whole in counts}
    before = [part for away, part in counts if away == SENTENCE and part.at < one.at]
    for part in before[:2]:  # of a whole that is told elsewhere
        for whole in lines.of_sort[part.sort]:
            same = whole.unit == part.unit or (whole.cell and not whole.unit)
            if same and whole.value > part.value and whole.value not in done and not whole.is_name:
                done.add(whole.value)
                share = part.value / whole.value * _ALL
                yield Says.RATE, ELSEWHERE, share - half, share + half, (part, whole)


def _points(one: Number, rates: Sequence[tuple[int, Number]]) -> Iterator[Bearing]:
    slack = one.step / 4
    for at, (away, first) in enumerate(rates):
        for _, second in rates[:at]:
            ways = (abs(first.value - second.value), first.value + second.value)
            for value in ways:
                yield Says.POINTS, away, value - slack, value + slack, (first, second)
        if one.sort == first.sort == "%" and away == SENTENCE:
            rest = _ALL - first.value
            yield Says.POINTS, away, rest - slack, rest + slack, (first,)


def _sums(one: Number, alike: Sequence[_Beside]) -> Iterator[Bearing]:
    most, slack = _roughest(one), one.step / 10
    fine = [it for it in alike if it.step <= most]
    for at, (far, first, value, _) in enumerate(fine):
        other_noun = first.noun if one.noun and one.noun != first.noun else ""
        for _, second, other, _ in fine[:at]:
            pair, total, apart = (first, second), value + other, abs(value - other)
            yield Says.PLUS, far, total - slack, total + slack, pair
            # Three things leave nothing of each other.
            if not other_noun or second.noun in ("", one.noun, other_noun):
                yield Says.LESS, far, apart - slack, apart + slack, pair


def _roughest(one: Number) -> float:
    """What is told more roughly than that is no term of a sum with a number."""
    return one.step * (_COARSE if one.sort else _SAME)


def _runs(one: Number, alike: Sequence[_Beside]) -> Iterator[Bearing]:
    """Three numbers or more one after another; and what those on both sides of one leave of a total."""
    most, slack = _roughest(one), one.step / 10
    row = sorted((it for it in alike if it.step <= most), key=lambda it: it.number.at)
    before = sum(it.number.at < one.at for it in row)
    numbers, aways = tuple(it.number for it in row), [it.far for it in row]
    sums = list(accumulate((it.value for it in row), initial=0.0))
    for first in range(len(row)):
        for last in range(first + 3, min(len(row), first + _PARTS) + 1):
            if first < before < last:
                break
            total = sums[last] - sums[first]
            yield Says.RUN, max(aways[first:last]), total - slack, total + slack, numbers[first:last]
    for first in range(max(0, before - _WITHIN), before + 1):
        for last in range(max(before, first + 2), min(len(row), first + _PARTS) + 1):
            others, farthest = sums[last] - sums[first], max(aways[first:last])
            for whole in (*row[max(0, first - _BEFORE_TOTAL) : first], *row[last : last + _BEHIND_TOTAL]):
                rest = whole.value - others
                if rest > 0:
                    terms = (whole.number, *numbers[first:last])
                    yield Says.RUN, max(whole.far, farthest), rest - slack, rest + slack, terms


def _of_rates(
    lines: Lines, one: Number, near: Sequence[tuple[int, Number]], alike: Sequence[_Beside]
) -> Iterator[Bearing]:
    """What the rates beside a number make of others, near it or elsewhere."""
    rates = [it for away, it in near if it.sort == "%" and away == SENTENCE and _goes_with(it, one)]
    if not rates:
        return
    least, most = one.value / _FAR_OFF, one.value * _FAR_OFF
    pool = [(it.far, it.value, it.number) for it in alike]
    known = {it.number.value for it in alike}
    for other in lines.of_sort[one.sort]:
        same = other.unit == one.unit or (other.cell and not other.unit)
        if same and other is not one and other.value not in known and not other.is_name:
            known.add(other.value)
            pool.append((ELSEWHERE, _value(other, one), other))
    for rate in rates:
        low, high = rate.value - rate.step / 2, rate.value + rate.step / 2
        if low <= 0:
            continue
        for off, value, other in pool:
            small, large = value * low / _ALL, value * high / _ALL
            if high <= _MOST_PART and small <= most and large >= least:
                yield Says.PART, off, small, large, (rate, other)
            small, large = value * _ALL / high, value * _ALL / low
            if small <= most and large >= least:
                yield Says.WHOLE, off, small, large, (rate, other)
            if off < ELSEWHERE:
                for sign in (1, -1) if high < _MOST_FALL else (1,):
                    more = sorted((_ALL + sign * low, _ALL + sign * high))
                    yield Says.GROWN, off, value * more[0] / _ALL, value * more[1] / _ALL, (rate, other)
                    yield Says.GROWN, off, value * _ALL / more[1], value * _ALL / more[0], (rate, other)


def _goes_with(rate: Number, one: Number) -> bool:
    """Whether a rate that is told exactly stands right beside a number."""
    if one.place is None or rate.place is None or rate.is_bound:
        return False
    return abs(one.place.rank - rate.place.rank) <= _RATES_NEAR


def _means(lines: Lines, one: Number, counts: Sequence[tuple[int, Number]]) -> Iterator[Bearing]:
    words = {*one.before, *one.behind, *one.unit.split()}
    if "/" not in one.unit and one.behind[:1] != ["/"] and _EACH.isdisjoint(words):
        return
    half = one.step / 2
    for away, total in counts:
        for off, many in counts:
            if away == SENTENCE and total is not many and many.value > 1 and many.sort == "":
                mean = total.value / many.value
                yield Says.MEAN, max(away, off), mean - half, mean + half, (total, many)
    done = {many.value for _, many in counts}
    beside = [total for away, total in counts[:_FIRST] if away == SENTENCE]
    for total in beside:
        for many in lines.of_sort[""]:
            if many.unit and many.value > _LEAST_EACH and many.value not in done and not many.is_name:
                done.add(many.value)
                mean = total.value / many.value
                yield Says.MEAN, ELSEWHERE, mean - half, mean + half, (total, many)
