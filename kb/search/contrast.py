"""What sets a hit apart from those found with it.

The hits of one query share its subject ("tha tù trước thời hạn"): what tells the answer from its neighbours are
the words that few of them hold. A passage counts by those that it holds itself; one under a heading that is just
what was typed is the answer, whatever words it has.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from kb.search.coverage import Coverage, heading_words
from kb.search.rows import label_of

#: What a record gains (e**0.2) that holds all words, or all pairs, that set hits apart, and what for its heading.
#: Chosen on judged queries and the training parts of ALQAC and Zalo; half or twice as much is nearly as good.
APART_GAIN, HEADING_GAIN = 0.2, 0.2
#: A heading that agrees less than this with what was typed is not just that.
_LEAST_AGREEMENT = 0.5


def contrast_shares(
    coverage: Coverage, records: Sequence[Mapping[str, Any]], held: Sequence[set[str]]
) -> list[float]:
    """What the score of each record is multiplied by, from 1 up; `records` are the best hits of one query.

    `held` are the words and pairs of the query that each record holds itself (`Coverage.held`).
    """
    if not coverage.words:
        return [1.0] * len(records)
    often = Counter(token for tokens in held for token in tokens)
    kinds = [_telling(weights, often, len(records)) for weights in (coverage.words, coverage.pairs)]
    headings: dict[str, float] = {}
    return [
        _share(tokens, kinds, _best_heading(coverage.words, record, headings))
        for tokens, record in zip(held, records, strict=True)
    ]


def _telling(weights: Mapping[str, float], often: Mapping[str, int], count: int) -> dict[str, float]:
    """The share of each token in what sets records apart: few of them hold it, and few elsewhere."""
    telling = {
        token: weight * max(math.log((count + 1) / (often[token] + 0.5)), 0.0)
        for token, weight in weights.items()
        if often.get(token)
    }
    total = sum(telling.values())
    return {token: weight / total for token, weight in telling.items()} if total else {}


def _share(held: Collection[str], kinds: Iterable[Mapping[str, float]], heading: float) -> float:
    gain = HEADING_GAIN * heading
    for telling in kinds:
        gain += APART_GAIN * max(sum(map(telling.__getitem__, telling.keys() & held)), heading)
    return math.exp(gain)


def _best_heading(words: Mapping[str, float], record: Mapping[str, Any], known: dict[str, float]) -> float:
    """How nearly a heading close over a record is what was typed, 0 to 1; `known` are those seen before."""
    best = 0.0
    label = label_of(record["text"]) if record["kind"] == "row" else None
    for heading in (record.get("head"), *record["crumbs"][-1:], label):
        if heading:
            if heading not in known:
                known[heading] = _agreement(words, heading_words(heading, record.get("own")))
            best = max(best, known[heading])
    return best


def _agreement(words: Mapping[str, float], heading: Collection[str]) -> float:
    """How well words and a heading cover each other: their F1, what is left above the least."""
    shared = [word for word in words.keys() & heading if word.isalpha()]
    if not shared:
        return 0.0
    said = sum(map(str.isalpha, heading))
    typed = sum(map(words.__getitem__, shared)) / (sum(words.values()) or 1.0)
    return max(2 * typed / (typed * said / len(shared) + 1) - _LEAST_AGREEMENT, 0.0) / (1 - _LEAST_AGREEMENT)
