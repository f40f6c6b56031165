"""The legal basis of a target, never asserted beyond its evidence.

In order of strength: a document cited in the target's own sentence, in a footnote of that sentence, in the lead-in
or heading over it (or a footnote of those), in the title of its table, the programme that the document itself
carries out; and what another statement of the same target rests on. None of them: no basis, which is an answer.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.targets.contexts import Context, read_contexts
from ingest.targets.named import named_programme
from ingest.targets.same import spelled_words
from kb.models import (
    Basis,
    BasisKind,
    BlockKind,
    Citation,
    CitationKind,
    Document,
    Footnote,
    Relation,
    Span,
    Table,
    Target,
    UnitKind,
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
_DOCUMENTS = (CitationKind.NUMBER, CitationKind.NAME, CitationKind.ALIAS, CitationKind.BACK)
_PROPOSES_RE = re.compile(r"\b(?:đề xuất|kiến nghị)\b", re.IGNORECASE)
#: Words that every programme's name has, and its period: they tell nothing of its subject.
_PROGRAMME_RE = re.compile(
    r"(?:chương trình|kế hoạch|đề án|chiến lược|nghị quyết|quyết định|tổng thể|giai đoạn|quốc gia|hành động|số"
    r"|\d+)\b",
    re.IGNORECASE,
)
#: Papers that give powers, propose or report: no programme sets its goals by them.
_NO_PROGRAMME = (
    "Luật",
    "Bộ luật",
    "Pháp lệnh",
    "Hiến pháp",
    "Nghị định",
    "Thông tư",
    "Tờ trình",
    "Báo cáo",
    "Công văn",
)
#: The least words of a subject, and the share of them that must stand around a target.
_TELLING, _MOST = 2, 0.6
#: Levels of headings and lead-ins over a target that are asked, nearest first.
_LEVELS = 3


@dataclass(frozen=True, slots=True)
class _Places:
    """A document's citations with their indexes, and its footnotes by anchor."""

    document: Document
    citations: tuple[Citation, ...]
    notes: tuple[Footnote, ...]
    order: tuple[tuple[int, int], ...]  # where each citation begins, and its index

    def cited(self, span: Span) -> Iterator[tuple[int, Citation]]:
        """Citations of documents that stand in a range."""
        low, high = bisect_left(self.order, (span.start, 0)), bisect_left(self.order, (span.end, 0))
        for at in sorted(at for _, at in self.order[low:high]):
            if self._counts(self.citations[at]):
                yield at, self.citations[at]

    def noted(self, span: Span) -> Iterator[tuple[int, Citation, Footnote]]:
        """Citations in the footnotes whose anchors stand in a range."""
        for note in self.notes:
            if note.anchor and span.start <= note.anchor.start < span.end:
                for part in note.parts:
                    for at, citation in self.cited(part):
                        yield at, citation, note

    @staticmethod
    def _counts(citation: Citation) -> bool:
        return citation.kind in _DOCUMENTS and citation.relation not in _NO_BASIS


def find_bases(
    document: Document, citations: tuple[Citation, ...], targets: tuple[Target, ...]
) -> tuple[Target, ...]:
    """The targets with their bases, strongest first; a target may have none."""
    order = tuple(sorted((citation.span.start, at) for at, citation in enumerate(citations)))
    places = _Places(document, citations, document.footnotes, order)
    contexts = read_contexts(document)
    programme = tuple(_programme(places))
    found = [replace(target, bases=tuple(_bases(places, contexts, programme, target))) for target in targets]
    return _inferred(places, found)


def _bases(
    places: _Places, contexts: tuple[Context | None, ...], programme: tuple[Basis, ...], target: Target
) -> Iterator[Basis]:
    seen: set[str] = set()
    stronger = (
        *_own(places, target),
        *_goals_of(places, target),
        *_over(places, contexts, target),
        *_of_table(places, target),
    )
    weaker = () if stronger else _carried(places, contexts, programme, target)
    for basis in (*stronger, *weaker):
        name = work_name(places.citations[basis.citation])
        if name not in seen:
            seen.add(name)
            yield basis


def work_name(citation: Citation) -> str:
    """What two citations of one document share: its number, that of the scheme it is called by, else its words."""
    scheme = known_scheme(citation.surface) if citation.kind is not CitationKind.NUMBER else None
    return citation.number or (scheme.number if scheme else "") or name_words(citation.surface)


def _carried(
    places: _Places, contexts: tuple[Context | None, ...], programme: tuple[Basis, ...], target: Target
) -> Iterator[Basis]:
    """The programme that the document carries out, for a target whose own surroundings speak of its subject.

    What a document proposes for the future rests on no programme that it carries out.
    """
    around = _around(places.document, contexts, target)
    if _PROPOSES_RE.search(around):
        return
    words = spelled_words(around)
    title = places.document.metadata.title
    for basis in programme:
        citation = places.citations[basis.citation]
        subject = spelled_words(_PROGRAMME_RE.sub(" ", citation.title or citation.surface))
        told = len(subject) >= _TELLING and len(subject & words) >= _MOST * len(subject)
        if told or (title and _within(citation.span, title.spans)):
            yield basis
            return


def _around(document: Document, contexts: tuple[Context | None, ...], target: Target) -> str:
    """The sentence of a target, its lead-ins, its headings, the names of its table."""
    parts = [target.text]
    if target.table is not None:
        table = document.tables[target.table]
        return " ".join(
            [*parts, table.title or "", table.caption or "", *table.columns, *_headings(document, table)]
        )
    context = _context(document, contexts, target)
    if context:
        parts += [*(lead.text for lead in context.leads), *context.headings]
    return " ".join(parts)


def _headings(document: Document, table: Table) -> Iterator[str]:
    """The headings over a table, the nearest first."""
    units = {unit.eid: unit for unit in document.units}
    unit = units.get(table.unit or "")
    while unit is not None:
        yield unit.heading
        unit = units.get(unit.parent or "")


def _context(document: Document, contexts: tuple[Context | None, ...], target: Target) -> Context | None:
    found = (at for at, block in enumerate(document.blocks) if contexts[at] and _within(target.span, block.parts))
    return contexts[index] if (index := next(found, None)) is not None else None


def _own(places: _Places, target: Target) -> Iterator[Basis]:
    """Documents of the target's own sentence, then of its footnotes."""
    for at, citation in places.cited(target.span):
        if citation.footnote is not None or _is_object(places.document, target, citation):
            continue  # a note at the end of a page that the sentence runs over is another's
        yield _basis(at, BasisKind.EXPLICIT, citation.span, target.span)
    for at, citation, note in places.noted(target.span):
        yield _basis(at, BasisKind.FOOTNOTE, citation.span, note.anchor or target.span)


#: Words by which a sentence rests on a document.
_RESTS_RE = re.compile(r"\b(?:theo|tại|căn cứ|thực hiện|quy định|mục tiêu|chỉ tiêu|yêu cầu|giao)\b", re.IGNORECASE)


def _is_object(document: Document, target: Target, citation: Citation) -> bool:
    """Whether a document only names what the target speaks of (``100% ngành nghề trong danh mục của Luật``)."""
    before = document.text[max(target.span.start, citation.span.start - 70) : citation.span.start]
    of = before.rstrip().endswith("của") and citation.relation in (None, Relation.CITES)
    return of and not _RESTS_RE.search(before)


def _goals_of(places: _Places, target: Target) -> Iterator[Basis]:
    """The programme whose goals the paragraph, or the list over it, says that it sets out."""
    if target.table is not None:
        return
    document = places.document
    for at, block in enumerate(document.blocks):
        if block.kind is BlockKind.TEXT and _within(target.span, block.parts):
            end = document.reading.from_source(target.span.end - 1, block.view)
            limit = (end if end is not None else block.view.end) - block.view.start
            found = named_programme(document, places.citations, places.notes, at, limit)
            if found:
                cited, name = found
                yield _basis(cited, BasisKind.SECTION, places.citations[name].span, places.citations[cited].span)
            return


def _over(places: _Places, contexts: tuple[Context | None, ...], target: Target) -> Iterator[Basis]:
    """Documents of the lead-ins, then of the headings over a target, the nearest level that names one."""
    document = places.document
    if target.table is not None:
        return
    context = _context(document, contexts, target)
    if context is None:
        return
    units = {unit.eid: unit for unit in document.units}
    # The opening words of a paper stand over all of it: what they name is the programme that it carries out.
    opening = {unit.eid for unit in document.units if unit.kind in (UnitKind.PREAMBLE, UnitKind.RECITAL)}
    leads = [document.blocks[lead.block] for lead in context.leads[:_LEVELS]]
    spans = [part for block in leads if block.unit not in opening for part in block.parts]
    unit = units.get(target.eid or "")
    while unit is not None:
        spans.append(Span(unit.span.start, min(unit.span.end, unit.span.start + len(unit.heading) + 40)))
        unit = units.get(unit.parent or "")
    for span in spans:
        here = [
            _basis(at, BasisKind.SECTION, citation.span, span)
            for at, citation in places.cited(span)
            if not target.span.start <= citation.span.start < target.span.end  # judged as one of its own sentence
        ]
        here += [
            _basis(at, BasisKind.SECTION, citation.span, note.anchor or span)
            for at, citation, note in places.noted(span)
        ]
        if here:
            yield from here
            return


def _of_table(places: _Places, target: Target) -> Iterator[Basis]:
    """Documents named by the title, caption or head of a target's table."""
    if target.table is None:
        return
    table = places.document.tables[target.table]
    unit = next((unit for unit in places.document.units if unit.eid == table.unit), None)
    head = [Span(unit.span.start, table.span.start)] if unit and unit.span.start < table.span.start else []
    for span in (*head, *table.head_spans):
        for at, citation in places.cited(span):
            if citation.kind is not CitationKind.SELF:
                yield _basis(at, BasisKind.TABLE, citation.span, span)


def _programme(places: _Places) -> Iterator[Basis]:
    """The documents that this document says it carries out: in its title and its opening words."""
    document = places.document
    spans = list(document.metadata.title.spans) if document.metadata.title else []
    spans += [unit.span for unit in document.units if unit.kind in (UnitKind.PREAMBLE, UnitKind.RECITAL)]
    carried = (Relation.IMPLEMENTS, Relation.GUIDES, Relation.BASED_ON)
    for span in spans:
        for at, citation in places.cited(span):
            if citation.type in _NO_PROGRAMME:
                continue
            if citation.relation in carried or citation.kind is CitationKind.NAME:
                yield _basis(at, BasisKind.PROGRAMME, citation.span, span)


def _inferred(places: _Places, targets: list[Target]) -> tuple[Target, ...]:
    """What the same target rests on elsewhere, for targets that say nothing themselves.

    The programme that the document carries out is the stronger tie: where it is the same document, it stays.
    """
    by_id = {target.id: target for target in targets}
    weak = (BasisKind.PROGRAMME, BasisKind.INFERRED)
    done = []
    for target in targets:
        if any(basis.kind not in weak for basis in target.bases):
            done.append(target)
            continue
        borrowed: dict[str, Basis] = {}
        for other in (by_id[name] for name in target.same_as if name in by_id):
            for basis in other.bases:
                if basis.kind not in weak:
                    name = work_name(places.citations[basis.citation])
                    evidence = (*basis.evidence, other.span)
                    borrowed.setdefault(name, _basis(basis.citation, BasisKind.INFERRED, *evidence))
        for basis in target.bases:
            borrowed.pop(work_name(places.citations[basis.citation]), None)
        done.append(replace(target, bases=(*target.bases, *borrowed.values())))
    return tuple(done)


def _basis(citation: int, kind: BasisKind, *evidence: Span) -> Basis:
    return Basis(citation, kind, tuple(dict.fromkeys(evidence)), _CONFIDENCE[kind])


def _within(span: Span, parts: Iterable[Span]) -> bool:
    return any(part.start <= span.start < part.end for part in parts)
