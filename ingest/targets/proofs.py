"""What the numbers of an answer show of each other: that one is so much of a level, or so far from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from graphs.checks.goals.judged import is_harm, wants_less
from ingest.figures.quantities import Quantity
from ingest.targets.judgements import Judgement
from ingest.targets.levels import read_level
from kb.goals import MET
from kb.models import Comparator
from kb.text.sentences import sentence_start

#: A rate of a level, what it is a rate of, and how far from a level something is.
RATE_RE = re.compile(r"\b(?:bằng|đạt|tương đương|tương ứng|tỷ lệ|tỉ lệ)\s+(?:với\s+)?$", re.IGNORECASE)
OF_PLAN_RE = re.compile(
    r"\s*(?:so với\s+)?(?:mức\s+)?(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|mức giao|giao)(?![^\W\d_])", re.IGNORECASE
)
_PLAN = r"(?:so với\s+)?(?:mức\s+)?(?:kế hoạch|chỉ tiêu|mục tiêu)"
APART_RE = re.compile(
    rf"\b(?P<how>vượt|thiếu|hụt|(?:thấp|cao) hơn(?=\s+{_PLAN}\s))"
    rf"(?:\s+(?:thêm|hơn|được|mức|{_PLAN}))?\s*$",
    re.IGNORECASE,
)
#: The same with the plan behind: "thấp hơn 1,0 điểm phần trăm so với chỉ tiêu".
_BESIDE_RE = re.compile(r"\b(?P<how>(?:thấp|cao) hơn)\s*$", re.IGNORECASE)
_SINCE_PLAN_RE = re.compile(rf"\s*%?(?:\s*[^\W\d_]+){{0,3}}?\s+(?=so với){_PLAN}(?![^\W\d_])", re.IGNORECASE)
#: "mới có 234 người được khám (90,0%)", and not "trong đó 234 người là nữ (90,0%)"
_IN_BRACKET_RE = re.compile(r"(?:\s+[^\W\d_]+){1,6}\s+\(")
_OF_THEM_RE = re.compile(r"\b(?:trong đó|gồm|riêng)\s+(?:[^\W\d_]+\s+){0,3}$", re.IGNORECASE)
#: How near a rate is that is told with a decimal, and one without.
_EXACT, _ROUND, _WHOLE = Decimal("0.06"), Decimal("0.6"), Decimal(100)


def is_share(part: str | Decimal, whole: str | Decimal, rate: Quantity) -> bool:
    """Whether a rate is that of a part of a whole, as exact as it is told.

    >>> rate = Quantity(0, 5, "98.1", None, True, "98,1%")
    >>> is_share("45120", "46000", rate), is_share("45500", "46000", rate)
    (True, False)
    """
    share = Decimal(part) * _WHOLE / Decimal(whole) if Decimal(whole) > 0 else None
    return share is not None and abs(share - Decimal(rate.value)) <= _near(rate)


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


def is_shown(text: str, one: Quantity, level: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether other numbers show that one came of a level."""
    return shows_plan(text, one, level, others) or shows_share(text, one, level, others)


def bears_out(text: str, one: Quantity, level: Quantity, said: Judgement | None) -> bool:
    """Whether level and result give the verdict that is said."""
    how = read_level(text, level.start, level.end)[0]
    value, goal = Decimal(one.value), Decimal(level.value)
    if level.percent and one.of and Decimal(one.of):  # "100% trạm …: cả 41/41 trạm"
        value = value * _WHOLE / Decimal(one.of)
    met = value <= goal if how in (Comparator.AT_MOST, Comparator.LESS) else value >= goal
    return said is None or met == (said.verdict in MET)


def is_inside(text: str, low: int, level: Quantity) -> bool:
    """Whether a level stands in a bracket of its clause: ``đạt 77% (mục tiêu 80%)`` is answered before it."""
    return text.count("(", low, level.start) > text.count(")", low, level.start)


def so_far(text: str, one: Quantity, level: Quantity, others: Sequence[Quantity]) -> Judgement | None:
    """The verdict of words that tell how far one is from a level, where it is so: ``vượt kế hoạch 8 người``."""
    by = Decimal(one.value) - Decimal(level.value)
    for other in others:
        apart = APART_RE.search(text, 0, other.start) or (
            _BESIDE_RE.search(text, 0, other.start) if _SINCE_PLAN_RE.match(text, other.end) else None
        )
        if apart is None or by == 0 or (other.percent and not (level.percent or Decimal(level.value))):
            continue
        how = apart["how"].lower()
        over = how in ("vượt", "cao hơn")
        if how.endswith(" hơn") and _is_capped(text, level):
            continue  # of a most, or of harm, less is better
        told = Decimal(other.value) if over else -Decimal(other.value)
        share = other.percent and not level.percent
        if abs(by * _WHOLE / Decimal(level.value) - told) <= _near(other) if share else by == told:
            return Judgement("Vượt" if over else "Chưa đạt", *apart.span("how"))
    return None


def _is_capped(text: str, level: Quantity) -> bool:
    """Whether less than a level is better, or may be."""
    most = read_level(text, level.start, level.end)[0] in (Comparator.AT_MOST, Comparator.LESS)
    name = text[sentence_start(text, level.start) : level.start]
    return most or wants_less(name) or is_harm(name)


def _near(rate: Quantity) -> Decimal:
    """How near a rate is, as exact as it is told."""
    return _EXACT if "." in rate.value or "," in rate.printed else _ROUND


def _is_rate(text: str, one: Quantity, level: Quantity, other: Quantity) -> bool:
    if not other.percent or level.percent:
        return False
    told = RATE_RE.search(text, 0, other.start) is not None
    beside = _IN_BRACKET_RE.fullmatch(text, one.end, other.start) and not _OF_THEM_RE.search(text, 0, one.start)
    return bool(told or beside) and is_share(one.value, level.value, other)


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
