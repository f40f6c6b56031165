"""What a report tells was reached, taken apart from the levels of its goals.

``62 chuyến, vượt 2 chuyến so với kế hoạch 60 chuyến``: the three numbers prove each other, so which is level,
result and difference is known. ``3/8 đơn vị đạt từ 95% trở lên`` counts rows and sets nothing; nor does
``thấp nhất: 82,9%``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graphs.checks.goals.reckoned_verdicts import NUMBER, Amount, amounts
from ingest.targets.happened import only_happened
from kb.models import Comparator, Document, Result, Span, Target, TextBlock
from kb.text.sentences import split_sentences

_PLAN = r"(?:mục tiêu|chỉ tiêu|kế hoạch|dự toán|yêu cầu|mức giao|mức tối thiểu|mức)"
#: By how much a level was passed or missed: "vượt 2 chuyến so với kế hoạch 60 chuyến".
_BY_RE = re.compile(
    rf"\b(?P<how>vượt|thiếu|thấp hơn|cao hơn|hụt|ít hơn|nhiều hơn)\s+(?P<by>{NUMBER})\s*(?:%|[^\W\d_]+){{0,1}}"
    rf"(?:\s+[^\W\d_]+){{0,3}}?\s+so với\s+{_PLAN}(?:\s+[^\W\d_]+){{0,4}}?\s+\(?(?P<level>{NUMBER})",
    re.IGNORECASE,
)
#: The same with the level before the difference: "thấp hơn mục tiêu 85% là 7,0 điểm phần trăm".
_OF_RE = re.compile(
    rf"\b(?P<how>vượt|thiếu|thấp hơn|cao hơn|hụt)\s+(?:mức\s+)?{_PLAN}(?:\s+[^\W\d_]+){{0,6}}?"
    rf"\s+\(?(?P<level>{NUMBER})"
    rf"\s*(?:%|[^\W\d_]+)?[^.;,\d]{{0,40}}?\s(?P<by>{NUMBER})",
    re.IGNORECASE,
)
#: One of these stands wherever the two find something: most texts need no closer look.
_HINTS = ("vượt", "thiếu", "hụt", "hơn")
#: Some of the things counted are beyond a level, or the least of them is so much: no goal.
_SOME_RE = re.compile(
    r"(?:^|[.;:,]\s+|(?<!\S)[•*+–-]\s*)(?:(?:chỉ\s+)?(?:có|còn)\s+)?"
    r"(?:(?!(?:19|20)\d\d\b)\d{1,4}(?:/\d{1,4})?|tất cả(?:\s+\d+)?|cả(?:\s+\d+)?|số)\s+(?:[^\W\d_]+,?\s+){1,7}?"
    r"(?:đều\s+)?(?:đạt|có|giải ngân|dưới|trên)(?:\s+(?:tỷ lệ|tỉ lệ|mức|từ|trên|dưới|tối thiểu|ít nhất))*\s*$",
    re.IGNORECASE,
)
_LEAST_OF_RE = re.compile(r"\b(?:thấp|ít|cao|nhiều|nhỏ|lớn)\s+nhất\s*[:,]\s*(?:\w+\s+){0,2}?$", re.IGNORECASE)
_SETS_RE = re.compile(
    r"\b(?:mục tiêu|chỉ tiêu|kế hoạch đề ra|yêu cầu|phấn đấu|đề ra|đặt ra|quy định|bảo đảm|đảm bảo|phải|cần)\b",
    re.IGNORECASE,
)
#: "tỷ lệ chỉ tiêu đạt và vượt là 75,0%": how many of the goals were reached.
_OF_GOALS_RE = re.compile(
    r"\b(?:chỉ tiêu|mục tiêu|nhiệm vụ)\s+(?:(?:không|chưa)\s+)?(?:đạt|vượt|hoàn thành)(?:\s+(?:và|,|hoặc)\s+vượt)?"
    r"(?:\s+(?:là|chiếm|đạt|bằng))*\s*$",
    re.IGNORECASE,
)
_LEADS_RE = re.compile(r"(?:[\s,;:(–-]|\b(?:đạt|là|còn|chiếm|bằng|có|được|với|mới|chỉ|đã|ước)\b)+$", re.IGNORECASE)
_LABEL_RE = re.compile(r"^\W*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[ivx]{1,4})[.)]\s+)?")
#: So far before a number stands what it is of.
_NEAR = 400
_FEWEST = 6


@dataclass(frozen=True, slots=True)
class _Proved:
    """A level, a result and their difference: where the first two stand, and which way it goes."""

    level: Amount
    result: Amount
    by: int
    passed: bool


def with_told_results(
    document: Document, block: TextBlock, text: str, targets: list[Target], *, results: bool
) -> list[Target]:
    """The targets of a paragraph of what was, without numbers that are none, with results that the text proves.

    `results`: no goals are listed here, or what came of them with them.
    """
    for one in _proved(text):
        level, result = (_place(document, block, at) for at in (one.level, one.result))
        held = next((target for target in targets if target.level and _overlap(target.level, level)), None)
        targets = [
            target
            for target in targets
            if target is held
            or target.level is None
            or not (_overlap(target.level, result) or _covers(document, block, target.level, one.by))
        ]
        if held is not None:
            told = _with(held, text, one, result)
            targets = [told if target is held else target for target in targets]
    return [target for target in targets if not _is_told(block, text, target, results=results)]


def _place(document: Document, block: TextBlock, amount: Amount) -> Span:
    start = block.view.start
    return document.reading.hull(start + amount.start, start + amount.end)


def _covers(document: Document, block: TextBlock, level: Span, at: int) -> bool:
    start = block.view.start + at
    return _overlap(level, document.reading.hull(start, start + 1))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _proved(text: str) -> Iterator[_Proved]:
    """Levels whose difference to a number before is told, and is right."""
    small = text.lower()
    if not any(hint in small for hint in _HINTS):
        return
    matches = [*_BY_RE.finditer(text), *_OF_RE.finditer(text)]
    told = {one.start: one for one in amounts(text)} if matches else {}
    for found in matches:
        level, by = told.get(found.start("level")), told.get(found.start("by"))
        if level is None or by is None or not by.value:
            continue
        passed = found["how"].lower() in ("vượt", "cao hơn", "nhiều hơn")
        right = level.value + by.value if passed else level.value - by.value
        near = range(max(found.start() - _NEAR, 0), found.start())
        before = [told[at] for at in near if at in told and told[at].value == right]
        if before and (before[-1].unit == "%") == (level.unit == "%"):
            yield _Proved(level, before[-1], by.start, passed)


def _with(target: Target, text: str, one: _Proved, place: Span) -> Target:
    """A target with its result, named by the words before that where its own name is none."""
    value = f"{one.result.value.normalize():f}"
    same = target.result is not None and target.result.value == value
    printed = text[one.result.start : one.result.end]
    result = Result(f"{printed}{'%' if target.unit == '%' else f' {target.unit}'}", value, target.unit, place)
    low = max(text.rfind(mark, 0, one.result.start) for mark in (". ", "; ")) + 1
    label = _LABEL_RE.match(text[low : one.result.start])
    name = _LEADS_RE.sub("", text[low + (label.end() if label else 0) : one.result.start]).strip(" ,;:(–-")
    better = len(name) >= _FEWEST and not re.search(r"\d", name) and target.metric.lower() not in name.lower()
    return replace(
        target,
        metric=name[-200:] if better else target.metric,
        result=target.result if same else result,
        verdict=target.verdict or ("Vượt" if one.passed and target.comparator is not Comparator.AT_MOST else None),
    )


def _is_told(block: TextBlock, text: str, target: Target, *, results: bool) -> bool:
    """Whether what was taken for a level only says how things are."""
    if target.level is None or target.result is not None or target.verdict is not None:
        return False
    at = max(target.level.start - block.span.start, 0)
    low = max(at - _NEAR, 0)
    if _LEAST_OF_RE.search(text, low, at) or _OF_GOALS_RE.search(text, low, at):
        return True
    if _SETS_RE.search(target.text):
        return False
    begins = max((one for one, _ in split_sentences(text, clauses=True) if one <= at), default=0)
    end = target.level.end - block.span.start
    return _SOME_RE.search(text, low, at) is not None or (results and only_happened(text, begins, at, end))
