"""The value that a multiple compares with, which only a change tells: ``đạt 52 giải, vượt 12 giải, gấp 1,3 lần``.

The number and by how much it is more stand right before the multiple; what it is compared with is the time before,
or what it is said to be more than.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.moved import head, in_unit_of, scaled
from graphs.checks.reading.multiples import Multiple
from graphs.checks.reading.named import with_unit
from graphs.checks.reading.prose import Stated
from graphs.checks.restated.called_values import naming
from kb.models import Span

_MORE_RE = re.compile(
    r"\b(?:tăng|vượt|thêm|(?:nhiều|cao|lớn|dài|rộng)?\s?hơn)(?P<than>(?:\s+[^\W\d_]+)*?)"
    r"(?:\s+(?:thêm|là|tới|khoảng))*\s*$",
    re.IGNORECASE,
)
_TIME_RE = re.compile(
    r"\s*(?:so với\s+|của\s+)*(?:năm (?:trước|ngoái|(?:19|20)\d\d)|cùng kỳ(?: năm (?:trước|ngoái|\d{4}))?|kỳ trước"
    r"|đầu (?:năm|kỳ|nhiệm kỳ)|quý trước|tháng trước|vụ trước)?\s*",
    re.IGNORECASE,
)
_OTHER_RE = re.compile(r"\b(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|nghị quyết)\b", re.IGNORECASE)


def since_change(where: Stated, told: Multiple) -> Iterator[tuple[Decimal, Decimal, str, tuple[Span, ...]]]:
    """The number, what it is since, how that is worked out and where they stand."""
    before = [
        one
        for one in where.figures
        if told.low_at <= where.start(one) and where.end(one) <= told.start and one.unit not in ("%", "lần")
    ]
    counts = [one for one in before if one.unit]
    if len(counts) < 2 or told.bracket or told.value <= 1:
        return
    now, change = counts[-2:]
    more = _MORE_RE.search(where.text, where.end(now), where.start(change))
    between = where.text[where.end(change) : told.start]
    if more is None or head(now) != head(change) or _OTHER_RE.search(where.between(now, change) + between):
        return
    named = naming(more["than"])
    times = _TIME_RE.fullmatch(told.object) is not None and not named
    then = scaled(now) - scaled(change)
    if then > 0 and (times or (named and naming(told.object) == named)):
        base = show(in_unit_of(then, now))
        yield (
            scaled(now),
            then,
            f"{with_unit(now)} / ({now.printed} - {change.printed} = {base})",
            (now.span, change.span),
        )
