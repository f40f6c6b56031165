"""Figures of sentences that another place proves: told again, rates, means, totals, differences, directions."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import permutations

from tests.proved_by_value.faults import Proved, broken_number, broken_total
from tests.proved_by_value.numbers import Number, same_unit
from tests.proved_by_value.pages import Passage, Printed


def restated(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """A value told in two to four places that speak of one thing."""
    found: dict[Decimal, list[tuple[Number, Passage]]] = defaultdict(list)
    for passage in read.passages:
        for number in passage.numbers:
            found[number.value].append((number, passage))
    for places in found.values():
        if not 2 <= len(places) <= 4:
            continue
        for number, passage in places:
            proofs = [
                other
                for other, there in places
                if there is not passage
                and number.telling >= 3
                and (there.table is None or there.table != passage.table)
                and same_unit(number, other)
                and ((len(places) == 2 and number.telling > 4) or read.one_thing(number, passage, other, there))
            ]
            if proofs:
                least = max(number.scale * Decimal(1).scaleb(-proof.decimals) for proof in proofs)
                coarse = least if least > number.step else None
                yield from broken_number("restated", number, proofs, chance, read, coarse)


def rounds(exact: Decimal, number: Number) -> bool:
    """Whether a value is printed as this number, rounded or cut."""
    return -number.step / 2 <= number.base - exact <= number.step / 2 or 0 <= exact - number.base < number.step


Relation = Callable[[Decimal, Decimal], Decimal]
RATES: tuple[tuple[str, Relation], ...] = (
    ("rate", lambda one, two: one / two * 100),
    ("growth", lambda one, two: abs(one / two * 100 - 100)),
)
_CHANGE = re.compile(
    r"(tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn)\b(?: (?!từ|gồm|còn|so|trừ)[^\W\d_]+){0,2} $", re.IGNORECASE
)
_OPPOSITE = {
    "tăng": "giảm",
    "giảm": "tăng",
    "cao hơn": "thấp hơn",
    "thấp hơn": "cao hơn",
    "nhiều hơn": "ít hơn",
    "ít hơn": "nhiều hơn",
}


def _sentences(read: Printed) -> Iterator[tuple[Passage, list[Number]]]:
    for passage in read.passages:
        numbers = [one for one in passage.numbers if one.column is None]
        if 2 <= len(numbers) <= 16:
            yield passage, numbers


def _pairs(number: Number, numbers: list[Number]) -> Iterator[tuple[Number, Number]]:
    """Two amounts of one unit beside a rate, the nearest first."""
    at = numbers.index(number)
    amounts = [one for one in numbers if not one.percent and one.value]
    near = sorted(amounts, key=lambda one: abs(numbers.index(one) - at))[: 6 if number.telling > 2 else 2]
    for one, two in permutations(near, 2):
        if same_unit(one, two) and one.base != two.base and two.base >= 10:
            yield one, two


def rates(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """A percentage of two amounts of its sentence: a share of them, or how much one is above the other."""
    for passage, numbers in _sentences(read):
        for number in (one for one in numbers if one.percent and one.telling > 1):
            change = _CHANGE.search(read.text[passage.start : number.start])
            name, relation = RATES[bool(change)]
            for one, two in _pairs(number, numbers):
                exact = relation(one.base, two.base)
                nearer = any(
                    other.percent and other.step < number.step and rounds(exact, other) for other in numbers
                )
                if rounds(exact, number) and not nearer:
                    yield from broken_number(name, number, (one, two), chance, read, number.step)
                    break


def means(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """What falls to each: an amount divided by a count of its sentence."""
    for passage, numbers in _sentences(read):
        for number in numbers:
            before = read.text[max(passage.start, number.start - 30) : number.start]
            if (
                number.percent
                or number.telling < 2
                or not re.search(r"bình quân|trung bình", before, re.IGNORECASE)
            ):
                continue
            for one, two in permutations([other for other in numbers if not other.percent and other.base], 2):
                if number not in (one, two) and one.base > two.base and rounds(one.base / two.base, number):
                    yield from broken_number("mean", number, (one, two), chance, read, number.step)
                    break


def totals(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """A total of the amounts right behind or before it in its sentence; it or one of its parts is altered."""
    for passage, numbers in _sentences(read):
        amounts = [
            one for one in numbers if not one.percent and not _CHANGE.search(read.text[passage.start : one.start])
        ]
        for at, number in enumerate(amounts):
            if number.value < 10:
                continue
            parts = _parts(number, amounts[at + 1 :]) or _parts(number, amounts[:at][::-1])
            if parts:
                yield from broken_total("total in a sentence", [number, *parts], chance, read)


def _parts(number: Number, others: list[Number]) -> list[Number]:
    """The first of the others that make up a number; two only where three digits tell."""
    total, parts = Decimal(0), []
    for other in others:
        if not same_unit(number, other) or not other.value:
            return []
        total += other.base
        parts.append(other)
        if total == number.base and (len(parts) > 2 or (len(parts) == 2 and number.telling > 1)):
            return parts
        if total > number.base:
            return []
    return []


def differences(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """How much one amount of a sentence is above another, and the word that says which way."""
    for passage, numbers in _sentences(read):
        for number in numbers:
            word = _CHANGE.search(read.text[passage.start : number.start])
            if not word or not number.value:
                continue
            found = _changed(number, [one for one in numbers if one != number])
            if found is None:
                continue
            if number.telling > 1 and not number.percent:
                yield from broken_number("difference", number, found, chance, read, _slack(number))
            low = passage.start + word.start(1)
            new = _OPPOSITE[word[1].lower()]
            new = new.capitalize() if word[1][0].isupper() else new
            yield Proved("direction", low, low + len(word[1]), new, tuple(one.place for one in (number, *found)))


def _slack(number: Number) -> Decimal | None:
    """What rounding may explain of a difference: nothing where whole things are counted."""
    return number.step if number.scale > 1 or "," in number.printed else None


def _changed(number: Number, others: list[Number]) -> tuple[Number, Number] | None:
    """Two values of one unit of which a number is the difference, or the growth in per cent; the nearest."""
    near = sorted(permutations(others, 2), key=lambda two: max(abs(one.start - number.start) for one in two))
    for one, two in near:
        if one.value <= two.value or not same_unit(one, two) or not two.value:
            continue
        if number.percent and not one.percent:
            if number.telling > 1 and rounds(one.base / two.base * 100 - 100, number):
                return one, two
        elif one.base - two.base == number.base and (number.telling > 1 or number.value >= 2):
            return one, two
    return None
