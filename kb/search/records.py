"""What search finds: one record a provision, paragraph, table row, footnote and title.

A clause is found under the heading of its article, a paragraph under its headings, a cell under the head of its
column: the words above a passage are part of what it says. Measured on ALQAC 2023, clauses under their headings
rank better than whole articles (docs/scale.md).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from kb.models import BlockKind, Document, Footnote, Span, Table, TextBlock, Unit, UnitKind
from kb.search.noted import Noted
from kb.search.stacked import ROW_LETTERS, group_label, is_row_number, is_value
from kb.search.tabled import RowsOver, says_little
from kb.text.normalize import fold, nfc
from kb.text.words import fold_words, printed_words

#: A record longer than this is cut between its paragraphs: long texts blur what a hit is about.
_MOST_LETTERS = 2400
#: A heading that is really the opening of a paragraph says less the longer it is.
_HEADING_LETTERS = 200
#: Where a text may repeat the headings over it.
_OPENING_LETTERS = 300
#: A heading shorter than this needs the one over it.
_TELLING_LETTERS = 40


class RecordKind(StrEnum):
    """What a record is."""

    TITLE = "title"
    PROVISION = "provision"
    PARAGRAPH = "paragraph"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` up to, not with, `end` in one status (one of its six words); ISO days, None is open."""

    word: str
    start: str | None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """What is known of a work besides its text; `authority` is from 0 to 1, `issuer_shown` what facets count."""

    work: str
    number: str | None = None
    type: str | None = None
    issuer: str | None = None
    level: str | None = None
    issued: str | None = None
    title: str | None = None
    field: str | None = None
    held: bool = True
    digest: bool = False
    authority: float = 0.0
    intervals: tuple[Interval, ...] = ()
    issuer_shown: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that can be found.

    `unit` is the eid to link to; `crumbs` the headings over it, outermost first; `head` those whose words count as
    its own; `start` and `line` (from 1) its place in the text; `article` the number of the article it stands in;
    `notes` what the notes to it say, which finds it too.
    """

    kind: RecordKind
    text: str
    unit: str | None = None
    crumbs: tuple[str, ...] = ()
    head: str = ""
    start: int = 0
    end: int = 0
    line: int = 1
    page: int | None = None
    article: str | None = None
    table: int | None = None
    row: int | None = None
    notes: str = ""


def build_records(document: Document) -> tuple[Record, ...]:
    """The records of a document in reading order, without its title."""
    maker = _Maker(document)
    rows = [record for number, table in enumerate(document.tables) for record in maker.rows(number, table)]
    notes = [record for note in document.footnotes for record in maker.note(note)]
    return (*maker.passages(), *rows, *notes)


#: Units that stand for a record; what lies deeper belongs to them.
_PROVISIONS = (UnitKind.ARTICLE, UnitKind.CLAUSE)
_OUTER = (
    UnitKind.PART, UnitKind.CHAPTER, UnitKind.SECTION, UnitKind.SUBSECTION,
    UnitKind.ARTICLE, UnitKind.ITEM, UnitKind.APPENDIX, UnitKind.ATTACHMENT,
)  # fmt: skip
_SHOWN = (*_OUTER, UnitKind.CLAUSE)
_SKIPPED = (UnitKind.PREFACE,)


@dataclass(slots=True)
class _Maker:
    """Makes the records of one document."""

    document: Document
    units: dict[str, Unit] = field(init=False)
    lines: list[int] = field(init=False)
    holders: set[str] = field(init=False)
    noted: Noted = field(init=False)
    _chains: dict[str, tuple[Unit, ...]] = field(default_factory=dict)
    _crumbs_known: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _headings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = {unit.eid: unit for unit in self.document.units}
        # Units that hold other units, tables, or more than one block of text; a note between two lines is none.
        blocks = Counter(block.unit for block in self.document.blocks if block.unit and self._is_prose(block))
        self.holders = {unit.parent for unit in self.document.units if unit.parent}
        self.holders |= {table.unit for table in self.document.tables if table.unit}
        self.holders |= {eid for eid, count in blocks.items() if count > 1}
        self.noted = Noted(self.document)
        self.lines = [0, *(found.end() for found in re.finditer("\n", self.document.text))]

    def passages(self) -> Iterator[Record]:
        """Provisions and paragraphs: blocks put together by the unit they belong to."""
        gathered: list[TextBlock] = []
        owner: str | None = None
        group = ""
        for block in self.document.blocks:
            if not self._is_prose(block):
                continue
            unit = self._owner(block.unit)
            text = self.document.block_text(block).strip()
            merges = unit is not None and self._merges(unit)
            length = sum(each.view.end - each.view.start for each in (*gathered, block))
            joins = length <= _MOST_LETTERS if merges else length <= ROW_LETTERS and is_value(text)
            if gathered and not (joins and unit is not None and unit == owner):
                yield from self._passage(gathered, owner, group)
                label = group_label(self.document.block_text(gathered[0]).strip()) if len(gathered) == 1 else ""
                group = label or (group if unit == owner else "")
                gathered = []
            if merges or not is_row_number(text):
                gathered.append(block)
            owner = unit
        if gathered:
            yield from self._passage(gathered, owner, group)

    def rows(self, number: int, table: Table) -> Iterator[Record]:
        """The rows of a table, each cell with the head of its column."""
        title = ". ".join(filter(None, dict.fromkeys((table.appendix, table.title, table.caption))))
        title = nfc(title[:_HEADING_LETTERS])
        crumbs = self._crumbs(table.unit)
        if title and not any(_letters(title) == _letters(crumb) for crumb in crumbs):
            crumbs = (*crumbs, title)
        outer = RowsOver(table)
        for at, row in enumerate(table.rows):
            over = outer.over(row)
            cells = []
            for column, cell in enumerate(row.cells):
                head = table.columns[column] if column < len(table.columns) else ""
                if cell.text:
                    cells.append(f"{head}: {cell.text}" if head else cell.text)
            if not cells:
                continue
            start = row.spans[0].start if row.spans else table.span.start
            end = row.spans[-1].end if row.spans else table.span.end
            yield Record(
                RecordKind.ROW,
                nfc("; ".join(cells)),
                table.unit,
                (*crumbs, *over),
                ". ".join(filter(None, (title, *(over[-1:] if says_little(row) else ())))),
                start,
                end,
                self._line(start),
                row.page or table.page,
                table=number,
                row=at,
                notes=self.noted.of_row(number, at),
            )

    def note(self, note: Footnote) -> Iterator[Record]:
        """A footnote, found where its mark stands."""
        if not note.text.strip():
            return
        span = note.parts[0] if note.parts else note.anchor or Span(0, 0)
        unit = self._unit_at(note.anchor.start) if note.anchor else None
        said = self.noted.in_table(note) or (self.noted.said(note.anchor.start) if note.anchor else "")
        crumbs = (*self._crumbs(unit), *((f"… {said}",) if said else ()), f"Chú thích {note.mark}")
        end = note.parts[-1].end if note.parts else span.end
        yield Record(
            RecordKind.NOTE,
            nfc(note.text),
            unit,
            crumbs,
            said,
            span.start,
            end,
            self._line(span.start),
            note.page,
            _article_number(self._chain(unit)),
        )

    def _is_prose(self, block: TextBlock) -> bool:
        if block.kind is BlockKind.TABLE:
            return not self.document.tables
        if block.kind is BlockKind.NOTE:
            return not self.document.footnotes
        if block.kind is BlockKind.FURNITURE or block.view.start == block.view.end:
            return False
        unit = self.units.get(block.unit or "")
        return unit is None or unit.kind not in _SKIPPED

    def _passage(self, blocks: list[TextBlock], owner: str | None, group: str) -> Iterator[Record]:
        text = " ".join(self.document.block_text(block).strip() for block in blocks).strip()
        chain = self._chain(owner)
        if not _WORD_RE.search(text) or self._is_heading(text, chain):
            return
        provision = bool(chain) and chain[-1].kind in _PROVISIONS
        span = Span(blocks[0].span.start, max(block.span.end for block in blocks))
        crumbs = self._crumbs(owner)
        if len(crumbs) > 1 and _begins_with(text, crumbs[-1]):
            crumbs = crumbs[:-1]
        head = _own_head(chain, text)
        if group and len(blocks) > 1 and chain and not self._merges(chain[-1].eid):
            crumbs, head = (*crumbs, nfc(group)), ". ".join(filter(None, (head, nfc(group))))
        yield Record(
            RecordKind.PROVISION if provision else RecordKind.PARAGRAPH,
            nfc(text),
            owner,
            crumbs,
            head,
            span.start,
            span.end,
            self._line(span.start),
            blocks[0].page,
            _article_number(chain),
            notes=self.noted.notes(blocks),
        )

    def _is_heading(self, text: str, chain: tuple[Unit, ...]) -> bool:
        """Whether a passage is but the heading of a unit that holds more; what it holds carries the heading."""
        if not chain or chain[-1].kind not in _SHOWN or len(text) > _HEADING_LETTERS:
            return False
        unit = chain[-1]
        if unit.eid not in self.holders or (text.endswith(".") and unit.kind is UnitKind.ITEM):
            return False  # "- Tổng cộng: 607 đơn vị.": a sentence, with more said behind it
        if unit.eid not in self._headings:
            self._headings[unit.eid] = _letters(f"{unit.label} {unit.heading}")
        return f" {_letters(text)} " in f" {self._headings[unit.eid]} "

    def _owner(self, eid: str | None) -> str | None:
        """The unit whose record a block belongs to: its clause, an item of its article, its article, or itself."""
        kinds = {unit.kind: unit.eid for unit in reversed(self._chain(eid))}
        if UnitKind.CLAUSE in kinds or UnitKind.ITEM in kinds:
            return kinds.get(UnitKind.CLAUSE, eid)
        return kinds.get(UnitKind.ARTICLE, eid)

    def _merges(self, eid: str) -> bool:
        unit = self.units.get(eid)
        return unit is not None and unit.kind in (*_PROVISIONS, UnitKind.RECITAL, UnitKind.CONCLUSIONS)

    def _chain(self, eid: str | None) -> tuple[Unit, ...]:
        """A unit with those around it, outermost first."""
        if not eid:
            return ()
        if eid not in self._chains:
            chain: list[Unit] = []
            at: str | None = eid
            while at and at in self.units and len(chain) < len(self.units):
                chain.append(self.units[at])
                at = chain[-1].parent
            self._chains[eid] = tuple(reversed(chain))
        return self._chains[eid]

    def _crumbs(self, eid: str | None) -> tuple[str, ...]:
        if not eid:
            return ()
        if eid not in self._crumbs_known:
            chain = self._chain(eid)
            self._crumbs_known[eid] = tuple(_shown(unit) for unit in chain if unit.kind in _SHOWN)
        return self._crumbs_known[eid]

    def _unit_at(self, offset: int) -> str | None:
        """The innermost unit around an offset."""
        best: Unit | None = None
        for unit in self.document.units:
            if unit.span.start <= offset < unit.span.end and (best is None or unit.level >= best.level):
                best = unit
        return best.eid if best else None

    def _line(self, offset: int) -> int:
        return bisect_right(self.lines, offset)


def _own_head(chain: tuple[Unit, ...], text: str) -> str:
    """The headings whose words count as a passage's own: the nearest that its text does not begin with."""
    opening = fold(nfc(text[:_OPENING_LETTERS]))
    heads: list[str] = []
    for unit in reversed(chain):
        shown = nfc(_shown(unit))
        if unit.kind in _OUTER and unit.heading and fold(shown)[:40] not in opening:
            heads.append(shown)
        # "Thẩm quyền" or "1. Mục đích" say little without what stands over them.
        if len(heads) == 3 or sum(map(len, heads)) >= _TELLING_LETTERS:
            break
    return ". ".join(reversed(heads))


# What stands in a passage that says anything: two letters side by side.
_WORD_RE = re.compile(r"[^\W\d_]{2}")


def _begins_with(text: str, crumb: str) -> bool:
    """Whether a passage begins with what the breadcrumb says, as an item without a title does."""
    opening = _letters(crumb.removesuffix(" …"))[:60]
    return bool(opening) and _letters(text[: 3 * len(crumb) + 60]).startswith(opening)


def _letters(text: str) -> str:
    return " ".join(fold_words(printed_words(text)))


def _shown(unit: Unit) -> str:
    """A unit as a breadcrumb: ``Điều 5. Phạm vi``, ``khoản 2`` -> ``2.``."""
    heading = unit.heading if unit.kind is not UnitKind.CLAUSE else ""
    words = f"{unit.label} {heading}".strip()
    return words if len(words) <= _HEADING_LETTERS else words[:_HEADING_LETTERS].rsplit(" ", 1)[0] + " …"


def _article_number(chain: tuple[Unit, ...]) -> str | None:
    """The number of the article around a unit: ``Điều 5a.`` -> ``5a``."""
    label = next((unit.label for unit in chain if unit.kind is UnitKind.ARTICLE), "")
    words = fold(nfc(label)).strip(" .:").split()
    return words[-1] if words else None
