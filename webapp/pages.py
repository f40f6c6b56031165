"""A document as a page: what stands where, ready for a template.

The page follows the reading order. Every piece keeps the place in the source it came from, so that a link
can open it; nothing is escaped here (the templates do). Furniture is offered apart, folded away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.models import BlockKind, Document, Footnote, Table, TextBlock, Unit, UnitKind

#: The outline shows units down to this level; smaller ones stay in the text only.
OUTLINE_DEPTH = 4
HEADING_LENGTH = 90
#: Below this, OCR itself doubts a line (mean confidence of its words).
LOW_CONFIDENCE = 0.6

_NOT_IN_OUTLINE = {UnitKind.RECITAL, UnitKind.PARAGRAPH, UnitKind.PREFACE, UnitKind.PREAMBLE}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, or a note mark that leads to note number `note` of the page."""

    text: str
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a table; `anchors` are the ids that links may point to."""

    runs: tuple[Run, ...] = ()
    table: Table | None = None
    number: int = 0
    anchors: tuple[str, ...] = ()
    role: str = ""
    level: int = 0
    centered: bool = False
    page: int | None = None
    start: int = 0
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A line of the outline."""

    eid: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Page:
    """A document ready to print."""

    document: Document
    outline: tuple[OutlineRow, ...]
    pieces: tuple[Piece, ...]
    furniture: tuple[str, ...]


def build_page(document: Document) -> Page:
    """The page of a document."""
    furniture = (document.block_text(block) for block in document.blocks if block.kind is BlockKind.FURNITURE)
    return Page(document, tuple(_outline(document)), tuple(_pieces(document)), tuple(furniture))


def _outline(document: Document) -> Iterator[OutlineRow]:
    for unit in document.units:
        bullet = not unit.label[:1].isalnum() if unit.label else not unit.heading
        if bullet or unit.kind in _NOT_IN_OUTLINE or unit.level > OUTLINE_DEPTH:
            continue
        text = " ".join(f"{unit.label} {unit.heading}".split())
        if len(text) > HEADING_LENGTH:
            text = text[:HEADING_LENGTH].rsplit(" ", 1)[0] + " …"
        yield OutlineRow(unit.eid, text, unit.level)


def _pieces(document: Document) -> Iterator[Piece]:
    units = {unit.eid: unit for unit in document.units}
    waiting = sorted(document.units, key=lambda unit: unit.span.start, reverse=True)
    tables = {table.span.start: number for number, table in enumerate(document.tables)}
    for block in document.blocks:
        anchors = _open_units(waiting, block)
        if block.kind is BlockKind.TEXT:
            yield _paragraph(document, block, units.get(block.unit or ""), anchors)
        elif block.kind is BlockKind.TABLE and block.span.start in tables:
            number = tables[block.span.start]
            yield Piece(
                table=document.tables[number],
                number=number,
                anchors=anchors,
                page=block.page,
                start=block.span.start,
            )


def _open_units(waiting: list[Unit], block: TextBlock) -> tuple[str, ...]:
    """The eids of the units that begin in a block; they leave `waiting`, which is last first."""
    opened = []
    while waiting and waiting[-1].span.start < block.span.end:
        opened.append(waiting.pop().eid)
    return tuple(opened)


def _paragraph(document: Document, block: TextBlock, unit: Unit | None, anchors: tuple[str, ...]) -> Piece:
    return Piece(
        runs=tuple(_runs(document, block)),
        anchors=anchors,
        role=unit.kind.value if unit else "",
        level=unit.level if unit else 0,
        centered=block.style.centered,
        page=block.page,
        start=block.span.start,
        doubtful=block.confidence is not None and block.confidence < LOW_CONFIDENCE,
    )


def _runs(document: Document, block: TextBlock) -> Iterator[Run]:
    """The text of a block, cut at its note marks."""
    text, view = document.reading.text, document.reading
    at = block.view.start
    for number, note in _anchored_in(document.footnotes, block):
        assert note.anchor is not None
        place = view.from_source(note.anchor.start, block.view)
        if place is None or place < at:
            continue
        yield Run(text[at:place])
        yield Run(note.mark, number)
        at = place + (note.anchor.end - note.anchor.start)
    yield Run(text[at : block.view.end])


def _anchored_in(notes: tuple[Footnote, ...], block: TextBlock) -> list[tuple[int, Footnote]]:
    return sorted(
        (
            (number, note)
            for number, note in enumerate(notes)
            if note.anchor is not None
            and note.table is None
            and any(part.start <= note.anchor.start < part.end for part in block.parts)
        ),
        key=lambda pair: pair[1].anchor.start if pair[1].anchor else 0,
    )
