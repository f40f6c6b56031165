"""TGT over several sentences: a level asked for, a result, and what is said of them at the end.

``xử lý xong 71 văn bản (73,96%). Kế hoạch yêu cầu ít nhất 80%, nhiệm vụ này đã hoàn thành``; ``cả hai tỷ lệ đều
vượt mức 90%`` behind the rates. A verdict is wrong only where no figure that may be its result bears it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.goals.judged import AWAY_RE, LESS_RE, MOST_BEHIND_RE, MOST_RE, WHAT, Judged, alike
from graphs.checks.goals.level_and_result import is_whole
from graphs.checks.reading.counted import COUNT, DONE, read_count
from graphs.checks.reading.forms import AT_LEAST, AT_MOST, BARE, PLANNED_RE, SIGN, WORDS, Signs
from graphs.checks.reading.named import thing_words
from kb.models import Figure

#: Where a verdict ends.
END = r"(?=\s*(?:[.;,)]|$))"
#: What is said of a goal told before: "nhiệm vụ này đã hoàn thành", ", đạt chỉ tiêu đề ra", behind a result
#: ", bảo đảm mục tiêu mức độ hài lòng năm 2025".
_OF = (
    r"(?:\s+(?:của\s+)?(?:Đề án|Nghị quyết|Kế hoạch|Chương trình|tỉnh|huyện|Bộ|HĐND\s+\w+|UBND\s+\w+)(?=\W))?"
    r"(?:\s+(?:đề ra|đặt ra|được giao|đã giao|giao|này|nêu trên))?"
)
_VERDICT_RE = re.compile(
    rf"\b{WHAT}\s+(?:này|trên|đó|nêu trên)\s+(?:đã\s+|được\s+|coi là\s+)*(?P<not>(?:chưa|không)\s+)?{DONE}{END}"
    rf"|[,.(]\s*(?:như vậy,?\s+|do đó,?\s+|vì vậy,?\s+)?(?:đã\s+)?(?P<never>(?:chưa|không)\s+)?"
    rf"(?:{DONE}|bảo đảm|đảm bảo|đáp ứng)\s+(?:mức\s+)?{WHAT}{_OF}{END}"
    rf"|,\s+(?P<assures>(?:bảo đảm|đảm bảo)\s+{WORDS}{{0,75}}?\b(?:mục tiêu|chỉ tiêu)\s+{WORDS}{{3,60}}"
    r"(?=\s*(?:[.;]|$)))",
    re.IGNORECASE,
)
_ASKS_RE = re.compile(rf"\b(?:{WHAT}|đề ra|giao|phấn đấu|quy định|đặt ra|cam kết)\b", re.IGNORECASE)
_LEVEL_RE = re.compile(rf"\b(?:{AT_LEAST}|{AT_MOST})\s+(?P<goal>{SIGN})", re.IGNORECASE)
_SET_RE = re.compile(rf"\b(?:{WHAT})\s+(?:là\s+|có\s+|đạt\s+)?(?P<goal>{SIGN})", re.IGNORECASE)
_CHANGE_RE = re.compile(
    r"\b(?:tăng|giảm|thêm|hơn|kém|thấp hơn|vượt|bớt)(?:\s+(?:thêm|được|là))?\s*$", re.IGNORECASE
)
#: "cả hai tỷ lệ đều vượt mức 90%"
_ALL_RE = re.compile(
    rf"\b(?:cả|tất cả)\s+(?P<count>{COUNT})\s+{BARE}{{0,70}}?\b(?:đều|cùng)\s+(?:đã\s+)?"
    rf"(?P<way>vượt|trên|cao hơn|đạt trên|đạt từ|không dưới|dưới|thấp hơn)\s+(?:mức\s+)?(?P<goal>{SIGN})",
    re.IGNORECASE,
)
#: What is said of a plan without its number: ", vượt chỉ tiêu được giao", "Huyện đã hoàn thành 100% kế hoạch năm".
_OF_PLAN_RE = re.compile(
    r"(?P<never>\b(?:chưa|không)\s+)?\b(?:(?:hoàn thành|đạt)(?:\s*(?:,|và)?\s*vượt)?|vượt|bằng)\s+(?:mức\s+)?"
    rf"(?:(?P<share>{SIGN})\s+|toàn bộ\s+|đầy đủ\s+)?(?:các\s+)?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán)"
    rf"(?P<which>{BARE}{{0,50}}?)(?:\s+năm(?:\s+(?:19|20)\d\d)?)?(?=\s*(?:[.;)]|$))",
    re.IGNORECASE,
)
#: A plan with its number, up to a word of what was done.
PLANNED_AT_RE = re.compile(
    rf"\b(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|(?:được|tỉnh|huyện|Bộ) giao)\b{WORDS}{{0,90}}?(?P<goal>{SIGN})",
    re.IGNORECASE,
)
#: Of a part of the things, or of another time or body: not held against the plan.
_PART_RE = re.compile(
    r"\b(?:trong đó|riêng|còn lại|cùng kỳ|năm trước|lũy kế|quý|tháng|6 tháng|mỗi|bình quân|khác|thêm|từ đầu|cơ bản"
    r"|gần|xấp xỉ|tăng|giảm|hỗ trợ|gồm)\b",
    re.IGNORECASE,
)
#: A plan whose number stands behind a comma is another clause's, unless it says that it is the plan's.
_ANOTHER_RE = re.compile(rf",\s*(?!(?:là|giao|tức|tương đương|cả năm)\b){SIGN}$")
_GIVER_RE = re.compile(
    r"\b(?:Bộ|Trung ương|Chính phủ|Thủ tướng|Quốc hội|tỉnh|huyện|thành phố|xã)\b", re.IGNORECASE
)
_REACHED_RE = re.compile(rf"\b(?:đạt|là|lên|bằng)\s+(?:mức\s+)?(?P<figure>{SIGN})", re.IGNORECASE)
_FARTHEST, _SENTENCES, _BESIDE, _PLAN_AND_RESULT = 420, 3, 60, 2


def judged_apart(signs: Signs) -> Iterator[Judged]:
    """Results, goals and verdicts that stand in sentences one after another."""
    for found in _VERDICT_RE.finditer(signs.text):
        judged = _judged(signs, found)
        if judged is not None:
            yield judged
    for found in _OF_PLAN_RE.finditer(signs.text):
        judged = _planned(signs, found)
        if judged is not None:
            yield judged
    for found in _ALL_RE.finditer(signs.text):
        yield from _all(signs, found)


def levels_in(signs: Signs, low: int, high: int) -> list[re.Match[str]]:
    """The levels of a stretch; in ``588 trên 600 hồ sơ`` the second number is what the first one is out of."""
    return [one for one in _LEVEL_RE.finditer(signs.text, low, high) if not is_whole(signs, 0, one.start("goal"))]


def _judged(signs: Signs, verdict: re.Match[str]) -> Judged | None:
    low = _sentences_before(signs, verdict.start())
    if verdict["assures"]:
        low = signs.sentence_start(verdict.start())
        if not any(map(signs.is_sign, signs.text[max(low, verdict.start() - _BESIDE) : verdict.start()])):
            return None  # what is to be assured
    levels = [one for one in levels_in(signs, low, verdict.start()) if signs.of(one["goal"]).unit != "tuổi"]
    if len(levels) != 1:
        return None
    level, goal = levels[0], signs.of(levels[0]["goal"])
    asked = signs.text[signs.sentence_start(level.start()) : verdict.start()]
    if (set_ := _SET_RE.search(signs.text, signs.sentence_start(level.start()), level.start())) and alike(
        signs.of(set_["goal"]), goal
    ):
        return None  # "Chỉ tiêu 60% số xã có điểm từ 95 trở lên": the second tells which communes
    behind = signs.text[level.end() : level.end() + 25]
    most = bool(MOST_RE.search(signs.text, 0, level.start("goal")) or MOST_BEHIND_RE.match(behind))
    if not _ASKS_RE.search(asked) or (not most and LESS_RE.search(asked)):
        return None
    results = results_in(signs, level.end(), verdict.start(), goal)
    results = results or results_in(signs, low, level.start(), goal)
    if verdict["assures"]:
        clause = max(signs.text.rfind(";", level.end(), verdict.start()), level.end())
        results = list(_reached(signs, clause, verdict.start(), goal))
    judged = [Judged(result, goal, not (verdict["not"] or verdict["never"]), most) for result in results]
    right = next((one for one in judged if one.met == one.reached), None)
    # Said to be missed, it may be so for another reason: only a single result tells.
    return right or (judged[-1] if judged and (judged[-1].met or len(judged) == 1) else None)


def _planned(signs: Signs, verdict: re.Match[str]) -> Judged | None:
    """What is said of a plan whose number, and one result in its unit alone, stand right before."""
    share = signs.of(verdict["share"]) if verdict["share"] else None
    if share and (share.unit != "%" or share.value != "100"):
        return None
    low = signs.sentence_start(verdict.start())
    for _ in range(_SENTENCES - 1):
        if len(_counts(signs, low, verdict.start())) < _PLAN_AND_RESULT:
            low = signs.sentence_start(max(low - 2, 0))
    plans = list(PLANNED_AT_RE.finditer(signs.text, low, verdict.start()))
    words = signs.text[low : verdict.end()]
    if (
        len(plans) != 1
        or _ANOTHER_RE.search(plans[0].group())
        or _PART_RE.search(words)
        or PLANNED_RE.search(words)
        or LESS_RE.search(words)
    ):
        return None
    clause = max(low, signs.sentence_start(verdict.start()), signs.text.rfind(";", low, verdict.start()) + 1)
    named = thing_words(signs.text[clause : verdict.start()]) - thing_words(signs.text[low:clause])
    if clause > plans[0].end() and len(named) > 1 and not any(signs.inside(clause, verdict.start())):
        return None  # "…; chỉ phí cấp phép xây dựng không đạt dự toán": said of another thing
    givers = [set(map(str.lower, _GIVER_RE.findall(told))) for told in (plans[0].group(), verdict["which"])]
    if all(givers) and not givers[0] & givers[1]:
        return None  # a plan of another body
    goal = signs.of(plans[0]["goal"])
    results = [one for one in _counts(signs, low, verdict.start()) if one is not goal]
    if goal.unit == "%" or goal.bound or len(results) != 1 or not alike(results[0], goal):
        return None
    return Judged(results[0], goal, not verdict["never"], False)


def _counts(signs: Signs, low: int, high: int) -> list[Figure]:
    """The figures of a stretch that are no shares."""
    return [one for _, one in signs.inside(low, high) if one.unit != "%"]


def _sentences_before(signs: Signs, at: int) -> int:
    """Where the sentences begin that a verdict may look back on."""
    low = at
    for _ in range(_SENTENCES):
        low = signs.sentence_start(max(low - 2, 0))
    return max(low, at - _FARTHEST)


def results_in(signs: Signs, low: int, high: int, goal: Figure) -> list[Figure]:
    """The figures of a stretch that may be held against a goal: of its unit, and no change."""
    return [
        figure
        for at, figure in signs.inside(low, high)
        if alike(figure, goal)
        and not _CHANGE_RE.search(signs.text, low, at)
        and not AWAY_RE.search(signs.text, low, at)
        and not PLANNED_RE.search(signs.text, max(low, signs.sentence_start(at)), at)
    ]


def _reached(signs: Signs, low: int, high: int, goal: Figure) -> Iterator[Figure]:
    """The figures of a clause right behind words of reaching, in the unit of a goal."""
    for found in _REACHED_RE.finditer(signs.text, low, high):
        figure = signs.of(found["figure"])
        if alike(figure, goal):
            yield figure


def _all(signs: Signs, found: re.Match[str]) -> Iterator[Judged]:
    """The figures told before, where fewer of them than are counted are over, or under, the level."""
    goal, count = signs.of(found["goal"]), read_count(found["count"])
    low = _sentences_before(signs, found.start())
    results = results_in(signs, low, found.start(), goal)
    if count is None or len(results) < count or PLANNED_RE.search(signs.text, low, found.end()):
        return
    most = found["way"].lower() in ("dưới", "thấp hơn")
    judged = [Judged(result, goal, True, most) for result in results]
    yield from [one for one in judged if one.reached][:1]
    if sum(one.reached for one in judged) < count:
        yield next(one for one in judged if not one.reached)
