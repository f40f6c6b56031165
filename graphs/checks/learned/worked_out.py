"""What a number may be worked out from: the shares, changes, products and sums of the numbers near it.

Each is only supposed: whether the words say so is another matter (`graphs.checks.learned.clues`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import log10

from graphs.checks.reading.arithmetic import places_of, show
from graphs.checks.reading.placed import Placed


class Way(StrEnum):
    """How a number is worked out from others."""

    SHARE = "share"  # part of whole, in per cent
    GROWTH = "growth"  # by how many per cent something changed
    CHANGE = "change"  # by how much
    TIMES = "times"  # so many times
    PRODUCT = "product"  # so many, so much each
    MEAN = "mean"  # so much in all, shared by so many
    SUM = "sum"


@dataclass(frozen=True, slots=True, eq=False)
class Supposed:
    """A number, how and from which ones it may be worked out, and what that gives.

    For a sum, `side` is 1 for parts behind it and -1 for parts before it, `taken` those that went and `places` all
    numbers of the text; `shared` tells that other shares are of the same whole.
    """

    way: Way
    told: Placed
    terms: tuple[Placed, ...]
    exact: float
    side: int = 0
    taken: frozenset[Placed] = frozenset()
    places: Sequence[Placed] = ()
    shared: bool = False

    @property
    def holds(self) -> bool:
        """Whether that gives the number."""
        if self.told.told_as(self.exact):
            return True
        if self.way is Way.MEAN:  # the sum itself may be rounded
            total, count = self.terms
            return abs(self.exact - self.told.value) <= (self.told.step + total.step / count.value) / 2
        many = self.terms[0].value if self.way is Way.PRODUCT else 0.0
        each = self.terms[-1]
        return bool(many) and each.value > _FEW * each.step and each.told_as(self.told.value / many)


_FEW_RE = re.compile(
    r"mỗi|bình quân|trung bình|định mức|đơn giá|\bcứ\b"
    r"|/\s?(?:người|hộ|xã|lớp|năm|tháng|ha|buổi|đơn vị|nhà)",
    re.IGNORECASE,
)
#: Words for what falls to each, near the number that tells it.
_MEAN_RE = re.compile(r"mỗi|bình quân|trung bình|\bsuất\b|\bmột\b|\bcứ\b|/\s?[^\W\d_]", re.IGNORECASE)
_MEAN_BEFORE, _MEAN_BEHIND = 45, 25
_CHANGES = "tăng vượt cao nhiều hơn thêm giảm thấp ít hụt bớt lùi chênh dư trưởng thiếu thừa còn lại chưa"
_CHANGE_WORDS = frozenset(_CHANGES.split())
_NEAR, _NEAR_ALIKE, _MOST_PARTS, _FARTHEST = 6, 14, 14, 30
#: So many words before a number may say that it is a change.
CHANGE_REACH = 8
_BESIDE = 3
#: Words that lead to parts.
_LEAD_RE = re.compile(r":|\b(?:theo|gồm|trong đó|chia)\b", re.IGNORECASE)
_NINE, _DIGITS = 9, 2
#: What falls to each, told in so few units of its last place, is no rounded one: anything would give it.
_FEW = 3
#: So many places a comma may have moved.
MOST_SHIFTED = 3


def supposed_of(places: Sequence[Placed]) -> Iterator[tuple[Placed, list[Supposed]]]:
    """Each number with what it may be worked out from."""
    each = bool(places) and bool(_FEW_RE.search(places[0].where.text))
    wholes = _first_of_sorts(places)
    for told in places:
        if told.of is not None or told.is_name or not told.value:
            continue
        near = list(near_of(told, places))
        changed = not _CHANGE_WORDS.isdisjoint(told.before[-CHANGE_REACH:])
        found: list[Supposed] = []
        if told.sort == "%":
            shares = list(_shares(told, near, wholes))
            wholes |= {one.terms[1] for one in shares if len(one.terms) > 1 and one.holds}
            found += shares
            if changed:
                found += [
                    Supposed(Way.GROWTH, told, one.terms, abs(one.exact - 100))
                    for one in shares
                    if len(one.terms) > 1
                ]
        else:
            found += _sums(told, places)
            if each:
                found += _products(told, near)
                found += _means(told, near)
        if told.sort == "times":
            found += _times(told, near)
        elif changed:
            found += _changes(told, near)
        if found:
            yield told, found


def _first_of_sorts(places: Sequence[Placed]) -> set[Placed]:
    """The first number of each sort: what a paragraph is about is often the whole of its shares."""
    first: dict[str, Placed] = {}
    for one in places:
        if one.of is None and one.value and one.sort not in ("%", "") and not one.is_name:
            first.setdefault(one.sort, one)
    return set(first.values())


def near_of(told: Placed, places: Sequence[Placed]) -> Iterator[Placed]:
    """The numbers beside one, in its sentence and the next to it; those of its unit from farther off too."""
    for one in places[max(0, told.at - _NEAR_ALIKE) : told.at + _NEAR_ALIKE + 1]:
        close = abs(one.rank - told.rank) <= _NEAR or (one.unit == told.unit and one.unit not in ("", "%"))
        apart = told.sentence - one.sentence
        if one is not told and close and -1 <= apart <= (2 if one.unit == told.unit else 1) and not one.is_name:
            yield one


def amounts(way: Way, told: Placed, terms: Sequence[Placed]) -> list[float]:
    """The values of one or two terms as they are told beside each other and beside the number made of them."""
    if way in (Way.PRODUCT, Way.MEAN) or len(terms) < 2:
        return [one.value for one in terms]
    first, second = terms
    scale = max(first.scale, second.scale) if way is Way.CHANGE and not told.unit else 1.0
    return [first.beside(second) / scale, second.beside(first) / scale]


def slip_apart(told: Placed, exact: float) -> bool:
    """Whether a result is the number told, or misses it by what a slip of one number makes; quickly told."""
    apart = abs(round((exact - told.value) / told.step))
    while apart and not apart % 10:
        apart //= 10
    return apart <= _NINE or (apart % _NINE == 0 and apart <= _NINE * _NINE) or is_shifted(told, exact)


def is_shifted(told: Placed, exact: float) -> bool:
    """Whether a number has the digits of a result with the comma elsewhere."""
    if exact <= 0 or told.value <= 0:
        return False
    shift = round(log10(told.value / exact))
    return 0 < abs(shift) <= MOST_SHIFTED and told.told_as(exact * 10.0**shift)


def comparable(one: Placed, other: Placed) -> bool:
    """Whether two numbers count or measure alike, as far as their units say."""
    return one.sort == other.sort or not one.sort or not other.sort


def _shares(told: Placed, near: Sequence[Placed], wholes: set[Placed]) -> Iterator[Supposed]:
    counts = [one for one in near if one.sort != "%"]
    far = [one for one in wholes if one not in counts]
    for part in counts:
        if part.of:
            yield Supposed(Way.SHARE, told, (part,), part.value / part.of * 100)
        if part.of is not None:
            continue
        for whole in counts:
            if (
                whole is not part
                and whole.of is None
                and whole.value
                and comparable(part, whole)
                and abs(part.sentence - whole.sentence) <= 1
            ):
                exact = part.beside(whole) / whole.beside(part) * 100
                yield Supposed(Way.SHARE, told, (part, whole), exact, shared=whole in wholes)
        for whole in far if part.at < told.at else ():
            if comparable(part, whole):
                yield Supposed(
                    Way.SHARE, told, (part, whole), part.beside(whole) / whole.beside(part) * 100, shared=True
                )


def _changes(told: Placed, near: Sequence[Placed]) -> Iterator[Supposed]:
    for later in near:
        for earlier in near:
            if earlier is later or earlier.of is not None or (earlier.sort == "%") != (later.sort == "%"):
                continue
            if later.sort == "%":
                # Rates rarely change by most of what they are: such a rate is one more of the same.
                little = told.sort != "%" or told.value * 2 <= max(later.value, earlier.value)
                fits = little and told.sort in ("%", "points", "")
            else:
                fits = told.sort != "%" and comparable(later, told) and comparable(later, earlier)
            if fits:
                pair = (later, earlier)
                first, second = amounts(Way.CHANGE, told, pair)
                if first != second:
                    yield Supposed(Way.CHANGE, told, pair, abs(first - second))


def _times(told: Placed, near: Sequence[Placed]) -> Iterator[Supposed]:
    counts = [one for one in near if one.sort not in ("times", "%") and one.of is None and one.value]
    for later in counts:
        for earlier in counts:
            if earlier is not later and comparable(earlier, later):
                yield Supposed(Way.TIMES, told, (later, earlier), later.beside(earlier) / earlier.beside(later))


def _products(told: Placed, near: Sequence[Placed]) -> Iterator[Supposed]:
    terms = [
        one
        for one in near
        if one.sort != "%" and one.of is None and one.value and abs(one.rank - told.rank) < _NEAR
    ]
    if "quân" in told.before:
        return  # what falls to each is no total
    for many in terms:
        if many.sort not in ("count", "", "time") or many.value <= 1:
            continue
        for each in terms:
            if each is not many and each.value != 1 and _is_each_of(each, told):
                yield Supposed(Way.PRODUCT, told, (many, each), many.value * each.value)


def _means(told: Placed, near: Sequence[Placed]) -> Iterator[Supposed]:
    """What falls to each of so many: the words for that stand by the number."""
    text = told.where.text
    if not _MEAN_RE.search(text, max(told.low, told.start - _MEAN_BEFORE), told.end + _MEAN_BEHIND):
        return
    terms = [one for one in near if one.sort != "%" and one.value and abs(one.rank - told.rank) < _NEAR]
    for count in terms:
        if count.sort not in ("count", "", "time") or count.value <= 1 or count.scale != 1:
            continue
        for total in terms:
            if total is not count and total.value > told.value and _is_each_of(told, total):
                yield Supposed(Way.MEAN, told, (total, count), total.value / count.value)


def _is_each_of(each: Placed, whole: Placed) -> bool:
    """Whether so much each may be of so much in all: ``triệu đồng/người`` of ``tỷ đồng``."""
    own = each.sort.partition("/")[0]
    return not own or not whole.sort or own == whole.sort or own.endswith(whole.sort)


def _sums(told: Placed, places: Sequence[Placed]) -> Iterator[Supposed]:
    """The numbers one after another behind it or before it, with those in brackets among them and without."""
    bracketed = "(" in told.where.text
    for side in (1, -1):
        for at in _starts(told, places, side):
            first = places[at]
            if first.sort == "%" or first.of is not None or first.is_name or not comparable(first, told):
                continue
            yield from _run(told, places, at, side, False)
            if bracketed:
                yield from _run(told, places, at, side, True)


def _starts(told: Placed, places: Sequence[Placed], side: int) -> Iterator[int]:
    """Where the parts of a total may begin: right beside it, or where the words lead to some."""
    for far in range(1, _NEAR_ALIKE + 1):
        at = told.at + side * far
        if not 0 <= at < len(places) or abs(places[at].sentence - told.sentence) > 1:
            return
        one = places[at]
        if far <= _BESIDE or (side > 0 and _LEAD_RE.search(one.where.text, one.low, one.start)):
            yield at


def _run(told: Placed, places: Sequence[Placed], at: int, side: int, flat: bool) -> Iterator[Supposed]:
    parts: list[Placed] = []
    taken: set[Placed] = set()
    depth, left_out, sum_, gone = places[at].depth, False, 0.0, 0.0
    # A total without a unit is told in that of its parts, parts without one in that of the total.
    beside, scale = (told, 1.0) if told.unit else (places[at], 1.0 / places[at].scale)
    while 0 <= at < len(places) and len(parts) < _MOST_PARTS and abs(at - told.at) < _FARTHEST:
        one = places[at]
        at += side
        if abs(one.sentence - told.sentence) > 1 or (flat and one.depth < depth) or one.is_factor:
            return
        loose = one.figure.bound and not told.figure.bound  # "trên 35 vụ" is no part of what is told exactly
        if loose or one.sort == "%" or one.of is not None or one.is_name or not comparable(one, told):
            continue
        if flat and one.depth > depth:
            left_out = True
            continue
        parts.append(one)
        value = one.beside(beside) * scale
        sum_ += value
        if one.is_taken:
            taken.add(one)
            gone += value
        if len(parts) < 2 or (flat and not left_out):
            continue
        yield Supposed(Way.SUM, told, tuple(parts), sum_, side, frozenset(), places)
        if 0 < len(taken) < len(parts):
            yield Supposed(Way.SUM, told, tuple(parts), sum_ - 2 * gone, side, frozenset(taken), places)


def sum_told(one: Supposed) -> tuple[str, str]:
    """The sum in words, and its result in the unit of the number told."""
    told, printed = one.told, [place.figure.printed for place in one.terms]
    exact = Decimal(f"{one.exact / told.scale:.6f}")
    places = max(_DIGITS, places_of(told.figure.value))
    result = show(exact, places)
    if one.way is Way.SHARE:
        result += "%"
        words = " / ".join(printed)
    elif one.way is Way.GROWTH:
        result += "%"
        words = f"({printed[0]} - {printed[1]}) / {printed[1]}"
    elif one.way is Way.SUM:
        in_order = sorted(one.terms, key=lambda place: (place in one.taken, place.at))
        signs = "".join(f" {'-' if place in one.taken else '+'} {place.figure.printed}" for place in in_order)
        words = signs.removeprefix(" + ")
    elif one.way is Way.CHANGE:
        larger, smaller = sorted(zip(amounts(one.way, told, one.terms), printed, strict=True), reverse=True)
        words = f"{larger[1]} - {smaller[1]}"
    else:
        words = (" x " if one.way is Way.PRODUCT else " / ").join(printed)
    # Of what is far under one (a mean in another unit) two digits are shown all the same.
    shown = result if exact.adjusted() > -places else show(exact, _DIGITS - 1 - exact.adjusted())
    return f"{words} = {shown}", result
