"""FIG of one number told for two periods: of nine months and of the year, of one school year and of another.

Only what came within a time is held so, by exact numbers of many digits, with the unit and words of the other;
what is planned, priced or compared is left out. A part of a year is no other period than the year while that
runs, but where the paper says up to which day its numbers go.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from graphs.checks.reading.named import GENERAL, row_place, thing_words
from graphs.checks.reading.periods import WHEN, find_periods, when
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import grids
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.restated.year_of_column import OtherYear, years_unlike_columns
from kb.bilingual import both
from kb.models import Figure, Finding, Severity
from kb.text.sentences import split_sentences

_SEASON_RE = re.compile(
    r"\b(?:năm học|niên độ|niên vụ|mùa khô|vụ\s+(?:Đông\s*[-–]?\s*)?[Xx]uân)\s+(?P<low>(?:19|20)\d\d)\s*[-–]\s*"
    r"(?P<high>(?:19|20)\d\d)",
    re.IGNORECASE,
)
#: The days up to which all numbers of a paper go.
_DECLARED_RE = re.compile(
    r"\b(?:số liệu|thời gian|kỳ báo cáo)\b[^.;]{0,40}?\b(?:từ|tính từ)\s+(?:ngày\s+)?\d{1,2}/\d{1,2}/\d{4}\s*"
    r"(?:đến|-)\s*(?:hết\s+)?(?:ngày\s+)?(?P<to>\d{1,2}/\d{1,2}/\d{4})",
    re.IGNORECASE,
)
_UNTIL_RE = re.compile(rf"\b(?:tính\s+)?đến\s+(?:hết\s+)?(?P<day>{WHEN})(?![\d/])", re.IGNORECASE)
_ELSE_RE = re.compile(
    r"\b(?:phấn đấu|dự kiến|sẽ|mục tiêu(?! quốc gia)|kế hoạch|dự toán|chỉ tiêu|giao|cùng kỳ|so với|năm trước"
    r"|lũy kế|luỹ kế|sang năm|sang quý|mức lương|đơn giá|giá|định mức|nhu cầu|diện tích tự nhiên|quy mô|từ năm)\b",
    re.IGNORECASE,
)
_TIME_HEAD_RE = re.compile(r"\b(?:19|20)\d\d\b|cùng kỳ|trước|so với|kế hoạch|dự toán", re.IGNORECASE)
_BEHIND_RE = re.compile(r"[^.;,:()\d]{0,40}$")
_FEWEST_WORDS, _DIGITS, _FEW_DIGITS, _GRACE = 2, 4, 3, timedelta(days=45)


@dataclass(frozen=True, slots=True)
class _Told:
    """A number with its period and the words of that, and the words of its clause."""

    figure: Figure
    where: Stated
    first: date
    last: date
    period: str
    words: frozenset[str]


def check_one_number(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A number that came within one period did not come within another."""
    if subject.is_rule():
        return
    for unlike in years_unlike_columns(subject):
        tally.failed += 1
        yield _of_column(unlike)
    if subject.as_of is None:
        return
    places = stated(subject)
    figures = (one for where in places for one in where.figures)
    often = Counter(_key(one) for one in figures if _is_telling(one))
    told: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for where in places:
        for one in _told_in(where, often):
            told[_key(one.figure)].append(one)
    declared = _declared(subject)
    for alike in told.values():
        found = next(
            (pair for pair in combinations(alike, 2) if _clash(subject, *pair, declared)),
            None,
        )
        if found:
            tally.failed += 1
            yield _finding(*found)
    yield from _against_tables(subject, [one for alike in told.values() for one in alike], tally)


def _against_tables(subject: Subject, told: list[_Told], tally: Tally) -> Iterator[Finding]:
    """A number of an earlier time that stands in a table without a time, in a paper on a later one."""
    title = subject.document.metadata.title
    times = list(_times(title.value)) if title else []
    early = [one for one in told if times and one.last < times[0][2] and len(_digits(one.figure)) > _DIGITS]
    for grid in grids(subject.document) if early else ():
        if _TIME_HEAD_RE.search(grid.over):
            continue
        for line in grid.lines:
            for column in grid.columns:
                value = line.value(column)
                words = thing_words(f"{line.label} ; {grid.head(column)}") - GENERAL
                for one in early:
                    if value == Decimal(one.figure.value) and len(words & one.words) > _FEWEST_WORDS:
                        tally.failed += 1
                        start, end, first, last = times[0]
                        period = title.value[start:end] if title else ""
                        cell = replace(one.figure, span=line.span(column))
                        yield _finding(_Told(cell, one.where, first, last, period, words), one)


def _key(figure: Figure) -> tuple[str, str]:
    return figure.value, (figure.unit or "").split(" ")[0]


def _told_in(where: Stated, often: Counter[tuple[str, str]]) -> Iterator[_Told]:
    """The numbers of a paragraph that are the first of a sentence with one period, before them or right behind."""
    for low, high in split_sentences(where.text):
        inside = [one for one in where.figures if low <= where.start(one) < high and _is_telling(one)]
        if not inside or (often[_key(inside[0])] < 2 and len(_digits(inside[0])) <= _DIGITS):
            continue
        text = where.text[low:high]
        times = list(_times(text))
        if len(times) != 1:
            continue
        (start, end, first, last), figure = times[0], inside[0]
        at = where.start(figure) - low
        beside = end <= at or _BEHIND_RE.fullmatch(text[where.end(figure) - low : start])
        if beside and not _ELSE_RE.search(text[: max(at, end)]):
            yield _Told(figure, where, first, last, text[start:end], thing_words(text) - GENERAL)


def _times(text: str) -> Iterator[tuple[int, int, date, date]]:
    """The periods of a sentence: seasons that lie in two years, days up to which is counted, and others."""
    seasons = [
        (*found.span(), date(int(found["low"]), 9, 1), date(int(found["high"]), 8, 31))
        for found in _SEASON_RE.finditer(text)
    ]
    until = [
        (*found.span(), date(days[1].year, 1, 1), days[1])
        for found in _UNTIL_RE.finditer(text)
        if (days := when(found["day"]))
    ]
    yield from (*seasons, *until)
    for one in find_periods(text):
        if not any(low <= one.start < high for low, high, *_ in (*seasons, *until)):
            yield one.start, one.end, one.first, one.last


def _digits(figure: Figure) -> str:
    return figure.value.replace(".", "").strip("0")


def _is_telling(figure: Figure) -> bool:
    counted = bool(figure.unit) and figure.unit != "%" and "/" not in (figure.unit or "")
    return counted and not figure.of and not figure.bound and len(_digits(figure)) >= _FEW_DIGITS


def _declared(subject: Subject) -> date | None:
    """The last day of the numbers of a paper, where it says so."""
    found = _DECLARED_RE.search(subject.document.reading.text)
    days = when(found["to"]) if found else None
    return days[1] if days else None


def _clash(subject: Subject, one: _Told, other: _Told, declared: date | None) -> bool:
    if (one.first, one.last) == (other.first, other.last) or len(one.words & other.words) < _FEWEST_WORDS:
        return False
    many = len(_digits(one.figure)) >= _DIGITS
    short, long = sorted((one, other), key=lambda at: at.last - at.first)
    within = long.first <= short.first and short.last <= long.last
    if not within:
        return many
    if short.last == long.last:  # nothing came before
        return many and (short.last - short.first) * 2 <= long.last - long.first
    over = subject.as_of is not None and subject.as_of > short.last + _GRACE
    return (many and over) or (declared is not None and short.last < declared <= long.last)


def _finding(one: _Told, other: _Told) -> Finding:
    unit = one.figure.unit or ""
    within = max(one.first, other.first) <= min(one.last, other.last)
    return ONE_NUMBER.finding(
        (other.figure.span,),
        f"ghi {other.figure.printed} {unit} cho “{other.period}”, chỗ khác ghi chính số ấy cho “{one.period}”",
        f"{other.figure.printed} is stated for “{other.period}”, but elsewhere for “{one.period}”",
        stated=other.period,
        expected=one.period,
        evidence=(one.figure.span,),
        suggestion=both("kiểm tra lại kỳ của số liệu", "check the period of the number"),
        page=other.where.block.page,
        severity=Severity.NOTE if within else None,
    )


def _of_column(unlike: OtherYear) -> Finding:
    figure, head = unlike.figure, " ".join(unlike.grid.head(unlike.column).split())
    row = row_place(unlike.grid, unlike.line)
    return ONE_NUMBER.finding(
        (figure.span,),
        f"ghi {figure.printed} cho năm {unlike.year}, nhưng {row} ghi chính số ấy ở cột “{head}”",
        f"{figure.printed} is stated for {unlike.year}, but {row.en} has it under “{head}”",
        stated=unlike.year,
        expected=head,
        evidence=(unlike.line.span(unlike.column),),
        suggestion=both("kiểm tra lại năm của số liệu", "check the year of the number"),
        page=unlike.where.block.page,
    )


ONE_NUMBER = rule("FIG-300", check_one_number)
ONE_NUMBER_RULES = (ONE_NUMBER,)
