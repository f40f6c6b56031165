"""TGT in words: what a sentence says of its own result and goal.

``đạt 43,1%, vượt mục tiêu 45%`` judges itself; so does ``(48,9%, mục tiêu 50%)`` behind words that say how the
goals of a sentence came out. Only numbers of one unit are held against each other, and no goal of which less is
better unless its words say that it is a most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

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
    signs_of,
)
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Subject
from kb.models import Figure

#: A plan that is no more than a name of its level is told to be set; "vượt kế hoạch 5 ha" may be 5 ha over it.
_GOAL = (
    r"(?:mục tiêu|chỉ tiêu|kế hoạch (?:đề ra|giao|là)"
    r"|(?<=hoàn thành )(?:kế hoạch|dự toán)"
    r"|(?:kế hoạch|dự toán)(?=[^.;]{0,60}\b(?:đề ra|đặt ra|giao|phê duyệt)\b))"
)
_MET = r"(?:(?:đã\s+)?(?:hoàn thành|vượt|đạt|cao hơn)(?:\s*(?:,|và)?\s*vượt)?(?:\s+mức)?(?:\s+so với)?)"
_MISSED = r"(?:(?:chưa|không)\s+(?:đạt|hoàn thành|bằng)(?:\s+được)?|thấp hơn|dưới)(?:\s+mức)?(?:\s+so với)?"
#: What stands between "mục tiêu" and its level; "thêm 5%" or "là giảm 3%" is no level.
_LEVEL = f"(?P<level>(?:(?!,){BARE}){{0,70}}?)"
_NUMBER = f"{BARE}{{0,60}}?"

#: A level by its own name: what is over it or under it needs no goal to be wrong.
_MARK = r"(?:mức|ngưỡng)(?:\s+(?:tối thiểu|tối đa))?"
_OVER = r"(?:vượt|cao hơn|trên|không (?:thấp|ít|kém) hơn|không dưới)"
_UNDER = r"(?:dưới|thấp hơn|kém|chưa (?:đạt|bằng)|không đạt)"
#: What may be set.
WHAT = r"(?:chỉ tiêu|mục tiêu|kế hoạch|yêu cầu|nhiệm vụ)"
_DONE = rf"{DONE}(?:\s*(?:,|và)?\s*(?:vượt|hoàn thành))?"
_END = rf"(?:\s+(?:mức|{WHAT}))?(?:\s+(?:đề ra|được giao|đã giao|này))?(?=\s*(?:[.;,)]|$))"
_VERDICT = rf"(?:(?P<missed>(?:chưa|không)\s+{_DONE})|(?P<met>{_DONE})){_END}"
_LEAST = f"(?:{AT_LEAST}|đạt)"
_MOST = f"(?:{AT_MOST}|xuống dưới|thấp hơn)"

_GOALS, _MARKS = ("mục tiêu", "chỉ tiêu", "kế hoạch", "dự toán"), ("mức", "ngưỡng")

#: A result, the words that judge it, and the goal, in the order in which they stand; words that each form has.
FORMS: tuple[tuple[tuple[str, ...], Form], ...] = (
    (
        _GOALS,
        Form(
            rf"{{result}}{_NUMBER}[,(]\s*(?:và\s+)?(?P<met>{_MET})\s+{_GOAL}{_LEVEL}{{goal}}(?P<behind>.{{0,25}})",
            "giải ngân đạt 46,1%, vượt mục tiêu 45%",
        ),
    ),
    (
        _GOALS,
        Form(
            rf"{{result}}{_NUMBER}[,(]\s*"
            rf"(?P<met>(?:đã\s+)?(?:(?:hoàn thành|đạt)(?:(?:,|\s+và)?\s+vượt)?|vượt(?:\s+{SIGN})?))"
            rf"(?:\s+(?:mức|so với))*\s+(?:mục tiêu|chỉ tiêu|kế hoạch|dự toán){BARE}{{0,40}}?"
            r"\((?:(?:mục tiêu|chỉ tiêu|kế hoạch|dự toán|được giao|giao|đề ra|là|:)\s*)*"
            r"(?P<level>){goal}(?P<behind>[^.;(]{0,25})",
            "kết nạp 215 đảng viên, vượt 7,5% chỉ tiêu (chỉ tiêu 200 đảng viên)",
        ),
    ),
    (
        _GOALS,
        Form(
            rf"{{result}}{_NUMBER}[,(]\s*(?:còn\s+)?(?P<missed>{_MISSED})\s+{_GOAL}{_LEVEL}{{goal}}(?P<behind>.{{0,25}})",
            "đạt 68,5%, chưa đạt mục tiêu 70%",
        ),
    ),
    (
        _GOALS,
        Form(
            rf"{{result}}{_NUMBER}[,(]\s*{_GOAL}{_LEVEL}{{goal}}(?P<behind>.{{0,25}})",
            "không đạt: thanh toán trực tuyến (48,9%, mục tiêu 50%)",
        ),
    ),
    (
        _MARKS,
        Form(
            rf"{{result}}{_NUMBER}[,(]\s*(?P<over>{_OVER})\s+(?:so với\s+)?(?P<level>{_MARK})\s*{{goal}}",
            "chiếm 10,5%, không thấp hơn mức tối thiểu 10%",
        ),
    ),
    (
        _MARKS,
        Form(
            rf"{{result}}{_NUMBER}[,(]\s*(?:còn\s+)?(?P<under>{_UNDER})\s+(?:so với\s+)?(?P<level>{_MARK})\s*"
            r"{goal}",
            "đạt 79%, thấp hơn mức 80%",
        ),
    ),
    (
        DONE_WORDS,
        Form(
            rf"(?P<level>\b(?:{_LEAST}|{_MOST})\s+)?{{goal}}(?P<behind>{WORDS}{{0,80}}?)(?P<then>:|[,–-]\s*(?:thì\s+)?"
            rf"(?:kết quả|thực hiện|thực tế|đến nay|đã đạt|nay đạt)\b)(?P<lead>{BARE}{{0,40}}?){{result}}"
            rf"{BARE}{{0,40}}?(?:\({WORDS}{{0,20}}{SIGN}?{WORDS}{{0,30}}\))?\s*[,;(–-]\s*{_VERDICT}",
            "giải ngân ít nhất 60%: kết quả 61,2%, hoàn thành",
        ),
    ),
    (
        DONE_WORDS,
        Form(
            rf"\b(?:mục tiêu|chỉ tiêu){BARE}{{0,60}}?(?P<level>\b(?:{_LEAST}|{_MOST})\s+)?{{goal}}"
            rf"(?P<behind>{WORDS}{{0,110}}?)(?P<then>\b(?:đạt|là|được)\s)(?P<lead>){{result}}{BARE}{{0,30}}?,\s*{_VERDICT}",
            "mục tiêu chi trả từ 85% kinh phí trở lên đạt 83,3%, chưa đạt",
        ),
    ),
)
#: Words of a sentence before a bracket of result and goal that say how its goals came out.
_ALL_MET_RE = re.compile(
    r"(?<!chưa )(?<!không )\b(?:hoàn thành|đạt|vượt(?! (?:QCVN|quy chuẩn|chuẩn|ngưỡng|giới hạn|tải|mức cho phép)))"
    r"[^.;:]{0,30}:|chỉ tiêu (?:đạt|hoàn thành|vượt)",
    re.IGNORECASE,
)
_ALL_MISSED_RE = re.compile(r"\b(?:chưa|không)\s+(?:đạt|hoàn thành)\b[^.;:]{0,30}:", re.IGNORECASE)
MOST_RE = re.compile(
    r"\b(?:giảm (?:còn|xuống(?: còn)?)|không quá|không vượt quá|tối đa"
    r"|(?<!không )(?:dưới|nhỏ hơn|thấp hơn|ít hơn))\s*$",
    re.IGNORECASE,
)
#: Behind what it is more or less than, in a bracket: "nhiều hơn năm 2023 (72.585 tấn) 4.095 tấn".
AWAY_RE = re.compile(
    r"\b(?:hơn|kém|tăng|giảm|vượt|so với)\b[^.;:()]{0,40}\([^()]{0,40}\)\s*(?:là\s+)?$", re.IGNORECASE
)
MOST_BEHIND_RE = re.compile(r"\s*[^.,;()\d]{0,15}trở xuống", re.IGNORECASE)
#: Words between "mục tiêu" and its level that name nothing else.
_PLAIN_LEVEL_RE = re.compile(
    rf"(?:[\s:–-]|\b(?:là|của|năm|quý|cả|giao|được|đã|đề ra|đặt ra|phải|đạt|kế hoạch|nghị quyết|tỉnh|huyện"
    rf"|giảm|xuống|còn|{AT_LEAST}|{AT_MOST}|(?:19|20)\d\d)\b)*",
    re.IGNORECASE,
)
_SAME_WAY_RE = re.compile(r"\b(?P<way>tăng|giảm)(?:\s+(?:từ|trên|ít nhất|tối thiểu))?\s*$", re.IGNORECASE)
_WAY_RE = re.compile(r"\b(?P<way>tăng|giảm)(?:\s+(?:được|thêm))?$", re.IGNORECASE)
_NO_LEVEL_RE = re.compile(
    r"\b(?:thêm|tăng|giảm|là|thứ|năm|quý|tháng|hơn|kế hoạch|nghị quyết)\s*$"
    r"|\b(?:tăng|thêm|giảm(?!\s+(?:còn|xuống)))\b",
    re.IGNORECASE,
)
#: Of these less is better, or may be: nothing is said of them unless a most is told.
LESS_RE = re.compile(
    r"\b(?:còn|xuống|giảm|(?<!thoát )nghèo(?!(?:,\s+(?:hộ\s+)?cận nghèo)?\s+(?:được"
    r"|có (?:thẻ|bảo hiểm|nhà|việc làm)|tiếp cận|tham gia|vay|dùng|sử dụng|nhận|hưởng))"
    r"|(?<!bảo hiểm )thất nghiệp|tai nạn|trễ hạn|quá hạn|tồn đọng|nợ|suy dinh dưỡng|tử vong|thời gian"
    r"|sinh con thứ|chi phí|vi phạm|bỏ học|lạm phát|thấp còi)\b",
    re.IGNORECASE,
)
#: The name of a goal that says itself that its level is a most: "Tỷ lệ hộ nghèo (không quá)".
MOST_NAMED_RE = re.compile(
    r"\(\s*(?:%[,;]?\s*)?(?:không quá|không vượt quá|tối đa|dưới|≤|giảm còn)\s*(?:%\s*)?\)"
    r"|\b(?:không quá|không vượt quá|tối đa)\s*(?:\([^()]{0,30}\)\s*)?$",
    re.IGNORECASE,
)
_HARM_RE = re.compile(
    r"\b(?:số (?:vụ|ca)|tội phạm|phạm pháp|sai phạm|sai sót|thất thoát|hao hụt|tiêu hao|cháy|chết|bị thương"
    r"|thiệt hại|khiếu nại|tố cáo|tồn|chậm|ô nhiễm|tỷ suất|mù chữ|bạo lực|xâm hại|tảo hôn|mắc|lãng phí|biên chế"
    r"|đầu mối|rủi ro|lỗi|thất bại)\b",
    re.IGNORECASE,
)
#: What a thing is for, or against: "nhà ở cho hộ nghèo", "chống xuống cấp".
_FOR_WHAT_RE = re.compile(r"\b(?:cho|chống|(?<!thất )thoát|xử lý|thu hồi)\s[^(]*", re.IGNORECASE)
#: What is made, opened or won: more of it is better, whatever its unit.
MORE_RE = re.compile(
    r"(?<!chưa )(?<!không )\b(?:đạt chuẩn|hoàn thành|sản phẩm|mô hình|lớp|câu lạc bộ|điển hình"
    r"|sáng kiến|được công nhận|thành lập mới|được (?:tập huấn|đào tạo|bồi dưỡng|thành lập|nhân rộng|hỗ trợ|tư vấn"
    r"|tạo việc làm)|trồng mới|trồng rừng|kết nạp|giải quyết việc làm|hội nghị|xây mới|lượt khách"
    r"|doanh thu|sản lượng|kim ngạch)\b",
    re.IGNORECASE,
)


def wants_less(name: str) -> bool:
    """Whether less of what a name calls is better; what a thing is for or against says nothing of it.

    >>> wants_less("Tỷ lệ hộ nghèo (%)"), wants_less("Nhà ở cho hộ nghèo, cận nghèo (căn)")
    (True, False)
    >>> wants_less("Hộ nghèo, cận nghèo sử dụng nước sạch (%)")
    False
    """
    return bool(LESS_RE.search(_FOR_WHAT_RE.sub(" ", name)))


def is_harm(name: str) -> bool:
    """Whether a name is of harm or waste, of which there may be a plan for no more than so much."""
    return bool(_HARM_RE.search(_FOR_WHAT_RE.sub(" ", name)))


@dataclass(frozen=True, slots=True)
class Judged:
    """A result and its goal, whether they are said to agree, whether the goal is a most, or the change `away`.

    Of what is `supposed` only the other rows of its table show that more of it is better.
    """

    result: Figure
    goal: Figure
    met: bool
    most: bool
    away: bool = False
    supposed: bool = False

    @property
    def reached(self) -> bool:
        """Whether the result reaches the goal."""
        result, goal = Decimal(self.result.value), Decimal(self.goal.value)
        return not self.away and (result <= goal if self.most else result >= goal)


def judged_in_text(subject: Subject) -> Iterator[tuple[Stated, Judged]]:
    """Results and goals of running text with what is said of them."""
    return judged_by(subject, FORMS, _judged)


def judged_by(
    subject: Subject, forms: Sequence[tuple[tuple[str, ...], Form]], judge: Callable[[Signs, Match], Judged | None]
) -> Iterator[tuple[Stated, Judged]]:
    """What `judge` makes of the places that have one of some forms, each tried where one of its words stands."""
    for where in stated(subject) if not subject.is_rule() else ():
        text = where.text.lower()
        tried = [form for words, form in forms if len(where.figures) > 1 and any(word in text for word in words)]
        if not tried:
            continue
        signs = signs_of(where)
        for form in tried:
            for match in form.read(signs):
                judged = judge(signs, match)
                if judged is not None:
                    yield where, judged


def _judged(signs: Signs, match: Match) -> Judged | None:
    result, goal = match.figures["result"], match.figures["goal"]
    low = signs.sentence_start(match.start)
    if AWAY_RE.search(signs.text, low, match.start):
        return None
    if match.words.get("over") or match.words.get("under"):
        return Judged(result, goal, bool(match.words.get("over")), False) if alike(result, goal) else None
    before, level, behind = signs.text[low : match.start], match.words["level"], match.words["behind"]
    if match.words.get("then"):
        return _of_item(match, before)
    # A goal of a rise or a fall is held against one.
    same = _SAME_WAY_RE.search(level)
    way = bool(same and before.rstrip().lower().endswith(same["way"].lower()))
    if same and way:
        before, level = before.rstrip()[: -len(same["way"])], level[: same.start()]
    if not alike(result, goal) or _NO_LEVEL_RE.search(level):
        return None
    most = bool(MOST_RE.search(level) or MOST_BEHIND_RE.match(behind))
    if PLANNED_RE.search(before) or (not most and not way and LESS_RE.search(before)):
        return None
    if match.words.get("met"):
        return Judged(result, goal, True, most)
    if match.words.get("missed"):
        return Judged(result, goal, False, most)
    if not _PLAIN_LEVEL_RE.fullmatch(level):
        return None  # a name of its own: "độ đục 5 mẫu, chỉ tiêu vi sinh 3 mẫu"
    missed, met = _ALL_MISSED_RE.search(before), _ALL_MET_RE.search(before)
    return Judged(result, goal, bool(met), most) if bool(met) != bool(missed) else None


def _of_item(match: Match, before: str) -> Judged | None:
    """A goal, its result and its verdict in this order: ``giảm ít nhất 15% số vụ: giảm 12,5%, hoàn thành``."""
    result, goal, level = match.figures["result"], match.figures["goal"], match.words["level"]
    most = bool(MOST_RE.search(level) or MOST_BEHIND_RE.match(match.words["behind"]))
    before = before.rstrip()
    ways = [_WAY_RE.search(words) for words in (before, match.words["lead"].rstrip())]
    same = ways[0] and ways[1] and ways[0]["way"].lower() == ways[1]["way"].lower()
    if same and ways[0]:
        before = before[: ways[0].start()]
    elif ways[1] or not alike(result, goal):
        return None
    words = before + match.words["behind"]
    if not most and not same and (LESS_RE.search(words) or not (level or goal.unit == "%")):
        return None
    return Judged(result, goal, bool(match.words.get("met")), most) if alike(result, goal) else None


def alike(result: Figure, goal: Figure) -> bool:
    """Whether a result and a goal are exact numbers of one unit."""
    units = {(one.unit or "").lower().split(" ")[0] for one in (result, goal)}
    return len(units) == 1 and units != {""} and not (result.of or goal.of or result.bound or goal.bound == "~")
