"""Lists of documents that print the type word once: ``các Nghị quyết số 01/NQ-CP, số 02/NQ-CP``."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """How a number goes on the list before it; `tight` when nothing but signs and ``số`` stands between."""

    tight: bool


_TIGHT_RE = re.compile(
    r"[”\"’)]?[¹²³⁰⁴-⁹]{0,4}[ \n]{0,2}(?:,|;|và|hoặc|hay|&|cùng|\+)[ \n]{0,2}(?:(?:và|hoặc"
    r"|hay)[ \n])?(?:các[ \n])?"
    r"[¹²³⁰⁴-⁹]{0,4}[ \n]{0,2}(?:số[ ]?[:.]?[ \n]{0,2})?[“\"]?"
)
_LOOSE_END_RE = re.compile(r"(?:[,;]|(?:[,;]|[ \n])[ \n]?và)[ \n]{0,2}(?:và[ ])?(?:số[ ]?[:.]?[ \n]{0,2})?$")
_LONGEST = 600


def link_between(text: str, end: int, start: int, plural: bool, title: tuple[int, int] | None) -> Link | None:
    """Whether the number at `start` goes on the list whose last member ends at `end`; None when it does not.

    A title may stand between where the list's head is a plural (``các Nghị định …: số A về …; số B về …``).
    """
    if start - end > _LONGEST:
        return None
    if _TIGHT_RE.fullmatch(text, end, start):
        return Link(True)
    if not plural:
        return None
    between = text[end:start]
    if "\n" in between or ". " in between or (title is None and len(between) > 60):
        return None
    return Link(False) if _LOOSE_END_RE.search(between) else None
