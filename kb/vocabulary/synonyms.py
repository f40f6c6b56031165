"""Words that administrative and legal texts use for one another: ``tối đa`` and ``không quá``.

Rows of ``data/synonyms.csv``: words any of which may stand for the others in a question, with a question and a
text that it should find, and a text that looks alike and holds none of them. Where words stand behind ``>``, those
are found for the others and lead to none: who asks for ``nghỉ cưới`` finds ``nghỉ việc riêng``, who asks for that
is not sent to weddings. Words found so weigh less than those typed; the rows are no definitions of the law.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kb.text.normalize import fold, nfc
from kb.text.words import mark_words, printed_words

Syllables = tuple[str, ...]
#: What stands before a word that the others of its row lead to and that leads to none.
_ONLY_FOUND = ">"


@dataclass(frozen=True, slots=True)
class Synonyms:
    """One row: words of one meaning, an example (question and text), a text that holds none of them.

    `typed` are those of the words that lead to others, `found` those that they lead to: all of them, or what is
    everyday or only asks to what the law says.
    """

    words: tuple[str, ...]
    typed: tuple[str, ...]
    found: tuple[str, ...]
    question: str
    text: str
    counter: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """Syllables of a question, from `start` up to `end`, and the words (printed) that texts use for them."""

    start: int
    end: int
    others: tuple[str, ...]


@lru_cache(maxsize=1)
def load_synonyms() -> tuple[Synonyms, ...]:
    """All rows of the table."""
    table = files("kb.vocabulary").joinpath("data/synonyms.csv").read_text(encoding="utf-8")
    rows = []
    for row in csv.DictReader(table.splitlines()):
        question, _, text = row["example"].partition(" => ")
        words = row["words"].split("|")
        plain = tuple(dict.fromkeys(word.lstrip(_ONLY_FOUND) for word in words))
        found = tuple(word[1:] for word in words if word[0] == _ONLY_FOUND)
        typed = tuple(word for word in words if word[0] != _ONLY_FOUND)
        rows.append(Synonyms(plain, typed, found or plain, question, text, row["counter"]))
    return tuple(rows)


def find_synonyms(words: Sequence[str], marks: Sequence[str]) -> list[Spoken]:
    """The words of a question that others stand for: at each place the longest, none inside another.

    Words typed with marks must agree in their marks: "tôi đa tạ" is not "tối đa".

    >>> typed = ("muc", "toi", "da"), ("mức", "tối", "đa")
    >>> [(found.start, found.end, found.others[0]) for found in find_synonyms(*typed)]
    [(1, 3, 'không quá')]
    >>> typed = ("sua", "nha", "dot", "nat"), ("sửa", "nhà", "dột", "nát")
    >>> [(found.start, found.end, found.others[0]) for found in find_synonyms(*typed)]
    [(0, 2, 'sửa chữa nhà ở'), (1, 4, 'nhà tạm')]
    """
    typed = tuple(marks)
    known = _known(typed == tuple(words))
    found: list[Spoken] = []
    reached = 0
    for at in range(len(typed)):
        for end in range(min(at + _longest(), len(typed)), max(at, reached), -1):
            others = known.get(typed[at:end])
            if others:
                found.append(Spoken(at, end, others))
                reached = end
                break
    return found


@lru_cache(maxsize=2)
def _known(plain: bool) -> Mapping[Syllables, tuple[str, ...]]:
    """The others of every word of the table, by its syllables as typed: with marks, or `plain` without."""
    others: dict[Syllables, list[str]] = {}
    for row in load_synonyms():
        for word in row.typed:
            key = tuple(mark_words(printed_words(nfc(word))))
            key = tuple(map(fold, key)) if plain else key
            others.setdefault(key, []).extend(other for other in row.found if other != word)
    return {key: tuple(dict.fromkeys(words)) for key, words in others.items()}


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _known(True)))
