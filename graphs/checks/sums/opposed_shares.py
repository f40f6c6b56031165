"""FIG of two opposites told as shares, which make 100% between them: ``đúng hạn 99,2%, quá hạn 0,8%``.

Opposites are two words of which each thing has one, one word told with and without "chưa", "không", or what is
left.
Only a share that is the rest but for a digit is wrong: others may be of other wholes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.arithmetic import is_rate_slip, is_typing_slip, places_of, show
from graphs.checks.reading.prose import Stated, value_as_printed
from graphs.checks.reading.telling import carrying_in
from graphs.checks.report import Rule, Tally
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import sentence_start

#: Two words of which each thing has one; where a word tells that the two are shares of one whole.
_SURE_PAIRS = ((r"(?:đúng|trong|trước) hạn", r"(?:quá|trễ) hạn"), (r"còn hiệu lực", r"hết hiệu lực"))
_SHARED_PAIRS = (
    (r"nam", r"nữ"),
    (r"trực tuyến", r"trực tiếp"),
    (r"trong nước", r"(?:ngoài nước|nước ngoài)"),
    (r"thành thị", r"nông thôn"),
)
_SHARES_RE = re.compile(r"\b(?:chiếm|cơ cấu|trong đó|trong số|tỷ trọng|gồm)\b", re.IGNORECASE)
_LEFT_RE = re.compile(r"\bcòn lại(?:\s+(?:là|chiếm))?\s*$", re.IGNORECASE)
_NOT_RE = re.compile(
    r"\b(?:chưa|không)\s+(?:được\s+|bị\s+|có\s+)?(?P<what>[^\W\d_]+(?:\s+[^\W\d_]+)?)", re.IGNORECASE
)
#: What makes a rate none of a part: a change, a goal, a mean, another time.
_OTHER_RE = re.compile(
    r"\b(?:tăng|giảm|hơn|vượt|kế hoạch|mục tiêu|chỉ tiêu|phấn đấu|tối thiểu|trên|dưới|bình quân|cùng kỳ|năm trước"
    r"|so với|năm (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_CUT_RE = re.compile(r"[,;:.(]\s")
_ALL = Decimal(100)


def check_opposed_shares(where: Stated, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Two opposite shares of one sentence make 100%."""
    for one, other in pairwise(where.figures):
        if {one.unit, other.unit} != {"%"} or one.of or other.of or one.bound or other.bound:
            continue
        if not _are_opposed(where, one, other):
            continue
        first, second = Decimal(one.value), Decimal(other.value)
        last = max(Decimal(1).scaleb(-places_of(value_as_printed(share))) for share in (one, other))
        if abs(first + second - _ALL) <= last:
            tally.held += 1
        elif is_rate_slip(_ALL - first, value_as_printed(other)) or is_typing_slip(_ALL - first, second):
            tally.failed += 1
            yield by.finding(
                (other.span,),
                f"ghi {one.printed} và {other.printed}, nhưng hai phần trái nhau phải cộng thành 100%:"
                f" 100 - {show(first)} = {show(_ALL - first)}%",
                f"{one.printed} and {other.printed} are opposites, which make 100%: {show(_ALL - first)}% is left",
                stated=other.printed,
                expected=f"{show(_ALL - first)}%",
                evidence=(one.span,),
                suggestion=both("kiểm tra lại hai tỷ lệ", "check the two shares"),
                page=where.block.page,
            )


def _are_opposed(where: Stated, one: Figure, other: Figure) -> bool:
    """Whether two shares stand side by side, the only ones of their sentence, and are told of opposites."""
    low, high = sentence_start(where.text, where.start(one)), where.sentence_end(where.end(one))
    inside = [figure for figure in where.figures if low <= where.start(figure) < high and figure.unit == "%"]
    between = where.between(one, other)
    if inside != [one, other] or _OTHER_RE.search(where.text, low, high):
        return False
    cut = _CUT_RE.search(between)
    first = where.text[low : where.start(one)] + (between[: cut.start()] if cut else "")
    behind = _CUT_RE.split(where.text[where.end(other) : high])[0]
    ahead = between[cut.end() :] if cut else between
    second = f"{ahead} {behind}"
    if _LEFT_RE.search(ahead):
        return True
    pairs = (*_SURE_PAIRS, *(_SHARED_PAIRS if _SHARES_RE.search(where.text, low, high) else ()))
    for pair in pairs:
        for mine, its in (pair, pair[::-1]):
            if all(
                re.search(rf"\b{word}\b", text, re.IGNORECASE) for word, text in ((mine, first), (its, second))
            ):
                return carrying_in(re.sub(its, " ", second, flags=re.IGNORECASE)) <= carrying_in(first)
    lacks = _NOT_RE.search(second)
    so = lacks and re.search(rf"(?<!chưa )(?<!không )\b{re.escape(lacks['what'])}\b", first, re.IGNORECASE)
    return bool(so and not _NOT_RE.search(first) and carrying_in(second) - {"chưa", "không"} <= carrying_in(first))
