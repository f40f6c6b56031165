"""Two places side by side: paragraphs of a document around words of it, and the place its basis is read from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.analysis import Analysis
from kb.bilingual import both
from kb.errors import NotFound
from kb.mentions import places_of, printed_place
from kb.models import Basis, CitationKind, Document, Span, Target
from kb.store.store import Store
from webapp.library import works_meant
from webapp.pages import Marks, Piece, build_page
from webapp.provisions import name_of, unit_at
from webapp.target_words import as_cited
from webapp.twins import Twin, find_twin

#: Paragraphs shown before and after the words.
_BEFORE, _AFTER = 1, 3
#: Rows shown before and after what is marked in a table.
_ROWS = 2


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some paragraphs of a document; what is looked at is marked in them."""

    name: str
    digest: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a basis says the same, or what of it is known: `how` tells in words which place is shown."""

    basis: Basis
    surface: str
    work: str | None
    how: str
    compared: str
    target: Target | None
    anchor: str | None
    excerpt: Excerpt | None


def excerpt(document: Document, span: Span) -> Excerpt:
    """The paragraphs around a range of a document, its words marked; of a table the rows next to those marked."""
    pieces = build_page(document, Marks(findings=((span, 0),))).pieces
    marked = [at for at, piece in enumerate(pieces) if piece.findings or any(run.findings for run in piece.runs)]
    if not marked:
        marked = [max((at for at, piece in enumerate(pieces) if piece.start <= span.start), default=0)]
    low, high = max(marked[0] - _BEFORE, 0), marked[-1] + _AFTER + 1
    shown = tuple(_rows_near(piece) for piece in pieces[low:high] if piece.table is None or piece.findings)
    return Excerpt(name_of(document.metadata), document.metadata.digest, shown)


def _rows_near(piece: Piece) -> Piece:
    """A table with the rows around those where something is marked; anything else as it is."""
    if piece.table is None or not piece.cells:
        return piece
    rows = [row for row, _ in piece.cells]
    low, high = max(min(rows) - _ROWS, 0), max(rows) + _ROWS + 1
    cells = {(row - low, column): numbers for (row, column), numbers in piece.cells.items()}
    return replace(piece, table=replace(piece.table, rows=piece.table.rows[low:high]), cells=cells)


def find_places(store: Store, analysis: Analysis, target: Target) -> list[Place]:
    """The place of each basis of a target."""
    meant = works_meant(store, analysis)
    return [_place(store, analysis, target, basis, meant[basis.citation]) for basis in target.bases]


def _place(store: Store, analysis: Analysis, target: Target, basis: Basis, work: str | None) -> Place:
    citation = analysis.citations[basis.citation]
    surface = as_cited(citation)
    if citation.kind is CitationKind.SELF:
        own = both("chính văn bản này đặt ra chỉ tiêu", "this document itself sets the target")
        return Place(basis, surface, None, own, "", None, None, None)
    try:
        document = store.load(work) if work else None
    except NotFound:
        document = None
    if work is None or document is None:
        return Place(
            basis, surface, work, both("kho chưa có toàn văn", "the text is not held"), "", None, None, None
        )
    twin: Twin | None = find_twin(store, work, target)
    if twin is not None:
        shown = excerpt(document, twin.target.span)
        return Place(
            basis,
            surface,
            work,
            both("chỉ tiêu tương ứng", "the same target"),
            twin.compared,
            twin.target,
            twin.target.eid,
            shown,
        )
    place = places_of(citation.pinpoints[:1])
    eid = unit_at(place, {unit.eid for unit in document.units}) if place else None
    unit = next((one for one in document.units if one.eid == eid), None)
    if unit is None:
        none = both("không thấy chỉ tiêu tương ứng trong văn bản này", "no such target is found in this document")
        return Place(basis, surface, work, none, "", None, None, None)
    head = Span(unit.span.start, unit.span.start + max(len(unit.label), 1))
    return Place(basis, surface, work, printed_place(place), "", None, eid, excerpt(document, head))
