"""So many months, days or years beside two ends in one sentence, in either order and by whatever words.

``từ đầu tháng 4 đến hết tháng 9 năm 2024, kéo dài 6 tháng``: what an end leaves open (the whole month or its first
day) makes several counts right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor

from graphs.checks.reading.counted import COUNT_WORDS
from graphs.checks.times.months_told import read_months
from kb.models import Span
from kb.text.sentences import split_sentences

_PART = r"(?P<{0}>đầu|giữa|cuối|hết)\s+"
_TO = r"\s*,?\s*(?:(?:và\s+)?(?:kết thúc|hoàn thành|bế giảng)(?:\s+(?:vào|trong))?|đến|tới|-|–)\s+"
_MONTHS_RE = re.compile(
    rf"\b(?:[Tt]ừ\s+)?(?:{_PART.format('begin')})?tháng\s+(?P<m1>\d{{1,2}})(?:\s*/\s*(?P<y1>(?:19|20)\d\d)"
    rf"|\s+năm\s+(?P<y1b>(?:19|20)\d\d))?{_TO}(?:{_PART.format('end')})?tháng\s+(?P<m2>\d{{1,2}})"
    r"(?:\s*/\s*(?P<y2>(?:19|20)\d\d)|\s+năm\s+(?P<y2b>(?:19|20)\d\d))?(?![\d/])"
)
_DAYS_RE = re.compile(
    r"\bngày\s+(?P<d1>\d{1,2})(?:\s*/\s*(?P<m1>\d{1,2}))?(?:\s*/\s*(?P<y1>(?:19|20)\d\d))?"
    r"\s*,?\s*(?:(?:và\s+)?(?:kết thúc|hoàn thành|bế giảng)|đến|tới|-|–)(?:\s+hết)?\s+(?:ngày\s+)?"
    r"(?P<d2>\d{1,2})\s*/\s*(?P<m2>\d{1,2})(?:\s*/\s*(?P<y2>(?:19|20)\d\d))?(?![\d/])"
)
_YEARS_RE = re.compile(
    r"\b[Tt]ừ\s+(?:đầu\s+)?năm\s+(?P<y1>(?:19|20)\d\d)\s+(?:đến|tới)\s+(?:hết\s+|cuối\s+)?năm\s+(?P<y2>(?:19|20)\d\d)(?![\d/])"
)
_LAST = (
    r"(?:kéo dài(?:\s+trong)?|diễn ra trong|trong(?:\s+(?:suốt|vòng|thời gian))?|suốt|thời gian"
    r"(?:\s+[^\W\d_]+){0,2}|tổng cộng|tức(?:\s+là)?|hay|như vậy là|tròn|đúng"
    r"|(?P<whole>(?:(?:tức\s+)?là\s+|gồm\s+|có\s+)?(?:đủ|trọn)(?:\s+vẹn)?))"
)
_COUNT = (
    rf"(?:(?P<less>gần|chưa (?:đến|đầy))\s+|(?P<more>hơn|trên)\s+)?(?P<told>(?P<count>\d{{1,3}}|mười một|mười hai"
    rf"|{COUNT_WORDS}|năm)\s+(?P<unit>tháng|ngày|năm|tuần))\b"
    r"(?!\s*(?:đầu|cuối|làm việc|công|lễ|trước|sau|nay|/|\d))"
)
_BEHIND_RE = re.compile(
    rf"[^.;:\d]{{0,12}}(?:[,(–-]\s*|\s(?=(?:là|gồm|có)\s+đủ)){_LAST}\s+(?:là\s+)?{_COUNT}", re.IGNORECASE
)
_BEFORE_RE = re.compile(rf"\b{_LAST}\s+{_COUNT}\s*[,(:]?\s*(?:tính\s+|kể\s+)?$", re.IGNORECASE)
_OPENS = {"đầu": 0.0, "giữa": 0.5, "cuối": 1.0, "hết": 1.0}
_MONTH, _LEAD, _ROUGHLY = 30.44, 60, 0.2


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of a unit are told at `span`; the two ends at `ends` make any of `made`."""

    count: int
    span: tuple[int, int]
    made: tuple[int, ...]
    ends: Span
    unit: str


def spans_counted(text: str) -> Iterator[Counted]:
    """The counts that stand beside the two ends of a time.

    >>> [
    ...     (one.count, one.made, one.unit)
    ...     for one in spans_counted("Sửa cầu kéo dài 9 tháng, từ tháng 5 đến tháng 8.")
    ... ]
    [(9, (3, 4), 'tháng')]
    """
    for low, high in split_sentences(text) if re.search(r"tháng|ngày|năm", text) else ():
        for pattern in (_MONTHS_RE, _DAYS_RE, _YEARS_RE):
            for ends in pattern.finditer(text, low, high):
                start = max(low, ends.start() - _LEAD)
                before = _BEFORE_RE.search(text[start : ends.start()])
                told = before or _BEHIND_RE.match(text, ends.end(), high)
                lasting = _months(ends) if pattern is _MONTHS_RE else _days(ends) if pattern is _DAYS_RE else None
                if pattern is _YEARS_RE:
                    years = int(ends["y2"]) - int(ends["y1"])
                    lasting = (years * 12.0, years * 12.0 + 12)
                count = read_months(told["count"]) if told else None
                if told is None or count is None or lasting is None or not lasting[1] > 0:
                    continue
                by = start if before else 0
                # "đủ 6 tháng": the month of either end is whole.
                made = _made((lasting[1], lasting[1]) if told["whole"] else lasting, told)
                span = (told.start("told") + by, told.end("told") + by)
                if made:
                    yield Counted(count, span, made, Span(*ends.span()), told["unit"].lower())


def _months(ends: re.Match[str]) -> tuple[float, float] | None:
    """The least and the most months between two of them."""
    first, last = int(ends["m1"]), int(ends["m2"])
    year, other = ends["y1"] or ends["y1b"], ends["y2"] or ends["y2b"]
    if not (0 < first <= 12 and 0 < last <= 12):
        return None
    apart = last - first + (12 * (int(other) - int(year)) if year and other else 0)
    if apart < 0 or (year and not other):
        return None
    begin = _OPENS.get((ends["begin"] or "đầu").lower(), 0.0)
    end = (ends["end"] or "").lower()
    least, most = (_OPENS[end], _OPENS[end]) if end else (0.0, 1.0)
    return apart + least - begin, apart + most - begin


def _days(ends: re.Match[str]) -> tuple[float, float] | None:
    """The months between two days, without the first one and with it."""
    year = int(ends["y2"] or ends["y1"] or 2001)
    try:
        last = date(year, int(ends["m2"]), int(ends["d2"]))
        first = date(int(ends["y1"] or year), int(ends["m1"] or ends["m2"]), int(ends["d1"]))
    except ValueError:
        return None
    days = (last - first) // timedelta(days=1)
    return (days / _MONTH, (days + 1) / _MONTH) if days > 0 else None


def _made(lasting: tuple[float, float], told: re.Match[str]) -> tuple[int, ...]:
    """The counts of the unit that fit."""
    many = {"tháng": 1.0, "ngày": _MONTH, "năm": 1 / 12, "tuần": _MONTH / 7}[told["unit"].lower()]
    low, high = lasting[0] * many, lasting[1] * many
    rough = 0.01 if told["unit"].lower() == "ngày" else _ROUGHLY
    if told["less"]:
        return tuple(range(ceil(low - 0.01), ceil(high) + 1)) or (ceil(high),)
    if told["more"]:
        return tuple(range(max(1, floor(low - rough)), floor(high + rough) + 1))
    fits = tuple(range(max(1, ceil(low - rough)), floor(high + rough) + 1))
    return fits if fits or told["unit"].lower() == "ngày" else ()
