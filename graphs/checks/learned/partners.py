"""The numbers that give a change with a value beside it: for 41,7 and 6,8 these are 34,9 and 48,5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.learned.claimed import YEAR_RE, Claim, way_before
from graphs.checks.learned.values import Node, Values
from graphs.checks.learned.worked_out import comparable
from graphs.checks.reading.placed import Placed

_BEFORE_VALUE_RE = re.compile(
    r"(so với|so cùng|hơn|cùng kỳ|(?:năm|kỳ|quý|tháng) trước|đầu năm|từ|kế hoạch|mục tiêu|giao|dự toán)[^,;.]*$"
)
_EARLIER = frozenset(("so với", "so cùng", "hơn", "cùng kỳ", "trước", "đầu năm"))
#: Before a level that is set, or that is to be reached: ``cấp ít nhất 19.000 giấy; kết quả vượt 890``.
_LEVEL_RE = re.compile(
    r"\b(?:ít nhất|tối thiểu|tối đa|không (?:quá|dưới|thấp hơn|vượt quá)"
    r"|(?:để|mới|phải|cần)\s+(?:chạm|đạt|tới|cán|bằng)(?:\s+(?:đích|mức|mốc|ngưỡng))?|cách\s+(?:đích|mức|mốc|ngưỡng))\s+$"
)
_SINCE_RE = re.compile(r"\b(?:so|hơn|là|cùng kỳ|năm trước|kế hoạch|mục tiêu)\b")
_OWN_YEAR_RE = re.compile(r"(?<![\d/])(?:19|20)\d\d(?!\d)")
_OPENS_YEAR_RE = re.compile(r"\W*(?:\w+\s+){0,2}?[Nn]ăm (?:học )?(?:19|20)\d\d")
_OPENS_PAST_RE = re.compile(r"\W*(?:\w+\s+){0,2}?(?:cùng kỳ|năm trước|năm học trước|trước|đầu năm)", re.IGNORECASE)
_NOW_RE = re.compile(r"\b(?:nay|hiện|năm nay|một năm|đã)\b")
_NEAR, _FAR, _YEAR_BEFORE, _VALUE_BEFORE = 6, 3, 24, 50
_HUNDRED, _SLACK = 100.0, 1e-9


@dataclass(frozen=True, eq=False)
class Partner:
    """A value of the text, a number elsewhere that gives the change with it, whether the value is the larger."""

    value: Placed
    node: Node
    up: bool
    how: str

    def is_value(self, other: float) -> bool:
        """Whether another number is the value itself, in ones or in its unit."""
        return other in (self.value.value, self.value.value / self.value.scale)


def values_near(claim: Claim, told: Placed) -> Iterator[Placed]:
    """The values beside a change: no changes themselves, no names, no parts of ratios."""
    for one in claim.places:
        if one is told or one.is_name or not one.value or one.of is not None:
            continue
        if -1 <= told.sentence - one.sentence <= 1 and abs(one.rank - told.rank) <= _NEAR and not way_before(one):
            yield one


def kind_of(one: Placed) -> str:
    """Of what kind a number is."""
    return "%" if one.sort == "%" else "money" if one.sort == "đồng" else ""


def partners(values: Values, told: Placed, value: Placed) -> Iterator[Partner]:
    """The numbers that give a change with one value, those below it and those above it."""
    for sign in (1, -1):
        if told.sort in ("%", "points") and value.sort == "%":
            if told.sort == "points" or told.value * 2 <= value.value:
                yield from _points(values, told, value, sign)
        elif told.sort == "%":
            yield from _growth(values, told, value, sign)
        elif value.sort != "%" and comparable(value, told):
            yield from _difference(values, told, value, sign)


def _points(values: Values, told: Placed, value: Placed, sign: int) -> Iterator[Partner]:
    exact, half = value.value - sign * told.value, told.step / 2
    for node in values.near("%", exact - half, exact + half):
        if told.told_as(abs(value.value - node.value)):
            yield Partner(value, node, sign > 0, "points")


def _growth(values: Values, told: Placed, value: Placed, sign: int) -> Iterator[Partner]:
    rates = [1 + sign * (told.value - told.step) / _HUNDRED, 1 + sign * (told.value + told.step) / _HUNDRED]
    if min(rates) <= 0:
        return
    low, high = sorted(value.value / rate for rate in rates)
    for node, scale in _told_between(values, value, low, high):
        if node.value and told.told_as(abs(value.value / (node.value * scale) * _HUNDRED - _HUNDRED)):
            yield Partner(value, node, sign > 0, "growth")


def _difference(values: Values, told: Placed, value: Placed, sign: int) -> Iterator[Partner]:
    apart, whole, slack = told.beside(value), value.beside(told), max(told.step, _SLACK)
    exact = whole - sign * apart
    for node, scale in _told_between(values, value, exact - slack, exact + slack) if exact > 0 else ():
        if told.told_as(abs(whole - node.value * scale) * (told.value / apart)):
            yield Partner(value, node, sign > 0, "change")


def _told_between(values: Values, value: Placed, low: float, high: float) -> Iterator[tuple[Node, float]]:
    """The numbers of its kind; those of tables without a unit in that of the value, with its scale."""
    kind = kind_of(value)
    yield from ((node, 1.0) for node in values.near(kind, low, high))
    if kind == "money" or value.scale != 1:
        for node in values.near("", low / value.scale, high / value.scale):
            if node.cell and not node.told.unit:
                yield node, value.scale


#: Words for a change that is made.
_MOVES = ("tăng", "giảm", "thêm", "bớt", "nâng", "hạ")


class Beside:
    """How a value stands to a change: before or behind it, of now or of before, in what unit."""

    def __init__(self, claim: Claim, told: Placed, one: Partner) -> None:
        value, text = one.value, claim.where.text
        away = max(-_FAR, min(_FAR, value.rank - told.rank))
        self.place = f"v={away}" + ("b" if text[value.start - 1 : value.start] == "(" else "")
        self.same_sentence = value.sentence == told.sentence
        found = _BEFORE_VALUE_RE.search(text[max(value.low, value.start - _VALUE_BEFORE) : value.start].lower())
        word = found[1] if found else "none"
        self.before = "trước" if word.endswith("trước") else word
        self._between = text[min(value.end, told.end) : max(value.start, told.start)]
        self.unit = _units(value, told)
        times = {time[-4:] for time in one.node.told.said.times if time[-4:].isdigit()}
        years = set(YEAR_RE.findall(one.node.head)) or times
        of_year = "w" if claim.years & years else "no" if years else "?"
        self.year = of_year if claim.years else "none"
        opening = text[claim_low(claim, value) : value.start]
        self.opens = "year" if _OPENS_YEAR_RE.match(opening) else "past" if _OPENS_PAST_RE.match(opening) else "no"
        self.signs = [self.place, f"vpre={self.before}", f"ud={self.unit}", f"how={one.how}"]
        self.signs += [f"sent={self.same_sentence}", f"year={self.year}"]
        self.earlier = self._is_earlier(claim, told, value)

    def _is_earlier(self, claim: Claim, told: Placed, value: Placed) -> bool:
        """Whether the value is the one that the change is since."""
        text = claim.where.text
        level = _LEVEL_RE.search(text[max(value.low, value.start - _VALUE_BEFORE) : value.start].lower())
        since = claim.since_past or claim.years  # "phải mở ít nhất 40 lớp, nhiều hơn năm 2024 là 6 lớp"
        if level and not since and not claim.between.lower().startswith(_MOVES):
            return True
        if self.before in _EARLIER or (value.rank > told.rank and _SINCE_RE.search(self._between)):
            return True
        near = text[max(value.low, value.start - _YEAR_BEFORE) : value.start]
        years = set(_OWN_YEAR_RE.findall(re.split(r"[;.]\s", near)[-1]))
        if claim.years & years and claim.against != claim.against_before:
            return True
        return self.opens != "no" and value.start < told.start and bool(_NOW_RE.search(self._between))


def claim_low(claim: Claim, value: Placed) -> int:
    """Where the sentence of a value begins."""
    places = (one.low for one in claim.places if one.sentence == value.sentence)
    return min(places, default=value.low)


def _units(value: Placed, told: Placed) -> str:
    if value.unit and value.unit == told.unit:
        return "same"
    if told.sort in ("%", "points"):
        return "rate"
    return "other" if value.unit and told.unit else "none"
