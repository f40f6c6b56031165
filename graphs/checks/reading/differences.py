"""By how much one thing is said to be more or less than another: ``số bé trai nhiều hơn số bé gái 84 cháu``.

Each has its number, the words of what is compared before it and of what it is compared with: behind ``hơn``, at
the head of the sentence, or behind the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.multiples import Multiple
from graphs.checks.reading.prose import Stated
from kb.models import Figure
from kb.text.sentences import split_sentences

_WAY = r"(?:nhiều|đông|lớn|cao|dài|rộng|ít|thấp|nhỏ|ngắn)"
_LEAD = r"(?:\s+(?:là|tới|đến|những|được))?\s*$"
#: ``nhiều hơn số bé gái 84 cháu``: what it is compared with stands between the words and the number.
_BETWEEN_RE = re.compile(
    rf"\b(?:{_WAY}\s+hơn|hơn hẳn|vượt hơn|trội hơn)\s+(?:so\s+với\s+)?(?P<object>[^;:.,()\d%]{{2,60}}?){_LEAD}",
    re.IGNORECASE,
)
#: ``So với năm trước, … nhiều hơn 580 người``: it stands at the head of the sentence.
_BEFORE_RE = re.compile(rf"\b{_WAY}\s+hơn{_LEAD}", re.IGNORECASE)
_FIRST_RE = re.compile(
    r"\b[Ss]o (?:sánh )?với\s+(?P<object>[^;:.,]+?)(?:,|\s+thì)\s+(?P<subject>[^;:.]*)$", re.DOTALL
)
#: ``hơn 580 người so với năm trước``: behind it.
_BEHIND_RE = re.compile(r"[^;:.,()\d]{0,40}?\bso với\s+(?P<object>[^;:.,()]{2,50})", re.IGNORECASE)
#: What is asked for, or no count of now.
_ASKED_RE = re.compile(
    r"\b(?:tối thiểu|tối đa|ít nhất|không quá|trở lên|phấn đấu|mục tiêu|dự kiến|nếu|sẽ|quy định|bình quân"
    r"|trung bình|tốc độ|mức)\b",
    re.IGNORECASE,
)
_NO_AMOUNT = ("%", "điểm", "lần", "tháng", "năm", "ngày", "giờ", "phút", "tuổi", "bậc", "hạng")


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much: its number, and what is compared, as a multiple tells it."""

    figure: Figure
    compared: Multiple


def differences_in(where: Stated) -> Iterator[Difference]:
    """The differences that a block tells."""
    if " hơn" not in where.text:
        return
    for low, high in split_sentences(where.text):
        for one in where.figures:
            start = where.start(one)
            if not low <= start < high or one.of or not one.unit or not Decimal(one.value):
                continue
            if one.unit.split(" ")[0].lower() in _NO_AMOUNT:
                continue
            found = _read(where, one, low, high)
            if found is not None and not _ASKED_RE.search(f"{found.subject} {found.object}"):
                yield Difference(one, found)


def _read(where: Stated, one: Figure, low: int, high: int) -> Multiple | None:
    start, end = where.start(one), where.end(one)
    before = where.text[low:start]
    if between := _BETWEEN_RE.search(before):
        at = (low + between.start("object"), low + between.end("object"))
        return _compared(where, (low + between.start(), end), (low, high), before[: between.start()], at)
    words = _BEFORE_RE.search(before)
    if words is None:
        return None
    if first := _FIRST_RE.search(before[: words.start()]):
        at = (low + first.start("object"), low + first.end("object"))
        return _compared(where, (low + words.start(), end), (low, high), first["subject"], at)
    if behind := _BEHIND_RE.match(where.text, end, high):
        return _compared(
            where, (low + words.start(), end), (low, high), before[: words.start()], behind.span("object")
        )
    return None


def _compared(
    where: Stated, own: tuple[int, int], sentence: tuple[int, int], subject: str, at: tuple[int, int]
) -> Multiple:
    words = " ".join(where.text[own[0] : own[1]].split())
    more = Decimal(2)
    return Multiple(*own, *sentence, words, more, more, more, subject, where.text[at[0] : at[1]], at, None)
