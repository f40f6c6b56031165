"""DOC of those a paper is sent to: districts that ended, another province, not those its last words address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Field, Finding, Metadata, Span
from kb.text.words import mark_words, printed_words
from kb.vocabulary.schemes import name_words

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


_COUNCILS = r"UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân"
_BODY = (
    r"(?:(?:Thường trực|Ban Thường vụ|Chủ tịch|Bộ trưởng|Giám đốc)\s+)?"
    rf"(?:{_COUNCILS}|Tỉnh ủy|Huyện ủy|Thành ủy|Sở|Bộ|Thanh tra|Cục)"
    r"(?:\s+(?!và\b|xem\b|quan tâm\b|theo\b|chỉ đạo\b|để\b|tại\b|về\b|tổng hợp\b|phê duyệt\b|cho\b)"
    r"[^\s,;.()/]+)+"
)
#: What a paper ends with: ``… kính trình Ủy ban nhân dân tỉnh xem xét, quyết định./.``
_LAST_WORDS_RE = re.compile(
    rf"\b(?:kính|trân trọng)\s+(?:báo cáo|trình|gửi)\s+(?P<bodies>{_BODY}(?:\s*(?:,|và)\s*{_BODY})*)"
    r"[^\n./]{0,120}\.\s*/",
    re.IGNORECASE,
)
_JOINT_RE = re.compile(rf"\s*(?:,|\bvà\b)\s*(?={_BODY})")
#: Words of a name that other names of the same body lack.
_OFFICE_RE = re.compile(r"^(?:thuong truc|ban thuong vu|chu tich|bo truong|giam doc)\s+")


def check_last_words(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``kính trình Sở Nội vụ./.`` of a paper that is sent to no department of home affairs."""
    document = subject.document
    sent_to = [name_words(one.value) for one in document.metadata.recipients]
    last = list(_LAST_WORDS_RE.finditer(document.text))[-1:]
    if not sent_to or not last or document.metadata.digest:
        return
    start = last[0].start("bodies")
    for body in _JOINT_RE.split(last[0]["bodies"]):
        at = document.text.index(body, start)
        wanted = set(_OFFICE_RE.sub("", name_words(body)).split())
        if any(wanted <= set(name.split()) for name in sent_to):
            tally.held += 1
            continue
        tally.failed += 1
        yield NAMED_LAST.finding(
            (Span(at, at + len(body)),),
            f"câu kết gửi “{body}”, nhưng Kính gửi và Nơi nhận không có nơi này",
            f"the last words address “{body}”, who is not among those it is sent to",
            stated=body,
            suggestion=both(
                "kiểm tra tên cơ quan ở câu kết và nơi nhận", "check the body named and the recipients"
            ),
        )


_OF_PROVINCE_RE = re.compile(
    rf"\b(?:Tỉnh\s+[ủu][ỷyủ]|(?:{_COUNCILS}|ĐBQH|MTTQVN|MTTQ Việt Nam)\s+tỉnh)"
    r"\s+(?P<name>[A-ZĐÀ-Ỹ][^\s,;.()\-]*(?:\s+[A-ZĐÀ-Ỹ][^\s,;.()\-]*){0,3})"
)


def check_provinces(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``- Thường trực Tỉnh ủy Bắc Hà;`` of a paper of the province Bắc Hải that names no Bắc Hà elsewhere."""
    document, meta = subject.document, subject.document.metadata
    own = _own_province(meta)
    if not own or meta.digest:
        return
    for recipient in meta.recipients:
        found = _OF_PROVINCE_RE.search(recipient.value)
        if found is None or _marked(found["name"]) == own:
            tally.held += found is not None
            continue
        if document.text.count(found["name"]) > 1:
            continue
        tally.failed += 1
        yield ELSEWHERE.finding(
            recipient.spans,
            f"nơi nhận “{found.group()}” không phải của tỉnh ban hành văn bản, và văn bản không nhắc tỉnh này",
            f"“{found.group()}” is not of the province that issues the paper, which names that one nowhere else",
            stated=found["name"],
            suggestion=both("kiểm tra tên tỉnh", "check the name of the province"),
        )


def _own_province(meta: Metadata) -> str:
    """The province of the body that issues a paper or stands over it; empty where none names one."""
    bodies: tuple[Field, ...] = (*meta.issuers, *((meta.parent_issuer,) if meta.parent_issuer else ()))
    for body in bodies:
        if found := re.search(r"\btỉnh\s+(\S.*)", body.value, re.IGNORECASE):
            return _marked(found[1])
    return ""


def _marked(name: str) -> str:
    return " ".join(mark_words(printed_words(name)))


ENDED = rule("DOC-023", check_recipients)
NAMED_LAST = rule("DOC-024", check_last_words)
ELSEWHERE = rule("DOC-025", check_provinces)
RECIPIENT_RULES = (ENDED, NAMED_LAST, ELSEWHERE)
