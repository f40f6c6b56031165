"""How one series of numbers is worked out of others, found by the numbers themselves.

A series is a column of a table seen row by row, or a row seen column by column. A relation is believed only where
it holds at nearly all places at which it says something: then a place where it does not is a slip. Words (a head
that says “tỷ lệ”) lower what is asked; they never do without the numbers.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from math import log10

from graphs.checks.reading.arithmetic import is_rate_slip, like_a_mean, places_of

Values = Sequence[Decimal | None]
#: Numbers by series and place.
Asked = Mapping[tuple[int, int], Decimal]
_HUNDRED = Decimal(100)
_HALF = _ROUNDED = Decimal("0.5")
_NOTHING = Decimal(0)
_SAMPLE = 24
#: Amounts from here on may be rounded.
_MONEY = 10_000
#: A number asked for in two ways tells as much as so many places.
CONFIRMED = 2
#: Rates worked out of the rounded numbers beside them to so many digits in all are all worked out so.
_EXACT = 3
#: From so many places for each failure on a failure is a fault.
_SURE = 3


class Kind(StrEnum):
    """What is done with the operands."""

    SUM = "sum"
    DIFFERENCE = "difference"  # first less second
    BALANCE = "balance"  # first with second, less third: what there was, came and went
    RATE = "rate"  # first in per cent of second
    GROWTH = "growth"  # by how many per cent first is more than second
    PRODUCT = "product"
    MEAN = "mean"  # first by second
    MEAN_TEN = "mean, tenfold"  # tấn by ha in tạ
    MEAN_THOUSAND = "mean, a thousandfold"  # tỷ by things in triệu


#: What a quotient is multiplied with to be printed.
FACTORS = {
    Kind.RATE: _HUNDRED,
    Kind.GROWTH: _HUNDRED,
    Kind.MEAN: Decimal(1),
    Kind.MEAN_TEN: Decimal(10),
    Kind.MEAN_THOUSAND: Decimal(1000),
}
MEANS = (Kind.MEAN, Kind.MEAN_TEN, Kind.MEAN_THOUSAND)
#: A mean tells something where its last place is so small a part of it.
_FINE = 20


@dataclass(frozen=True, slots=True)
class Relation:
    """The series `result` is worked out of the series `operands`."""

    kind: Kind
    result: int
    operands: tuple[int, ...]

    @property
    def members(self) -> frozenset[int]:
        """All series that it ties together."""
        return frozenset((self.result, *self.operands))


@dataclass(frozen=True, slots=True)
class Tested:
    """A relation with the places where it holds and where it fails.

    `telling` counts places that differ and show it; `weight` is how many digits agree there, each of them one
    chance in ten against it.
    """

    relation: Relation
    held: tuple[int, ...]
    failed: tuple[int, ...]
    telling: int
    weight: float
    #: At how many of the places where it fails it holds with the number that other sums ask for.
    confirmed: int = 0
    #: Where it fails only because all else is worked out of the rounded numbers as they stand.
    near: tuple[int, ...] = ()
    #: At how many of the places that tell something a quotient is printed with decimals.
    fine: int = 0
    #: At how many places it does not hold for what stands there is another thing: a mean or a rate among sums.
    among: int = 0

    @property
    def sure(self) -> bool:
        """Whether so much speaks for the relation that a failure is a fault, not only something to look at."""
        return self.telling + CONFIRMED * self.confirmed >= _SURE * max(1, len(self.failed) - len(self.near))


def half_unit(value: Decimal) -> Decimal:
    """By how much a printed number may differ from what was rounded to it; whole numbers are exact.

    >>> half_unit(Decimal("5.20")), half_unit(Decimal("5.2")), half_unit(Decimal(5))
    (Decimal('0.005'), Decimal('0.05'), Decimal('0'))
    """
    if value.same_quantum(_HUNDRED):
        return _NOTHING  # most are whole, and to take a number apart costs more than all else here
    exponent = value.as_tuple().exponent
    return _half_of(exponent) if isinstance(exponent, int) and exponent < 0 else _NOTHING


@lru_cache(maxsize=64)
def _half_of(exponent: int) -> Decimal:
    # Not kept by the number: 5.20 and 5.2 are one key, and printed to different places.
    return Decimal(1).scaleb(exponent) * _HALF


def work_out(kind: Kind, operands: Values) -> tuple[Decimal, Decimal] | None:
    """What the operands come to, and by how much their own rounding may move it; None where it cannot be said.

    >>> work_out(Kind.RATE, (Decimal(3), Decimal(4))), work_out(Kind.SUM, (Decimal(3), None))
    ((Decimal('75.00'), Decimal('0')), (Decimal('3'), Decimal('0')))
    >>> work_out(Kind.RATE, (Decimal(3), Decimal(0))) is None
    True
    """
    if kind is Kind.SUM:
        there = [value for value in operands if value is not None]
        return (sum(there, Decimal(0)), sum(map(half_unit, there), Decimal(0))) if there else None
    if kind is Kind.BALANCE:
        was, came, went = (value or Decimal(0) for value in operands)
        return (was + came - went, sum(map(half_unit, (was, came, went)), Decimal(0))) if operands[0] else None
    first, second = operands
    if first is None or second is None:
        return None
    if kind is Kind.DIFFERENCE:
        return first - second, half_unit(first) + half_unit(second)
    if kind is Kind.PRODUCT:
        return first * second, abs(first) * half_unit(second) + abs(second) * half_unit(first)
    if not second:
        return None
    exact = first / second * FACTORS[kind]
    slack = abs(exact) * (_relative(first) + _relative(second))
    return (exact - _HUNDRED if kind is Kind.GROWTH else exact), slack if slack else Decimal(0)


def _relative(value: Decimal) -> Decimal:
    return half_unit(value) / abs(value) if value else Decimal(0)


def agrees(kind: Kind, worked: tuple[Decimal, Decimal], printed: Decimal, signless: bool = False) -> bool:
    """Whether a printed number is what was worked out, rounded or cut to its places."""
    exact, slack = worked
    if kind in FACTORS:
        unit = Decimal(1).scaleb(-places_of(str(printed)))
        away = abs(abs(exact) - abs(printed)) if signless else abs(exact - printed)
        return away < unit + slack
    if kind is Kind.PRODUCT:
        slack += half_unit(printed) + _round_sum(printed)
    else:
        slack += half_unit(printed)
    away = abs(abs(exact) - abs(printed)) if signless else abs(exact - printed)
    return away <= slack


def in_words(kind: Kind, operands: Sequence[str]) -> str:
    """What is worked out, as one writes it.

    >>> in_words(Kind.BALANCE, ("876,2", "184,5", "62,4")), in_words(Kind.RATE, ("3", "4"))
    ('876,2 + 184,5 - 62,4', '3 / 4')
    """
    signs = _SIGNS.get(kind, (" / ",))
    return "".join((signs[(at - 1) % len(signs)] if at else "") + operand for at, operand in enumerate(operands))


_SIGNS = {
    Kind.SUM: (" + ",),
    Kind.DIFFERENCE: (" - ",),
    Kind.BALANCE: (" + ", " - "),
    Kind.GROWTH: (" so với ",),
    Kind.PRODUCT: (" × ",),
}


def _round_sum(printed: Decimal) -> Decimal:
    """Half of the last place that is no zero, at most 500: large amounts of money are rounded to thousands."""
    if abs(printed) < _MONEY:
        return Decimal(0)
    zeros, whole = 0, int(printed)
    while zeros < 3 and whole % 10 == 0:
        whole, zeros = whole // 10, zeros + 1
    return Decimal(10**zeros) * _HALF if zeros else Decimal(0)


def try_out(
    relation: Relation,
    series: Sequence[Values],
    places: Sequence[int],
    signless: bool = False,
    odd: Container[int] = (),
) -> Tested:
    """Where a relation holds and fails; it tells something where it is no matter of course.

    At an `odd` place, one of rates or of differences among things, it need not hold: only a slip is a failure.
    """
    held, failed, told = [], [], set()
    near: list[int] = []
    printed_exactly, among = 0.0, 0
    result = series[relation.result]
    for count, at in enumerate(places):
        printed = result[at]
        values = [series[one][at] for one in relation.operands]
        worked = None if printed is None else work_out(relation.kind, values)
        if worked is None or printed is None:
            continue
        if agrees(relation.kind, worked, printed, signless):
            held.append(at)
            if _tells(relation.kind, values, printed):
                told.add((printed, *values))
                chance = _chance(relation.kind, worked, printed, signless)
                printed_exactly += chance
                if not chance and worked[1]:
                    near.append(at)
        elif _is_other(relation.kind, worked[0], values, printed) or (
            at in odd and not is_rate_slip(worked[0], str(printed))
        ):
            among += 1
        else:
            failed.append(at)
        if count == _SAMPLE and len(failed) + among > len(held):
            break
    results = [printed for printed, *_ in told if printed is not None]
    weight = sum(log10(max(abs(printed), Decimal(1))) for printed in results)
    fine = sum(places_of(str(printed)) > 0 for printed in results)
    if len(near) == 1 and printed_exactly * 2 >= _EXACT * (2 + len(failed)):
        held.remove(near[0])
        told.discard((result[near[0]], *(series[one][near[0]] for one in relation.operands)))
        failed.append(near[0])
    else:
        near.clear()
    return Tested(
        relation, tuple(held), tuple(failed), len(told), weight, near=tuple(near), fine=fine, among=among
    )


def _is_other(kind: Kind, exact: Decimal, values: Values, printed: Decimal) -> bool:
    """Whether a number is surely not worked out so: it lies among those it would be the sum of.

    A whole of shares, 100.1, may be what rounded shares come to.
    """
    if kind is Kind.RATE and exact == _HUNDRED:
        return abs(printed - exact) <= _ROUNDED
    return kind is Kind.SUM and like_a_mean(printed, [value for value in values if value is not None])


def _chance(kind: Kind, worked: tuple[Decimal, Decimal], printed: Decimal, signless: bool) -> float:
    """How many digits of a rate are those of the rounded numbers it stands beside; none where some are not."""
    if kind not in (Kind.RATE, Kind.GROWTH) or not agrees(kind, (worked[0], Decimal(0)), printed, signless):
        return 0.0
    unit = Decimal(1).scaleb(-places_of(str(printed)))
    return log10((worked[1] + unit) / unit)


def _tells(kind: Kind, values: Values, printed: Decimal) -> bool:
    """Whether numbers that agree show the relation, and would not agree anyhow."""
    there = [value for value in values if value]
    if kind is Kind.SUM:
        return len(there) >= 2
    if kind is Kind.BALANCE:
        return len(there) >= 2 and printed != values[0]
    if len(there) < 2 or not printed:
        return False
    if kind is Kind.PRODUCT:
        return all(value != 1 for value in there)
    if kind in MEANS:
        return values[1] != 1 and abs(printed) >= _FINE * Decimal(1).scaleb(-places_of(str(printed)))
    return kind is Kind.DIFFERENCE or printed != _HUNDRED
