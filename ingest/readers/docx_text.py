"""The words of one Word paragraph, as printed, with the marks of its notes and the boxes anchored in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.readers.docx_notes import Notes
from ingest.readers.docx_package import MC, Element, W, iter_children
from ingest.readers.docx_styles import RunLook, Styles, read_run
from ingest.readers.flow import raise_digits
from kb.text.legacy import convert_legacy, font_encoding
from kb.text.normalize import nfc

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SYMBOL_FONTS = ("symbol", "wingdings", "webdings", "zapf")
# Symbols that documents use, by font and code; others keep their private code.
_SYMBOLS = {
    "wingdings 2": {0xA3: "□", 0x2A: "□", 0x52: "☑", 0x53: "☒", 0x50: "✓", 0x4F: "✗"},
    "wingdings": {0x6F: "□", 0x71: "□", 0xA8: "□", 0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0xA7: "▪",
                  0xD8: "➢"},
    "symbol": {0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB0: "°", 0x61: "α", 0x62: "β",
               0x53: "Σ", 0x44: "Δ", 0x2D: "−", 0xAE: "→", 0xDE: "⇒", 0x70: "π", 0xF0: "", 0x2A: "*", 0x2B: "+"},
}  # fmt: skip


_UNICODE_RE = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")


@dataclass(slots=True)
class Progress:
    """Where a reading stands: the page, open fields, hidden letters, and words in fonts of old encodings.

    `converted` are the encodings whose fonts are believed: Unicode text, too, is often left in a font named
    ``.VnTime``, and then its letters must not be read as codes.
    """

    styles: Styles
    notes: Notes
    page: int | None = None
    rendered: bool = False
    fields: list[bool] = field(default_factory=list)
    hidden: int = 0
    old_fonts: dict[str, list[str]] = field(default_factory=dict)
    converted: frozenset[str] = frozenset()

    @property
    def in_instruction(self) -> bool:
        """Whether the words at hand are a field's instruction, which is not printed."""
        return any(self.fields)

    def find_encodings(self) -> frozenset[str]:
        """The encodings in which the words met in old fonts are really written."""
        return frozenset(name for name, words in self.old_fonts.items() if _is_coded("".join(words)))

    def turn_page(self, rendered: bool) -> None:
        """Go to the next page; breaks that Word found when it last printed count before those that were typed."""
        if self.page is not None and rendered == self.rendered:
            self.page += 1


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    encoding: str | None = None
    capitals: bool = False
    raised: bool = False
    mark: bool = False


@dataclass(slots=True)
class Words:
    """The words of a paragraph while it is read."""

    progress: Progress
    lines: list[list[_Piece]] = field(default_factory=lambda: [[]])
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, Element]] = field(default_factory=list)
    page: int | None = None
    letters: int = 0
    bold: int = 0
    italic: int = 0
    sizes: dict[float, int] = field(default_factory=dict)
    waiting: tuple[str, str] | None = None

    def read(self, paragraph: Element, base: RunLook) -> None:
        """Add what a paragraph holds; `base` is the look its style gives to runs."""
        for child in iter_children(paragraph):
            if child.tag == f"{W}r":
                self._read_run(child, base)
            elif child.tag.startswith(_MATH):
                self._add("".join(text.text or "" for text in child.iter(f"{_MATH}t")), base)

    def texts(self) -> tuple[str, ...]:
        """The lines of the paragraph, cut at its line breaks."""
        return tuple(nfc(_join(line)) for line in self.lines)

    def _read_run(self, run: Element, base: RunLook) -> None:
        properties = run.find(f"{W}rPr")
        look = base
        if properties is not None:
            style = properties.find(f"{W}rStyle")
            if style is not None:
                look = self.progress.styles.run(style.get(f"{W}val")).over(look)
            look = read_run(properties).over(look)
        for child in iter_children(run):
            name = child.tag.rpartition("}")[2]
            if name == "t":
                self._add(child.text or "", look)
            elif name in _SIGNS:
                self._add(_SIGNS[name], look)
            elif name in {"br", "cr"}:
                self._break(child.get(f"{W}type"))
            elif name == "lastRenderedPageBreak":
                self.progress.turn_page(rendered=True)
            elif name in {"footnoteReference", "endnoteReference"}:
                self._add_mark(child, name.removesuffix("Reference"), look)
            elif name == "fldChar":
                self._turn_field(child.get(f"{W}fldCharType"))
            elif name == "sym":
                self._add(_symbol(child), look)
            elif name in {"drawing", "pict", "object"}:
                self.boxes.extend(_iter_boxes(child))

    def _add(self, text: str, look: RunLook) -> None:
        if not text or self.progress.in_instruction:
            return
        if look.hidden:
            self.progress.hidden += len(text.strip())
            return
        encoding, capitals = _font(look.font)
        if encoding is not None:
            self.progress.old_fonts.setdefault(encoding, []).append(text)
            if encoding not in self.progress.converted:
                encoding, capitals = None, False
        if self.waiting is not None:
            self._take_custom_mark(text)
            return
        size = len(text.strip())
        if size:
            if not self.letters:
                self.page = self.progress.page
            self.letters += size
            self.bold += size if look.bold else 0
            self.italic += size if look.italic else 0
            if look.size is not None:
                self.sizes[look.size] = self.sizes.get(look.size, 0) + size
        self.lines[-1].append(_Piece(text, encoding, capitals or bool(look.caps), bool(look.raised)))

    def _add_mark(self, reference: Element, kind: str, look: RunLook) -> None:
        key = kind, reference.get(f"{W}id", "")
        if self.progress.in_instruction:
            return
        if reference.get(f"{W}customMarkFollows") in {"1", "true", "on"}:
            self.waiting = key
            return
        mark = self.progress.notes.next_mark(kind, self.progress.page)
        self._place_mark(mark, key)

    def _take_custom_mark(self, text: str) -> None:
        """The text after a reference that brings its own mark (``*``) is that mark."""
        if self.waiting is not None and text.strip():
            key, self.waiting = self.waiting, None
            self._place_mark(raise_digits(text.strip()), key)

    def _place_mark(self, mark: str, key: tuple[str, str]) -> None:
        line = self.lines[-1]
        # A mark belongs to the word before it, and two marks in a row must not read as one number.
        if line and line[-1].mark:
            line.append(_Piece(","))
        elif line and line[-1].text.strip():
            line[-1] = _Piece(
                line[-1].text.rstrip(), line[-1].encoding, line[-1].capitals, line[-1].raised, line[-1].mark
            )
        line.append(_Piece(mark, mark=True))
        body = self.progress.notes.bodies.get(key)
        if body is not None:
            self.notes.append((mark, body))

    def _break(self, kind: str | None) -> None:
        if self.progress.in_instruction:
            return
        if kind == "page":
            self.progress.turn_page(rendered=False)
        self.lines.append([])

    def _turn_field(self, kind: str | None) -> None:
        fields = self.progress.fields
        if kind == "begin":
            fields.append(True)
        elif kind == "separate" and fields:
            fields[-1] = False
        elif kind == "end" and fields:
            fields.pop()


_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": ""}


def _join(pieces: list[_Piece]) -> str:
    """The text of a line; neighbours alike are taken together, for a VNI letter may be cut in two."""
    parts: list[str] = []
    at = 0
    while at < len(pieces):
        first = pieces[at]
        end = at
        while end < len(pieces) and _alike(pieces[end], first):
            end += 1
        text = "".join(piece.text for piece in pieces[at:end])
        if first.encoding is not None:
            text = convert_legacy(text, first.encoding)
        if first.capitals:
            text = text.upper()
        parts.append(raise_digits(text) if first.raised else text)
        at = end
    return "".join(parts)


def _alike(piece: _Piece, other: _Piece) -> bool:
    return (piece.encoding, piece.capitals, piece.raised, piece.mark) == (
        other.encoding,
        other.capitals,
        other.raised,
        other.mark,
    )


def _is_coded(words: str) -> bool:
    """Whether words hold codes of an old encoding: marked letters, and hardly any that only Unicode has."""
    return not words.isascii() and len(_UNICODE_RE.findall(words)) * 100 <= len(words)


@lru_cache(maxsize=1024)
def _font(name: str | None) -> tuple[str | None, bool]:
    return font_encoding(name) if name else (None, False)


def _symbol(element: Element) -> str:
    font = (element.get(f"{W}font") or "").lower()
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    for name, table in _SYMBOLS.items():
        if font.startswith(name) and low in table:
            return table[low]
    if font.startswith(_SYMBOL_FONTS) or low < 0x20 or low > 0x10FFFF:
        return chr(code) if code <= 0x10FFFF else ""
    return chr(low)


def _iter_boxes(element: Element) -> Iterator[Element]:
    """The text boxes in a drawing, each once: of alternative contents the first."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag == f"{MC}AlternateContent":
            chosen = child.find(f"{MC}Choice")
            chosen = chosen if chosen is not None else child.find(f"{MC}Fallback")
            if chosen is not None:
                yield from _iter_boxes(chosen)
        else:
            yield from _iter_boxes(child)
