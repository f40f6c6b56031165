"""Where the date and the body of a citation stand: behind its number, and perhaps on another line."""

from __future__ import annotations

import re

from graphs.checks.reading.days import DAY_RE
from graphs.checks.report import Subject
from kb.models import Citation, Span

#: How far behind a number its date and its body stand.
TO_DATE, _TO_BODY = 40, 120


def date_at(subject: Subject, citation: Citation) -> tuple[Span, ...]:
    """Where the date of a citation stands, behind its number and perhaps on another line."""
    end = citation.span.end
    found = DAY_RE.search(subject.document.text, end, end + TO_DATE)
    return (Span(*found.span()),) if found and ";" not in subject.document.text[end : found.start()] else ()


def body_at(subject: Subject, citation: Citation) -> tuple[Span, ...]:
    """Where the body that a citation names stands behind it."""
    words = r"\s+".join(map(re.escape, (citation.issuer or "").split()))
    end = citation.span.end
    found = re.compile(words, re.IGNORECASE).search(subject.document.text, end, end + _TO_BODY)
    return (Span(*found.span()),) if words and found else ()
