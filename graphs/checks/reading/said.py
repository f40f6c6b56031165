"""What the text says, ready to be compared: each figure with its name, place and time.

A cell of words says things as the text does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from graphs.checks.reading.mentions import proper_names
from graphs.checks.reading.named import Surroundings, called, cost, names_of, surroundings, thing_words
from graphs.checks.reading.periods import same_period, told_period
from graphs.checks.reading.phrases import Pair, pairs_of, words_of
from graphs.checks.reading.prose import Stated, stated, stated_in_cells
from graphs.checks.reading.rows import Same, grids
from graphs.checks.reading.told import Days, Told
from graphs.checks.report import Subject
from kb.models import Figure

_CHANGE_RE = re.compile(
    r"\b(?:tăng|giảm|vượt|hụt|thêm|chênh lệch)(?:\s+(?:thêm|được|khoảng|hơn|trên|gần|bình quân))*\s*$",
    re.IGNORECASE,
)
PLANNED_RE = re.compile(
    r"\b(?:dự kiến|phấn đấu|sẽ|ước|mục tiêu|kế hoạch|chỉ tiêu|tối thiểu|tối đa|ít nhất|không dưới|không quá"
    r"|dự toán|yêu cầu|quy định|trở lên|định hướng)\b",
    re.IGNORECASE,
)
#: What a thing was before it changed: "từ 139 đơn vị giảm còn 132"; not where its own year stands behind it.
_FROM_RE = re.compile(r"\btừ\s*$", re.IGNORECASE)
_OF_YEAR_RE = re.compile(r"[^,;.\d]{0,30}\(?(?:năm|quý)\s")
#: A sum of money.
#: A unit of money; "nghìn lượt" and "triệu kWh" are none.
MONEY_RE = re.compile(
    r"(?:đồng|usd)\b|(?:nghìn|ngàn|triệu|tỷ|tỉ)\b(?=\W*(?:$|đồng\b|đ\b|usd\b|vnd\b|đô\b|nghìn\b|triệu\b|tỷ\b|theo\b|giá\b))",
    re.IGNORECASE,
)
_CLAUSE_RE = re.compile(r"[;:()]|(?<=\D)[.,]\s")
_LINK_RE = re.compile(r"\s*\b(?:đạt|là|chiếm|còn|lên|xuống|từ|đến|có|tăng|giảm|và)\s*$")

#: What closes a list; it counts what the items before it have in common.
_ALL_RE = re.compile(r"(?:tổng cộng|tổng số|tổng|cộng)", re.IGNORECASE)
_NOW_RE = re.compile(r"\b(?:đến nay|hiện nay|hiện tại|hiện có)\b[^.;]*$", re.IGNORECASE)
#: Between a count and its share.
_SHARE = r"(?:chiếm|bằng|đạt|tương đương|tương ứng|ứng với|là)(?:\s+(?:với|t[ỷỉ] lệ|t[ỷỉ] trọng|khoảng))*\s+"
_SHARE_RE = re.compile(rf"[^.;:\d%,()]{{0,60}}(?:,?\s+(?:đã|chỉ)?\s*{_SHARE}|\(\s*(?:{_SHARE})?)", re.IGNORECASE)
_NEAR = 200
#: So many pairs of words that a caption and a paragraph share name the part that both are of.
_OF_PART = 2
#: A bracket that does not begin with a time.
_ASIDE_RE = re.compile(
    r"\((?!\s*(?:(?:trong|tính|đến|từ|tại|thời|cuối|đầu)\s+)*(?:năm|giai|quý|tháng|ngày|điểm|hết|nay|\d))[^()]*\)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of the text with what it is called, the words around it, its period, whether it is only planned.

    `names_told` are the names of places and bodies in its clause, `led` the leads over its list,
    `label` what it is called in words, `count` the number of things that a rate is told right behind.
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
    count: Decimal | None = None

    @property
    def led_words(self) -> frozenset[str]:
        """The words of the nearest lead."""
        return thing_words(self.led[0]) if self.led else frozenset()


def said_figures(subject: Subject) -> tuple[Said, ...]:
    """The figures of the text that say what they are of, and when; read once for all rules."""
    return _said_of(Same(subject))


@lru_cache(maxsize=2)
def _said_of(read: Same[Subject]) -> tuple[Said, ...]:
    return tuple(_said(read.it))


def untimed_figures(subject: Subject) -> Iterator[Said]:
    """The figures that tell no time at all, as told of the time that the paper is of; none where it tells none."""
    own = _own_period(subject)
    if own is not None:
        yield from _said(subject, own)


def _own_period(subject: Subject) -> Days | None:
    """The time that the title of a paper tells."""
    title = subject.document.metadata.title
    return _told_by(title.value, "", cut_off(subject)) if title else None


def _said(subject: Subject, own: Days | None = None) -> Iterator[Said]:
    """The figures that tell their time; with `own` those that tell none, as of that time."""
    places = surroundings(subject.document)
    targets = {target.span.start for target in subject.targets}
    cut = cut_off(subject)
    shared: dict[tuple[tuple[str, ...], str], frozenset[str]] = {}
    for at, where in enumerate(chain(stated(subject), map(_in_own_words, stated_in_cells(subject)))):
        for index, figure in enumerate(where.figures):
            before = where.text[: where.start(figure)]
            words = "" if _said_aside(figure, before) else figure.period or ""
            period = _told_by(words, before, cut) or _led_period(places, where, figure, cut)
            if own is not None:
                period = own if period is None and not words else None
            left = _FROM_RE.search(before[-10:]) and not _OF_YEAR_RE.match(where.text, where.end(figure))
            if figure.bound or period is None or left or _CHANGE_RE.search(before[-40:]):
                continue
            low = max(before.rfind(". "), before.rfind("; "), 0)
            planned = bool(PLANNED_RE.search(before[low:])) or figure.span.start in targets
            last = where.figures[index - 1] if index else None
            follows = figure.unit == "%" and last is not None and last.of is not None
            names = names_of(figure, before)
            label = " ".join(called(figure, before)[0].split()).strip("-+*• ")
            around = places.words(where.block, before)
            told = frozenset(proper_names(before[low:]))
            led = places.leads.get(where.block.view.start, ())
            kind = (led, (figure.unit or "").lower())
            if led and _ALL_RE.fullmatch(label):
                names = (shared.get(kind, frozenset()),)
            elif led:
                shared[kind] = shared.get(kind, names[0]) & names[0]
            count = _count_of(where, last, figure)
            yield Said(figure, at, names, around, period, planned, follows, told, led, label, count)


def _count_of(where: Stated, last: Figure | None, rate: Figure) -> Decimal | None:
    """The count that a rate stands right behind: ``902 hộ (36,7%)``, ``902 hộ, chiếm 36,7%``."""
    if last is None or rate.unit != "%" or last.unit == "%" or last.of is not None:
        return None
    return Decimal(last.value) if _SHARE_RE.fullmatch(where.between(last, rate)) else None


def _said_aside(figure: Figure, before: str) -> bool:
    """Whether the period of a figure stands only in a bracket that speaks of something else and is closed."""
    words = figure.period or ""
    return bool(words) and words in before and words not in _ASIDE_RE.sub(" ", before)


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
        # A heading in capitals tells its time as any other does.
        if found := _told_by(text.lower() if text.isupper() else text, "", cut):
            return found
    return None


def _in_own_words(where: Stated) -> Stated:
    """The figures of a cell called by the words before them in the cell, not by the row that it stands in."""
    figures = []
    for figure in where.figures:
        before = _CLAUSE_RE.split(where.text[: where.start(figure)])[-1]
        figures.append(replace(figure, what=_LINK_RE.sub("", before).strip()))
    return Stated(where.block, where.text, tuple(figures))


def cell_of(said: Said, cells: Iterable[Told]) -> Told | None:
    """The cell of a table that a figure of the text names by row and period; None for none, or a plan.

    Of the cells of several tables one that holds the figure.
    """
    found = cells_of(said, cells)
    value = Decimal(said.figure.value)
    return next((cell for cell in found if cell.value == value), found[0] if found else None)


def cells_of(said: Said, cells: Iterable[Told]) -> tuple[Told, ...]:
    """The cells that a figure of the text names by row and period: one a table, each as near as the others."""
    figure = said.figure
    if figure.of or said.planned or MONEY_RE.match(figure.unit or ""):
        return ()
    rate = figure.unit == "%"
    fit = (cell for cell in cells if cell.rate == rate and same_period(said.period, cell.period))
    return _nearest(said, fit)


def _nearest(said: Said, cells: Iterable[Told]) -> tuple[Told, ...]:
    """The cells whose names are nearest; none of a table in which two are as near.

    What the lead of a list says is as good as said of its items.
    """
    ranked = [
        (supplied, cell)
        for cell in cells
        for name in said.names
        if (supplied := _cost(said, name, cell)) is not None
    ]
    least = min((supplied for supplied, _ in ranked), default=0)
    by_grid: dict[int, list[Told]] = {}
    for supplied, cell in ranked:
        others = by_grid.setdefault(id(cell.grid), [])
        if supplied == least and cell not in others:
            others.append(cell)
    return tuple(found[0] for found in by_grid.values() if len(found) == 1)


def _cost(said: Said, name: frozenset[str], cell: Told) -> int | None:
    supplied = cost(name, cell.words, said.around, cell.over)
    return None if supplied is None else supplied - len((cell.words - name) & said.led_words)


def is_of_part(subject: Subject, cell: Told, figure: Figure) -> bool:
    """Whether the caption of a table names a part that a figure is not of, while the text tells the cell of it.

    ``Toàn tỉnh có 86 trạm. Khu vực miền núi: 31 trạm`` beside a table of ``các trạm khu vực miền núi``.
    """
    title = subject.document.metadata.title
    named = _twos(f"{cell.grid.table.caption or ''} ; {cell.grid.table.title or ''}")
    named -= _twos(title.value if title else "") | _twos(cell.line.label)
    texts = [where for where in stated(subject) if named and cell.by_row]  # rows of times are of all that is told
    own = next((_twos(where.text) for where in texts if any(one is figure for one in where.figures)), frozenset())
    unit = (figure.unit or "").lower()
    return any(
        len((named - own) & _twos(where.text)) >= _OF_PART
        for where in texts
        if any(Decimal(one.value) == cell.value and (one.unit or "").lower() == unit for one in where.figures)
    )


def _twos(text: str) -> frozenset[Pair]:
    return pairs_of(words_of(text))
