"""Cells of a scanned table in which OCR saw nothing though something is printed there.

Tesseract takes a figure that stands alone in a cell for a speck: on tables of counts half the cells come out
empty. Such cells are cut out, printed three times in a row on a sheet of their own, and read again; what comes out
alike at least twice is what the cell says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

from PIL import Image

from ingest.readers.pdf_print import Word

Bounds = tuple[float, float, float, float]
Recognise = Callable[[Image.Image], list[Word]]

# Darker than this is ink.
_INK = 140
# Inches: what is kept from the rules around a cell; the largest print that may stand alone; the lowest of letters.
_INSET, _WIDE, _TALL, _LOW = 0.025, 1.6, 0.3, 0.045
_SPECK = 10  # dots
_GAP, _MARGIN = 34, 16
_COPIES = 3
# Sheets of more cells are read in parts.
_SHEET = 60
_LOOKALIKES = {"o": "0", "O": "0", "Ô": "0", "l": "1", "|": "1", "]": "1", "!": "1"}
# A short word that OCR is no surer of may be anything: a stroke is read as ":".
_DOUBT, _SHORT, _NEAR = 0.6, 8, 4.0
# What was read only on a second look is less sure than what was read at once.
_CONFIDENCE = 0.7


def reread_cells(
    image: Image.Image, cells: Sequence[Bounds], words: Sequence[Word], dpi: float, recognise: Recognise
) -> list[Word]:
    """The words, with those of cells (in points) that hold ink and no word, or only a doubtful one.

    `recognise` reads a picture, giving places in dots.
    """
    scale = 72 / dpi
    found: list[Word] = []
    size = median(word.size for word in words) if words else 10.0
    prints: list[tuple[Bounds, Image.Image]] = []
    for bounds in _missed(cells, words):
        print_ = _print_of(image, bounds, dpi)
        if print_ is None:
            continue
        box, piece = print_
        at = box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale
        if piece.height < _LOW * dpi:
            if piece.width > 1.5 * piece.height:
                found.append(_word("-", at, size))
        else:
            prints.append((at, piece))
    for start in range(0, len(prints), _SHEET):
        part = prints[start : start + _SHEET]
        pieces = [piece for _, piece in part]
        large = [piece.resize((piece.width * 2, piece.height * 2), Image.Resampling.BICUBIC) for piece in pieces]
        readings = zip(part, _read_sheet(pieces, recognise), _read_sheet(large, recognise), strict=True)
        for (at, _), small, big in readings:
            text = _choose(small, big)
            if text:
                found.append(_word(text, at, size))
    # A doubtful word gives way to what the second look says.
    kept = [word for word in words if not (_doubtful(word) and any(_holds(_box(each), word) for each in found))]
    return kept + found


def _box(word: Word) -> Bounds:
    return word.x0 - _NEAR, word.top - _NEAR, word.x1 + _NEAR, word.bottom + _NEAR


def _word(text: str, at: Bounds, size: float) -> Word:
    return Word(text, *at, at[3], size, confidence=_CONFIDENCE)


def _missed(cells: Sequence[Bounds], words: Sequence[Word]) -> list[Bounds]:
    sure = [word for word in words if not _doubtful(word)]
    return [cell for cell in cells if not any(_holds(cell, word) for word in sure)]


def _holds(cell: Bounds, word: Word) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]


def _doubtful(word: Word) -> bool:
    if word.confidence is None or len(word.text) > _SHORT:
        return False
    return word.confidence < _DOUBT or not (word.text[:1] in "-–" or any(letter.isalnum() for letter in word.text))


def _print_of(
    image: Image.Image, cell: Bounds, dpi: float
) -> tuple[tuple[int, int, int, int], Image.Image] | None:
    """What is printed in a cell, cut out, and where (in dots); None when it is nothing, or more than a line."""
    inset = _INSET * dpi
    left, top, right, bottom = (edge * dpi / 72 for edge in cell)
    inside = round(left + inset), round(top + inset), round(right - inset), round(bottom - inset)
    if inside[2] - inside[0] < _SPECK or inside[3] - inside[1] < _SPECK:
        return None
    piece = image.crop(inside)
    ink = piece.point([255] * _INK + [0] * (256 - _INK))
    box = ink.getbbox()
    if (
        box is None
        or ink.histogram()[255] < _SPECK
        or box[2] - box[0] > _WIDE * dpi
        or box[3] - box[1] > _TALL * dpi
    ):
        return None
    place = inside[0] + box[0], inside[1] + box[1], inside[0] + box[2], inside[1] + box[3]
    return place, piece.crop(box)


def _read_sheet(prints: Sequence[Image.Image], recognise: Recognise) -> list[str]:
    """The text of each print, "" where no two copies agree."""
    width = max(piece.width for piece in prints) * _COPIES + _GAP * (_COPIES + 1)
    tops = [_MARGIN]
    for piece in prints:
        tops.append(tops[-1] + piece.height + _GAP)
    sheet = Image.new("L", (width + 2 * _MARGIN, tops[-1]), 255)
    for piece, top in zip(prints, tops, strict=False):
        x = _MARGIN
        for _ in range(_COPIES):
            sheet.paste(piece, (x, top))
            x += piece.width + _GAP
    rows: list[list[Word]] = [[] for _ in prints]
    for word in recognise(sheet):
        middle = (word.top + word.bottom) / 2
        for index, (top, end) in enumerate(pairwise(tops)):
            if top - _GAP / 2 <= middle < end - _GAP / 2:
                rows[index].append(word)
    return [_agreed([word.text for word in sorted(row, key=lambda word: word.x0)]) for row in rows]


def _choose(small: str, big: str) -> str:
    """The better of two readings: points are lost more often than made up.

    >>> _choose("1.41", "1.4.1"), _choose("26", ""), _choose("27", "21")
    ('1.4.1', '26', '27')
    """
    if small and re.sub(r"\D", "", small) == re.sub(r"\D", "", big):
        return max(small, big, key=len)
    return small or big


def _agreed(texts: Sequence[str]) -> str:
    """What at least two of the copies say, or all of them run together.

    >>> _agreed(["12", "12", "1Z"]), _agreed(["0", "00"]), _agreed(["3.3", "3"]), _agreed(["5"])
    ('12', '0', '3', '')
    """
    tidy = [_LOOKALIKES.get(text, text) for text in texts]
    counted = Counter(tidy).most_common(1)
    if len(tidy) == _COPIES and counted[0][1] > 1:
        return counted[0][0]
    together = "".join(tidy)
    once = together[: len(together) // _COPIES]
    if not once or once * _COPIES != together:
        # Gaps between copies of one figure are sometimes read as points.
        once = re.sub(r"[.,·’'`]", "", together)
        once = once[0] if once and once == once[0] * _COPIES else ""
    return _LOOKALIKES.get(once, once)
