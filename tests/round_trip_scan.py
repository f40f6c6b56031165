"""A PDF as a scanner gives it, and how well its letters, numbers and dates are read again."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

from kb.models import LineKind, Reading
from tests.round_trip import edit_distance

DPI = 200
_DATE_RE = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")
_NUMBER_RE = re.compile(r"\d+(?:[.,/]\d+)*")


def scan(data: bytes, pages: Sequence[int], dpi: int = DPI) -> bytes:
    """The pages (from 0) of a PDF as pictures, in a PDF without a text layer."""
    document = pypdfium2.PdfDocument(data)
    images = [document[page].render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in pages]
    document.close()
    target = io.BytesIO()
    images[0].save(target, "PDF", save_all=True, append_images=images[1:], resolution=dpi)
    return target.getvalue()


def page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def text_of_page(reading: Reading, page: int) -> str:
    """What one reads on a page (from 1), in the order of the reading."""
    lines = (line for line in reading.lines if line.page == page and line.kind is not LineKind.FURNITURE)
    return " ".join(" ".join(line.span.cut(reading.text).split()) for line in lines)


@dataclass(frozen=True)
class Legibility:
    """Letters wrong of letters printed; numbers and dates read again of those printed, and those made up."""

    wrong: int
    letters: int
    numbers: tuple[int, int]
    invented: int
    dates: tuple[int, int]

    @property
    def error_rate(self) -> float:
        """The share of letters put in, left out or changed."""
        return self.wrong / max(self.letters, 1)


def compare_pages(before: Sequence[str], after: Sequence[str]) -> Legibility:
    """How well pages were read again."""
    wrong = sum(edit_distance(one, two) for one, two in zip(before, after, strict=True))
    numbers, invented = _found(_NUMBER_RE, before, after)
    dates, _ = _found(_DATE_RE, before, after)
    return Legibility(wrong, sum(map(len, before)), numbers, invented, dates)


def _found(pattern: re.Pattern[str], before: Sequence[str], after: Sequence[str]) -> tuple[tuple[int, int], int]:
    same = total = extra = 0
    for one, two in zip(before, after, strict=True):
        wanted, got = Counter(pattern.findall(one)), Counter(pattern.findall(two))
        same += (wanted & got).total()
        total += wanted.total()
        extra += (got - wanted).total()
    return (same, total), extra
