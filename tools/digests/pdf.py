"""Digests as PDF: head in two columns, footnotes at the foot of their page, ruled tables that run over pages."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tools.digests.fonts import BOLD, ITALIC, PLAIN, register_fonts
from tools.digests.lines import RAISED_LIFT, RAISED_SIZE, Line, Style, break_lines
from tools.digests.source import ANCHOR_RE, MOTTO, NATION, Block, Digest, note_numbers

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 80.0, 52.0, 60.0, 56.0
BODY = WIDTH - LEFT - RIGHT
_PARAGRAPH = Style(PLAIN, 11.5, indent=24, before=3)
_ARTICLE = Style(BOLD, 11.5, indent=24, before=5)
_TITLE = Style(BOLD, 11.5, align="center", before=5)
_HEAD = Style(BOLD, 10, align="center")
_MARK = Style(ITALIC, 8.5, leading=1.2)
_ENDING = Style(ITALIC, 8.5, leading=1.2, before=26)
_NOTE = Style(PLAIN, 8.5, leading=1.2)
_PAD = 3.0
#: Room that a heading wants on its page, so that it does not stand there alone.
_KEPT_WITH_NEXT = 72.0
#: Room for a signature over the name.
_SIGNATURE = 42.0


def write_pdf(digest: Digest, path: Path) -> None:
    """Write the digest as PDF."""
    register_fonts()
    printer = Printer(digest, Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1))
    printer.head()
    body, appendix = digest.split_at_appendix()
    for block in body:
        printer.block(block)
    printer.closing()
    for block in appendix:
        printer.block(block)
    printer.text(digest.ending, _ENDING)
    printer.finish()


class Printer:
    """Sets lines down a page; heights run from the top. A line takes its notes along to its page."""

    def __init__(self, digest: Digest, canvas: Canvas) -> None:
        self.digest = digest
        self.canvas = canvas
        self.numbers = note_numbers(digest)
        self.page = 1
        self.y = TOP
        self.pending: list[tuple[str, list[Line]]] = []
        canvas.setTitle(digest.title)
        canvas.setAuthor("Căn Cứ")

    def head(self) -> None:
        """The mark, the two columns of the head, type and title."""
        self.text(self.digest.mark, _MARK)
        self.y += 8
        number = f"{self.digest.label} {self.digest.number}"
        date = f"{self.digest.place}, {self.digest.date}"
        self._columns([*self.digest.issuers, "_______", number], [NATION, MOTTO, "_______________", date])
        self.y += 10
        self.text(self.digest.type, Style(BOLD, 13, align="center"))
        self.text(self.digest.title, _TITLE)
        self.y += 6

    def block(self, block: Block) -> None:
        """Print a block where it falls, on a new page when it asks for one."""
        if block.kind == "table":
            self._table(block.rows)
            return
        if block.kind == "appendix":
            self._turn()
        style = {"paragraph": _PARAGRAPH, "article": _ARTICLE}.get(block.kind, _TITLE)
        if style is not _PARAGRAPH:
            self._room(_KEPT_WITH_NEXT, ())
        self.text(block.text, style)

    def text(self, text: str, style: Style) -> None:
        """Print a paragraph; it may be cut by the end of the page."""
        self.y += style.before
        for line in break_lines(text, style, BODY, self.numbers):
            self._room(style.size * style.leading, line.notes)
            self._line(line, style, LEFT, BODY)
            self.y += style.size * style.leading

    def closing(self) -> None:
        """Recipients left, signature right, kept together."""
        left = ["Nơi nhận:", *(f"- {name};" for name in self.digest.recipients)] if self.digest.recipients else []
        right = list(self.digest.signature)
        self._room(14.0 * max(len(left), len(right)) + 24 + _SIGNATURE, ())
        self.y += 12
        top = self.y
        for text in left:
            for line in break_lines(text, Style(PLAIN, 9.5), BODY / 2 - 10, self.numbers):
                self._line(line, Style(PLAIN, 9.5), LEFT, BODY / 2 - 10)
                self.y += 12
        low, self.y = self.y, top
        for text in right:
            if text == right[-1] and not text.isupper():
                self.y += _SIGNATURE
            self._line(break_lines(text, _HEAD, BODY / 2, self.numbers)[0], _HEAD, LEFT + BODY / 2, BODY / 2)
            self.y += 14
        self.y = max(low, self.y) + 8

    def finish(self) -> None:
        """Print what is still pending and close the file."""
        self._foot()
        self.canvas.save()

    def _columns(self, left: list[str], right: list[str]) -> None:
        top = self.y
        for lines, x, width in ((left, LEFT, BODY * 0.42), (right, LEFT + BODY * 0.42, BODY * 0.58)):
            self.y = top
            for index, text in enumerate(lines):
                last = index == len(lines) - 1
                style = Style(PLAIN if last else BOLD, 10, align="center")
                self._line(break_lines(text, style, width, self.numbers)[0], style, x, width)
                self.y += 14

    def _line(self, line: Line, style: Style, x: float, width: float) -> None:
        if style.align == "center":
            x += max(0.0, (width - line.width(style)) / 2)
        elif line.first:
            x += style.indent
        baseline = HEIGHT - self.y - style.size
        run = ""
        for word in line.words:
            for text, raised in word:
                if raised:
                    x = self._draw(run, x, baseline, style.font, style.size)
                    lift = style.size * RAISED_LIFT
                    x = self._draw(text, x, baseline + lift, PLAIN, style.size * RAISED_SIZE)
                    run = ""
                else:
                    run += text
            run += " "
        self._draw(run.rstrip(), x, baseline, style.font, style.size)

    def _draw(self, text: str, x: float, baseline: float, font: str, size: float) -> float:
        if text:
            self.canvas.setFont(font, size)
            self.canvas.drawString(x, baseline, text)
        return x + stringWidth(text, font, size)

    def _note_lines(self, key: str) -> list[Line]:
        return break_lines(f"[^{key}] {self.digest.notes[key]}", _NOTE, BODY, self.numbers)

    def _room(self, height: float, keys: tuple[str, ...]) -> None:
        """Turn the page unless a line of this height and its notes still go on it; then take the notes along."""
        new = [(key, self._note_lines(key)) for key in keys]
        step = _NOTE.size * _NOTE.leading
        notes = sum(len(lines) for _, lines in [*self.pending, *new]) * step
        if self.y + height + (notes + 14 if notes else 0) > HEIGHT - BOTTOM:
            self._turn()
        self.pending += new

    def _turn(self) -> None:
        self._foot()
        self.canvas.showPage()
        self.page += 1
        self.y = TOP
        self._draw(str(self.page), WIDTH / 2 - 4, HEIGHT - 36, PLAIN, 10)

    def _foot(self) -> None:
        if not self.pending:
            return
        step = _NOTE.size * _NOTE.leading
        height = sum(len(lines) for _, lines in self.pending) * step
        self.y = HEIGHT - BOTTOM - height
        self.canvas.setLineWidth(0.5)
        self.canvas.line(LEFT, HEIGHT - self.y + 4, LEFT + 140, HEIGHT - self.y + 4)
        for _, lines in self.pending:
            for line in lines:
                self._line(line, _NOTE, LEFT, BODY)
                self.y += step
        self.pending = []

    def _table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        size = 9.0 if len(rows[0]) < 9 else 7.0
        widths = _column_widths(rows)
        self.y += 5
        self._row(rows[0], widths, Style(BOLD, size, align="center", leading=1.2))
        for row in rows[1:]:
            self._row(row, widths, Style(PLAIN, size, leading=1.2), rows[0])
        self.y += 6

    def _row(
        self, row: tuple[str, ...], widths: list[float], style: Style, head: tuple[str, ...] | None = None
    ) -> None:
        cells = [
            break_lines(text, style, width - 2 * _PAD, self.numbers)
            for text, width in zip(row, widths, strict=True)
        ]
        step = style.size * style.leading
        height = max(map(len, cells)) * step + 2 * _PAD
        page = self.page
        keys = tuple(ANCHOR_RE.findall(" ".join(row)))
        self._room(height, keys)
        if page != self.page and head is not None:
            self._row(head, widths, Style(BOLD, style.size, align="center", leading=1.2))
        top, x = self.y, LEFT
        for lines, width in zip(cells, widths, strict=True):
            self.canvas.setLineWidth(0.6)
            self.canvas.rect(x, HEIGHT - top - height, width, height)
            self.y = top + _PAD
            for line in lines:
                self._line(line, style, x + _PAD, width - 2 * _PAD)
                self.y += step
            x += width
        self.y = top + height


def _column_widths(rows: tuple[tuple[str, ...], ...]) -> list[float]:
    """Widths by the longest word and the amount of text in each column, the whole body wide."""
    weights = []
    for column in zip(*rows, strict=True):
        longest = max(max((len(word) for word in cell.split()), default=1) for cell in column)
        most = max(len(cell) for cell in column)
        weights.append(longest + 1.5 + min(most, 60) * 0.35)
    return [BODY * weight / sum(weights) for weight in weights]
