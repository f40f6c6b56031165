"""FIG of lengths along a road or a dyke: from ``K0+000`` to ``K4+155`` it is 4,155 km.

Which column has the lengths, and in what unit, is told by the rows that agree; the others are held to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.arithmetic import read_number, show
from graphs.checks.reading.relations import half_unit
from graphs.checks.reading.rows import Grid, grids
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import BlockKind, Finding, Span

_FROM_TO_RE = re.compile(
    r"\bKm?\s?(\d{1,4})\s?\+\s?(\d{3})\s*(?:[-–÷]|đến)+\s*Km?\s?(\d{1,4})\s?\+\s?(\d{3})(?!\d)", re.IGNORECASE
)
#: How long a stretch is, right behind it.
_LONG_RE = re.compile(
    r"\s*[,;(]?\s*(?:với\s+|có\s+|tổng\s+)*(?:chiều\s+)?dài(?:\s+(?:là|toàn tuyến|tuyến|đoạn|:))*\s*"
    r"(?P<number>\d[\d.]*(?:,\d+)?)\s*(?P<unit>km|m)\b",
    re.IGNORECASE,
)
_BRACKET_RE = re.compile(r"\([^()]*\)")
_NUMBER_RE = re.compile(r"\d[\d.]*(?:,\d+)?")
#: In kilometres, in metres; so many rows must agree, for each that does not.
_UNITS = (Decimal(1000), Decimal(1))
_FEWEST, _FOR_EACH = 4, 2


@dataclass(frozen=True, slots=True)
class _Length:
    """A stretch and the length told for it: in metres, as a number, as printed, its place, what it is called."""

    metres: Decimal
    value: Decimal
    printed: str
    span: Span
    label: str
    page: int | None


def check_chainage(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The length of a stretch is where it ends less where it begins."""
    for grid in grids(subject.document):
        for column in grid.columns:
            yield from _held_against(list(_of_column(grid, column)), tally)
    yield from _held_against(list(_of_paragraphs(subject)), tally)
    yield from _behind(subject, tally)


def _behind(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Km7+200 - Km13+500, dài 6,3 km``: the length told right behind a stretch."""
    document = subject.document
    for block in document.blocks:
        text = document.block_text(block) if block.kind in (BlockKind.TEXT, BlockKind.NOTE) else ""
        for stretch in _FROM_TO_RE.finditer(text) if "+" in text else ():
            told = _LONG_RE.match(text, stretch.end())
            metres = _metres(stretch.group()) if told else None
            if told is None or metres is None:
                continue
            unit = Decimal(1000) if told["unit"].lower() == "km" else Decimal(1)
            value = read_number(told["number"])
            if abs(value * unit - metres) <= half_unit(value) * unit:
                tally.held += 1
                continue
            start = block.view.start
            span = document.reading.hull(start + told.start("number"), start + told.end("number"))
            one = _Length(metres, value, told["number"], span, " ".join(stretch.group().split()), block.page)
            tally.failed += 1
            yield _wrong(one, unit)


def _metres(text: str) -> Decimal | None:
    """How long the one stretch of a text is; None for none or several."""
    found = list(_FROM_TO_RE.finditer(text))
    if len(found) != 1:
        return None
    begin, begin_m, end, end_m = map(int, found[0].groups())
    length = (end - begin) * 1000 + end_m - begin_m
    return Decimal(length) if length > 0 else None


def _of_column(grid: Grid, column: int) -> Iterator[_Length]:
    for line in grid.lines:
        # A stretch in brackets is one of what is longer.
        metres = _metres(_BRACKET_RE.sub(" ", " ; ".join(cell.text or "" for cell in line.cells)))
        value = line.value(column)
        if metres is not None and value is not None:
            yield _Length(metres, value, line.printed(column), line.span(column), line.label, line.page)


def _of_paragraphs(subject: Subject) -> Iterator[_Length]:
    """A table whose cells came out as paragraphs: a stretch alone, a number alone behind it."""
    document = subject.document
    blocks = sorted(
        (block for block in document.blocks if block.kind is BlockKind.TEXT), key=lambda one: one.view.start
    )
    for one, other in pairwise(blocks):
        stretch, number = document.block_text(one).strip(), document.block_text(other).strip()
        metres = _metres(stretch) if _FROM_TO_RE.fullmatch(stretch) else None
        if metres is not None and _NUMBER_RE.fullmatch(number):
            span = document.reading.hull(other.view.start, other.view.end)
            value = read_number(number)
            yield _Length(metres, value, number, span, stretch, other.page)


def _held_against(lengths: list[_Length], tally: Tally) -> Iterator[Finding]:
    for unit in _UNITS:
        wrong = [one for one in lengths if one.value * unit != one.metres]
        held = len(lengths) - len(wrong)
        if held < _FEWEST or held < _FOR_EACH * len(wrong):
            continue
        tally.held += held
        for one in wrong:
            tally.failed += 1
            yield _wrong(one, unit)


def _wrong(one: _Length, unit: Decimal) -> Finding:
    length = show(one.metres / unit, 3)
    return CHAINAGE.finding(
        (one.span,),
        f"“{one.label[:80]}”: ghi {one.printed}, nhưng theo lý trình là {length}",
        f"“{one.label[:80]}”: {one.printed} is stated, but by its chainage it is {length}",
        stated=one.printed,
        expected=length,
        suggestion=both("đối chiếu chiều dài với lý trình", "compare the length with the chainage"),
        page=one.page,
    )


CHAINAGE = rule("FIG-239", check_chainage)
CHAINAGE_RULES = (CHAINAGE,)
