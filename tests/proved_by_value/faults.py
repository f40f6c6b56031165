"""A fault before it is made: a place of a sound text, what it should become, what proves what it was."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from tests.proved_by_value.numbers import Number, Place, value_of
from tests.proved_by_value.pages import Printed


@dataclass(frozen=True)
class Proved:
    """A place of the sound text, what it should become, the places that prove what it was.

    `bound` are places that the fault makes wrong too: how many goals are met where one verdict is turned.
    """

    kind: str
    start: int
    end: int
    new: str
    proofs: tuple[Place, ...]
    bound: tuple[Place, ...] = ()


def other_number(number: Number, chance: random.Random, read: Printed, least: Decimal | None = None) -> str | None:
    """The number with another digit, a value that stands nowhere else and that no rounding explains."""
    digits = [at for at, letter in enumerate(number.printed) if letter.isdigit()]
    for _ in range(30):
        at = chance.choice(digits[1:] or digits)
        new = (
            number.printed[:at]
            + str((int(number.printed[at]) + chance.randint(1, 9)) % 10)
            + number.printed[at + 1 :]
        )
        value = value_of(new)
        if value and value not in read.values and abs(value - number.value) * number.scale > (least or 0):
            return new
    return None


def broken_number(
    kind: str,
    number: Number,
    proofs: Iterable[Number],
    chance: random.Random,
    read: Printed,
    least: Decimal | None = None,
) -> Iterator[Proved]:
    """A fault in a number, if a digit of it can be altered; `least` is what rounding may explain."""
    new = other_number(number, chance, read, least)
    if new:
        yield Proved(kind, number.start, number.end, new, tuple(proof.place for proof in proofs))


def broken_total(
    kind: str, whole: list[Number], chance: random.Random, read: Printed, *, rounded: bool = False
) -> Iterator[Proved]:
    """A fault in a total or one of its parts, beyond what rounding explains; none in noughts and ones alone."""
    large = [number for number in whole if number.value >= 2]
    if not large:
        return
    one = chance.choice(large)
    rounded = rounded or any(number.scale > 1 or "," in number.printed for number in whole)
    least = one.step * len(whole) / 2 if rounded else None
    yield from broken_number(kind, one, [number for number in whole if number != one], chance, read, least)
