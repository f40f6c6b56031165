"""Text broken into lines of a width, with raised marks of notes."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

from tools.digests.source import ANCHOR_RE

#: A raised mark as Word sets it: two thirds of the size, a third of it higher.
RAISED_SIZE, RAISED_LIFT = 0.65, 0.33


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set; `leading` in sizes."""

    font: str
    size: float
    align: str = "left"
    indent: float = 0.0
    before: float = 0.0
    leading: float = 1.3


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line, each a run of pieces (text, raised), and the notes anchored in it."""

    words: tuple[tuple[tuple[str, bool], ...], ...]
    notes: tuple[str, ...]
    first: bool

    def width(self, style: Style) -> float:
        """The room the line takes."""
        space = stringWidth(" ", style.font, style.size)
        return sum(word_width(word, style) for word in self.words) + space * (len(self.words) - 1)


def word_width(word: tuple[tuple[str, bool], ...], style: Style) -> float:
    """The room a word with its marks takes."""
    return sum(stringWidth(text, style.font, style.size * (RAISED_SIZE if raised else 1)) for text, raised in word)


def break_lines(text: str, style: Style, width: float, numbers: dict[str, int]) -> list[Line]:
    """The lines of a text; a text of nothing has one empty line."""
    space = stringWidth(" ", style.font, style.size)
    lines: list[Line] = []
    words: list[tuple[tuple[str, bool], ...]] = []
    notes: list[str] = []
    used = style.indent
    for word, keys in _words(text, numbers):
        room = word_width(word, style)
        if words and used + space + room > width:
            lines.append(Line(tuple(words), tuple(notes), not lines))
            words, notes, used = [], [], 0.0
        used += room + (space if words else 0)
        words.append(word)
        notes.extend(keys)
    lines.append(Line(tuple(words), tuple(notes), not lines))
    return lines


def _words(text: str, numbers: dict[str, int]) -> list[tuple[tuple[tuple[str, bool], ...], list[str]]]:
    found = []
    for raw in text.split():
        pieces: list[tuple[str, bool]] = []
        at = 0
        for anchor in ANCHOR_RE.finditer(raw):
            pieces += [(raw[at : anchor.start()], False), (str(numbers[anchor.group(1)]), True)]
            at = anchor.end()
        pieces.append((raw[at:], False))
        found.append((tuple(piece for piece in pieces if piece[0]), ANCHOR_RE.findall(raw)))
    return found
