"""A page's elements as paragraphs and tables, white space folded as a browser folds it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.readers.flow import FlowBlock, FlowParagraph, parse_count, raise_digits
from ingest.readers.html_notes import NoteLinks, find_notes
from ingest.readers.html_page import Element
from ingest.readers.html_tables import TableBuilder
from kb.models import LineKind, Style
from kb.text.normalize import nfc

_SKIPPED_WORDS = (
    "script style head title template svg noscript iframe object embed canvas audio video map datalist"
)
_BLOCK_WORDS = """
address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary ul caption button option select
textarea
"""
_SKIPPED, _BLOCKS = frozenset(_SKIPPED_WORDS.split()), frozenset(_BLOCK_WORDS.split())
_BOLD, _ITALIC = frozenset({"b", "strong", "th"}), frozenset({"i", "em", "cite"})
_CENTERED_RE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_NOT_CENTERED_RE = re.compile(r"text-align\s*:\s*(?:left|right|justify|start)", re.IGNORECASE)
_BOLD_RE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_THIN_RE = re.compile(r"font-weight\s*:\s*(?:normal|[1-4]00)", re.IGNORECASE)
_ITALIC_RE = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_RAISED_RE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_HIDDEN_RE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_CAPITALS_RE = re.compile(r"text-transform\s*:\s*uppercase", re.IGNORECASE)
_SIZE_RE = re.compile(r"font-size\s*:\s*(?P<size>\d+(?:\.\d+)?)(?P<unit>pt|px)", re.IGNORECASE)
_LABEL_CLASS_RE = re.compile(r"label|title|caption", re.IGNORECASE)
_FOLD_RE = re.compile(r"[ \t\r\n\f\u00a0]+")
# A hidden element longer than this holds the document (a tab of the portal), not a tooltip.
_TOOLTIP = 400


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element hands down to the words in it."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    capitals: bool = False
    centered: bool = False
    verbatim: bool = False
    size: float | None = None
    heading: int | None = None
    frame: bool = False
    note: bool = False


@dataclass(slots=True)
class _Buffer:
    """A paragraph while its words come in."""

    lines: list[list[tuple[str, bool]]] = field(default_factory=lambda: [[]])
    letters: int = 0
    bold: int = 0
    italic: int = 0
    centered: int = 0
    size: float | None = None
    heading: int | None = None
    note: bool = False
    frame: bool = False


@dataclass(slots=True)
class PageReader:
    """Reads a page; `frame` are the elements outside the document; `hidden` are texts a browser does not show."""

    frame: frozenset[Element]
    hidden: list[str] = field(default_factory=list)
    notes: NoteLinks = field(default_factory=NoteLinks)
    buffer: _Buffer = field(default_factory=_Buffer)
    blocks: list[FlowBlock] = field(default_factory=list)
    tables: list[tuple[TableBuilder, list[FlowBlock]]] = field(default_factory=list)
    label: str = ""
    counts: dict[Element, int] = field(default_factory=dict)

    def read(self, body: Element) -> list[FlowBlock]:
        """The blocks of a page in order; the walk keeps its own stack, for pages nest without end."""
        self.notes = find_notes(body)
        stack: list[tuple[Element, _Look, bool]] = [(body, _Look(), False)]
        while stack:
            element, look, closing = stack.pop()
            if closing:
                self._close(element)
                self._add_text(element.tail, look)
                continue
            tag = element.tag
            if not isinstance(tag, str) or tag in _SKIPPED or self._hide(element):
                self._add_text(element.tail, look)
                continue
            inner = self._open(element, look)
            # The tail belongs to the parent, hence the parent's look on the way out.
            stack.append((element, look, True))
            self._add_text(element.text, inner)
            stack.extend((child, inner, False) for child in reversed(element))
        self._flush()
        return self.blocks

    def _hide(self, element: Element) -> bool:
        style = element.get("style")
        hidden = "hidden" in element.attrib or (style is not None and _HIDDEN_RE.search(style) is not None)
        if not hidden:
            return False
        text = " ".join(" ".join(element.itertext()).split())
        if len(text) > _TOOLTIP:
            return False
        if text:
            self.hidden.append(text)
        return True

    def _open(self, element: Element, look: _Look) -> _Look:
        tag = element.tag
        inner = _look_of(element, look, element in self.frame)
        if element in self.notes.bodies:
            inner = _replace_note(inner)
        if tag == "br":
            self.buffer.lines.append([])
        elif tag == "table":
            self._flush()
            self.tables.append((TableBuilder(element, inner.frame), self.blocks))
        elif tag == "tr" and self.tables:
            self._flush()
            self.tables[-1][0].open_row(element)
        elif tag in {"td", "th"} and self.tables:
            self._flush()
            self.blocks = self.tables[-1][0].open_cell(element)
        elif tag in _BLOCKS:
            self._flush()
            if tag == "li":
                self.label = self._list_label(element)
        elif tag == "img" and element.get("alt") and inner.frame:
            self._add_text(element.get("alt"), inner)
        if element in self.notes.marks:
            self._add_mark(self.notes.marks[element], inner)
        return inner

    def _close(self, element: Element) -> None:
        tag = element.tag
        if tag == "table" and self.tables:
            self._flush()
            builder, self.blocks = self.tables.pop()
            self.blocks.extend(builder.build())
        elif tag in {"td", "th"} and self.tables:
            self._flush()
            self.blocks = self.tables[-1][0].outside
        elif tag in _BLOCKS or tag == "tr":
            self._flush()
        elif tag == "span" and _LABEL_CLASS_RE.search(element.get("class") or ""):
            # Style sheets set the label of a property apart from its value; without them they would touch.
            self._add_words(" ", _Look())

    def _list_label(self, item: Element) -> str:
        """What a browser prints before a list item."""
        parent = item.getparent()
        style = f"{item.get('style') or ''} {parent.get('style') or ''}"
        if "list-style" in style and "none" in style:
            return ""
        if parent.tag != "ol":
            return "- "
        own, start = parse_count(item.get("value")), parse_count(parent.get("start"))
        number = self.counts.get(parent, 0 if start is None else start - 1) + 1 if own is None else own
        self.counts[parent] = number
        return _count(number, parent.get("type") or "1")

    def _add_mark(self, mark: str, look: _Look) -> None:
        buffer = self.buffer
        if mark.startswith("\n"):
            # The head of a note: its paragraph is a note line that begins with the mark.
            self._flush()
            buffer = self.buffer
            buffer.note = True
            buffer.lines[-1].append((f"{mark.strip()} ", False))
        else:
            line = buffer.lines[-1]
            if line:
                line[-1] = (line[-1][0].rstrip(), line[-1][1])
            line.append((mark, False))
        buffer.letters += 1

    def _add_text(self, text: str | None, look: _Look) -> None:
        if not text:
            return
        if look.verbatim:
            first, *others = text.split("\n")
            self._add_words(first, look)
            for other in others:
                self.buffer.lines.append([])
                self._add_words(other, look)
        else:
            self._add_words(_FOLD_RE.sub(" ", text), look)

    def _add_words(self, text: str, look: _Look) -> None:
        buffer = self.buffer
        size = len(text.strip())
        if not size and not any(buffer.lines):
            return
        if size:
            if not buffer.letters:
                buffer.size, buffer.heading, buffer.frame = look.size, look.heading, look.frame
            buffer.letters += size
            buffer.bold += size if look.bold else 0
            buffer.italic += size if look.italic else 0
            buffer.centered += size if look.centered else 0
            buffer.note = buffer.note or look.note
        buffer.lines[-1].append((text.upper() if look.capitals else text, look.raised))

    def _flush(self) -> None:
        buffer, self.buffer = self.buffer, _Buffer()
        if not buffer.letters:
            return
        label, self.label = "" if buffer.frame else self.label, ""
        lines = [nfc(_FOLD_RE.sub(" ", _join(line)).strip()) for line in buffer.lines]
        first = next((index for index, line in enumerate(lines) if line), None)
        if first is None:
            return
        lines[first] = label + lines[first]
        kind = LineKind.NOTE if buffer.note else LineKind.TEXT
        style = Style(
            buffer.size,
            buffer.bold > 0.8 * buffer.letters,
            buffer.italic > 0.8 * buffer.letters,
            buffer.centered > 0.5 * buffer.letters,
            None,
            buffer.heading,
        )
        self.blocks.append(FlowParagraph(tuple(lines), LineKind.FURNITURE if buffer.frame else kind, style))


def _look_of(element: Element, look: _Look, in_frame: bool) -> _Look:
    tag, style = element.tag, element.get("style") or ""
    bold = (look.bold or tag in _BOLD or bool(_BOLD_RE.search(style))) and not _THIN_RE.search(style)
    align = (element.get("align") or "").lower()
    centered = look.centered and tag not in {"table", "td"}
    if tag == "center" or align in {"center", "middle"} or _CENTERED_RE.search(style):
        centered = True
    elif align or _NOT_CENTERED_RE.search(style):
        centered = False
    heading = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else look.heading
    found = _SIZE_RE.search(style) if style else None
    size = look.size
    if found:
        size = round(float(found["size"]) * (0.75 if found["unit"].lower() == "px" else 1), 1)
    return _Look(
        bold or heading is not None,
        look.italic or tag in _ITALIC or bool(_ITALIC_RE.search(style)),
        tag == "sup" or look.raised or bool(_RAISED_RE.search(style)),
        look.capitals or bool(_CAPITALS_RE.search(style)),
        centered,
        look.verbatim or tag == "pre",
        size,
        heading,
        look.frame or in_frame,
        look.note,
    )


def _replace_note(look: _Look) -> _Look:
    return _Look(
        look.bold, look.italic, look.raised, look.capitals, look.centered, look.verbatim, look.size, look.heading,
        look.frame, True,
    )  # fmt: skip


def _join(pieces: Iterable[tuple[str, bool]]) -> str:
    """The text of a line; raised pieces side by side are one mark."""
    text, raised = "", ""
    for piece, is_raised in pieces:
        if is_raised:
            raised += piece
            continue
        text += raise_digits(raised) + piece
        raised = ""
    return text + raise_digits(raised)


def _count(number: int, kind: str) -> str:
    if kind in {"a", "A"} and 1 <= number <= 26:
        letter = chr(96 + number)
        return f"{letter if kind == 'a' else letter.upper()}) "
    return f"{number}. "
