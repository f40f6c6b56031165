"""Items and sentences that tell a level, a result and a verdict in any order: ``từ 85% trở lên: 86,1% – đạt``.

Trusted are those with one marked level, one number that may be its result, and verdicts that all say the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from graphs.checks.goals.reckoned_verdicts import MOST_RE, NUMBER, Amount, amounts, held
from graphs.checks.goals.verdict_words import VERDICT, kind_of_verdict

_MORE = (
    r"≥|≤|>|<|không (?:quá|dưới|thấp hơn|vượt quá|vượt|ít hơn|cao hơn|nhiều hơn)|tối thiểu|tối đa"
    r"|ít nhất|từ|trên|dưới|giảm còn|giảm xuống(?: còn)?"
)
#: A level that says which way it bounds, or all of them.
_LEVEL_RE = re.compile(
    rf"(?:(?<!\w)(?:giảm\s+|tăng\s+|đạt\s+)?(?:{_MORE})\s*(?P<one>{NUMBER})\s*(?:%|[^\W\d_]+(?:\s+[^\W\d_]+)?)?"
    rf"(?:[^.;:,()\d]{{0,30}}?\btrở (?:lên|xuống))?"
    rf"|(?P<two>{NUMBER})\s*(?:%|[^\W\d_]+)?(?:\s+[^\W\d_]+){{0,4}}?\s+trở (?:lên|xuống)"
    rf"|(?P<all>100)\s*%)",
    re.IGNORECASE,
)
_ASKED_RE = re.compile(
    r"\b(?:mục tiêu|chỉ tiêu|kế hoạch|yêu cầu|giao|đề ra|đặt ra|mức|quy định|phấn đấu)\b", re.IGNORECASE
)
_SAID_RE = re.compile(
    r"(?:^|[,;:(.–-]|=>)\s*(?:đã\s+|được\s+|đánh giá:?\s+|là\s+|nên\s+|do đó\s+|như vậy\s+)*"
    rf"(?P<said>(?:{VERDICT}))(?:\s+(?:so với\s+)?(?:mức\s+)?"
    r"(?:kế hoạch|yêu cầu|mục tiêu|chỉ tiêu|mức giao|đề ra|được giao|giao|mức)){0,3}"
    rf"(?=\s*(?:[.;,()]|$)|\s+{NUMBER}\s*(?:điểm|lần|$))",
    re.IGNORECASE,
)
_LABEL_RE = re.compile(
    r"^\W*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[ivx]{1,4})[.)]\s+)?"
    r"(?:(?:Mục tiêu|Chỉ tiêu)(?:\s+(?:số|thứ))?\s+\w{1,4}\s*[:.]\s*)?",
    re.IGNORECASE,
)
#: Numbers behind these are no results: how far from the level, of another time, or of what.
_NO_RESULT_RE = re.compile(
    r"\b(?:vượt|thiếu|hụt|hơn|kém|chênh|tăng|giảm|trên|của|trong|cùng kỳ|bằng|tương đương|tức|ứng với|thêm|năm)"
    r"(?:\s+(?:so với\s+)?(?:mức|là|được|khoảng|(?:19|20)\d\d:?))*\s*$"
    r"|\b(?:vượt|thiếu|thấp hơn|cao hơn)\b(?:[^.;:,]|[.,]\d)*\)\s*$"
    r"|(?:cùng kỳ|năm trước|năm \d{4})[^;.,)]*$",
    re.IGNORECASE,
)
#: What stands farther before a number says nothing of it.
_NEAR = 120
#: What something falls or rises from is no level: "từ 30 phút xuống 15 phút".
BEGAN_RE = re.compile(
    rf"từ\s+{NUMBER}(?:[^.;:,()\d]|năm (?:19|20)\d\d){{0,25}}\b(?:xuống|lên|còn|đến)(?:\s+còn)?\s+\d",
    re.IGNORECASE,
)
_TIME_RE = re.compile(r"\s*(?:tuổi|giờ|ngày|tháng|năm)\b")
_ENDS_IN_TIME_RE = re.compile(r"(?:tuổi|giờ|tháng|năm)(?:\s+trở (?:lên|xuống))?$")
_PLANNED_RE = re.compile(
    r"\b(?:phấn đấu|dự kiến|sẽ|nhằm|quyết tâm|nếu|tiếp tục|phải|cần|hằng tháng|mỗi)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A level and a result with their places in the words, what is said of them and what they give."""

    level: tuple[int, int]
    result: tuple[int, int]
    said: tuple[int, int]
    met: bool
    reached: bool
    rivals: int
    asked: bool


@lru_cache(maxsize=4096)
def reckoned(text: str) -> Reckoned | None:
    """What an item or a sentence tells of one goal; None where it does not tell all three, or tells more.

    >>> one = reckoned("b) Hộ dùng nước sạch từ 85% trở lên: 83,9%, đạt.")
    >>> one.met, one.reached
    (True, False)
    >>> reckoned("- Trồng 40 ha rừng, đạt.") is None
    True
    """
    label = _LABEL_RE.match(text)
    low = label.end() if label else 0
    said = list(_SAID_RE.finditer(text, low))
    kinds = {kind_of_verdict(one) == "missed" for one in said}
    if len(kinds) != 1 or {kind_of_verdict(one) for one in said} & {"likely", "hard", "nearly"}:
        return None
    levels = [one for one in _LEVEL_RE.finditer(text, low) if not _is_age(text, one) and not _has_moved(text, one)]
    marked = [one for one in levels if not one["all"]] or levels
    if len(marked) != 1 or _PLANNED_RE.search(text, low):
        return None
    return _judged(text, low, marked[0], said)


def _has_moved(text: str, level: re.Match[str]) -> bool:
    """Whether a level is what something fell or rose from: "giảm từ 30 phút xuống 15 phút"."""
    began = BEGAN_RE.search(text, level.start())
    return bool(began and began.start() < level.end())


def _is_age(text: str, level: re.Match[str]) -> bool:
    """Whether a level is an age or a time: "trẻ dưới 5 tuổi", "trước 18 giờ"."""
    end = level.end("one") if level["one"] else level.end("two") if level["two"] else level.end()
    return bool(_TIME_RE.match(text, end) or _ENDS_IN_TIME_RE.search(level.group()))


def _judged(text: str, low: int, level: re.Match[str], said: list[re.Match[str]]) -> Reckoned | None:
    group = "one" if level["one"] else "two" if level["two"] else "all"
    numbers = [
        Amount(one.value, one.unit, one.start + low, one.end + low, one.signed) for one in amounts(text[low:])
    ]
    goal = next((one for one in numbers if one.start == level.start(group)), None)
    if goal is None:
        return None
    goal = Amount(goal.value, goal.unit.split()[0] if goal.unit else "", goal.start, goal.end, goal.signed)
    results = [
        one for one in numbers if one is not goal and one.start != goal.start and _may_be(text, low, one, goal)
    ]
    behind = [one for one in results if goal.start < one.start < said[-1].start("said")]
    results = [one for one in results if one.start < said[-1].start("said")]
    chosen = behind or results
    if not chosen:
        return None
    done = chosen[0] if behind else chosen[-1]
    name = text[low : min(level.start(), done.start)]
    before = text[max(level.end(), low) if done.start > goal.start else low : done.start]
    given = held(name, level.group(), before, goal, done)
    if given is None:
        return None
    met = kind_of_verdict(said[0]) != "missed"
    if any(kind_of_verdict(one) == "over" for one in said) and MOST_RE.search(level.group()):
        return None  # over a most is no good thing, or more than good
    asked = bool(_ASKED_RE.search(text, low))
    return Reckoned(
        level.span(), (done.start, done.end), said[-1].span("said"), met, given, len(chosen) - 1, asked
    )


def _may_be(text: str, low: int, one: Amount, goal: Amount) -> bool:
    unit = one.unit.split()[0] if one.unit else ""
    same = unit == goal.unit if "%" in (unit, goal.unit) else (not unit or not goal.unit or unit == goal.unit)
    return same and not _NO_RESULT_RE.search(text, max(low, one.start - _NEAR), one.start)
