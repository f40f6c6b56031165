"""One goal that is told with two levels: in the text and in a table of the paper, or twice of a whole place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from graphs.checks.reading.arithmetic import digits_of, show
from graphs.checks.reading.named import plain_name
from graphs.checks.reading.periods import told_period
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Comparator, Finding, Severity, Target
from kb.text.words import cut_short

#: What only says that a thing is to be, where, and by when.
_LIGHT_RE = re.compile(
    r"\b(?:trên\s+địa\s+bàn|toàn\s+(?:tỉnh|huyện|thành\s+phố|xã|ngành)|cả\s+(?:tỉnh|năm)|khu\s+vực|phát\s+sinh|hoàn\s+thành"
    r"|tối\s+thiểu|tối\s+đa|ít\s+nhất|không\s+(?:quá|dưới)|phấn\s+đấu|bảo\s+đảm|đảm\s+bảo|trở\s+lên|trong\s+năm|đến\s+(?:hết\s+|cuối\s+)?năm"
    r"|vào\s+năm|của\s+tỉnh|tỷ\s+lệ|tỉ\s+lệ|tổng|đạt|còn|trên|dưới|từ|số|các|có|là|ở|năm|và|được|khoảng|mức)\b"
)
_WORD_RE = re.compile(r"[^\W\d_]+")
#: The mark of an item, by when, and the number itself.
_MARK_RE = re.compile(r"^\W*(?:\(?\w{1,3}[.)]\s+)?|\d[\d.,/]*\s*%?")
#: What goes on from year to year or is summed up, and a level that another body set.
_APART_RE = re.compile(
    r"\b(?:lũy kế|luỹ kế|cộng dồn|bình quân|hằng năm|hàng năm|mỗi năm|riêng|trong đó|cả nước|toàn quốc|trung ương"
    r"|chính phủ giao|tỉnh giao|bộ giao|cấp trên|điều chỉnh|nghị quyết|quyết định)\b",
    re.IGNORECASE,
)
_WHOLE_RE = re.compile(r"\b(?:toàn|cả)\s+(?:tỉnh|huyện|thành phố|xã|ngành)\b", re.IGNORECASE)
#: Headings of what is to come, and of what was.
_AHEAD_RE = re.compile(r"\b(?:phương hướng|nhiệm vụ|giải pháp|kế hoạch|mục tiêu|chỉ tiêu)\b", re.IGNORECASE)
_PAST_RE = re.compile(
    r"\b(?:kết quả|tình hình|đánh giá|thực hiện|công tác chỉ đạo|hạn chế|tồn tại)\b", re.IGNORECASE
)
_FEWEST, _FINE = 3, 2
_Time = tuple[str, date]
_Key = tuple[frozenset[str], _Time | None]


def check_levels_twice(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """A goal of the text has the level that a row of a table gives it for the same time, in the same unit."""
    prose = [(target, time) for target in subject.targets if target.table is None and (time := _time(target))]
    times = {time for _, time in prose}
    rows: dict[_Key, list[Target]] = defaultdict(list)
    for target in subject.targets:
        time = _time(target) if target.table is not None else None
        for words in _names(target) if time in times else ():
            rows[words, time].append(target)
    times = {time for _, time in rows if time}
    for target, time in prose:
        names = _names(target) if time in times else ()
        like = next((rows[words, time] for words in names if (words, time) in rows), [])
        same = len({(one.value, one.comparator) for one in like}) == 1 and _same_unit(target, like[0])
        if same and not any(are_apart(subject, target, one) for one in like):
            yield from _held(target, like[0], tally, by)
    yield from _of_whole(subject, prose, tally, by)
    yield from _of_one_result(subject, tally, by)


def _of_whole(subject: Subject, prose: list[tuple[Target, _Time]], tally: Tally, by: Rule) -> Iterator[Finding]:
    """``tỷ lệ lao động thất nghiệp toàn tỉnh còn 2,15%`` at one place, 2,51% at another."""
    named: dict[tuple[str, _Time], list[Target]] = defaultdict(list)
    for target, time in prose:
        if _WHOLE_RE.search(target.metric) and not _APART_RE.search(target.text):
            named[plain_name(target.metric), time].append(target)
    for told in named.values():
        for other in told[1:]:
            apart = other.eid == told[0].eid or are_apart(subject, other, told[0])
            if not apart and _same_unit(other, told[0]):
                yield from _held(other, told[0], tally, by)


def _of_one_result(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``phải đạt 87%; kết quả 88,4%`` beside a row of that name and result whose plan is 78."""
    told = [one for one in subject.targets if _fine_result(one) and one.value is not None]
    rows = [one for one in told if one.table is not None]
    for target in told if rows else ():
        if target.table is not None:
            continue
        words = _words(target.metric)
        like = [one for one in rows if _is_named_like(words, _words(one.metric)) and _one_result(target, one)]
        if len(like) == 1 and like[0].comparator is target.comparator and _one_source(subject, target, like[0]):
            yield from _held(target, like[0], tally, by)


def _fine_result(target: Target) -> bool:
    """Whether a result has so many digits that two goals hardly share it, and reaches not just its level."""
    value = target.result.value if target.result else None
    return bool(value) and len(digits_of(Decimal(value or 0))) >= _FINE and value != "100"


def _is_named_like(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _FEWEST and (one <= other or other <= one)


def _one_result(one: Target, other: Target) -> bool:
    first, second = (goal.result.value if goal.result else None for goal in (one, other))
    return bool(first and second) and Decimal(first or 0) == Decimal(second or 0) and _same_unit(one, other)


def _one_source(subject: Subject, target: Target, row: Target) -> bool:
    """Whether nothing says that two levels are of two years or were set by two documents."""
    period = target.period if target.period and target.period in target.text else None
    days = _day(period) if period else None, _day(row.period) if row.period else None
    if all(days) and days[0] != days[1]:
        return False
    sources = [{subject.citations[one.citation].number for one in goal.bases} for goal in (target, row)]
    return sources[0] == sources[1] and bool(sources[0] or not _APART_RE.search(target.text))


def are_apart(subject: Subject, one: Target, other: Target) -> bool:
    """Whether two levels are of two times or no two levels: one is the result of the other, or still to come."""
    for this, that in ((one, other), (other, one)):
        if that.result and that.result.value is not None and that.result.value == this.value:
            return True
        if not (this.result or this.verdict) and (that.result or that.verdict) and _is_ahead(subject, this):
            return True
    return False


def _is_ahead(subject: Subject, target: Target) -> bool:
    """Whether a heading over a goal is of what is to come."""
    units = {unit.eid: unit for unit in subject.document.units}
    unit = units.get(target.eid or "")
    while unit is not None:
        if unit.heading and _AHEAD_RE.search(unit.heading):
            return not _PAST_RE.search(unit.heading)
        unit = units.get(unit.parent or "")
    return False


def _names(target: Target) -> Iterator[frozenset[str]]:
    """The words by which a goal is known, of its name and of its whole clause; none where it is of a part."""
    if (target.scope and not _WHOLE_RE.search(target.scope)) or _APART_RE.search(target.text):
        return
    clause = target.text.replace(target.period or " ", " ")
    for name in (target.metric,) if target.table is not None else (target.metric, clause):
        words = _words(name)
        if len(words) >= _FEWEST:
            yield words


def _words(name: str) -> frozenset[str]:
    """The words that say what a goal is of.

    >>> sorted(_words("Thu gom, xử lý rác phát sinh ở khu vực nông thôn")) == sorted(
    ...     _words("Thu gom, xử lý rác nông thôn")
    ... )
    True
    """
    return frozenset(_WORD_RE.findall(_LIGHT_RE.sub(" ", plain_name(_MARK_RE.sub(" ", name)))))


def _same_unit(one: Target, other: Target) -> bool:
    """Whether two units are one, told with more or fewer words: ``căn``, ``căn nhà``."""
    units = [f"{(goal.unit or '').lower()} " for goal in (one, other)]
    return units[0].startswith(units[1]) or units[1].startswith(units[0])


def _time(target: Target) -> _Time | None:
    """The first word of the unit of a level, and the day by which it is to be reached."""
    day = _day(target.period) if target.value is not None and target.unit and target.period else None
    return ((target.unit or "").lower().split()[0], day) if day else None


@lru_cache(maxsize=256)
def _day(period: str) -> date | None:
    told = told_period(f"năm {period}" if period.isdigit() else period)
    return told[1] if told else None


def _agree(one: Target, other: Target) -> bool | None:
    """Whether two levels may both hold; None where they cannot be compared."""
    low, high = Decimal(one.value or 0), Decimal(other.value or 0)
    exponents = [int(value.as_tuple().exponent) for value in (low, high)]
    if abs(low - high) <= Decimal(1).scaleb(max(exponents)) / 2:
        return True  # one is told with fewer decimals
    kinds = one.comparator, other.comparator
    if kinds[0] == kinds[1]:
        return False
    if Comparator.EQUAL not in kinds:
        return None
    bound, value = (low, high) if kinds[1] is Comparator.EQUAL else (high, low)
    comparator = kinds[0] if kinds[1] is Comparator.EQUAL else kinds[1]
    if comparator in (Comparator.AT_LEAST, Comparator.MORE):
        return value >= bound
    return value <= bound if comparator in (Comparator.AT_MOST, Comparator.LESS) else None


def _held(target: Target, other: Target, tally: Tally, by: Rule) -> Iterator[Finding]:
    agrees = _agree(target, other)
    if agrees is None:
        return
    if agrees:
        tally.held += 1
        return
    tally.failed += 1
    here, there = (_level(one) for one in (target, other))
    where = both("bảng", "a table") if other.table is not None else both("chỗ khác", "elsewhere")
    yield by.finding(
        (target.level or target.span,),
        f"mục tiêu “{cut_short(target.metric, 100)}” ({target.period}) ghi {here}, {where} ghi {there}",
        f"the goal “{cut_short(target.metric, 100)}” ({target.period}) is {here} here and {there} elsewhere",
        stated=here,
        expected=there,
        evidence=(other.level or other.span,),
        suggestion=both("thống nhất một mức cho cùng một mục tiêu", "keep one level for one goal"),
        page=target.page,
        severity=Severity.WARNING,
    )


def _level(target: Target) -> str:
    value = show(Decimal(target.value or 0))
    return f"{value}%" if target.unit == "%" else f"{value} {target.unit}"
