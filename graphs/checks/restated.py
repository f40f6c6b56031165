"""FIG across places: the same thing stated twice in the text, and in the text and a table.

Two statements are of one thing only when nearly all their words agree, with period, unit and scope; anything less
is not compared, since a wrong alarm costs more than a missed one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.arithmetic import decimal, show
from graphs.checks.report import Subject, Tally, rule
from kb.models import Figure, Finding, Where
from kb.text.normalize import fold

_LIKE = 0.8
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
_PART_OF_YEAR_RE = re.compile(r"tháng|quý|ngày|đầu|cuối|\d/\d", re.IGNORECASE)
_STOP = frozenset(re.findall(r"\w+", "va cua cac duoc trong cho theo ve la co tai voi den tu thi da so nam"))
#: Words of amounts and plans, which name no thing: "tổng công suất" is another one under each heading.
_GENERAL = frozenset(re.findall(r"\w+", "tong cong dinh huong muc tieu chi khoang du kien phan dau dat trong"))
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Thing:
    """What a figure is about, for comparing: its words, its unit, its years."""

    words: frozenset[str]
    unit: str
    years: tuple[str, ...]
    part: bool
    ratio: bool


def thing_of(figure: Figure) -> Thing | None:
    """What a figure is about; None when its words say too little to tell."""
    words = words_of(figure.what or "")
    if len(words - _GENERAL) < _FEWEST_WORDS or figure.bound:
        return None
    period = figure.period or ""
    return Thing(
        words,
        (figure.unit or "").lower(),
        tuple(sorted(set(_YEAR_RE.findall(period)))),
        bool(_PART_OF_YEAR_RE.search(period)),
        figure.of is not None,
    )


def words_of(text: str) -> frozenset[str]:
    """The carrying words of a text, folded."""
    return frozenset(re.findall(r"[a-z]+", fold(text))) - _STOP


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Common words as a share of all."""
    return len(one & other) / len(one | other) if one and other else 0.0


_CHANGE_RE = re.compile(r"\b(?:tăng|giảm|vượt|hụt)(?:\s+(?:thêm|được|khoảng|hơn|trên|gần))*\s*$", re.IGNORECASE)


def _is_change(subject: Subject, figure: Figure) -> bool:
    """Whether a figure tells by how much a thing changed, not how much it is."""
    text = subject.document.text
    return _CHANGE_RE.search(text, max(0, figure.span.start - 30), figure.span.start) is not None


def _same(one: Thing, other: Thing) -> bool:
    known = one.years and one.years == other.years and not one.part and not other.part
    return (
        bool(known)
        and one.unit == other.unit
        and one.ratio == other.ratio
        and likeness(one.words, other.words) >= _LIKE
    )


def check_restated(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A thing stated at two places of the text has one value; ``17/23`` and ``06/23`` of one thing differ."""
    groups: dict[tuple[str, tuple[str, ...]], list[tuple[Figure, Thing]]] = defaultdict(list)
    for figure in subject.figures:
        stated = figure.where is not Where.TABLE and not _is_change(subject, figure)
        thing = thing_of(figure) if stated else None
        if thing is not None and thing.years:
            groups[thing.unit, thing.years].append((figure, thing))
    for found in groups.values():
        for at, (one, first) in enumerate(found):
            for other, second in found[at + 1 :]:
                if _same(first, second) and one.eid != other.eid:
                    yield from _compare(one, other, tally)


def _compare(one: Figure, other: Figure, tally: Tally) -> Iterator[Finding]:
    if (one.value, one.of) == (other.value, other.of):
        tally.held += 1
        return
    tally.failed += 1
    yield RESTATED.finding(
        (other.span,),
        f"“{other.what}” {other.period or ''}: ghi {other.printed}; chỗ khác ghi {one.printed}",
        f"“{other.what}” {other.period or ''}: {other.printed} is stated; elsewhere {one.printed}",
        stated=other.printed,
        expected=one.printed,
        evidence=(one.span,),
        page=other.page,
    )


def check_against_tables(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A figure of the text that names a row and a year of a table is what stands there."""
    cells = [
        (figure, words_of(figure.what or ""), tuple(_YEAR_RE.findall(figure.period or "")))
        for figure in subject.figures
        if figure.where is Where.TABLE and figure.what
    ]
    by_year: dict[str, list[tuple[Figure, frozenset[str]]]] = defaultdict(list)
    for figure, words, years in cells:
        if len(years) == 1 and len(words) >= _FEWEST_WORDS and not _PART_OF_YEAR_RE.search(figure.period or ""):
            by_year[years[0]].append((figure, words))
    for figure in subject.figures:
        stated = figure.where is not Where.TABLE and not _is_change(subject, figure)
        thing = thing_of(figure) if stated else None
        if thing is None or len(thing.years) != 1 or thing.part:
            continue
        like = [
            cell
            for cell, words in by_year[thing.years[0]]
            if likeness(thing.words, words) >= _LIKE and (cell.unit == "%") == (figure.unit == "%")
        ]
        if len(like) == 1:
            yield from _against(figure, like[0], tally)


def _against(figure: Figure, cell: Figure, tally: Tally) -> Iterator[Finding]:
    stated, told = decimal(figure.value), decimal(cell.value)
    if stated is None or told is None or (figure.of is None) != (cell.of is None):
        return
    if stated == told or (figure.unit == "%" and abs(stated - told) < decimal("0.1")):  # type: ignore[operator]
        tally.held += 1
        return
    tally.failed += 1
    yield TABLE.finding(
        (figure.span,),
        f"“{figure.what}” {figure.period}: lời văn ghi {figure.printed}, bảng ghi {show(told)}",
        f"“{figure.what}” {figure.period}: the text says {figure.printed}, the table {show(told)}",
        stated=figure.printed,
        expected=cell.printed,
        evidence=(cell.span,),
        page=figure.page,
    )


RESTATED = rule("FIG-206", check_restated)
TABLE = rule("FIG-207", check_against_tables)
RESTATED_RULES = (RESTATED, TABLE)
