"""Shares said to be met that miss the levels which the paper sets for them elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import read_number
from graphs.checks.reading.forms import AT_LEAST, AT_MOST
from graphs.checks.report import Rule, Subject
from kb.bilingual import both
from kb.models import Finding, Span, TextBlock

#: A level, as words set it.
LEVEL = rf"(?:(?P<least>{AT_LEAST})|(?P<most>{AT_MOST}))\s+(?P<level>\d{{1,3}}(?:,\d+)?)\s*%"


@dataclass(frozen=True, slots=True)
class Missed:
    """A share, as told and where, and the level that it misses."""

    told: str
    span: Span
    level: re.Match[str]


def misses(value: Decimal, level: re.Match[str]) -> bool:
    """Whether a share misses a level.

    >>> level = re.search(LEVEL, "dưới 5%")
    >>> misses(Decimal(5), level), misses(Decimal("4.9"), level)
    (True, False)
    """
    bound = read_number(level["level"])
    if level["least"]:
        return value < bound
    return value > bound or (level["most"].lower() == "dưới" and value == bound)


def missed_at_all(value: Decimal, levels: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The first of some levels, where a share misses them all."""
    return levels[0] if levels and all(misses(value, one) for one in levels) else None


def said_met(
    by: Rule, subject: Subject, block: TextBlock, found: re.Match[str], missed: Sequence[Missed]
) -> Finding:
    """The finding of words that say that all is met."""
    said, start, reading = " ".join(found.group().split()), block.view.start, subject.document.reading
    told = [(one.told, " ".join(one.level.group().split())) for one in missed]
    vi = "; ".join(f"{share}, mức đặt ra “{level}”" for share, level in told)
    en = "; ".join(f"{share}, the level is “{level}”" for share, level in told)
    return by.finding(
        (reading.hull(start + found.start(), start + found.end()),),
        f"nói “{said}”, nhưng có tỷ lệ không đạt mức đặt ra ở chỗ khác: {vi}",
        f"“{said}” is said, but a share misses the level told elsewhere: {en}",
        stated=said,
        evidence=tuple(span for one in missed for span in (one.span, reading.hull(*one.level.span()))),
        suggestion=both("đối chiếu mục tiêu, kết quả và đánh giá", "compare goal, result and verdict"),
        page=block.page,
    )
