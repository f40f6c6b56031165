"""One thing told at two places of a paper with two values: in text and text, text and table, table and table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graphs.checks.learned.likeness import Likeness
from graphs.checks.learned.rivals import CERTAIN, Rivals
from graphs.checks.reading.arithmetic import slip_by_chance
from graphs.checks.reading.phrases import years_of
from graphs.checks.reading.rows import Same
from graphs.checks.reading.telling import Telling
from graphs.checks.reading.tellings import read_tellings
from graphs.checks.report import Subject
from kb.models import Span

#: From so much on two numbers are told.
SURE = 1.9


@dataclass(frozen=True, slots=True)
class Twice:
    """Two numbers of one thing that are unlike, how sure that is, and others that tell the same as each.

    What is told less often, or last, is the `other`: more likely the slip.
    """

    one: Telling
    other: Telling
    sure: float
    like_one: tuple[Telling, ...]
    like_other: tuple[Telling, ...]

    @property
    def mistyped(self) -> bool:
        """Whether the one is the other with a digit, or two, typed wrong."""
        return slip_by_chance(self.one.value, self.other.value) is not None

    @property
    def certain(self) -> bool:
        """Whether they can hardly be two things."""
        return self.sure >= CERTAIN

    @property
    def in_text_and_table(self) -> bool:
        """Whether one stands in a table, the other in text."""
        return bool(self.one.cell) != bool(self.other.cell)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the other is told, and what tells the same."""
        return tuple(told.span for told in (self.other, *self.like_other))

    @property
    def evidence(self) -> tuple[Span, ...]:
        """Where the one is told, and what tells the same."""
        return tuple(told.span for told in (self.one, *self.like_one))


def told_twice(subject: Subject) -> tuple[Twice, ...]:
    """What is told twice with two values; read once for all rules. A paper of rules tells nothing."""
    return _read(Same(subject))[0]


def told_alike(subject: Subject) -> int:
    """How many numbers are told again with the same value, as far as their words say that they are one thing."""
    return _read(Same(subject))[1]


def likeness_of(subject: Subject) -> Likeness:
    """The numbers of a paper with what pairs of them have in common; read once for all rules."""
    return _likeness(Same(subject))


@lru_cache(maxsize=2)
def _likeness(read: Same[Subject]) -> Likeness:
    return Likeness(read_tellings(read.it), years_of(read.it))


@lru_cache(maxsize=2)
def _read(read: Same[Subject]) -> tuple[tuple[Twice, ...], int]:
    if read.it.is_rule():
        return (), 0
    rivals = _rivals(read)
    return tuple(_surest(rivals)), sum(rivals.like.equal(*pair) for pair in rivals.like.pairs)


def rivals_of(subject: Subject) -> Rivals:
    """The numbers of a paper, each with those most like it; read once for all rules."""
    return _rivals(Same(subject))


@lru_cache(maxsize=2)
def _rivals(read: Same[Subject]) -> Rivals:
    return Rivals(_likeness(read))


def _surest(rivals: Rivals) -> Iterator[Twice]:
    """The surest first; a number is told with the one that it is most like."""
    used: set[int] = set()
    like = rivals.like
    for sure, (first, second) in sorted(rivals.unlike(), reverse=True):
        if sure < SURE:
            break
        equals = {at: [other for other in like.equals(at) if other not in used] for at in (first, second)}
        one, other = (first, second) if len(equals[first]) >= len(equals[second]) else (second, first)
        if used.isdisjoint((one, other)):
            used.update((one, other, *equals[one], *equals[other]))
            told = like.read.found
            likes = (tuple(told[at] for at in equals[place]) for place in (one, other))
            yield Twice(told[one], told[other], sure, *likes)
