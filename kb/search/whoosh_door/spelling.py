"""Words one or two slips away, by Whoosh's automata over a list of words."""

from __future__ import annotations

from collections.abc import Sequence

from whoosh.spelling import ListCorrector


def close_words(word: str, known: Sequence[str], limit: int = 20) -> list[str]:
    """The known words (sorted) that differ from a word by one edit, or by two, the closest first.

    >>> close_words("cahc", ["bao", "cach", "canh", "hanh"])
    ['cach', 'canh']
    """
    if not known or len(word) < 2:
        return []
    found: list[str] = ListCorrector(known).suggest(word, limit=limit, maxdist=2 if len(word) > 3 else 1)
    return found
