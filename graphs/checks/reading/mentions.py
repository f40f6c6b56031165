"""Each figure of the text as a mention of a thing: its own words, those of its sentence and place.

Words are worked out when they are asked for: most figures are never compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from graphs.checks.reading.named import GENERAL, Surroundings, surroundings, thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Same
from graphs.checks.report import Subject
from kb.models import Figure

#: It begins with a mark, and asks behind it what stands before: most of a text is passed over untried.
_SENTENCE_RE = re.compile(r"[.;\n](?:(?<=\n)|(?<!\d.)\s|\s(?!\d))")
_TAIL_RE = re.compile(r"[^,.;:()\d]{0,70}")
_NAME_RE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
#: That it was only so much: no word of the thing.
_ONLY_RE = re.compile(
    r"\b(?:mới|chỉ|vẫn)(?:\s+(?:chỉ|mới))?(?=\s+(?:đạt|có|được|bằng|là|còn)\b|\s*$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """A figure of the text and where it stands; `at` is its number among the figures of its block."""

    figure: Figure
    where: Stated
    at: int
    places: Surroundings

    @property
    def sentence(self) -> str:
        """The text of its sentence, or part of one that a semicolon ends, up to the figure."""
        before = self.where.text[: self.where.start(self.figure)]
        return _SENTENCE_RE.split(before)[-1]

    @property
    def own_text(self) -> str:
        """What stands between the figure before it in its sentence and itself, and right behind it."""
        low = self.where.start(self.figure) - len(self.sentence)
        if self.at:
            low = max(low, self.where.end(self.where.figures[self.at - 1]))
        before = self.where.text[low : self.where.start(self.figure)]
        return f"{before} {self.counted}"

    @property
    def counted(self) -> str:
        """The words right behind the figure: what it counts and what more is said of that, up to a comma."""
        tail = _TAIL_RE.match(self.where.text, self.where.end(self.figure))
        return f"{self.figure.unit or ''} {tail.group() if tail else ''}"

    @property
    def own(self) -> frozenset[str]:
        """The carrying words of `own_text`."""
        return _words(self.own_text)

    @property
    def clause(self) -> frozenset[str]:
        """The carrying words of its sentence up to it, and right behind it."""
        return _words(f"{self.sentence} {self.counted}")

    @property
    def names(self) -> frozenset[str]:
        """The names of places and bodies in its sentence."""
        return frozenset(proper_names(self.sentence))

    @property
    def led(self) -> tuple[str, ...]:
        """The leads of the list that it is an item of."""
        return self.places.leads.get(self.where.block.view.start, ())

    @property
    def levels(self) -> frozenset[str]:
        """The level of government that it is told of: right beside it, or else in its sentence."""
        own, clause = (
            frozenset(word for word in words if word.startswith("cấp-")) for words in (self.own, self.clause)
        )
        return own or clause

    def set_apart(self, other: Mention) -> bool:
        """Whether names, a level of government or one list of several things set two mentions apart."""
        if self.led and self.led == other.led:
            return True
        if (self.names or other.names) and not (self.names <= other.names or other.names <= self.names):
            return True
        return self.levels != other.levels


def _words(text: str) -> frozenset[str]:
    return thing_words(_ONLY_RE.sub(" ", text)) - GENERAL


def mentions(subject: Subject) -> tuple[Mention, ...]:
    """The figures of running text and notes, in reading order; read once for all rules."""
    return _mentions(Same(subject))


@lru_cache(maxsize=2)
def _mentions(read: Same[Subject]) -> tuple[Mention, ...]:
    places = surroundings(read.it.document)
    return tuple(
        Mention(figure, where, at, places) for where in stated(read.it) for at, figure in enumerate(where.figures)
    )


def proper_names(text: str) -> Iterator[str]:
    """The names in a text: two words or more one after another that begin with a capital alone.

    >>> list(proper_names("chi cho Sở Nội vụ và huyện Cam Lâm"))
    ['Sở Nội', 'Cam Lâm']
    """
    for run in _NAME_RE.findall(text):
        for capital, words in groupby(run.split(" "), str.istitle):
            name = " ".join(words)
            if capital and " " in name:
                yield name
