"""Periods that words name, as days; FIG rules on periods, CIT rules on documents of another period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from graphs.checks.reading.arithmetic import decimal, read_number, rounds_to
from graphs.checks.reading.rows import grids
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import Bilingual, both
from kb.clock import told_day
from kb.models import Finding, Span
from kb.text.sentences import split_sentences
from kb.vocabulary.counts import COUNTS

_Y = r"(?P<{}>(?:19|20)\d\d)(?!\d)"
#: One of these stands in every text that tells a day of a year.
YEAR_MARKS = ("/20", "m 20", "/19", "m 19")
#: What every period has.
_ANY_YEAR_RE = re.compile(r"(?:19|20)\d\d")
_YEARS_RE = re.compile(
    r"[GgNnTtHhBbCc2-9](?:(?<=[Gg])iai đoạn|(?<=[Nn])hiệm kỳ|(?<=[Tt])(?:hời kỳ|ừ)"
    r"|(?:(?<=[Hh])ai|(?<=[Bb])(?:a|ốn)|(?<=[Cc])ác|(?<=\d))(?=\s+năm\s))\s+"
    rf"(?:đầu\s+)?(?:năm\s+)?{_Y.format('low')}\s*(?:[-–—]|đến(?:\s+hết)?)\s*"
    rf"(?:(?:tháng\s+)?\d{{1,2}}/|(?:ngày\s+)?\d{{1,2}}/\d{{1,2}}/|năm\s+)?{_Y.format('high')}"
)
_DAYS_RE = re.compile(
    rf"[Tt]ừ\s+(?:ngày\s+)?(?P<d1>\d{{1,2}})/(?P<m1>\d{{1,2}})/{_Y.format('y1')}\s+(?:đến"
    rf"|-)\s+(?:hết\s+)?(?:ngày\s+)?"
    rf"(?P<d2>\d{{1,2}})/(?P<m2>\d{{1,2}})/{_Y.format('y2')}"
)
MONTHS_RE = re.compile(
    rf"\b(?P<count>0?[1-9]|1[0-2]|[Bb]a|[Ss]áu|[Cc]hín)\s+tháng\s+(?:(?P<end>đầu|cuối)\s+năm\s+|(?:năm\s+)?){_Y.format('year')}"
    rf"|\b[Qq]u[ýí]\s*(?P<quarter>IV|I{{1,3}}|[1-4])\s*(?:[/.-]|năm)?\s*{_Y.format('quarter_year')}"
    rf"|\b[Tt]háng\s+(?P<month>\d{{1,2}})(?:/|\s+năm\s+){_Y.format('month_year')}"
)
_YEAR_RE = re.compile(rf"(?:[Tt]rong\s+)?\b[Nn]ăm\s+{_Y.format('year')}(?!\s*[-–])")
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
#: What a thing is compared with, the day of a document, a year that only a name holds: no period of a deed.
_NO_PERIOD_RE = re.compile(
    r"(?:so với|cùng kỳ|ngày\s+\d{1,2}|tháng\s+\d{1,2}|Luật[^.;,]{0,60}|Kế hoạch[^.;,]{0,90}|Chương"
    r" trình[^.;,]{0,90})\s*"
    r"(?:cùng kỳ|cuối|đầu|thời điểm)?\s*$"
)


_YEAR, _ABOUT, _LAST_WEEKS = 365, 7, (11, 14)


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of a period, and where its words stand."""

    first: date
    last: date
    start: int
    end: int

    @property
    def years(self) -> range:
        """The years that it covers."""
        return range(self.first.year, self.last.year + 1)


def find_periods(text: str) -> Iterator[Period]:
    """The periods of a text in which things were done, left to right, the longest of each place.

    >>> [
    ...     (str(one.first), str(one.last))
    ...     for one in find_periods("Giai đoạn 2021-2025; quý I/2025; 06 tháng đầu năm 2025")
    ... ]
    [('2021-01-01', '2025-12-31'), ('2025-01-01', '2025-03-31'), ('2025-01-01', '2025-06-30')]
    """
    if not _ANY_YEAR_RE.search(text):
        return  # as of most texts that are asked about
    found = [*_years(text), *_days(text), *_months(text), *_single(text)]
    reach = 0
    for period in sorted(found, key=lambda one: (one.start, -one.end)):
        if period.start >= reach and not _NO_PERIOD_RE.search(text, max(0, period.start - 110), period.start):
            yield period
            reach = period.end


def _years(text: str) -> Iterator[Period]:
    for found in _YEARS_RE.finditer(text):
        low, high = int(found["low"]), int(found["high"])
        if low <= high:
            yield Period(date(low, 1, 1), date(high, 12, 31), *found.span())


def _days(text: str) -> Iterator[Period]:
    for found in _DAYS_RE.finditer(text):
        try:
            first = date(int(found["y1"]), int(found["m1"]), int(found["d1"]))
            last = date(int(found["y2"]), int(found["m2"]), int(found["d2"]))
        except ValueError:
            continue
        if _is_year(first, last):
            first, last = date(last.year, 1, 1), date(last.year, 12, 31)
        if first <= last:
            yield Period(first, last, *found.span())


def _is_year(first: date, last: date) -> bool:
    """Whether days are those of a year of reports: the twelve months up to some day of its last weeks.

    From a day of December to the day before it of the same December the first year is a slip for the one before.

    >>> _is_year(date(2023, 12, 15), date(2024, 12, 14)), _is_year(date(2024, 1, 1), date(2024, 6, 30))
    (True, False)
    """
    days = (last - first).days + 1
    if days <= 0 and first.year == last.year:
        days += _YEAR
    return abs(days - _YEAR) <= _ABOUT and (last.month, last.day) >= _LAST_WEEKS


def month_days(found: re.Match[str]) -> tuple[date, date] | None:
    """First and last day of months, a quarter or a month as `MONTHS_RE` found them; None for no such months."""
    if found["year"]:
        count, year = _count(found["count"]), int(found["year"])
        low, high = (13 - count, 12) if found["end"] == "cuối" else (1, count)
    elif found["quarter_year"]:
        quarter, year = _QUARTERS[found["quarter"]], int(found["quarter_year"])
        low, high = quarter * 3 - 2, quarter * 3
    else:
        low = high = int(found["month"])
        year = int(found["month_year"])
    return (date(year, low, 1), _month_end(year, high)) if 1 <= low <= high <= 12 else None


def _count(printed: str) -> int:
    """How many months: in figures, or of a quarter, a half, three quarters in words."""
    return int(COUNTS.get(printed.lower(), printed))


def _months(text: str) -> Iterator[Period]:
    for found in MONTHS_RE.finditer(text):
        if days := month_days(found):
            yield Period(*days, *found.span())


def _single(text: str) -> Iterator[Period]:
    for found in _YEAR_RE.finditer(text):
        year = int(found["year"])
        yield Period(date(year, 1, 1), date(year, 12, 31), *found.span())


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


#: A day, a month, a quarter, a year, as words name them; read by `when`.
WHEN = (
    r"(?:(?:hết\s+)?ngày\s+)?\d{1,2}/\d{1,2}/(?:19|20)\d\d|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(?:19|20)\d\d"
    r"|(?:đầu\s+|cuối\s+|hết\s+)?(?:tháng\s+\d{1,2}(?:/|\s+năm\s+)(?:19|20)\d\d"
    r"|quý\s*(?:IV|I{1,3}|[1-4])\s*(?:/|-|năm)?\s*(?:19|20)\d\d|năm\s+(?:19|20)\d\d)"
)
_AT_DAY_RE = re.compile(r"(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4})")
_AT_YEAR_RE = re.compile(r"năm\s+(\d{4})$", re.IGNORECASE)


def when(words: str) -> tuple[date, date] | None:
    """First and last day of a day, a month, a quarter or a year; None where there is no such day.

    >>> [str(day) for day in when("cuối quý II năm 2025")], when("ngày 31/02/2025")
    (['2025-04-01', '2025-06-30'], None)
    """
    try:
        if day := _AT_DAY_RE.search(words):
            one = date(int(day[3]), int(day[2]), int(day[1]))
            return one, one
        if month := MONTHS_RE.search(words):
            return month_days(month)
        if year := _AT_YEAR_RE.search(words):
            return date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)
    except ValueError:
        return None
    return None


#: A day told without its year, as of every year; read by `each_year`.
EACH_YEAR = r"ngày\s+\d{1,2}(?:/|\s+tháng\s+)\d{1,2}(?!\s+(?:của\s+)?năm\b)"
NO_YEAR = 4
_DAY_MONTH_RE = re.compile(r"(\d{1,2})\D+(\d{1,2})")


def each_year(words: str) -> tuple[date, date] | None:
    """A day that is told without a year, in year 4, which has a 29 February; None where there is no such day.

    >>> each_year("ngày 15 tháng 12"), each_year("ngày 31/11")
    ((datetime.date(4, 12, 15), datetime.date(4, 12, 15)), None)
    """
    found = _DAY_MONTH_RE.search(words)
    try:
        day = date(NO_YEAR, int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
    return (day, day) if day else None


_DAY = r"(?P<day>\d{1,2})/(?P<month>\d{1,2})"
_UNTIL_DAY_RE = re.compile(
    rf"(?:[Đđ]ến|[Tt]hời điểm)\s+(?:hết\s+|thời điểm\s+)?(?:ngày\s+)?{_DAY}/{_Y.format('year')}"
)
_UNTIL_YEAR_RE = re.compile(rf"(?:[Đđ]ến\s+(?:hết\s+|cuối\s+)?|[Cc]uối\s+)năm\s+{_Y.format('year')}")
_UNTIL_PART_RE = re.compile(r"[Đđ]ến\s+(?:hết\s+|cuối\s+)?(?=[Qq]u[ýí]|tháng)")
_YEAR_TO_DAY_RE = re.compile(
    rf"{_Y.format('year')}\W+(?:(?:số liệu|tính)\s+)?đến\s+(?:hết\s+)?(?:ngày\s+)?{_DAY}(?![\d/])(?!\s*\d)"
)


@lru_cache(maxsize=4096)
def told_period(text: str) -> tuple[date | None, date] | None:
    """First and last day that the words of a period, or the head of a column, mean; None for several or none.

    There is no first day where only a day is told up to which things are counted.

    >>> told_period("Năm 2025 (tính đến 31/3)") == told_period("quý I/2025")
    True
    >>> told_period("tính đến thời điểm 31/3/2025")
    (None, datetime.date(2025, 3, 31))
    """
    if not _ANY_YEAR_RE.search(text):
        return None
    try:
        several = re.search(r"\b[Tt]ừ\b", text)
        part = None if several else _YEAR_TO_DAY_RE.search(text)
        if part:
            year = int(part["year"])
            return date(year, 1, 1), date(year, int(part["month"]), int(part["day"]))
        day = None if several else _UNTIL_DAY_RE.search(text)
        if day:
            return None, date(int(day["year"]), int(day["month"]), int(day["day"]))
    except ValueError:
        return None
    end = None if several else _UNTIL_YEAR_RE.search(text)
    if end:
        return None, date(int(end["year"]), 12, 31)
    found = list(find_periods(text))
    if len(found) != 1 or re.search(r"\b[Đđ]ầu\s+năm", text[: found[0].end].replace("tháng đầu năm", "")):
        return None
    return (None if _UNTIL_PART_RE.search(text) else found[0].first), found[0].last


def same_period(one: tuple[date | None, date] | None, other: tuple[date | None, date] | None) -> bool:
    """Whether two of `told_period` are one: they end on one day, and begin on one where both tell it."""
    if one is None or other is None or one[1] != other[1]:
        return False
    return one[0] is None or other[0] is None or one[0] == other[0]


_COMPARED_RE = re.compile(
    r"so với\s+(?:(?:thời điểm\s+)?(?P<edge>cuối|đầu)\s+)?năm\s+(?P<year>(?:19|20)\d\d)(?!\d)"
)
_DONE_RE = re.compile(r"\b(?:đã|Đã)\b")
#: The rate that a comparison is told with.
_RATE_BEFORE_RE = re.compile(r"(?P<rate>\d[\d.]*(?:,\d+)?\s*%)[\s,(]*$")
_PLANNED_RE = re.compile(r"\b(?:dự kiến|phấn đấu|sẽ|ước|mục tiêu|kế hoạch)\b", re.IGNORECASE)


def check_compared(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What was reached is not compared with a time that is still to come."""
    if subject.as_of is None:
        tally.skip(both("chưa có ngày của văn bản", "no date of the document"))
        return
    text = subject.document.reading.text
    for found in _COMPARED_RE.finditer(text):
        year = int(found["year"])
        day = date(year, 1, 1) if found["edge"] == "đầu" else date(year, 12, 31)
        # "So với năm 2025" in a paper of 2025 may mean the plan of that year; the end of a year is one day.
        late = day > subject.as_of and (found["edge"] == "cuối" or year > subject.as_of.year)
        before = text[max(0, found.start() - 200) : found.start()]
        low, _ = split_sentences(before)[-1] if before.strip() else (0, 0)
        sentence = before[low:]
        if late and _PLANNED_RE.search(sentence):
            tally.skip(both("so sánh của một dự kiến", "a comparison that is only foreseen"))
        elif not late or not _DONE_RE.search(sentence):
            tally.held += 1
        else:
            tally.failed += 1
            told = _RATE_BEFORE_RE.search(sentence)
            rate = (
                subject.document.reading.hull(found.start() - len(told.group()), found.start()) if told else None
            )
            vi, en = (f" {told['rate']}", f" by {told['rate']}") if told else ("", "")
            row = _compared_row(subject, told["rate"]) if told else None
            also = row[0] if row else both("", "")
            yield COMPARED.finding(
                (subject.document.reading.hull(*found.span()),),
                f"việc đã làm được{vi} “{found.group()}”, sau ngày của văn bản ({told_day(subject.as_of)}){also}",
                f"what was done is compared{en} with {found['edge'] or ''} {year}, after the document"
                f" ({subject.as_of}){also.en}",
                stated=found.group(),
                evidence=(*((rate,) if rate else ()), *((row[1],) if row else ())),
                suggestion=both("kiểm tra lại mốc so sánh", "check what it is compared with"),
            )


_SINCE_YEAR_RE = re.compile(
    r"so với\s+(?:(?:cuối|đầu)\s+)?(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)


def _compared_row(subject: Subject, rate: str) -> tuple[Bilingual, Span] | None:
    """The row of a table that has a rate, rounded, and says in its words since which year it is."""
    printed = rate.rstrip("% ")
    exact = read_number(printed) if "," in printed else decimal(printed)
    for grid in grids(subject.document):
        for line in grid.lines:
            since = _SINCE_YEAR_RE.search(line.label)
            for column in grid.columns if since else ():
                value = line.value(column)
                if since and value is not None and exact is not None and rounds_to(exact, str(value)):
                    words, cell = " ".join(line.label.split()), line.printed(column)
                    told = both(
                        "; bảng: “{row}” ghi {cell}", "; a table: “{row}” has {cell}", row=words, cell=cell
                    )
                    return told, line.span(column)
    return None


COMPARED = rule("FIG-208", check_compared)
PERIOD_RULES = (COMPARED,)
