"""FIG of means: how much is said to fall to each, against every sum and count that its words may mean.

``Kiểm tra 950 vụ, phát hiện 300 vụ vi phạm; phạt 4,8 tỷ đồng, bình quân 16 triệu đồng mỗi vụ vi phạm``. Where any
two in reach make it, it is right; where none do, the two are told that its words name best.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.each_said import EachSaid, each_said
from graphs.checks.reading.moved import in_unit_of, scaled
from graphs.checks.reading.named import with_unit
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.telling import places_printed
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.restated.called_near import (
    BESIDE,
    counts,
    in_one_place,
    is_of_unit,
    measured,
    measured_as,
    reach,
)
from graphs.checks.restated.called_values import Called, CalledValues, called_values, naming
from kb.bilingual import both
from kb.models import Finding

_NO_VALUE = frozenset(("change", "from"))
#: Right before a number that is a mean itself.
_MEAN_RE = re.compile(r"\b(?:bình quân|trung bình|mỗi)\b[^|,;]{0,30}\|", re.IGNORECASE)
_HEDGED, _FAR, _CLOSE = Decimal("0.12"), Decimal(4), Decimal("0.006")
#: Before a number that something is compared with: ``so với năm 2023 (155 vụ)``.
_THEN_RE = re.compile(
    r"\b(?:so với|cùng kỳ|năm (?:trước|ngoái)|kỳ trước|kế hoạch)\b[^,;:]*$|\(\s*năm\s+\d{4}[^()]*$", re.IGNORECASE
)
#: So many times as much is another unit.
_POWERS = tuple(Decimal(10) ** power for power in (-9, -6, -3, -2, -1, 1, 2, 3, 6, 9))


@dataclass(frozen=True, slots=True)
class _Made:
    """A sum and a count, what they make, how near they stand and how well they are named."""

    sum_: Called
    count: Called
    exact: Decimal
    reach: int
    named: float


def check_means_said(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """No sum and count that stand near make another mean than is told of them."""
    for where in stated(subject) if not subject.is_rule() else ():
        for said in each_said(where):
            made = list(_made(where, said, called_values(subject)))
            if any(_fits(one, said) for one in made if one.reach <= BESIDE or in_one_place(one.sum_, one.count)):
                tally.held += 1
            elif best := _meant(made, said):
                tally.failed += 1
                yield _finding(where, said, best)


def _made(where: Stated, said: EachSaid, values: CalledValues) -> Iterator[_Made]:
    """The sums and counts that may be meant, with what they make."""
    words = naming(said.by) | naming(where.text[said.low : said.high])
    usable = [one for one in values.found if one.node.told.span != said.figure.span and _is_value(one)]
    unit = (said.figure.unit or "").lower()
    sums = [one for one in usable if is_of_unit(one, unit)]
    for count in (one for one in usable if counts(one, said.by)):
        for sum_ in sums:
            if sum_ is not count and _go_together(sum_, count) and _are_of_one_time(sum_, count):
                far = max(reach(where, said.low, said.high, one) for one in (sum_, count))
                named = sum(values.weight(one.all & words) for one in (sum_, count))
                yield _Made(sum_, count, measured(sum_)[1] / count.value, far, named)


def _is_value(one: Called) -> bool:
    told, marks = one.node.told, one.node.told.said.marks
    mean = "mean" in marks if one.node.cell else _MEAN_RE.search(one.node.head) or "/" in told.unit
    return one.value > 0 and not (marks & _NO_VALUE or mean) and one.node.kind != "%" and told.unit != "lần"


def _go_together(one: Called, other: Called) -> bool:
    """Whether two numbers of tables stand in one row; beside one of the text only a total stands."""
    left, right = one.node.cell, other.node.cell
    if left is None or right is None:
        cell = left or right
        return cell is None or cell[1].total
    return left[0] is right[0] and left[1].at == right[1].at


def _are_of_one_time(one: Called, other: Called) -> bool:
    """Whether both numbers of a text are of now, or both of what is compared with it."""
    if one.node.cell is not None or other.node.cell is not None:
        return True
    return len({bool(_THEN_RE.search(call.node.head.partition("|")[0])) for call in (one, other)}) == 1


def _told(said: EachSaid) -> tuple[Decimal, Decimal]:
    """What is said to fall to each, and one of its last printed place, in the least unit."""
    figure = said.figure
    _, value = measured_as((figure.unit or "").lower(), scaled(figure))
    return value, (value / Decimal(figure.value)).scaleb(-places_printed(figure.value, figure.printed))


def _fits(made: _Made, said: EachSaid) -> bool:
    """Whether a sum and a count make what is said, rounded or cut."""
    told, step = _told(said)
    slack = made.exact * (_half(made.sum_) / made.sum_.value + _half(made.count) / made.count.value)
    if said.hedge:
        slack = max(slack, told * _HEDGED)
    return -step / 2 - slack <= made.exact - told < step + slack


def _half(one: Called) -> Decimal:
    step = one.node.told.step
    return step / 2 if step != 1 else Decimal(0)


def _meant(made: Sequence[_Made], said: EachSaid) -> _Made | None:
    """The sum and count that the words of a mean name; none where two are named alike, or far from it."""
    least = min((one.reach for one in made), default=BESIDE + 1)
    near = [one for one in made if one.reach == least and (least < BESIDE or in_one_place(one.sum_, one.count))]
    near.sort(key=lambda one: -one.named)
    if least > BESIDE or not near:
        return None
    best = near[0]
    if any(one.named >= best.named and abs(one.exact / best.exact - 1) > _CLOSE for one in near[1:]):
        return None
    times = best.exact / _told(said)[0]
    is_near = 1 / _FAR <= times <= _FAR or any(abs(times / power - 1) <= _CLOSE for power in _POWERS)
    return best if is_near else None


def _finding(where: Stated, said: EachSaid, made: _Made) -> Finding:
    figure, sum_, count = said.figure, made.sum_.node.told, made.count.node.told
    _, one = measured_as((figure.unit or "").lower(), Decimal(1))
    right = show(in_unit_of(made.exact / one, figure))
    worked = f"{sum_.told} / {count.told} = {right}"
    return MEAN_SAID.finding(
        (figure.span,),
        f"ghi bình quân {with_unit(figure)}, nhưng {worked}",
        f"a mean of {with_unit(figure)} is stated, but {worked}",
        stated=figure.printed,
        expected=right,
        evidence=(sum_.span, count.span),
        suggestion=both("tính lại số bình quân", "work out the mean again"),
        page=where.block.page,
    )


MEAN_SAID = rule("FIG-313", check_means_said)
MEANS_SAID_RULES = (MEAN_SAID,)
