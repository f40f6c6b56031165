"""Words one slip away, by Whoosh's automata over a list of words."""

from __future__ import annotations

from collections.abc import Sequence

from whoosh.spelling import ListCorrector


def close_words(word: str, known: Sequence[str], limit: int = 30) -> list[str]:
    """The known words (sorted) that one edit makes of a word: a letter more, less or other, or two changed places.

    >>> close_words("cahc", ["bao", "cac", "cach", "hanh"])
    ['cach', 'cac']
    """
    if not known or len(word) < 2:
        return []
    turned = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} - {word}
    swapped = sorted(turned.intersection(known))
    # The automaton skips the first word of a list that it should match.
    edited: list[str] = ListCorrector(["", *known]).suggest(word, limit=limit, maxdist=1)
    return [*swapped, *(other for other in edited if other and other not in swapped)]
