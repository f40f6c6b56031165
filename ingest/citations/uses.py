"""Use of a cited document: a thing done under it in the past, or a rule for what is or will be done."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from ingest.citations.clauses import sentence_start
from ingest.citations.found import Found
from kb.models import Document, Relation, Unit, UnitKind, Use

#: A thing done; ``đã được sửa đổi`` says nothing of the kind, ``đánh giá cán bộ tuân thủ Nghị định …`` rules.
_PAST_RE = re.compile(
    r"(?<![^\W\d_])(?:đã(?!\s+được\s+(?:sửa|bổ sung|thay thế|phê duyệt|quy định|ban hành))|sau khi|vừa qua"
    r"|thời gian qua"
    r"|trên đây là báo cáo"
    r"|(?:tổng kết|sơ kết|đánh giá)(?:,? (?!(?:tuân thủ|bám|theo|đúng|phải)\s)[^\W\d_]+){0,4}(?=\s*$))"
    r"(?![^\W\d_¹²³⁰⁴-⁹])",
    re.IGNORECASE,
)
#: What headings say, in small letters.
_AHEAD_RE = re.compile(
    r"phương hướng|nhiệm vụ(?<!chức năng, nhiệm vụ)(?:,| và| trọng tâm| chủ yếu)|giải pháp|kiến nghị|đề xuất"
    r"|thời gian tới"
)
#: A sentence that turns to what is to come, or tells others what to do, under a heading that looks back.
_COMING_RE = re.compile(
    r"(?:\W*(?:Trong\s+)?|[^.;]*\s)(?:thời\s+gian|những\s+năm|giai\s+đoạn|năm)\s+tới(?![^\W\d_])"
    r"|\W*(?:(?:Kính\s+)?Đề\s+nghị|Kiến\s+nghị|Yêu\s+cầu|Giao)(?![^\W\d_])"
    r"|(?:\W*|[^.;,]{3,40},\s)(?:các\s+(?:[^\W\d_]+,?\s){1,6})?tiếp\s+tục\s+"
    r"(?:thực\s+hiện|triển\s+khai|áp\s+dụng|chấp\s+hành)(?![^\W\d_])",
    re.IGNORECASE,
)
#: ``sau khi Nghị định quy định chi tiết Luật X được ban hành``: what is still to come.
_AWAITED_RE = re.compile(
    r"[^.;:\n]{0,180}?(?<!đã)\s(?:được\s+)?(?:ban hành|phê duyệt|thông qua|có hiệu lực)(?![^\W\d_])"
)
_AHEAD_OF = (Relation.IMPLEMENTS, Relation.CITES)
_BEHIND_RE = re.compile(r"kết quả|đánh giá|tình hình|tồn tại|hạn chế|nguyên nhân|thực trạng")
_LOOKING_BACK = frozenset(("Báo cáo", "Tờ trình"))
_RECITAL_RE = re.compile(r"\W*(?:Căn cứ|Xét|Theo đề nghị|Trên cơ sở)(?![^\W\d_])")
#: ``Căn cứ vào Điều 1 …, huyện phân hạng``: a rule for those who apply the text.
_ACCORDING_RE = re.compile(r"\W*căn cứ vào", re.IGNORECASE)
#: Relations that always rule what will be.
_FUTURE = frozenset((Relation.REPEALS, Relation.REPLACES, Relation.SUSPENDS))


class Uses:
    """Tells uses in one document: its type says which way it looks, its headings where it turns."""

    def __init__(self, document: Document, text: str, kind: str | None) -> None:
        self._text = text
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
        at = found.left if anchor is None else anchor
        sentence = self._text[sentence_start(self._text, at) : at]
        if relation in _FUTURE and not (self._back and _PAST_RE.search(sentence)):
            return Use.RULE
        if self._back and not self._ahead(offset) and not _COMING_RE.match(sentence):
            return Use.PAST
        if self._back:
            return Use.PAST if _PAST_RE.search(sentence) else Use.RULE
        recital = _RECITAL_RE.match(sentence) and relation is not Relation.IMPLEMENTS
        if recital or relation is Relation.BASED_ON:
            return Use.RULE if _ACCORDING_RE.match(sentence) else None
        past = _PAST_RE.search(sentence)
        if past:
            waits = past.group().lower() == "sau khi" and _AWAITED_RE.match(self._text, found.end)
            return Use.RULE if waits and relation in _AHEAD_OF else None if waits else Use.PAST
        return Use.RULE if relation in _AHEAD_OF else None

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
            heading = unit.heading[:160].lower()
            if _BEHIND_RE.search(heading):
                rows.append((unit.span.start, unit.span.end, False))
            elif _AHEAD_RE.search(heading):
                rows.append((unit.span.start, unit.span.end, True))
    return rows
