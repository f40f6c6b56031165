"""The places over a target: the lead-ins of its list and its headings, or the title and head of its table."""

from __future__ import annotations

import re
from functools import lru_cache

from graphs.checks.reading.rows import Same
from ingest.targets.contexts import Context, context_of, read_contexts
from ingest.targets.places import block_of
from kb.models import Document, Span, Target, Unit, UnitKind
from kb.text.sentences import split_sentences

#: "Theo Kế hoạch số 25, các mục tiêu cụ thể như sau:" leads in to goals wherever it stands.
_GOALS_FOLLOW_RE = re.compile(
    r"\b(?:mục tiêu|chỉ tiêu)(?:\s+(?:cụ thể|chủ yếu|như|sau|đây|gồm))*\s*:\W*$", re.IGNORECASE
)
#: A label (``1.2.``) is no sentence.
_LABEL = 8
#: Levels of headings and lead-ins over a target that are asked, nearest first.
_LEVELS = 3
#: Signs and spaces around the label of a heading.
_MARKS = 10
#: Words by which the end of a heading is found.
_LAST = 3


def contexts_in(document: Document) -> tuple[Context | None, ...]:
    """The context of each block; read once for the targets and their bases."""
    return _contexts(Same(document))


@lru_cache(maxsize=2)
def _contexts(read: Same[Document]) -> tuple[Context | None, ...]:
    return read_contexts(read.it)


def spans_over(document: Document, contexts: tuple[Context | None, ...], target: Target) -> tuple[Span, ...]:
    """The lead-ins, then the headings over a target of running text, nearest first; none for one of a table."""
    known = _known_over(Same(document), Same(contexts))
    meant = Same(target)
    if meant not in known:
        known[meant] = _spans_over(document, contexts, target)
    return known[meant]


@lru_cache(maxsize=2)
def _known_over(
    _document: Same[Document], _contexts: Same[tuple[Context | None, ...]]
) -> dict[Same[Target], tuple[Span, ...]]:
    """What is known already of a document, which goes with it."""
    return {}


def _spans_over(document: Document, contexts: tuple[Context | None, ...], target: Target) -> tuple[Span, ...]:
    context = None if target.table is not None else context_of(document, contexts, target)
    if context is None:
        return ()
    units, opening = _units_of(Same(document))
    leads = [document.blocks[lead.block] for lead in context.leads[:_LEVELS]]
    spans = [
        part
        for block in leads
        if block.unit not in opening or _GOALS_FOLLOW_RE.search(document.block_text(block))
        for part in block.parts
    ]
    unit = units.get(target.eid or "")
    while unit is not None:
        if not _opens_far_before(document, unit, target):
            spans.append(heading_of(document, unit))
        unit = units.get(unit.parent or "")
    return tuple(spans)


@lru_cache(maxsize=2)
def _units_of(read: Same[Document]) -> tuple[dict[str, Unit], frozenset[str]]:
    """The units of a document, and those of its opening words.

    These stand over all of it: what they name is the programme that it carries out.
    """
    units = read.it.units
    opening = (unit.eid for unit in units if unit.kind in (UnitKind.PREAMBLE, UnitKind.RECITAL))
    return {unit.eid: unit for unit in units}, frozenset(opening)


def heading_of(document: Document, unit: Unit) -> Span:
    """The label and the heading of a unit, to the last word of it."""
    low = unit.span.start
    high = min(unit.span.end, low + len(unit.label) + len(unit.heading) + _MARKS)
    end = _end_of(document.text[low:high], tuple(unit.heading.split()[-_LAST:]))
    return Span(low, high if end is None else low + end)


@lru_cache(maxsize=1024)
def _end_of(text: str, words: tuple[str, ...]) -> int | None:
    """Where some words end that a text says last, whatever white space parts them."""
    last, end = " ".join(words), None
    flat = text.replace("\n", " ")
    if last and flat.split() == flat.strip().split(" "):  # one space each: found without a pattern of its own
        while (at := flat.find(last, end)) >= 0:
            end = at + len(last)
        return end
    for found in re.finditer(r"\s+".join(map(re.escape, words)), text) if last else ():
        end = found.end()
    return end


def spans_of_table(document: Document, target: Target) -> list[tuple[Span, bool]]:
    """What names a target's table, and whether that is the heading of its section.

    First what stands between that heading and the table, then its title, caption and head, then the heading; the
    heading of an annex is the title of its table.
    """
    if target.table is None:
        return []
    table = document.tables[target.table]
    unit = next((unit for unit in document.units if unit.eid == table.unit), None)
    if unit is None or unit.span.start >= table.span.start:
        return [(span, False) for span in table.head_spans]
    titled = unit.kind in (UnitKind.APPENDIX, UnitKind.ATTACHMENT) or not unit.label
    over = Span(
        unit.span.start, unit.span.start if titled else min(heading_of(document, unit).end, table.span.start)
    )
    named = [Span(over.end, table.span.start), *table.head_spans]
    return [*((span, False) for span in named), *(() if titled else ((over, True),))]


def _opens_far_before(document: Document, unit: Unit, target: Target) -> bool:
    """Whether a unit's heading is the first sentence of the target's own paragraph, and others stand between.

    ``a) Triển khai Nghị quyết số 5. Xử lý nhà dôi dư. Cắt giảm 50% thời gian``: the third tells of its own.
    """
    block = block_of(document, target)
    start = document.reading.from_source(target.span.start, block.view) if block else None
    if block is None or start is None or unit.span.start != block.span.start:
        return False
    before = document.block_text(block)[: start - block.view.start]
    return len([low for low, high in split_sentences(before) if high - low > _LABEL]) > 1
