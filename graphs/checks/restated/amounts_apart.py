"""FIG of units: an amount told again whose digits are those of before and whose size is a thousand times off.

``12.180 triệu đồng`` and ``12,18 triệu đồng`` of one thing, in one paragraph or far apart; ``42.600 m3`` and
``42.600 m2``. What any other number of that name bears out is right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from graphs.checks.reading.arithmetic import digits_of, places_of
from graphs.checks.reading.prose import stated
from graphs.checks.reading.unit_words import WholeUnit, unit_behind
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.called_values import Called, CalledValues, called_values
from kb.bilingual import both
from kb.models import Figure, Finding, Severity

#: So many digits that tell; so much of the shorter name near by, and so much of it far away.
_DIGITS, _NEAR, _FAR, _BESIDE = 3, 0.4, 0.65, 600
_TIMES = ("giờ", "ngày", "tháng", "năm", "giây", "phút", "ngày đêm")
_UNITS = frozenset(re.findall(r"\w+", "tấn tạ kg ha m2 m3 km m đồng giờ ngày tháng lít mét nghìn triệu tỷ"))
_SCALES = tuple(Decimal(10) ** power for power in (3, 6, 9))
_PARTS = tuple(1 / scale for scale in _SCALES)
#: Before a round number, which has so many digits.
_ROUND_RE, _ROUND = re.compile(r"\b(?:hơn|trên|gần|khoảng|xấp xỉ|ước)\s+$", re.IGNORECASE), 2
_MEASURES = ("area", "volume", "length", "weight")

Told = tuple[Figure, WholeUnit, Called, int]


def check_amounts_apart(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """What has one name and one row of digits has one size."""
    values = called_values(subject)
    found = _told(subject, values)
    for alike in found.values():
        for one, other in combinations(alike, 2):
            if not (_is_off(one, other) and _is_one_thing(values, one, other)):
                continue
            if any(
                _is_same(third, other) and _is_one_thing(values, third, other)
                for third in alike
                if third is not other
            ):
                continue
            tally.failed += 1
            yield _finding(by, one, other)
    exact = [one for alike in found.values() for one in alike]
    for rough in _roughly(subject, values):
        beside = [one for one in exact if _is_one_thing(values, rough, one)]
        if any(_rounds(rough, one, Decimal(1)) for one in beside):
            continue
        off = [one for one in beside if any(_rounds(rough, one, by_) for by_ in (*_SCALES, *_PARTS))]
        if off and not any(_is_same(off[0], one) for one in exact if one is not off[0]):
            tally.failed += 1
            yield _finding(by, rough, off[0])


def _told(subject: Subject, values: CalledValues) -> dict[str, list[Told]]:
    """The measured amounts of the text by their digits."""
    by_start = {one.node.told.span.start: one for one in values.found if one.node.cell is None}
    found: dict[str, list[Told]] = defaultdict(list)
    for where in stated(subject):
        for figure in where.figures:
            digits = digits_of(Decimal(figure.value))
            called = by_start.get(figure.span.start)
            if len(digits) < _DIGITS or figure.of or figure.bound or called is None or figure.unit in (None, "%"):
                continue
            if "change" in called.node.told.said.marks:
                continue
            unit = unit_behind(where.text, where.end(figure))
            if unit is not None and unit.kind != "count":
                found[digits].append((figure, unit, called, where.block.view.start))
    return found


def _roughly(subject: Subject, values: CalledValues) -> Iterator[Told]:
    """The sums of money that are told in round numbers: ``hơn 1,4 tỷ đồng``."""
    by_start = {one.node.told.span.start: one for one in values.found if one.node.cell is None}
    for where in stated(subject):
        for figure in where.figures:
            called = by_start.get(figure.span.start)
            said = _ROUND_RE.search(where.text, 0, where.start(figure))
            unit = unit_behind(where.text, where.end(figure)) if called and said and not figure.of else None
            if called is None or unit is None or unit.kind != "money" or "change" in called.node.told.said.marks:
                continue
            if len(digits_of(Decimal(figure.value))) >= _ROUND:
                yield figure, unit, called, where.block.view.start


def _rounds(rough: Told, exact: Told, times: Decimal) -> bool:
    """Whether a round sum tells so many times an exact one."""
    if rough[1].kind != exact[1].kind or rough[1].time != exact[1].time:
        return False
    last = Decimal(1).scaleb(-places_of(rough[0].value)) * rough[1].size
    return abs(_amount(exact) * times - _amount(rough)) <= last


def _amount(one: Told) -> Decimal:
    return Decimal(one[0].value) * one[1].size


def _is_off(one: Told, other: Told) -> bool:
    """Whether two amounts are a thousand times each other, or are measures of two kinds with one number."""
    mine, its = one[1], other[1]
    if mine.kind != its.kind:
        return (
            mine.kind in _MEASURES and its.kind in _MEASURES and Decimal(one[0].value) == Decimal(other[0].value)
        )
    same = Decimal(one[0].value) == Decimal(other[0].value)
    each = [unit.printed.partition("/")[2].strip() for unit in (mine, its)]
    if each[0] != each[1]:
        return same and all(each) and each[0] in _TIMES and each[1] in _TIMES
    low, high = sorted((_amount(one), _amount(other)))
    return bool(low) and (high / low in _SCALES or (same and mine.size != its.size))


def _is_same(one: Told, other: Told) -> bool:
    return one[1].kind == other[1].kind and one[1].time == other[1].time and _amount(one) == _amount(other)


def _is_one_thing(values: CalledValues, first: Told, second: Told) -> bool:
    """Whether most of the shorter name is in the other one, or around it."""
    one, other = first[2], second[2]
    # "Doanh thu … 1.100 tỷ đồng: thực hiện 1.155,6 tỷ đồng": its name stands before the colon.
    names = [(called.own - _UNITS) or (called.over - _UNITS) for called in (one, other)]
    few, many = sorted(names, key=values.weight)
    common = few & (many | (other.over if many is names[1] else one.over))
    long = len(digits_of(Decimal(first[0].value))) > _DIGITS
    least, fewest = (_NEAR, 1) if _are_near(one, other) else (_FAR, 1 if long and common == few else 2)
    return len(common) >= fewest and values.weight(common) >= least * values.weight(few)


def _are_near(one: Called, other: Called) -> bool:
    return abs(one.node.told.span.start - other.node.told.span.start) <= _BESIDE


def _finding(by: Rule, one: Told, other: Told) -> Finding:
    before, after = (f"{told[0].printed} {told[1].printed}" for told in (one, other))
    return by.finding(
        (other[0].span,),
        f"ghi {after}, chỗ khác ghi {before}, hai chỗ dường như cùng nói về một lượng: khác nhau ở đơn vị",
        f"{after} is stated, elsewhere {before}; both places seem to tell one amount: the units differ",
        stated=after,
        expected=before,
        evidence=(one[0].span,),
        suggestion=both("xem đơn vị nào gõ sai", "see which of the two units is wrong"),
        severity=Severity.WARNING,
        page=other[0].page,
    )
