"""So many years for which a document was carried out, against its day: ``Sau 12 năm thực hiện Chỉ thị số …``.

Fewer years may be told of a time that is over; more than have gone by since its day there cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.citations.citing import numbered, own_day
from graphs.checks.reading.counted import COUNT_WORDS, read_count
from graphs.checks.report import Subject
from graphs.checks.times.years_counted import YearTold
from kb.models import Citation, Span
from kb.text.dates import find_dates

_CARRIED_RE = re.compile(
    rf"(?<![\w.,/-])(?P<told>(?P<count>\d{{1,2}}|{COUNT_WORDS}|năm)\s+năm)\s+"
    r"(?:(?:triển khai|tổ chức|thực hiện|thi hành|đưa vào|quán triệt|ban hành|có hiệu lực|các|và)\s+){1,4}$",
    re.IGNORECASE,
)
_BEFORE = 80


def years_carried(subject: Subject) -> Iterator[YearTold]:
    """The counts of years that stand right before a document with its day, and what fits."""
    text, own = subject.document.text, subject.as_of
    for citation in numbered(subject) if own else ():
        start, day = citation.span.start, own_day(subject, citation)
        found = _CARRIED_RE.search(text, max(0, start - _BEFORE), start) if day else None
        count = read_count(found["count"]) if found else None
        if found is None or count is None or day is None or own is None or day > own:
            continue
        by = own.year - day.year
        told = " ".join(found["told"].split())
        fits = (told,) if count <= by + 1 else (f"{max(by, 1)} năm",)
        yield YearTold(told, Span(*found.span("told")), fits, Span(citation.span.start, _day_end(text, citation)))


def _day_end(text: str, citation: Citation) -> int:
    """Where the day of a citation ends, else the citation."""
    end = citation.span.end
    printed = next(find_dates(text, end, end + _BEFORE), None)
    return printed.end if printed else end
