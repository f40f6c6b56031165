"""A query as a tree that every engine can carry out.

The query language reads what was typed into these nodes; an engine turns them into its own queries. Text is
given as tokens of `kb.search.analysis`, never to be analysed again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeAlias

from kb.text.normalize import fold
from kb.text.words import JOINT

#: Weights of the tokens of a bag: pairs decide, single syllables help, exact marks settle what is left.
#: Chosen on the training part of ALQAC 2023 (see docs/scale.md).
PAIR_WEIGHT, WORD_WEIGHT, MARK_WEIGHT, HEAD_WEIGHT, KEY_WEIGHT = 1.0, 0.5, 0.05, 0.2, 2.0
#: What a pair is worth that only the headings and the title over a record hold.
OVER_WEIGHT = 0.8
#: What words are worth that texts use for those that were typed.
OTHER_WEIGHT = 0.8
#: A single syllable stands for many words without its marks: those that have them come first.
ALONE_WEIGHT = 2.0
#: So few words of a query may stand apart, if all are there; what a record gains for each when it has them all.
COVERED_WORDS, COVER_SCORE = 7, 1.0
#: Pairs in a larger share of the records than this only rank, unless they are among the rarest few of a query or
#: stand in so few records that it does not matter.
COMMON_SHARE, KEPT_PAIRS, FEW_RECORDS = 0.02, 3, 1000
#: A question of so many pairs may share but one with its answer; of a short query that is chance.
LONG_PAIRS = 6


@dataclass(frozen=True, slots=True)
class Other:
    """Words that texts use for some typed: `words` as typed, the last `pair` of them, its `others` as pairs.

    `shown` are the others as texts print them.
    """

    words: tuple[str, ...]
    pair: str
    others: tuple[tuple[str, ...], ...]
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bag:
    """Words looked for together, ranked by BM25; `at_least` of the pairs must be there, or all words.

    `fixed` are where fixed terms begin and end among the words: "cán bộ công chức" is one thing, said by many
    passages, and its pairs would outweigh what was asked of it.
    """

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    marks: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    at_least: int = 1
    others: tuple[Other, ...] = ()
    fixed: tuple[tuple[int, int], ...] = ()

    @property
    def shares(self) -> dict[str, float]:
        """What each word and pair of a fixed term counts beside others; those of no such term are left out.

        >>> bag = Bag(("giam", "bo", "cong", "an"), ("giam_bo", "bo_cong", "cong_an"), fixed=((1, 4),))
        >>> {token: round(share, 2) for token, share in bag.shares.items()}
        {'bo': 0.9, 'cong': 0.9, 'an': 0.9, 'bo_cong': 0.71, 'cong_an': 0.71}
        """
        return _shares(self.words, self.fixed)

    def others_of(self, pair: str) -> list[tuple[str, ...]]:
        """What may stand for a pair, each as the pairs that must all be there."""
        return [other for each in self.others if each.pair == pair for other in each.others]

    def alone_of(self, pair: str) -> list[tuple[str, ...]]:
        """What may stand for a pair where nothing else was typed: beside other words it finds nothing alone."""
        said = {each for other in self.others for each in pairwise(other.words)}
        return self.others_of(pair) if said.issuperset(pairwise(self.words)) else []

    @property
    def apart(self) -> list[tuple[str, str]]:
        """Field and token of each word, for words that need not stand together: typed marks must then agree.

        >>> Bag(("sao", "choi"), ("sao_choi",), ("chổi",)).apart
        [('words', 'sao'), ('marks', 'chổi')]
        """
        marked = {fold(mark): mark for mark in self.marks}
        return [
            ("marks", marked[word]) if word in marked else ("words", word) for word in dict.fromkeys(self.words)
        ]


@lru_cache(maxsize=256)
def _shares(words: tuple[str, ...], fixed: tuple[tuple[int, int], ...]) -> dict[str, float]:
    shares: dict[str, float] = {}
    for start, end in fixed:
        shares.update(dict.fromkeys(words[start:end], (2 / (end - start)) ** 0.25))
        pairs = map(JOINT.join, pairwise(words[start:end]))
        shares.update(dict.fromkeys(pairs, math.sqrt(1 / (end - start - 1))))
    return shares


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, `slop` others between them; ranked higher where the marks agree too."""

    words: tuple[str, ...]
    marks: tuple[str, ...] = ()
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Glob:
    """One word with ``*`` (any letters) and ``?`` (one letter)."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Term:
    """An exact value of a field: ``number``, ``type``, ``issuer``, ``work``, ``kind``, ``article``, ..."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Heads:
    """Words that must stand in title or headings."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers of a field, both ends included; None is open. Days are ``20250627``."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class All:
    """Every part must hold."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Any_:
    """One part at least must hold; scores add up."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Prefer:
    """`plan` must hold; `better` adds to the score where it holds too."""

    plan: Plan
    better: Plan


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold."""

    part: Plan


@dataclass(frozen=True, slots=True)
class Const:
    """The part holds with this score, whatever its own."""

    part: Plan
    score: float


@dataclass(frozen=True, slots=True)
class Everything:
    """All records."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No record."""


Plan: TypeAlias = (
    Bag | Phrase | Glob | Term | Heads | Range | All | Any_ | Prefer | Not | Const | Everything | Nothing
)


def all_of(*parts: Plan) -> Plan:
    """The parts joined, what says nothing left out, those of a part that is joined itself one by one.

    >>> all_of(Everything(), Term("type", "Luật"))
    Term(field='type', value='Luật')
    """
    each = (one for part in parts for one in (part.parts if isinstance(part, All) else (part,)))
    real = tuple(one for one in each if not isinstance(one, Everything))
    if any(isinstance(part, Nothing) for part in real):
        return Nothing()
    if not real:
        return Everything()
    return real[0] if len(real) == 1 else All(real)


def any_of(*parts: Plan) -> Plan:
    """One of the parts, what can never hold left out.

    >>> any_of(Nothing(), Glob("cai*"))
    Glob(pattern='cai*')
    """
    real = tuple(part for part in parts if not isinstance(part, Nothing))
    if not real:
        return Nothing()
    return real[0] if len(real) == 1 else Any_(real)


def nodes_of(plan: Plan, *, shown: bool = False) -> Iterator[Plan]:
    """All nodes of a plan; with `shown` only those that a snippet may mark: not what must be absent."""
    yield plan
    children: tuple[Any, ...] = ()
    if isinstance(plan, All | Any_):
        children = plan.parts
    elif isinstance(plan, Prefer):
        children = (plan.plan, plan.better)
    elif isinstance(plan, Const) or (isinstance(plan, Not) and not shown):
        children = (plan.part,)
    for child in children:
        yield from nodes_of(child, shown=shown)


def loosened(plan: Plan) -> Plan:
    """The plan with one pair of every long bag enough; all else must hold as before.

    >>> loosened(Bag(("a", "b", "c", "d", "e"), ("a_b", "b_c", "c_d", "d_e"), at_least=2)).at_least
    2
    """
    if isinstance(plan, Bag):
        return replace(plan, at_least=1) if len(plan.pairs) >= LONG_PAIRS else plan
    if isinstance(plan, All | Any_):
        return type(plan)(tuple(loosened(part) for part in plan.parts))
    return Prefer(loosened(plan.plan), plan.better) if isinstance(plan, Prefer) else plan
