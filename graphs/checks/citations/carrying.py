"""Which paper is told to carry out which other one, in whatever order the words tell them.

The later paper stands first (``ban hành Kế hoạch … để thực hiện Nghị quyết …``), or behind (``Thực hiện Nghị quyết
…, … ban hành Kế hoạch …``), or the first one was told before and is only pointed back at (``Nghị quyết này``,
``trên cơ sở đó``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from graphs.checks.citations.citing import day_of, own_day
from graphs.checks.report import Subject
from kb.models import Citation, CitationKind, Relation
from kb.vocabulary.laws import laws_by_name, name_key
from kb.vocabulary.types import LAW_TYPES

_CARRY = (
    r"(?:triển khai|thực hiện|thi hành|cụ thể hóa|cụ thể hoá|hướng dẫn(?!\s+của\b)|quy định chi tiết)"
    r"(?:\s+(?:thực hiện|thi hành|một số (?:điều|nội dung)(?: của)?))?"
)
#: What of a document is carried out: "các nhiệm vụ giao tại", "phần việc về … tại".
_OF_IT = r"(?:\s+(?:các\s+|những\s+|một số\s+)?[^\W\d_]+(?:,?\s[^\W\d_]+){0,9}?\s+(?:tại|trong|của|theo))?"
#: Words between a document and the one that it carries out: date, body, subject; none that acts otherwise.
_CARRIES_RE = re.compile(
    r"\s*,?\s*(?:ngày\s+[\d/.]+|ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d{4})?\s*(?:của\s+[A-ZĐỦ][^,;.]{2,60}?)?\s*,?\s*"
    r"(?:(?:về(?: việc)?|V/v|[Bb]an hành|phê duyệt|để|nhằm)\s[^,;.]*,?\s*(?:(?:để|nhằm)\s(?:\w+\s){0,2})?)?\(?"
    rf"\b{_CARRY}{_OF_IT}\s*$"
)
#: The deed by which a paper comes into being, right before its name.
_ISSUES_RE = re.compile(
    r"\b(?:ban hành|xây dựng|phê duyệt|thông qua|ký(?: ban hành)?|ra|có)\s+(?:(?:các|những|nhiều)\s+)?$",
    re.IGNORECASE,
)
#: Words that open a clause on what is carried out, up to the document.
_LEAD_RE = re.compile(
    r"(?:^|[.;:(]\s*|,\s*|\bvà\s+|\n)\s*(?:[-+•*]\s+|\w{1,3}[.)]\s+)?"
    r"(?:(?:ngay\s+)?sau khi(?:\s+(?:có|nhận được|tiếp thu|tiếp nhận))?"
    rf"|(?:(?:để|nhằm)\s+)?(?:tổ chức\s+|tiếp tục\s+)?(?:{_CARRY}|chấp hành|quán triệt|bám sát){_OF_IT}"
    r"|(?:căn cứ|trên cơ sở|theo\s+(?:tinh thần|chỉ đạo|yêu cầu|hướng dẫn|quy định)(?:\s+(?:của|tại))?)"
    rf"{_OF_IT})\s+$",
    re.IGNORECASE,
)
#: The same without the document, which was told before.
_POINTS_BACK_RE = re.compile(
    r"(?:^|[.;]\s+|,\s*|\n)\s*(?:trên cơ sở (?:đó|các (?:văn bản|nghị quyết) (?:trên|này))|căn cứ (?:vào )?đó"
    r"|(?:để\s+|nhằm\s+)?(?:triển khai|thực hiện|cụ thể hóa)(?: thực hiện)?\s+(?:các\s+)?"
    r"(?:văn bản|chủ trương|chỉ đạo)\s+(?:trên|này|nêu trên|nói trên))\s*,",
    re.IGNORECASE,
)
#: What issues stands between what is carried out and the paper: a body, and that it did so.
_ISSUER_RE = re.compile(
    r"\s*(?=\S)(?:ngày\s+[\d/.\s]+(?:tháng\s+\d+\s+năm\s+\d{4})?\s*,?\s*)?(?!\s*(?:của|về|ngày|do|số|và)\b)[^,;:\d]{0,160}$"
)
#: What is told came before, or is to come, or changes another paper.
_OTHERWISE_RE = re.compile(
    r"\b(?:trước|sẽ|dự kiến|dự thảo|thay thế|sửa đổi|bổ sung|bãi bỏ|điều chỉnh|chưa|không|tiếp tục"
    r"|đối với|kết thúc|tổng kết|sơ kết|báo cáo)\b",
    re.IGNORECASE,
)
#: ``Nghị quyết … được cụ thể hóa bằng Kế hoạch …``
_CARRIED_BY_RE = re.compile(
    r"\bđược\s+(?:[^\W\d_]+\s+){0,6}?(?:cụ thể hóa|triển khai|thực hiện|tổ chức thực hiện|thể chế hóa)"
    r"(?:\s+thực hiện)?\s+(?:bằng|qua|thông qua|tại)\s+(?:(?:các|những)\s+)?$",
    re.IGNORECASE,
)
#: The last words before a paper of which one of the two may be said.
_LAST_RE = re.compile(r"(?:(?P<by>bằng|qua|tại)|hành|dựng|duyệt|qua|ký|ra|có)\s+(?:(?:các|những|nhiều)\s+)?$")
_BETWEEN, _ISSUED, _BACK, _LEAD, _SHORT = 300, 200, 700, 160, 24
_PLACED = (CitationKind.NUMBER, CitationKind.BACK, CitationKind.NAME)


def carried_out(subject: Subject) -> Iterator[tuple[Citation, date, Citation, date, Citation]]:
    """A paper with its day, what it carries out with its day, and the mention by which that is told."""
    seen: set[int] = set()
    citations = subject.citations
    for at, one in enumerate(citations):
        day = own_day(subject, one)
        if day is None or subject.is_own(one):
            continue
        for mention in (*_told_behind(subject, at), *_told_before(subject, at)):
            base = _meant(subject, mention)
            other = _day(subject, base)
            if other is None or base is one or id(one) in seen:
                continue
            seen.add(id(one))
            yield one, day, base, other, mention


def _told_behind(subject: Subject, at: int) -> Iterator[Citation]:
    """``Kế hoạch … để thực hiện Nghị quyết …``: the next mention."""
    one, other = subject.citations[at], next(iter(subject.citations[at + 1 : at + 2]), None)
    if other is None:
        return
    between = subject.document.text[one.span.end : other.span.start]
    if len(between) > _BETWEEN or ";" in between or ". " in between or "\n\n" in between:
        return
    issued = one.relation is Relation.ISSUES and other.relation in (Relation.IMPLEMENTS, Relation.GUIDES)
    if _CARRIES_RE.fullmatch(" ".join(between.split())) or (
        issued and len(between) <= _ISSUED and "\n" not in between
    ):
        yield other


def _told_before(subject: Subject, at: int) -> Iterator[Citation]:
    """``Thực hiện Nghị quyết …, … ban hành Kế hoạch …``: the oldest mention that the clause before opens with."""
    text, citations = subject.document.text, subject.citations
    one = citations[at]
    last = _LAST_RE.search(text[max(0, one.span.start - _SHORT) : one.span.start])
    if last is None:
        return
    low = _paragraph(text, one.span.start)
    if last["by"] and _CARRIED_BY_RE.search(_before(text, low, one.span.start)):
        between = text[citations[at - 1].span.end : one.span.start] if at else ""
        if at and citations[at - 1].span.start >= low and not re.search(r"[.;:]\s", between):
            yield citations[at - 1]
        return
    issues = _ISSUES_RE.search(text, max(low, one.span.start - _LEAD), one.span.start)
    if issues is None:
        return
    told: list[tuple[date, int]] = []
    for back in range(at - 1, -1, -1):
        other = citations[back]
        between = text[other.span.end : issues.start()]
        if other.span.start < low or other.kind not in _PLACED or re.search(r"[.;]\s", between):
            break
        told += [(day, back)] if (day := _day(subject, _meant(subject, other))) else []
        if _LEAD_RE.search(_before(text, low, other.span.start)):
            clause = between.rpartition(",")[2] if "," in between else ""
            if told and _ISSUER_RE.match(clause) and not _OTHERWISE_RE.search(clause):
                yield citations[min(told)[1]]
            return
    pointed = list(_POINTS_BACK_RE.finditer(text, low, issues.start()))
    if pointed and not re.search(r"[.;:]\s", text[pointed[-1].end() : issues.start()]):
        before = [other for other in citations[:at] if low <= other.span.start < pointed[-1].start()]
        yield from before[-1:]


def _before(text: str, low: int, at: int) -> str:
    """The words before a place, in its paragraph."""
    return text[max(low, at - _LEAD) : at]


def _paragraph(text: str, at: int) -> int:
    """Where the paragraph of a place begins, or what of it is near."""
    return max(text.rfind("\n", 0, at) + 1, at - _BACK)


def _meant(subject: Subject, mention: Citation) -> Citation:
    """The mention that a back reference stands for; the last one of its type before it where none is known."""
    citations, own = subject.citations, subject.document.metadata.type
    while mention.kind is CitationKind.BACK and mention.antecedent is not None:
        mention = citations[mention.antecedent]
    if mention.kind is not CitationKind.BACK or (own is not None and own.value == mention.type):
        return mention
    low = _paragraph(subject.document.text, mention.span.start)
    before = (one for one in reversed(citations[: citations.index(mention)]) if one.number)
    return next((one for one in before if one.type == mention.type and one.span.start >= low), mention)


def _day(subject: Subject, base: Citation) -> date | None:
    """The day of what is carried out: its own, else the one day that the paper tells of its number."""
    day = own_day(subject, base)
    if day is None and base.number:
        told = {
            day_of(one.issued) for one in subject.citations if one.number == base.number and one.type == base.type
        }
        day = next(iter(told - {None}), None) if len(told - {None}) == 1 else None
    if day and base.kind is CitationKind.NAME and base.type in LAW_TYPES and not _is_day_of(base, day):
        return None  # the date behind the name of a law is that of another document
    return day


def _is_day_of(law: Citation, day: date) -> bool:
    """Whether a law of that name was passed on a day, or the days of the laws of that name are not known."""
    name = (law.name or law.surface).removeprefix(law.type or "").strip()
    known = {one.issued for one in laws_by_name().get(name_key(name), ())}
    return not known or "" in known or day.isoformat() in known
