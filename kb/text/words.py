"""Text as words: the syllables that search compares, with and without marks, and pairs of neighbours.

A syllable is a run of letters or of figures; a number (``76/NQ-CP``) falls into its parts, and the pairs of
neighbouring parts keep it together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from kb.text.normalize import fold, nfc, unify_tones

#: Letters or figures, never mixed with signs; superscript marks of notes are no figures.
WORD_RE = re.compile(r"[^\W_¹²³⁰⁴-⁹]+")

#: What joins the two syllables of a pair; no syllable holds it.
JOINT = "_"


class _Memo(dict[str, str]):
    """Forms of syllables: Vietnamese has some 7,000, so nearly every one was met before."""

    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__()
        self._change = change

    def __missing__(self, word: str) -> str:
        if len(self) > _MEMO_LIMIT:  # numbers have no end
            self.clear()
        made = self[word] = self._change(word)
        return made


_MEMO_LIMIT = 200_000
_MARKED = _Memo(lambda word: one_spelling(unify_tones(word).lower()) if word[0] != "0" else _figure(word))
_FOLDED = _Memo(lambda word: one_spelling(fold(word)) if word[0] != "0" else _figure(fold(word)))


def _figure(word: str) -> str:
    """A figure of one place without the nought before it: texts say "09 chỗ" and "ngày 05", people 9 and 5."""
    return word[1:] if len(word) == 2 and word.isdigit() else word.lower()


# A syllable of h, k, l, m, s, t or qu and the vowel, which people write i or y: tỷ and tỉ, kỹ and kĩ, quý and quí.
_FREE_VOWEL_RE = re.compile(r"(?:[hklmst]|qu)[yýỳỷỹỵ]")
_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


def one_spelling(word: str) -> str:
    """A syllable in small letters with i where both i and y are written; same length.

    >>> one_spelling("tỷ"), one_spelling("quý"), one_spelling("thủy"), one_spelling("ý")
    ('tỉ', 'quí', 'thủy', 'ý')
    """
    return word.translate(_I) if word[-1:] in "yýỳỷỹỵ" and _FREE_VOWEL_RE.fullmatch(word) else word


def printed_words(text: str) -> list[str]:
    """The syllables of a text as printed, letters composed.

    >>> printed_words("Thủ tục HC theo 76/NQ-CP")
    ['Thủ', 'tục', 'HC', 'theo', '76', 'NQ', 'CP']
    """
    return WORD_RE.findall(nfc(text))


def mark_words(printed: Iterable[str]) -> list[str]:
    """Printed syllables in small letters, tones in their old place.

    >>> mark_words(["THUỶ", "lợi"])
    ['thủy', 'lợi']
    """
    return list(map(_MARKED.__getitem__, printed))


def fold_words(printed: Iterable[str]) -> list[str]:
    """Printed syllables without marks, in small letters; a nought before a single figure is left out.

    >>> fold_words(printed_words("Đạt 67,7% tại Khánh Hoà, 05 xã"))
    ['dat', '67', '7', 'tai', 'khanh', 'hoa', '5', 'xa']
    """
    return list(map(_FOLDED.__getitem__, printed))


def pairs_of(words: Sequence[str]) -> list[str]:
    """Every two neighbours as one word.

    >>> pairs_of(["cai", "cach", "hanh"])
    ['cai_cach', 'cach_hanh']
    """
    return list(map(JOINT.join, pairwise(words)))


def has_marks(text: str) -> bool:
    """Whether a text was typed with Vietnamese marks.

    >>> has_marks("cải cách"), has_marks("cai cach")
    (True, False)
    """
    composed = nfc(text).lower()
    return fold(composed) != composed


def cut_short(text: str, most: int) -> str:
    """Words on one line, up to so many letters and no half of a word, with a sign where more follow.

    >>> cut_short("tỷ lệ  hộ nghèo", 7), cut_short("hộ nghèo", 20)
    ('tỷ lệ…', 'hộ nghèo')
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    whole = line[: most + 1].rpartition(" ")[0] or line[:most]
    return f"{whole.rstrip(' ,;:')}…"
