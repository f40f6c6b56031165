"""FIG across places: the same thing stated twice in the text, and in the text and a table.

Two statements are of one thing only when their words agree, with period, unit and level, but for words that the
place of the one already says; anything less is not compared, since a wrong alarm costs more than a missed one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from graphs.checks.arithmetic import places_of, rounds_to, show
from graphs.checks.named import (
    GENERAL,
    Surroundings,
    cost,
    line_words,
    names_of,
    row_place,
    surroundings,
    with_unit,
    words_over,
)
from graphs.checks.periods import same_period, told_period
from graphs.checks.prose import Stated, stated
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.rows import Grid, Line, grids
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.normalize import fold

_STOP = frozenset(re.findall(r"\w+", "va cua cac duoc trong cho theo ve la co tai voi den tu thi da so nam"))
_FEWEST_WORDS = 3
_FEW_SUPPLIED = 2
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
#: So far apart two values are of two things rather than one told wrong.
_FAR_POINTS, _FAR_TIMES = Decimal(25), 3

Days = tuple[date | None, date]


def words_of(text: str) -> frozenset[str]:
    """The carrying words of a text, folded."""
    return frozenset(re.findall(r"[a-z]+", fold(text))) - _STOP


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of the text with what it is called, the words around it, its period, whether it is only planned."""

    figure: Figure
    block: int
    names: tuple[frozenset[str], ...]
    around: frozenset[str]
    period: Days
    planned: bool
    follows_ratio: bool


def said_figures(subject: Subject) -> Iterator[Said]:
    """The figures of the text that say what they are of, and when."""
    places = surroundings(subject.document)
    targets = {target.span.start for target in subject.targets}
    for at, where in enumerate(stated(subject)):
        for index, figure in enumerate(where.figures):
            before = where.text[: where.start(figure)]
            period = told_period(figure.period or "") or _led_period(places, where, figure)
            if figure.bound or period is None or _CHANGE_RE.search(before[-40:]):
                continue
            low = max(before.rfind(". "), before.rfind("; "), 0)
            planned = bool(_PLANNED_RE.search(before[low:])) or figure.span.start in targets
            last = where.figures[index - 1] if index else None
            follows = figure.unit == "%" and last is not None and last.of is not None
            names = names_of(figure, before)
            around = places.words(where.block, before)
            yield Said(figure, at, names, around, period, planned, follows)


def _led_period(places: Surroundings, where: Stated, figure: Figure) -> Days | None:
    """The period that the lead over a list tells, for an item that tells none."""
    if figure.period:
        return None
    for text in places.over(where.block):
        if found := told_period(text):
            return found
    return None


def check_restated(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A thing stated at two places of the text has one value; ``17/23`` and ``06/23`` of one thing differ."""
    groups: dict[tuple[str, date, bool, bool], list[Said]] = defaultdict(list)
    for said in said_figures(subject):
        key = ((said.figure.unit or "").lower(), said.period[1], said.planned, said.figure.of is not None)
        if said.figure.period and not said.follows_ratio:
            groups[key].append(said)
    for found in groups.values():
        for alike in _clusters(found):
            yield from _one_value(alike, tally)


def _clusters(found: list[Said]) -> Iterator[list[Said]]:
    """Those that are of one thing, each put with the first of its kind."""
    left = list(found)
    while left:
        first = left.pop(0)
        alike = [other for other in left if _same(first, other)]
        left = [other for other in left if other not in alike]
        if alike:
            yield [first, *alike]


def _same(one: Said, other: Said) -> bool:
    first, second = one.names[0], other.names[0]
    if len((first & second) - GENERAL) < _FEWEST_WORDS or not same_period(one.period, other.period):
        return False
    supplied = cost(first, second, one.around, other.around)
    return supplied is not None and supplied <= _FEW_SUPPLIED and one.block != other.block


def _one_value(alike: list[Said], tally: Tally) -> Iterator[Finding]:
    first, *others = alike
    if len({(said.figure.value, said.figure.of) for said in alike}) > _FEW_SUPPLIED:
        # So many values under one name are of as many things: their words do not tell them apart.
        tally.skip(
            both(
                "cùng tên gọi nhưng có nhiều giá trị, không chắc là một chỉ tiêu",
                "called the same with several values: not surely one thing",
            ),
            len(others),
        )
        return
    for said in others:
        one, other = first.figure, said.figure
        if _equal(Decimal(one.value), other.value) and one.of == other.of:
            tally.held += 1
            continue
        tally.failed += 1
        what = re.sub(r"\s+,", ",", " ".join(f"{other.what or ''} {other.period or ''}".split()))
        yield RESTATED.finding(
            (other.span,),
            f"ghi {with_unit(other)}, chỗ khác ghi {with_unit(one)}, cùng nói về “{what}”",
            f"{with_unit(other)} is stated, elsewhere {with_unit(one)}, of the same “{what}”",
            stated=other.printed,
            expected=one.printed,
            evidence=(one.span,),
            suggestion=both(
                "đối chiếu hai chỗ, giữ số đúng và sửa chỗ còn lại",
                "compare the two places, keep the right number and mend the other",
            ),
            page=other.page,
        )


def _equal(exact: Decimal, printed: str) -> bool:
    """Whether two values are one, each rounded to the places of the coarser."""
    other = Decimal(printed)
    if exact == other:
        return True
    if places_of(str(exact)) == places_of(printed):
        return False
    return rounds_to(exact, printed) or rounds_to(other, str(exact))


@dataclass(frozen=True, slots=True)
class Told:
    """A cell of a table with what it is called, the words over it, its period."""

    grid: Grid
    line: Line
    column: int
    words: frozenset[str]
    over: frozenset[str]
    period: Days


def told_cells(subject: Subject) -> Iterator[Told]:
    """The numbers of tables whose columns are periods, with the rows that they are of."""
    for grid in grids(subject.document):
        heads = {at: told_period(grid.head(at)) for at in grid.columns}
        if not any(heads.values()):
            continue
        for line in grid.lines:
            words, over = line_words(line), None
            for column, period in heads.items():
                if period is not None and line.value(column) is not None and line.label:
                    over = words_over(grid, line) if over is None else over
                    yield Told(grid, line, column, words, over, period)


def check_against_tables(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A figure of the text that names a row and a period of a table is what stands there."""
    by_end: dict[date, list[Told]] = defaultdict(list)
    for cell in told_cells(subject):
        by_end[cell.period[1]].append(cell)
    for said in said_figures(subject) if by_end else ():
        best = cell_of(said, by_end[said.period[1]])
        if best is not None:
            yield from _against(said, best, tally)


def cell_of(said: Said, cells: Iterable[Told]) -> Told | None:
    """The cell of a table that a figure of the text names by row and period; None for none, several, or a plan."""
    figure = said.figure
    if figure.of or said.planned or _MONEY_RE.match(figure.unit or ""):
        return None
    rate = figure.unit == "%"
    fit = (cell for cell in cells if cell.line.rate == rate and same_period(said.period, cell.period))
    return _best(said, fit)


def _best(said: Said, cells: Iterable[Told]) -> Told | None:
    """The cell whose name is nearest; None where none is of the thing, or two are as near."""
    ranked = sorted(
        (
            (supplied, at, cell)
            for at, cell in enumerate(cells)
            for name in said.names
            if (supplied := cost(name, cell.words, said.around, cell.over)) is not None
        ),
        key=lambda one: one[:2],
    )
    if not ranked:
        return None
    rivals = {id(cell.line) for supplied, _, cell in ranked if supplied == ranked[0][0]}
    return ranked[0][2] if len(rivals) == 1 else None


def _against(said: Said, cell: Told, tally: Tally) -> Iterator[Finding]:
    figure, line = said.figure, cell.line
    told = line.value(cell.column)
    if told is None:
        return
    value = Decimal(figure.value)
    if _equal(told, figure.value):
        tally.held += 1
        return
    if _far(told, value, line.rate):
        tally.skip(
            both(
                "số trong bảng khác xa, không chắc là cùng một chỉ tiêu",
                "the number in the table is far off: not surely the same thing",
            )
        )
        return
    tally.failed += 1
    printed, head, place = line.printed(cell.column), cell.grid.head(cell.column), row_place(cell.grid, line)
    yield TABLE.finding(
        (figure.span,),
        f"lời văn ghi {with_unit(figure)}; {place}, cột {head}, ghi {printed}",
        f"the text says {with_unit(figure)}; {place.en}, column {head}, {printed}",
        stated=figure.printed,
        expected=show(told) + ("%" if figure.unit == "%" else ""),
        evidence=(line.span(cell.column),),
        suggestion=both(
            "đối chiếu lời văn với bảng, thống nhất một số liệu",
            "compare the text with the table and keep one number",
        ),
        page=figure.page,
    )


def _far(told: Decimal, value: Decimal, rate: bool) -> bool:
    if rate:
        return abs(told - value) > _FAR_POINTS
    low, high = sorted((told, value))
    return low * _FAR_TIMES < high


RESTATED = rule("FIG-206", check_restated)
TABLE = rule("FIG-207", check_against_tables)
RESTATED_RULES = (RESTATED, TABLE)
