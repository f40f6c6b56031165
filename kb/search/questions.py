"""Words that only ask: they stand in questions and in no answer, so they neither find nor rank."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kb.text.words import JOINT, fold_words, printed_words

#: Phrases, folded, that ask wherever they stand; the longest first.
_ASKING = tuple(
    tuple(fold_words(printed_words(phrase)))
    for phrase in (
        "duoc quy dinh nhu the nao", "quy dinh nhu the nao", "duoc quy dinh the nao", "quy dinh the nao",
        "duoc quy dinh ra sao", "quy dinh ra sao", "duoc quy dinh o dau", "quy dinh o dau", "quy dinh tai dau",
        "quy dinh cua phap luat ve", "quy dinh phap luat ve", "quy dinh hien hanh ve",
        "nam o van ban nao", "o van ban nao", "tai van ban nao", "trong van ban nao", "theo van ban nao",
        "co dung hay khong", "nhu the nao", "bao gom nhung gi",
        "duoc hay khong", "co duoc khong", "khac nhau the nao",
        "trong bao lau", "bao nhieu", "bao lau", "khi nao", "luc nao", "the nao", "ra sao",
        "nhung gi", "o dau", "tai dau", "vi sao", "tai sao", "hay khong", "dung khong",
        "phai khong", "duoc khong", "nhung ai", "do ai", "la ai", "bao gio", "lam sao", "nhu nao",
    )
)  # fmt: skip
#: Single words that ask: with their marks wherever they stand, some also without, at the end.
_SINGLE, _LAST = frozenset(("nào", "gì", "mấy")), frozenset(("nao", "gi"))


def telling_runs(words: Sequence[str], marks: Sequence[str]) -> list[tuple[int, int]]:
    """The runs (start, end) of words that do more than ask; all of it where nothing else was typed.

    >>> telling_runs(("giai", "the", "don", "vi", "khi", "nao"), ("giải", "thể", "đơn", "vị", "khi", "nào"))
    [(0, 4)]
    """
    asking = [False] * len(words)
    for phrase in _ASKING:
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
