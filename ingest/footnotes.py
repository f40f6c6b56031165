"""Every note to its anchor, numberings that restart kept apart, notes and anchors without the other reported.

Notes and anchors are two sequences in reading order. Within one numbering the anchor of a note stands behind the
anchor of the note before it and, as a rule, before the note itself; a numbering restarts where the number falls.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.layout import Layout
from ingest.layout_anchors import FINDERS, SUPERSCRIPTS, Mark, read_raised_start, read_starts
from ingest.structure.parser import Structure
from kb.models import BlockKind, Footnote, Problem, Severity, Span, Table, TextBlock, Unit, UnitKind
from kb.text.view import View

_STAGE = "ingest.footnotes"
_OWN_NUMBERING = (UnitKind.APPENDIX, UnitKind.ATTACHMENT)
# An anchor may stand a little behind its note, where a page was read foot first.
_BEHIND = 3_000
# An anchor out of order stands at most so far before its note.
_FAR = 200_000
# Of anchors without note more than this are one problem, with so many of their places.
_MOST_PROBLEMS, _MOST_PLACES = 20, 200


@dataclass(slots=True)
class _Note:
    """A note being tied: its block, its mark, where its words begin in the view."""

    block: TextBlock
    mark: Mark
    start: int
    anchor: Mark | None = None
    series: str = "main"


@dataclass(slots=True)
class _Numbering:
    """The notes of one numbering, in order."""

    notes: list[_Note] = field(default_factory=list)
    last: int = 0


def tie_footnotes(
    layout: Layout, structure: Structure, tables: tuple[Table, ...]
) -> tuple[tuple[Footnote, ...], tuple[Problem, ...]]:
    """The notes of a document in reading order, and what is wrong with them."""
    view = layout.view
    notes, without = _read_notes(view, structure.blocks)
    anchors = _read_anchors(view.text, structure.blocks, {note.mark.kind for note in notes})
    for kind, found in _by_kind(notes).items():
        _tie(found, anchors.get(kind, []), structure)
    cells = _Cells(tables)
    footnotes = tuple(_footnote(view, note, cells) for note in notes)
    problems = [*_without_anchor(view, notes), *_without_mark(without)]
    problems += _without_note(view, notes, anchors)
    return footnotes, tuple(problems)


# Reading


def _read_notes(view: View, blocks: Sequence[TextBlock]) -> tuple[list[_Note], list[TextBlock]]:
    """The notes that begin with a mark, and those without one."""
    notes, without = [], []
    for block in blocks:
        if block.kind is not BlockKind.NOTE or block.view.start == block.view.end:
            continue
        text = view.text[block.view.start : block.view.end]
        mark = read_raised_start(text) or next(read_starts(text), None)
        if mark is None:
            without.append(block)
        else:
            notes.append(_Note(block, mark, block.view.start + mark.end))
    return notes, without


def _read_anchors(text: str, blocks: Sequence[TextBlock], kinds: set[str]) -> dict[str, list[Mark]]:
    """The marks of each kind in running text and tables, in the order of the view."""
    if any(letter in text for letter in SUPERSCRIPTS):
        kinds = kinds | {"raised"}
    if "[" in text:
        kinds = kinds | {"bracket"}
    found: dict[str, list[Mark]] = {}
    for kind in kinds:
        marks = list(FINDERS[kind](text))
        found[kind] = [mark for mark in marks if _in_text(mark, blocks)] if marks else []
    return found


def _in_text(mark: Mark, blocks: Sequence[TextBlock]) -> bool:
    block = _block_at(mark.start, blocks)
    return block is not None and block.kind in (BlockKind.TEXT, BlockKind.TABLE)


def _block_at(offset: int, blocks: Sequence[TextBlock]) -> TextBlock | None:
    low, high = 0, len(blocks)
    while low < high:
        middle = (low + high) // 2
        if blocks[middle].view.start <= offset:
            low = middle + 1
        else:
            high = middle
    block = blocks[low - 1] if low else None
    return block if block is not None and offset < block.view.end else None


def _by_kind(notes: Sequence[_Note]) -> dict[str, list[_Note]]:
    found: defaultdict[str, list[_Note]] = defaultdict(list)
    for note in notes:
        found[note.mark.kind].append(note)
    return found


# Tying


def _tie(notes: Sequence[_Note], anchors: Sequence[Mark], structure: Structure) -> None:
    """Give each note its anchor and the name of its numbering."""
    places: defaultdict[str, _Places] = defaultdict(_Places)
    for mark in anchors:
        places[mark.number].add(mark)
    low = 0
    numberings = _numberings(notes)
    for numbering in numberings:
        for note in numbering.notes:
            note.anchor = _anchor_of(note, places[note.mark.number], low)
            if note.anchor is not None:
                low = max(low, note.anchor.start)
    _name(numberings, structure)


def _numberings(notes: Sequence[_Note]) -> list[_Numbering]:
    """The notes parted where their numbering restarts."""
    found: list[_Numbering] = []
    for note in notes:
        if not found or note.mark.value <= found[-1].last:
            found.append(_Numbering())
        found[-1].notes.append(note)
        found[-1].last = note.mark.value
    return found


def _anchor_of(note: _Note, marks: _Places, low: int) -> Mark | None:
    """The first free anchor behind the last note's and before the note; else one close to the note."""
    start, end = note.block.view.start, note.block.view.end
    return marks.take(low, start) or marks.take(end, end + _BEHIND) or marks.take(max(0, start - _FAR), start)


class _Places:
    """The anchors of one mark, each of which ties one note."""

    def __init__(self) -> None:
        self._marks: list[Mark] = []
        self._starts: list[int] = []

    def add(self, mark: Mark) -> None:
        """Append a mark; they come in order."""
        self._marks.append(mark)
        self._starts.append(mark.start)

    def take(self, low: int, high: int) -> Mark | None:
        """The first mark in ``[low, high)`` that ties no note yet."""
        at = bisect_left(self._starts, low)
        if at == len(self._starts) or self._starts[at] >= high:
            return None
        del self._starts[at]
        return self._marks.pop(at)


def _name(numberings: Sequence[_Numbering], structure: Structure) -> None:
    """``main``, the eid of the appendix a numbering belongs to, its page, or its place among the numberings."""
    units = {unit.eid: unit for unit in structure.units}
    used: set[str] = set()
    for number, numbering in enumerate(numberings):
        name = "main"
        if number:
            first = numbering.notes[0]
            at = first.anchor.start if first.anchor else first.block.view.start
            block = _block_at(at, structure.blocks) or first.block
            name = _appendix(block.unit, units) or (f"page-{block.page}" if block.page else "")
        if not name or name in used:
            name = f"{name or 'series'}-{number + 1}"
        used.add(name)
        for note in numbering.notes:
            note.series = name


def _appendix(eid: str | None, units: dict[str, Unit]) -> str:
    """The appendix or attachment that holds a unit; empty when none does."""
    unit = units.get(eid or "")
    while unit is not None:
        if unit.kind in _OWN_NUMBERING:
            return unit.eid
        unit = units.get(unit.parent or "")
    return ""


# Writing


class _Cells:
    """Cells of tables by place in the source and the marks in them."""

    def __init__(self, tables: Sequence[Table]) -> None:
        rows = [
            (span.start, span.end, table, at, row)
            for table, one in enumerate(tables)
            for at, row in enumerate(one.rows)
            for span in row.spans
        ]
        rows.sort(key=lambda entry: entry[0])
        self._rows = rows
        self._starts = [entry[0] for entry in rows]

    def at(self, offset: int, mark: str) -> tuple[int, int, int] | tuple[None, None, None]:
        """Table, row and column of the cell whose mark stands at a place."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset > self._rows[index][1]:
            return None, None, None
        _, _, table, at, row = self._rows[index]
        column, reach = None, -1
        for number, cell in enumerate(row.cells):
            starts = [span.start for span in cell.spans if span.start <= offset]
            if mark in cell.marks and (not cell.spans or starts):
                # A cell that holds nothing but the mark has no place of its own; the order of cells tells it.
                here = max(starts, default=reach + 1)
                if here > reach:
                    column, reach = number, here
        return (table, at, column) if column is not None else (None, None, None)


def _footnote(view: View, note: _Note, cells: _Cells) -> Footnote:
    block = note.block
    anchor = view.hull(note.anchor.start, note.anchor.end) if note.anchor else None
    table, row, column = cells.at(anchor.start, note.mark.number) if anchor else (None, None, None)
    text = view.text[note.start : block.view.end]
    return Footnote(
        note.mark.number,
        note.series,
        anchor,
        _body(view, note),
        text,
        block.page,
        table,
        row,
        column,
    )


def _body(view: View, note: _Note) -> tuple[Span, ...]:
    """The ranges of a note without its mark."""
    if note.start >= note.block.view.end:
        return ()
    start = view.to_source(note.start, note.start + 1)[0].start
    return tuple(Span(max(part.start, start), part.end) for part in note.block.parts if part.end > start)


# What is wrong


def _without_anchor(view: View, notes: Sequence[_Note]) -> Iterator[Problem]:
    for note in notes:
        if note.anchor is None:
            span = view.hull(note.block.view.start, note.block.view.end)
            mark = note.mark.number
            yield Problem(
                _STAGE,
                "footnote.no_anchor",
                f"chú thích {mark} không có số chú thích tương ứng trong văn bản",
                f"note {mark} has no anchor in the text",
                (span,),
                Severity.WARNING if note.mark.kind in ("raised", "bracket") else Severity.NOTE,
            )


def _without_mark(blocks: Sequence[TextBlock]) -> Iterator[Problem]:
    for block in blocks:
        yield Problem(
            _STAGE,
            "footnote.no_mark",
            "chú thích không có số",
            "a note without a mark",
            block.parts,
            Severity.NOTE,
        )


def _is_sure(text: str, mark: Mark) -> bool:
    """Whether a mark must be a note's: ``[3]`` behind a space may number anything."""
    return mark.kind == "raised" or text[mark.start - 1 : mark.start].strip() != ""


def _between_notes(notes: Sequence[_Note], marks: Sequence[Mark], kind: str) -> Iterator[Mark]:
    """Marks in square brackets without note, in reading order between those of the notes before and after them.

    Where ``[1]`` and ``[3]`` have notes, a ``[2]`` between them is a mark too, behind a space as they are.
    """
    tied = {note.anchor.start: note.anchor.value for note in notes if note.anchor and note.mark.kind == kind}
    noted = {note.mark.value for note in notes if note.mark.kind == kind}
    if kind != "bracket" or len(tied) < 2:
        return
    for mark in marks:
        before = [value for start, value in tied.items() if start < mark.start]
        behind = [value for start, value in tied.items() if start > mark.start]
        apart = mark.value not in noted and before and behind
        if apart and max(before) < mark.value < min(behind):
            yield mark


def _without_note(view: View, notes: Sequence[_Note], anchors: dict[str, list[Mark]]) -> Iterator[Problem]:
    """Anchors that no note explains; a second anchor of a note is none of them."""
    tied: defaultdict[str, set[str]] = defaultdict(set)
    for note in notes:
        tied[note.mark.kind].add(note.mark.number)
    for kind, marks in anchors.items():
        if kind in ("close", "round", "star"):
            continue
        lost = [mark for mark in marks if mark.number not in tied[kind] and _is_sure(view.text, mark)]
        lost += [mark for mark in _between_notes(notes, marks, kind) if mark not in lost]
        for some in (lost,) if len(lost) > _MOST_PROBLEMS else ([mark] for mark in lost):
            printed = ", ".join(dict.fromkeys(mark.number for mark in some[:_MOST_PROBLEMS]))
            if not printed:
                continue
            yield Problem(
                _STAGE,
                "footnote.no_note",
                f"số chú thích {printed} không có nội dung chú thích",
                f"anchor {printed} has no note",
                tuple(view.hull(mark.start, mark.end) for mark in some[:_MOST_PLACES]),
            )
