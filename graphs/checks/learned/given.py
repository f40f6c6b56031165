"""Rates that are no plain share or growth, and what gives them: a rest, two numbers together, other rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from graphs.checks.learned.worked_out import CHANGE_REACH, Supposed, Way, comparable, near_of
from graphs.checks.reading.placed import Placed

_UP = frozenset(("tăng", "vượt"))
_YEARLY = frozenset(("quân", "hằng", "hàng", "mỗi"))
_YEARS = range(2, 11)
_MOST_FIGURES = 40
#: A rate of so many digits is given by no two numbers by chance.
_LONG = 100


def is_given(told: Placed, found: Sequence[Supposed], places: Sequence[Placed]) -> bool:
    """Whether a rate is one of what is left, of two together, of one farther off, or of other rates."""
    return is_given_by_counts(told, found, places) or is_given_by_rates(told, places)


def is_given_by_counts(told: Placed, found: Sequence[Supposed], places: Sequence[Placed]) -> bool:
    """Whether a rate is one of what is left, of two together, or of one farther off."""
    if told.sort != "%":
        return False
    near = list(near_of(told, places))
    shares = [one for one in found if one.way is Way.SHARE]
    for one in shares:
        if len(one.terms) == 2:
            part, whole = (term.value for term in one.terms)
            rest = whole - part
            turned = _UP.isdisjoint(told.before[-CHANGE_REACH:]) if one.exact < 100 else True
            ways = (
                abs(one.exact - 100) if turned else 0.0,
                part / (part + whole) * 100,
                part / abs(rest) * 100 if rest else 0.0,
            )
            yearly = not _YEARLY.isdisjoint(told.before[-CHANGE_REACH:])
            if any(map(told.told_as, ways)) or (yearly and _is_yearly(told, part, whole)):
                return True
    far = [one for one in places if one.sort != "%" and one.value and not one.is_name]
    for part in (one.value for one in near if one.sort != "%" and one.value and len(far) < _MOST_FIGURES):
        if any(told.told_as(part / one.value * 100) for one in far if one.at < told.at):
            return True
    if is_of_two(told, places):
        return True
    return told.told_as(100) and not any(len(one.terms) < 2 for one in shares)


def is_given_by_rates(told: Placed, places: Sequence[Placed]) -> bool:
    """Whether other rates beside a rate make it: what one leaves of all, two together, the one by the other."""
    near = near_of(told, places) if told.sort == "%" else ()
    rates = [one.value for one in near if one.sort in ("%", "points") and one.of is None and one.value]
    for at, rate in enumerate(rates):
        if told.told_as(100 - rate):
            return True
        for other in rates[:at] + rates[at + 1 :]:
            of_it = rate / other * 100
            if any(map(told.told_as, (of_it, abs(of_it - 100), abs(rate - other), rate + other))):
                return True
    return False


def is_of_two(told: Placed, places: Sequence[Placed]) -> bool:
    """Whether a rate is one of two numbers together, or of the one less the other: ``8.958 và 9.356, gộp lại``.

    The two stand side by side, before it or behind it, or the second behind it.
    """
    if told.sort != "%" or told.value / told.step < _LONG:
        return False
    counts = [one for one in near_of(told, places) if one.sort != "%" and one.of is None and one.value]
    return any(told.told_as(rate) for rate in _of_two(told, counts))


def _of_two(told: Placed, counts: Sequence[Placed]) -> Iterator[float]:
    for first, second in pairwise(counts):
        if not comparable(first, second) or told.sentence not in (first.sentence, second.sentence):
            continue
        for whole in counts:
            if whole in (first, second) or not comparable(first, whole):
                continue
            one, other, all_ = first.beside(whole), second.beside(whole), whole.beside(first)
            yield (one + other) / all_ * 100
            yield abs(one - other) / all_ * 100


def _is_yearly(told: Placed, later: float, earlier: float) -> bool:
    """Whether a rate is that of each of some years, by which a value becomes another one."""
    if later <= 0 or earlier <= 0:
        return False
    return any(told.told_as(abs((later / earlier) ** (1 / years) - 1) * 100) for years in _YEARS)


def is_mean_of_all(told: Placed, terms: Sequence[Placed]) -> bool:
    """Whether a number is a mean of all that a ratio is of: ``9/12 xã đạt; bình quân mỗi xã 17 tiêu chí``."""
    return any(
        told.told_as(total.value / count.of)
        for total in terms
        for count in terms
        if count is not total and count.of
    )


def is_mean_here(told: Placed, places: Sequence[Placed]) -> bool:
    """Whether a number of three digits or more is a mean of two numbers that its sentence tells before it."""
    if told.value / told.step < _LONG:
        return False
    here = [one for one in places[: told.at] if one.sentence == told.sentence and one.sort != "%" and one.value]
    counts = [one for one in here if one.sort in ("count", "") and one.value > 1 and one.of is None]
    totals = [one for one in here if comparable(one, told)]
    return any(told.told_as(total.value / count.value) for total in totals for count in counts)
