"""A document as a page: what stands where, ready for a template.

The page follows the reading order. Every piece keeps the place in the source it came from, so that a link
can open it; nothing is escaped here (the templates do). Furniture is offered apart, folded away.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from kb.models import BlockKind, Document, Span, Table, TextBlock, Unit, UnitKind
from kb.store.prepared import LOW_CONFIDENCE
from webapp.cells import marked_cells

#: The outline shows units down to this level; smaller ones stay in the text only.
OUTLINE_DEPTH = 4
HEADING_LENGTH = 90

#: Units whose head is a title even when nothing hangs under it.
_TITLED = {
    UnitKind.PART,
    UnitKind.CHAPTER,
    UnitKind.SECTION,
    UnitKind.SUBSECTION,
    UnitKind.ARTICLE,
    UnitKind.APPENDIX,
    UnitKind.ATTACHMENT,
}
_NOT_IN_OUTLINE = {UnitKind.RECITAL, UnitKind.PARAGRAPH, UnitKind.PREFACE, UnitKind.PREAMBLE}


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in a text beside its notes: places of citations and of findings, by their numbers."""

    citations: tuple[tuple[Span, int], ...] = ()
    findings: tuple[tuple[Span, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text: plain, a note's mark (`note` is its number), a citation, words of findings.

    `opens` is where in the source the citation begins whose first words these are: links to it lead there.
    """

    text: str
    note: int | None = None
    citation: int | None = None
    opens: int | None = None
    findings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a table; `anchors` are the ids that links may point to.

    Of a table, `cells` has the findings of each cell that has some, by row and column; `told`: its caption is the
    paragraph right above it.
    """

    runs: tuple[Run, ...] = ()
    table: Table | None = None
    number: int = 0
    anchors: tuple[str, ...] = ()
    role: str = ""
    level: int = 0
    centered: bool = False
    heading: bool = False
    page: int | None = None
    start: int = 0
    doubtful: bool = False
    findings: tuple[int, ...] = ()
    cells: Mapping[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    told: bool = False


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A line of the outline."""

    eid: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Page:
    """A document ready to print; `notes` are the words of its footnotes, one by one."""

    document: Document
    outline: tuple[OutlineRow, ...]
    pieces: tuple[Piece, ...]
    furniture: tuple[str, ...]
    notes: tuple[tuple[Run, ...], ...] = ()


def build_page(document: Document, marks: Marks | None = None) -> Page:
    """The page of a document, with its citations and findings marked."""
    furniture = (document.block_text(block) for block in document.blocks if block.kind is BlockKind.FURNITURE)
    painter = _Painter(document, marks or Marks())
    pieces, notes = tuple(_pieces(document, painter)), tuple(_notes(document, painter))
    return Page(document, tuple(_outline(document)), pieces, tuple(furniture), notes)


def _notes(document: Document, painter: _Painter) -> Iterator[tuple[Run, ...]]:
    """The words of each footnote without its mark."""
    blocks = {
        part.start: block for block in document.blocks if block.kind is BlockKind.NOTE for part in block.parts
    }
    starts = sorted(blocks)
    for note in document.footnotes:
        at = bisect_right(starts, note.parts[0].start) - 1 if note.parts else -1
        block = blocks[starts[at]] if at >= 0 else None
        begin = document.reading.from_source(note.parts[0].start, block.view) if block else None
        yield painter.runs(block, begin) if block and begin is not None else (Run(note.text),)


def _outline(document: Document) -> Iterator[OutlineRow]:
    for unit in document.units:
        bullet = not unit.label[:1].isalnum() if unit.label else not unit.heading
        if bullet or unit.kind in _NOT_IN_OUTLINE or unit.level > OUTLINE_DEPTH:
            continue
        text = _begun(f"{unit.label} {unit.heading}")
        if len(text) > HEADING_LENGTH:
            text = text[:HEADING_LENGTH].rsplit(" ", 1)[0] + " …"
        yield OutlineRow(unit.eid, text, unit.level)


def _begun(words: str) -> str:
    """Words with single spaces, or enough of them for the outline: a heading may be a whole paragraph."""
    text = " ".join(words[: 3 * HEADING_LENGTH].split())
    return text if len(text) > HEADING_LENGTH else " ".join(words.split())


def _pieces(document: Document, painter: _Painter) -> Iterator[Piece]:
    units = {unit.eid: unit for unit in document.units}
    waiting = sorted(document.units, key=lambda unit: unit.span.start, reverse=True)
    tables = list(enumerate(document.tables))
    parents = {unit.parent for unit in document.units}
    titled = {unit.eid for unit in document.units if unit.kind in _TITLED or _is_headed(unit, parents)}
    above = ""
    for block in document.blocks:
        # A note that stands between two paragraphs in the source opens no unit of the text.
        if block.kind not in (BlockKind.TEXT, BlockKind.TABLE):
            continue
        anchors = _open_units(waiting, block)
        if block.kind is BlockKind.TEXT:
            unit = units.get(block.unit or "")
            heading = unit is not None and unit.eid in titled and _is_title(document.block_text(block), unit)
            yield _paragraph(block, unit, anchors, painter.runs(block), heading)
            above = document.block_text(block)
        else:
            # A table drawn with pipes begins before its first cell.
            here = [pair for pair in tables if block.span.start <= pair[1].span.start < block.span.end]
            for at, (number, table) in enumerate(here):
                yield Piece(
                    table=table,
                    number=number,
                    anchors=() if at else anchors,
                    page=block.page,
                    start=block.span.start,
                    findings=painter.within(table.span),
                    cells=marked_cells(table, painter.begun(table.span)),
                    told=bool(table.caption) and not at and _same_words(above, table.caption or ""),
                )
            above = ""


def _is_headed(unit: Unit, parents: Set[str | None]) -> bool:
    """Whether what an item begins with is a title: capitals, or words over other items that are no sentences."""
    if unit.kind is not UnitKind.ITEM:
        return False
    return unit.heading.isupper() or (unit.eid in parents and ". " not in unit.heading)


def _same_words(one: str, other: str) -> bool:
    return one.split() == other.split()


def _is_title(text: str, unit: Unit) -> bool:
    """Whether a paragraph is the label and title of its unit, or a line of them, and nothing more."""
    words, title = " ".join(text.split()), " ".join(f"{unit.label} {unit.heading}".split())
    return len(words) <= len(title) and words in title and unit.label[:1].isalnum()


def _open_units(waiting: list[Unit], block: TextBlock) -> tuple[str, ...]:
    """The eids of the units that begin in a block; they leave `waiting`, which is last first."""
    opened = []
    end = block.parts[-1].end
    while waiting and waiting[-1].span.start < end:
        opened.append(waiting.pop().eid)
    return tuple(opened)


def _paragraph(
    block: TextBlock, unit: Unit | None, anchors: tuple[str, ...], runs: tuple[Run, ...], heading: bool
) -> Piece:
    return Piece(
        runs=runs,
        anchors=anchors,
        role=unit.kind.value if unit else "",
        level=unit.level if unit else 0,
        centered=block.style.centered,
        heading=heading,
        page=block.page,
        start=block.parts[0].start,
        doubtful=block.confidence is not None and block.confidence < LOW_CONFIDENCE,
    )


#: Where a mark begins and ends in the source, and its number: numbers alone are compared ten times as fast.
_Mark = tuple[int, int, int]


@dataclass(slots=True)
class _Painter:
    """Cuts the text of a block at its note marks, citations and findings."""

    document: Document
    marks: Marks
    _notes: list[_Mark] = field(default_factory=list)
    _citations: list[_Mark] = field(default_factory=list)
    _findings: list[_Mark] = field(default_factory=list)
    _starts: dict[int, int] = field(default_factory=dict)
    _begins: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        anchored = ((note.anchor, at) for at, note in enumerate(self.document.footnotes) if note.table is None)
        self._notes = _in_order((anchor, at) for anchor, at in anchored if anchor is not None)
        self._citations = _in_order(self.marks.citations)
        self._starts = {at: span.start for span, at in self.marks.citations}
        self._findings = _in_order(self.marks.findings)
        self._begins = sorted(mark[0] for mark in (*self._notes, *self._citations, *self._findings))

    def begun(self, span: Span) -> tuple[tuple[int, int], ...]:
        """The findings that begin in a range of the source: where, and their numbers."""
        return tuple((start, at) for start, _, at in self._findings if span.start <= start < span.end)

    def within(self, span: Span) -> tuple[int, ...]:
        """The numbers of the findings in a range of the source."""
        return tuple(at for _, at in self.begun(span))

    def runs(self, block: TextBlock, begin: int | None = None) -> tuple[Run, ...]:
        """The runs of a block, or of what of it follows a place of the reading text."""
        text = self.document.reading.text
        first = block.view.start if begin is None else begin
        if first < block.view.end and not self._is_marked(block):
            return (Run(text[first : block.view.end]),)
        notes = dict(self._placed(self._notes, block))
        citations = tuple(self._placed(self._citations, block))
        findings = tuple(self._placed(self._findings, block))
        places = (*notes, *(place for place, _ in citations), *(place for place, _ in findings))
        between = (edge for place in places for edge in place if edge >= first)
        edges = sorted({first, block.view.end, *between})
        starts = {low: (high, note) for (low, high), note in notes.items()}
        made = []
        for low, high in pairwise(edges):
            note = next((at for start, (end, at) in starts.items() if start <= low < end), None)
            if note is not None and low not in starts:
                continue
            words = self.document.footnotes[note].mark if note is not None else text[low:high]
            citation = _one(citations, low)
            made.append(Run(words, note, citation, self._opened(citations, low, block), _all(findings, low)))
        return tuple(made)

    def _is_marked(self, block: TextBlock) -> bool:
        """Whether a mark begins in a block; most blocks have none."""
        at = bisect_left(self._begins, block.parts[0].start)
        return at < len(self._begins) and self._begins[at] < block.parts[-1].end

    def _opened(self, citations: Sequence[tuple[tuple[int, int], int]], at: int, block: TextBlock) -> int | None:
        number = next((number for (low, _), number in citations if low == at), None)
        start = self._starts[number] if number is not None else None
        return start if start is not None and start >= block.span.start else None

    def _placed(self, marks: Sequence[_Mark], block: TextBlock) -> Iterator[tuple[tuple[int, int], int]]:
        """The ranges of marks in the reading text, cut to the block."""
        view, here, ends = self.document.reading, block.view, block.parts[-1].end
        for index in range(bisect_left(marks, (block.parts[0].start,)), len(marks)):
            start, end, at = marks[index]
            if start >= ends:
                return
            low = view.from_source(start, here)
            high = view.from_source(max(end - 1, start), here)
            if low is None and high is None:
                continue
            first = here.start if low is None else low
            last = here.end if high is None else high + 1
            if first < last:
                yield (first, last), at


def _in_order(marks: Iterable[tuple[Span, int]]) -> list[_Mark]:
    return sorted((span.start, span.end, at) for span, at in marks)


def _one(places: Sequence[tuple[tuple[int, int], int]], at: int) -> int | None:
    return next((number for (low, high), number in places if low <= at < high), None)


def _all(places: Sequence[tuple[tuple[int, int], int]], at: int) -> tuple[int, ...]:
    return tuple(number for (low, high), number in places if low <= at < high)
