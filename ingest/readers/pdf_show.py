"""A page of a PDF for people to look at, and where words stand on it."""

from __future__ import annotations

import math

from PIL import Image

from ingest.readers.pdf_chars import Pdf, upright
from kb.models import Box

#: Dots of the largest picture.
_DOTS = 8e6


def show_page(document: Pdf, index: int, dpi: int) -> tuple[Image.Image, float, float]:
    """The page as printed, stamps and all, in few colours, and its width and height in points."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(dpi / 72, math.sqrt(_DOTS / max(width * height, 1)))
        bitmap = page.render(scale=scale)
        try:
            return bitmap.to_pil().convert("RGB").quantize(64, dither=Image.Dither.NONE), width, height
        finally:
            bitmap.close()
    finally:
        page.close()


def find_words(document: Pdf, index: int, words: str) -> list[Box]:
    """Where words stand on a page, a box a line for every time they do; none on a page without a text layer."""
    page = document[index]
    textpage = page.get_textpage()
    found: list[Box] = []
    try:
        place, _, _ = upright(page, page.get_rotation())
        searcher = textpage.search(words)
        while (hit := searcher.get_next()) is not None:
            for at in range(textpage.count_rects(*hit)):
                left, bottom, right, top = textpage.get_rect(at)
                (x0, y0), (x1, y1) = place(left, top), place(right, bottom)
                found.append(Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    finally:
        textpage.close()
        page.close()
    return found
