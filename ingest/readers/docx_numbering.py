"""The labels that Word prints before the paragraphs of its lists: ``Điều 1.``, ``a)``, ``1.2.``, ``-``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.readers.docx_package import Element, W
from ingest.readers.docx_styles import value
from ingest.readers.flow import parse_count

_LEVELS = 9
_PLACE_RE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    glued: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a Word file and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    overrides: dict[tuple[str, int], _Level] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    style_levels: dict[tuple[str, str], int] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """The label of the next paragraph of a list, with the space that follows it; "" for none."""
        abstract = self.lists.get(number)
        if abstract is None or number == "0" or not 0 <= level < _LEVELS:
            return ""
        own = self._level(number, level)
        counts = self.counts.setdefault(abstract, [None] * _LEVELS)
        start = self.restarts.pop((number, level), None)
        if start is not None:
            counts[level] = start
        else:
            current = counts[level]
            counts[level] = own.start if current is None else current + 1
        for deeper in range(level + 1, _LEVELS):
            restart = self._level(number, deeper).restart
            if restart is None or (restart > 0 and level < restart):
                counts[deeper] = None
        if own.form == "bullet":
            return _bullet(own.text, level) + " "
        label = _PLACE_RE.sub(lambda found: self._count(number, int(found[1]) - 1, own, counts), own.text)
        return label + ("" if own.glued or not label else " ")

    def style_level(self, number: str, style: str | None) -> int | None:
        """The level of a list that is tied to a paragraph style."""
        return self.style_levels.get((self.lists.get(number, ""), style)) if style else None

    def _level(self, number: str, level: int) -> _Level:
        override = self.overrides.get((number, level))
        return override or self.levels.get(self.lists.get(number, ""), {}).get(level, _Level())

    def _count(self, number: str, level: int, own: _Level, counts: list[int | None]) -> str:
        shown = self._level(number, level)
        count = counts[level]
        form = "decimal" if own.legal else shown.form
        return format_count(shown.start if count is None else count, form)


def read_numbering(root: Element | None) -> Numbering:
    """The numbering part of a Word file."""
    numbering = Numbering()
    if root is None:
        return numbering
    links: dict[str, str] = {}
    styles: dict[str, str] = {}
    for abstract in root.iterfind(f"{W}abstractNum"):
        key = abstract.get(f"{W}abstractNumId", "")
        levels = {}
        for element in abstract.iterfind(f"{W}lvl"):
            level = parse_count(element.get(f"{W}ilvl")) or 0
            levels[level] = _read_level(element)
            style = value(element, "pStyle")
            if style is not None:
                numbering.style_levels[key, style] = level
        numbering.levels[key] = levels
        if (name := value(abstract, "styleLink")) is not None:
            styles[name] = key
        if (name := value(abstract, "numStyleLink")) is not None:
            links[key] = name
    for number in root.iterfind(f"{W}num"):
        key = number.get(f"{W}numId", "")
        abstract_key = value(number, "abstractNumId") or ""
        abstract_key = styles.get(links.get(abstract_key, ""), abstract_key)
        numbering.lists[key] = abstract_key
        for change in number.iterfind(f"{W}lvlOverride"):
            level = parse_count(change.get(f"{W}ilvl")) or 0
            inner = change.find(f"{W}lvl")
            if inner is not None:
                numbering.overrides[key, level] = _read_level(inner)
            start = parse_count(value(change, "startOverride"))
            if start is not None:
                numbering.restarts[key, level] = start
    return numbering


def _read_level(element: Element) -> _Level:
    start, restart = parse_count(value(element, "start")), parse_count(value(element, "lvlRestart"))
    legal = element.find(f"{W}isLgl")
    return _Level(
        1 if start is None else start,
        value(element, "numFmt") or "decimal",
        value(element, "lvlText") or "",
        legal is not None and legal.get(f"{W}val") not in {"0", "false"},
        restart,
        value(element, "suff") == "nothing",
    )


def format_count(count: int, form: str) -> str:
    """A number in one of Word's number formats; in figures where the format is not known.

    >>> [format_count(4, form) for form in ("decimal", "lowerLetter", "upperRoman", "vietnameseCounting")]
    ['4', 'd', 'IV', 'bốn']
    """
    return _FORMS.get(form, str)(count)


def _letters(count: int) -> str:
    """Word counts a ... z, aa, bb: English letters, without đ."""
    return chr(97 + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count <= 780 else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    text = ""
    for size, sign in _ROMAN:
        text += sign * (count // size)
        count %= size
    return text


def _words(count: int) -> str:
    if not 0 <= count < 100:
        return str(count)
    tens, units = divmod(count, 10)
    if tens == 0:
        return _UNITS[units]
    head = "mười" if tens == 1 else f"{_UNITS[tens]} mươi"
    special = {1: "mốt" if tens > 1 else "một", 5: "lăm", 0: ""}
    return f"{head} {special.get(units, _UNITS[units])}".strip()


def _symbol(count: int) -> str:
    """Chicago style: ``*``, ``†``, ``‡``, ``§``, then doubled."""
    return "*†‡§"[(count - 1) % 4] * ((count - 1) // 4 + 1) if count > 0 else str(count)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "vietnameseCounting": _words,
    "cardinalText": lambda count: _words(count).capitalize(),
    "numberInDash": lambda count: f"- {count} -",
    "chicago": _symbol,
    "none": lambda count: "",
}


def _bullet(text: str, level: int) -> str:
    """Bullets as documents print them: ``-`` and, below it, ``+``; symbol fonts have no text of their own."""
    if text in {"+", "*", "•", "–", "-"}:
        return "-" if text in "–•" and level == 0 else text
    return "-" if level == 0 else "+"
