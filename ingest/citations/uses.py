"""Use of a cited document: a thing done under it in the past, or a rule for what is or will be done."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from ingest.citations.found import Found
from ingest.citations.governing import sentence_start
from kb.models import Document, Relation, Unit, UnitKind, Use

_PAST_RE = re.compile(
    r"(?<![^\W\d_])(?:đã|vừa|trong năm|trong giai đoạn|năm 20\d\d,|ngày \d{1,2}/\d{1,2}/\d{4},|đến nay"
    r"|thời gian qua"
    r"|kết quả|tính đến|qua \d+|hơn \d+ năm|được triển khai|sau khi|kịp thời)(?![^\W\d_¹²³⁰⁴-⁹])",
    re.IGNORECASE,
)
_RULE_RE = re.compile(
    r"(?<![^\W\d_])(?:phải|cần|sẽ|yêu cầu|đề nghị|kiến nghị|đề xuất|khẩn trương|nghiêm túc|có trách nhiệm|được"
    r" hưởng|giao|chủ trì|theo quy định|quy định tại|thực hiện theo|áp dụng|không được|trong thời gian tới"
    r"|tăng cường|đẩy mạnh|bảo đảm|tập trung)(?![^\W\d_¹²³⁰⁴-⁹])",
    re.IGNORECASE,
)
_AHEAD_RE = re.compile(
    r"nhiệm vụ|giải pháp|phương hướng|kiến nghị|đề xuất|trong thời gian tới|tổ chức thực hiện|định hướng"
    r"|giai đoạn sau",
    re.IGNORECASE,
)
_BEHIND_RE = re.compile(
    r"kết quả|đánh giá|tình hình|tồn tại|hạn chế|nguyên nhân|thực trạng|công tác", re.IGNORECASE
)
_LOOKING_BACK = frozenset(("Báo cáo", "Tờ trình", "Thông báo"))
_RULING = frozenset((
    "Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Nghị quyết", "Thông tư", "Thông tư liên tịch", "Quyết định",
    "Chỉ thị", "Quy chế", "Quy định", "Hướng dẫn", "Công văn", "Kế hoạch", "Chương trình", "Công điện",
))  # fmt: skip
_RECITAL_RE = re.compile(r"\W*(?:Căn cứ|Xét|Theo đề nghị|Trên cơ sở)(?![^\W\d_])")
#: Relations that always rule what will be.
_FUTURE = frozenset((Relation.REPEALS, Relation.REPLACES, Relation.SUSPENDS))


class Uses:
    """Tells uses in one document: its type says which way it looks, its headings where it turns."""

    def __init__(self, document: Document, text: str, kind: str | None) -> None:
        self._text = text
        self._ruling = kind in _RULING
        self._back = kind in _LOOKING_BACK
        self._units = _headings(document.units)
        self._starts = [row[0] for row in self._units]
        self._recitals = [unit.span for unit in document.units if unit.kind is UnitKind.RECITAL]

    def tell(self, found: Found, anchor: int | None = None) -> Use | None:
        """The use of one mention; `anchor` is the place of its note's mark in the reading text."""
        if found.governing is None:
            return None
        offset, relation = found.parts[0].start, found.governing.relation
        index = bisect_right(self._recitals, offset, key=lambda span: span.start) - 1
        if index >= 0 and offset < self._recitals[index].end:
            return None
        if relation is Relation.ISSUES:
            return Use.PAST
        if relation in _FUTURE and self._ruling:
            return Use.RULE
        if self._back:
            return Use.RULE if self._ahead(offset) else Use.PAST
        at = found.left if anchor is None else anchor
        sentence = self._text[sentence_start(self._text, at) : at]
        if not self._back and _RECITAL_RE.match(sentence) and relation is not Relation.IMPLEMENTS:
            return Use.RULE if re.match(r"\W*căn cứ vào", sentence, re.IGNORECASE) else None
        if relation is Relation.BASED_ON:
            return Use.RULE if re.match(r"\W*căn cứ vào", sentence, re.IGNORECASE) else None
        if _PAST_RE.search(sentence):
            return Use.PAST
        rules = relation in (Relation.IMPLEMENTS, Relation.CITES) or bool(_RULE_RE.search(sentence))
        return Use.RULE if self._ruling and rules and relation is not Relation.GUIDES else None

    def _ahead(self, offset: int) -> bool:
        """Whether the innermost heading that says so looks ahead."""
        for index in range(bisect_right(self._starts, offset) - 1, -1, -1):
            if offset < self._units[index][1]:
                return self._units[index][2]
        return False


def _headings(units: Iterable[Unit]) -> Sequence[tuple[int, int, bool]]:
    rows = []
    for unit in units:
        if unit.kind in (UnitKind.PART, UnitKind.CHAPTER, UnitKind.SECTION, UnitKind.ITEM, UnitKind.SUBSECTION):
            heading = unit.heading[:160]
            if len(heading) < 160 and _AHEAD_RE.search(heading):
                rows.append((unit.span.start, unit.span.end, True))
            elif unit.level <= 2 and _BEHIND_RE.search(heading):
                rows.append((unit.span.start, unit.span.end, False))
    return rows
