"""Dates as Vietnamese documents print them, read into ISO dates.

One date is printed in many ways: ``ngày 27 tháng 6 năm 2025``, ``27/6/2025``, ``9-8-1976``, ``tháng 4 năm 2013``,
``năm 2025``. A date that does not exist (``ngày 31/02/2024``) or is not finished (``ngày 13/4/``) has no value,
but it is still found, so that a reader can be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_DAY_WORDS_RE = re.compile(
    r"""(?P<word>(?:[Nn]gày|NGÀY)\s{0,2})?(?:ngày\s)?        # 'ngày ngày 4 tháng 10' is a common slip
        (?P<day>\d{1,2})\s{0,2}
        (?:[Tt]háng|THÁNG)\s{0,2}(?P<month>\d{1,2})\s{0,2},?\s?
        (?:[Nn]ăm|NĂM|tháng(?=\s\d{4}))\s{0,2}(?P<year>\d{4})(?!\d)""",
    re.VERBOSE,
)
_DAY_FIGURES_RE = re.compile(
    r"""(?P<word>(?:[Nn]gày|NGÀY)\s{0,2})?
        (?<![\d/.,-])(?P<day>\d{1,2})\s?(?P<sign>[/.–-])\s?(?P<month>\d{1,2})\s?(?P=sign)\s?(?P<year>(?:1[89]|20)\d\d)
        (?![\d/])""",
    re.VERBOSE,
)
_UNFINISHED_RE = re.compile(
    r"(?:[Nn]gày|NGÀY)\s{1,2}\d{1,2}\s?[/-]\s?\d{1,2}(?:\s?[/-](?!\s?\d)|\s?[/-]\s?\d{1,3}(?![\d/-]))"
)
_BLANK_RE = re.compile(
    r"(?:[Nn]gày|NGÀY)[\s.…_]{0,12}(?P<day>\d{0,2})[\s.…_]{0,12}tháng[\s.…_]{0,12}(?P<month>\d{0,2})[\s.…_]{0,12}"
    r"năm(?:\s?(?P<year>\d{4}))?"
)
_MONTH_RE = re.compile(
    r"(?<!\d\s)(?:[Tt]háng|THÁNG)\s{1,2}(?P<month>\d{1,2})(?:\s{1,2}(?:năm|NĂM)\s{1,2}|\s?/\s?)"
    r"(?P<year>(?:1[89]|20)\d\d)(?!\d)"
)
_YEAR_RE = re.compile(r"(?:[Nn]ăm|NĂM)\s{1,2}(?P<year>(?:1[89]|20)\d\d)(?!\s?[-–]\s?\d{4}|\d)")
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ENGLISH_RE = re.compile(
    rf"(?P<month>{'|'.join(_ENGLISH_MONTHS)})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year>\d{{4}})"
)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date in a text: its range and its ISO value, as far as it is printed.

    `value` is ``2025-06-27``, ``2025-06`` or ``2025``; None when the date is impossible or not finished.
    """

    start: int
    end: int
    value: str | None


def iso_date(day: int, month: int, year: int) -> str | None:
    """The ISO form of a date; None when there is no such day.

    >>> iso_date(27, 6, 2025), iso_date(31, 2, 2024)
    ('2025-06-27', None)
    """
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[PrintedDate]:
    """The dates of a text (NFC), left to right; the longest reading of each place.

    >>> [d.value for d in find_dates("ngày 08 tháng 01 năm 2025; ngày 3/4/2025; tháng 4 năm 2013; năm 2021")]
    ['2025-01-08', '2025-04-03', '2013-04', '2021']
    >>> [d.value for d in find_dates("ngày 31/02/2024 và ngày 13/4/ của tỉnh")]
    [None, None]
    """
    last = len(text) if end is None else end
    found: list[tuple[int, int, str | None]] = []
    for pattern in (_DAY_WORDS_RE, _DAY_FIGURES_RE):
        for hit in pattern.finditer(text, start, last):
            found.append((hit.start(), hit.end(), iso_date(*map(int, hit.group("day", "month", "year")))))
    for hit in _ENGLISH_RE.finditer(text, start, last):
        month = _ENGLISH_MONTHS.index(hit["month"]) + 1
        found.append((hit.start(), hit.end(), iso_date(int(hit["day"]), month, int(hit["year"]))))
    found.extend((hit.start(), hit.end(), None) for hit in _UNFINISHED_RE.finditer(text, start, last))
    found.extend((hit.start(), hit.end(), _blank_value(hit)) for hit in _BLANK_RE.finditer(text, start, last))
    for hit in _MONTH_RE.finditer(text, start, last):
        month = int(hit["month"])
        found.append((hit.start(), hit.end(), f"{hit['year']}-{month:02}" if 1 <= month <= 12 else None))
    found.extend((hit.start(), hit.end(), hit["year"]) for hit in _YEAR_RE.finditer(text, start, last))
    # A full date comes before its own pieces (month, year), which it covers.
    reach = start
    for left, right, value in sorted(found, key=lambda item: (item[0], -item[1], item[2] is None)):
        if left >= reach:
            yield PrintedDate(left, right, value)
            reach = right


def _blank_value(hit: re.Match[str]) -> str | None:
    """What a form with an empty day tells: month and year where both are filled in."""
    month, year = hit["month"], hit["year"]
    told = not hit["day"] and month and year and 1 <= int(month) <= 12
    return f"{year}-{int(month):02}" if told else None


def parse_date(text: str) -> str | None:
    """The ISO value of the first date in a text; None when there is none or it is impossible.

    >>> parse_date("Khánh Hòa, ngày 27 tháng 6 năm 2025")
    '2025-06-27'
    >>> parse_date("ngày 30 tháng 2 năm 2025") is None
    True
    """
    found = next(find_dates(text), None)
    return found.value if found else None


_BEGINNING_RES = (_DAY_WORDS_RE, _DAY_FIGURES_RE, _UNFINISHED_RE, _BLANK_RE, _MONTH_RE, _YEAR_RE)


def match_date(text: str, at: int) -> PrintedDate | None:
    """The date that begins exactly at a place of a text (NFC); None when none does.

    >>> match_date("số 01/NQ-CP ngày 08/01/2025", 12).value, match_date("số 5 ngày 13/4/ của tỉnh", 5).value
    ('2025-01-08', None)
    """
    for pattern in _BEGINNING_RES:
        hit = pattern.match(text, at)
        if hit is None:
            continue
        if pattern in (_DAY_WORDS_RE, _DAY_FIGURES_RE):
            return PrintedDate(at, hit.end(), iso_date(*map(int, hit.group("day", "month", "year"))))
        if pattern is _MONTH_RE:
            month = int(hit["month"])
            return PrintedDate(at, hit.end(), f"{hit['year']}-{month:02}" if 1 <= month <= 12 else None)
        if pattern is _BLANK_RE:
            return PrintedDate(at, hit.end(), _blank_value(hit))
        return PrintedDate(at, hit.end(), hit["year"] if pattern is _YEAR_RE else None)
    return None
