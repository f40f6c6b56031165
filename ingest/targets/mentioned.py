"""Whether the sentence of a target rests on a document that it names, or only speaks of it."""

from __future__ import annotations

import re

from kb.models import Citation, Document, Relation, Span, Target
from kb.vocabulary.types import LAW_TYPES

#: Types of documents that lay down rules.
NORMS = ("Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch")
#: Words by which a sentence rests on a document.
_RESTS_RE = re.compile(r"\b(?:theo|tại|căn cứ|thực hiện|quy định|mục tiêu|chỉ tiêu|yêu cầu|giao)\b", re.IGNORECASE)
#: "… bảo đảm điều kiện theo quy định của Luật": the law says which conditions, not that they be met by all.
_AS_LAID_DOWN_RE = re.compile(r"\b(?:theo|đúng|đáp ứng)\s+quy định\s+(?:của|tại)\s+[^,;.]{0,40}$")
#: A document that opens a sentence, and what is set by it behind a comma.
_FRONTS_RE = re.compile(r"\W*(?:(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)])?\W*Theo(?:\s+quy định (?:của|tại))?")
_THEN_SETS_RE = re.compile(
    r"(?:\s+(?:ngày|số)\s[^,;]{1,40}|\s+của\s[^,;]{1,60})?,\s+(?:[^\W\d_]+\s+){0,4}?"
    r"(?:đặt (?:ra|mục tiêu|chỉ tiêu)|đề ra|phấn đấu|(?:các\s+)?(?:chỉ tiêu|mục tiêu)|phải|được giao)(?![^\W\d_])",
    re.IGNORECASE,
)
#: Between a document and a level that is of what the document's name describes: its date, its body, a verb.
_COMES_TO_RE = re.compile(
    r"(?:\s+ngày\s+[\d/.-]+|\s+ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d{4})?"
    r"(?:\s+của\s+(?:Chính phủ|Quốc hội|Bộ[^,;.:]{2,50}))?"
    r"\s+(?:(?:còn|đạt|là|giảm|tăng|xuống|lên|trên|dưới|tối thiểu|ít nhất|khoảng)\s+)+"
)


def is_object(document: Document, span: Span, citation: Citation) -> bool:
    """Whether a document only names what the target speaks of (``100% ngành nghề trong danh mục của Luật``)."""
    before = " ".join(document.text[max(span.start, citation.span.start - 70) : citation.span.start].split())
    if is_laid_down(document, span, citation):
        return True
    of = before.endswith("của") and citation.relation in (None, Relation.CITES)
    # "phân loại rác tại nguồn theo Luật Bảo vệ môi trường": how it is done; no law as a whole sets such a level.
    if citation.type in LAW_TYPES and citation.relation in (None, Relation.CITES) and not citation.pinpoints:
        return True
    # "kiến thức về phòng, chống bạo lực, Luật Trẻ em": what is to be known, not why.
    bare = citation.type in NORMS and citation.relation in (None, Relation.CITES) and not citation.pinpoints
    return (of or bare) and not _RESTS_RE.search(before)


def is_fronted(document: Document, target: Target, citation: Citation) -> bool:
    """Whether a sentence opens with what it sets its level by: ``Theo Luật Thanh niên, xã phấn đấu 60% …``."""
    level = target.level.start if target.level else target.span.end
    before, behind = (
        document.text[target.span.start : citation.span.start],
        document.text[citation.span.end : level],
    )
    return bool(_FRONTS_RE.fullmatch(" ".join(before.split()))) and _THEN_SETS_RE.match(behind) is not None


def describes(document: Document, target: Target, citation: Citation) -> bool:
    """Whether a decree belongs to the name of the thing: ``Hợp đồng theo Nghị định số 68/2000 còn 1.310``."""
    if citation.type not in NORMS or target.level is None or citation.span.end > target.level.start:
        return False
    return _COMES_TO_RE.fullmatch(document.text, citation.span.end, target.level.start) is not None


def is_laid_down(document: Document, span: Span, citation: Citation) -> bool:
    """``bảo đảm điều kiện theo quy định của Luật …``: the law says which conditions, not that they be met."""
    before = " ".join(document.text[max(span.start, citation.span.start - 70) : citation.span.start].split())
    return citation.type in NORMS and _AS_LAID_DOWN_RE.search(before + " ") is not None
