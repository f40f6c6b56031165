"""FIG of the unit of a mean: ``36 tấn giống cho 1.200 hộ, bình quân 30 tấn mỗi hộ`` has the right digits.

The sum, how many it falls to and the mean stand in one sentence or the one before; the mean is many times too
large or too small, by a power of ten that units are apart, and no other sum or count told there makes it. What
falls to a measure may be told of another one: ``6,84 km², 78.660 người, mật độ 11.500 người/ha``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.reading.arithmetic import rounds_to, show
from graphs.checks.reading.prose import Stated, stated, value_as_printed
from graphs.checks.reading.unit_words import WholeUnit, unit_behind, unit_that_shows, whole_unit
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.sums.per_thousand import check_per_thousand
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

_MEAN_RE = re.compile(
    r"\b(?:bình quân|trung bình|tính ra|tức(?: là)?|mỗi|tương đương|mật độ|năng suất)\b[^.;\d]{0,40}$",
    re.IGNORECASE,
)
_EACH_RE = re.compile(r"\b(?:mỗi|một|01|/)\s*(?P<thing>[^\W\d_]+)", re.IGNORECASE)
#: By so much units of one measure are apart.
_POWERS = tuple(Decimal(10) ** (sign * power) for power in (2, 3, 4, 5, 6, 9) for sign in (1, -1))
_THOUSANDS = tuple(Decimal(10) ** (sign * power) for power in (3, 6) for sign in (1, -1))
#: Weights are ten apart too; people are counted under several nouns.
_TENS = {"weight": (Decimal(10), Decimal("0.1"))}
_PEOPLE = ("người", "dân", "nhân", "khẩu")
#: What is measured, of which so much falls to each: ``người/km²``.
_MEASURE_RE = re.compile(
    r"[^,;.()\d]{0,25}?(?:/|\b(?:mỗi|một)\s)\s*(?P<of>(?:km|m)[²2]|ha|km|m³)(?!\w)", re.IGNORECASE
)
#: By how much something changed, and what falls to each, is no sum that is divided farther on.
_NO_SUM_RE = re.compile(
    r"\b(?:tăng|giảm|vượt|thêm|(?:cao|thấp|nhiều|ít) hơn|bình quân|trung bình|mỗi)\s+(?:[^\W\d_]+\s+){0,3}$",
    re.IGNORECASE,
)
#: So many figures back a sum may stand that is divided.
_PAIR, _FAR = 2, 30
_CLOSE, _NEAR, _AROUND, _NO_MEASURE = Decimal("0.005"), Decimal("0.05"), 60, "count"


def check_unit_of_mean(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Sixty tons of rice for each household, where it was sixty kilos."""
    yield from check_per_thousand(subject, tally, UNIT)
    far: list[tuple[Stated, Figure]] = []
    for where in stated(subject) if not subject.is_rule() else ():
        before = far
        far = [*far, *((where, one) for one in where.figures if not one.of)][-_FAR:]
        if not _EACH_RE.search(where.text):
            continue
        earlier: list[Figure] = []
        for low, high in split_sentences(where.text):
            figures = [one for one in where.figures if low <= where.start(one) < high and not one.of]
            for at, mean in enumerate(figures):
                near = [(where, one) for one in (*earlier, *figures[:at])]
                told = list(_held(where, near, mean, low, high, tally))
                inside = [(where, one) for one in where.figures if where.end(one) <= where.start(mean)]
                sums = [(there, one) for there, one in (*before, *inside) if _may_be_sum(there, one)]
                yield from told or _held(where, sums, mean, low, high, tally, far=True)
            earlier = figures


def _may_be_sum(where: Stated, one: Figure) -> bool:
    start = where.start(one)
    return _NO_SUM_RE.search(where.text[max(0, start - _AROUND) : start]) is None


def _held(
    where: Stated,
    before: list[tuple[Stated, Figure]],
    mean: Figure,
    low: int,
    high: int,
    tally: Tally,
    far: bool = False,
) -> Iterator[Finding]:
    """Far off only thousands apart, to the last digit that is told, are no chance."""
    unit = unit_behind(where.text, where.end(mean)) if mean.unit else None
    lead = _MEAN_RE.search(where.text[low : where.start(mean)])
    if unit is None or len(before) < _PAIR or lead is None or not Decimal(mean.value):
        return
    around = lead.group() + where.text[where.end(mean) : min(high, where.end(mean) + _AROUND)]
    things = {one["thing"].lower() for one in _EACH_RE.finditer(around)}
    measure = _MEASURE_RE.match(where.text, where.end(mean)) or _MEASURE_RE.search(lead.group())
    counts = list(_counts(before, things, whole_unit(measure["of"]) if measure else None))
    if unit.kind == _NO_MEASURE and not any(measured for _, _, measured in counts):
        return
    sums = [(one, sized) for there, one in before if (sized := _sized(there, one, unit)) is not None]
    told = Decimal(mean.value) * unit.size
    found = [
        (one, count, amount / many / told)
        for one, amount in sums
        for count, many, _ in counts
        if many and one is not count
    ]
    if any(abs(times - 1) <= _NEAR for _, _, times in found):
        tally.held += not far
        return
    printed = value_as_printed(mean)
    if far and mean.bound not in (None, "~"):
        return
    for one, count, times in found:
        powers = _THOUSANDS if far else (*_POWERS, *_TENS.get(unit.kind, ()))
        power = next((power for power in powers if abs(times / power - 1) <= _CLOSE), None)
        if power is not None and far and not rounds_to(times / power * Decimal(mean.value), printed):
            continue
        if power is None:
            continue
        tally.failed += 1
        # In the unit of the sum a mean may be nought, as it is printed.
        shown = unit_that_shows(unit.kind, times * told, unit.size * power)
        value, own = shown or (Decimal(one.value) / Decimal(count.value), one.unit or "")
        right = f"{show(value)} {own}"
        yield UNIT.finding(
            (mean.span,),
            f"ghi {mean.printed} {mean.unit}, nhưng {one.printed} {one.unit} / {count.printed} {count.unit} ="
            f" {right}: đơn vị lệch {show(power if power > 1 else 1 / power)} lần",
            f"{mean.printed} {mean.unit} is stated, {one.printed} / {count.printed} = {right}",
            stated=f"{mean.printed} {mean.unit}",
            expected=right,
            evidence=(one.span, count.span),
            suggestion=both("kiểm tra lại đơn vị của mức bình quân", "check the unit of the mean"),
            page=where.block.page,
        )
        return


def _counts(
    before: Sequence[tuple[Stated, Figure]], things: set[str], measure: WholeUnit | None
) -> Iterator[tuple[Figure, Decimal, bool]]:
    """What a mean may fall to, how many of it there are, and whether it is measured in another unit."""
    for where, one in before:
        own = unit_behind(where.text, where.end(one)) if one.unit and measure else None
        if own and measure and own.kind == measure.kind != _NO_MEASURE:
            yield one, Decimal(one.value) * own.size / measure.size, True
        elif one.unit and one.unit.split()[0].lower() in things:
            yield one, Decimal(one.value), False


def _sized(where: Stated, one: Figure, unit: WholeUnit) -> Decimal | None:
    """A figure in the measure of a unit; None for another measure."""
    own = unit_behind(where.text, where.end(one)) if one.unit else None
    alike = own is not None and own.kind == unit.kind and _thing(own) == _thing(unit)
    return Decimal(one.value) * own.size if own is not None and alike else None


def _thing(unit: WholeUnit) -> str:
    return _PEOPLE[0] if unit.thing in _PEOPLE else unit.thing


UNIT = rule("FIG-353", check_unit_of_mean)
UNIT_OF_MEAN_RULES = (UNIT,)
