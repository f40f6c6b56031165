"""DOC of those a paper is sent to: bodies of districts, of which there are none since 1 July 2025."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Finding

#: Nghị quyết 203/2025/QH15: the last districts ended on the day before.
_ENDED = "2025-07-01"
_DISTRICT_RE = re.compile(
    r"\b(?:(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân)(?:\s*,\s*(?:UBND|HĐND))*\s+"
    r"(?:các\s+|cấp\s+)?(?:huyện|quận|thị xã)\b|(?:các\s+)?(?:huyện ủy|quận ủy|thị ủy)\b)"
    r"(?![^;]*\b(?:cũ|trước đây|trước sắp xếp)\b)",
    re.IGNORECASE,
)


def check_recipients(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``- UBND các huyện, thị xã;`` in a paper of September 2025."""
    meta = subject.document.metadata
    if meta.issued is None or meta.issued.value < _ENDED or meta.digest:
        return
    for recipient in meta.recipients:
        found = _DISTRICT_RE.search(recipient.value)
        if found is None:
            tally.held += 1
            continue
        tally.failed += 1
        yield ENDED.finding(
            recipient.spans,
            f"gửi “{found.group()}”, nhưng cấp huyện đã kết thúc hoạt động từ 01/7/2025",
            f"it is sent to “{found.group()}”, but there are no districts since 1 July 2025",
            stated=found.group(),
            suggestion=both(
                "thay bằng Ủy ban nhân dân các xã, phường, đặc khu", "write the communes, wards and special zones"
            ),
        )


ENDED = rule("DOC-023", check_recipients)
RECIPIENT_RULES = (ENDED,)
