"""How much of a query a record covers.

A fixed term of four syllables ("cơ sở dữ liệu") has three telling pairs and would outweigh all else that was
typed: what holds the term alone must come after what speaks of the whole query, and what holds its words apart
after what holds them side by side.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from kb.search.analysis import folded_words
from kb.search.plan import Bag, Plan, nodes_of
from kb.search.protocol import Engine
from kb.text.words import JOINT, pairs_of

#: What a record loses that covers no word, and no pair of neighbours. Chosen on the training part of Zalo 2021.
WORD_LOSS, PAIR_LOSS = 0.6, 0.3


#: What stands before the figure of a heading.
LABELS = frozenset(("dieu", "khoan", "chuong", "muc"))


class Coverage:
    """The words and pairs of a plan, each with what it tells; rare ones tell more."""

    def __init__(self, engine: Engine, plan: Plan) -> None:
        bags = [node for node in nodes_of(plan, shown=True) if isinstance(node, Bag)]
        words = {word for bag in bags for word in bag.words}
        if len(words) < 2:
            words = set()
        rows = max(engine.count(), 1) if words else 0
        pairs = {pair for bag in bags for pair in bag.pairs} if words else set()
        self.words = _weights(engine, "words", words, rows)
        self.pairs = _weights(engine, "pairs", pairs, rows)
        for token, share in ((token, share) for bag in bags for token, share in bag.shares.items()):
            kind = self.pairs if token in self.pairs else self.words
            if token in kind:
                kind[token] *= share
        self._others = [other for bag in bags for other in bag.others]
        said = (token for other in self._others for each in other.others for token in each)
        asked = {*self.words, *self.pairs, *said}
        self._asked = [(token, f" {token.replace(JOINT, ' ')} ") for token in asked]
        self._wanted = self.words.keys() | self.pairs.keys()

    def lost(self, stored: Mapping[str, Any], held: set[str]) -> tuple[float, float]:
        """The shares of words and of pairs that neither a record (it has `held`) nor what stands over it holds."""
        if not self.words:
            return 0.0, 0.0
        missing = self._wanted - held
        if missing:
            own = stored.get("own")
            over = (stored["title"], stored.get("head"), *stored["crumbs"])
            # Who types the year, the number or the body beside what is looked for names the document.
            year = (stored["issued"] or "")[:4]
            for text in (*over, stored["type"], stored["number"], stored["issuer"], year):
                if text:
                    missing -= tokens_over(text, own)
        return _lost(self.words, missing), _lost(self.pairs, missing)

    def held(self, stored: Mapping[str, Any]) -> set[str]:
        """The words and pairs that a record holds itself, or says with other words."""
        line = f" {stored['folded']} "
        held = {token for token, words in self._asked if words in line}
        for other in self._others:
            if any(held.issuperset(each) for each in other.others):
                held.update(other.words, pairs_of(other.words))
        return held


def covered_share(words: float, pairs: float) -> float:
    """What the score of a record is multiplied by that lacks these shares of words and of pairs."""
    return (1 - WORD_LOSS * words) * (1 - PAIR_LOSS * pairs)


def _weights(engine: Engine, name: str, tokens: Iterable[str], rows: int) -> dict[str, float]:
    return {token: math.log1p(rows / (1 + engine.frequency(name, token))) for token in tokens}


def _lost(weights: Mapping[str, float], missing: Collection[str]) -> float:
    """The share of what is missing."""
    total = math.fsum(weights.values()) if missing else 0.0
    return math.fsum(map(weights.__getitem__, weights.keys() & missing)) / total if total else 0.0


def tokens_over(text: str, own: Mapping[str, str] | None) -> frozenset[str]:
    """The words and pairs of a title or a heading; `own` are abbreviations that its document defines.

    >>> sorted(tokens_over("Điều 5. Học phí", None))
    ['5', '5_hoc', 'dieu', 'dieu_5', 'hoc', 'hoc_phi', 'phi']
    """
    return _tokens_over(text, tuple(own.items()) if own else ())


@lru_cache(maxsize=4096)
def _tokens_over(text: str, own: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """The words and pairs of a title or a heading: many records stand under one."""
    words = folded_words(text, dict(own))
    return frozenset((*words, *pairs_of(words)))


def heading_words(text: str, own: Mapping[str, str] | None) -> frozenset[str]:
    """The words of a heading, but for what stands before its figure.

    >>> sorted(heading_words("Điều 5. Học phí", None))
    ['5', 'hoc', 'phi']
    """
    return _heading_words(text, tuple(own.items()) if own else ())


@lru_cache(maxsize=4096)
def _heading_words(text: str, own: tuple[tuple[str, str], ...]) -> frozenset[str]:
    return frozenset(token for token in _tokens_over(text, own) if JOINT not in token) - LABELS
