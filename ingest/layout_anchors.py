"""Marks of notes: ``¹²``, ``[3]``, ``[^3]``, ``<sup>4</sup>``, ``(*)``, ``(1)``, figures close behind a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_TO_SUPERSCRIPTS = str.maketrans("0123456789", SUPERSCRIPTS)
_RAISED_RE = re.compile(rf"[{SUPERSCRIPTS}]{{1,3}}(?:,\s?[{SUPERSCRIPTS}]{{1,3}})*")
_BRACKET_RE = re.compile(r"\[\^?(?P<number>[1-9]\d{0,2})\]")
_TAGGED_RE = re.compile(r"<sup>\s*[(\[]?(?P<number>\d{1,3}|\*{1,3})[)\]]?\s*</sup>", re.IGNORECASE)
# A search that begins with a sign to look for is fast; what stands before it is asked behind it.
_STAR_RE = re.compile(r"[(*](?:(?<=\()(?P<number>\*{1,3})\)|(?<=[^\W_]\*)\*{0,2}(?=[\s,.;:)\t]|$))")
_ROUND_RE = re.compile(r"(?<=[^\W_]|[.…”\"])\((?P<number>\d{1,2})\)")
_CLOSE_RE = re.compile(r"(?<=[^\W\d_]|[.,;:)”\"])(?P<number>\d{1,2})(?=[\s.,;:)]|$)")
# What stands before an exponent: units of length, area and volume, formulas; powers of ten.
_UNIT_RE = re.compile(r"(?:^|[\s\d/(.,×x*])(?:[kcdmµhn]?m|ha|dam|inch|ft|yd|s|[xyRr])$")
#: Of these the first raised figure is an exponent, whatever mark stands behind it: ``triệu đồng/m²¹``.
_SQUARED_RE = re.compile(r"(?:^|[\s\d/(.,])[kcdm]?m$")
_TEN_RE = re.compile(r"(?:^|[^\d.,])10$")
_START_RE = re.compile(
    rf"""[*_(\[]{{0,3}}(?:
        (?P<raised>[{SUPERSCRIPTS}]{{1,3}})[)\].]?\s*
      | <sup>\s*[(\[]?(?P<tagged>\d{{1,3}}|\*{{1,3}})[)\]]?\s*</sup>\s*
      )""",
    re.VERBOSE | re.IGNORECASE,
)
_BRACKET_START_RE = re.compile(r"\[\^?(?P<number>[1-9]\d{0,2})\]:?\s*")
_STAR_START_RE = re.compile(r"(?:\((?P<number>\*{1,3})\)|(?P<bare>\*{1,3})(?=[\s(]|[^\W\d_]))\s*:?\s*")
_ROUND_START_RE = re.compile(r"\((?P<number>\d{1,2})\)\s*:?\s*")
_CLOSE_START_RE = re.compile(r"(?P<number>\d{1,2})\s+(?=[\"“A-ZÀ-ỸĐ])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of a note: its place, what it says (``12``, ``*``), and how it is printed.

    `kind` is ``raised``, ``bracket``, ``star``, ``round`` or ``close`` (a figure close behind a word).
    """

    start: int
    end: int
    number: str
    kind: str

    @property
    def value(self) -> int:
        """Its place in a numbering; the number of stars for stars."""
        return int(self.number) if self.number.isdecimal() else len(self.number)


def find_raised(text: str) -> Iterator[Mark]:
    """The superscript marks of a text; an exponent (m², 10⁶) is none.

    >>> [(mark.number, mark.start) for mark in find_raised("2025¹² và 30 m², tỉnh²,³")]
    [('12', 4), ('2', 21), ('3', 23)]
    >>> [mark.number for mark in find_raised("16,8 triệu đồng/m²¹ và 40 m³⁵")]
    ['1', '5']
    """
    for found in _RAISED_RE.finditer(text):
        start, raised, before = found.start(), found.group(), text[max(0, found.start() - 6) : found.start()]
        if _is_exponent(before, raised):
            continue
        if raised[0] in "²³" and raised[1:2].isdigit() and _SQUARED_RE.search(before):
            start, raised = start + 1, raised[1:]
        for piece in re.finditer(rf"[{SUPERSCRIPTS}]+", raised):
            number = str(int(piece.group().translate(_TO_DIGITS)))
            yield Mark(start + piece.start(), start + piece.end(), number, "raised")
    if "<sup" in text or "<SUP" in text:
        for found in _TAGGED_RE.finditer(text):
            yield Mark(found.start(), found.end(), found["number"], "star" if "*" in found["number"] else "raised")


def _is_exponent(before: str, mark: str) -> bool:
    if mark in "²³":
        return _UNIT_RE.search(before) is not None or _TEN_RE.search(before) is not None
    return len(mark) == 1 and mark != "¹" and _TEN_RE.search(before) is not None


def find_brackets(text: str) -> Iterator[Mark]:
    """Marks in square brackets."""
    for found in _BRACKET_RE.finditer(text):
        yield Mark(found.start(), found.end(), str(int(found["number"])), "bracket")


def find_stars(text: str) -> Iterator[Mark]:
    """``(*)`` anywhere, and stars close behind a word."""
    for found in _STAR_RE.finditer(text) if "*" in text else ():
        yield Mark(found.start(), found.end(), found["number"] or found.group(), "star")


def find_rounds(text: str) -> Iterator[Mark]:
    """``(1)`` close behind a word."""
    for found in _ROUND_RE.finditer(text):
        yield Mark(found.start(), found.end(), str(int(found["number"])), "round")


def find_close(text: str) -> Iterator[Mark]:
    """Figures close behind a word or a full stop, as text layers print superscript marks."""
    for found in _CLOSE_RE.finditer(text):
        yield Mark(found.start(), found.end(), str(int(found["number"])), "close")


#: The marks of each kind in a text.
FINDERS = {
    "raised": find_raised,
    "bracket": find_brackets,
    "star": find_stars,
    "round": find_rounds,
    "close": find_close,
}


def read_raised_start(text: str) -> Mark | None:
    """The superscript mark that a note begins with; its end is where the words begin.

    >>> read_raised_start("¹²Chỉ thị số 08/CT-UBND").end, read_raised_start("m² đất")
    (2, None)
    """
    if text[0] not in _RAISED_FIRST:
        return None
    found = _START_RE.match(text)
    if found is None:
        return None
    number = found["raised"] or found["tagged"]
    if number.startswith("*"):
        return Mark(found.start(), found.end(), number, "star")
    return Mark(found.start(), found.end(), str(int(number.translate(_TO_DIGITS))), "raised")


_RAISED_FIRST = frozenset(SUPERSCRIPTS + "*_([<")
_STARTS = (
    ("bracket", "[", _BRACKET_START_RE),
    ("star", "(*", _STAR_START_RE),
    ("round", "(", _ROUND_START_RE),
    ("close", "0123456789", _CLOSE_START_RE),
)


def read_starts(text: str) -> Iterator[Mark]:
    """The marks that a line may begin with as a note; whether it is one, its anchor must tell.

    >>> [mark.kind for mark in read_starts("[3] Thông tư số 01")], [mark.number for mark in read_starts("(*) Đến")]
    (['bracket'], ['*'])
    """
    for kind, first, pattern in _STARTS:
        if text[0] in first:
            found = pattern.match(text)
            if found:
                number = found["number"] or found.groupdict().get("bare") or ""
                yield Mark(0, found.end(), str(int(number)) if number.isdecimal() else number, kind)


def raise_number(number: str) -> str:
    """A number in superscript digits.

    >>> raise_number("12")
    '¹²'
    """
    return number.translate(_TO_SUPERSCRIPTS)
