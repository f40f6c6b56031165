"""Small PDFs for tests: text at places, rules, pictures; drawn in a font that has Vietnamese letters."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FOLDER = "/usr/share/fonts/truetype/dejavu"
for _name, _file in (("Serif", ""), ("SerifBold", "-Bold"), ("SerifItalic", "-Italic")):
    pdfmetrics.registerFont(TTFont(_name, f"{FOLDER}/DejaVuSerifCondensed{_file}.ttf"))

# Wider than A4, for DejaVu is wider than the Times of real documents (which has no free twin with these letters).
WIDTH, HEIGHT = 740.0, 842.0


class Sheet:
    """A page to draw on; heights run from the top."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def text(self, x: float, top: float, text: str, size: float = 14, font: str = "Serif") -> float:
        """Write from x on the baseline `top`; returns where the text ends."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - top, text)
        return x + self.canvas.stringWidth(text, font, size)

    def centered(self, x: float, top: float, text: str, size: float = 14, font: str = "Serif") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawCentredString(x, HEIGHT - top, text)

    def mark(self, x: float, top: float, mark: str, size: float = 14) -> float:
        """A raised mark as Word sets it: two thirds of the size, a third of it higher."""
        return self.text(x, top - 0.33 * size, mark, 0.65 * size)

    def rule(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)

    def paragraph(self, top: float, lines: list[str], indent: float = 28, size: float = 14) -> float:
        for index, line in enumerate(lines):
            self.text(85 + (indent if index == 0 else 0), top, line, size)
            top += 1.25 * size
        return top

    def grid(self, xs: list[float], tops: list[float]) -> None:
        for x in xs:
            self.rule(x, tops[0], x, tops[-1])
        for top in tops:
            self.rule(xs[0], top, xs[-1], top)


def make_pdf(*pages: Callable[[Sheet], None], encrypt: str | None = None) -> bytes:
    """A PDF with a page for each drawing function."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), encrypt=encrypt)
    for draw in pages:
        draw(Sheet(canvas))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
