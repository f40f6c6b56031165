"""What the numbers of an answer show of each other: that one is so much of a level, or so far from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.figures.quantities import Quantity
from ingest.targets.judgements import Judgement

#: A rate of a level, what it is a rate of, and how far from a level something is.
RATE_RE = re.compile(r"\b(?:bằng|đạt|tương đương|tương ứng|tỷ lệ|tỉ lệ)\s+(?:với\s+)?$", re.IGNORECASE)
OF_PLAN_RE = re.compile(
    r"\s*(?:so với\s+)?(?:mức\s+)?(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|mức giao|giao)(?![^\W\d_])", re.IGNORECASE
)
APART_RE = re.compile(
    r"\b(?P<how>vượt|thiếu|hụt)(?:\s+(?:thêm|hơn|được|mức|(?:so với\s+)?(?:kế hoạch|chỉ tiêu|mục tiêu)))?\s*$",
    re.IGNORECASE,
)
#: How near a rate is that is told with a decimal, and one without.
_EXACT, _ROUND, _WHOLE = Decimal("0.06"), Decimal("0.6"), Decimal(100)


def is_share(part: str | Decimal, whole: str | Decimal, rate: Quantity) -> bool:
    """Whether a rate is that of a part of a whole, as exact as it is told.

    >>> rate = Quantity(0, 5, "98.1", None, True, "98,1%")
    >>> is_share("45120", "46000", rate), is_share("45500", "46000", rate)
    (True, False)
    """
    near = _EXACT if "." in rate.value or "," in rate.printed else _ROUND
    return Decimal(whole) > 0 and abs(Decimal(part) * _WHOLE / Decimal(whole) - Decimal(rate.value)) <= near


def shows_plan(text: str, one: Quantity, level: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether one is so far from a level as an answer says, or the rate of the plan that it tells.

    >>> from ingest.figures.quantities import find_quantities
    >>> def shown(text):
    ...     level, one, *others = find_quantities(text)
    ...     return shows_plan(text, one, level, others)
    >>> (
    ...     shown("40 lớp: mở 44 lớp, bằng 110%"),
    ...     shown("8 xã: tại 9 xã, vượt 1 xã"),
    ...     shown("200 đơn: xong 180 đơn, đạt 90%"),
    ... )
    (True, True, False)
    """
    return any(
        _is_rate(text, one, level, other) and _is_of_plan(text, one, level, other) for other in others
    ) or bool(so_far(text, one, level, others))


def shows_share(text: str, one: Quantity, level: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether a rate is told of a number and a level, or of two counts that stand before it."""
    if not level.percent:
        return any(_is_rate(text, one, level, other) for other in others)
    counts = [other for other in others if not other.percent and other.end <= one.start]
    if any(other.of and is_share(other.value, other.of, one) for other in counts):
        return True
    numbers = [Decimal(value) for other in counts for value in (other.value, other.of) if value]
    return any(is_share(part, whole, one) for part in numbers for whole in numbers if part < whole)


def so_far(text: str, one: Quantity, level: Quantity, others: Sequence[Quantity]) -> Judgement | None:
    """The verdict of words that tell how far one is from a level, where it is so: ``vượt kế hoạch 8 người``."""
    by = Decimal(one.value) - Decimal(level.value)
    for other in others:
        apart = APART_RE.search(text, 0, other.start)
        if apart is None or by == 0 or (other.percent and not level.percent):
            continue
        over = apart["how"].lower() == "vượt"
        if by == (Decimal(other.value) if over else -Decimal(other.value)):
            return Judgement("Vượt" if over else "Chưa đạt", *apart.span("how"))
    return None


def _is_rate(text: str, one: Quantity, level: Quantity, other: Quantity) -> bool:
    told = other.percent and not level.percent and RATE_RE.search(text, 0, other.start)
    return bool(told) and is_share(one.value, level.value, other)


def _is_of_plan(text: str, one: Quantity, level: Quantity, other: Quantity) -> bool:
    """Whether a rate is of a plan: no part is more than its whole."""
    return Decimal(one.value) > Decimal(level.value) or OF_PLAN_RE.match(text, other.end) is not None


def makes_whole(level: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether numbers of the kind of a level are only its parts: ``300 thẻ: 200 thẻ mới, 100 thẻ đổi``."""
    total = Decimal(0)
    for at, one in enumerate(others):
        total += Decimal(one.value)
        if at and total == Decimal(level.value):
            return True
    return False
