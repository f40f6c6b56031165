"""FIG of rows of a table that the text names one after another, and what it says that they come to together.

``Hai huyện Bình Lư và Cẩm Sơn trồng được 735 ha rừng`` is the sum of these two rows in the column that has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from graphs.checks.reading.arithmetic import is_slip, show
from graphs.checks.reading.forms import AT_LEAST, AT_MOST, PLANNED_RE
from graphs.checks.reading.moved import in_unit_of, scaled
from graphs.checks.reading.named import with_unit
from graphs.checks.reading.phrases import words_of
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Grid, Line, Same, grids
from graphs.checks.reading.said import MONEY_RE
from graphs.checks.reading.telling import carrying, carrying_in, measured_in
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

#: A kind of place, or of body, before the name of one.
_KIND = r"(?:(?:huyện|thị xã|thành phố|quận|xã|phường|thị trấn|đặc khu|h\.|tx\.|tp\.?|p\.|x\.)\s+)?"
_KIND_RE = re.compile(_KIND, re.IGNORECASE)
_JOIN_RE = re.compile(rf"\s*(?:,|\bvà\b|;)\s*{_KIND}", re.IGNORECASE)
#: What makes the number behind the names another one than their sum.
_EACH_RE = re.compile(
    r"\b(?:lần lượt|mỗi|từng|đều|bình quân|trung bình|tăng|giảm|thêm|hơn|cao nhất|thấp nhất|trong đó|riêng|còn"
    r"|chưa|không|trừ|kế hoạch|phấn đấu|từ)\b",
    re.IGNORECASE,
)
_AIM_RE = re.compile(rf"{PLANNED_RE.pattern}|\b(?:{AT_LEAST}|{AT_MOST})\b", re.IGNORECASE)
_MANY_RE = re.compile(r"\s*(?:,|và)\s+$|\s*[-–]\s*$")
_PUNCTUATION_RE = re.compile(r"[(),;:.]")
_FEWEST, _LETTERS, _NEAR, _REACH = 2, 5, Decimal("0.2"), 70


@dataclass(frozen=True, slots=True)
class _Sum:
    """Rows that the text names, and the number that it says they come to."""

    where: Stated
    figure: Figure
    lines: tuple[Line, ...]
    words: frozenset[str]


def check_named_rows(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What rows come to that are named one after another is their sum in a column of the table."""
    if subject.is_rule():
        return
    tables = [(grid, names_of_rows(grid)) for grid in grids(subject.document)]
    firsts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for at, (_, names) in enumerate(tables):
        for name in names:
            firsts[name.split(" ", 1)[0].rstrip(",")].append((at, name))
    for where in stated(subject) if firsts else ():
        if " và " not in where.text and ")" not in where.text:
            continue
        found: dict[int, list[str]] = defaultdict(list)
        for word in firsts.keys() & set(_PUNCTUATION_RE.sub(" ", where.text).split()):
            for at, name in firsts[word]:
                found[at].append(name)
        for at, told in found.items():
            if len(told) < _FEWEST:
                continue
            places = sorted((place, name) for name in told for place in _all(where.text, name))
            for sum_ in _sums(where, places, tables[at][1]) if len(places) >= _FEWEST else ():
                yield from _held(sum_, tables[at][0], tally)


def names_of_rows(grid: Grid) -> dict[str, Line]:
    """The rows of a table by their names; a name of two rows is none. Read once for all rules."""
    return _names(Same(grid))


@lru_cache(maxsize=64)
def _names(read: Same[Grid]) -> dict[str, Line]:
    grid = read.it
    found: dict[str, Line | None] = {}
    for line in grid.lines:
        name = _KIND_RE.sub("", " ".join(line.label.split()), count=1)
        if len(name) >= _LETTERS and not line.total and not any(letter.isdigit() for letter in name):
            for form in {name, name[0].lower() + name[1:]}:
                found[form] = None if form in found else line
    return {name: line for name, line in found.items() if line is not None}


def _sums(where: Stated, places: Sequence[tuple[int, str]], names: dict[str, Line]) -> Iterator[_Sum]:
    """The numbers right behind names that stand one after another."""
    for low, high in split_sentences(where.text, clauses=True):
        run = [(at, name) for at, name in places if low <= at < high]
        joined = _joined(where.text, run)
        if len({names[name].at for _, name in joined}) < max(_FEWEST, len(joined)):
            continue
        end = joined[-1][0] + len(joined[-1][1])
        figure = next((one for one in where.figures if end <= where.start(one) < high), None)
        if figure is None or figure.unit == "%" or figure.of or figure.bound:
            continue
        before = where.text[low : joined[0][0]] + " " + where.text[end : where.start(figure)]
        behind = where.text[where.end(figure) : min(high, where.end(figure) + _REACH)]
        if (
            where.start(figure) - end <= _REACH
            and not _EACH_RE.search(before)
            and not _AIM_RE.search(before)
            and not _several(where, figure, high)
        ):
            yield _Sum(where, figure, tuple(names[name] for _, name in joined), carrying_in(f"{before} {behind}"))


def _all(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        if not text[at + len(name) : at + len(name) + 1].isalpha():
            yield at
        at = text.find(name, at + 1)


def _joined(text: str, run: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The names that only commas and *và* part, from the first on."""
    found: list[tuple[int, str]] = []
    for at, name in run:
        if found and not _JOIN_RE.fullmatch(text[found[-1][0] + len(found[-1][1]) : at]):
            break
        found.append((at, name))
    return found


def _several(where: Stated, figure: Figure, high: int) -> bool:
    """Whether more numbers stand right behind one: each of the rows has its own."""
    behind = next((one for one in where.figures if where.end(figure) <= where.start(one) < high), None)
    return behind is not None and bool(_MANY_RE.search(where.between(figure, behind)))


def _held(told: _Sum, grid: Grid, tally: Tally) -> Iterator[Finding]:
    value = scaled(told.figure)
    near: list[tuple[int, Decimal]] = []
    for column in grid.columns:
        amounts = [_amount(grid, line, column, told.figure) for line in told.lines]
        if any(amount is None for amount in amounts):
            continue
        sum_ = sum((amount for amount in amounts if amount is not None), Decimal(0))
        if sum_ == value:
            tally.held += 1
            return
        head = carrying(words_of(grid.head(column)))
        unit = frozenset(words_of(told.figure.unit or ""))
        if head & (told.words | unit) and head - unit <= told.words | carrying_in(grid.table.title or ""):
            near.append((column, sum_))
    if len(near) == 1 and (abs(near[0][1] - value) <= near[0][1] * _NEAR or is_slip(near[0][1], value)):
        tally.failed += 1
        yield _finding(told, grid, *near[0])


def _amount(grid: Grid, line: Line, column: int, figure: Figure) -> Decimal | None:
    """The number of a row in a column, in đồng where it is money; None where it is not of the kind of a figure."""
    value = line.value(column)
    own, over = (line.label, grid.head(column)), (f"({grid.table.measure or ''})", grid.table.title or "")
    kind, _, scale = measured_in(line, column, own, over)
    money = bool(MONEY_RE.match(figure.unit or ""))
    if value is None or kind == "%" or (kind == "money") != money:
        return None
    return value * scale


def _finding(told: _Sum, grid: Grid, column: int, sum_: Decimal) -> Finding:
    total = show(in_unit_of(sum_, told.figure))
    shown = " + ".join(line.printed(column) for line in told.lines)
    labels = ", ".join(" ".join(line.label.split()) for line in told.lines)
    return NAMED_ROWS.finding(
        (told.figure.span,),
        f"ghi {with_unit(told.figure)} của {labels}; bảng, cột {grid.called(column)}: {shown} = {total}",
        f"{with_unit(told.figure)} is stated of {labels}; the table, column {grid.called(column)}, has {shown} ="
        f" {total}",
        stated=told.figure.printed,
        expected=total,
        evidence=tuple(line.span(column) for line in told.lines),
        suggestion=both("đối chiếu lời văn với các dòng của bảng", "compare the text with the rows of the table"),
        page=told.where.block.page,
    )


NAMED_ROWS = rule("FIG-302", check_named_rows)
NAMED_ROW_RULES = (NAMED_ROWS,)
