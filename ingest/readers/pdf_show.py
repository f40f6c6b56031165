"""A page of a PDF for people to look at, and where its letters stand."""

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


def read_letters(document: Pdf, index: int) -> list[tuple[str, Box]]:
    """The letters of a page in the order of the file, each with its box; none on a page without a text layer."""
    page = document[index]
    textpage = page.get_textpage()
    found: list[tuple[str, Box]] = []
    try:
        place, _, _ = upright(page, page.get_rotation())
        letters = textpage.get_text_range()
        exact = len(letters) == textpage.count_chars()
        for at in range(textpage.count_chars()):
            letter = letters[at] if exact else textpage.get_text_range(at, 1)
            if letter.isspace() or not letter.isprintable():
                continue
            left, bottom, right, top = textpage.get_charbox(at, loose=True)
            (x0, y0), (x1, y1) = place(left, top), place(right, bottom)
            found.append((letter, Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))))
    finally:
        textpage.close()
        page.close()
    return found
