"""Marks put back to what was typed without them, as the passages that it finds write its words.

Words are found without marks anyway; a model of meaning knows Vietnamese by its marks alone. Of all ways to mark
the syllables the likeliest is taken: each as it is often written, every two neighbours as they stand together.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from kb.search.questions import ASKING
from kb.text.normalize import nfc, unify_tones
from kb.text.words import WORD_RE, fold_words, printed_words

#: How often a passage is taken to hold a phrase that asks, as none does.
_ASKED_TIMES = 4
#: How much two neighbours tell beside the syllables alone, and what is counted of a pair that was never read.
_NEIGHBOURS, _UNREAD = 3.0, 0.2

#: How good it is, and the forms of the syllables up to here.
_Way: TypeAlias = tuple[float, tuple[str, ...]]


def with_marks(query: str, texts: Iterable[str]) -> str:
    """A query as some texts write its syllables, in small letters; what none holds stays as it was typed.

    >>> with_marks("tien an mot ngay bao nhieu", ["Tiền ăn 75.000 đồng một ngày", "An ninh", "mốt, mệt", "bão"])
    'tiền ăn một ngày bao nhiêu'
    """
    typed = nfc(query.lower())
    written = _Written(printed_words(typed))
    for text in texts:
        written.read(text, 1)
    for phrase in ASKING:
        written.read(phrase, _ASKED_TIMES)
    forms = iter(written.likeliest())
    return WORD_RE.sub(lambda _: next(forms), typed)


class _Written:
    """How texts write the syllables of a query, alone and side by side; figures are as typed."""

    def __init__(self, typed: Sequence[str]) -> None:
        self._typed = typed
        self._folded = fold_words(typed)
        self._forms = {word: Counter[str]() for word in self._folded if word.isalpha()}
        self._beside: Counter[tuple[str, str]] = Counter()

    def read(self, text: str, times: int) -> None:
        """Count the forms of one text."""
        printed = printed_words(text)
        last, at_last = "", -2
        for at, word in enumerate(fold_words(printed)):
            if word in self._forms:
                form = unify_tones(printed[at].lower())
                self._forms[word][form] += times
                if at_last == at - 1:
                    self._beside[last, form] += times
                last, at_last = form, at

    def likeliest(self) -> tuple[str, ...]:
        """The forms that go best together, one a syllable (Viterbi)."""
        ways: list[_Way] = [(0.0, ("",))]
        for typed, word in zip(self._typed, self._folded, strict=True):
            forms = self._forms.get(word) or {typed: 1}
            ways = [self._best_way(ways, form, times) for form, times in forms.items()]
        return max(ways)[1][1:]

    def _best_way(self, ways: Sequence[_Way], form: str, times: int) -> _Way:
        """The best of some ways that goes on with a form which was read so often."""
        score, way = max((score + self._together(way[-1], form), way) for score, way in ways)
        return score + math.log(times), (*way, form)

    def _together(self, last: str, form: str) -> float:
        return _NEIGHBOURS * math.log(self._beside[last, form] + _UNREAD)
