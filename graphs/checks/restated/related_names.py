"""The words that name the numbers of a paper, and how much of what is said of two numbers they are.

Those of the text bear the words between them and the number before; a number or a letter behind a word tells
things apart (``nhóm 4``).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from math import log

from graphs.checks.reading.compared import Words
from graphs.checks.reading.prose import stated
from graphs.checks.reading.rows import Same
from graphs.checks.report import Subject
from graphs.checks.restated.called_values import Called, called_values
from graphs.checks.restated.related import Related, names_in

_STOP_RE = re.compile(
    r"[;:(),.]|\s(?:trong đó|gồm|tăng|giảm|chiếm|đạt|bằng|so với|cao hơn|thấp hơn|trong khi)(?=\s)", re.IGNORECASE
)
#: So far the words before a number and behind it are of it.
_BEFORE, _BEHIND = 160, 60
#: What is less and has no unit tells things apart.
_SHORT = 10


class Names:
    """The numbers of a paper with the words that name each, and how much a word says."""

    def __init__(self, subject: Subject) -> None:
        self.found = [one for one in called_values(subject).found if _is_value(one)]
        names = _of_text(subject)
        self.names: list[Words] = [
            names.get(one.node.told.span.start, one.own) if one.node.cell is None else _of_cell(one)
            for one in self.found
        ]
        self.changed = {
            id(one)
            for before, one in pairwise(self.found)
            if one.is_share and "change" in before.node.told.said.marks
        }
        held = Counter(word for words in self.names for word in words)
        many = len(self.found) + 1
        self.worth = {word: log(many / times) for word, times in held.items()}

    def weight(self, words: Words) -> float:
        """How much some words say."""
        return sum(self.worth.get(word, 0.0) for word in words)


def _is_value(one: Called) -> bool:
    """Whether a number counts or measures: none that tells things apart (``kịch bản 2``), nor a multiple."""
    told = one.node.told
    is_name = one.node.cell is None and not (told.unit or told.of) and one.value < _SHORT
    return one.value > 0 and told.unit != "lần" and not is_name


def _of_cell(one: Called) -> Words:
    if one.node.cell is None:
        return one.own
    grid, line, column = one.node.cell
    return (
        names_in(f"{line.label if not line.total else ''} ; {grid.head(column)} ; {grid.table.title or ''}")
        | one.all
    )


def _of_text(subject: Subject) -> dict[int, Words]:
    """The words between a number and the one before it in its sentence, and those right behind it."""
    found: dict[int, Words] = {}
    for where in stated(subject):
        last, before = 0, frozenset[str]()
        for at, one in enumerate(where.figures):
            start, end = where.start(one), where.end(one)
            ahead = where.text[max(last, start - _BEFORE) : start].rpartition(". ")[2].rpartition(";")[2]
            follow = where.start(where.figures[at + 1]) if at + 1 < len(where.figures) else end + _BEHIND
            behind = where.text[end : min(follow, end + _BEHIND)]
            stop = _STOP_RE.search(behind)
            name = names_in(f"{ahead} ; {behind[: stop.start() if stop else None]}")
            if ". " in where.text[last:start] or ";" in where.text[last:start]:
                before = frozenset()
            # "giảm 78 cặp (20,0%)": a rate that is not named is of what stands before it.
            if one.unit == "%" and not name:
                name = before
            found[one.span.start] = before = name
            last = end + (stop.start() if stop else 0)
    return found


@lru_cache(maxsize=2)
def _names(read: Same[Subject]) -> Names:
    return Names(read.it)


def names_of(subject: Subject) -> Names:
    """The numbers of a paper with their names; read once."""
    return _names(Same(subject))


class SaidWords:
    """The words of what is said, each a bit, and how much any of them together say."""

    def __init__(self, said: Related, names: Names) -> None:
        self.words = sorted(names_in(said.first) | names_in(said.second))
        self.worth = [names.worth.get(word, 0.0) for word in self.words]
        self.unknown = sum(word not in names.worth for word in self.words)
        self.masks = (self.mask(names_in(said.first)), self.mask(names_in(said.second)))
        self.all = self.masks[0] | self.masks[1]
        self._known: dict[int, float] = {}

    def mask(self, words: Words) -> int:
        """Some words as bits."""
        return sum(1 << at for at, word in enumerate(self.words) if word in words)

    def weight(self, mask: int) -> float:
        """How much some words say."""
        if mask not in self._known:
            self._known[mask] = sum(much for at, much in enumerate(self.worth) if mask >> at & 1)
        return self._known[mask]

    def part(self, mask: int, of: int) -> float:
        """How much of some words is among others."""
        return self.weight(mask & of) / whole if (whole := self.weight(of)) else 0.0
