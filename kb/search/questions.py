"""Words that only ask: they stand in questions and in no answer, so they neither find nor rank."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kb.text.words import JOINT, fold_words, printed_words

#: Phrases that ask wherever they stand; the longest first.
ASKING = (
    "được quy định như thế nào", "quy định như thế nào", "được quy định thế nào", "quy định thế nào",
    "được quy định ra sao", "quy định ra sao", "được quy định ở đâu", "quy định ở đâu", "quy định tại đâu",
    "quy định của pháp luật về", "quy định pháp luật về", "quy định hiện hành về",
    "nằm ở văn bản nào", "ở văn bản nào", "tại văn bản nào", "trong văn bản nào", "theo văn bản nào",
    "có đúng hay không", "như thế nào", "bao gồm những gì",
    "được hay không", "có được không", "khác nhau thế nào",
    "trong bao lâu", "bao nhiêu", "bao lâu", "khi nào", "lúc nào", "thế nào", "ra sao",
    "những gì", "ở đâu", "tại đâu", "vì sao", "tại sao", "hay không", "đúng không",
    "phải không", "được không", "những ai", "do ai", "là ai", "bao giờ", "làm sao", "như nào",
)  # fmt: skip
_FOLDED = tuple(tuple(fold_words(printed_words(phrase))) for phrase in ASKING)
#: Single words that ask: with their marks wherever they stand, some also without, at the end.
_SINGLE, _LAST = frozenset(("nào", "gì", "mấy")), frozenset(("nao", "gi"))


def telling_runs(words: Sequence[str], marks: Sequence[str]) -> list[tuple[int, int]]:
    """The runs (start, end) of words that do more than ask; all of it where nothing else was typed.

    >>> telling_runs(("giai", "the", "don", "vi", "khi", "nao"), ("giải", "thể", "đơn", "vị", "khi", "nào"))
    [(0, 4)]
    """
    asking = [False] * len(words)
    for phrase in _FOLDED:
        size = len(phrase)
        for at in range(len(words) - size + 1):
            if tuple(words[at : at + size]) == phrase:
                asking[at : at + size] = [True] * size
    for at, mark in enumerate(marks):
        if mark in _SINGLE or (mark in _LAST and at == len(words) - 1):
            asking[at] = True
    edges = [at for at in range(len(words) + 1) if at in (0, len(words)) or asking[at] != asking[at - 1]]
    runs = [(start, end) for start, end in pairwise(edges) if not asking[start]]
    return runs or [(0, len(words))]


def pairs_in(words: Sequence[str], runs: Sequence[tuple[int, int]]) -> list[str]:
    """The pairs of neighbours inside runs."""
    return [JOINT.join(pair) for start, end in runs for pair in pairwise(words[start:end])]
