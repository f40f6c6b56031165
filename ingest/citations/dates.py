"""The date or the year printed after a number: ``ngày 08 tháng 01 năm 2025``, ``6/1/2022``, ``năm 2017``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.text.dates import iso_date, match_date


@dataclass(frozen=True, slots=True)
class DatePart:
    """A date after a number: its range, its ISO value as far as printed, its year; no value when unreadable."""

    start: int
    end: int
    value: str | None
    year: int | None


#: Between a number and its date: a closing quote, note marks, a comma, "ban hành" or "ký".
GAP_RE = re.compile(
    r"[”\"’»)]?[¹²³⁰⁴-⁹]{0,4}[ \n]{0,2},?[ \n]{0,2}\(?(?:(?:được )?(?:ban hành|ký|thông qua|có hiệu lực)[ \n])?"
)
_LEAD_RE = re.compile(r"[Nn]g[àa]y|[Tt]háng|[Nn]ăm|[0-9]|NGÀY|THÁNG|NĂM")
_BARE_YEAR_RE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?=[ ]?(?:[,;.:)\]”\"]|$|\n|của|và|về|hoặc|quy định|ban hành|để|nên|đã)"
    r"|\s(?:của|và|về)\s)(?![.,]\d)"
)


#: A date that OCR misread: ``ngày l5 tháng 5``, ``27 tháng l1``, ``năm 201 8``, ``thắng``.
_DAMAGED_RE = re.compile(
    r"ng[àa]y\s{1,2}(?P<day>[0-9lI]{1,2})\s{1,2}(?:th[áắ]ng|ngày)\s{1,2}(?P<month>[0-9lI]{1,2})\s{1,2}"
    r"năm\s{1,2}(?P<year>[12][0-9lI\] ]{3,4})(?![0-9])"
)
_FIGURES = str.maketrans({"l": "1", "I": "1", "]": "1", " ": ""})


def _damaged_date(text: str, at: int) -> DatePart | None:
    found = _DAMAGED_RE.match(text, at)
    if found is None:
        return None
    day, month, year = (found[name].translate(_FIGURES) for name in ("day", "month", "year"))
    value = iso_date(int(day), int(month), int(year)) if len(year) == 4 else None
    return DatePart(at, at + len(found.group().rstrip()), value, int(year)) if value else None


def read_date(text: str, at: int) -> DatePart | None:
    """The date that follows a number ending at a place; None when none does.

    >>> read_date("19-NQ/TW, ngày 25/10/2017", 8).value, read_date("18-NQ/TW 2017,", 8).year
    ('2017-10-25', 2017)
    """
    gap = GAP_RE.match(text, at)
    start = gap.end() if gap else at
    if not _LEAD_RE.match(text, start) or (text.startswith("Ngày", start) and "\n" in text[at:start]):
        return None
    found = match_date(text, start)
    if found is None or found.value is None:
        damaged = _damaged_date(text, start)
        if damaged:
            return damaged
    if found is not None:
        year = int(found.value[:4]) if found.value else None
        return DatePart(start, found.end, found.value, year)
    bare = _BARE_YEAR_RE.match(text, start)
    if bare and start > at:
        return DatePart(start, bare.end(), bare["year"], int(bare["year"]))
    return None
