"""Words parted into the things that they tell: at commas, semicolons and "và" that stand in no bracket."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graphs.checks.reading.brackets import closing_of

_MARK_RE = re.compile(r"[;,](?!\d)(?:\s*(?:và|cùng)\s)?|\s(?:và|cùng)\s|\(")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words between two marks without their brackets, what the last bracket holds, and the mark before them.

    The mark is a comma, a semicolon or "và"; nothing stands before the first.
    """

    words: str
    bracket: str | None
    mark: str


def pieces(text: str) -> list[Piece]:
    """The pieces of some words, in order.

    >>> [(one.mark, one.words, one.bracket) for one in pieces("A (2,5%), B và C (1 xã, 2 phường); D")]
    [('', 'A', '2,5%'), (',', 'B', None), ('và', 'C', '1 xã, 2 phường'), (';', 'D', None)]
    """
    found: list[Piece] = []
    mark = words = ""
    bracket: str | None = None
    low = at = 0
    while True:
        cut = _MARK_RE.search(text, at)
        words += text[low : cut.start() if cut else len(text)]
        if cut and cut.group() == "(":
            closed = closing_of(text, cut.start(), True)
            bracket, low, at = text[cut.end() : closed].strip(), closed + 1, closed + 1
            continue
        if words.strip() or bracket is not None:
            found.append(Piece(" ".join(words.split()), bracket, mark if found else ""))
        if cut is None:
            return found
        mark = cut.group().strip()[0] if cut.group()[0] in ",;" else "và"
        bracket, words, low, at = None, "", cut.end(), cut.end()
