"""Labels that line ends cut or hide: "Điều" over "10. Phạm vi", an article in the middle of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.structure.labels import Label, read_label
from ingest.structure.letters import UPPER
from ingest.structure.nodes import Paragraph
from kb.models import BlockKind


class Parted(NamedTuple):
    """A label found so: the paragraph it begins in, where its text begins there, that text, the label."""

    place: int
    base: int
    text: str
    label: Label


_LABEL_WORDS = frozenset(("Điều", "ĐIỀU", "Chương", "CHƯƠNG", "Mục", "MỤC", "Phần", "PHẦN", "Tiểu mục", "**Điều"))
_BEHIND_RE = re.compile(r"[.;:)”] Điều$")
_TITLE_RE = re.compile(rf"[.:] (?=[{UPPER}])")


def over_line_end(paragraphs: Sequence[Paragraph], place: int, word: str) -> Parted | None:
    """The label of which a paragraph is the first word and the next paragraph the rest."""
    if (
        word not in _LABEL_WORDS
        or place + 1 >= len(paragraphs)
        or paragraphs[place + 1].kind is not BlockKind.TEXT
    ):
        return None
    text = f"{word} {paragraphs[place + 1].text}"
    label = read_label(text)
    return Parted(place, 0, text, label) if label else None


def behind_stop(paragraphs: Sequence[Paragraph], place: int, text: str) -> Parted | None:
    """The article whose word is the last of the paragraph before, behind its full stop."""
    before = paragraphs[place - 1].text if place else ""
    if _BEHIND_RE.search(before, max(0, len(before) - 8)) is None:
        return None
    whole = f"Điều {text}"
    label = read_label(whole)
    return Parted(place - 1, len(before) - len("Điều"), whole, label) if label else None


def inside(place: int, text: str, number: int) -> Parted | None:
    """The article of this number that begins in the middle of a paragraph, with a title behind it.

    >>> inside(0, "Giao Sở Nội vụ theo dõi. Điều 3. Hiệu lực", 3).base
    25
    >>> inside(0, "Theo quy định tại Điều 3. Hiệu lực", 3) is None
    True
    """
    at = text.find(f" Điều {number}")
    if at < 1 or text[at - 1] not in ".;:)”" or _TITLE_RE.match(text, at + len(f" Điều {number}")) is None:
        return None
    label = read_label(text[at + 1 :])
    return Parted(place, at + 1, text[at + 1 :], label) if label else None
