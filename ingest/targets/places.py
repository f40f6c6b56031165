"""Where a document cites others: in a range, in the notes of a range; and a basis made of one such citation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.models import (
    Basis,
    BasisKind,
    Citation,
    CitationKind,
    Document,
    Footnote,
    Relation,
    Span,
    Target,
    TextBlock,
)
from kb.vocabulary.schemes import known_scheme, name_words

_CONFIDENCE = {
    BasisKind.EXPLICIT: 0.95,
    BasisKind.FOOTNOTE: 0.9,
    BasisKind.SECTION: 0.75,
    BasisKind.TABLE: 0.7,
    BasisKind.PROGRAMME: 0.5,
    BasisKind.INFERRED: 0.4,
}
#: A document that the body issued, repealed or amended is mentioned as a deed, not as what the target rests on.
_NO_BASIS = (Relation.ISSUES, Relation.REPEALS, Relation.REPLACES, Relation.AMENDS, Relation.CORRECTS)
#: A document called by its number alone.
_BARE_RE = re.compile(
    r"\b(?P<type>Nghị quyết|Quyết định|Kế hoạch|Chương trình|Chỉ thị|Kết luận|Đề án|Công văn|Thông báo)\s+"
    r"(?:số\s+)?(?P<number>\d{1,5})(?![\d/\w]|[.-]\w)",
    re.IGNORECASE,
)
#: A document called by the body that issued it alone: "chỉ tiêu tại Kế hoạch của UBND tỉnh".
_OF_BODY_RE = re.compile(
    r"\b(?:theo|tại|trong|của)\s+(?P<type>Nghị quyết|Quyết định|Kế hoạch|Chương trình|Chỉ thị|Đề án)\s+của\s+"
    r"(?P<body>(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân)(?:\s+(?:tỉnh|thành phố|huyện|thị xã"
    r"|quận|xã|phường))?|Tỉnh ủy|Thành ủy|Huyện ủy|Chính phủ|Thủ tướng(?: Chính phủ)?|Quốc hội)(?![^\W\d_])",
    re.IGNORECASE,
)
_SHORT = (("ủy ban nhân dân", "ubnd"), ("uỷ ban nhân dân", "ubnd"), ("hội đồng nhân dân", "hđnd"))
_ISSUED = ("Chương trình", "Đề án", "Kế hoạch", "Nghị quyết")
_DOCUMENTS = (CitationKind.NUMBER, CitationKind.NAME, CitationKind.ALIAS, CitationKind.BACK)


@dataclass(frozen=True, slots=True)
class Places:
    """A document's citations with their indexes, and its footnotes by anchor."""

    document: Document
    citations: tuple[Citation, ...]
    notes: tuple[Footnote, ...]
    order: tuple[tuple[int, int], ...]  # where each citation begins, and its index

    @classmethod
    def of(cls, document: Document, citations: tuple[Citation, ...]) -> Places:
        """The places of a document with all its citations."""
        order = tuple(sorted((citation.span.start, at) for at, citation in enumerate(citations)))
        return cls(document, citations, document.footnotes, order)

    def cited(self, span: Span, *, issued: bool = False) -> Iterator[tuple[int, Citation]]:
        """Citations of documents that stand in a range; with `issued` also those that it says were issued."""
        low, high = bisect_left(self.order, (span.start, 0)), bisect_left(self.order, (span.end, 0))
        found = sorted(at for _, at in self.order[low:high])
        called = tuple(self._called(span))  # whatever is told of it elsewhere, here it is what is spoken of
        for at in dict.fromkeys((*found, *called)):
            told = issued and self.citations[at].relation is Relation.ISSUES
            if at in called or told or self._counts(self.citations[at]):
                yield at, self.citations[at]

    def _called(self, span: Span) -> Iterator[int]:
        """Documents that a range calls by a bare number: ``theo Chương trình số 4512``, told in full elsewhere."""
        for called in _BARE_RE.finditer(self.document.text, span.start, span.end):
            meant = [
                at
                for at, one in enumerate(self.citations)
                if re.match(rf"0*{int(called['number'])}[/-]", one.number or "")
            ]
            kind = " ".join(called["type"].split()).capitalize()
            own = [at for at in meant if self.citations[at].type == kind]
            # "Chương trình 2896" may be what the decision of that number issued
            meant = own or (meant if kind in _ISSUED else [])
            if len({self.citations[at].number for at in meant}) == 1:
                yield meant[0]
        for called in _OF_BODY_RE.finditer(self.document.text, span.start, span.end):
            kind, body = (" ".join(called[name].split()) for name in ("type", "body"))
            meant = [
                at
                for at, one in enumerate(self.citations)
                if one.number
                and one.type == kind.capitalize()
                and body_as_short(one.issuer).startswith(body_as_short(body))
            ]
            if len({self.citations[at].number for at in meant}) == 1:
                yield meant[0]

    def noted(self, span: Span) -> Iterator[tuple[int, Citation, Footnote]]:
        """Citations in the footnotes whose anchors stand in a range."""
        for note in self.notes:
            if note.anchor and span.start <= note.anchor.start < span.end:
                for part in note.parts:
                    for at, citation in self.cited(part):
                        yield at, citation, note

    def _counts(self, citation: Citation) -> bool:
        own = citation.kind is CitationKind.BACK and citation.surface.rstrip().endswith("này")
        named = self.citations[citation.antecedent] if citation.antecedent is not None else None
        own = own and (named is None or named.kind is CitationKind.SELF)  # "Cũng theo Nghị quyết này" of a report
        kind = self.document.metadata.type
        # "(Kèm theo Kế hoạch số …)" over an annex of a plan names the plan itself.
        annexed = citation.relation is Relation.PROMULGATED_WITH
        own = own or bool(annexed and kind and citation.type == kind.value)
        return citation.kind in _DOCUMENTS and citation.relation not in _NO_BASIS and not own


def body_as_short(name: str | None) -> str:
    """A body as it is written short."""
    told = " ".join((name or "").lower().split())
    for long, short in _SHORT:
        told = told.replace(long, short)
    return told


def work_name(citation: Citation) -> str:
    """What two citations of one document share: its number, that of the scheme it is called by, else its words."""
    scheme = known_scheme(citation.surface) if citation.kind is not CitationKind.NUMBER else None
    return citation.number or (scheme.number if scheme else "") or name_words(citation.surface)


def basis_on(citation: int, kind: BasisKind, *evidence: Span) -> Basis:
    """A basis with the confidence of its kind; each piece of evidence once."""
    return Basis(citation, kind, tuple(dict.fromkeys(evidence)), _CONFIDENCE[kind])


def block_of(document: Document, target: Target) -> TextBlock | None:
    """The paragraph or table in which a target begins."""
    return document.block_over(target.span.start)


def within(span: Span, parts: Iterable[Span]) -> bool:
    """Whether a range begins in one of several."""
    return any(part.start <= span.start < part.end for part in parts)
