"""FIG of figures up to a day after the paper was signed: ``số liệu từ ngày … đến ngày …``.

A time that ends a few days later is one that was reckoned ahead: a note. What is planned, estimated or begins
later is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from graphs.checks.reading.periods import WHEN, when
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.clock import told_day
from kb.models import Finding, Severity, Span
from kb.text.sentences import split_sentences

_DAY = (
    r"(?:ngày\s+)?\d{1,2}/\d{1,2}/(?:19|20)\d\d|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(?:19|20)\d\d"
    r"|tháng\s+\d{1,2}(?:/|\s+năm\s+)(?:19|20)\d\d"
)
_SPAN_RE = re.compile(rf"[Tt]ừ\s+(?P<from>{WHEN})\s*(?:đến|tới|-|–)\s+(?:hết\s+)?(?P<to>{_DAY})(?![\d/])")
_UNTIL_RE = re.compile(
    r"[SsTtLlCc](?:(?<=[Ss])ố liệu|(?<=[Tt])hống kê|(?<=[Ll])(?:ũy|uỹ) kế|(?<=[Cc])ộng dồn)\b[^.;:\d]{0,50}?\b"
    rf"(?:đến|tới)\s+(?:thời điểm\s+)?(?:hết\s+)?(?P<to>{_DAY})(?![\d/])"
)
#: What is told of now: ``Tính đến hết tháng 9 năm 2024, đã cấp …``.
_BY_RE = re.compile(
    r"(?:\b[Tt]ính (?:đến|tới)|(?:(?<=\n)|(?<=[.,;] ))[Đđ]ến)\s+(?:thời điểm\s+)?(?:hết\s+)?"
    rf"(?P<to>{_DAY})(?![\d/])"
)
_SO_RE = re.compile(
    r"\s*,?\s*(?:[^.;\d]{0,60}?\b)?(?:đã|có|còn|xảy ra|ghi nhận|phát hiện|tiếp nhận|thu được|dịch)\b[^.;]{0,60}?\d"
)
#: Words around a time that say that it is one of figures.
_FIGURES_RE = re.compile(
    r"\b(?:số liệu|kỳ báo cáo|thời (?:kỳ|gian|điểm) (?:báo cáo|lấy|tổng hợp|chốt|thống kê)|cùng kỳ|so sánh|so với"
    r"|tính từ|kết quả (?:thực hiện|công tác)|niên độ)\b",
    re.IGNORECASE,
)
_OF_FIGURES_RE = re.compile(
    r"\b(?:số liệu|kỳ báo cáo|thời (?:kỳ|gian|điểm) (?:báo cáo|lấy|tổng hợp|chốt|thống kê))\b[^.;:\d]{0,40}$",
    re.IGNORECASE,
)
_ESTIMATED_RE = re.compile(r"\b(?:ước|dự kiến|dự báo|sẽ)\b", re.IGNORECASE)
#: Deeds that are done: what they are told for has happened.
_DONE_RE = re.compile(
    r"\b(?:đã|xảy ra|ghi nhận|phát hiện|tiếp nhận|thu được|toàn (?:tỉnh|huyện|xã)(?: có)?)\b", re.IGNORECASE
)
_AHEAD_RE = re.compile(
    r"\b(?:kế hoạch|phấn đấu|đề nghị|yêu cầu|áp dụng|hiệu lực|thời hạn|hạn|gia hạn|đăng ký|nghỉ"
    r"|phải|thời gian (?:tổ chức|thực hiện|thi|nghỉ|nhận)|tổ chức (?:từ|vào)|diễn ra|hoàn thành|nhiệm kỳ"
    r"|giai đoạn|hằng|hàng|mỗi|lịch|hợp đồng|cho thuê|cấp phép|giấy phép|ủy quyền"
    r"|phân công|trực|giao|quy định|định kỳ|đợt)\b",
    re.IGNORECASE,
)
#: Figures of a year are gathered some days before it ends.
_GRACE = timedelta(days=31)
_YEAR, _ABOUT, _NEAR = 365, 8, 90


def check_figures_to_come(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Figures up to 14/12/2025 in a report of 24/11/2025."""
    own, text = subject.as_of, subject.document.text
    if own is None or subject.is_rule() or subject.document.metadata.digest:
        return
    told: set[int] = set()
    for pattern in (_SPAN_RE, _UNTIL_RE, _BY_RE):
        for found in pattern.finditer(text):
            days = when(found["to"])
            if days is None or found.start("to") in told or not _is_of_figures(text, found):
                continue
            if days[0] <= own:
                tally.held += 1
                continue
            told.add(found.start("to"))
            tally.failed += 1
            low = found.start("from") if pattern is _SPAN_RE else found.start("to")
            printed = " ".join(text[low : found.end("to")].split())
            yield TO_COME.finding(
                (Span(low, found.end("to")),),
                f"số liệu ghi đến {told_day(days[0])}, sau ngày của văn bản này ({told_day(own)}): “{printed}”",
                f"figures are told up to {days[0]}, after this document ({own})",
                stated=days[0].isoformat(),
                expected=f"<= {own}",
                suggestion=both(
                    "sửa ngày cuối kỳ số liệu, hoặc ghi rõ là số ước",
                    "mend the last day, or say that it is an estimate",
                ),
                severity=Severity.NOTE if _may_be_ahead(found, days[0], own) else None,
            )


def _is_of_figures(text: str, found: re.Match[str]) -> bool:
    """Whether a time is said to be that of figures or of deeds, with no word of what is to come."""
    low = max(text.rfind("\n", 0, found.start()) + 1, found.start() - 400)
    end = text.find("\n", found.end())
    around = text[low : end if end >= 0 else len(text)]
    at = found.start() - low
    sentence = next((around[a:b] for a, b in split_sentences(around) if a <= at < b), around)
    at = sentence.find(found.group())
    near = sentence[max(0, at - _NEAR) : at + len(found.group()) + _NEAR]
    if _ESTIMATED_RE.search(near):
        return False
    if found.re is _BY_RE:
        behind = sentence[at + len(found.group()) :]
        return bool(_SO_RE.match(behind)) and not _AHEAD_RE.search(near.replace(found.group(), " "))
    if _OF_FIGURES_RE.search(sentence[max(0, at - _NEAR) : at]) or found.re is _UNTIL_RE:
        return True
    if _AHEAD_RE.search(near.replace(found.group(), " ")):
        return False
    return bool(_FIGURES_RE.search(near)) or bool(_DONE_RE.search(near))


def _may_be_ahead(found: re.Match[str], last: date, own: date) -> bool:
    """Whether a paper may have been signed some days before its figures ended: those of a year, or of a month."""
    if last - own > _GRACE:
        return False
    first = when(found["from"]) if found.re is _SPAN_RE else None
    if first is None:
        return True
    days = (last - first[0]).days + 1
    return abs(days - _YEAR) <= _ABOUT or days < _YEAR - _ABOUT


TO_COME = rule("FIG-352", check_figures_to_come)
FIGURES_TO_COME_RULES = (TO_COME,)
