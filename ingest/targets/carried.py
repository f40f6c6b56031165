"""The programme that a document carries out, as the basis of targets that say nothing of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.targets.contexts import Context, context_of
from ingest.targets.levels import GOAL
from ingest.targets.named import title_of
from ingest.targets.over import spans_of_table, spans_over
from ingest.targets.places import Places, basis_on, within, work_name
from ingest.targets.same import spelled_words
from kb.models import Basis, BasisKind, Citation, CitationKind, Document, Relation, Span, Table, Target, UnitKind
from kb.vocabulary.schemes import known_scheme

_PROPOSES_RE = re.compile(r"\b(?:đề xuất|kiến nghị)\b", re.IGNORECASE)
#: Words that every programme's name has, and its period: they tell nothing of its subject.
_PROGRAMME_RE = re.compile(
    r"\b(?:chương trình|kế hoạch|đề án|chiến lược|nghị quyết|quyết định|chỉ thị|tổng thể|giai đoạn|quốc gia"
    r"|hành động|mục tiêu|phê duyệt|ban hành|triển khai|thực hiện|chủ trương đầu tư|về việc|định hướng|tầm nhìn"
    r"|năm|số|\d+)\b",
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
#: A plan to look back on a programme sets none of its goals.
_REVIEWS_RE = re.compile(r"\b(?:sơ kết|tổng kết)\b", re.IGNORECASE)
#: A local body that sets the level itself, or only expects it.
_SET_HERE_RE = re.compile(
    r"\b(?:Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Tỉnh ủy|Thành ủy|Sở|[Tt]ỉnh|[Tt]hành phố|[Hh]uyện)\b"
    r"[^.;,]{0,30}?"
    r"\b(?:(?:đề ra|đặt ra|xác định|phấn đấu)\s+(?:mục tiêu|chỉ tiêu|yêu cầu|lộ trình)|ban hành\s+(?:các\s+)?"
    r"(?:kế hoạch|chương trình|đề án))\b[^.;]*\d|\bdự kiến\b(?!.*\b(?:mục tiêu|chỉ tiêu|phấn đấu)\b)"
)
#: A level that the Party's centre set, and how far before it the paper may stand.
_SET_BY_PARTY_RE = re.compile(
    r"\b(?:Trung ương|Bộ Chính trị|Ban Bí thư)\s+(?:đã\s+)?(?:đề ra|đặt ra|giao|yêu cầu|quy định)\b"
)
_FARTHEST = 8000
#: A title by which a paper sets a programme of its own; what its recitals name is at most over it.
_OWN_RE = re.compile(
    r"\bphê\s+duyệt\b(?!.*\b(?:thực\s+hiện|triển\s+khai|thi\s+hành)\b)", re.IGNORECASE | re.DOTALL
)
_GOALS_RE = re.compile(rf"\b(?:{GOAL}|chỉ tiêu)\b", re.IGNORECASE)
#: Goals that a heading has from a plan of one year, named without its number: none of a programme of many.
_OF_YEARLY_PLAN_RE = re.compile(
    rf"\b(?:{GOAL}|chỉ tiêu)\b[^.;:\d]{{0,30}}\b(?:theo|của|tại|trong)\s+Kế hoạch\s+(?!số)[^.;:\d]{{0,80}}"
    r"\bnăm\s+20\d\d(?!\s*[-–]|\d)",
    re.IGNORECASE,
)
#: The least words of a subject, and the share of them that must stand around a target.
_TELLING, _MOST, _SOME = 2, 0.6, 0.35
#: The most programmes told of a target where only the document's title ties them to it.
_SEVERAL = 3


def programmes(places: Places) -> Iterator[Basis]:
    """The documents that this document says it carries out: in its title and its opening words."""
    document = places.document
    spans = list(document.metadata.title.spans) if document.metadata.title else []
    spans += [unit.span for unit in document.units if unit.kind in (UnitKind.PREAMBLE, UnitKind.RECITAL)]
    carried = (Relation.IMPLEMENTS, Relation.GUIDES, Relation.BASED_ON)
    for span in spans:
        for at, citation in places.cited(span):
            if citation.type in _NO_PROGRAMME or _REVIEWS_RE.search(citation.title or ""):
                continue
            if citation.relation in carried or citation.kind is CitationKind.NAME:
                yield basis_on(at, BasisKind.PROGRAMME, citation.span, span)


def carried(
    places: Places, contexts: tuple[Context | None, ...], programme: tuple[Basis, ...], target: Target
) -> Iterator[Basis]:
    """The programme that the document carries out, for a target whose own surroundings speak of its subject.

    Where none of them do, but the target stands among goals, those that the document's title speaks of: it was
    made to carry them out, and no word says which of several. What a document proposes rests on none of them.
    """
    around = _around(places.document, contexts, target)
    over = _over(places.document, contexts, target)
    if _PROPOSES_RE.search(" ".join(over)) or any(map(_OF_YEARLY_PLAN_RE.search, over)):
        return
    if _SET_HERE_RE.search(target.text):
        return  # the body of the paper set it itself
    if _SET_BY_PARTY_RE.search(target.text) and (party := _party_paper(places, target)):
        yield party
        return
    title = places.document.metadata.title
    if title and _OWN_RE.match(title.value.lstrip(' “"')):
        return
    words = spelled_words(around)
    told = [
        basis
        for basis in programme
        if _speaks_of(places.citations[basis.citation], words, _MOST)
        or (title and within(places.citations[basis.citation].span, title.spans))
    ]
    if told:
        numbered = [basis for basis in told if _is_numbered(places.citations[basis.citation])]
        for basis in _some(places, numbered or told):
            yield from _named_over(places, contexts, target, basis)
            yield basis
        return
    context = context_of(places.document, contexts, target)
    if title is None or context is None or not context.sets:
        return
    named = spelled_words(title.value)
    titled = [basis for basis in programme if _speaks_of(places.citations[basis.citation], named, _MOST)]
    numbered = [basis for basis in titled if _is_numbered(places.citations[basis.citation])]
    yield from _some(places, numbered or titled or _nearest(places, programme, named))


def _nearest(places: Places, programme: tuple[Basis, ...], named: frozenset[str]) -> list[Basis]:
    """Of the programmes that a plan is based on, those that share most with its title; none that share little."""
    scored = []
    for basis in programme:
        citation = places.citations[basis.citation]
        shared = len(_subject(citation) & named) / max(len(_subject(citation)), 1)
        if shared >= _SOME and _is_numbered(citation):
            scored.append((-shared, citation.span.start, basis))
    return [basis for _, _, basis in sorted(scored, key=lambda one: one[:2])]


def _party_paper(places: Places, target: Target) -> Basis | None:
    """The nearest paper of the Party's centre before a level that the centre set, under the same heading."""
    units = {unit.eid: unit for unit in places.document.units}
    unit = units.get(target.eid or "")
    while unit is not None and not unit.heading:
        unit = units.get(unit.parent or "")
    low = max(unit.span.start if unit else 0, target.span.start - _FARTHEST)
    cited = [
        (citation.span.start, at)
        for at, citation in places.cited(Span(low, target.span.start))
        if citation.footnote is None and (citation.number or "").upper().endswith("/TW")
    ]
    if not cited:
        return None
    at = max(cited)[1]
    return basis_on(at, BasisKind.INFERRED, places.citations[at].span, target.span)


def _named_over(
    places: Places, contexts: tuple[Context | None, ...], target: Target, basis: Basis
) -> Iterator[Basis]:
    """The programme again, where the words over a table or list call its rows the goals of that subject."""
    document, citation = places.document, places.citations[basis.citation]
    kind = BasisKind.SECTION if target.table is None else BasisKind.TABLE
    of_table = (span for span, _ in spans_of_table(document, target))
    for span in (*spans_over(document, contexts, target), *of_table):
        words = document.text[span.start : span.end]
        if _GOALS_RE.search(words) and _speaks_of(citation, spelled_words(words), _MOST):
            yield basis_on(basis.citation, kind, citation.span, span)
            return


def _some(places: Places, found: list[Basis]) -> Iterator[Basis]:
    """The first of several programmes, each once; which of them a target rests on no word says."""
    names: set[str] = set()
    for basis in found:
        name = work_name(places.citations[basis.citation])
        if name not in names and len(names) < _SEVERAL:
            names.add(name)
            yield basis


def _over(document: Document, contexts: tuple[Context | None, ...], target: Target) -> tuple[str, ...]:
    """The headings over a target, or over its table."""
    if target.table is not None:
        return tuple(_headings(document, document.tables[target.table]))
    context = context_of(document, contexts, target)
    return context.headings if context else ()


def _subject(citation: Citation) -> frozenset[str]:
    return spelled_words(_PROGRAMME_RE.sub(" ", title_of(citation) or citation.surface))


def _speaks_of(citation: Citation, words: frozenset[str], share: float) -> bool:
    """Whether words tell the subject of a document: its name without what every programme's name has."""
    subject = _subject(citation)
    return len(subject) >= _TELLING and len(subject & words) >= share * len(subject)


def _is_numbered(citation: Citation) -> bool:
    return citation.number is not None or known_scheme(citation.surface) is not None


def _around(document: Document, contexts: tuple[Context | None, ...], target: Target) -> str:
    """The sentence of a target, its lead-ins, its headings, the names of its table."""
    parts = [target.text]
    if target.table is not None:
        table = document.tables[target.table]
        return " ".join(
            [*parts, table.title or "", table.caption or "", *table.columns, *_headings(document, table)]
        )
    context = context_of(document, contexts, target)
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
