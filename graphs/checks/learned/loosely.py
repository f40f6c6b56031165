"""Numbers told in round words, and whether what they are worked out from may give them: ``hơn 2.580 hộ``.

Such a number lies on the side that its word tells, no further off than its last digit that is no nought reaches;
what is worked out from it lies somewhere as well.
"""

from __future__ import annotations

from itertools import product

from graphs.checks.learned.worked_out import Supposed, Way, amounts
from graphs.checks.reading.placed import Placed

#: So many times the last digit it may be less or more.
_WIDE, _TENTH = 1.5, 0.1
_MORE = frozenset(("hơn", "trên", "quá", "ngoài"))
_LESS = frozenset(("gần", "ngót", "dưới", "đầy"))
_ABOUT = frozenset(("khoảng", "chừng", "xấp", "xỉ", "cỡ", "độ"))
_ROUND = _MORE | _LESS | _ABOUT
#: Behind these words they compare: ``cao hơn 2.580``.
_COMPARED = frozenset(
    (
        *("cao", "thấp", "nhiều", "ít", "lớn", "nhỏ", "kém", "chậm", "nhanh", "sớm", "muộn", "dài", "ngắn"),
        *("đông", "tốt", "không"),
    )
)
_SLACK = 1e-9


def is_loose(place: Placed) -> bool:
    """Whether a number is told in a round word."""
    return between(place) is not None


def between(place: Placed) -> tuple[float, float] | None:
    """Between what a number lies that is told in a round word; None where it is told exactly."""
    words = place.before
    if len(words) < 2 or words[-2] in _COMPARED:  # "187 trên 214 hộ" is a part of a whole
        return None
    last = words[-1]
    if last not in _ROUND:
        return None
    reach = min(_last_place(place), _TENTH * place.value)
    if last in _MORE:
        return place.value, place.value + _WIDE * reach
    if last in _LESS:
        return place.value - _WIDE * reach, place.value
    return place.value - reach, place.value + reach


def may_give(one: Supposed) -> bool:
    """Whether a way may give its number, for one of them is told loosely."""
    told = between(one.told)
    terms = [between(term) for term in one.terms]
    if told is None and not any(terms):
        return False
    half = one.told.step / 2
    low, high = told or (one.told.value - half, one.told.value + half)
    given = [one.exact] if one.way is Way.SUM or len(one.terms) != len(terms) else list(_given(one, terms))
    slack = _SLACK * one.told.value
    return min(given) <= high + slack and max(given) >= low - slack


def _given(one: Supposed, terms: list[tuple[float, float] | None]) -> list[float]:
    """What a way gives at the ends of what its terms may be."""
    values = amounts(one.way, one.told, one.terms)
    ends = [
        [value * end / term.value for end in found] if found and term.value else [value]
        for value, term, found in zip(values, one.terms, terms, strict=True)
    ]
    return [_work(one, list(each)) for each in product(*ends)]


def _work(one: Supposed, values: list[float]) -> float:
    if len(values) == 1:
        return values[0] / (one.terms[0].of or values[0]) * 100
    first, second = values
    if one.way is Way.PRODUCT:
        return first * second
    if one.way is Way.CHANGE:
        return abs(first - second)
    ratio = first / second if second else 0.0
    if one.way is Way.SHARE:
        return ratio * 100
    return abs(ratio * 100 - 100) if one.way is Way.GROWTH else ratio


def _last_place(place: Placed) -> float:
    """What one in the last digit is worth that is no nought."""
    many = round(place.value / place.step)
    noughts = len(str(many)) - len(str(many).rstrip("0")) if many else 0
    return place.step * 10.0**noughts
