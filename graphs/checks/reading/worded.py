"""The numbers inside cells of words, each with the words of its cell, its row and what stands over them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from graphs.checks.reading.mentions import proper_names
from graphs.checks.reading.phrases import level_words, pairs_of, words_of
from graphs.checks.reading.telling import (
    AIMS_RE,
    PLAN_HEAD_RE,
    Known,
    Read,
    Saying,
    Telling,
    Words,
    as_printed,
    carrying_in,
    first_times,
    marks_of,
    retold_of,
    telling_of,
)
from graphs.checks.report import Subject
from kb.models import Figure

_CUT_RE = re.compile(r"[;:()\n]|[,.](?!\d)")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Worded:
    """What the part of its cell says before and behind a number, then its cell, row, head and table."""

    before: str
    behind: str
    cell: str
    label: str
    head: str
    title: str


def read_worded(subject: Subject, known: Known) -> Iterator[Read]:
    """The numbers inside cells of words that can be known again."""
    for figure in subject.figures:
        in_words = None not in (figure.inside, figure.table, figure.row, figure.column)
        if in_words and known(as_printed(Decimal(figure.value), figure.printed)):
            yield _telling(_read(subject, figure), figure), None


def _read(subject: Subject, figure: Figure) -> _Worded:
    table = subject.document.tables[figure.table or 0]
    cells, column = table.rows[figure.row or 0].cells, figure.column or 0
    text = cells[column].text or ""
    low, high = (figure.inside.start, figure.inside.end) if figure.inside else (0, 0)
    before, behind = _CUT_RE.split(text[:low])[-1], _CUT_RE.split(text[high:])[0]
    label = next((cell.text for at, cell in enumerate(cells) if at != column and carrying_in(cell.text or "")), "")
    title = " ; ".join(filter(None, (table.title, table.caption, table.appendix)))
    head = table.columns[column] if column < len(table.columns) else ""
    return _Worded(before, behind, text, label or "", head, title)


def _telling(read: _Worded, figure: Figure) -> Telling:
    place = (figure.table or 0, figure.row or 0)
    return telling_of(
        figure,
        ("worded", place[0]),
        ("row", *place),
        (),
        f"{read.label} | {read.cell}",
        " ".join(f"{read.before} {read.behind}".split()),
        partial(_words, read),
        partial(_saying, read),
    )


def _words(read: _Worded) -> Words:
    own = carrying_in(f"{read.before} {read.behind}")
    return own if len(own) >= _FEWEST else own | carrying_in(read.label)


def _saying(read: _Worded) -> Saying:
    text = f"{read.before} {read.behind}"
    aimed = bool(PLAN_HEAD_RE.search(read.head))
    return Saying(
        pairs_of(words_of(text)),
        carrying_in(read.cell) | carrying_in(read.label),
        carrying_in(read.title) | carrying_in(read.head),
        first_times(read.cell, read.label, read.head, read.title),
        marks_of(text, read.before),
        "",
        (aimed, aimed, bool(AIMS_RE.search(read.title))),
        retold_of((read.title,)),
        frozenset(proper_names(read.cell)),
        level_words(text),
    )
