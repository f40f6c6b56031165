"""A paper that is looked at or answered has been written: ``Ngày 22/6, Ban họp thẩm tra Tờ trình nêu trên``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from graphs.checks.citations.citing import day_of
from graphs.checks.reading.periods import when
from graphs.checks.report import Subject
from kb.models import Citation, CitationKind, Span

#: Papers that ask for something; an earlier look at their draft is not told with them "nêu trên".
_ASKS = ("Tờ trình", "Công văn", "Văn bản", "Báo cáo", "Đơn", "Giấy đề nghị", "Đề nghị")
_DAY = r"(?P<day>\d{1,2}/\d{1,2}/(?:19|20)\d\d|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(?:19|20)\d\d)"
_DEED = (
    r"\b(?:họp|thẩm tra|thẩm định|xem xét|cho ý kiến|thảo luận|trả lời|phúc đáp|có (?:văn bản|ý kiến)|giải quyết"
    r"|nhận được|tiếp nhận|nghiên cứu|thống nhất|phê duyệt)\b"
)
#: A clause that a day opens, up to the paper it speaks of.
_BACK_RE = re.compile(rf"(?:^|[.;:]\s)\W*(?:vào\s+)?ngày\s+{_DAY},?\s[^.;:\d]*?{_DEED}[^.;:\d]*$", re.IGNORECASE)
#: The paper is told with its own day: it is what the deed is done to, and nothing else.
_WITH_DAY_RE = re.compile(
    rf"(?:^|[.;:]\s)\W*(?:vào\s+)?ngày\s+{_DAY},?\s[^.;:,\d]*?\b(?:thẩm tra|thẩm định|nhận được|trả lời)\s+"
    r"(?:[^\W\d]+\s+){0,3}(?:(?:trình )?kèm(?: theo)? )?$",
    re.IGNORECASE,
)
#: "Trước phiên họp (ngày 12/5/2021), Ban đã nhận và nghiên cứu Báo cáo …": it was there by then.
_UNTIL_RE = re.compile(
    rf"(?:^|[.;:]\s)\W*Trước\s(?:[^.;:\d()]{{0,90}}\(\s*)?ngày\s+{_DAY}\)?,\s[^.;:,\d]*?\bđã\s[^.;:,\d]*?"
    r"\b(?:nhận|nghiên cứu|xem xét|thẩm tra|thẩm định|có)\s+(?:được\s+)?(?:[^\W\d]+\s+){0,3}$",
    re.IGNORECASE,
)
_BEFORE = 260


@dataclass(frozen=True, slots=True)
class Answer:
    """A day of a deed with its place, and the paper that it is done to, with the day of that."""

    day: date
    printed: str
    place: Span
    paper: Citation
    issued: date


def answers(subject: Subject) -> Iterator[Answer]:
    """What was done on a day with a paper that has one."""
    text, citations = subject.document.text, subject.citations
    for at, citation in enumerate(citations):
        back = citation.kind is CitationKind.BACK
        paper = _meant(citations, at) if back else citation
        if paper is None:
            continue
        issued = day_of(paper.issued) if paper.issued and paper.number else None
        if issued is None or paper.type not in _ASKS:
            continue
        start = citation.span.start
        low = max(start - _BEFORE, text.rfind("\n\n", 0, start) + 1)
        before = re.sub(r"\s", " ", text[low:start])
        found = _BACK_RE.search(before) if back else _WITH_DAY_RE.search(before) or _UNTIL_RE.search(before)
        days = when("ngày " + found["day"]) if found else None
        if found is not None and days is not None:
            place = Span(low + found.start("day"), low + found.end("day"))
            yield Answer(days[0], found["day"], place, paper, issued)


def _meant(citations: Sequence[Citation], at: int) -> Citation | None:
    """The paper that is meant by one told before: the nearest of its type, where the mention does not say."""
    mention = citations[at]
    if mention.antecedent is not None:
        return citations[mention.antecedent]
    before = (one for one in reversed(citations[:at]) if one.type == mention.type and one.number)
    one = next(before, None)
    return one if one is not None and mention.span.start - one.span.end < _BEFORE else None
