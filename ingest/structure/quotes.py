"""Quoted text that amends: “Điều 5. …”, “2. …”, kept apart from the text that quotes it.

A quotation counts when it opens a paragraph, or follows the colon of its lead-in (``như sau: “…”``), and
closes at the end of a paragraph. Marks that do not balance end at the first paragraph that ends with a closing
mark, and never run over the next article of the quoting text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.structure.labels import read_label
from ingest.structure.nodes import Paragraph

_OPENERS = '“"«'
_CLOSED_RE = re.compile(
    r"[”\"»“]\s*[*_]{0,3}\s*(?:[.;,…]|\(\d+\)|\[\d+\]|[¹²³⁴-⁹⁰]|\d{1,2}|và|/\.|\./\.?){0,3}\s*[*_]{0,3}\s*$"
)
_LED_IN_RE = re.compile(r":\s{0,3}[*_]{0,3}[“\"«]")
_AMENDS_RE = re.compile(r"như sau|sau đây|sửa đổi|bổ sung|thay thế|to read|as follows|amend", re.IGNORECASE)
#: A quoted law may be long, a stray mark must not eat a book.
_FARTHEST = 4000


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: the paragraph it begins in, where in it, and the last it reaches, by place in the list."""

    first: int
    at: int
    last: int


def find_quotations(paragraphs: Sequence[Paragraph]) -> dict[int, Quotation]:
    """The quotations of amending text, by the place of their first paragraph in the list; they do not overlap."""
    found: dict[int, Quotation] = {}
    reach, article, barren = -1, 0, -1
    for place, paragraph in enumerate(paragraphs):
        if place <= reach:
            continue
        text = paragraph.text
        if text[:1] in "ĐAÐ*":
            label = read_label(text)
            if label is not None and label.style == "article":
                article = label.value
        at = _opening(text)
        if at is None or not _amends(paragraphs, place, at):
            continue
        last = _closing(paragraphs, place, at, article, balanced=place > barren)
        if last is None:
            barren = max(barren, place + _FARTHEST)
            last = _closing(paragraphs, place, at, article, balanced=False)
        if last is not None:
            found[place] = Quotation(place, at, last)
            reach = last
    return found


def _opening(text: str) -> int | None:
    """Offset of the mark that opens a quotation in a paragraph."""
    stripped = text.lstrip(" \t*_>")
    if stripped[:1] in _OPENERS and stripped:
        return len(text) - len(stripped)
    if ":" not in text:
        return None
    led = _LED_IN_RE.search(text)
    return led.end() - 1 if led else None


def _closing(paragraphs: Sequence[Paragraph], place: int, at: int, article: int, *, balanced: bool) -> int | None:
    """The paragraph at whose end the quotation closes; None when it closes within a line or not at all."""
    depth = straight = quoted = 0
    for last in range(place, min(place + _FARTHEST, len(paragraphs))):
        text = paragraphs[last].text[at:] if last == place else paragraphs[last].text
        if text[:1] in 'ĐÐ*“"':
            label = read_label(text.lstrip('“" '))
            if label is not None and label.style == "article":
                if last > place and label.value == article + 1 != quoted + 1:
                    return None
                quoted = label.value
        if "“" in text or "”" in text or "«" in text or "»" in text:
            depth += text.count("“") + text.count("«") - text.count("”") - text.count("»")
        straight += text.count('"')
        tail = text[-24:]
        marked = "”" in tail or '"' in tail or "»" in tail or "“" in tail
        closes = marked and _CLOSED_RE.search(tail) is not None and (last > place or len(text) > 2)
        even = (depth <= 0 and straight % 2 == 0) or (abs(depth) == 1 and straight % 2 == 1)
        if closes and (even or not balanced):
            return last
        if even and (depth < 0 or (depth == 0 and straight % 2 == 0)):
            return last if last > place else None
    return None


def _amends(paragraphs: Sequence[Paragraph], place: int, at: int) -> bool:
    """Whether a quotation gives the text of provisions, not a name or a saying."""
    text = paragraphs[place].text
    if read_label(text[at + 1 :].lstrip(" *_")) is not None:
        return True
    before = text[:at] if at > 3 else paragraphs[place - 1].text if place else ""
    return before.rstrip(" *_").endswith(":") and _AMENDS_RE.search(before, max(0, len(before) - 200)) is not None
