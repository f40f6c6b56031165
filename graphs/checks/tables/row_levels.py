"""How many rows are said to be over a level, under it, or to have none of a thing: ``bốn xã đạt trên 90%``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from graphs.checks.reading.arithmetic import read_number
from graphs.checks.reading.named import thing_words
from graphs.checks.reading.rows import RATE_RE, Grid, Line
from graphs.checks.tables.row_claims import COUNT, NOUN, OF_WHOLE, Claim, number

_SIDES = {
    "over": r"(?:trên|hơn|cao hơn|lớn hơn|vượt)\s+",
    "least": r"(?:ít nhất|tối thiểu|không dưới)\s+",
    "under": r"(?:dưới|thấp hơn|nhỏ hơn|chưa đến|chưa tới|chưa đạt)\s+",
    "most": r"(?:không quá|tối đa)\s+",
    "from_": r"(?:đạt\s+)?từ\s+",
    "even": r"đạt\s+",
}
_SIDE = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _SIDES.items())
_HEAD = (
    rf"(?<![\w.,/-])(?P<count>{COUNT})(?:(?:\s*/\s*|{OF_WHOLE})(?P<whole>{COUNT}))?\s+(?P<noun>{NOUN})\b"
    r"(?P<more>(?:,?\s(?!mỗi\b|chiếm\b|cộng\b|tổng\b|bằng\b|đóng góp\b|tăng\b|giảm\b"
    r"|bình quân\b)[^\W\d_]+){0,9}?)\s+"
)
_LEVEL_RE = re.compile(
    rf"{_HEAD}(?:{_SIDE})(?P<value>\d[\d.,]*\d|\d)\s*(?P<unit>%|[^\W\d_]+)(?:\s+(?P<up>trở lên|trở xuống))?",
    re.IGNORECASE,
)
_NONE_RE = re.compile(
    rf"{_HEAD}(?:không|chưa)\s+(?:có|còn|phát sinh|xảy ra"
    rf"|ghi nhận)\s+(?P<what>[^\W\d_]+(?:\s[^\W\d_]+){{0,4}}?)"
    r"(?=\s*(?:[.;:,(]|$|là\b|gồm\b))",
    re.IGNORECASE,
)
_GATE_RE = re.compile(r"\d\s*%|(?:không|chưa) (?:có|còn|phát sinh|xảy ra|ghi nhận)|(?:trên|dưới|từ|hơn) \d")
_NO_CLAIM_RE = re.compile(
    r"\b(?:ít nhất|tối thiểu|hơn|trên|gần|khoảng|thứ|mục|bảng|quý|tháng|năm|phấn đấu|mục tiêu|thêm|mỗi)\s*$",
    re.IGNORECASE,
)
_HUNDRED, _ASIDE = Decimal(100), 1


def level_claims(sentence: str, low: int, whole: tuple[int, int] | None) -> Iterator[Claim]:
    """What a sentence that begins at `low` says of how many rows reach a level or have none of a thing.

    `whole` is how many things it counts in all, and where it says so.
    """
    if not _GATE_RE.search(sentence):
        return
    for pattern in (_LEVEL_RE, _NONE_RE):
        for found in pattern.finditer(sentence):
            count = number(found["count"])
            if count is None or _NO_CLAIM_RE.search(sentence[: found.start()]):
                continue
            made = partial(_none, found["what"]) if pattern is _NONE_RE else _level(found)
            if made is not None:
                noun = f"{found['noun']} {found['more']}"
                told = low + found.start("count"), low + found.end()
                of = number(found["whole"]) or (whole[0] if whole and whole[1] <= found.start() else None)
                yield Claim(count, of, noun, told, " ".join(found.group().split()), made)


def _level(found: re.Match[str]) -> partial[Iterator[int | None]] | None:
    """How rows that reach a level are counted; None for a level that is none."""
    value = read_number(found["value"])
    side = next(name for name in _SIDES if found[name])
    if side == "from_":
        side = {"trở lên": "least", "trở xuống": "most"}.get((found["up"] or "").lower(), "")
    if value is None or not side or (side == "even" and (found["unit"] != "%" or value != _HUNDRED)):
        return None
    return partial(_reach, side, Decimal(value), found["unit"], f"{found['more']} {found['unit']}")


def _reach(
    side: str, level: Decimal, unit: str, words: str, grid: Grid, rows: Sequence[Line]
) -> Iterator[int | None]:
    """How many rows reach a level, in each column that may be meant."""
    said = thing_words(words)
    for column in grid.columns:
        head = grid.head(column)
        rate = RATE_RE.search(head) is not None
        if rate != (unit == "%") or not (rate or said & thing_words(head)):
            continue
        values = [line.value(column) for line in rows]
        told = [value for value in values if value is not None]
        if len(told) == len(values):
            yield sum(_does(side, value, level) for value in told)


def _does(side: str, value: Decimal, level: Decimal) -> bool:
    match side:
        case "over":
            return value > level
        case "least":
            return value >= level
        case "under":
            return value < level
        case "most":
            return value <= level
        case _:
            return value == level


def _none(what: str, grid: Grid, rows: Sequence[Line]) -> Iterator[int | None]:
    """How many rows have none of a thing, in each column of it."""
    said = thing_words(what)
    for column in grid.columns:
        head = thing_words(grid.head(column))
        if said & head and len(said - head) <= _ASIDE and not RATE_RE.search(grid.head(column)):
            yield sum(
                not line.value(column) and line.printed(column).strip() in ("0", "00", "-", "–", "")
                for line in rows
            )
