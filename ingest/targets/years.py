"""The year of a period that names none: ``quý III`` under "Mục tiêu năm 2026", ``trước 30/9`` of a January paper.

The one year of what governs the target, else of the title of the paper, else that of its date; of a day still to
come the first such day behind the date of the paper.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.targets.contexts import Context
from kb.models import Document, Target

_YEAR_RE = re.compile(r"\b(?:19|20)\d\d\b")
#: What a year is wanted for, each with how the year goes behind it.
_DAY_RE = re.compile(r"(?:ngày\s+)?(?P<day>\d{1,2})/(?P<month>\d{1,2})", re.IGNORECASE)
_LONG_DAY_RE = re.compile(r"ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})", re.IGNORECASE)
_QUARTER_RE = re.compile(r"quý\s+(?P<quarter>[IVX]+|\d)", re.IGNORECASE)
_MONTH_RE = re.compile(r"(?<!\d )tháng\s+(?P<month>\d{1,2})", re.IGNORECASE)
_HALF_RE = re.compile(r"\d{1,2}\s+tháng\s+(?P<half>đầu|cuối)\s+năm", re.IGNORECASE)
_OPEN = r"(?:(?:đến|trước|hết|trong|vào|cuối|đầu|chậm nhất|xong|hoàn thành|là|ngay|từ)\s+)*"
_FORMS = (
    (_LONG_DAY_RE, " năm "),
    (_DAY_RE, "/"),
    (_QUARTER_RE, " năm "),
    (_HALF_RE, " "),
    (_MONTH_RE, " năm "),
)
_COMPILED = tuple((re.compile(f"{_OPEN}{form.pattern}", re.IGNORECASE), joint) for form, joint in _FORMS)
_QUARTERS = {"I": 3, "II": 6, "III": 9, "IV": 12, "1": 3, "2": 6, "3": 9, "4": 12}


def with_year(document: Document, target: Target, context: Context | None) -> Target:
    """A target whose period has its year."""
    if target.period is None or _YEAR_RE.search(target.period):
        return target
    for form, joint in _COMPILED:
        found = form.fullmatch(target.period)
        if found:
            year = _year_over(document, context) or _year_of_day(
                document, found, ahead=_is_ahead(document, context)
            )
            return replace(target, period=f"{target.period}{joint}{year}") if year else target
    return target


def _is_ahead(document: Document, context: Context | None) -> bool:
    """Whether a target is still to come: in a plan, or in a report under a heading of what is to come."""
    kind = document.metadata.type
    return (kind is None or kind.value != "Báo cáo") or (context is not None and context.ahead)


def _year_over(document: Document, context: Context | None) -> str | None:
    """The one year of the lead-in or heading that names a period, else of the title."""
    over = context.period if context else None
    years = set(_YEAR_RE.findall(over or ""))
    if not years and document.metadata.title:
        years = set(_YEAR_RE.findall(document.metadata.title.value))
    return years.pop() if len(years) == 1 else None


def _year_of_day(document: Document, found: re.Match[str], *, ahead: bool) -> str | None:
    """The year in which a day, a month or a quarter comes that a paper of a date speaks of."""
    issued = document.metadata.issued
    if issued is None or len(issued.value) < len("2026-01"):
        return None
    told = found.groupdict()
    year, month = int(issued.value[:4]), int(issued.value[5:7])
    last = int(told.get("month") or 0) or _QUARTERS.get((told.get("quarter") or "").upper(), 0)
    last = last or {"đầu": 6, "cuối": 12}.get((told.get("half") or "").lower(), 0)
    if not 1 <= last <= 12:
        return None
    return str(year + (ahead and last < month))


def year_of_words(words: str) -> str | None:
    """The one year of words over a table or a list, the dates of documents that they cite aside.

    >>> year_of_words("Chỉ tiêu năm 2022 (theo Quyết định số 2818/QĐ-UBND ngày 10/12/2021)")
    '2022'
    >>> year_of_words("các chỉ tiêu tại Quyết định số 1955/QĐ-UBND") is None
    True
    """
    years = set(_YEAR_RE.findall(_DATED_RE.sub(" ", words)))
    return years.pop() if len(years) == 1 else None


#: A date, and a number with its year.
_DATED_RE = re.compile(
    r"ngày\s+\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|\d+/\d{4}/\S+"
    r"|\d+/[^\W\d_]+\d*-[^\W\d_]\S*",
    re.IGNORECASE,
)
