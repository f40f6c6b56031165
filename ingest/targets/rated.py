"""Verdicts told by how a result stands to its level, where its numbers bear it out.

``96 cơ sở, đạt 104,3% kế hoạch (92 cơ sở)``; ``98,2%, thấp hơn chỉ tiêu 99%``; ``đã duyệt 87/87 hồ, đạt 100%``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from graphs.checks.goals.judged import is_harm, wants_less
from graphs.checks.goals.reckoned_verdicts import NUMBER
from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.contexts import Context
from ingest.targets.judgements import Judgement, judged
from ingest.targets.papers import tells
from ingest.targets.proofs import RATE_RE, is_share
from kb.goals import ON_THE_WAY
from kb.models import Comparator, Document, Target, TextBlock
from kb.text.sentences import SENTENCE_END_RE, sentence_start

_PLAN = r"(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|yêu cầu)"
#: Words that hold what was reached against the level behind them.
_HELD_RE = re.compile(
    rf"\b(?P<how>(?:thấp|cao) hơn)\s+(?:{NUMBER}\s*%?(?:\s*[^\W\d_]+){{0,3}}?\s+)?(?:so với\s+)?"
    rf"(?:mức\s+{_PLAN}|mức|{_PLAN})(?:\s+[^\W\d_]+){{0,6}}?\s*$",
    re.IGNORECASE,
)
#: How far a result is from its level, behind both: "(chỉ tiêu 85%), vượt 1,0 điểm phần trăm".
_GAP_RE = re.compile(
    rf"[^.;]{{0,60}}?[,;(]\s*(?P<how>vượt|thấp hơn|hụt|thiếu)(?:\s+mức)?\s+(?P<by>{NUMBER})\s*(?!%)"
    r"(?P<unit>[^\W\d_]+)",
    re.IGNORECASE,
)
#: "vượt tiến độ", "102% kế hoạch 6 tháng": a rate of part of the time.
_SO_FAR_RE = re.compile(rf"\s*%?{ON_THE_WAY}|\s*%?\s*(?:so với\s+)?cùng kỳ", re.IGNORECASE)
_MORE = (Comparator.EQUAL, Comparator.AT_LEAST, Comparator.MORE, Comparator.INCREASE)


def with_rated(
    document: Document, block: TextBlock, targets: Iterable[Target], context: Context
) -> Iterator[Target]:
    """The targets of a paragraph that tells what was, with the verdicts that their numbers and its words tell."""
    targets = list(targets)
    if not targets or not tells(document, context):
        yield from targets
        return
    text = document.block_text(block).replace("\n", " ")
    places = {_start(document, block, one): one for one in find_quantities(text)}
    for target in targets:
        level = places.get(target.level.start) if target.level else None
        reached = places.get(target.result.span.start) if target.result else None
        if target.verdict is None and level and reached and target.comparator in _MORE:
            target = judged(document, block, target, _said(text, target, level, reached))
        yield target


def _start(document: Document, block: TextBlock, quantity: Quantity) -> int:
    return document.reading.hull(block.view.start + quantity.start, block.view.start + quantity.end).start


def _said(text: str, target: Target, level: Quantity, reached: Quantity) -> Judgement | None:
    """The verdict that the words beside a level and its result tell; None for harm, of which less is good.

    >>> from kb.models import Span
    >>> def told(text, name):
    ...     reached, *_, level = find_quantities(text)
    ...     target = Target("", Span(0, 1), text, name, Comparator.EQUAL, level.value, "%")
    ...     found = _said(text, target, level, reached)
    ...     return found and found.verdict
    >>> told("đạt 98,2%, thấp hơn chỉ tiêu 99%", "đúng hạn"), told("3,1%, thấp hơn chỉ tiêu 4%", "tỷ lệ hộ nghèo")
    ('Chưa đạt', None)
    >>> (
    ...     told("nuôi 96 lồng, đạt 104,3% kế hoạch (92 lồng)", "lồng"),
    ...     told("96 lồng, đạt 104,3% kế hoạch (90 lồng)", "lồng"),
    ... )
    ('Vượt', None)
    """
    if level.percent and reached.percent and Decimal(reached.value) == Decimal(level.value):
        exact = re.search(r"\bđạt\s+$", text[: reached.start], re.IGNORECASE)
        return Judgement("Đạt", exact.start(), reached.end) if exact else None
    name = f"{target.metric} {text[sentence_start(text, level.start) : level.start]}"
    goal = level.of if level == reached and level.of else level.value  # "46/40 lớp": of both one number
    if wants_less(name) or is_harm(name) or (level.of and level != reached) or not Decimal(goal):
        return None
    if level.percent and reached.percent and (held := _HELD_RE.search(text, 0, level.start)):
        over = held["how"].lower().startswith("cao")
        right = over == (Decimal(reached.value) > Decimal(level.value))
        return Judgement("Vượt" if over else "Chưa đạt", *held.span("how")) if right else None
    if gap := _gap(text, level, reached):
        return gap
    if level.percent or reached.percent:
        return None
    low = min(level.start, reached.start)
    end = next((one.start() for one in SENTENCE_END_RE.finditer(text, max(level.end, reached.end))), len(text))
    for rate in find_quantities(text[:end]):
        told = RATE_RE.search(text, 0, rate.start) if rate.percent and rate.start > low else None
        if told and Decimal(rate.value) >= 100 and is_share(reached.value, goal, rate):
            passed = Decimal(reached.value) > Decimal(goal)
            on_the_way = _SO_FAR_RE.match(text, rate.end)
            return None if on_the_way else Judgement("Vượt" if passed else "Đạt", told.start(), rate.end)
    return None


def _gap(text: str, level: Quantity, reached: Quantity) -> Judgement | None:
    """The verdict of words that tell how far a result is from its level, where it is so far."""
    found = _GAP_RE.match(text, max(level.end, reached.end))
    if found is None or level.percent != reached.percent:
        return None
    unit = found["unit"].lower()
    if unit != "điểm" if level.percent else not text[level.end :].lstrip().lower().startswith(unit):
        return None
    over = found["how"].lower() == "vượt"
    by = Decimal(reached.value) - Decimal(level.value)
    told = Decimal(found["by"].replace(".", "").replace(",", "."))
    right = by == (told if over else -told)
    return Judgement("Vượt" if over else "Chưa đạt", *found.span("how")) if right else None
