"""Paragraphs and tables of a flowing format (Word, HTML), and the `Reading` they make.

The text is made in one dialect: a line a paragraph, a table row a line with a tab between columns, a note a
line of its own after the paragraph or table that holds its mark. A table that only sets text side by side
(the head and the foot of an official document) comes out as lines, its left column first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from kb.models import PLAIN_STYLE, Grid, GridCell, Line, LineKind, Problem, Reading, Span, Style
from kb.text.normalize import fold, nfc


@dataclass(frozen=True, slots=True)
class FlowParagraph:
    """A paragraph: its lines as cut by line breaks, and the notes whose marks it holds."""

    lines: tuple[str, ...]
    kind: LineKind = LineKind.TEXT
    style: Style = PLAIN_STYLE
    page: int | None = None
    notes: tuple[FlowParagraph, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowCell:
    """A cell: what stands in it, its first column (from 0) and its reach."""

    blocks: tuple[FlowParagraph | FlowTable, ...]
    column: int
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class FlowTable:
    """A table; `ruled` when lines are drawn between its cells, as far as the format tells.

    `side_by_side` says that it is none: text set in two columns by tab stops.
    """

    rows: tuple[tuple[FlowCell, ...], ...]
    ruled: bool = True
    header_rows: int | None = None
    page: int | None = None
    kind: LineKind = LineKind.ROW
    side_by_side: bool = False

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return max((cell.column + cell.colspan for row in self.rows for cell in row), default=0)


FlowBlock = FlowParagraph | FlowTable

SUPERSCRIPT = str.maketrans("0123456789abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_COUNT_RE = re.compile(r"\s*[+-]?[0-9]{1,6}\s*")
_RAISED_RE = re.compile(r"(?P<left>\s*)[\[(]?(?P<marks>\d{1,3}(?:\s*[,;]\s*\d{1,3})*)[\])]?(?P<right>\s*)")
# Nghị định 30/2020/NĐ-CP, Phụ lục I: the words that stand only in the head or the foot of a document.
_HEAD_RE = re.compile(r"(?:cong hoa xa hoi chu nghia viet nam|dang cong san viet nam)\b")
_FOOT_RE = re.compile(
    r"noi nhan(?:\s*[:;.]|$)|(?:da ky|ky ten|ky, ghi ro|ky, dong dau)|(?:t/?m|k/?t|t/?l|t/?u|q)\s?\. [a-z]"
    r"|chu toa phien hop"
)
_LABEL_RE = re.compile(
    r"(?:[-–+•*]\s|\d{1,3}(?:\.\d{1,3}){0,3}[.)]\s|[a-zđ]{1,2}[.)]\s|[IVXLC]{1,6}[.)]\s|Điều\s\d|Chương\s|Mục\s"
    r"|Phần\s|Căn cứ\s|Xét\s|Theo đề nghị|Số:|[-_*=.]{3,}|Độc lập)"
)
_ENDED_RE = re.compile(r"(?:[.;:!?…]|[-_*=]{3,})[”\"»')]*\s*$")
_RULE_RE = re.compile(r"[-–_*=\s]{3,}$|[.…\s]{3,}$")
_SPACE_RE = re.compile(r"[ \t\u00a0\r\n\f\v]+")


def parse_count(text: str | None) -> int | None:
    """The whole number that an attribute states; None where it states none, or none that a document could mean.

    >>> parse_count("12"), parse_count("-3"), parse_count("²"), parse_count("99999999999")
    (12, -3, None, None)
    """
    return int(text) if text is not None and _COUNT_RE.fullmatch(text) else None


def raise_digits(text: str) -> str:
    """Superscript text as the dialect writes it: a note's number in superscript digits, brackets left out.

    >>> raise_digits("12"), raise_digits("[3]"), raise_digits("2,3"), raise_digits("th")
    ('¹²', '³', '²,³', 'th')
    """
    found = _RAISED_RE.fullmatch(text)
    if found is None:
        return text.translate(SUPERSCRIPT) if text.strip().isdecimal() else text
    marks = re.sub(r"\s*[,;]\s*", ",", found["marks"]).translate(SUPERSCRIPT)
    return found["left"] + marks + found["right"]


def split_lines(pieces: Sequence[str], apart: bool) -> tuple[str, ...]:
    """The lines of a paragraph from the pieces between its line breaks.

    `apart` (centred text, heads and feet): every piece is a line. Otherwise a break ends a line only where a
    sentence or an item ends or another begins; a break in mid-sentence is read as a space.

    >>> split_lines(["- Như trên;", "- Lưu: VT."], apart=False)
    ('- Như trên;', '- Lưu: VT.')
    >>> split_lines(["theo Nghị định số", "30/2020/NĐ-CP"], apart=False)
    ('theo Nghị định số 30/2020/NĐ-CP',)
    """
    lines: list[list[str]] = []
    for piece in pieces:
        piece = _SPACE_RE.sub(" ", piece).strip()
        if not piece:
            continue
        if lines and not apart and not _ENDED_RE.search(lines[-1][-1]) and not _LABEL_RE.match(piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return tuple(" ".join(line) for line in lines)


def is_head_line(text: str) -> bool:
    """Whether a line is the national or the Party's motto, which only a letterhead carries.

    >>> is_head_line("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"), is_head_line("Cộng hòa Liên bang Đức")
    (True, False)
    """
    return bool(_HEAD_RE.match(fold(nfc(text)).strip(" .:*-_/")))


def is_foot_line(text: str) -> bool:
    """Whether a line opens the foot of a document: its recipients, or the capacity of its signer.

    >>> is_foot_line("Nơi nhận:"), is_foot_line("KT. CHỦ TỊCH"), is_foot_line("Nơi nhận hồ sơ")
    (True, True, False)
    """
    return bool(_FOOT_RE.match(fold(nfc(text)).strip(" .*-_/(")))


def is_layout(table: FlowTable) -> bool:
    """Whether a table only sets text side by side: one column, a head or a foot, or a small one without rules."""
    columns, rows = table.columns, len(table.rows)
    if columns <= 1 or table.side_by_side:
        return True
    if columns > 4 or rows > 12:
        return False
    lines = tuple(_cell_lines(table))
    if rows <= 8 and any(map(is_head_line, lines)):
        return True
    if columns <= 3 and rows <= 6 and any(map(is_foot_line, lines)):
        return True
    if table.ruled or columns > 3 or rows > 3:
        return False
    # Values stand one in a cell; text set side by side fills a row, or several lines of a cell.
    return rows == 1 or any(_holds_lines(cell) for row in table.rows for cell in row)


def write_reading(
    blocks: Sequence[FlowBlock], pages: int | None = None, problems: Sequence[Problem] = ()
) -> Reading:
    """The text of blocks in reading order, with its lines and tables."""
    writer = _Writer()
    for block in blocks:
        writer.add(block)
    text = "\n".join(writer.texts) + ("\n" if writer.texts else "")
    return Reading(text, tuple(writer.lines), tuple(writer.grids), pages, tuple(problems))


def iter_paragraphs(blocks: Sequence[FlowBlock]) -> Iterator[FlowParagraph]:
    """The paragraphs of blocks and of the cells in them, however deep tables stand in each other."""
    waiting = [iter(blocks)]
    while waiting:
        block = next(waiting[-1], None)
        if block is None:
            waiting.pop()
        elif isinstance(block, FlowParagraph):
            yield block
        else:
            waiting.append(chain.from_iterable(cell.blocks for row in block.rows for cell in row))


def _holds_lines(cell: FlowCell) -> bool:
    return sum(bool(line.strip()) for p in iter_paragraphs(cell.blocks) for line in p.lines) > 1


def _cell_lines(table: FlowTable) -> Iterator[str]:
    for row in table.rows:
        for cell in row:
            for paragraph in iter_paragraphs(cell.blocks):
                yield from paragraph.lines


#: Layout tables stand in each other so deep at most; what is deeper follows paragraph by paragraph, in order.
_DEEPEST = 40


@dataclass(slots=True)
class _Writer:
    """Grows the text and its lines together."""

    texts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    length: int = 0
    depth: int = 0

    def add(self, block: FlowBlock, apart: bool = False) -> None:
        if isinstance(block, FlowParagraph):
            self._add_paragraph(block, apart)
        elif self.depth >= _DEEPEST:
            for paragraph in iter_paragraphs((block,)):
                self._add_paragraph(paragraph, apart)
        elif is_layout(block):
            self.depth += 1
            self._add_side_by_side(block)
            self.depth -= 1
        else:
            self._add_table(block)

    def _add_paragraph(self, paragraph: FlowParagraph, apart: bool) -> None:
        for text in split_lines(paragraph.lines, apart or paragraph.style.centered):
            self._add_line(text, paragraph.kind, paragraph.page, paragraph.style)
        for note in paragraph.notes:
            self._add_paragraph(note, apart=False)

    def _add_side_by_side(self, table: FlowTable) -> None:
        """Column by column; a cell that spans the columns keeps its place between the rows."""
        columns = table.columns
        start = 0
        for index, row in enumerate(table.rows):
            if columns > 1 and len(row) == 1 and row[0].colspan >= columns:
                self._add_columns(table.rows[start:index])
                self._add_columns([row])
                start = index + 1
        self._add_columns(table.rows[start:])

    def _add_columns(self, rows: Sequence[tuple[FlowCell, ...]]) -> None:
        cells = [(cell.column, index, cell) for index, row in enumerate(rows) for cell in row]
        for _, _, cell in sorted(cells, key=lambda item: item[:2]):
            for block in cell.blocks:
                self.add(block, apart=True)

    def _add_table(self, table: FlowTable) -> None:
        first, columns = len(self.lines), table.columns
        rows: list[tuple[GridCell, ...]] = []
        notes: list[FlowParagraph] = []
        for row in table.rows:
            slots: list[list[str]] = [[] for _ in range(columns)]
            for cell in row:
                slots[cell.column] = [text for text in map(_flat, iter_paragraphs(cell.blocks)) if text]
                for paragraph in iter_paragraphs(cell.blocks):
                    notes += paragraph.notes
            rows.append(self._grid_row(row, slots))
            text = "\t".join(" ".join(slot) for slot in slots)
            if text.strip():
                page = next((p.page for cell in row for p in iter_paragraphs(cell.blocks)), table.page)
                bold = _all_bold(row)
                kind = table.kind
                self._add_line(text, kind, page, Style(bold=bold) if bold else PLAIN_STYLE, keep_tabs=True)
        if len(self.lines) > first and table.kind is LineKind.ROW:
            self.grids.append(
                Grid(tuple(rows), (first, len(self.lines) - 1), table.header_rows, self.lines[first].page)
            )
        for note in notes:
            self._add_paragraph(note, apart=False)

    def _grid_row(self, row: Sequence[FlowCell], slots: Sequence[Sequence[str]]) -> tuple[GridCell, ...]:
        starts, at = [], self.length
        for slot in slots:
            starts.append(at)
            at += sum(map(len, slot)) + max(len(slot) - 1, 0) + 1
        cells = []
        for cell in row:
            spans, at = [], starts[cell.column]
            for text in slots[cell.column]:
                spans.append(Span(at, at + len(text)))
                at += len(text) + 1
            cells.append(GridCell(tuple(spans), cell.colspan, cell.rowspan))
        return tuple(cells)

    def _add_line(
        self, text: str, kind: LineKind, page: int | None, style: Style, keep_tabs: bool = False
    ) -> None:
        if not keep_tabs and _RULE_RE.match(text):
            # A drawn line ("-------") is no word of the document.
            kind = LineKind.FURNITURE
        self.lines.append(Line(Span(self.length, self.length + len(text)), kind, page, style=style, whole=True))
        self.texts.append(text)
        self.length += len(text) + 1


def _flat(paragraph: FlowParagraph) -> str:
    return _SPACE_RE.sub(" ", " ".join(paragraph.lines)).strip()


def _all_bold(row: Sequence[FlowCell]) -> bool:
    paragraphs = [p for cell in row for p in iter_paragraphs(cell.blocks) if any(p.lines)]
    return bool(paragraphs) and all(p.style.bold for p in paragraphs)
