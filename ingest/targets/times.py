"""By when targets are to be reached, held against one another: whether two say it of one time.

``năm 2024`` and ``giai đoạn 2021-2025`` are two goals, a year's and five years'; ``đến năm 2025`` and ``giai đoạn
2021-2025`` end together. Years that only a heading or the name of a programme gives, not the target itself, are
looser: a goal of a programme for ten years may be reported on with those of its first five.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from kb.models import Target

_YEAR_RE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_EACH_RE = re.compile(r"\b(?:hằng|hàng|mỗi)\s+(?:năm|quý|tháng)\b", re.IGNORECASE)
#: One year of a school, one season of crops, told by two years of the calendar.
_SEASON_RE = re.compile(r"\b(?:năm học|vụ|niên độ)\s", re.IGNORECASE)
_BY_RE = re.compile(r"\b(?:đến|tới|trước|hết|cuối|vào|chậm nhất|xong|hạn)\b", re.IGNORECASE)
_QUARTER_RE = re.compile(r"quý\s*(?P<n>IV|I{1,3}|[1-4])\b", re.IGNORECASE)
_HALF_RE = re.compile(r"(?P<n>\d{1,2})\s+tháng\s+(?P<end>đầu|cuối)\s+năm", re.IGNORECASE)
_MONTH_RE = re.compile(r"(?:tháng\s+|\d{1,2}/|(?<![\d/]))(?P<n>\d{1,2})(?:/|\s+năm\s+)(?=(?:19|20)\d\d)")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


class _Kind(Enum):
    """A year or a part of one; several years; a day or year by which; each year."""

    YEAR = 1
    YEARS = 2
    BY = 3
    EACH = 4


@dataclass(frozen=True, slots=True)
class Time:
    """When something is to be reached: its first and last month, counted from the year 0.

    `own`: the target itself says so, not what stands over it.
    """

    kind: _Kind
    first: int
    last: int
    own: bool


def time_of(target: Target) -> Time | None:
    """The time of a target; None where none is told, or not in words that are understood."""
    period = " ".join((target.period or "").split())
    if not period:
        return None
    own = target.period_from is None
    years = sorted({int(year) for year in _YEAR_RE.findall(period)})
    if not years:
        return Time(_Kind.EACH, 0, 0, own) if _EACH_RE.search(period) else None
    first, last = years[0] * 12, years[-1] * 12 + 11
    if len(years) > 1:
        return Time(_Kind.YEAR if _SEASON_RE.search(period) else _Kind.YEARS, first, last, own)
    first, last = _months(period, years[0])
    # "đạt tối thiểu 85% vào năm 2025": a time by which, of which only the year was taken
    before = re.search(rf"(?:vào|đến|hết|cuối|trước)\s+(?:hết\s+|cuối\s+)?{re.escape(period)}", target.text)
    by = before or _BY_RE.search(period)
    return Time(_Kind.BY if by else _Kind.YEAR, first, last, own)


def _months(period: str, year: int) -> tuple[int, int]:
    """The first and the last month of the time that a period of one year names."""
    begin = year * 12
    if half := _HALF_RE.search(period):
        count = min(int(half["n"]), 12)
        return (begin, begin + count - 1) if half["end"].lower() == "đầu" else (begin + 12 - count, begin + 11)
    if quarter := _QUARTER_RE.search(period):
        last = _QUARTERS[quarter["n"].lower()] * 3
        return begin + last - 3, begin + last - 1
    month = _MONTH_RE.search(period)
    if month and 1 <= int(month["n"]) <= 12:
        return begin + int(month["n"]) - 1, begin + int(month["n"]) - 1
    return begin, begin + 11


def is_one_time(one: Time | None, other: Time | None, *, state: bool) -> bool:
    """Whether two times are one; a time that is not told is none of another.

    `state`: what is to be reached is how things stand (a share), not how much comes or changes in that time.
    """
    if one is None or other is None:
        return True
    kinds = {one.kind, other.kind}
    if _Kind.EACH in kinds:
        return len(kinds) == 1 or not (one.own and other.own)
    if kinds == {_Kind.YEAR}:
        return (one.first, one.last) == (other.first, other.last)
    if kinds == {_Kind.BY, _Kind.YEAR}:
        return state and one.last == other.last
    if kinds == {_Kind.YEAR, _Kind.YEARS}:
        return False
    if one.last == other.last:
        return True
    if kinds == {_Kind.BY}:
        return False
    # Years, and years or a day among them: looser where a heading gives the years.
    loose = any(time.kind is _Kind.YEARS and not time.own for time in (one, other))
    if _Kind.BY in kinds:
        by, years = (one, other) if one.kind is _Kind.BY else (other, one)
        return loose and years.first <= by.last <= years.last
    return loose and one.first <= other.last and other.first <= one.last


def is_same_time(one: Time | None, other: Time | None) -> bool:
    """Whether two times are told, and are of one kind and the same."""
    return one is not None and other is not None and (one.kind, one.last) == (other.kind, other.last)


def month_of(day: str | None) -> int | None:
    """The month of a day, counted as those of times are; None for a year alone.

    >>> month_of("2025-06-27") == 2025 * 12 + 5, month_of("2025")
    (True, None)
    """
    found = re.match(r"(\d{4})-(\d\d)", day or "")
    return int(found[1]) * 12 + int(found[2]) - 1 if found else None
