"""The ruled lines of a scanned page, found in its dots, so that its tables have cells again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from PIL import Image, ImageFilter

from ingest.readers.pdf_print import Rule, Word

# Darker than this is ink.
_INK = 150
# A rule is ink over several blocks in a row; a block is longer than a letter's stroke is thick.
_LEVEL_BLOCK, _LEVEL_BLOCKS = 0.16, 5
_UPRIGHT_BLOCK, _UPRIGHT_BLOCKS = 0.08, 3
_BLOCK_INK = 215
# Thicker than this (inches, a slant over the page included) is a bar or a picture.
_THICK = 0.12
_BETWEEN_BARS_RE = re.compile(r"[^|¦‖]+")
_REMNANT_RE = re.compile(r"[\[\]_—–=]+")


def find_rules(image: Image.Image, dpi: float) -> list[Rule]:
    """The level and upright rules of a grey picture, in points."""
    ink = image.point([255] * _INK + [0] * (256 - _INK)).filter(ImageFilter.MaxFilter(3))
    scale = 72 / dpi
    wide, tall = max(round(_LEVEL_BLOCK * dpi), 1), max(round(_UPRIGHT_BLOCK * dpi), 1)
    level = _merge(_runs(ink.reduce((wide, 1)), _LEVEL_BLOCKS), _THICK * dpi)
    columns = ink.reduce((1, tall)).transpose(Image.Transpose.TRANSPOSE)
    upright = _merge(_runs(columns, _UPRIGHT_BLOCKS), _THICK * dpi)
    sideways = ink.transpose(Image.Transpose.TRANSPOSE)
    rules = []
    for top, bottom, a, b in level:
        start, end = _ends(ink, top, bottom, a * wide, b * wide, wide)
        rules.append(Rule(start * scale, top * scale, end * scale, bottom * scale))
    for left, right, a, b in upright:
        start, end = _ends(sideways, left, right, a * tall, b * tall, tall)
        rules.append(Rule(left * scale, start * scale, right * scale, end * scale))
    return rules


def _ends(ink: Image.Image, top: int, bottom: int, start: int, end: int, block: int) -> tuple[int, int]:
    """Where a level rule really begins and ends, which blocks tell to a block only: less than the corner needs."""
    return (
        start - _reach(ink.crop((max(start - block, 0), top, start, bottom)), from_left=False),
        end + _reach(ink.crop((end, top, min(end + block, ink.width), bottom)), from_left=True),
    )


def _reach(strip: Image.Image, *, from_left: bool) -> int:
    """How many columns of dots with ink follow one another from one side of a strip."""
    if not strip.width or not strip.height:
        return 0
    # A column's mean is above nothing where any of its dots is ink.
    columns = strip.point([0] + [255] * 255).reduce((1, strip.height)).tobytes()
    columns = columns if from_left else columns[::-1]
    return next((at for at, mean in enumerate(columns) if not mean), len(columns))


def without_rules(words: Sequence[Word]) -> list[Word]:
    """The words of a page with tables, without the bars that OCR reads for upright rules.

    (Rules are not wiped off the picture first: the narrow column of numbers is then read as upright text.)
    """
    clean: list[Word] = []
    for word in words:
        width = (word.x1 - word.x0) / len(word.text)
        for found in _BETWEEN_BARS_RE.finditer(word.text):
            if not _REMNANT_RE.fullmatch(found.group()):
                x0, x1 = word.x0 + width * found.start(), word.x0 + width * found.end()
                clean.append(word._replace(text=found.group(), x0=x0, x1=x1))
    return clean


def _runs(blocks: Image.Image, count: int) -> Iterator[tuple[int, int, int]]:
    """Stretches of ink in a picture of block means: row, first block, block after the last."""
    data, width = blocks.tobytes(), blocks.width
    pattern = re.compile(b"[\\x%02x-\\xff]{%d,}" % (_BLOCK_INK, count), re.DOTALL)
    for row in range(blocks.height):
        for found in pattern.finditer(data, row * width, (row + 1) * width):
            yield row, found.start() - row * width, found.end() - row * width


def _merge(runs: Iterator[tuple[int, int, int]], thick: float) -> list[tuple[int, int, int, int]]:
    """Rules from the stretches of neighbouring rows: first row, row after the last, start, end."""
    rules: list[list[int]] = []
    open_rules: list[list[int]] = []
    for row, start, end in runs:
        open_rules = [rule for rule in open_rules if rule[1] >= row - 1]
        for rule in open_rules:
            if rule[2] <= end and start <= rule[3]:
                rule[1], rule[2], rule[3] = row + 1, min(rule[2], start), max(rule[3], end)
                break
        else:
            rules.append([row, row + 1, start, end])
            open_rules.append(rules[-1])
    return [(a, b, c, d) for a, b, c, d in rules if b - a <= thick]
