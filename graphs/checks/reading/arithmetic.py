"""Printed numbers compared as readers would: rounding and truncation to the printed places are no fault."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from itertools import combinations

_LONG, _SEVERAL, _SWAPPED = 5, 3, 2
#: Of so many numbers one is a mean, and what they come to is at least so many times the largest.
_AMONG, _MORE = 2, Decimal("1.3")
#: How many slips of a digit, and of a number of two digits, are reckoned with.
_TYPED, _FEW = 54, 3.5
_HUNDRED = Decimal(100)


def places_of(printed: str) -> int:
    """Decimal places of a value: 2 for ``87.92``."""
    return len(printed.partition(".")[2])


def rounds_to(exact: Decimal, printed: str) -> bool:
    """Whether an exact value, rounded or cut to the printed places, is what is printed.

    >>> rounds_to(Decimal(183) / Decimal(293) * 100, "62.46"), rounds_to(Decimal("91.6666"), "91.66")
    (True, True)
    >>> rounds_to(Decimal("62.457"), "62.4"), rounds_to(Decimal("62.457"), "63")
    (True, False)
    """
    unit = Decimal(1).scaleb(-places_of(printed))
    value = Decimal(printed)
    return any(exact.quantize(unit, mode) == value for mode in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN))


def rounded_twice(exact: Decimal, printed: str) -> bool:
    """Whether a value was rounded to one more place before: the last place is off by one, the value is not.

    >>> rounded_twice(Decimal("41.2463"), "41.3"), rounded_twice(Decimal("41.22"), "41.3")
    (True, False)
    """
    unit = Decimal(1).scaleb(-places_of(printed))
    return exact.quantize(unit / 10, ROUND_HALF_UP).quantize(unit, ROUND_HALF_UP) == Decimal(printed)


def percent(part: str, whole: str) -> Decimal | None:
    """What per cent `part` is of `whole`; None where the whole is nothing."""
    bottom = Decimal(whole)
    return Decimal(part) / bottom * _HUNDRED if bottom else None


@lru_cache(maxsize=8192)
def decimal(value: str | None) -> Decimal | None:
    """The number of a decimal string; None for none."""
    if value is None:
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def read_number(printed: str) -> Decimal:
    """The number that is printed with points between thousands and a comma before decimals.

    >>> read_number("1.234,50"), read_number("98")
    (Decimal('1234.50'), Decimal('98'))
    """
    return Decimal(printed.replace(".", "").replace(",", "."))


def show(value: Decimal, places: int = 2) -> str:
    """A number as Vietnamese papers print it.

    >>> show(Decimal("1763")), show(Decimal("87.923")), show(Decimal("1234567.5"))
    ('1.763', '87,92', '1.234.567,5')
    """
    rounded = value.quantize(Decimal(1).scaleb(-places)) if value != value.to_integral() else value.to_integral()
    text = f"{rounded:,f}"
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def mistyped(total: Decimal, values: Sequence[Decimal]) -> bool:
    """Whether one of the numbers, typed otherwise, makes the values add up to the total.

    >>> mistyped(Decimal(402310), [Decimal(78460), Decimal(381250), Decimal(5600)])
    True
    """
    apart = total - sum(values, Decimal(0))
    return is_slip(total, total - apart) or any(is_slip(value, value + apart) for value in values)


def like_a_mean(total: Decimal, values: Sequence[Decimal]) -> bool:
    """Whether a number lies among others as a mean, a rate or a level of them does, far under what they come to.

    A sum with a digit typed wrong may lie there too, or a whole number taken over from what stands beside it.

    >>> like_a_mean(Decimal("16.4"), [Decimal("16.5"), Decimal(17), Decimal("15.7")])
    True
    >>> like_a_mean(Decimal(913), [Decimal(920), Decimal(15)]), like_a_mean(Decimal(42), [Decimal(40)] * 2)
    (False, False)
    """
    there = [value for value in values if value]
    if len(there) < _AMONG or not min(there) <= total <= max(there):
        return False
    if min(there) > 0 and sum(there) < max(there) * _MORE:
        return False
    places = max(places_of(str(value)) for value in (total, *there))
    if not places and total in (there[0], there[-1]):
        return False
    whole, *parts = (value.scaleb(places).quantize(Decimal(1)) for value in (total, *there))
    return not mistyped(whole, parts)


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether one whole number may be the other mistyped: a digit changed, or two that stand side by side.

    >>> (
    ...     is_slip(Decimal(318250), Decimal(381250)),
    ...     is_slip(Decimal(2145), Decimal(2146)),
    ...     is_slip(Decimal(21), Decimal(35)),
    ... )
    (True, True, False)
    """
    return slip(str(one), str(other)) > 0


def is_typing_slip(one: Decimal, other: Decimal) -> bool:
    """Whether one number may be the other mistyped: a slip as before, or a digit put in or left out.

    >>> is_typing_slip(Decimal(8), Decimal(18)), is_typing_slip(Decimal("9.4"), Decimal("4.9"))
    (True, True)
    >>> is_typing_slip(Decimal(8), Decimal(25))
    False
    """
    first, second = (format(value.normalize(), "f") for value in (one, other))
    if slip(first.replace(".", ""), second.replace(".", "")) and first.find(".") == second.find("."):
        return True
    short, long = sorted((first, second), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def is_rate_slip(exact: Decimal, printed: str) -> bool:
    """Whether a printed rate may be the exact one mistyped: one digit changed, or two neighbours swapped.

    >>> is_rate_slip(Decimal("48.474"), "84.47"), is_rate_slip(Decimal("52.89"), "62.9")
    (True, True)
    >>> is_rate_slip(Decimal("48.474"), "48.47"), is_rate_slip(Decimal("48.474"), "31.25")
    (False, False)
    """
    places, told = places_of(printed), Decimal(printed)
    unit = Decimal(1).scaleb(-places)
    near = {exact.quantize(unit, mode) for mode in (ROUND_HALF_UP, ROUND_DOWN)}
    whole = [int(one.scaleb(places)) for one in (told, *near)]
    return told not in near and any(is_slip(Decimal(one), Decimal(whole[0])) for one in whole[1:])


def is_swapped(one: Decimal, other: Decimal) -> bool:
    """Whether two whole numbers differ by two digits side by side that changed places."""
    return slip(str(one), str(other)) == _SWAPPED


def slip(one: str, other: str) -> int:
    """1 where a digit differs, 2 where two side by side changed places, else 0.

    >>> slip("1672", "1662"), slip("2145", "2154"), slip("21", "35"), slip("21", "21")
    (1, 2, 0, 0)
    """
    apart = _apart(one, other)
    if len(apart) == 2 and apart[1] == apart[0] + 1:
        low, high = apart
        return _SWAPPED if (one[low], one[high]) == (other[high], other[low]) else 0
    return 1 if len(apart) == 1 else 0


def digits_swapped(one: Decimal, other: Decimal) -> bool:
    """Whether two digits side by side changed places, in numbers with decimals too.

    >>> digits_swapped(Decimal("93.5"), Decimal("95.3")), digits_swapped(Decimal("93.5"), Decimal("953"))
    (True, False)
    """
    if one == other:
        return False
    places = max(0, *(-int(value.as_tuple().exponent) for value in (one, other)))
    return is_swapped(*(Decimal(int(value.scaleb(places))) for value in (one, other)))


def digits_exchanged(one: Decimal, other: Decimal) -> bool:
    """Whether two digits of a long whole number changed places that do not stand side by side.

    >>> digits_exchanged(Decimal(15408), Decimal(15804)), digits_exchanged(Decimal(408), Decimal(804))
    (True, False)
    """
    first, second = str(one), str(other)
    apart = _apart(first, second)
    return (
        len(first) >= _LONG
        and len(apart) == 2
        and (first[apart[0]], first[apart[1]]) == (second[apart[1]], second[apart[0]])
    )


def _apart(first: str, second: str) -> list[int]:
    """Where the digits of two whole numbers of one length differ; none for others."""
    if len(first) != len(second) or not (first.isdigit() and second.isdigit()):
        return []
    return [at for at in range(len(first)) if first[at] != second[at]]


def slip_by_chance(one: Decimal, other: Decimal) -> float | None:
    """How likely another number of as many digits is one mistyped: two digits changed places, or one is another.

    None where it is not so. Zeros at the end are no digits. A single digit that differs counts as more likely than
    it is: numbers of things that belong together lie close to each other.

    >>> slip_by_chance(Decimal(4986), Decimal(4896)), slip_by_chance(Decimal("93.5"), Decimal("98.2"))
    (0.0003333333333333333, None)
    """
    first, second = digits_of(one), digits_of(other)
    size = max(len(first), len(second))
    first, second = first.ljust(size, "0"), second.ljust(size, "0")
    apart = [place for place in range(size) if first[place] != second[place]]
    if one.adjusted() != other.adjusted():
        return None
    of_its_length = float(9 * 10 ** (size - 1))
    if len(apart) == 1 and size >= _SEVERAL:
        return _TYPED * size / of_its_length
    if len(apart) == 2 and first[apart[0]] + first[apart[1]] == second[apart[1]] + second[apart[0]]:
        if apart[1] == apart[0] + 1:
            return (size - 1 if size > 2 else _FEW) / of_its_length
        if size > _SEVERAL:
            return size * (size - 1) / of_its_length
    return None


def digits_printed(printed: str) -> int:
    """How many digits a number is told with, but for noughts before it.

    >>> digits_printed("0,85"), digits_printed("1.250.000")
    (2, 7)
    """
    return len("".join(filter(str.isdecimal, printed)).lstrip("0"))


def digits_of(value: Decimal) -> str:
    """The digits of a number from its first to its last that is not 0."""
    return f"{value:f}".replace(".", "").strip("-0")


def alike(values: Iterable[tuple[object, str, int]]) -> set[tuple[int, int]]:
    """The pairs, by their keys, of digits of one kind that are equal or of which one is the other mistyped.

    >>> sorted(alike([("", "4986", 0), ("", "4896", 1), ("", "4916", 2)]))
    [(0, 1), (0, 2)]
    """
    found: dict[tuple[object, str], list[int]] = defaultdict(list)
    for kind, digits, key in values:
        for form in _forms(digits):
            found[kind, form].append(key)
    return {
        (min(pair), max(pair))
        for keys in found.values()
        if len(keys) > 1
        for pair in combinations(dict.fromkeys(keys), 2)
    }


def _forms(digits: str) -> Iterator[str]:
    """What digits have in common with those of which one is another, or two changed places."""
    yield digits
    size = len(digits) + 1
    padded = digits + "0"
    for at in range(size if size > _SEVERAL else 0) or range(size - 1, size):
        yield f"{padded[:at]}*{padded[at + 1 :]}".rstrip("0")
    for at, other in combinations(range(size), 2):
        if (other == at + 1 or size > _SEVERAL) and padded[at] != padded[other]:
            low, high = sorted((padded[at], padded[other]))
            yield f"{padded[:at]}({low}{padded[at + 1 : other]}{high}){padded[other + 1 :].rstrip('0')}"


def slipped(digits: str) -> Iterator[int]:
    """The numbers of as many digits that a slip makes of one: a digit changed, or two side by side swapped.

    >>> 21 in slipped("12"), 13 in slipped("12"), 33 in slipped("12")
    (True, True, False)
    """
    for at, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit and (at or other != "0" or len(digits) == 1):
                yield int(digits[:at] + other + digits[at + 1 :])
        if at and digits[at - 1] != digit:
            yield int(digits[: at - 1] + digit + digits[at - 1] + digits[at + 1 :])
