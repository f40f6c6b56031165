"""What a Word paragraph or run looks like, through the chain of its styles."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from ingest.readers.docx_package import Element, W
from ingest.readers.flow import parse_count

_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run is printed; None where nothing says so."""

    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    size: float | None = None
    font: str | None = None

    def over(self, base: RunLook) -> RunLook:
        """This look where it says something, `base` elsewhere."""
        if self == _NO_LOOK:
            return base
        return RunLook(
            self.bold if self.bold is not None else base.bold,
            self.italic if self.italic is not None else base.italic,
            self.caps if self.caps is not None else base.caps,
            self.hidden if self.hidden is not None else base.hidden,
            self.raised if self.raised is not None else base.raised,
            self.size if self.size is not None else base.size,
            self.font if self.font is not None else base.font,
        )


_NO_LOOK = RunLook()


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """How a paragraph is set; `number` is the id of its list, `level` its depth there."""

    align: str | None = None
    outline: int | None = None
    number: str | None = None
    level: int | None = None
    break_before: bool = False
    indent: float | None = None


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    paragraph: ParagraphLook
    run: RunLook
    ruled: bool | None


@dataclass(slots=True)
class Styles:
    """The styles of a Word file, each with what it takes from the styles it is based on."""

    by_id: dict[str, _Style] = field(default_factory=dict)
    default_run: RunLook = _NO_LOOK
    default_paragraph: str | None = None
    default_table: str | None = None
    cache: dict[str | None, tuple[ParagraphLook, RunLook]] = field(default_factory=dict)

    def paragraph(self, style: str | None) -> tuple[ParagraphLook, RunLook]:
        """The look of a paragraph style, its bases included, over the defaults of the file."""
        if style not in self.cache:
            look, run = self._chain(style or self.default_paragraph)
            self.cache[style] = (look, run.over(self.default_run))
        return self.cache[style]

    def run(self, style: str | None) -> RunLook:
        """The look of a character style, its bases included."""
        return self._chain(style)[1] if style else _NO_LOOK

    def is_ruled(self, style: str | None) -> bool:
        """Whether a table style draws lines."""
        for entry in self._bases(style or self.default_table):
            if entry.ruled is not None:
                return entry.ruled
        return False

    def _chain(self, style: str | None) -> tuple[ParagraphLook, RunLook]:
        look, run = ParagraphLook(), _NO_LOOK
        for entry in self._bases(style):
            look, run = _paragraph_over(look, entry.paragraph), run.over(entry.run)
        return look, run

    def _bases(self, style: str | None) -> list[_Style]:
        entries: list[_Style] = []
        seen: set[str] = set()
        while style is not None and style in self.by_id and style not in seen:
            seen.add(style)
            entries.append(self.by_id[style])
            style = self.by_id[style].based_on
        return entries


def read_styles(root: Element | None) -> Styles:
    """The styles part of a Word file."""
    styles = Styles()
    if root is None:
        return styles
    default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    styles.default_run = read_run(default)
    for style in root.iterfind(f"{W}style"):
        key = style.get(f"{W}styleId")
        if key is None:
            continue
        kind = style.get(f"{W}type")
        if is_on(style.get(f"{W}default")) and style.get(f"{W}default") is not None:
            if kind == "paragraph":
                styles.default_paragraph = key
            elif kind == "table":
                styles.default_table = key
        styles.by_id[key] = _Style(
            value(style, "basedOn"),
            read_paragraph(style.find(f"{W}pPr")),
            read_run(style.find(f"{W}rPr")),
            borders_drawn(style.find(f"{W}tblPr/{W}tblBorders")),
        )
    return styles


def read_run(properties: Element | None) -> RunLook:
    """The look that run properties state themselves."""
    if properties is None or len(properties) == 0:
        return _NO_LOOK
    font = properties.find(f"{W}rFonts")
    size = value(properties, "sz")
    raised = value(properties, "vertAlign")
    position = value(properties, "position")
    if raised is None and position is not None:
        # A mark lifted by hand: half points, and smaller type.
        raised = "superscript" if _number(position) >= 6 and size is not None and _number(size) <= 20 else None
    return RunLook(
        _toggle(properties, "b"),
        _toggle(properties, "i"),
        _toggle(properties, "caps"),
        _toggle(properties, "vanish"),
        None if raised is None else raised == "superscript",
        _number(size) / 2 if size is not None and _number(size) > 0 else None,
        _font_name(font.get(f"{W}ascii") or font.get(f"{W}hAnsi")) if font is not None else None,
    )


def read_paragraph(properties: Element | None) -> ParagraphLook:
    """The look that paragraph properties state themselves."""
    if properties is None or len(properties) == 0:
        return ParagraphLook()
    outline = parse_count(value(properties, "outlineLvl"))
    numbering = properties.find(f"{W}numPr")
    indent = properties.find(f"{W}ind")
    left = (indent.get(f"{W}left") or indent.get(f"{W}start")) if indent is not None else None
    first = indent.get(f"{W}firstLine") if indent is not None else None
    hanging = indent.get(f"{W}hanging") if indent is not None else None
    level = parse_count(value(numbering, "ilvl")) if numbering is not None else None
    return ParagraphLook(
        value(properties, "jc"),
        outline if outline is not None and 0 <= outline < 9 else None,
        value(numbering, "numId") if numbering is not None else None,
        level,
        bool(_toggle(properties, "pageBreakBefore")),
        (_number(left) + _number(first) - _number(hanging)) / 20 if left or first or hanging else None,
    )


def merge_paragraph(own: ParagraphLook, style: ParagraphLook) -> ParagraphLook:
    """A paragraph's own look over its style's; a list named by the paragraph brings its own level."""
    merged = _paragraph_over(own, style)
    if own.number is not None and own.level is None:
        merged = replace(merged, level=0 if style.level is None else style.level)
    return merged


def borders_drawn(borders: Element | None) -> bool | None:
    """Whether borders are drawn; None where nothing is said."""
    if borders is None or len(borders) == 0:
        return None
    drawn = [
        side.get(f"{W}val") not in {"nil", "none", None}
        for side in borders
        if str(side.tag).rpartition("}")[2] not in {"tl2br", "tr2bl"}
    ]
    return any(drawn) if drawn else None


def value(parent: Element, name: str) -> str | None:
    """The value of a property."""
    found = parent.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def is_on(text: str | None) -> bool:
    """Whether a switch is on; it is when it stands there without a value."""
    return text not in _OFF


def _toggle(parent: Element, name: str) -> bool | None:
    found = parent.find(f"{W}{name}")
    return None if found is None else is_on(found.get(f"{W}val"))


@lru_cache(maxsize=1024)
def _font_name(name: str | None) -> str | None:
    return name.strip() if name else None


def _number(text: str | None) -> float:
    try:
        return float(text) if text else 0.0
    except ValueError:
        return 0.0


def _paragraph_over(own: ParagraphLook, base: ParagraphLook) -> ParagraphLook:
    return ParagraphLook(
        own.align if own.align is not None else base.align,
        own.outline if own.outline is not None else base.outline,
        own.number if own.number is not None else base.number,
        own.level if own.level is not None else base.level,
        own.break_before or base.break_before,
        own.indent if own.indent is not None else base.indent,
    )
