"""The two values that a multiple compares, by their names or their times, wherever the paper has them.

``Diện tích gấp 1,8 lần năm trước, khi cả huyện chỉ trồng được 700 ha`` compares what is named with what the words
of an earlier time tell; ``gấp rưỡi số giải cấp huyện và cấp ngành cộng lại`` with two rows together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.learned.rose import order
from graphs.checks.reading.compared import Words
from graphs.checks.reading.multiples import Multiple, clauses_before
from graphs.checks.reading.prose import Stated
from graphs.checks.restated.called_near import (
    BESIDE,
    PARAGRAPH,
    SENTENCE,
    in_one_place,
    is_of_unit,
    measured,
    reach,
)
from graphs.checks.restated.called_values import Called, CalledValues, naming
from kb.models import Span

_NO_VALUE = frozenset(("change", "mean", "from"))
#: How much of a name is said, and of what is said is in the name: in the paragraph itself, and anywhere.
_BESIDE, _ANYWHERE = (0.4, 0.6), (0.75, 0.75)
#: So much of both names that no other two can be meant.
_SURE = 0.85
_PAST_RE = re.compile(
    r"\b(?:năm (?:trước|ngoái)|cùng kỳ|(?:kỳ|quý|tháng|vụ|đợt|nhiệm kỳ|giai đoạn) trước|trước (?:đó|đây)"
    r"|đầu (?:năm|kỳ))\b",
    re.IGNORECASE,
)
_YEAR_RE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: What is compared is a rate, and no count beside it: ``có tỷ lệ hộ nghèo cao nhất, gấp 3 lần xã B``.
_RATE_RE = re.compile(r"\bt[ỷỉ] (?:lệ|trọng|suất)\b", re.IGNORECASE)
#: What is not so, or left: no number of its own may be told of it.
_REST_RE = re.compile(r"\b(?:chưa|không|còn lại)\b", re.IGNORECASE)
#: Before a number by which one thing is more than another.
_MORE_RE = re.compile(r"\b(?:hơn|kém|chênh lệch|vượt|thiếu|hụt)\b[^,;]*$", re.IGNORECASE)
_TOGETHER_RE = re.compile(r"\s(?:và|cùng|với|,)\s")
#: Words of times, which name nothing.
_OF_TIME = frozenset(re.findall(r"\w+", "năm ngoái cùng kỳ trước đầu giai đoạn vụ quý tháng đây đó"))


@dataclass(frozen=True, slots=True)
class Compared:
    """A value that is compared: what it comes to, as told and where, what it measures, one of its last place."""

    value: Decimal
    told: str
    spans: tuple[Span, ...]
    kind: str = ""
    step: Decimal = Decimal(0)


def two_named(
    where: Stated, told: Multiple, values: CalledValues, year: int
) -> Iterator[tuple[Compared, Compared, int]]:
    """Two values of the names before and behind a multiple, and how surely they are meant; 0 where they may be."""
    then_said = naming(told.object) - _OF_TIME
    then_said = frozenset(word for word in then_said if not _YEAR_RE.fullmatch(word))
    if not then_said or (_is_past(told.object, year) and not then_said - naming(told.subject)):
        yield from _of_times(where, told, values, year)
        return
    if told.together:
        yield from _together(where, told, values)
        return
    if _REST_RE.search(told.object) and not _REST_RE.search(told.subject):
        yield from _of_rests(where, told, then_said, values)
    for clause in clauses_before(told.subject):
        now_said = naming(clause)
        if not now_said - then_said:
            continue
        rates = bool(_RATE_RE.search(f"{clause} {told.object}"))
        found = list(_two(where, told, now_said, then_said, values, rates=rates))
        for one, other, _ in _two(where, told, now_said, then_said, values) if rates else ():
            yield _one(one), _one(other), 0  # counts may be meant all the same
        if found:
            at = where.block.span.start + told.start
            found.sort(key=lambda row: (-round(row[2], 2), abs(at - row[0].node.told.span.start)))
            best = found[0]
            for one, other, score in found:
                sure = score == best[2] and (one, other) == best[:2]
                yield _one(one), _one(other), (2 if score >= _SURE else 1) if sure else 0
            return


def _one(call: Called) -> Compared:
    told = call.node.told
    step = told.step if told.step != 1 else Decimal(0)
    return Compared(call.value, told.printed, (told.span,), measured(call)[0], step)


def _two(
    where: Stated,
    told: Multiple,
    now_said: Words,
    then_said: Words,
    values: CalledValues,
    *,
    rates: bool = False,
) -> Iterator[tuple[Called, Called, float]]:
    now = list(_named(where, told, now_said, values, rates=rates))
    then = list(_named(where, told, then_said, values, rates=rates))
    for one, first in now:
        for other, second in then:
            if one is not other and one.value and other.value and _is_alike(one, other, part=told.value < 1):
                yield one, other, first * second


def _named(
    where: Stated, told: Multiple, said: Words, values: CalledValues, *, rates: bool = False
) -> Iterator[tuple[Called, float]]:
    whole = values.weight(said)
    years = _years(f"{told.subject} {told.object}")
    for _, one in values.named(said, _BESIDE[0]):
        node = one.node
        if not _is_value(where, told, one, rates=rates) or (
            years and (its := _years(node.head)) and not its & years
        ):
            continue
        beside = node.block == where.block.view.start
        beside = beside or (node.cell is not None and reach(where, told.low_at, told.high_at, one) <= BESIDE)
        least_name, least_said = _BESIDE if beside else _ANYWHERE
        name = one.own - naming(node.told.unit) or one.own
        of_name = values.weight(name & said) / (values.weight(name) or 1)
        of_said = values.weight(one.all & said) / whole
        if of_name >= least_name and of_said >= least_said:
            yield one, of_name * of_said


def _years(words: str) -> frozenset[str]:
    return frozenset(found.group() for found in _YEAR_RE.finditer(words))


def _is_value(where: Stated, told: Multiple, one: Called, *, rates: bool = False) -> bool:
    """Whether a number may be compared: no change or aim, nor the multiple itself; a rate among `rates` alone."""
    node = one.node
    start = node.told.span.start - where.block.span.start
    if (node.block == where.block.view.start and told.start <= start < told.end) or node.told.unit == "lần":
        return False
    if node.cell is None and _MORE_RE.search(node.head.partition("|")[0]):
        return False
    return (node.kind == "%") == rates and not (
        node.told.of or node.told.said.marks & _NO_VALUE or node.told.said.aim[0]
    )


def _is_alike(one: Called, other: Called, *, part: bool) -> bool:
    """Whether two values stand in one column, one row, or one kind of place, and are counted alike."""
    if one.node.kind != other.node.kind:
        return False
    left, right = one.node.cell, other.node.cell
    if left and right:
        # A row beside the total of its column is a part of it.
        in_column = left[2] == right[2] and not (left[1].total or (right[1].total and not part))
        return left[0] is right[0] and (left[1].at == right[1].at or in_column)
    units = {call.node.told.unit.split("/")[-1] if "/" in call.node.told.unit else "" for call in (one, other)}
    return left is None and right is None and len(units) == 1


def _together(where: Stated, told: Multiple, values: CalledValues) -> Iterator[tuple[Compared, Compared, int]]:
    """What is named before a multiple, with the two that are named behind it, added up."""
    names = [naming(part) for part in _TOGETHER_RE.split(told.object)]
    now_said = naming(next(clauses_before(told.subject), ""))
    found: list[tuple[float, Called, list[Called]]] = []
    for now, score in _named(where, told, now_said, values):
        named = [
            max(own, key=lambda row: row[1])
            for name in names
            if (own := [row for row in _named(where, told, name, values) if _is_alike(now, row[0], part=False)])
        ]
        parts = [one for one, _ in named]
        if len(parts) == len(names) > 1 and now not in parts:
            found.append((score * min(mark for _, mark in named), now, parts))
    found.sort(key=lambda row: -row[0])
    for at, (_, now, parts) in enumerate(found):
        worked = f"({' + '.join(one.node.told.printed for one in parts)})"
        sum_ = sum((one.value for one in parts), Decimal(0))
        yield _one(now), Compared(sum_, worked, tuple(one.node.told.span for one in parts)), 0 if at else 2


def _of_rests(
    where: Stated, told: Multiple, then_said: Words, values: CalledValues
) -> Iterator[tuple[Compared, Compared, int]]:
    """What is named before a multiple, with what is left of the whole: ``xã đạt chuẩn gấp đôi xã chưa đạt``."""
    now_said = naming(next(clauses_before(told.subject), ""))
    own = sorted(_named(where, told, now_said, values), key=lambda row: -row[1])
    for now, _ in own:
        for whole in values.found:
            alike = _is_alike(now, whole, part=True) and _is_value(where, told, whole) and whole.own & then_said
            left, right = now.node.cell, whole.node.cell
            if not alike or whole.value <= now.value or (left and right and left[1].at != right[1].at):
                continue
            if (left is None) or left[1].total:
                one, other = whole.node.told, now.node.told
                spans = (one.span, other.span)
                near = reach(where, told.low_at, told.high_at, whole) <= PARAGRAPH and now is own[0][0]
                rest = Compared(whole.value - now.value, f"({one.printed} - {other.printed})", spans)
                yield _one(now), rest, 2 * near


def _is_past(words: str, year: int) -> bool:
    """Whether words name a time before that of a paper."""
    years = [int(found.group()) for found in _YEAR_RE.finditer(words)]
    return bool(_PAST_RE.search(words)) or bool(years and year and max(years) < year)


def _of_times(
    where: Stated, told: Multiple, values: CalledValues, year: int
) -> Iterator[tuple[Compared, Compared, int]]:
    """What is named before a multiple, with what is told of the earlier time: ``gấp 1,8 lần năm trước``."""
    clause = next(clauses_before(told.subject), "")
    rates = bool(_RATE_RE.search(clause))
    near = [one for one in values.found if _is_value(where, told, one, rates=rates) and one.value > 0]
    near = [one for one in near if reach(where, told.low_at, told.high_at, one) <= BESIDE]
    said = naming(clause) - _OF_TIME
    in_text = [one for one in near if one.node.cell is None]
    told_of = {int(its) for one in in_text for its in _years(one.node.head) if int(its) <= (year or int(its))}
    year = max(told_of) if len(told_of) > 1 else year
    then = [one for one in in_text if _is_then(where, told, one, year)]
    now = [one for one in in_text if one not in then and not _is_past(one.node.head.split("|")[0], year)]
    found = [(_now_score(where, told, one, said, values), one, other) for one in now for other in then]
    found = [row for row in found if _is_counted_alike(row[1], row[2])]
    nearest = min((reach(where, told.low_at, told.high_at, other) for _, _, other in found), default=0)
    best = max((row[0] for row in found), default=(0, 0.0, 0))
    for score, one, other in found:
        sure = score == best and reach(where, told.low_at, told.high_at, other) == nearest
        sure = sure and (nearest <= PARAGRAPH or in_one_place(one, other))
        sure = sure and (score[1] > 0 or not said)
        yield _one(one), _one(other), int(sure)
    for one, other in _of_columns(near, said, year):
        yield _one(one), _one(other), 0


def _now_score(
    where: Stated, told: Multiple, one: Called, said: Words, values: CalledValues
) -> tuple[int, float, int]:
    """How much speaks for a number that is compared with that of an earlier time."""
    common = values.weight(one.own & said)
    share = common / values.weight(one.own) if common else 0.0
    far = reach(where, told.low_at, told.high_at, one)
    return (-min(far, PARAGRAPH) if not common else -SENTENCE, round(share, 2), one.node.told.span.start)


def _is_then(where: Stated, told: Multiple, one: Called, year: int) -> bool:
    """Whether a number is told of an earlier time, by the words before it, or right behind the multiple."""
    before = one.node.head.split("|")[0]
    if _is_past(before, year) or _is_past(one.node.head.split("|")[-1], year):
        return True
    at = one.node.told.span.start - where.block.span.start
    if one.node.block != where.block.view.start or not told.end <= at < told.high_at:
        return False
    return not any(told.end <= where.start(other) < at for other in where.figures if other.unit)


def _is_counted_alike(one: Called, other: Called) -> bool:
    unit = one.node.told.unit
    return one.node.kind == other.node.kind and (not unit or is_of_unit(other, unit) or not other.node.told.unit)


def _of_columns(near: Sequence[Called], said: Words, year: int) -> Iterator[tuple[Called, Called]]:
    """The numbers of one row in two columns of times, the later one first."""
    cells = [one for one in near if one.node.cell is not None]
    for one in cells:
        for other in cells:
            left, right = one.node.cell, other.node.cell
            in_row = left and right and left[0] is right[0] and left[1].at == right[1].at
            if left and right and in_row and order(left[0].head(left[2]), right[0].head(right[2])) == 1:
                yield one, other
