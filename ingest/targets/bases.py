"""The legal basis of a target, never asserted beyond its evidence.

In order of strength: a document cited in the target's own sentence, in a footnote of that sentence, in the lead-in
or heading over it (or a footnote of those), in the title of its table; else the paper itself where it is one that
sets goals, and behind it the programme that it carries out; and what another statement of the same target rests
on. None of them: no basis, which is an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.targets.against import names_plan_alone
from ingest.targets.approved import calls_own, looks_back, says_own, set_here
from ingest.targets.carried import carried, programmes
from ingest.targets.contexts import Context
from ingest.targets.dated import dated, words_over
from ingest.targets.inferred import inferred
from ingest.targets.listed import of_list
from ingest.targets.mentioned import NORMS, describes, is_fronted, is_laid_down, is_object
from ingest.targets.named import named_programme, number_of
from ingest.targets.of_section import of_section
from ingest.targets.over import contexts_in, spans_of_table, spans_over
from ingest.targets.places import Places, basis_on, block_of, within, work_name
from ingest.targets.unnamed import with_unnamed
from kb.models import (
    Basis,
    BasisKind,
    BlockKind,
    Citation,
    CitationKind,
    Document,
    Span,
    Target,
    TextBlock,
)
from kb.text.sentences import split_sentences

#: Words by which a clause goes on from the one before it.
_GOES_ON_RE = re.compile(
    r"\W*(?:đến (?:hết |cuối )?năm|phấn đấu|bảo đảm|đảm bảo|trong (?:số )?đó|riêng|đồng thời|và|giai đoạn|mỗi năm"
    r"|hằng năm|hàng năm|theo đó|nhằm|với mục tiêu|tiến tới)(?![^\W\d_])"
)
#: Words by which a sentence rests on the document of the sentence before it.
_THEREBY_RE = re.compile(r"\W*(?:Theo đó|Trên cơ sở đó)(?![^\W\d_])")
#: "Cùng nghị quyết trên, tỷ lệ …": a paper that was named before, by its type alone.
_SAME_PAPER_RE = re.compile(
    r"\W*(?:[a-zđ\d]{1,2}[.)]\s+)?(?:(?:cũng|cùng|theo|tại|thực hiện)\s+)+(?P<type>nghị quyết|kế hoạch|quyết định"
    r"|chỉ thị|chương trình|đề án|công văn|công điện)\s+(?:trên|này|đó|nêu trên|nói trên)(?![^\W\d_])",
    re.IGNORECASE,
)
#: The rest of a sentence that ends in a colon.
_LEADS_IN_RE = re.compile(r"[^:|]{0,300}?:[\s|]*$")
#: A column of a budget as it was given, and the name of a paper that gives one.
_ESTIMATE_RE = re.compile(r"\W*(?:dự toán|DT)\b", re.IGNORECASE)
_GIVES_RE = re.compile(
    r"(?:về\s+)?(?:việc\s+)?(?:(?:phê chuẩn|quyết định|giao|phân bổ)\s+)*dự toán\b", re.IGNORECASE
)


def find_bases(
    document: Document, citations: tuple[Citation, ...], targets: tuple[Target, ...]
) -> tuple[Target, ...]:
    """The targets with their bases, strongest first; a target may have none."""
    places = Places.of(document, citations)
    contexts = contexts_in(document)
    programme = tuple(programmes(places))
    found = [replace(target, bases=tuple(_bases(places, contexts, programme, target))) for target in targets]
    over = {target.id: words_over(document, contexts, target) for target in found}
    periods = {
        target.id: dated(places, contexts, target, over[target.id]).period for target in found if target.same_as
    }
    found = [dated(places, contexts, target, over[target.id]) for target in inferred(places, found, periods)]
    return tuple(with_unnamed(document, citations, target, over[target.id]) for target in found)


def _bases(
    places: Places, contexts: tuple[Context | None, ...], programme: tuple[Basis, ...], target: Target
) -> Iterator[Basis]:
    if _of_plan_alone(places.document, target):
        yield from of_section(places, target, (), tuple(of_list(places, contexts, target)))
        return
    own = says_own(places, contexts, target)
    in_words = tuple(_own(places, target, own=calls_own(places, contexts, target)))
    over = (*_over(places, contexts, target, own=own), *_of_table(places, target))
    stronger = (
        *in_words,
        *_goals_of(places, target),
        # "Tiếp tục thực hiện Nghị quyết …, UBND tỉnh đặt ra các chỉ tiêu sau": its own, over what it carries out
        *(set_here(places, contexts, target) if own else ()),
        *(over if own else of_section(places, target, in_words, over)),
    )
    weaker = () if stronger else _weaker(places, contexts, programme, target)
    found: dict[str, Basis] = {}
    for basis in (*stronger, *weaker):
        basis = _with_number(places, basis)
        name = work_name(places.citations[basis.citation])
        first = found.setdefault(name, basis)
        if first.kind is not BasisKind.EXPLICIT and all(basis.kind is not tie.kind for tie in first.ties):
            found[name] = replace(first, also=(*first.also, basis))
    yield from found.values()


def _weaker(
    places: Places, contexts: tuple[Context | None, ...], programme: tuple[Basis, ...], target: Target
) -> tuple[Basis, ...]:
    """The paper itself where it sets goals, and behind it what it carries out; else the programme alone."""
    own = tuple(set_here(places, contexts, target))
    told = tuple(carried(places, contexts, programme, target))
    if not own and looks_back(places, contexts, target) and _is_plan(places.document):
        return ()
    if not own or any(basis.kind is BasisKind.INFERRED for basis in told):
        return told
    # What a plan calls the goals of its subject are its own: the programme is what the plan rests on.
    return (*own, *(basis for basis in told if basis.kind is BasisKind.PROGRAMME))


def _is_plan(document: Document) -> bool:
    return document.metadata.type is not None and document.metadata.type.value != "Báo cáo"


def _with_number(places: Places, basis: Basis) -> Basis:
    """The basis on the mention that gives the number, where the paper names a scheme here and numbers it there."""
    at = number_of(places.citations, basis.citation)
    if at == basis.citation:
        return basis
    return replace(basis, citation=at, evidence=(*basis.evidence, places.citations[at].span))


def _of_plan_alone(document: Document, target: Target) -> bool:
    """Whether a report names no more of a level's basis than "kế hoạch": ``42/60 thợ, đạt 70% kế hoạch``."""
    block = block_of(document, target) if target.table is None and target.level else None
    start = document.reading.from_source(target.level.start, block.view) if block and target.level else None
    if block is None or target.level is None or start is None:
        return False
    at = start - block.view.start
    end = at + target.level.end - target.level.start
    return names_plan_alone(document.block_text(block).replace("\n", " "), at, end)


def _own(places: Places, target: Target, *, own: bool) -> Iterator[Basis]:
    """Documents of the target's own sentence, its own clause first, then of its footnotes.

    Of a goal that the lead-in calls the body's `own` a decree in its words only tells how the thing is called.
    """
    document = places.document
    before, referred = _clause_before(document, target), _referred(document, target)
    for span in filter(None, (target.span, before, referred)):
        # A note at the end of a page that the sentence runs over is another's.
        cited = [(at, one) for at, one in places.cited(span, issued=span == referred) if one.footnote is None]
        fronted = {at for at, one in cited if is_fronted(document, target, one)}
        cited = [(at, one) for at, one in cited if at in fronted or not is_object(document, span, one)]
        cited = [(at, one) for at, one in cited if at in fronted or not (own and one.type in NORMS)]
        cited = [(at, one) for at, one in cited if not describes(document, target, one)]
        yield from (basis_on(at, BasisKind.EXPLICIT, one.span, target.span) for at, one in cited)
        if cited:
            break
    same = _SAME_PAPER_RE.match(target.text) if target.table is None else None
    if same:
        named = [
            (at, one)
            for at, one in enumerate(places.citations)
            if one.span.end <= target.span.start
            and (one.type or "").lower() == same["type"].lower()
            and one.number
        ]
        yield from (basis_on(at, BasisKind.EXPLICIT, target.span, one.span) for at, one in named[-1:])
    for at, citation, note in places.noted(target.span):
        yield basis_on(at, BasisKind.FOOTNOTE, note.anchor or target.span, citation.span)


def _clause_before(document: Document, target: Target) -> Span | None:
    """The clause that a target's clause goes on from (``theo Kế hoạch …, đạt 20%; đến năm 2030 đạt 100%``)."""
    block = block_of(document, target)
    start = document.reading.from_source(target.span.start, block.view) if block else None
    if target.table is not None or block is None or start is None or not _GOES_ON_RE.match(target.text):
        return None
    clauses = split_sentences(document.block_text(block)[: start - block.view.start], clauses=True)
    if not clauses or not document.block_text(block)[: clauses[-1][1]].endswith(";"):
        return None
    return document.reading.hull(block.view.start + clauses[-1][0], block.view.start + clauses[-1][1])


def _referred(document: Document, target: Target) -> Span | None:
    """The sentence that a target's sentence refers to: ``ban hành Kế hoạch số …. Theo đó, đến năm 2025 …``.

    Where it opens its paragraph, that is the last one of the paragraph before.
    """
    block = block_of(document, target)
    start = document.reading.from_source(target.span.start, block.view) if block else None
    if target.table is not None or block is None or start is None:
        return None
    text, at = document.block_text(block), start - block.view.start
    sentences = [span for span in split_sentences(text) if span[0] <= at]
    if not sentences or not _THEREBY_RE.match(text, sentences[-1][0]):
        return None
    if len(sentences) < 2:
        return _last_before(document, block)
    return document.reading.hull(block.view.start + sentences[-2][0], block.view.start + sentences[-2][1])


def _last_before(document: Document, block: TextBlock) -> Span | None:
    """The last sentence of the paragraph right before one."""
    at = document.block_at(block.span.start)
    before = document.blocks[at - 1] if at else None
    if before is None or before.kind is not BlockKind.TEXT:
        return None
    low, high = split_sentences(document.block_text(before))[-1]
    return document.reading.hull(before.view.start + low, before.view.start + high)


def _goals_of(places: Places, target: Target) -> Iterator[Basis]:
    """The programme whose goals the paragraph, or the list over it, says that it sets out."""
    if target.table is not None:
        return
    document = places.document
    at = document.block_at(target.span.start)
    if at is None or (block := document.blocks[at]).kind is not BlockKind.TEXT:
        return
    end = document.reading.from_source(target.span.end - 1, block.view)
    limit = (end if end is not None else block.view.end) - block.view.start
    found = named_programme(document, places.citations, places.notes, at, limit)
    if found:
        cited, name = found
        words, number = places.citations[name].span, places.citations[cited].span
        if cited != name:
            yield basis_on(cited, BasisKind.FOOTNOTE, words, number)
        yield basis_on(cited, BasisKind.SECTION, words, number)


def _over(places: Places, contexts: tuple[Context | None, ...], target: Target, *, own: bool) -> Iterator[Basis]:
    """Documents of the lead-ins, then of the headings over a target, the nearest level that names one.

    Where a lead-in says that the body sets the target on its `own`, its last clause does: ``Thực hiện Kế hoạch …;
    riêng năm 2022 UBND tỉnh đề ra:`` rests on no plan.
    """
    sentence, rest = _sentence_of(places.document, target), _rest_of(places.document, target)
    block = block_of(places.document, target) if target.table is None else None
    for span in spans_over(places.document, contexts, target):
        low = places.document.text.rfind(";", span.start, span.end) if own else -1
        here = [
            basis_on(at, _tie_of(citation, sentence), citation.span, span)
            for at, citation in places.cited(span)
            if citation.span.start > low
            if not target.span.start <= citation.span.start < target.span.end  # judged as one of its own sentence
            if not is_laid_down(places.document, span, citation)
            if rest is None or not rest.start <= citation.span.start < rest.end
            # "Rà soát các phòng theo Nghị định …; giảm 5 đơn vị": that decree is of the other clause.
            # The same of a decree in the sentence before.
            if not (
                citation.type in NORMS
                and (
                    _tie_of(citation, sentence) is BasisKind.EXPLICIT or (block and span.start == block.span.start)
                )
            )
        ]
        here += [
            basis_on(at, BasisKind.FOOTNOTE, note.anchor or span, citation.span)
            for at, citation, note in places.noted(span)
        ]
        if here:
            yield from here
            return


def _tie_of(citation: Citation, sentence: Span | None) -> BasisKind:
    """Explicit where an earlier clause of the target's own sentence names the document."""
    own = sentence is not None and sentence.start <= citation.span.start < sentence.end
    return BasisKind.EXPLICIT if own else BasisKind.SECTION


def _sentence_of(document: Document, target: Target) -> Span | None:
    """What stands before a target in its own sentence, earlier clauses with it; None in a table."""
    block = block_of(document, target)
    start = document.reading.from_source(target.span.start, block.view) if block else None
    if target.table is not None or block is None or start is None or start <= block.view.start:
        return None
    before = document.block_text(block)[: start - block.view.start]
    low = split_sentences(before)[-1][0] if split_sentences(before) else 0
    ended = re.search(r"[.!?]\s*$", before) is not None
    return None if ended else document.reading.hull(block.view.start + low, block.view.start + len(before))


def _rest_of(document: Document, target: Target) -> Span | None:
    """What stands behind a target in its own paragraph: no words over it."""
    block = block_of(document, target)
    return Span(target.span.end, block.span.end) if block and target.table is None else None


def _of_table(places: Places, target: Target) -> Iterator[Basis]:
    """Documents named by the title, caption or head of a target's table, or by what leads in to it."""
    text = places.document.text
    for span, heading in spans_of_table(places.document, target):
        for at, citation in places.cited(span):
            if citation.kind is not CitationKind.SELF:
                # "UBND tỉnh đề ra 06 chỉ tiêu tại Kế hoạch số 5:" leads in to a table as it does to a list
                led = heading or _LEADS_IN_RE.match(text, citation.span.end, span.end) is not None
                yield basis_on(at, BasisKind.SECTION if led else BasisKind.TABLE, citation.span, span)
    yield from _of_estimate(places, target)


def _of_estimate(places: Places, target: Target) -> Iterator[Basis]:
    """The one paper that gave a budget, for the levels of a column of estimates: ``Dự toán | Quyết toán``."""
    table = places.document.tables[target.table] if target.table is not None else None
    if table is None or target.row is None or target.level is None or target.result is None:
        return
    cells = table.rows[target.row].cells
    column = next((at for at, cell in enumerate(cells) if within(target.level, cell.spans)), None)
    if column is None or column >= len(table.columns) or not _ESTIMATE_RE.match(table.columns[column] or ""):
        return
    given = {
        citation.number: at
        for at, citation in reversed([*enumerate(places.citations)])
        if citation.number and _GIVES_RE.match(citation.title or "") and citation.type not in NORMS
    }
    if len(given) == 1:
        at = given.popitem()[1]
        heads = [span for span in table.head_spans if "dự toán" in span.cut(places.document.text).lower()]
        yield basis_on(at, BasisKind.TABLE, places.citations[at].span, *heads[-1:])
