"""A part of things that are called by name, and where they were counted: ``412 hộ trong số đã vay vốn``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from graphs.checks.reading.prose import Stated
from kb.models import Figure

#: "trong số thành lập mới có 1.502 doanh nghiệp", where "thành lập mới 1.486 doanh nghiệp" was told.
_AMONG_NAMED_RE = re.compile(r"\b[Tt]rong số (?P<words>[^.;:,()\d]{4,40}?),?\s+(?:thì\s+)?có\s+(?=\d)")
#: "412 hộ trong số đã vay vốn được giãn nợ": the same, the part before the words.
_BEHIND_NAMED_RE = re.compile(
    r"[^.;,()\d]{0,30}?\btrong số (?P<words>[^.;:,()\d]{4,40}?)"
    r"(?=\s+(?:được|đã|có|chưa|không|phải|đạt|tham gia|hoàn thành|trả)\b|\s*[.,;])"
)
#: "là 3.140 cơ sở, chiếm 97,5% tổng số cơ sở lưu trú": what all are called of which it is a share.
_OF_ALL_RE = re.compile(
    r"[^.;,()\d]{0,30}?,?\s*\(?chiếm\s+(?:tỷ lệ\s+)?(?P<rate>\d{1,2}(?:,\d+)?)\s*%\s+"
    r"(?:trong\s+|trên\s+)?tổng số\s+(?P<words>[^.;:,()\d]{4,40}?)"
    r"(?=\s+(?:trên địa bàn|của|toàn|cả|trong)\b|\s*[.,;)])"
)
#: What may stand behind the name of all that were counted.
_ALL_TOLD_RE = re.compile(r"\s*(?:[.,;(]|$)|\s+và\s")
#: More than the whole by no more than this, in tenths of it: else it is of another whole.
_A_LITTLE = Decimal("1.1")
_NAME_WORDS, _WINDOW = 2, 140


def parts_of_named(where: Stated, told: Iterable[Stated]) -> Iterator[tuple[Figure, Figure, str]]:
    """A part of things that are named by what was done with them, and where they were counted before."""
    if "rong số " not in where.text:
        return
    parts: list[tuple[Figure, str, int]] = []
    for found in _AMONG_NAMED_RE.finditer(where.text):
        part = next((one for one in where.figures if where.start(one) == found.end()), None)
        parts += [(part, found["words"], found.start())] if part else []
    for part in where.figures:
        behind = _BEHIND_NAMED_RE.match(where.text, where.end(part))
        parts += [(part, behind["words"], where.start(part))] if behind else []
    for part, name, low in parts:
        words = re.escape(name.strip().lower())
        if len(words.split()) < _NAME_WORDS:
            continue
        for place in told:
            for whole in place.figures:
                if whole.unit != part.unit or (place is where and place.end(whole) >= low):
                    continue
                before = place.text[: place.start(whole)].lower().rstrip()
                behind_it = place.text[place.end(whole) : place.end(whole) + _WINDOW].lower()
                if re.search(rf"{words}(?:\s+được)?$", before) or re.match(
                    rf"[^.;,()\d]{{0,40}}?\b{words}\s*(?:[,.;(]|$)", behind_it
                ):
                    yield whole, part, ""


def parts_of_all_named(where: Stated, told: Iterable[Stated]) -> Iterator[tuple[Figure, Figure, str]]:
    """A part said to be a share of all things of a name, and how many were counted by that very name before.

    One that is far more is of another whole, and so is one of which some number makes the share.
    """
    if "tổng số" not in where.text or "chiếm" not in where.text:
        return
    for part in where.figures:
        found = _OF_ALL_RE.match(where.text, where.end(part))
        if not found or part.of or part.bound:
            continue
        value, rate = Decimal(part.value), Decimal(found["rate"].replace(",", "."))
        everything = [(place, one) for place in told for one in place.figures if one.unit != "%" and not one.of]
        if any(Decimal(one.value) and _is_share(value, Decimal(one.value), rate) for _, one in everything):
            continue
        for place, whole in everything:
            digits = place.text.find(" ", place.start(whole))
            named = place.text.startswith(found["words"], digits + 1)
            behind = digits + 1 + len(found["words"])
            little = Decimal(whole.value) < value < Decimal(whole.value) * _A_LITTLE
            if digits > 0 and named and little and _ALL_TOLD_RE.match(place.text, behind):
                yield whole, part, ""


def _is_share(part: Decimal, whole: Decimal, rate: Decimal) -> bool:
    """Whether a part is so many per cent of a whole, as they are rounded."""
    return abs(part / whole * 100 - rate) < Decimal(1).scaleb(min(int(rate.as_tuple().exponent), 0))
