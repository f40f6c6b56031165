"""A document: blocks that tile its text, units, tables, footnotes, the fields of its header."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from kb.models.places import Box, Span
from kb.models.readings import PLAIN_STYLE, Style
from kb.models.sources import Problem, SourceFile

if TYPE_CHECKING:
    from kb.text.view import View


class BlockKind(StrEnum):
    """What a block is; together the blocks tile the text."""

    TEXT = "text"
    TABLE = "table"
    NOTE = "note"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One paragraph, table, note or piece of furniture.

    Attributes:
        kind: what it is.
        parts: its ranges in `Document.text`, in reading order: one, or several where a page break, with
            that page's notes, or another block cuts it.
        view: its range in `Document.reading`; its text is ``reading.text[view.start:view.end]``.
        page: page of its first line (1-based), None where the format has no pages.
        box: its place on that page.
        style: style of its first line.
        unit: eid of the innermost unit that holds it; None before the structure is known and for furniture.
        confidence: OCR's, the lowest of its lines.
    """

    kind: BlockKind
    parts: tuple[Span, ...]
    view: Span
    page: int | None = None
    box: Box | None = None
    style: Style = PLAIN_STYLE
    unit: str | None = None
    confidence: float | None = None

    @property
    def span(self) -> Span:
        """From the first character to the last, whatever lies between."""
        if len(self.parts) == 1:
            return self.parts[0]
        return Span(self.parts[0].start, self.parts[-1].end)


class UnitKind(StrEnum):
    """Parts of a document, in Akoma Ntoso's words."""

    PREFACE = "preface"  # phần đầu: quốc hiệu, cơ quan, số, ngày, tên loại, trích yếu
    PREAMBLE = "preamble"  # phần căn cứ và lời dẫn
    RECITAL = "recital"  # một căn cứ
    PART = "part"  # phần
    CHAPTER = "chapter"  # chương
    SECTION = "section"  # mục
    SUBSECTION = "subsection"  # tiểu mục
    ARTICLE = "article"  # điều
    CLAUSE = "clause"  # khoản
    POINT = "point"  # điểm
    SUBPOINT = "subpoint"  # tiết
    ITEM = "item"  # I., 1., 1.1., a), -, + của báo cáo, kế hoạch
    PARAGRAPH = "paragraph"  # đoạn không đánh số
    QUOTED = "quotedStructure"  # nội dung sửa đổi đặt trong ngoặc kép
    CONCLUSIONS = "conclusions"  # nơi nhận, chữ ký
    APPENDIX = "appendix"  # phụ lục
    ATTACHMENT = "attachment"  # văn bản ban hành kèm theo (quy chế, chương trình ...)


@dataclass(frozen=True, slots=True)
class Unit:
    """One part of a document.

    `eid` is stable and unique in the document (``chp_II__art_5__cla_2__pnt_a``); `label` is as printed
    (``Điều 5.``, ``a)``, ``-``); `heading` is its title or opening words; `span` runs from its label to
    the end of its last descendant; `parent` is an eid; `level` is 1 for the outermost; units are in reading order.
    """

    eid: str
    kind: UnitKind
    label: str
    heading: str
    span: Span
    parent: str | None
    level: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote or endnote.

    `mark` as printed (``12``, ``*``); `series` keeps numberings that restart apart (``main``, the eid of an
    appendix, a page); `anchor` is the mark in the running text, None when none was found; `parts` the body
    without its mark; `table` and `row`, `column` are set when the anchor stands in a table cell.
    """

    mark: str
    series: str
    anchor: Span | None
    parts: tuple[Span, ...]
    text: str
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


class ValueKind(StrEnum):
    """What the text of a cell is."""

    NUMBER = "number"
    PERCENT = "percent"
    RATIO = "ratio"  # 21/21
    DASH = "dash"  # "-": nothing to report
    BLANK = "blank"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class CellValue:
    """A cell's number; `value` is a decimal string (``1763``, ``67.7``), `of` the denominator of a ratio.

    `unit` is set where the cell itself prints one (``50,92 tỷ``).
    """

    kind: ValueKind
    value: str | None = None
    of: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text without note marks (None when empty), its places, its notes' marks, its value."""

    text: str | None
    spans: tuple[Span, ...]
    value: CellValue
    marks: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """From its first place to its last; only a cell with text has one."""
        return Span(self.spans[0].start, self.spans[-1].end)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `spans` are its printed lines (two where a page break cuts it)."""

    cells: tuple[Cell, ...]
    spans: tuple[Span, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as data, joined over pages.

    `title` is the appendix or section it carries; `appendix` its label (``Phụ lục 3``); `caption` the line over
    it; `columns` the head, several head rows joined by `` / ``; `notes` the texts of its notes by mark; `unit` the
    eid of the unit that holds it; `measure` what its figures count, where a line over it says so (*đơn vị tính*);
    `problems` what is wrong with it, or was put right in it, in Vietnamese.
    """

    title: str | None
    appendix: str | None
    caption: str | None
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: dict[str, str]
    span: Span
    unit: str | None = None
    page: int | None = None
    head_spans: tuple[Span, ...] = ()
    problems: tuple[str, ...] = ()
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A value read from the text and the places it was read from."""

    value: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """The header and the foot of a document; None or empty where it does not say.

    `number` is normalised (``224/BC-UBND``); `type` a word of the vocabulary (``Báo cáo``); `issued` an ISO
    date; `title` the trích yếu; `signing` the capacity (``KT. CHỦ TỊCH / PHÓ CHỦ TỊCH``).
    """

    number: Field | None = None
    type: Field | None = None
    issuers: tuple[Field, ...] = ()
    parent_issuer: Field | None = None
    place: Field | None = None
    issued: Field | None = None
    title: Field | None = None
    signing: Field | None = None
    signer: Field | None = None
    recipients: tuple[Field, ...] = ()
    digest: bool = False  # lược thuật: words of ours about a real document


@dataclass(frozen=True, slots=True)
class Document:
    """A file as a document. `blocks` tile `text`; `reading` is the text as one reads it, block by block."""

    source: SourceFile
    text: str
    reading: View
    blocks: tuple[TextBlock, ...]
    units: tuple[Unit, ...]
    metadata: Metadata
    tables: tuple[Table, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: int | None = None
    grammar: str = ""  # "norm" (điều, khoản, điểm) or "report" (I, 1, a, -)
    # The ranges of `blocks` in the order of the text, made when first asked for.
    _ranges: list[tuple[int, int, int]] = field(default_factory=list, init=False, repr=False, compare=False)

    def block_at(self, offset: int) -> int | None:
        """The place in `blocks` of the block that holds a character of `text`; None past its end."""
        if not self._ranges:
            self._ranges[:] = sorted(
                (part.start, part.end, at) for at, block in enumerate(self.blocks) for part in block.parts
            )
        low = bisect_right(self._ranges, offset, key=lambda one: one[0]) - 1
        start, end, at = self._ranges[low] if low >= 0 else (0, 0, 0)
        return at if start <= offset < end else None

    def block_over(self, offset: int) -> TextBlock | None:
        """The block that holds a character of `text`; None past its end."""
        at = self.block_at(offset)
        return None if at is None else self.blocks[at]

    def block_text(self, block: TextBlock) -> str:
        """What one reads in a block."""
        return block.view.cut(self.reading.text)

    def unit_blocks(self, eid: str) -> Iterator[TextBlock]:
        """The blocks that stand directly in a unit."""
        return (block for block in self.blocks if block.unit == eid)
