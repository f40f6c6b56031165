"""The whole of a share that misses it by a digit: the larger number before its part, or the total that it names.

Only for shares that no number of the paper makes, and of so many digits that a slip does not come about by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.reading.arithmetic import digits_printed, is_rate_slip, percent
from graphs.checks.reading.moved import MONEY, head
from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import Stated, fits, value_as_printed
from graphs.checks.sums.some_of import PEOPLE
from kb.models import Figure

#: A total that a rate is said to be of.
_OF_TOTAL_RE = re.compile(r"\s*(?:của\s+|trên\s+|trong\s+)?tổng\s+(?P<of>[^\d,;.()%]{2,60})", re.IGNORECASE)
_TOTAL_RE = re.compile(r"\btổng\s+(?:số|cộng)?[^.;,%]{0,70}$", re.IGNORECASE)
_SHARE_RE = re.compile(
    r"[^.;()\d]{0,60}(?:\(\s*(?:đạt|chiếm|bằng|tỷ lệ|tương đương)?"
    r"|,\s*(?:đạt|chiếm|bằng|tương ứng(?: với)?|ứng với|tương đương|tức|tỷ lệ))\s*(?:tỷ lệ\s*)?",
    re.IGNORECASE,
)
#: People are counted under several nouns.
_PERSONS = PEOPLE | {"em", "trẻ", "trẻ em", "thí sinh", "sinh viên", "giáo viên", "công nhân", "bệnh nhân", "cháu"}
#: A share of so many digits; so far the words before a number reach; so many words of a name are shared.
_FINE, _NAME, _SHARED = 4, 90, 2
_ALL = Decimal(100)


def counts_alike(one: Figure, other: Figure) -> bool:
    """Whether two figures count one kind of thing: one unit, one noun, or people under two."""
    units = [(figure.unit or "").lower() for figure in (one, other)]
    if units[0] == units[1] or not all(units):
        return units[0] == units[1]
    nouns = [head(figure) for figure in (one, other)]
    if "%" in units or any(unit.split(" ")[0] in MONEY for unit in units):
        return False
    return nouns[0] == nouns[1] or all(_is_person(unit) for unit in units)


def _is_person(unit: str) -> bool:
    words = unit.split()
    return not _PERSONS.isdisjoint((words[0], " ".join(words[:2])))


def larger_before(where: Stated, part: Figure, rate: Figure, told: Sequence[Stated]) -> Figure | None:
    """The larger number of its noun before a count whose share no number makes, where a digit of the two would."""
    printed, at = value_as_printed(rate), where.figures.index(part)
    digits = digits_printed(printed)
    if digits < _FINE - 1 or not part.unit:
        return None
    if not _SHARE_RE.fullmatch(where.between(where.figures[where.figures.index(rate) - 1], rate)):
        return None
    larger = [
        one
        for one in where.figures[:at]
        if counts_alike(one, part) and not one.of and not one.bound and Decimal(one.value) > Decimal(part.value)
    ]
    everything = [one for place in told for one in place.figures if one is not part and one.unit != "%"]
    if not larger or any(_explains(part, one, rate) for one in everything):
        return None
    whole = larger[-1]
    exact = percent(part.value, whole.value)
    if exact is not None and is_rate_slip(exact, printed):
        return whole
    for one, other in () if digits < _FINE else ((part.value, whole.value), (whole.value, part.value)):
        for typed in _one_digit_off(one):
            tried = percent(typed, other) if one is part.value else percent(other, typed)
            if tried is not None and fits(tried, rate):
                return whole
    return None


def _explains(part: Figure, other: Figure, rate: Figure) -> bool:
    """Whether a rate is what a count is of another number, or by how much it is more or less."""
    exact = percent(part.value, other.value)
    return exact is not None and (fits(exact, rate) or fits(abs(exact - _ALL), rate))


def _one_digit_off(value: str) -> Iterator[str]:
    """The numbers that differ from one in a digit."""
    for at, digit in enumerate(value):
        if digit.isdigit():
            for other in "0123456789":
                if other != digit and not (at == 0 and other == "0"):
                    yield value[:at] + other + value[at + 1 :]


def total_named(where: Stated, part: Figure, rate: Figure, told: Sequence[Stated]) -> Figure | None:
    """The total that the words behind a rate name, where it makes the rate but for a digit.

    It stands in the same paragraph behind "tổng", or is called by those words elsewhere; those of its item may
    say the rest: ``Tiêm phòng đàn lợn: đã tiêm 520.800 con, đạt 84,0% tổng đàn``, where ``Đàn lợn 620.000 con``.
    """
    named = _OF_TOTAL_RE.match(where.text, where.end(rate))
    words = thing_words(named["of"]) - GENERAL if named else frozenset()
    if not words or not part.unit:
        return None
    ahead = words | thing_words(where.text[: where.start(part)])
    found = None
    for place in told:
        for figure in place.figures:
            if figure.of or figure is part or figure.bound or not counts_alike(figure, part):
                continue
            exact = percent(part.value, figure.value)
            if exact is None or exact >= _ALL:
                continue
            if fits(exact, rate):
                return None
            before = place.text[max(0, place.start(figure) - _NAME) : place.start(figure)]
            own = place is where and _TOTAL_RE.search(before)
            label = thing_words(f"{before} {_behind(place, figure)}")
            called = words <= label and len(ahead & label) >= _SHARED
            if (own or called) and is_rate_slip(exact, value_as_printed(rate)):
                found = found or figure
    return found


def _behind(where: Stated, figure: Figure) -> str:
    """The words behind a figure in its clause."""
    end = where.end(figure)
    return re.split(r"[;:(),.]|\d", where.text[end : end + _NAME])[0]
