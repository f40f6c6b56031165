"""TGT of items that tell a goal, what is said of it and its result in an order of their own.

``Chỉ tiêu đưa 150 người đi làm việc chưa đạt: mới có 147 người`` says it before its colon; ``Tỷ lệ thôn văn hóa
88%: có 190 thôn, tỷ lệ 84,4%, không đạt`` counts the things before it tells their rate; ``chưa đạt kế hoạch, trồng
580 ha so với 600 ha được giao`` tells the goal last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.goals.judged import (
    LESS_RE,
    MOST_BEHIND_RE,
    MOST_RE,
    WHAT,
    Judged,
    alike,
    is_harm,
    judged_by,
)
from graphs.checks.reading.counted import DONE, DONE_WORDS
from graphs.checks.reading.forms import (
    AT_LEAST,
    AT_MOST,
    BARE,
    PLANNED_RE,
    SIGN,
    WORDS,
    Form,
    Match,
    Signs,
)
from graphs.checks.reading.prose import Stated
from graphs.checks.report import Subject

_DONE = rf"{DONE}(?:\s*(?:,|và)?\s*(?:vượt|hoàn thành))?(?:\s+vượt)?(?:\s+mức)?"
_VERDICT = (
    rf"(?:(?P<missed>(?:chưa|không)\s+{_DONE})|(?P<met>(?:đã\s+|được\s+)?{_DONE}))"
    rf"(?:\s+(?:mức|{WHAT}|đề ra|được giao|đã giao|này|năm))*"
)
_LEVEL = rf"(?P<level>\b(?:{AT_LEAST}|{AT_MOST}|đạt|là)\s+)?{{goal}}(?P<behind>{WORDS}{{0,110}}?)"
FORMS: tuple[Form, ...] = (
    Form(
        rf"\b(?:chỉ tiêu|mục tiêu|kế hoạch)\b(?P<name>(?:(?!,){BARE}){{0,70}}?){_LEVEL}(?:\s|\s*[:,–-]\s*)"
        rf"{_VERDICT}\s*[:,]\s*(?P<lead>{BARE}{{0,60}}?){{result}}(?P<tail>{BARE}{{0,25}})",
        "Chỉ tiêu đưa 150 người đi làm việc chưa đạt: mới có 147 người",
    ),
    Form(
        rf"(?P<name>){_LEVEL}[:;]\s*(?P<lead>{BARE}{{0,60}}?{SIGN}{BARE}{{0,60}}?[,(]\s*)"
        r"(?:(?:đạt|bằng|chiếm|tỷ lệ|tương ứng|tức|là)\s+)*{result}(?P<tail>\s*\)?)\s*[,;–-]\s*"
        rf"{_VERDICT}(?=\s*(?:[.;,)]|$))",
        "Tỷ lệ thôn văn hóa 88%: có 190 thôn, tỷ lệ 84,4%, không đạt chỉ tiêu",
    ),
    Form(
        rf"(?P<name>){_VERDICT}\s*[,:]\s*(?P<lead>{BARE}{{0,70}}?){{result}}{BARE}{{0,30}}?\b(?:so với|trên)\s+"
        rf"(?P<level>(?:(?:kế hoạch|chỉ tiêu|mục tiêu|mức|là)\s+)*){{goal}}(?P<behind>{BARE}{{0,25}}?)"
        r"(?P<tail>)\b(?:được giao|giao|đề ra|kế hoạch|chỉ tiêu)\b",
        "chưa đạt kế hoạch, trồng 580 ha so với 600 ha được giao",
    ),
)
_GOALS = ("mục tiêu", "chỉ tiêu", "nhiệm vụ", "tiêu chí")
#: Behind a number that is a share of a plan, or of another time.
_OF_PLAN_RE = re.compile(r"\b(?:kế hoạch|chỉ tiêu|dự toán|so với|cùng kỳ)\b", re.IGNORECASE)
#: Before a number that is no result: a change, or of a part of the things.
_NO_RESULT_RE = re.compile(
    r"\b(?:tăng|giảm|vượt|thiếu|hụt|thêm|hơn|kém|riêng|trong đó|bình quân|cùng kỳ|năm trước|dự kiến|còn|bằng)\b",
    re.IGNORECASE,
)


def judged_answers(subject: Subject) -> Iterator[tuple[Stated, Judged]]:
    """Goals, results and verdicts of items, in these forms."""
    return judged_by(subject, [(DONE_WORDS, form) for form in FORMS], _judged)


def _judged(signs: Signs, match: Match) -> Judged | None:
    result, goal = match.figures["result"], match.figures["goal"]
    if not alike(result, goal) or result.value == goal.value or _OF_PLAN_RE.search(match.words["tail"]):
        return None
    if (goal.unit or "").lower().startswith(_GOALS):
        return None  # "05 mục tiêu vượt, 03 mục tiêu đạt": how many goals came out how
    start = signs.sentence_start(match.start)
    sentence = signs.text[start : match.end]
    if PLANNED_RE.search(sentence) or _NO_RESULT_RE.search(match.words["lead"]):
        return None
    title = signs.text[start : match.start] + match.words["name"] + match.words["behind"]
    most = bool(MOST_RE.search(match.words["name"] + match.words["level"]))
    most = most or bool(MOST_BEHIND_RE.match(match.words["behind"]))
    if not most and (LESS_RE.search(title) or is_harm(title)):
        return None
    return Judged(result, goal, bool(match.words["met"]), most)
