"""The numbers of a paper, in text and in tables, each with the words that tell what it is of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from itertools import groupby
from math import log

from graphs.checks.reading.phrases import Phrase, Phrases, read_phrases
from graphs.checks.reading.rows import Same, grids
from graphs.checks.reading.said import PLANNED_RE
from graphs.checks.reading.tabled import read_cells, usual_unit
from graphs.checks.reading.telling import (
    AIMS_RE,
    BRACKET_RE,
    Known,
    Read,
    Saying,
    Telling,
    Words,
    as_printed,
    carrying,
    carrying_in,
    first_times,
    known_among,
    marks_of,
    retold_of,
    telling_of,
)
from graphs.checks.reading.worded import read_worded
from graphs.checks.report import Subject

_AIM_RE = re.compile(
    r"\b(?:ít nhất|tối thiểu|không quá|trở lên|phấn đấu|không dưới|mục tiêu|chỉ tiêu|kế hoạch|dự toán|giao)\b",
    re.IGNORECASE,
)
_OR_MORE_RE = re.compile(r"\s*trở lên", re.IGNORECASE)
#: The way of a change that stands before it.
_WAY_RE = re.compile(r"\b(tăng|giảm)\b[^,;.\d]*$", re.IGNORECASE)
#: What goes on behind a number that is none: ``1.013.788.H42``.
_CODE_RE = re.compile(r"[.\-/]?[A-ZĐ]")
#: What a number is the label of.
_LABELLED_RE = re.compile(r"\b(?:hình|bảng|(?<!đại )biểu|phụ lục|điều|chương|trang)\s*$", re.IGNORECASE)
#: What a rate alone in a bracket is of: "thu từ đất (71,4%)".
_NAMED_RE = re.compile(r"(?:^|[,;:.]\s|\d[\s%)]*|\s(?:và|là)\s)(?P<name>[^\d,;:.()]+?)\s*\(\s*$")
_AND_RE = re.compile(r"[^,;:.()\d]{0,25}\bvà\s+")
_FEWEST, _LEAST_CLAUSES = 2, 30
_LONG_HEADING, _NEAREST, _LABEL = 160, 3, 16


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
    text = list(_of_text(subject, told))
    usual = usual_unit([one.unit for one, _ in text if one and one.kind == "money"])
    for telling, words in (*text, *read_cells(subject, told, usual), *read_worded(subject, told)):
        if words is not None:
            held.update(words)
            contexts += 1
        if telling is not None:
            found.append(telling)
    beside, around = _neighbours(found)
    return Tellings(tuple(found), held, max(contexts, _LEAST_CLAUSES), read_phrases(subject), beside, around)


def every_telling(subject: Subject) -> tuple[list[Telling], list[Telling], list[Telling]]:
    """All numbers but 0, however short: those of the text, of cells, and of cells of words."""
    text = [one for one, _ in _of_text(subject, bool) if one]
    usual = usual_unit([one.unit for one in text if one.kind == "money"])
    cells = [one for one, _ in read_cells(subject, bool, usual) if one]
    return text, cells, [one for one, _ in read_worded(subject, bool) if one]


def _values(subject: Subject) -> Iterator[Decimal]:
    for phrase in read_phrases(subject).found:
        yield Decimal(phrase.figure.value)
    for grid in grids(subject.document):
        yield from (cell for line in grid.lines for at in grid.columns if (cell := line.value(at)) is not None)


def _of_text(subject: Subject, known: Known) -> Iterator[Read]:
    for telling, words, told in _all_of_text(Same(subject)):
        if telling is None or known(told):
            yield telling, words


@lru_cache(maxsize=2)
def _all_of_text(read: Same[Subject]) -> tuple[tuple[Telling | None, Words | None, Decimal], ...]:
    """The numbers of the text, and the words of its clauses; each is read once, however many are asked for."""
    return tuple(_read_text(read.it))


def _read_text(subject: Subject) -> Iterator[tuple[Telling | None, Words | None, Decimal]]:
    aimed = {target.span.start for target in subject.targets}
    for clause, group in groupby(read_phrases(subject).found, key=lambda phrase: phrase.clause):
        yield None, clause.words, Decimal(0)
        for phrase in group:
            told = phrase.told.where
            start = told.start(phrase.figure)
            is_code = _CODE_RE.match(told.text, told.end(phrase.figure)) or _LABELLED_RE.search(
                told.text, max(0, start - _LABEL), start
            )
            if not is_code:
                value = as_printed(Decimal(phrase.figure.value), phrase.figure.printed)
                yield _telling(phrase, phrase.figure.span.start in aimed), None, value


def _telling(phrase: Phrase, aimed: bool) -> Telling:
    where, figure, clause = phrase.told.where, phrase.figure, phrase.clause
    return telling_of(
        figure,
        ("block", where.block.view.start),
        ("clause", where.block.view.start, clause.start),
        phrase.told.led,
        clause.text,
        phrase.called,
        partial(_words_of_phrase, phrase),
        partial(_of_phrase, phrase, aimed),
    )


def _words_of_phrase(phrase: Phrase) -> Words:
    own = carrying(phrase.tokens)
    if len(own) >= _FEWEST:
        return own
    where, rate = phrase.told.where, phrase.figure.unit == "%"
    named = _NAMED_RE.search(where.text[phrase.clause.start : where.start(phrase.figure)]) if rate else None
    return own | (carrying_in(named["name"]) if named else carrying(phrase.opening))


def _of_phrase(phrase: Phrase, aimed: bool) -> Saying:
    where, figure, clause = phrase.told.where, phrase.figure, phrase.clause
    last = max((where.end(one) for one in where.figures[: phrase.told.at]), default=0)
    led_in = where.text[max(clause.start, last) : where.start(figure)]
    full, over = f"{led_in} {phrase.text}", phrase.over
    led = _led_together(phrase, led_in)
    aim = (
        bool(
            PLANNED_RE.search(led_in)
            or _AIM_RE.search(phrase.text)
            or _OR_MORE_RE.match(where.text, where.end(figure))
        ),
        aimed or bool(PLANNED_RE.search(phrase.told.sentence)),
        any(map(AIMS_RE.search, over[:3])),
    )
    way = _WAY_RE.search(led_in)
    return Saying(
        phrase.pairs,
        carrying(clause.words),
        carrying(clause.label).union(*(carrying_in(text[:_LONG_HEADING]) for text in over[:_NEAREST])),
        first_times(full, BRACKET_RE.sub(" ", clause.text), *over),
        marks_of(full, led),
        way[1].lower() if way else "",
        aim,
        retold_of(over),
        phrase.names,
        phrase.levels,
    )


def _led_together(phrase: Phrase, led_in: str) -> str:
    """What leads to a number; of the second of two joined by *và* what leads to both: ``giảm 6 vụ và 24 ha``."""
    where, at = phrase.told.where, phrase.told.at
    if at and _AND_RE.fullmatch(led_in) and where.start(where.figures[at - 1]) >= phrase.clause.start:
        last = max((where.end(one) for one in where.figures[: at - 1]), default=0)
        return where.text[max(phrase.clause.start, last) : where.start(where.figures[at - 1])]
    return led_in


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
