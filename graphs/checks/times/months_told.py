"""FIG of how many months a time is told to have: ``từ ngày 01/01/2024 đến ngày 30/11/2024 (9 tháng)``.

Told right behind its two days, or behind the day up to which the first months of a year are counted, or of the
time of the whole report (``trong 9 tháng của kỳ báo cáo``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from graphs.checks.reading.counted import COUNT_WORDS, read_count
from graphs.checks.reading.periods import WHEN, when
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Finding, Span

_MONTHS = rf"(?P<months>\d{{1,2}}|{COUNT_WORDS}|năm|mười một|mười hai)\s+tháng"
_DAYS = rf"từ\s+(?P<from>{WHEN})\s*(?:đến|tới|-|–)\s+(?:hết\s+)?(?P<to>{WHEN})(?![\d/])"
#: In brackets, or said to be whole: ``từ ngày … đến ngày …, đủ 11 tháng``.
_WHOLE = r"(?:tức\s+|là\s+|gồm\s+|có\s+)*(?:đủ|trọn|tròn)(?:\s+vẹn)?"
_LASTS_RE = re.compile(
    rf"{_DAYS}\s*(?:(?P<bracket>\()\s*(?:tức\s+|gồm\s+|là\s+|trong\s+|đủ\s+)*|,?\s*{_WHOLE}\s+)"
    rf"{_MONTHS}(?(bracket)\s*\)|\b)",
    re.IGNORECASE,
)
_FIRST_RE = re.compile(
    rf"\b(?:đến|tới)\s+(?:hết\s+)?(?P<to>ngày\s+{WHEN})\s*(?:\(\s*|,\s*tức\s+(?:là\s+)?){_MONTHS}\s+đầu\s+năm",
    re.IGNORECASE,
)
_OF_REPORT_RE = re.compile(rf"\b{_MONTHS}\s+(?:của|trong)\s+(?:kỳ|thời kỳ)\s+báo cáo\b(?!\s+trước)", re.IGNORECASE)
_OF_FIGURES_RE = re.compile(
    r"\b(?:kỳ báo cáo|thời (?:kỳ|gian|điểm) (?:báo cáo|lấy|tổng hợp|chốt)|số liệu)\b[^.;\d]{0,60}$", re.I
)
_FIRST_MONTHS = rf"{_MONTHS}(?:\s+đầu)?\s+năm(?:\s+(?P<year>(?:19|20)\d\d))?"
_FIRST_MONTHS_RE = re.compile(rf"(?<!\w){_FIRST_MONTHS}\b(?!\s+sau)", re.IGNORECASE)
#: Where a paper says again what it is about: its opening, a heading over its results, its end.
_ITSELF_RE = re.compile(
    rf"(?:\bbáo cáo\s+(?:sơ kết|kết quả|tình hình)|\bTrên đây là|^\W*(?:[IVX\d.]{{1,6}}|PHẦN\s+\w+)?\W*"
    rf"(?:KẾT QUẢ|TÌNH HÌNH))(?P<between>[^.;:()\n]{{0,90}}?)\s{_FIRST_MONTHS}\b(?!\s+sau)",
    re.IGNORECASE | re.MULTILINE,
)
#: How long the time of the report has been: "Sau 9 tháng, …", "Sáu tháng qua, …".
_PASSED_RE = re.compile(
    rf"(?:(?<=[.;]\s)|^)\W*(?:(?P<since>sau|qua)\s+)?{_MONTHS}(?P<past>\s+qua)?(?=\s*,)",
    re.IGNORECASE | re.MULTILINE,
)
_CITES_RE = re.compile(r"\b(?:về việc|V/v|cùng kỳ|so với|số \d)", re.IGNORECASE)
_CITED = 60
_LEAD, _MONTH, _ROUGHLY = 90, 30.44, 0.16


@dataclass(frozen=True, slots=True)
class _Told:
    """How many months are told, where, and how many the days make, which stand elsewhere."""

    months: int
    span: tuple[int, int]
    made: int
    days: tuple[int, int]


def check_months_told(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Eleven months are no nine."""
    text = subject.document.text if not subject.is_rule() else ""
    for told in (*_beside(text), *_of_report(text), *_of_title(subject)) if "tháng" in text else ():
        if told.months == told.made:
            tally.held += 1
            continue
        tally.failed += 1
        (low, high), days = told.span, Span(*told.days)
        printed, made = " ".join(text[low:high].split()), f"{told.made:02d} tháng"
        shown = " ".join(days.cut(text).split())
        yield MONTHS.finding(
            (Span(low, high),),
            f"ghi “{printed}”, nhưng “{shown}” là {made}",
            f"“{printed}” is stated, but “{shown}” is {told.made} months",
            stated=printed,
            expected=made,
            evidence=(days,),
            suggestion=both(
                "đối chiếu số tháng với các ngày nêu", "compare the months with the days that are told"
            ),
        )


def _beside(text: str) -> Iterator[_Told]:
    for found in _LASTS_RE.finditer(text):
        made = _lasting(found)
        if made and (months := read_months(found["months"])):
            yield _Told(months, _months_at(found), made, (found.start("from"), found.end("to")))
    for found in _FIRST_RE.finditer(text):
        end = when(found["to"])
        if end and _is_last(end[1]) and (months := read_months(found["months"])):
            yield _Told(months, _months_at(found), end[1].month, found.span("to"))


def _of_report(text: str) -> Iterator[_Told]:
    """What is told of the time of the report, where the paper tells one such time."""
    claims = list(_OF_REPORT_RE.finditer(text))
    if not claims:
        return
    times = [
        (made, (one.start("from"), one.end("to")))
        for one in re.finditer(_DAYS, text, re.IGNORECASE)
        if _OF_FIGURES_RE.search(text, max(0, one.start() - _LEAD), one.start()) and (made := _lasting(one))
    ]
    if len({made for made, _ in times}) == 1:
        for found in claims:
            if months := read_months(found["months"]):
                yield _Told(months, _months_at(found), *times[0])


def _of_title(subject: Subject) -> Iterator[_Told]:
    """What the opening, the headings and the end say of the months that the title names."""
    title, text = subject.document.metadata.title, subject.document.text
    found = list(_FIRST_MONTHS_RE.finditer(title.value)) if title else []
    named = {months for one in found if (months := read_months(one["months"]))}
    if title is None or len(named) != 1:
        return
    where = title.spans[0].start, title.spans[-1].end
    year = next((one["year"] for one in found if one["year"]), None)
    for one in _ITSELF_RE.finditer(text, title.spans[-1].end):
        cited = f"{text[max(0, one.start() - _CITED) : one.start()]} {one['between']}"
        other_year = year and one["year"] not in (None, year)
        months = read_months(one["months"])
        if months and not other_year and not _CITES_RE.search(cited):
            yield _Told(months, _months_at(one), next(iter(named)), where)
    for one in _PASSED_RE.finditer(text, title.spans[-1].end):
        if (one["since"] or one["past"]) and (months := read_months(one["months"])):
            yield _Told(months, _months_at(one), next(iter(named)), where)


def _months_at(found: re.Match[str]) -> tuple[int, int]:
    end = found.string.lower().find("tháng", found.end("months"))
    return found.start("months"), end + len("tháng")


def read_months(words: str) -> int | None:
    """So many months as digits or words.

    >>> read_months("09"), read_months("mười một"), read_months("sáu")
    (9, 11, 6)
    """
    whole = {"mười một": 11, "mười hai": 12}
    return whole.get(words.lower()) or read_count(words)


def _lasting(found: re.Match[str]) -> int | None:
    """How many months two days are apart, where they are whole ones."""
    begin, end = when(found["from"]), when(found["to"])
    if begin is None or end is None or end[1] <= begin[0]:
        return None
    months = ((end[1] - begin[0]).days + 1) / _MONTH
    return round(months) if abs(months - round(months)) <= _ROUGHLY and round(months) else None


def _is_last(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


MONTHS = rule("FIG-341", check_months_told)
MONTHS_RULES = (MONTHS,)
