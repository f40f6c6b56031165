"""VAL: what the text rests its decision on stands among its legal bases."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from graphs.checks.citations.standing import CITED
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Citation, Finding, Relation, Span, UnitKind, Use
from kb.numbers import number_key
from kb.vocabulary.schemes import name_words

#: Units of the body, the first of which ends the recitals; a line that begins as a recital does.
_BODY = (UnitKind.PART, UnitKind.CHAPTER, UnitKind.SECTION, UnitKind.ARTICLE, UnitKind.ITEM)
_IS_RECITAL_RE = re.compile(r"(?:^|\n)\W*Căn cứ\s[^;]*$")


def _stands_in(offset: int, spans: Sequence[Span]) -> bool:
    """Whether an offset stands in one of several spans, which come in their order and lie apart."""
    at = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and offset < spans[at].end


def check_recitals(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What the text rests its decision on stands among its legal bases; of papers that have none nothing is asked.

    A text that only mentions a document, reports a deed under it or amends it does not rest on it.
    """
    recitals = [unit.span for unit in subject.document.units if unit.kind is UnitKind.RECITAL]
    body = max((span.end for span in recitals), default=0)
    attached = [u.span.start for u in subject.document.units if u.kind in (UnitKind.APPENDIX, UnitKind.ATTACHMENT)]
    end = min(attached, default=len(subject.document.text))
    later = (unit.span.start for unit in subject.document.units if unit.kind in _BODY and unit.span.start >= body)
    begins = min(later, default=body)
    within = sorted(recitals, key=lambda span: span.start)
    based = [one for one in subject.citations if _stands_in(one.span.start, within)]
    if subject.is_consolidated():
        tally.skip(both("văn bản hợp nhất chép lại căn cứ cũ", "a consolidation repeats old bases"))
        return
    if subject.is_norm():
        tally.skip(
            both(
                "điều khoản của văn bản quy phạm nói người thi hành căn cứ vào đâu",
                "norms tell on what others rest",
            )
        )
        return
    if not based:
        tally.skip(both("văn bản không có phần căn cứ", "the document states no legal bases"))
        return
    named = {_document(one) for one in based} | {_law(one) for one in based} - {""}
    seen: set[str] = set()
    for citation in subject.citations:
        if citation.kind not in CITED or citation.relation is not Relation.BASED_ON:
            continue
        if not body <= citation.span.start < end or not _is_resting(subject, citation):
            continue
        if citation.span.start < begins and _IS_RECITAL_RE.search(
            subject.document.text, body, citation.span.start
        ):
            continue  # the last of the recitals, which runs on into the sentence that they carry
        if subject.is_own(citation) or _document(citation) in seen or citation.use is Use.PAST:
            continue
        seen.add(_document(citation))
        if _document(citation) in named or (_law(citation) and _law(citation) in named):
            tally.held += 1
            continue
        tally.failed += 1
        yield NOT_RECITED.finding(
            (citation.span,),
            f"“{citation.surface}” là căn cứ trong nội dung nhưng không có trong phần căn cứ ban hành",
            f"“{citation.surface}” is a basis in the text but not among the legal bases",
            stated=citation.surface,
            suggestion=both(
                "bổ sung vào phần căn cứ hoặc bỏ chữ “căn cứ” trong nội dung",
                "add it to the legal bases, or drop the word “căn cứ” in the text",
            ),
            page=citation.page,
        )


#: "Căn cứ" as a word of the sentence, not the name of a column or of a part of a procedure.
_RESTS_RE = re.compile(
    r"\b[Cc]ăn cứ\s+(?!pháp lý)(?:(?!được\s|đã\s|phê duyệt|\bgiá\b|\bmức\b|kết quả|tình hình)[^.;\n]){0,120}$"
)


def _is_resting(subject: Subject, citation: Citation) -> bool:
    return bool(_RESTS_RE.search(subject.document.text, max(0, citation.span.start - 140), citation.span.start))


def _document(citation: Citation) -> str:
    """What two mentions of one document share: its number, else its name."""
    return number_key(citation.number) if citation.number else name_words(citation.surface)


def _law(citation: Citation) -> str:
    """The name of a law or code without its number and year, by which the text calls it again."""
    name = name_words(citation.name or citation.surface)
    return re.sub(r"\s(?:so\s\S.*|nam\s\d{4}|\d{4})$", "", name) if name.startswith(("luat ", "bo luat ")) else ""


NOT_RECITED = rule("VAL-006", check_recitals)
RECITAL_RULES = (NOT_RECITED,)
