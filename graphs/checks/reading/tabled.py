"""The numbers of the tables of a paper, each with the words of its row, its head and what stands over them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from graphs.checks.reading.mentions import proper_names
from graphs.checks.reading.phrases import Pair, level_words, pairs_of, words_of
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.said import PLANNED_RE
from graphs.checks.reading.telling import (
    AIMS_RE,
    BRACKET_RE,
    PLAN_HEAD_RE,
    Known,
    Read,
    Saying,
    Telling,
    Words,
    as_printed,
    carrying,
    carrying_in,
    first_times,
    marks_of,
    measured_in,
    places_printed,
    retold_of,
)
from graphs.checks.reading.told import says_only_time
from graphs.checks.report import Subject

_DONE_HEAD_RE = re.compile(
    r"^(?!ước|kế hoạch|dự toán).*\b(?:kết quả|TH|ƯTH|UTH|thực hiện|đã|đạt được|giải ngân|hiện trạng|đạt)\b",
    re.IGNORECASE | re.DOTALL,
)
#: Heads of columns that hold sums of money, whatever else is in the table.
_SUMS_RE = re.compile(r"\b(?:dự toán|quyết toán|kinh phí|số tiền|giải ngân)\b", re.IGNORECASE)
#: A verdict in a cell of words at the end of its row.
_VERDICT_RE = re.compile(
    r"\s*\b(?:(?:không|chưa)\s+(?:đạt|hoàn thành)|vượt|đạt(?: yêu cầu)?|hoàn thành(?: vượt)?)\s*$", re.IGNORECASE
)
_HEADINGS = 4
#: Where so many sums of the text, and of ten so many, are told in one unit, that is the unit of the paper.
_MANY, _MOST = 5, 8


def read_cells(subject: Subject, known: Known, usual: str) -> Iterator[Read]:
    """The cells that can be known again, and the words of each row and head.

    `usual` is the unit in which the paper tells sums of money.
    """
    units = {unit.eid: unit for unit in subject.document.units}
    numbers = {id(table): at for at, table in enumerate(subject.document.tables)}
    for grid in grids(subject.document):
        headings: list[str] = []
        unit = units.get(grid.table.unit or "")
        while unit is not None and len(headings) < _HEADINGS:
            headings.append(unit.heading)
            unit = units.get(unit.parent or "")
        yield from _of_grid(
            _Over(grid, tuple(headings), usual, {line.at: line for line in grid.lines}),
            numbers[id(grid.table)],
            known,
        )


def _of_grid(over: _Over, at: int, known: Known) -> Iterator[Read]:
    grid = over.grid
    heads = {column: _Head.read(grid.head(column)) for column in grid.columns}
    for head in heads.values():
        yield None, set(head.words)
    for line in grid.lines:
        values = {column: value for column in grid.columns if (value := line.value(column)) is not None}
        if not values:
            continue
        label = _label(line)
        yield None, set(words_of(BRACKET_RE.sub(" ", label)))
        for column, value in values.items():
            if not known(as_printed(value, line.printed(column))):
                continue
            head = heads[column]
            told = (label, head.text), (f"({over.measure(head.text)})", over.title)
            kind, measure, scale = measured_in(line, column, *told)
            of = line.of(column)
            cell = Telling(
                line.span(column),
                line.page,
                line.printed(column),
                measure,
                kind,
                value * scale,
                scale.scaleb(-places_printed(str(value), line.printed(column))),
                str(of) if of is not None else None,
                ("table", at),
                ("row", at, line.at),
                (),
                f"{label} | {head.text}",
                label,
                (grid, line, column),
                partial(_words_of_cell, over, label, head),
                partial(_of_cell, over, line, label, head),
            )
            yield cell, None


@dataclass(frozen=True, slots=True)
class _Over:
    """A table with the headings over it, and the unit in which its paper tells sums of money."""

    grid: Grid
    headings: tuple[str, ...]
    usual: str
    rows: Mapping[int, Line]

    @property
    def title(self) -> str:
        """What the table is called."""
        table = self.grid.table
        return " ; ".join(filter(None, (table.title, table.caption, table.appendix)))

    def measure(self, head: str) -> str:
        """In what the cells under a head are measured, where they do not say it themselves."""
        return self.grid.table.measure or (self.usual if _SUMS_RE.search(head) else "")


def usual_unit(units: Sequence[str]) -> str:
    """The unit in which a paper tells most of its sums of money, if there is one.

    >>> usual_unit(["triệu đồng"] * 5 + ["tỷ đồng"]), usual_unit(["tỷ đồng"])
    ('triệu đồng', '')
    """
    unit, count = next(iter(Counter(units).most_common(1)), ("", 0))
    return unit if count >= _MANY and count * 10 >= len(units) * _MOST else ""


def _words_of_cell(over: _Over, label: str, head: _Head) -> Words:
    return (carrying_in(BRACKET_RE.sub(" ", label)) or carrying_in(over.title)) | head.own


def _of_cell(over: _Over, line: Line, label: str, head: _Head) -> Saying:
    title, text = over.title, f"{label} | {head.text}"
    words = words_of(BRACKET_RE.sub(" ", label))
    named = carrying(words)
    upper = frozenset[str]().union(*map(carrying_in, _labels_over(line, over.rows)))
    plain = not named or line.total or says_only_time(label)
    aim = (
        head.aimed,
        head.aimed or bool(PLANNED_RE.search(label)),
        any(map(AIMS_RE.search, over.headings[:2])),
    )
    return Saying(
        pairs_of(words) | head.pairs,
        named | head.own | upper | (carrying_in(title) if plain else frozenset()),
        upper.union(carrying_in(title), *map(carrying_in, over.headings)),
        first_times(head.text, label, title, *over.headings),
        marks_of(text, label, head.text),
        "",
        (False, False, False) if head.done else aim,
        retold_of((title, *over.headings)),
        frozenset(proper_names(label)),
        level_words(text),
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a column: its words, those that say what it is of, whether it is of plans or of results."""

    text: str
    words: tuple[str, ...]
    own: Words
    pairs: frozenset[Pair]
    aimed: bool
    done: bool

    @classmethod
    def read(cls, text: str) -> _Head:
        words = words_of(BRACKET_RE.sub(" ", text))
        named = () if says_only_time(text) else words
        return cls(
            text,
            words,
            carrying(named),
            pairs_of(named),
            bool(PLAN_HEAD_RE.search(text)),
            bool(_DONE_HEAD_RE.search(text)),
        )


def _label(line: Line) -> str:
    """The label of a row without the verdict and the unit that stand in cells of their own; its first cell."""
    label = _VERDICT_RE.sub("", line.label or next((cell.text for cell in line.cells if cell.text), "") or "")
    return label.removesuffix(f" {line.unit}") if line.unit else label


def _labels_over(line: Line, rows: Mapping[int, Line]) -> Iterator[str]:
    """The labels of the rows that a row is a part of."""
    over = rows.get(line.parent) if line.parent is not None else None
    for _ in range(_HEADINGS):
        if over is None:
            return
        yield over.label
        over = rows.get(over.parent) if over.parent is not None else None
