"""What a provision opens with is what it is about: "3. Trách nhiệm của Cục Đường thủy nội địa: …".

A provision that names in its first words what was typed comes before one that mentions it further on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

#: What a provision gains (e**0.1) that holds all words in its opening, beside the mean of the hits. Learned as the
#: weights of `kb.search.together` are: at 0.1 no set loses, at 0.3 some do (docs/scale.md).
OPENING_GAIN = 0.1
#: So many words are an opening.
_OPENING_WORDS = 30


def opening_shares(words: Mapping[str, float], records: Sequence[Mapping[str, Any]]) -> list[float]:
    """What the score of each record is multiplied by; `words` are those of a query with what each tells.

    >>> records = [
    ...     {"kind": "provision", "folded": text} for text in ("hoc phi dai hoc", "mien tru hoc phi " + "x " * 30)
    ... ]
    >>> first, second = opening_shares({"dai": 1.0, "hoc": 1.0}, records)
    >>> first > 1 > second
    True
    """
    total = sum(words.values())
    if not total or not records:
        return [1.0] * len(records)
    held = [
        sum(
            words[word]
            for word in set(record["folded"].split(" ", _OPENING_WORDS)[:_OPENING_WORDS]) & words.keys()
        )
        / total
        for record in records
    ]
    mean = fmean(held)
    return [
        math.exp(OPENING_GAIN * (share - mean)) if record["kind"] == "provision" else 1.0
        for share, record in zip(held, records, strict=True)
    ]
