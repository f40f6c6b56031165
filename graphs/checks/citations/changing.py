"""Papers that deal with another one that was there before: they amend it, replace it, answer it, follow it.

``Quyết định A sửa đổi Quyết định B``: B is the older one; so it is in ``Quyết định B, điều chỉnh tại Quyết
định A``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from graphs.checks.citations.citing import own_day
from graphs.checks.report import Subject
from kb.bilingual import Bilingual, both
from kb.models import Citation, CitationKind

#: Behind the first of two: its date, its body.
_TOLD = (
    r"\s*,?\s*(?:ngày\s+[\d/.-]+|ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d{4})?"
    r"\s*(?:của\s+(?:[A-ZĐỦ]|tỉnh\b)[^,;.()\d]{2,60}?)?\s*,?\s*"
)
_DEED = r"(?P<deed>sửa đổi(?:,?\s+bổ sung)?|bổ sung|thay thế|bãi bỏ|đính chính|điều chỉnh|thu hồi|hủy bỏ)"
_PARTS = r"(?:\s+(?:một số|các)\s+(?:điều|nội dung|phụ lục))?(?:\s+(?:của|tại|ban hành kèm theo))?"
#: The first is the later one.
_ACTS_RE = re.compile(rf"{_TOLD}(?:về(?:\s+việc)?\s+)?{_DEED}{_PARTS}\s*")
_ANSWERS_RE = re.compile(
    rf"{_TOLD}(?P<deed>trả lời|phúc đáp|(?:trên cơ sở|theo|xét)\s+đề nghị\s+của\s+[^,;.()\d]{{2,60}}?\s+tại)\s*"
)
#: The first is the older one: ``được thay thế bởi``, ``(sửa đổi, bổ sung tại``, ``, điều chỉnh tại``.
_ACTED_ON_RE = re.compile(
    rf"{_TOLD}[(,]?\s*(?:đã\s+)?(?:được\s+|bị\s+)?{_DEED}(?:\s+một số (?:điều|nội dung))?"
    r"\s+(?:bởi|tại|bằng|theo)\s*"
)
_FAR = 220


def changed(subject: Subject) -> Iterator[tuple[Citation, date, Citation, date, Bilingual]]:
    """The later and the older one of two papers next to each other, with their days, and what the later does."""
    text = subject.document.text
    told = [one for one in subject.citations if one.number and one.kind is CitationKind.NUMBER]
    for first, second in pairwise(told):
        one, other = own_day(subject, first), own_day(subject, second)
        between = text[first.span.end : second.span.start]
        if one is None or other is None or len(between) > _FAR or "\n\n" in between:
            continue
        words = " ".join(between.split())
        if found := _ACTED_ON_RE.fullmatch(words):
            yield second, other, first, one, both("{deed}", "changes", deed=found["deed"])
        elif found := _ACTS_RE.fullmatch(words):
            yield first, one, second, other, both("{deed}", "changes", deed=found["deed"])
        elif found := _ANSWERS_RE.fullmatch(words):
            asked = "đề nghị" in found["deed"]
            yield first, one, second, other, both("dựa vào", "rests on") if asked else both("trả lời", "answers")
