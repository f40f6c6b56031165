"""What the text and the tables say, ready to be compared: each figure with its name, place and time.

A cell of words says things as the text does; a table has its periods over its columns, or before its rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain, groupby

from graphs.checks.named import (
    Surroundings,
    called,
    cost,
    line_words,
    names_of,
    surroundings,
    thing_words,
    words_over,
)
from graphs.checks.periods import same_period, told_period
from graphs.checks.prose import Stated, stated, stated_in_cells
from graphs.checks.report import Subject
from graphs.checks.rows import RATE_RE, Grid, Line, grids
from kb.models import Figure

_CHANGE_RE = re.compile(
    r"\b(?:tăng|giảm|vượt|hụt|thêm|chênh lệch)(?:\s+(?:thêm|được|khoảng|hơn|trên|gần|bình quân))*\s*$",
    re.IGNORECASE,
)
_PLANNED_RE = re.compile(
    r"\b(?:dự kiến|phấn đấu|sẽ|ước|mục tiêu|kế hoạch|chỉ tiêu|tối thiểu|tối đa|ít nhất|không dưới|không quá"
    r"|dự toán|yêu cầu|quy định|trở lên|định hướng)\b",
    re.IGNORECASE,
)
_MONEY_RE = re.compile(r"(?:nghìn|ngàn|triệu|tỷ|tỉ|đồng|usd)\b", re.IGNORECASE)
_CLAUSE_RE = re.compile(r"[;:()]|(?<=\D)[.,]\s")
_LINK_RE = re.compile(r"\s*\b(?:đạt|là|chiếm|còn|lên|xuống|từ|đến|có|tăng|giảm|và)\s*$")
#: All that the label of a row says that is a period and no thing.
_TIME_RE = re.compile(
    r"giai đoạn|thời điểm|tính đến|đến hết|đến|từ|cả năm|năm|quý|tháng|đầu|cuối|ngày|ước|thực hiện|[IVX]+\b",
    re.IGNORECASE,
)
_WORD_RE = re.compile(r"[^\W\d_]")
_NAME_RE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")

_NOW_RE = re.compile(r"\b(?:đến nay|hiện nay|hiện tại|hiện có)\b[^.;]*$", re.IGNORECASE)
_NEAR = 200

Days = tuple[date | None, date]


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of the text with what it is called, the words around it, its period, whether it is only planned.

    `names_told` are the names of places and bodies in its clause, `led` the leads over its list,
    `label` what it is called in words.
    """

    figure: Figure
    block: int
    names: tuple[frozenset[str], ...]
    around: frozenset[str]
    period: Days
    planned: bool
    follows_ratio: bool
    names_told: frozenset[str]
    led: tuple[str, ...]
    label: str

    @property
    def led_words(self) -> frozenset[str]:
        """The words of the nearest lead."""
        return thing_words(self.led[0]) if self.led else frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A subject, the same only as itself."""

    subject: Subject

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Read) and other.subject is self.subject

    def __hash__(self) -> int:
        return id(self.subject)


def said_figures(subject: Subject) -> tuple[Said, ...]:
    """The figures of the text that say what they are of, and when; read once for all rules."""
    return _said_of(_Read(subject))


@lru_cache(maxsize=2)
def _said_of(read: _Read) -> tuple[Said, ...]:
    return tuple(_said(read.subject))


def _said(subject: Subject) -> Iterator[Said]:
    places = surroundings(subject.document)
    targets = {target.span.start for target in subject.targets}
    cut = cut_off(subject)
    for at, where in enumerate(chain(stated(subject), map(_in_own_words, stated_in_cells(subject)))):
        for index, figure in enumerate(where.figures):
            before = where.text[: where.start(figure)]
            period = _told_by(figure.period or "", before, cut) or _led_period(places, where, figure, cut)
            if figure.bound or period is None or _CHANGE_RE.search(before[-40:]):
                continue
            low = max(before.rfind(". "), before.rfind("; "), 0)
            planned = bool(_PLANNED_RE.search(before[low:])) or figure.span.start in targets
            last = where.figures[index - 1] if index else None
            follows = figure.unit == "%" and last is not None and last.of is not None
            names = names_of(figure, before)
            label = " ".join(called(figure, before)[0].split()).strip("-+*• ")
            around = places.words(where.block, before)
            told = frozenset(_proper(before[low:]))
            led = places.leads.get(where.block.view.start, ())
            yield Said(figure, at, names, around, period, planned, follows, told, led, label)


def _proper(text: str) -> Iterator[str]:
    """The names in a text: two words or more one after another that begin with a capital alone."""
    for run in _NAME_RE.findall(text):
        for capital, words in groupby(run.split(" "), str.istitle):
            name = " ".join(words)
            if capital and " " in name:
                yield name


def cut_off(subject: Subject) -> date | None:
    """The day up to which a paper counts its own year, as the heads of its tables say; None for none or several.

    A paper signed in June may count to the end of March: that is what "đến nay" and its own year mean there.
    """
    if subject.as_of is None:
        return None
    told = {
        period[1]
        for grid in grids(subject.document)
        for text in (*(grid.head(at) for at in grid.columns), *(line.label for line in grid.lines))
        if (period := told_period(text)) and period[1].year == subject.as_of.year and period[1] <= subject.as_of
    }
    return next(iter(told)) if len(told) == 1 else None


def _told_by(words: str, before: str, cut: date | None) -> Days | None:
    """The period that words tell; the year that is running ends on the day up to which the paper counts."""
    told = told_period(words)
    if cut is None:
        return told
    if told == (date(cut.year, 1, 1), date(cut.year, 12, 31)):
        return told[0], cut
    if told is None and _NOW_RE.search(words or before[-_NEAR:]):
        return None, cut
    return told


def _led_period(places: Surroundings, where: Stated, figure: Figure, cut: date | None) -> Days | None:
    """The period that the lead over a list tells, for an item that tells none."""
    if figure.period:
        return None
    for text in places.over(where.block):
        if found := _told_by(text, "", cut):
            return found
    return None


def _in_own_words(where: Stated) -> Stated:
    """The figures of a cell called by the words before them in the cell, not by the row that it stands in."""
    figures = []
    for figure in where.figures:
        before = _CLAUSE_RE.split(where.text[: where.start(figure)])[-1]
        figures.append(replace(figure, what=_LINK_RE.sub("", before).strip()))
    return Stated(where.block, where.text, tuple(figures))


@dataclass(frozen=True, slots=True)
class Told:
    """A cell of a table with what it is called, the words over it, its period, whether it is a rate."""

    grid: Grid
    line: Line
    column: int
    words: frozenset[str]
    over: frozenset[str]
    period: Days
    rate: bool


def told_cells(subject: Subject) -> tuple[Told, ...]:
    """The numbers of tables whose columns, or whose rows, are periods, with what they are of; read once."""
    return _told_in(_Read(subject))


@lru_cache(maxsize=2)
def _told_in(read: _Read) -> tuple[Told, ...]:
    return tuple(_told(read.subject))


def _told(subject: Subject) -> Iterator[Told]:
    for grid in grids(subject.document):
        heads = {at: told_period(grid.head(at)) for at in grid.columns}
        if any(heads.values()):
            yield from _by_columns(grid, heads)
        else:
            yield from _by_rows(grid)


def _by_columns(grid: Grid, heads: dict[int, Days | None]) -> Iterator[Told]:
    for line in grid.lines:
        words, over = line_words(line), None
        for column, period in heads.items():
            if period is not None and line.value(column) is not None and line.label:
                over = words_over(grid, line) if over is None else over
                yield Told(grid, line, column, words, over, period, line.rate)


def _by_rows(grid: Grid) -> Iterator[Told]:
    """``| Năm 2024 | 128 | 99,2% |``: rows of which nothing but a period is said, things over the columns."""
    firsts = [next((cell.text for cell in line.cells if cell.text), "") for line in grid.lines]
    periods = [
        (line, told_period(first))
        for line, first in zip(grid.lines, firsts, strict=True)
        if not _WORD_RE.search(_TIME_RE.sub("", first))
    ]
    over = thing_words(f"{grid.table.title or ''} ; {grid.table.caption or ''}")
    for line, period in periods if len(periods) > 1 else ():
        for column in grid.columns:
            head = re.sub(r"\([^()]*\)", " ", grid.head(column))
            if period is not None and line.value(column) is not None:
                rate = bool(RATE_RE.search(head))
                yield Told(grid, line, column, thing_words(head), over, period, rate)


def cell_of(said: Said, cells: Iterable[Told]) -> Told | None:
    """The cell of a table that a figure of the text names by row and period; None for none, several, or a plan."""
    figure = said.figure
    if figure.of or said.planned or _MONEY_RE.match(figure.unit or ""):
        return None
    rate = figure.unit == "%"
    fit = (cell for cell in cells if cell.rate == rate and same_period(said.period, cell.period))
    return _best(said, fit)


def _best(said: Said, cells: Iterable[Told]) -> Told | None:
    """The cell whose name is nearest; None where none is of the thing, or two are as near.

    What the lead of a list says is as good as said of its items.
    """
    ranked = sorted(
        (
            (supplied, at, cell)
            for at, cell in enumerate(cells)
            for name in said.names
            if (supplied := _cost(said, name, cell)) is not None
        ),
        key=lambda one: one[:2],
    )
    if not ranked:
        return None
    rivals = {
        (id(cell.grid), cell.line.at, cell.column) for supplied, _, cell in ranked if supplied == ranked[0][0]
    }
    return ranked[0][2] if len(rivals) == 1 else None


def _cost(said: Said, name: frozenset[str], cell: Told) -> int | None:
    supplied = cost(name, cell.words, said.around, cell.over)
    return None if supplied is None else supplied - len((cell.words - name) & said.led_words)
