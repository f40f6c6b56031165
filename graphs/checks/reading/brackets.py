"""Where a bracket, or the sentence of what is told behind a number, ends."""

from __future__ import annotations

from kb.text.sentences import SENTENCE_END_RE


def closing_of(text: str, at: int, opened: bool) -> int:
    """Where what a total is made of ends: at its closing bracket, else at the end of the sentence or item.

    >>> closing_of("9 tổ (5 tổ nam, 4 tổ nữ), 2 đội", 4, opened=True)
    23
    """
    depth = 0
    for place in range(at, min(len(text), at + 1200)):
        letter = text[place]
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
            if opened and depth <= 0:
                return place
        elif not opened and depth <= 0 and (letter == ";" or SENTENCE_END_RE.match(text, place)):
            return place
    return min(len(text), at + 1200)
