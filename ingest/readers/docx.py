"""Word files: paragraphs and tables in order, numbering restored, notes by their anchors, changes accepted."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.readers.docx_notes import read_notes
from ingest.readers.docx_numbering import Numbering, read_numbering
from ingest.readers.docx_package import Element, R, W, WordFile, iter_children, open_word
from ingest.readers.docx_styles import (
    ParagraphLook,
    Styles,
    merge_paragraph,
    read_paragraph,
    read_styles,
    value,
)
from ingest.readers.docx_tables import read_table
from ingest.readers.docx_tabs import pair_columns
from ingest.readers.docx_text import Progress, Words
from ingest.readers.flow import FlowBlock, FlowParagraph, is_head_line, iter_paragraphs, write_reading
from ingest.readers.html import read_html_blocks
from ingest.sources import looks_like_html
from kb.errors import UnreadableFile
from kb.models import LineKind, Problem, Reading, Severity, Style

_MARK_RE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?=\s?[^\W\d])")
_PAGE_NUMBER_RE = re.compile(r"\W*(?:(?:trang|page)\s*)?\d*(?:\s*/\s*\d+)?\W*", re.IGNORECASE)
# An A4 page of 10-point type without margins holds some 9,000 letters.
_PAGE_LETTERS = 9000
_CHANGES = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom"))
_FLOWING = frozenset({"continuous", "nextColumn"})


def read_docx(data: bytes) -> Reading:
    """The text of a Word file (.docx, .docm), its lines and tables.

    Tracked insertions are kept, deletions left out; of fields the result is read; hidden text is not printed and
    not read. Pages are Word's own when it noted them, else the breaks that were typed, else unknown.
    """
    word = open_word(data)
    reading, encodings = _read(word, frozenset())
    if encodings:
        reading, _ = _read(word, encodings)
    reading = _trust_pages(reading)
    if not reading.lines:
        raise _without_text(data)
    return reading


def _without_text(data: bytes) -> UnreadableFile:
    """The refusal of a file without a word; of one that holds pictures it says how to have them read."""
    vi, en = "tệp Word không có chữ nào", "the Word file holds no text"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if any(name.startswith("word/media/") for name in archive.namelist()):
            vi, en = f"{vi}, chỉ có ảnh; lưu thành PDF rồi nạp lại", f"{en}, only pictures; save it as PDF"
    return UnreadableFile(code="file.no_text", vi=vi, en=en)


def _read(word: WordFile, encodings: frozenset[str]) -> tuple[Reading, frozenset[str]]:
    """The reading with words in fonts of these encodings converted, and the encodings found on the way."""
    reader = _Reader(word, encodings)
    blocks = list(pair_columns(reader.read_blocks(word.body)))
    heads, feet = reader.read_furniture(word)
    progress = reader.progress
    reading = write_reading([*heads, *blocks, *feet], progress.page, reader.problems())
    return reading, progress.find_encodings()


def _trust_pages(reading: Reading) -> Reading:
    """The reading without pages where the noted breaks are stale: then one page holds more than paper can."""
    letters: Counter[int | None] = Counter()
    for line in reading.lines:
        letters[line.page] += line.span.end - line.span.start
    if reading.pages is None or max(letters.values(), default=0) <= _PAGE_LETTERS:
        return reading
    lines = tuple(replace(line, page=None) for line in reading.lines)
    return replace(
        reading, lines=lines, grids=tuple(replace(grid, page=None) for grid in reading.grids), pages=None
    )


@dataclass(slots=True)
class _Reader:
    """Reads block after block, counting lists, notes and pages on the way."""

    word: WordFile
    encodings: frozenset[str]
    styles: Styles = field(init=False)
    numbering: Numbering = field(init=False)
    progress: Progress = field(init=False)
    sections: list[Element] = field(init=False)
    carried: Words | None = None
    unread: int = 0
    opened: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        body = self.word.body
        self.styles = read_styles(self.word.styles)
        self.numbering = read_numbering(self.word.numbering)
        self.sections = list(body.iter(f"{W}sectPr"))
        self.progress = Progress(self.styles, read_notes(self.word, self.sections))
        self.progress.converted = self.encodings
        self.progress.rendered = next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None
        typed = any(br.get(f"{W}type") == "page" for br in body.iter(f"{W}br"))
        if self.progress.rendered or typed or next(body.iter(f"{W}pageBreakBefore"), None) is not None:
            self.progress.page = 1

    def read_blocks(self, parent: Element) -> list[FlowBlock]:
        """The paragraphs and tables that stand in an element."""
        blocks: list[FlowBlock] = []
        for child in iter_children(parent):
            if child.tag == f"{W}p":
                blocks.extend(self._read_paragraph(child))
            elif child.tag == f"{W}tbl":
                table = read_table(child, self.styles, self.read_blocks)
                blocks.append(replace(table, page=self.progress.page))
            elif child.tag == f"{W}altChunk":
                blocks.extend(self._read_chunk(self.word.chunks.get(child.get(f"{R}id", ""))))
        return blocks

    def read_furniture(self, word: WordFile) -> tuple[list[FlowBlock], list[FlowBlock]]:
        """What page heads and feet say besides page numbers, each text once.

        A head that carries the letterhead of the first page is part of the document.
        """
        heads: list[FlowBlock] = []
        feet: list[FlowBlock] = []
        seen: set[tuple[str, ...]] = set()
        page, self.progress.page = self.progress.page, None
        for root in word.headers.values():
            blocks = self.read_blocks(root)
            texts = tuple(line.strip() for p in iter_paragraphs(blocks) for line in p.lines if line.strip())
            if texts in seen or all(_PAGE_NUMBER_RE.fullmatch(text) for text in texts):
                continue
            seen.add(texts)
            target = heads if root.tag == f"{W}hdr" else feet
            if root.tag == f"{W}hdr" and any(map(is_head_line, texts)):
                target.extend(blocks)
            else:
                target.extend(FlowParagraph(p.lines, LineKind.FURNITURE, p.style) for p in iter_paragraphs(blocks))
        self.progress.page = page
        return heads, feet

    def problems(self) -> tuple[Problem, ...]:
        """What was left out on purpose, and what was converted."""
        body = self.word.body
        changes = sum(1 for tag in _CHANGES for _ in body.iter(tag))
        remarks = sum(1 for _ in body.iter(f"{W}commentReference"))
        found = [
            Problem(__name__, code, vi, en, severity=severity)
            for count, code, vi, en, severity in (
                (
                    self.progress.hidden,
                    "docx.hidden",
                    f"{self.progress.hidden} ký tự định dạng ẩn (không in ra) không được đọc",
                    f"{self.progress.hidden} characters formatted as hidden (never printed) were not read",
                    Severity.NOTE,
                ),
                (
                    changes,
                    "docx.changes",
                    f"còn {changes} chỗ sửa đổi được theo dõi (Track Changes); đọc như đã chấp nhận tất cả",
                    f"{changes} tracked changes stand in the file; it was read as if all were accepted",
                    Severity.NOTE,
                ),
                (
                    remarks,
                    "docx.comments",
                    f"còn {remarks} ghi chú bên lề (Comment), không đọc",
                    f"{remarks} comments stand in the margin and were not read",
                    Severity.NOTE,
                ),
                (
                    self.unread,
                    "docx.chunk",
                    f"{self.unread} tệp nhúng trong tệp Word không đọc được; hãy mở bằng Word và lưu lại",
                    f"{self.unread} files put whole into the Word file were not read; save it again with Word",
                    Severity.WARNING,
                ),
            )
            if count
        ]
        found += [
            Problem(
                __name__,
                "text.converted",
                f"chữ dùng phông {name}, đã chuyển sang Unicode",
                f"words in {name} fonts, converted to Unicode",
                severity=Severity.NOTE,
            )
            for name in sorted(self.encodings)
        ]
        return tuple(found)

    def _read_chunk(self, data: bytes | None) -> list[FlowBlock]:
        """The blocks of a page put whole into the file; files of another kind are only counted."""
        if data is not None and looks_like_html(data, ""):
            return read_html_blocks(data)
        self.unread += 1
        return []

    def _read_paragraph(self, paragraph: Element) -> Iterator[FlowBlock]:
        properties = paragraph.find(f"{W}pPr")
        style = value(properties, "pStyle") if properties is not None else None
        style_look, run_look = self.styles.paragraph(style)
        look = merge_paragraph(read_paragraph(properties), style_look)
        if look.break_before:
            self.progress.turn_page(rendered=False)
        words, self.carried = self.carried or Words(self.progress), None
        words.read(paragraph, run_look)
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            # The paragraph mark is deleted: its words run on into the next paragraph.
            self.carried = words
            return
        yield from self._finish(words, look, style)
        if properties is not None and properties.find(f"{W}sectPr") is not None:
            self._next_section()

    def _finish(self, words: Words, look: ParagraphLook, style: str | None) -> Iterator[FlowBlock]:
        lines = list(words.texts())
        label = self._label(look, style)
        if any(line.strip() for line in lines) or label.strip(" -+*•"):
            first = next((index for index, line in enumerate(lines) if line.strip()), 0)
            lines[first] = label + lines[first].lstrip()
            notes = [note for mark, body in words.notes for note in self._read_note(mark, body)]
            kind = LineKind.NOTE if not label and _MARK_RE.match(lines[first]) else LineKind.TEXT
            page = words.page or self.progress.page
            yield FlowParagraph(tuple(lines), kind, _style(words, look), page, tuple(notes))
        for box in words.boxes:
            yield from self.read_blocks(box)

    def _label(self, look: ParagraphLook, style: str | None) -> str:
        if look.number is None:
            return ""
        level = look.level
        if level is None:
            level = self.numbering.style_level(look.number, style) or 0
        return self.numbering.label(look.number, level)

    def _read_note(self, mark: str, body: Element) -> Iterator[FlowParagraph]:
        if body in self.opened:
            return  # a note that cites itself would have no end
        self.opened.append(body)
        carried, self.carried = self.carried, None
        fields, self.progress.fields = self.progress.fields, []
        first = True
        for paragraph in iter_paragraphs(self.read_blocks(body)):
            text = " ".join(" ".join(paragraph.lines).split())
            if not text:
                continue
            # A custom mark is typed again at the head of its note.
            if first:
                text = f"{mark} {text.removeprefix(mark).lstrip()}"
            yield FlowParagraph((text,), LineKind.NOTE, paragraph.style, self.progress.page, paragraph.notes)
            first = False
        self.carried, self.progress.fields = carried, fields
        self.opened.pop()

    def _next_section(self) -> None:
        notes = self.progress.notes
        notes.next_section()
        if notes.section < len(self.sections):
            kind = value(self.sections[notes.section], "type")
            if kind not in _FLOWING:
                self.progress.turn_page(rendered=False)


def _style(words: Words, look: ParagraphLook) -> Style:
    letters = max(words.letters, 1)
    sizes: Sequence[float] = sorted(words.sizes, key=lambda size: -words.sizes[size])
    return Style(
        sizes[0] if sizes else None,
        words.bold > 0.8 * letters,
        words.italic > 0.8 * letters,
        look.align == "center",
        look.indent,
        look.outline + 1 if look.outline is not None else None,
    )
