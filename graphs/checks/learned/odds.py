"""How much likelier a number is for a slip in working it out, or in a term, than by itself.

A slip changes a digit or swaps two; of a number of four digits there are some forty such, and nine thousand that a
number of its own may be. Zeros at the end tell nothing: numbers of their own are round too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphs.checks.learned.worked_out import MOST_SHIFTED, Supposed, Way, amounts, is_shifted
from graphs.checks.reading.arithmetic import slip, slipped
from graphs.checks.reading.placed import Placed

#: Of faults: a digit of the number, two swapped in it, its comma, a digit of a term, two swapped there, any other.
_DIGIT, _SWAP, _COMMA, _TERM, _TERM_SWAP, OTHER = 0.5, 0.3, 0.15, 0.3, 0.1, 0.08
#: A rate that is one off in its last place was rounded twice.
_ROUNDED = 0.01
#: What is less is not all of something, however it is rounded.
_ALL = 99.5
_NINE, _TEN = 9, 10.0
_SLACK = 0.01


def odds_of_slip(one: Supposed) -> float:
    """How much likelier the number is for a slip than by itself.

    It is more than 1 only where a digit, or two that changed places, explain it.
    """
    told = one.told
    printed, exact = _digits(told.value, told), one.exact / told.step
    if told.sort == "%" and told.told_as(100) and len(one.terms) == 1:
        return 1.0 if one.exact < _ALL else _ROUNDED
    if (told.sort in ("%", "times") or one.way is Way.MEAN) and abs(exact - int(printed)) <= 1 + 1e-4:
        return _ROUNDED
    length = len(printed)
    own = _NINE * _TEN ** (min(length, len(printed.rstrip("0")) + 1) - 1)
    best = OTHER
    for near in {str(round(exact)), str(int(exact))}:
        kind = slip(printed, near)
        if kind == 1:
            best = max(best, _DIGIT * own / (_NINE * length))
        elif kind:
            best = max(best, _SWAP * own / (length - 1))
    if one.way is not Way.CHANGE and is_shifted(told, one.exact):
        best = max(best, _COMMA * own / (2 * MOST_SHIFTED))
    if one.way is Way.SUM:
        return max(best, *_of_parts(one, abs(round(exact) - int(printed)), length, own))
    return max(best, *_of_terms(one, own))


def _of_parts(one: Supposed, apart: int, length: int, own: float) -> tuple[float, ...]:
    most = max(length, *(len(_digits(part.value, part)) for part in one.terms))
    whole = str(apart).rstrip("0")
    ninth = str(apart // _NINE).rstrip("0") if apart % _NINE == 0 else ""
    return (
        _TERM * own / (2 * _NINE * most) if len(whole) == 1 else 0.0,
        _TERM_SWAP * own / (16 * most) if len(ninth) == 1 else 0.0,
    )


def _of_terms(one: Supposed, own: float) -> Iterator[float]:
    """What a slip in each of the terms makes likelier: how many other numbers slips of it would give."""
    values = amounts(one.way, one.told, one.terms)
    for at, term in enumerate(one.terms):
        other = values[1 - at] if len(values) > 1 else term.of or 0.0
        last = term.step * values[at] / (term.value or 1)
        yield _of_slip(one, own, values[at], last, _needed(one.way, at, one.told.value, one.told.step, other))
    if len(one.terms) == 1 and one.terms[0].of:
        needed = _needed(one.way, 1, one.told.value, one.told.step, one.terms[0].value)
        yield _of_slip(one, own, one.terms[0].of, one.terms[0].step, needed)


def _of_slip(one: Supposed, own: float, value: float, last: float, needed: Iterable[tuple[float, float]]) -> float:
    """What a slip in a value makes likelier, where it may make it what is needed; `last` is its last place."""
    # Few things are often counted otherwise: another small number is no slip.
    for wanted, slack in needed if last and value >= _TEN * last else ():
        apart, step = abs(wanted - value) / last, slack / last + _SLACK
        places, unit = 0, 1.0
        while unit <= value / last:
            places += unit >= step  # a change in a place before has no other result
            unit *= _TEN
        if _by_a_slip(apart, step) and any(
            abs(other * last - wanted) <= slack + _SLACK * last for other in slipped(str(round(value / last)))
        ):
            return _TERM * own / (_NINE * max(1, places))
    return 0.0


def _by_a_slip(apart: float, step: float) -> bool:
    """Whether a slip may make a whole number so much larger or smaller, give or take a step; quickly told."""
    unit = 1.0
    while unit <= apart + step:
        many = round(apart / unit)
        if abs(apart - many * unit) <= step and 0 < many < _NINE * _NINE and (many <= _NINE or many % _NINE == 0):
            return True
        unit *= _TEN
    return False


def _needed(way: Way, at: int, told: float, step: float, other: float) -> Iterator[tuple[float, float]]:
    """What a term would have to be for the number told, and how far from it."""
    if way is Way.CHANGE:
        yield other + told, step
        yield other - told, step
    elif way is Way.PRODUCT:
        yield (told / other, step / other) if other else (0.0, 0.0)
    elif way in (Way.TIMES, Way.MEAN):
        yield (other / told, other * step / told**2) if at else (told * other, step * other)
    else:
        for share in (told,) if way is Way.SHARE else (100 + told, 100 - told):
            if not at:
                yield share * other / 100, step * other / 100
            elif share > step:
                yield other / share * 100, other / (share - step) * 100 - other / share * 100


def _digits(value: float, place: Placed) -> str:
    return str(round(value / place.step))
