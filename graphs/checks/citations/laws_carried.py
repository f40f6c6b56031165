"""Days on which a paper is said to have been issued to carry out a law: ``ban hành kế hoạch thi hành Luật này …``.

The law is the one named, or told before; its day is that of its number, where the catalogue knows it, else the day
that the paper gives for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from graphs.checks.citations.citing import day_of
from graphs.checks.reading.periods import when
from graphs.checks.report import Subject
from kb.models import Citation, CitationKind, Span
from kb.numbers import number_key
from kb.vocabulary.laws import load_laws, name_key
from kb.vocabulary.types import LAW_TYPES

#: Up to the law: a paper is issued to carry it out.
_ISSUED_RE = re.compile(
    r"\bban hành\b[^.;:]{0,60}?\b(?:kế hoạch|chỉ thị|công văn|văn bản|chương trình)\b[^.;:]{0,60}?"
    r"\b(?:triển khai|thi hành|thực hiện)\s*$",
    re.IGNORECASE,
)
_DAY_RE = re.compile(
    r"[^.;:,\d]{0,25}?,?\s*(?:vào\s+|trong\s+)?ngày\s+(?P<day>\d{1,2}/\d{1,2}/(?:19|20)\d\d"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(?:19|20)\d\d)(?![\d/])"
)
_TO_COME_RE = re.compile(r"\b(?:sẽ|dự kiến|trước khi|dự thảo|dự án|sửa đổi|trước (?:ngày|đó))\b", re.IGNORECASE)
_NAME_END_RE = re.compile(r"\s*\(?\s*\bsố\s.*", re.DOTALL)
_BEFORE, _BEHIND = 200, 80
#: A slip is no farther from the day; an older law of the same name may be meant.
_NEAR = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Carried:
    """A law, its day, and the day, as printed and where, of what was issued to carry it out."""

    law: Citation
    passed: date
    day: date
    printed: str
    place: Span


def laws_carried(subject: Subject) -> Iterator[Carried]:
    """What was issued on a day to carry out a law that is named."""
    text = subject.document.text
    for at, citation in enumerate(subject.citations):
        if citation.kind not in (CitationKind.NAME, CitationKind.BACK) or citation.type not in LAW_TYPES:
            continue
        before = " ".join(text[max(0, citation.span.start - _BEFORE) : citation.span.start].split())
        sentence = re.split(r"[.;]\s", before)[-1]
        if not _ISSUED_RE.search(sentence) or _TO_COME_RE.search(sentence):
            continue
        found = _DAY_RE.match(text, _name_end(text, citation), citation.span.end + _BEHIND)
        days = when("ngày " + found["day"]) if found else None
        law = _numbered(subject.citations, at) if days else None
        passed = _passed(law) if law else None
        if found and days and law and passed and passed - days[0] <= _NEAR:
            yield Carried(law, passed, days[0], found["day"], Span(*found.span("day")))


def _name_end(text: str, citation: Citation) -> int:
    """Where the name of a law ends: before a day that was read as its own."""
    at = text.find("ngày ", citation.span.start, citation.span.end)
    return citation.span.end if at < 0 else at


def _numbered(citations: Sequence[Citation], at: int) -> Citation | None:
    """The mention with a number that a mention by name stands for: the nearest before it, else the next."""
    citation = citations[at]
    while citation.kind is CitationKind.BACK and citation.antecedent is not None:
        citation = citations[citation.antecedent]
    if citation.number:
        return citation
    name = _name(citation)
    told = [*reversed(citations[:at]), *citations[at + 1 :]]
    return next((one for one in told if one.number and one.type in LAW_TYPES and _name(one) == name), None)


def _name(citation: Citation) -> str:
    words = citation.name or _NAME_END_RE.sub("", citation.surface)
    return name_key(" ".join(words.split()).removeprefix(citation.type or "").strip())


def _passed(law: Citation) -> date | None:
    """The day of a law: the one known of its number, else the one told."""
    return day_of(_known_days().get(number_key(law.number or "")) or law.issued)


@lru_cache(maxsize=1)
def _known_days() -> dict[str, str]:
    return {number_key(law.number): law.issued for law in load_laws() if law.number and law.issued}
