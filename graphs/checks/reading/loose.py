"""Shares that are told in loose words, and between which numbers each may lie: ``hầu hết``, ``gần một nửa``.

A word has a row in ``data/share_words.csv``. A round number with a word before it (``hơn 90%``, ``gần hai phần
ba``) may lie so many steps above or below it: a step is ten for tens and for halves, less for smaller parts, five
for fives, else one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from kb.kept_patterns import patterns_kept

#: Parts as they are said, in hundredths.
_SAID = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_PARTED = (
    ("ba", 3),
    ("tư", 4),
    ("bốn", 4),
    ("năm", 5),
    ("sáu", 6),
    ("bảy", 7),
    ("tám", 8),
    ("chín", 9),
    ("mười", 10),
)
PARTS: tuple[tuple[str, Decimal], ...] = (
    (r"(?:một |phân )?nửa", Decimal(50)),
    (r"một phần hai", Decimal(50)),
    *(
        (f"{said} phần {words}", Decimal(100) * part / whole)
        for words, whole in _PARTED
        for part, said in enumerate(_SAID[: whole - 1], 1)
    ),
)
#: The same in digits, behind a word that makes them no ratio: ``gần 2/3 số thôn``.
_IN_DIGITS = tuple(
    (f"{part}/{whole}", Decimal(100) * part / whole) for whole in range(2, 6) for part in range(1, whole)
)
#: Words before a round number: so many steps below it and above it what is meant may lie.
HEDGES: tuple[tuple[str, Decimal, Decimal], ...] = (
    (r"trên dưới|khoảng|chừng|cỡ|xấp xỉ", Decimal(1), Decimal(1)),
    (r"hơn|quá|trên(?! dưới)|già", Decimal(0), Decimal(3)),
    (r"gần(?: đến| tới| sát)?|ngót(?: nghét)?|suýt soát|sát|non", Decimal("1.5"), Decimal(0)),
    (r"(?:đúng|tròn)(?: bằng)?", Decimal("0.05"), Decimal("0.05")),
    (
        r"(?:còn )?(?:chưa|không) (?:được|đến|tới|đầy|bằng)|chưa quá|(?<!trên )dưới|ít hơn",
        Decimal(10),
        Decimal(0),
    ),
)
#: A part without such a word is meant so nearly, in steps; what is cut by rounding, of words and of numbers.
_BARE, _OF_WORDS, _OF_NUMBERS = Decimal("0.5"), Decimal("0.5"), Decimal("0.05")
_HALF, _FIFTH = Decimal(50), Decimal(20)
#: Before these words they compare, or bound what is asked: ``thấp hơn 90%``, ``không quá 5%``.
_NO_HEDGE = "".join(
    f"(?<!{word} )"
    for word in ("thấp", "cao", "ít", "nhiều", "lớn", "nhỏ", "kém", "không", "chậm", "nhanh", "sớm", "hoặc")
)
_HEDGE = "|".join(f"(?P<h{at}>{words})" for at, (words, _, _) in enumerate(HEDGES))
_VALUES = dict((*PARTS[1:], *_IN_DIGITS, *((words, Decimal(50)) for words in ("nửa", "một nửa", "phân nửa"))))
_FRACTION = rf"(?:một |phân )?nửa|(?:{'|'.join(_SAID)}) phần (?:hai|{'|'.join(words for words, _ in _PARTED)})"
_NUMBER = r"(?P<number>\d{1,3}(?:,\d+)?)\s?%"
#: One of these stands wherever a share is told so, a new row of words too: most texts need no closer look.
_HINTS = ("%", "nửa", "phần", "hết", "gần như", "bán", "đa số", "bộ phận", "nhỏ", "ít", "thiểu số")


@dataclass(frozen=True, slots=True)
class Loose:
    """A share told in loose words: where, what is printed, between what it lies in per cent, if it is a number.

    `part` is whether it is a part or a number, nearly, and no word for many or few.
    """

    start: int
    end: int
    words: str
    low: Decimal
    high: Decimal
    is_number: bool = False
    part: bool = True

    @property
    def is_bound(self) -> bool:
        """Whether it may as well be the bound of a class: ``quá tải trên 50%``."""
        return self.is_number and self.words.lower().startswith(("trên", "dưới", "quá"))

    def fits(self, share: Decimal) -> bool:
        """Whether a share is what is said."""
        return self.low <= share <= self.high


@dataclass(frozen=True, slots=True)
class ShareWord:
    """A row of the table: the words, between what a share of that name lies, two examples."""

    words: str
    low: Decimal
    high: Decimal
    holds: str
    breaks: str


@lru_cache(maxsize=1)
def share_words() -> tuple[ShareWord, ...]:
    """The rows of ``data/share_words.csv``."""
    table = files("graphs.checks").joinpath("data/share_words.csv").read_text(encoding="utf-8")
    return tuple(
        ShareWord(row["words"], Decimal(row["low"]), Decimal(row["high"]), row["holds"], row["breaks"])
        for row in csv.DictReader(table.splitlines())
    )


@lru_cache(maxsize=1)
@patterns_kept()
def _loose_re() -> re.Pattern[str]:
    named = "|".join(f"(?P<w{at}>{row.words})" for at, row in enumerate(share_words()))
    hedged = rf"{_NO_HEDGE}(?:{_HEDGE})\s+(?:(?P<part>{_FRACTION}|[1-4]/[2-5])|{_NUMBER})"
    return re.compile(
        rf"(?<![\w/])(?:{hedged}|(?<!không )(?<!tộc )(?:{named})(?! nhất)|(?P<bare>{_FRACTION}))(?![\w/])",
        re.IGNORECASE,
    )


def loose_in(text: str, low: int = 0, high: int | None = None) -> Iterator[Loose]:
    """The shares that a text tells in loose words.

    >>> [(one.words, int(one.low), int(one.high)) for one in loose_in("Hầu hết các xã; gần 90% số thôn")]
    [('Hầu hết', 60, 100), ('gần 90%', 74, 90)]
    >>> list(loose_in("không thấp hơn 99,2%; dân tộc thiểu số"))
    []
    """
    small = text.lower()
    if not any(hint in small for hint in _HINTS):
        return
    for found in _loose_re().finditer(text, low, len(text) if high is None else high):
        at, words = found.span(), found.group()
        groups = [name for name, value in found.groupdict().items() if value]
        by = {name[0]: int(name[1:]) for name in groups if name[1:].isdigit()}
        number, part = found["number"], " ".join((found["part"] or found["bare"] or "").lower().split())
        if "w" in by:
            row = share_words()[by["w"]]
            yield Loose(*at, words, row.low, row.high, part=False)
        elif not number and part not in _VALUES:
            continue  # "năm phần ba"
        elif "h" not in by:
            yield Loose(*at, words, _VALUES[part] - 10 * _BARE, _VALUES[part] + 10 * _BARE)
        else:
            _, below, above = HEDGES[by["h"]]
            value = Decimal(number.replace(",", ".")) if number else _VALUES[part]
            step = _step(value) if number else min(Decimal(10), value / 5)
            # A half, a quarter or a fifth is as exact in per cent as a number is; a third is not.
            cut = _OF_NUMBERS if number or value == value.to_integral() else _OF_WORDS
            yield Loose(
                *at, words, max(value - below * step - cut, Decimal(0)), value + above * step + cut, bool(number)
            )


#: Parts in their order: what is nearer to another one is told by that.
_COMMON = tuple(
    sorted({Decimal(100) * part / whole for whole in (2, 3, 4) for part in range(1, whole)} | {_FIFTH})
)


def closely(one: Loose) -> Loose:
    """A part told in words, between narrower bounds: where what it tells is sure, another part tells it better.

    >>> read = [(one.words, closely(one)) for one in loose_in("gần ba phần tư; một phần tư; gần một nửa")]
    >>> [(words, round(one.low), round(one.high)) for words, one in read]
    [('gần ba phần tư', 70, 75), ('một phần tư', 22, 28), ('gần một nửa', 35, 50)]
    """
    words = next(
        (words for words in sorted(_VALUES, key=len, reverse=True) if one.words.lower().endswith(words)), ""
    )
    value = _VALUES.get(words)
    if value is None or one.is_number or not one.part:
        return one
    if one.words.lower() == words:
        near = min(10 * _BARE, value / 10 + _BARE)
        return replace(one, low=value - near, high=value + near)
    below = max((other for other in _COMMON if other < value - 1), default=value / 2)
    above = min((other for other in _COMMON if other > value + 1), default=Decimal(100))
    if value == _HALF:
        return one
    low = (value + below) / 2 - _OF_WORDS if one.low < value - 1 else one.low
    high = (value + above) / 2 + _OF_WORDS if one.high > value + 1 and low < value - 1 else one.high
    return replace(one, low=max(low, one.low), high=min(high, one.high))


def _step(value: Decimal) -> Decimal:
    return next((step for step in (Decimal(10), Decimal(5)) if not value % step), Decimal(1))
