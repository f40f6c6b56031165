"""How much of a query a record covers.

A fixed term of four syllables ("cơ sở dữ liệu") has three telling pairs and would outweigh all else that was
typed: what holds the term alone must come after what speaks of the whole query.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kb.search.analysis import folded_words
from kb.search.plan import Bag, Plan, nodes_of
from kb.search.protocol import Engine

#: What a record loses that covers nothing.
_LOSS = 0.6


class Coverage:
    """The words of a plan, each with what it tells; rare words tell more."""

    def __init__(self, engine: Engine, plan: Plan) -> None:
        bags = [node for node in nodes_of(plan, shown=True) if isinstance(node, Bag)]
        words = {word for bag in bags for word in bag.words}
        rows = max(engine.count(), 1) if len(words) > 1 else 0
        self._weights = {word: math.log1p(rows / (1 + engine.frequency("words", word))) for word in words if rows}
        self._total = sum(self._weights.values())

    def share(self, stored: Mapping[str, Any]) -> float:
        """What the score of a record is multiplied by: 1 for one that holds all words, itself or over it."""
        if not self._total:
            return 1.0
        own = stored.get("own") or {}
        words = set(folded_words(stored["text"], own))
        missing = self._weights.keys() - words
        if missing:
            shorts = tuple(own.items())
            for text in (stored["title"], stored.get("head"), *stored["crumbs"]):
                if text:
                    missing = missing - _words_over(text, shorts)
        covered = sum(weight for word, weight in self._weights.items() if word not in missing)
        return 1 - _LOSS * (1 - covered / self._total)


@lru_cache(maxsize=4096)
def _words_over(text: str, own: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """The words of a title or a heading: many records stand under one."""
    return frozenset(folded_words(text, dict(own)))
