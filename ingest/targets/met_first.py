"""Results before the verdict and the level they are held against: ``5.210 hộ, vượt mục tiêu 5.000 hộ``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.goals.reckoned_verdicts import NUMBER
from ingest.figures.measures import measure
from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.answer_words import HELD_AGAINST_RE
from ingest.targets.behind import Told
from ingest.targets.judgements import judgement

_PLAN = r"(?:mục tiêu|chỉ tiêu|kế hoạch|dự toán)"
#: A verdict on a plan with its level; "vượt kế hoạch 310 tỷ đồng" may tell by how much, as the numbers show.
_FORM_RE = re.compile(
    r"[,;(]\s*(?:và\s+|đã\s+|cơ bản\s+|vẫn\s+)*(?:(?P<how>(?:chưa|không)\s+(?:đạt|hoàn thành)"
    r"|(?:hoàn thành\s+)?vượt"
    rf"|hoàn thành|đạt)|cao hơn|thấp hơn)\s+(?:so với\s+)?(?:mức\s+)?{_PLAN}(?:\s+(?:[^\W\d_]+|(?:19"
    rf"|20)\d\d(?=\s))){{0,9}}?\s+"
    rf"(?P<level>{NUMBER})(?!\s*%)",
    re.IGNORECASE,
)
#: The rate of a plan with its level, and the verdict behind: "đạt 98,1% chỉ tiêu 46.000 giấy, chưa hoàn thành".
_RATE_RE = re.compile(
    rf"\b(?:đạt|bằng|tương đương)\s+(?P<rate>\d+(?:,\d+)?)\s*%\s+(?:so với\s+)?(?:mức\s+)?{_PLAN}"
    rf"(?:\s+(?:[^\W\d_]+|(?:19|20)\d\d(?=\s))){{0,6}}?\s+(?P<level>{NUMBER})(?!\s*%)[^.;,]{{0,60}}?"
    r"(?:(?:,\s*|\s)(?:nên\s+|vì vậy\s+|do đó\s+)?(?P<how>(?:chưa|không)\s+(?:đạt|hoàn thành)"
    r"|(?:hoàn thành\s+)?vượt|hoàn thành|đạt)(?=\s*(?:[.,;]|$)|\s+(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán))"
    r"|(?=\s*(?:[.;]|$)))",
    re.IGNORECASE,
)
#: A level in per cent that says how it is meant: "vượt yêu cầu giảm ít nhất 10%".
_SHARE_RE = re.compile(
    r"[,;(]\s*(?P<how>(?:chưa|không)\s+(?:đạt|hoàn thành)|(?:hoàn thành\s+)?vượt|hoàn thành"
    r"|đạt)\s+(?:so với\s+)?(?:mức\s+)?"
    r"(?:yêu cầu|kế hoạch|cam kết|mục tiêu|chỉ tiêu)(?:\s+[^\W\d_]+){0,9}?\s+(?:ít nhất|tối thiểu|không quá"
    r"|không dưới|dưới|trên"
    rf"|từ|giảm|tăng)\s+(?P<level>{NUMBER})\s*%(?!\s*so với)",
    re.IGNORECASE,
)
_AIMED_RE = re.compile(r"\b(?:để|nhằm|phấn đấu|quyết tâm|cần|phải|sẽ|bảo đảm|đảm bảo|có thể)\b", re.IGNORECASE)
_NO_RESULT_RE = re.compile(r"\b(?:tăng|giảm|thêm|hơn|kém|còn lại|trong đó)(?:\s+(?:là|được|khoảng))*\s*$", re.I)
#: A level is not so much more or less than what was reached.
_LEAST, _MOST = Decimal("0.5"), Decimal(2)
#: How exact a rate is that is told with a decimal, and one without.
_EXACT, _ROUND = Decimal("0.06"), Decimal("0.6")
_MOVES_RE = re.compile(r"\b(?P<how>giảm|tăng)(?:\s+(?:ít nhất|tối thiểu|trên|từ|được|khoảng))*\s*$", re.IGNORECASE)


def met_first(text: str) -> Iterator[tuple[Quantity, Told]]:
    """The levels of a paragraph that are named behind a verdict on a number before it, with that.

    >>> texts = "Số hộ vay là 5.210 hộ, vượt mục tiêu 5.000 hộ.", "Thu 5.310 tỷ đồng, vượt kế hoạch 310 tỷ đồng."
    >>> [(level.value, text[told.low : told.high]) for text in texts for level, told in met_first(text)]
    [('5000', '5.210 hộ')]
    >>> text = "Đã cấp 45.120 giấy, đạt 98,1% chỉ tiêu 46.000 giấy được giao, chưa hoàn thành."
    >>> [(level.value, text[told.low : told.high].split()[0]) for level, told in met_first(text)]
    [('46000', '45.120')]
    """
    matches = [found for form in (_FORM_RE, _RATE_RE, _SHARE_RE) for found in form.finditer(text)]
    quantities = find_quantities(text) if matches else ()
    for found in matches:
        level = next((one for one in quantities if one.start == found.start("level") and not one.of), None)
        low = max(text.rfind(". ", 0, found.start()), text.rfind("; ", 0, found.start())) + 1
        if level is None or _AIMED_RE.search(text, low, found.start()):
            continue
        reached = [
            one
            for one in quantities
            if low <= one.start < found.start() and _may_be_of(text, low, one, level) and _near(one, level, found)
        ]
        if reached:
            said = judgement(found, "how") if found["how"] else None
            yield level, Told(reached[-1].start, found.start(), found.start("level"), said)


def _may_be_of(text: str, low: int, one: Quantity, level: Quantity) -> bool:
    """Whether a number may be what was reached of a level: of its unit, a change only where the level is one."""
    if one.of or one.percent != level.percent or HELD_AGAINST_RE.search(text, low, one.start):
        return False
    moves = _MOVES_RE.search(text, low, one.start), _MOVES_RE.search(text, 0, level.start)
    if level.percent:
        return (moves[0] and moves[0]["how"].lower()) == (moves[1] and moves[1]["how"].lower())
    unit, other = measure(text, one).unit, measure(text, level).unit
    alike = bool(unit and other) and str(unit).split()[0].lower() == str(other).split()[0].lower()
    return alike and not _NO_RESULT_RE.search(text, low, one.start)


def _near(one: Quantity, level: Quantity, found: re.Match[str]) -> bool:
    """Whether a number is of the size of a level; where a rate is told, whether it is that rate of it."""
    if level.percent or not Decimal(level.value):
        return level.percent
    share = Decimal(one.value) / Decimal(level.value)
    rate = found.groupdict().get("rate")
    if rate is None:
        return _LEAST <= share <= _MOST
    return abs(share * 100 - Decimal(rate.replace(",", "."))) <= (_EXACT if "," in rate else _ROUND)
