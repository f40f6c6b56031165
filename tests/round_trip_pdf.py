"""A document set as a PDF: justified paragraphs cut by page breaks, footnotes at the foot of the page that holds
their mark (running on where they are long), ruled tables with their head on every page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from kb.models import Table
from tests.pdf_maker import FOLDER  # noqa: F401 (registers the fonts)
from tests.round_trip import MARK_RE, TO_DIGITS, TO_RAISED, Flow, Paragraph, head_rows

A4 = (595.0, 842.0)
LEFT, RIGHT, TOP, BOTTOM = 85.0, 45.0, 62.0, 55.0
SIZE, NOTE_SIZE, LEADING = 12.5, 9.5, 1.3
FONT = "Serif"
_LANDSCAPE = 10  # columns from which a table gets a wide page


@dataclass(frozen=True)
class Piece:
    """Letters of one word, or a mark raised over them."""

    text: str
    raised: bool = False


Word = tuple[Piece, ...]


def words_of(text: str) -> list[Word]:
    """The words of a text; a raised mark hangs on the word before it."""
    words = []
    for printed in text.split():
        pieces, at = [], 0
        for mark in MARK_RE.finditer(printed):
            pieces += [Piece(printed[at : mark.start()])] if mark.start() > at else []
            pieces.append(Piece(mark.group().translate(TO_DIGITS), raised=True))
            at = mark.end()
        pieces += [Piece(printed[at:])] if at < len(printed) else []
        words.append(tuple(pieces))
    return words


def width_of(word: Word, size: float) -> float:
    """The width of a word as printed."""
    return sum(pdfmetrics.stringWidth(piece.text, FONT, 0.65 * size if piece.raised else size) for piece in word)


def wrap(words: Sequence[Word], width: float, size: float, indent: float = 0.0) -> list[list[Word]]:
    """Words in lines; a word wider than a line is cut."""
    lines: list[list[Word]] = [[]]
    space = pdfmetrics.stringWidth(" ", FONT, size)
    used = indent
    for word in _fitting(words, width, size):
        wide = width_of(word, size)
        if lines[-1] and used + space + wide > width:
            lines.append([])
            used = 0.0
        used += wide + (space if lines[-1] else 0.0)
        lines[-1].append(word)
    return lines


def _fitting(words: Sequence[Word], width: float, size: float) -> Iterator[Word]:
    for word in words:
        if len(word) > 1 or width_of(word, size) <= width:
            yield word
            continue
        text = word[0].text
        while text:
            end = len(text)
            while end > 1 and pdfmetrics.stringWidth(text[:end], FONT, size) > width:
                end -= 1
            yield (Piece(text[:end]),)
            text = text[end:]


def marks_in(line: Sequence[Word]) -> int:
    """How many marks a line has."""
    return sum(piece.raised for word in line for piece in word)


@dataclass
class Press:
    """Sets lines on pages from top to bottom, their notes from the bottom up."""

    canvas: Canvas
    notes: Iterator[tuple[str, str]]
    paper: tuple[float, float] = A4
    size: tuple[float, float] = A4
    page: int = 0
    top: float = 0.0
    foot: list[list[Word]] = field(default_factory=list)
    waiting: list[list[Word]] = field(default_factory=list)

    @property
    def width(self) -> float:
        """From margin to margin."""
        return self.size[0] - LEFT - RIGHT

    @property
    def room(self) -> float:
        """What is left of the page above its notes."""
        notes = len(self.foot) * NOTE_SIZE * LEADING + (10.0 if self.foot else 0.0)
        return self.size[1] - BOTTOM - notes - self.top

    def open_page(self, size: tuple[float, float] | None = None) -> None:
        """Begin a page: its number, and the rest of the notes of the page before."""
        self.size = size = size or self.paper
        self.canvas.setPageSize(size)
        self.page += 1
        self.top = TOP
        if self.page > 1:
            self.canvas.setFont(FONT, SIZE)
            self.canvas.drawCentredString(size[0] / 2, size[1] - 38, str(self.page))
        self.foot = []
        waiting, self.waiting = self.waiting, []
        self.add_notes(waiting)

    def close_page(self) -> None:
        """Set the notes under a rule and end the page."""
        if self.foot:
            top = self.size[1] - BOTTOM - len(self.foot) * NOTE_SIZE * LEADING
            self.canvas.setLineWidth(0.5)
            self.canvas.line(LEFT, self.size[1] - top + 4, LEFT + 144, self.size[1] - top + 4)
            for line in self.foot:
                top += NOTE_SIZE * LEADING
                self.set_line(line, LEFT, top, NOTE_SIZE)
        self.canvas.showPage()

    def turn(self, size: tuple[float, float] | None = None) -> None:
        """Go on to the next page."""
        self.close_page()
        self.open_page(size or self.size)

    def add_notes(self, lines: Sequence[list[Word]]) -> None:
        """Put lines of notes at the foot of the page; what finds no room there waits for the next."""
        for at, line in enumerate(lines):
            if self.waiting or self.room < 2 * NOTE_SIZE * LEADING + 12:
                self.waiting += lines[at:]
                return
            self.foot.append(line)

    def take_notes(self, count: int) -> None:
        """The next notes, whose marks were just set."""
        for _ in range(count):
            mark, text = next(self.notes, ("", ""))
            self.add_notes(wrap(words_of(f"{mark.translate(TO_RAISED)} {text}"), self.width, NOTE_SIZE))

    def set_line(
        self, line: Sequence[Word], x: float, top: float, size: float, justify: float | None = None
    ) -> None:
        """Print words on a baseline, spread over `justify` points where it is given."""
        space = pdfmetrics.stringWidth(" ", FONT, size)
        if justify is not None and len(line) > 1:
            space = (justify - sum(width_of(word, size) for word in line)) / (len(line) - 1)
        for word in line:
            for piece in word:
                points = 0.65 * size if piece.raised else size
                self.canvas.setFont(FONT, points)
                up = 0.33 * size if piece.raised else 0.0
                self.canvas.drawString(x, self.size[1] - top + up, piece.text)
                x += pdfmetrics.stringWidth(piece.text, FONT, points)
            x += space

    def set_paragraph(self, paragraph: Paragraph) -> None:
        """A paragraph, cut where a page ends."""
        indent = 0.0 if paragraph.centered else 28.0
        # Titles are set in short lines, as hands break them.
        width = self.width * (0.8 if paragraph.centered else 1.0)
        lines = wrap(words_of(paragraph.text), width, SIZE, indent)
        for at, line in enumerate(lines):
            marks = marks_in(line)
            if self.room < SIZE * LEADING + (3 * NOTE_SIZE * LEADING if marks else 0.0):
                self.turn(self.paper)
            self.top += SIZE * LEADING
            x = LEFT + (indent if at == 0 else 0.0)
            last = at == len(lines) - 1
            if paragraph.centered:
                used = sum(width_of(word, SIZE) for word in line) + (len(line) - 1) * 3.5
                self.set_line(line, LEFT + max((self.width - used) / 2, 0), self.top, SIZE)
            else:
                self.set_line(line, x, self.top, SIZE, None if last else LEFT + self.width - x)
            self.take_notes(marks)
        self.top += 5.0


@dataclass
class Grid:
    """A ruled table on its way to the page."""

    press: Press
    table: Table
    size: float
    widths: list[float]
    edges: list[float]

    def set(self) -> None:
        """The table, row by row, its head on every page."""
        self._set_head()
        for row in self.table.rows:
            cells = [
                (cell.text or "") + "".join(mark.translate(TO_RAISED) for mark in cell.marks) for cell in row.cells
            ]
            columns = [self._wrap(text, at) for at, text in enumerate(cells)]
            while any(columns):
                columns = self._set_part(columns)
        self.press.top += 12.0

    def _wrap(self, text: str, at: int, across: int = 1) -> list[list[Word]]:
        width = self.edges[at + across] - self.edges[at] - 6
        return wrap(words_of(text), width, self.size) if text else []

    def _set_head(self) -> None:
        rows = head_rows(self.table)
        heights, placed = [], []
        for row in rows:
            at, height = 0, 0.0
            for text, across, down in row:
                lines = self._wrap(text, at, across)
                placed.append((len(heights), at, across, down, lines))
                height = max(height, len(lines) / max(down, 1) * self.size * LEADING + 5)
                at += across
            heights.append(height)
        if self.press.room < sum(heights) + 3 * self.size * LEADING:
            self.press.turn()
        tops = [self.press.top + sum(heights[:at]) for at in range(len(heights) + 1)]
        for level, at, across, down, lines in placed:
            if down == 0:
                continue
            self._box(self.edges[at], tops[level], self.edges[at + across], tops[level + down])
            for index, line in enumerate(lines):
                top = tops[level] + (index + 1) * self.size * LEADING
                self.press.set_line(line, self.edges[at] + 3, top, self.size)
        self.press.top = tops[-1]

    def _set_part(self, columns: list[list[list[Word]]]) -> list[list[list[Word]]]:
        """As many lines of a row as the page has room for; the lines that are left."""
        height = self.size * LEADING
        count = max(map(len, columns))
        fits = int((self.press.room - 5 - 2 * NOTE_SIZE * LEADING) / height)
        if fits < min(count, 2):
            self.press.turn()
            self._set_head()
            fits = int((self.press.room - 5 - 2 * NOTE_SIZE * LEADING) / height)
        count = min(count, max(fits, 1))
        bottom = self.press.top + count * height + 5
        marks = 0
        for at, lines in enumerate(columns):
            self._box(self.edges[at], self.press.top, self.edges[at + 1], bottom)
            for index, line in enumerate(lines[:count]):
                self.press.set_line(line, self.edges[at] + 3, self.press.top + (index + 1) * height, self.size)
                marks += marks_in(line)
        self.press.top = bottom
        self.press.take_notes(marks)
        return [lines[count:] for lines in columns]

    def _box(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.press.canvas.setLineWidth(0.6)
        self.press.canvas.rect(x0, self.press.size[1] - bottom, x1 - x0, bottom - top)


def set_table(press: Press, table: Table) -> None:
    """A table, in a size in which its longest words fit."""
    wide = len(table.columns) > _LANDSCAPE
    if wide:
        press.turn((A4[1], A4[0]))
    size = 10.0
    while size > 5.0:
        least = [_least(table, at, size) + 8 for at in range(len(table.columns))]
        if sum(least) <= press.width:
            break
        size -= 0.5
    free = max(press.width - sum(least), 0.0)
    weights = [_letters(table, at) ** 0.6 for at in range(len(table.columns))]
    widths = [low + free * weight / sum(weights) for low, weight in zip(least, weights, strict=True)]
    edges = [LEFT + sum(widths[:at]) for at in range(len(widths) + 1)]
    Grid(press, table, size, widths, edges).set()
    if wide:
        press.turn(press.paper)


def _texts(table: Table, at: int) -> list[str]:
    return [*table.columns[at].split(" / "), *(row.cells[at].text or "" for row in table.rows)]


def _least(table: Table, at: int, size: float) -> float:
    words = {word[:24] for text in _texts(table, at) for word in text.split()}
    return max((pdfmetrics.stringWidth(word + "88", FONT, size) for word in words), default=12.0)


def _letters(table: Table, at: int) -> float:
    texts = _texts(table, at)
    return 1.0 + sum(map(len, texts)) / len(texts)


def write_pdf(flow: Flow, height: float = A4[1]) -> bytes:
    """The bytes of a PDF with pages of a height."""
    buffer = io.BytesIO()
    paper = A4[0], height
    press = Press(Canvas(buffer, pagesize=paper), iter([(note.mark, note.text) for note in flow.notes]), paper)
    press.open_page()
    for item in flow.items:
        if isinstance(item, Paragraph):
            press.set_paragraph(item)
        else:
            set_table(press, item)
    press.close_page()
    while press.waiting:
        press.open_page()
        press.close_page()
    press.canvas.save()
    return buffer.getvalue()
