"""The labels of items: ``a)``, ``2.3.``, ``Chỉ tiêu 4:``, and the brackets that are none of theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.text.items import list_style

#: A closing bracket, but not that of a label (``b)``).
_LABEL_RE = re.compile(r"[\s*_+•–-]*\(\w{1,3}\)")
_CLOSING_RE = re.compile(r"(?<!^[a-zđ0-9])(?<!^.[0-9])\)")
#: An item that calls itself a goal.
LABELLED_RE = re.compile(r"[\s*_+•–-]*Chỉ tiêu\s+\d{1,2}(?:\.\d{1,2})*\s*[:.]\s+(?=\w)")
#: The label of an item, which ends as a sentence does: "2.3."
_BARE_LABEL_RE = re.compile(r"[\s*_+•–-]*\(?(?:\w|\d{1,2}(?:\.\d{1,2})*)[.)]\s*")


def opens(text: str, sentences: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a sentence is the first of its paragraph, its label aside."""
    return at == 0 or (at == 1 and _BARE_LABEL_RE.fullmatch(text[slice(*sentences[0])]) is not None)


def is_item(text: str, before: tuple[int, int], *, lists: bool, goes_on: bool) -> bool:
    """Whether a clause is an item: its label is the sentence before, or it goes on with one that sets levels."""
    label = lists and _BARE_LABEL_RE.fullmatch(text[slice(*before)]) is not None
    return label or (goes_on and list_style(text) is not None)


def depth(text: str, at: int) -> int:
    """The brackets that a place stands in; those of a label (``(1)``, ``b)``) are none."""
    label = _LABEL_RE.match(text)
    if label and label.end() <= at:
        text, at = text[label.end() :], at - label.end()
    return max(text.count("(", 0, at) - len(_CLOSING_RE.findall(text[:at])), 0)
