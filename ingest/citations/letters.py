"""Sets of letters for regular expressions, and a fast search for words.

A range such as ``À-Ỹ`` would take capitals and small letters alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge

_BASES = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_MARKED = "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"

#: For use inside square brackets.
LOWER = _BASES + _MARKED
UPPER = LOWER.upper()
#: Superscript figures: the marks of notes.
MARKS = "¹²³⁰⁴-⁹"
#: No letter follows; a note's mark, which Python takes for a word character, may.
NO_LETTER = rf"(?![^\W\d_{MARKS}])"


def occurrences(text: str, words: Iterable[str]) -> Iterator[int]:
    """Where any of some words begins, in reading order: much faster than a regular expression of rare words.

    >>> list(occurrences("Luật này, luật đó, Luật kia", ("Luật", "luật")))
    [0, 10, 19]
    """
    return merge(*(_places(text, word) for word in words))


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
