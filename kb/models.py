"""The values that pass between stages.

All are frozen; a changed value is a new one (`dataclasses.replace`). Names follow Akoma Ntoso; the
Vietnamese term stands in the comment. Every offset is in Unicode code points into `Document.text`,
the text of the source exactly as decoded; a value read from text carries the span it was read from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.text.view import View


# --- places ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range ``[start, end)`` of a text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a range that runs backwards."""
        if not 0 <= self.start <= self.end:
            message = f"not a range: [{self.start}, {self.end})"
            raise ValueError(message)

    def cut(self, text: str) -> str:
        """The part of `text` in this range.

        >>> Span(0, 4).cut("Điều 5")
        'Điều'
        """
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch) from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


# --- files ----------------------------------------------------------------------------------------


class MediaType(StrEnum):
    """What a file is, by its content."""

    PLAIN = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    DOC = "application/msword"
    RTF = "application/rtf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it came in. `path` is as given; `sha256` is of the bytes; `retrieved` is ISO 8601."""

    path: str
    sha256: str
    media_type: MediaType
    size: int
    origin: str = ""
    retrieved: str = ""


class Severity(StrEnum):
    """How much a problem or a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a document that does not keep it out of the base.

    `stage` is the module that saw it, `code` a stable word (``header.number_conflict``), the message
    stands in Vietnamese and in English, `spans` are the places.
    """

    stage: str
    code: str
    vi: str
    en: str
    spans: tuple[Span, ...] = ()
    severity: Severity = Severity.WARNING


# --- what a reader gives --------------------------------------------------------------------------


class LineKind(StrEnum):
    """What a reader knows of a line; TEXT where it knows nothing."""

    TEXT = "text"
    ROW = "row"  # one row of a table, cells separated by tabs
    NOTE = "note"  # part of a footnote or endnote
    FURNITURE = "furniture"  # page number, running head, website frame


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is printed, as far as the format tells; None where it does not."""

    size: float | None = None
    bold: bool = False
    italic: bool = False
    centered: bool = False
    indent: float | None = None
    heading: int | None = None


PLAIN_STYLE = Style()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reading: a printed line of a page, a paragraph of a Word file, a line of a text file.

    `span` leaves out the line end. `whole` says that the line is a paragraph by itself (Word, HTML): it is
    never joined with the next. `confidence` (0 to 1) is OCR's.
    """

    span: Span
    kind: LineKind = LineKind.TEXT
    page: int | None = None
    box: Box | None = None
    style: Style = PLAIN_STYLE
    whole: bool = False
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table as printed: its pieces of text and how far it reaches."""

    spans: tuple[Span, ...]
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table a reader saw: rows of cells; `lines` are the indexes of its first and last line, inclusive.

    `header_rows` is None where the format does not mark head rows.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    lines: tuple[int, int]
    header_rows: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as text and lines; what every reader gives.

    `text` is the file's own text exactly as decoded (plain text, Markdown); for other formats, text made by
    the reader in the same dialect: a line a paragraph or printed line, table rows as tab-separated lines,
    note marks as superscript digits (``Chính phủ¹``), each note a line that begins with its mark.
    """

    text: str
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...] = ()
    pages: int | None = None
    problems: tuple[Problem, ...] = ()
    ocr_pages: tuple[int, ...] = ()


# --- a document -----------------------------------------------------------------------------------


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
    """A cell's number; `value` is a decimal string (``1763``, ``67.7``), `of` the denominator of a ratio."""

    kind: ValueKind
    value: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text without note marks (None when empty), its places, its notes' marks, its value."""

    text: str | None
    spans: tuple[Span, ...]
    value: CellValue
    marks: tuple[str, ...] = ()


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
    it; `columns` the head, several head rows joined by `` / ``; `notes` the texts of its notes by mark.
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

    def block_text(self, block: TextBlock) -> str:
        """What one reads in a block."""
        return block.view.cut(self.reading.text)

    def unit_blocks(self, eid: str) -> Iterator[TextBlock]:
        """The blocks that stand directly in a unit."""
        return (block for block in self.blocks if block.unit == eid)


# --- citations ------------------------------------------------------------------------------------


class CitationKind(StrEnum):
    """How a document is mentioned."""

    NUMBER = "number"
    NAME = "name"
    ALIAS = "alias"
    BACK = "back"
    INTERNAL = "internal"
    SELF = "self"


class Relation(StrEnum):
    """How the citing text stands to the cited document."""

    BASED_ON = "căn cứ"
    IMPLEMENTS = "triển khai thực hiện"
    GUIDES = "hướng dẫn"
    ISSUES = "ban hành"
    PROMULGATED_WITH = "kèm theo"
    AMENDS = "sửa đổi bổ sung"
    REPLACES = "thay thế"
    REPEALS = "bãi bỏ"
    SUSPENDS = "đình chỉ"
    CORRECTS = "đính chính"
    CONSOLIDATES = "hợp nhất"
    CITES = "dẫn chiếu"


class Direction(StrEnum):
    """Who acts: the citing text on the cited document, or the other way round."""

    ACTIVE = "active"
    PASSIVE = "passive"


class Use(StrEnum):
    """A deed done under the document, or a rule for what is or will be done."""

    PAST = "past"
    RULE = "rule"


class ResolutionStatus(StrEnum):
    """What a mention was resolved to."""

    RESOLVED = "resolved"
    KNOWN = "known"
    AMBIGUOUS = "ambiguous"
    SUSPECT = "suspect"
    UNREADABLE = "unreadable"


#: Levels of a pinpoint, outermost first; the keys of `Pinpoint.path`.
PINPOINT_LEVELS = (
    "phụ lục",
    "mẫu",
    "phần",
    "chương",
    "mục",
    "tiểu mục",
    "điều",
    "khoản",
    "điểm",
    "tiết",
    "gạch đầu dòng",
)


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A place inside a document, outer level first: ``(("điều", "25"), ("khoản", "3"), ("điểm", "a"))``."""

    path: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a legal document, or of a provision, in a text.

    `parts` cut the surface from `Document.text` (several where a page break splits it); `surface` is those parts
    joined; `number` is normalised; `issued` is an ISO date, or ``YYYY-MM`` / ``YYYY`` where no more is printed;
    `antecedent` is the index, in the list it came in, of the mention that a back reference or alias stands for.
    """

    parts: tuple[Span, ...]
    surface: str
    kind: CitationKind
    type: str | None = None
    number: str | None = None
    issuer: str | None = None
    issued: str | None = None
    year: int | None = None
    name: str | None = None
    title: str | None = None
    pinpoint: str | None = None
    pinpoints: tuple[Pinpoint, ...] = ()
    relation: Relation | None = None
    direction: Direction | None = None
    evidence: Span | None = None
    use: Use | None = None
    footnote: str | None = None
    unit: str | None = None
    page: int | None = None
    antecedent: int | None = None
    status: ResolutionStatus | None = None
    reason: str | None = None

    @property
    def span(self) -> Span:
        """From the first character to the last, whatever lies between."""
        return Span(self.parts[0].start, self.parts[-1].end)


@dataclass(frozen=True, slots=True)
class WorkKey:
    """What identifies a document: number, issuer and date; any of them may be unknown."""

    number: str | None
    issuer: str | None
    issued: date | None
