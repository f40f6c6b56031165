"""The second stage of engines that cannot weigh all tokens at once: the best by pairs, weighed again.

The weights are those of the plan, the measure is BM25 as Tantivy computes it, so that engines agree on what
stands first.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.search.analysis import analyse
from kb.search.plan import (
    ALONE_WEIGHT,
    COMMON_SHARE,
    COVER_SCORE,
    COVERED_WORDS,
    FEW_RECORDS,
    HEAD_WEIGHT,
    KEPT_PAIRS,
    KEY_WEIGHT,
    MARK_WEIGHT,
    OTHER_WEIGHT,
    OVER_WEIGHT,
    PAIR_WEIGHT,
    WORD_WEIGHT,
    Bag,
    Const,
    Plan,
    nodes_of,
)
from kb.search.rows import body_of
from kb.text.words import pairs_of

#: How many of the first stage are weighed again.
DEPTH = 50
_K1, _B = 1.2, 0.75

#: In how many rows a token of a field stands.
Frequency = Callable[[str, str], int]


@dataclass(slots=True)
class Statistics:
    """What BM25 must know of an index; frequencies are asked for once."""

    rows: int
    ask: Frequency
    _known: dict[tuple[str, str], int] = field(default_factory=dict)

    def frequency(self, name: str, token: str) -> int:
        """In how many rows a token stands."""
        key = (name, token)
        if key not in self._known:
            self._known[key] = self.ask(name, token)
        return self._known[key]

    def weight(self, name: str, token: str) -> float:
        """How much a token tells."""
        rows = self.frequency(name, token)
        return math.log(1 + (self.rows - rows + 0.5) / (rows + 0.5))


def telling_pairs(pairs: Sequence[str], statistics: Statistics) -> list[str]:
    """The pairs of a query that tell records apart: common ones cost much and say little."""
    unique = list(dict.fromkeys(pairs))
    if len(unique) <= KEPT_PAIRS:
        return unique
    rows = {pair: statistics.frequency("pairs", pair) for pair in unique}
    rarest = sorted((pair for pair in unique if rows[pair]), key=rows.__getitem__)
    most = max(statistics.rows * COMMON_SHARE, FEW_RECORDS)
    return [pair for at, pair in enumerate(rarest) if at < KEPT_PAIRS or rows[pair] <= most] or unique[:1]


def bags_of(plan: Plan) -> list[Bag]:
    """The bags of a plan that add to the score."""
    return [node for node in nodes_of(plan, shown=True) if isinstance(node, Bag)]


def rescore(plan: Plan, found: Iterable[tuple[float, str]], statistics: Statistics) -> list[tuple[float, str]]:
    """Hits (score, stored JSON) of the first stage, weighed by all tokens; the best first."""
    bags = bags_of(plan)
    hits = list(found)
    if not bags or not hits:
        return hits
    # A constant score stays: it puts the document that bears a number before all words.
    constant = any(isinstance(node, Const) for node in nodes_of(plan, shown=True))
    texts = [_Text.of(json.loads(stored)) for _, stored in hits]
    average = sum(text.length for text in texts) / len(texts) or 1.0
    scored = [
        (sum(_bag_score(bag, text, average, statistics) for bag in bags) + (score if constant else 0.0), stored)
        for (score, stored), text in zip(hits, texts, strict=True)
    ]
    return sorted(scored, key=lambda pair: -pair[0])


@dataclass(frozen=True, slots=True)
class _Text:
    """The tokens of a hit, counted."""

    words: Mapping[str, int]
    pairs: Mapping[str, int]
    marks: Mapping[str, int]
    keys: Mapping[str, int]
    heads: frozenset[str]
    length: int

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> _Text:
        own = stored.get("own", {})
        body = analyse(body_of(stored.get("head"), stored["text"]), own)
        noted = stored.get("noted", "").split()
        title = analyse(" ".join(filter(None, (stored["type"], stored["title"]))), own).words
        crumbs = analyse(" ".join(stored["crumbs"]), own).words
        return cls(
            Counter((*body.words, *noted)),
            Counter((*body.pairs, *pairs_of(noted))),
            Counter(body.marks),
            Counter(body.keys),
            frozenset((*title, *crumbs, *pairs_of(title), *pairs_of(crumbs))),
            len(body.words) + len(noted),
        )


def _bag_score(bag: Bag, text: _Text, average: float, statistics: Statistics) -> float:
    norm = _K1 * (1 - _B + _B * text.length / average)
    words = dict.fromkeys(bag.words)
    score = 0.0
    for pair in dict.fromkeys(bag.pairs):
        score += _pair_score(bag, pair, text, norm, statistics)
    for name, tokens, counts, weight in (
        ("words", bag.words, text.words, WORD_WEIGHT),
        ("marks", bag.marks, text.marks, MARK_WEIGHT if bag.pairs else ALONE_WEIGHT),
        ("keys", bag.keys, text.keys, KEY_WEIGHT),
    ):
        for token in dict.fromkeys(tokens):
            score += weight * _often(counts.get(token, 0), norm) * statistics.weight(name, token)
    for name, tokens in (("pairs", bag.pairs), ("words", bag.words)):
        score += sum(HEAD_WEIGHT * statistics.weight(name, t) for t in dict.fromkeys(tokens) if t in text.heads)
    there = {"words": text.words, "marks": text.marks}
    if len(words) <= COVERED_WORDS and all(token in there[name] for name, token in bag.apart):
        score += COVER_SCORE * len(words)
    return score


def _often(times: int, norm: float) -> float:
    return times * (_K1 + 1) / (times + norm) if times else 0.0


def _pair_score(bag: Bag, pair: str, text: _Text, norm: float, statistics: Statistics) -> float:
    """What a pair is worth that a text holds, or what stands over it, or other words for it."""
    found = [PAIR_WEIGHT * _often(text.pairs.get(pair, 0), norm) * statistics.weight("pairs", pair)]
    if pair in text.heads:
        found.append(OVER_WEIGHT * statistics.weight("heads", pair))
    for other in bag.others_of(pair):
        if all(each in text.pairs for each in other):
            told = (_often(text.pairs[each], norm) * statistics.weight("pairs", each) for each in other)
            found.append(OTHER_WEIGHT * sum(told))
    return max(found) * bag.shares.get(pair, 1.0)
