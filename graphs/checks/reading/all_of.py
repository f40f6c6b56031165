"""All there are of something: a number told of it without other words, ``Huyện có 157 buôn làng``."""

from __future__ import annotations

import re

from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import Stated
from kb.models import Figure

_YEAR_RE = re.compile(r"\b(?:trong\s+|đến\s+|cuối\s+)*năm\s+(?:19|20)\d\d\b", re.IGNORECASE)
#: Words for a place and its bodies, which do not tell what is counted there.
PLACES = thing_words("toàn cả xã phường thị trấn huyện quận tỉnh thành phố khu vực ngành cơ quan đơn vị địa bàn")
#: Right before the number of all there are.
_HAS_RE = re.compile(r"\b(?:có|là|rộng|với|gồm|chia thành|:)\s*$", re.IGNORECASE)
#: So far the words of a number reach; so many others may name the place.
_NAME, _MORE = 90, 2


def is_all_of(where: Stated, figure: Figure, words: frozenset[str]) -> bool:
    """Whether a number is of all that some words name: no other words are behind it, none but its place before."""
    before = words_before(where, figure)
    unit = thing_words(figure.unit or "")
    behind = thing_words(words_behind(where, figure))
    if not words <= thing_words(before) | behind | unit or not behind <= words | unit | PLACES:
        return False
    more = thing_words(before) - words - unit - PLACES - GENERAL
    return len(more) <= _MORE and bool(_HAS_RE.search(before))


def words_before(where: Stated, figure: Figure) -> str:
    """The words before a figure in its clause, without the year that it is of."""
    start = where.start(figure)
    return re.split(r"[;:(),.]\s|\d", _YEAR_RE.sub(" ", where.text[max(0, start - _NAME) : start]))[-1]


def words_behind(where: Stated, figure: Figure) -> str:
    """The words behind a figure in its clause."""
    end = where.end(figure)
    return re.split(r"[;:(),.]|\d", where.text[end : end + _NAME])[0]
