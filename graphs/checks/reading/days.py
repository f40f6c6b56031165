"""DOC of days: a day that the calendar does not have, and one to come on which something was done."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from graphs.checks.reading.periods import when
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import Bilingual, both
from kb.clock import told_day
from kb.models import Finding
from kb.numbers import DocumentNumber

#: A day with its month: in words, in figures behind "ngày", and a whole date in figures alone.
DAY_RE = re.compile(
    r"[Nn]gày\s+(?P<d1>\d{1,2})\s+tháng\s+(?P<m1>\d{1,2})(?![\d!])(?:\s+năm\s+(?P<y1>(?:19|20)\d\d))?"
    r"|[Nn]gày\s+(?P<d2>\d{1,2})\s?/\s?(?P<m2>\d{1,2})(?:\s?/\s?(?P<y2>(?:19|20)\d\d))?(?![\d/])"
    r"|(?<![\w/.,-])(?P<d3>\d{1,2})/(?P<m3>\d{1,2})/(?P<y3>(?:19|20)\d\d)(?![\w/-])"
)
#: A year with a 29 February, for a day without its year.
_LEAP = 2024
_TO_DATE = 40


def check_days(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A day that is named is one of its month; the dates of citations are told with the citations."""
    reading = subject.document.reading
    told = [one.span.end for one in subject.citations if one.number and one.reason and "ngày" in one.reason]
    yield from check_weekdays(subject, tally)
    for found in DAY_RE.finditer(reading.text):
        why = why_none(found)
        if why is None:
            tally.held += 1
            continue
        span = reading.hull(*found.span())
        if any(0 <= span.start - end <= _TO_DATE for end in told):
            continue
        tally.failed += 1
        printed = " ".join(found.group().split())
        yield NO_DAY.finding(
            (span,),
            f"“{printed}” không có trong lịch: {why}",
            f"“{printed}” is no day of the calendar: {why.en}",
            stated=printed,
            suggestion=both("đối chiếu bản gốc, sửa ngày hoặc tháng", "look at the original, mend day or month"),
        )


def why_none(found: re.Match[str]) -> Bilingual | None:
    """Why a day as `DAY_RE` found it is none; None where it is one.

    >>> why_none(DAY_RE.search("ngày 31/11/2024")), why_none(DAY_RE.search("ngày 29 tháng 02"))
    ('tháng 11 có 30 ngày', None)
    """
    day, month, year = (
        int(found[f"{part}1"] or found[f"{part}2"] or found[f"{part}3"] or _LEAP) for part in "dmy"
    )
    if not 1 <= month <= 12:
        return both("không có tháng {month}", "there is no month {month}", month=month)
    days = monthrange(year, month)[1]
    if 1 <= day <= days:
        return None
    if month == 2 and year != _LEAP:
        return both(
            "tháng 2 năm {year} có {days} ngày", "February of {year} has {days} days", year=year, days=days
        )
    return both("tháng {month} có {days} ngày", "month {month} has {days} days", month=month, days=days)


#: So many numbers are the first of a year.
_FIRST_OF_YEAR = 30


def is_at_turn(number: DocumentNumber, issued: date) -> bool:
    """Whether a paper of the last day of a year is among the first of the next, or the other way round.

    >>> from kb.numbers import parse_number
    >>> number = parse_number("03/2022/NĐ-CP")
    >>> is_at_turn(number, date(2021, 12, 31)), is_at_turn(number, date(2023, 12, 31))
    (True, False)
    """
    turn = {(12, 31): issued.year + 1, (1, 1): issued.year - 1}.get((issued.month, issued.day))
    running = re.match(r"\d+", number.number)
    return number.year == turn and running is not None and int(running.group()) <= _FIRST_OF_YEAR


#: A day of the week beside a date: "thứ Hai, ngày 20/3/2025", "ngày 20/3/2025 (thứ Năm)"; no second of several.
_WEEKDAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy", "nhật")
_WEEKDAY = r"(?:(?i:thứ)\s+(?P<{0}>(?i:hai|ba|tư|năm|sáu|bảy)|[2-7])|(?i:chủ)\s+(?P<{0}s>(?i:nhật)))"
_DATE = r"(?P<{0}>ngày\s+\d{{1,2}}/\d{{1,2}}/(?:19|20)\d\d)(?![\d/])"
_WEEKDAY_RE = re.compile(
    rf"(?:^|[,;(]\s*|\b(?:[Vv]ào|[Ss]áng|[Cc]hiều|[Tt]ối|[Tt]rưa|[Tt]ừ|[Đđ]ến|[Hh]ết|giờ|phút|\d\d|\dh\d\d)\s+)"
    rf"{_WEEKDAY.format('w')}[\s,]*\(?\s*{_DATE.format('day')}"
    rf"|{_DATE.format('first')}\s*[,(]\s*{_WEEKDAY.format('v')}(?=\s*[),.;]|$)",
    re.M,
)


def check_weekdays(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A day of the week that is told with a date is that of the calendar."""
    reading = subject.document.reading
    if "ứ nhất" in reading.text and "hủ nh" not in reading.text.lower():
        return  # the second, the third … of what is told one by one
    for found in _WEEKDAY_RE.finditer(reading.text):
        told = (found["w"] or found["ws"] or found["v"] or found["vs"]).lower()
        days = when(found["day"] or found["first"])
        at = int(told) - 2 if told.isdigit() else _WEEKDAYS.index(told)
        if days is None or days[0].weekday() == at:
            tally.held += days is not None
            continue
        tally.failed += 1
        name = "Chủ nhật" if days[0].weekday() == len(_WEEKDAYS) - 1 else f"thứ {_WEEKDAYS[days[0].weekday()]}"
        printed = " ".join(found.group().split()).strip(" ,;(")
        yield NO_DAY.finding(
            (reading.hull(*found.span()),),
            f"“{printed}” không có trong lịch: ngày ấy là {name}",
            f"“{printed}” is no day of the calendar: that day is a {days[0]:%A}",
            stated=printed,
            expected=name,
            suggestion=both("đối chiếu ngày và thứ", "compare the date with the day of the week"),
        )


#: Letters of a clause up to a word that tells a plan, a limit, a span, or the date of a document.
_CLAUSE = (
    r"(?:(?!\b(?:sẽ|dự kiến|trước|đến|tới|hạn|từ|hiệu lực|kế hoạch|lịch|số|kể|sau|chậm|hết|mời|ấn định|đăng ký)"
    r"\b)[^.;:\n()\"“”])"
)
_ON = r"gày\s+(?P<d>\d{1,2})(?:/|\s+tháng\s+)(?P<m>\d{1,2})(?:/|\s+năm\s+)(?P<y>20\d\d)(?!\d)"
#: What is held on a day: "Tại cuộc họp giao ban ngày 10/4/2024, … đã".
_AT = (
    r"(?:(?:Tại|Trong|Qua)\s+(?:cuộc|buổi|phiên|hội nghị|hội thảo|lễ|kỳ|đợt|chuyến|chương trình|Hội nghị|Lễ)\b"
    rf"{_CLAUSE}{{0,70}}?)"
)
#: ``Ngày 10/4/2024, … đã tổ chức``; ``đã tổ chức hội nghị ngày 10/4/2024``.
_DONE_RES = (
    re.compile(
        rf"(?:^|[.;]\s)\W{{0,3}}(?:(?:Vào|Trong|(?:Vào\s+)?(?:[Ss]áng|[Cc]hiều|[Tt]ối|[Tt]rưa))\s+|{_AT})?"
        rf"(?P<day>[Nn]{_ON}),?\s+{_CLAUSE}{{0,120}}?\bđã\s",
        re.M,
    ),
    re.compile(
        rf"(?:^|[.;]\s)\W{{0,3}}(?:(?:Tính|Lũy kế|Luỹ kế)\s+đến|Đến)\s+(?:hết\s+)?(?P<day>n{_ON}),?\s+"
        rf"(?:(?!\b(?:ước|phấn đấu|mục tiêu|bảo đảm|nếu)\b){_CLAUSE}){{0,120}}?\bđã\s(?!giao|có)",
        re.M,
    ),
    re.compile(rf"\bđã\s+{_CLAUSE}{{0,90}}?\s(?P<day>n{_ON})"),
)


def check_deeds(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What was done was not done after the day of the text; dates of documents are told with the citations."""
    own, reading = subject.as_of, subject.document.reading
    if own is None or subject.is_rule() or subject.document.metadata.digest:
        return
    told: set[int] = set()
    for found in (hit for pattern in _DONE_RES for hit in pattern.finditer(reading.text)):
        try:
            day = date(*(int(found[part]) for part in "ymd"))
        except ValueError:
            continue  # no day of the calendar
        if day <= own or found.start("day") in told:
            tally.held += day <= own
            continue
        told.add(found.start("day"))
        tally.failed += 1
        yield TO_COME.finding(
            (reading.hull(*found.span("day")),),
            f"việc “đã” làm ghi ngày {told_day(day)}, sau ngày của văn bản này ({told_day(own)})",
            f"what was done is dated {day}, after this document ({own})",
            stated=day.isoformat(),
            expected=f"<= {own}",
            suggestion=both("đối chiếu bản gốc, sửa ngày, tháng hoặc năm", "look at the original, mend the date"),
        )


NO_DAY = rule("DOC-017", check_days)
TO_COME = rule("DOC-018", check_deeds)
DAY_RULES = (NO_DAY, TO_COME)
