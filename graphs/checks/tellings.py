"""The numbers of a paper, in text and in tables, each with the words that tell what it is of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import groupby
from math import log

from graphs.checks.mentions import proper_names
from graphs.checks.moved import scaled
from graphs.checks.phrases import Pair, Phrase, Phrases, level_words, pairs_of, read_phrases, words_of
from graphs.checks.report import Subject
from graphs.checks.rows import Grid, Line, grids
from graphs.checks.said import MONEY_RE, PLANNED_RE
from graphs.checks.telling import (
    Known,
    Saying,
    Telling,
    Words,
    carrying,
    carrying_in,
    first_times,
    known_among,
    marks_of,
    measured_in,
    places_printed,
    retold_of,
)
from graphs.checks.told import says_only_time

_AIM_RE = re.compile(
    r"\b(?:ít nhất|tối thiểu|không quá|trở lên|phấn đấu|không dưới|mục tiêu|chỉ tiêu|kế hoạch|dự toán|giao)\b",
    re.IGNORECASE,
)
_AIMS_RE = re.compile(
    r"\b(?:mục tiêu|chỉ tiêu|nhiệm vụ|phương hướng|kế hoạch|dự toán|định hướng|phấn đấu|giải pháp)\b",
    re.IGNORECASE,
)
_PLAN_HEAD_RE = re.compile(
    r"\b(?:KH|DT|NQ|giao|kế hoạch|dự toán|mục tiêu|chỉ tiêu|phấn đấu|nhu cầu|quy hoạch|mức phải đạt"
    r"|yêu cầu|nghị quyết)\b",
    re.IGNORECASE,
)
_DONE_HEAD_RE = re.compile(
    r"^(?!ước|kế hoạch|dự toán).*\b(?:kết quả|TH|ƯTH|UTH|thực hiện|đã|đạt được|giải ngân|hiện trạng|đạt)\b",
    re.IGNORECASE | re.DOTALL,
)
_OR_MORE_RE = re.compile(r"\s*trở lên", re.IGNORECASE)
#: The way of a change that stands before it.
_WAY_RE = re.compile(r"\b(tăng|giảm)\b[^,;.\d]*$", re.IGNORECASE)
#: A verdict in a cell of words at the end of its row.
_VERDICT_RE = re.compile(
    r"\s*\b(?:(?:không|chưa)\s+(?:đạt|hoàn thành)|vượt|đạt(?: yêu cầu)?|hoàn thành(?: vượt)?)\s*$", re.IGNORECASE
)
_BRACKET_RE = re.compile(r"\([^()]*\)")
#: What goes on behind a number that is none: ``1.013.788.H42``.
_CODE_RE = re.compile(r"[.\-/]?[A-ZĐ]")
_FEWEST, _HEADINGS, _LEAST_CLAUSES = 2, 4, 30
_LONG_HEADING, _NEAREST = 160, 3


class _Weights(dict[str, float]):
    def __missing__(self, word: str) -> float:
        return 1.0


Beside = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class Tellings:
    """The numbers of a paper, in how many clauses, rows and heads a word stands, and what stands beside each.

    `beside` are the numbers right before and behind it, once for each way its text or table runs; `around` those
    of its clause or row, and of its column.
    """

    found: tuple[Telling, ...]
    held: Counter[str]
    contexts: int
    phrases: Phrases
    beside: Sequence[Sequence[Beside]]
    around: Sequence[Sequence[frozenset[Decimal]]]

    def weights(self) -> dict[str, float]:
        """What each word says: one that a single place holds 1, one that all hold nothing."""
        total = log(self.contexts + 1)
        return _Weights({word: 1 - log(count) / total for word, count in self.held.items()})


def read_tellings(subject: Subject) -> Tellings:
    """The numbers of text and tables that can be known again, in reading order of each."""
    held: Counter[str] = Counter()
    contexts = 0
    found: list[Telling] = []
    told = known_among(_values(subject))
    for telling, words in (*_of_text(subject, told), *_of_tables(subject, told)):
        if words is not None:
            held.update(words)
            contexts += 1
        if telling is not None:
            found.append(telling)
    beside, around = _neighbours(found)
    return Tellings(tuple(found), held, max(contexts, _LEAST_CLAUSES), read_phrases(subject), beside, around)


def _values(subject: Subject) -> Iterator[Decimal]:
    for phrase in read_phrases(subject).found:
        yield Decimal(phrase.figure.value)
    for grid in grids(subject.document):
        yield from (cell for line in grid.lines for at in grid.columns if (cell := line.value(at)) is not None)


Read = tuple[Telling | None, Iterable[str] | None]


def _of_text(subject: Subject, known: Known) -> Iterator[Read]:
    aimed = {target.span.start for target in subject.targets}
    for clause, group in groupby(read_phrases(subject).found, key=lambda phrase: phrase.clause):
        yield None, clause.words
        for phrase in group:
            told = phrase.told.where
            is_code = _CODE_RE.match(told.text, told.end(phrase.figure))
            if known(Decimal(phrase.figure.value)) and not is_code:
                yield _telling(phrase, phrase.figure.span.start in aimed), None


def _telling(phrase: Phrase, aimed: bool) -> Telling:
    where, figure, clause = phrase.told.where, phrase.figure, phrase.clause
    value, printed = Decimal(figure.value), scaled(figure)
    unit = (figure.unit or "").lower()
    return Telling(
        figure.span,
        where.block.page,
        figure.printed,
        unit,
        "%" if unit == "%" else "money" if MONEY_RE.match(unit) else "",
        printed,
        (printed / value if value else Decimal(1)).scaleb(-places_printed(figure.value, figure.printed)),
        figure.of,
        ("block", where.block.view.start),
        ("clause", where.block.view.start, clause.start),
        phrase.told.led,
        clause.text,
        phrase.called,
        None,
        partial(_words_of_phrase, phrase),
        partial(_of_phrase, phrase, aimed),
    )


def _words_of_phrase(phrase: Phrase) -> Words:
    own = carrying(phrase.tokens)
    return own if len(own) >= _FEWEST else own | carrying(phrase.opening)


def _of_phrase(phrase: Phrase, aimed: bool) -> Saying:
    where, figure, clause = phrase.told.where, phrase.figure, phrase.clause
    last = max((where.end(one) for one in where.figures[: phrase.told.at]), default=0)
    led_in = where.text[max(clause.start, last) : where.start(figure)]
    full, over = f"{led_in} {phrase.text}", phrase.over
    aim = (
        bool(
            PLANNED_RE.search(led_in)
            or _AIM_RE.search(phrase.text)
            or _OR_MORE_RE.match(where.text, where.end(figure))
        ),
        aimed or bool(PLANNED_RE.search(phrase.told.sentence)),
        any(map(_AIMS_RE.search, over[:3])),
    )
    way = _WAY_RE.search(led_in)
    return Saying(
        phrase.pairs,
        carrying(clause.words),
        carrying(clause.label).union(*(carrying_in(text[:_LONG_HEADING]) for text in over[:_NEAREST])),
        first_times(full, _BRACKET_RE.sub(" ", clause.text), *over),
        marks_of(full, led_in),
        way[1].lower() if way else "",
        aim,
        retold_of(over),
        phrase.names,
        phrase.levels,
    )


def _of_tables(subject: Subject, known: Known) -> Iterator[Read]:
    units = {unit.eid: unit for unit in subject.document.units}
    for at, grid in enumerate(grids(subject.document)):
        headings: list[str] = []
        unit = units.get(grid.table.unit or "")
        while unit is not None and len(headings) < _HEADINGS:
            headings.append(unit.heading)
            unit = units.get(unit.parent or "")
        yield from _of_grid(grid, at, tuple(headings), known)


def _of_grid(grid: Grid, at: int, headings: tuple[str, ...], known: Known) -> Iterator[Read]:
    over = _Over(grid, headings, {line.at: line for line in grid.lines})
    heads = {column: _Head.read(grid.head(column)) for column in grid.columns}
    for head in heads.values():
        yield None, set(head.words)
    for line in grid.lines:
        values = {column: value for column in grid.columns if (value := line.value(column)) is not None}
        if not values:
            continue
        label = _label(line)
        yield None, set(words_of(_BRACKET_RE.sub(" ", label)))
        for column, value in values.items():
            if not known(value):
                continue
            head = heads[column]
            told = (label, head.text), (f"({grid.table.measure})", over.title)
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
    """A table with the headings over it and its rows by their places."""

    grid: Grid
    headings: tuple[str, ...]
    rows: Mapping[int, Line]

    @property
    def title(self) -> str:
        table = self.grid.table
        return " ; ".join(filter(None, (table.title, table.caption, table.appendix)))


def _words_of_cell(over: _Over, label: str, head: _Head) -> Words:
    return (carrying_in(_BRACKET_RE.sub(" ", label)) or carrying_in(over.title)) | head.own


def _of_cell(over: _Over, line: Line, label: str, head: _Head) -> Saying:
    title, text = over.title, f"{label} | {head.text}"
    words = words_of(_BRACKET_RE.sub(" ", label))
    named = carrying(words)
    upper = frozenset[str]().union(*map(carrying_in, _labels_over(line, over.rows)))
    plain = not named or line.total or says_only_time(label)
    aim = (
        head.aimed,
        head.aimed or bool(PLANNED_RE.search(label)),
        any(map(_AIMS_RE.search, over.headings[:2])),
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
        words = words_of(_BRACKET_RE.sub(" ", text))
        named = () if says_only_time(text) else words
        return cls(
            text,
            words,
            carrying(named),
            pairs_of(named),
            bool(_PLAN_HEAD_RE.search(text)),
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


def _neighbours(found: Sequence[Telling]) -> tuple[list[list[Beside]], list[list[frozenset[Decimal]]]]:
    """What stands beside each number, and around it; of the text by its clause, and along its paragraph."""
    runs: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, one in enumerate(found):
        ways: list[tuple[object, ...]] = [("around", one.circle)]
        ways += (
            [("beside", one.circle), ("both", one.place, one.cell[2])]
            if one.cell
            else [("beside", one.place, one.kind), ("beside", one.place)]
        )
        for way in ways:
            runs[way].append(at)
    beside: list[list[Beside]] = [[] for _ in found]
    around: list[list[frozenset[Decimal]]] = [[] for _ in found]
    for (how, *_), run in runs.items():
        values = [found[at].value if found[at].rare else None for at in run]
        told = frozenset(value for value in values if value is not None)
        for place, at in enumerate(run):
            if how != "beside":
                around[at].append(told)
            if how != "around":
                before = values[place - 1] if place else None
                beside[at].append((before, values[place + 1] if place + 1 < len(run) else None))
    return beside, around
