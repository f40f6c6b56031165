"""Whether two figures are told of one time: by their own words, their clauses, or the places they stand in.

What a place tells is wider than what a clause does: under ``năm 2025`` stand numbers up to the day of the paper.
A day by which something is to be done is no time of what is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from graphs.checks.reading.periods import when
from graphs.checks.reading.phrases import Phrase, one_time, times_in
from graphs.checks.reading.telling import BRACKET_RE

_DUE_RE = re.compile(
    r"\b(?:trước|chậm nhất|muộn nhất)\s[^,;.\d]{0,20}\d{1,2}/(?:\d{1,2}/)?(?P<year>(?:19|20)\d\d)(?![\d/])",
    re.IGNORECASE,
)
#: The year of the prices that a value is told in.
_PRICES_RE = re.compile(r"\bgiá\s+(?:so sánh|cố định|gốc)(?:\s+năm)?\s+(?:19|20)\d\d", re.IGNORECASE)
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
#: The time that something is held against: ``nhiều hơn năm 2024 85 lượt``, ``so với thực hiện năm 2024``.
_AGAINST_RE = re.compile(
    r"\b(?:(?:cao|thấp|nhiều|ít|lớn|nhỏ|nhanh|chậm)\s+hơn|so\s+(?:với|cùng))\s[^,;.()\d]{0,30}(?:19|20)\d\d(?![\d/])",
    re.IGNORECASE,
)
_MONTH_RE = re.compile(r"\btháng\s+(\d{1,2})(?![\d/])", re.IGNORECASE)
#: A heading of what is to come.
_TO_COME_RE = re.compile(
    r"\W*(?:[IVX]+[.)]|\d{1,2}(?:\.\d{1,2})*[.)]?|[A-ZĐ][.)]|phần\s+\S+)?\W*"
    r"(?:(?:một số|các|về)\s+)?(?:phương hướng|nhiệm vụ|kế hoạch|mục tiêu|chỉ tiêu|định hướng|giải pháp|dự kiến"
    r"|kiến nghị|đề xuất)\b",
    re.IGNORECASE,
)
#: So long before its day the last numbers of a paper may end.
_LATELY = timedelta(days=62)

Times = frozenset[str]


@dataclass(frozen=True, slots=True)
class Paper:
    """The years that a paper is of, and its day."""

    years: Times
    day: date | None

    def at_one_time(self, one: Phrase, other: Phrase) -> bool:
        """Whether two figures are told of one time; months without a year are other times too."""
        months = [frozenset(_MONTH_RE.findall(told.clause.text)) for told in (one, other)]
        if all(months) and months[0].isdisjoint(months[1]):
            return False
        mine, its = _own(one), _own(other)
        if mine and its:
            return self._plain(mine) == self._plain(its)
        place, there = mine or _of_place(one), its or _of_place(other)
        if place and there:
            return place == there or self._within(place, there)
        if bool(place) != bool(there) and self._comes_later(*((one, other) if place else (other, one))):
            return False
        return one_time(place, there, self.years)

    def _comes_later(self, timed: Phrase, other: Phrase) -> bool:
        """Whether the one stands in a part of the last year, and the other in none of what is to come.

        ``giao chỉ tiêu hòa giải đạt từ 76%`` in a report, ``PHƯƠNG HƯỚNG NĂM 2019 … đạt từ 78%`` behind it.
        """
        later = any(_TO_COME_RE.match(lead) and max(self.years) in times_in(lead) for lead in timed.led)
        return later and len(self.years) > 1 and not any(map(_TO_COME_RE.match, other.over))

    def _within(self, one: Times, other: Times) -> bool:
        """Whether of two times that are years, or end with the paper, the one is within the other."""
        years, others = self._plain(one), self._plain(other)
        plain = all(_YEAR_RE.fullmatch(time) for time in years | others)
        return plain and (years <= others or others <= years)

    def _plain(self, times: Times) -> Times:
        """Times with the year for the day up to which the numbers of the paper go."""
        return frozenset(time[-4:] if self._is_now(time) else time for time in times)

    def _is_now(self, time: str) -> bool:
        days = when(time) if self.day and "/" in time else None
        return bool(days and self.day and self.day - _LATELY <= days[1] <= self.day)


def _own(told: Phrase) -> Times:
    """The times that the words of a figure, or else its clause, tell."""
    clause = BRACKET_RE.sub(" ", told.clause.text)
    return _first(_AGAINST_RE.sub(" ", text) for text in (told.text, clause))


def _of_place(told: Phrase) -> Times:
    return _first(told.led)


def _first(texts: Iterable[str]) -> Times:
    plain = (_PRICES_RE.sub(" ", _DUE_RE.sub(r" \g<year> ", text)) for text in texts)
    return next(filter(None, map(times_in, plain)), frozenset())
