"""Goals of a report that are known by their answer: a clause that asks something, and what came of it behind.

``Kế hoạch số 12/KH-UBND giao các xã xóa hết nợ trước ngày 31/12/2031; đến nay còn 3 xã, chưa đạt``: who asked for
it, or an item of a list, and a verdict behind. Asked may be a level, or a thing to be done or not to happen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graphs.checks.goals.reckoned_verdicts import NUMBER
from ingest.figures.quantities import Quantity
from ingest.targets.answer_words import ASKS_RE, PLAINLY_RE, SPENT_RE
from ingest.targets.behind import Told, judged_within, of_another, told_behind, turns, weighs
from ingest.targets.levels import REQUIRING, read_level
from ingest.targets.proofs import OF_PLAN_RE
from ingest.targets.things import THING_RE
from ingest.targets.worded import level_quantities
from kb.models import Comparator
from kb.text.sentences import split_sentences

#: "việc số hóa … đạt 100% vào năm 2031": a task that is named, with its time.
_TASK_RE = re.compile(
    r"\bviệc\s(?=[^;]*\b(?:vào|trong|trước|đến)\s+(?:hết\s+|cuối\s+)?(?:ngày|năm|tháng|quý)\b)", re.I
)
#: "Tỷ lệ mất nước dưới 3% là mục tiêu của năm".
_IS_GOAL_RE = re.compile(r"\d[^;]*\slà\s+(?:mục tiêu|chỉ tiêu|yêu cầu|mức)(?![^\W\d_])", re.IGNORECASE)
_ITEM_RE = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-zđ])[.)]|[-–+•*])\s+")
#: What was done already.
_DONE_RE = re.compile(
    r"\b(?:đã|đến nay|ước|thực hiện được|(?<!thực )hiện (?:nay|có|đã)|tính đến|mới đạt|đạt được|vượt|bằng"
    r"|so với)\b|%\s+(?:so với\s+)?(?:mức\s+)?(?:kế hoạch|chỉ tiêu|dự toán)\b",
    re.IGNORECASE,
)
#: A thing to be done or not to happen, where no level stands.
_DEED_RE = re.compile(
    r"\b(?:hoàn thành|hoàn thiện|xử lý|giải quyết|không để|không còn|chấm dứt|xóa|xoá|ban hành|thanh toán|đưa"
    r"|bàn giao"
    r"|khởi công|thông qua|phê duyệt|thành lập|xây dựng|lập|rà soát|thu hồi|di dời|khắc phục|sắp xếp"
    r"|triển khai)\b",
    re.IGNORECASE,
)
_NEVER_RE = re.compile(r"không|chấm dứt|xóa|xoá", re.IGNORECASE)
_BY_RE = re.compile(
    r"\b(?:trước|trong|đến|từ|vào|chậm nhất)\s+(?:hết\s+|cuối\s+)?(?:ngày|tháng|quý|năm)\b", re.IGNORECASE
)
#: Numbers that are no level: of a time, a count of what asks.
_NO_LEVEL_RE = re.compile(
    r"\s*(?:ngày|tháng|năm|giờ|tuổi)(?!\s+làm việc)(?![^\W\d_])|\s*(?:chỉ tiêu|mục tiêu|nhiệm vụ"
    r"|nội dung)(?![^\W\d_])",
    re.IGNORECASE,
)
#: The rate of a plan right behind a number.
_RATED_RE = re.compile(
    rf"[^,;.()\d]{{0,40}}[,(]\s*(?:đạt|bằng|tương đương)\s+{NUMBER}\s*%{OF_PLAN_RE.pattern}", re.IGNORECASE
)
#: A change of what was told before it, and since when it is.
_CHANGED_RE = re.compile(r"\d[^;]*,\s*(?:tăng|giảm)(?:\s+thêm)?\s*$", re.IGNORECASE)
_SINCE_RE = re.compile(r"\s*%?\s*so với\s", re.IGNORECASE)
#: A share in brackets behind the part that it is of.
_BESIDE_RE = re.compile(r"\d(?:\s+[^\W\d_]+){1,4}\s+\((?:chiếm\s+)?$")
#: The name of a paper or a body that asks, or the word for a goal, for what is asked.
_PAPER_RE = re.compile(
    r"^(?:(?:trong khi|đối chiếu(?: với)?|so với|với|riêng|tính chung,)\s)?(?:mức\s)?"
    r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|yêu cầu|kế hoạch|dự toán)(?![^\W\d_])"
    r"|^(?:Nghị quyết|Quyết định"
    r"|Kế hoạch|Chương trình|Chỉ thị|Công văn|Công điện)\s|\b(?:đề ra|đặt ra|yêu cầu|giao|phải)\b|^(?:là|theo)\s",
    re.IGNORECASE,
)
_TIME_RE = re.compile(
    r"(?:^|\s)(?:là\s+)?(?:(?:trước|trong|đến|từ|vào|chậm nhất)\s+)?(?:hết\s+"
    r"|cuối\s+)?(?:ngày\s+\d{1,2}/\d{1,2}/\d{4}"
    r"|(?:ngày\s+\d{1,2}\s+)?(?:tháng\s+\d{1,2}(?:/|\s+năm\s+))?(?:năm\s+)?20\d\d)(?:\s+là)?(?=[\s,]|$),?"
)
_ENDS_RE = re.compile(
    r"^(?:[,\s]*(?:là|có|phải|các xã|các huyện|các đơn vị|việc|thì|rằng|đạt)(?=\s))+|(?:\s*(?:đạt|là|có|từ"
    r"|tối thiểu|ít nhất"
    r"|không quá|phải|trên|dưới|xuống còn|giảm còn|còn|lên|giao|được|dự toán|[,;:.⁰¹²³⁴-⁹]))+$",
    re.IGNORECASE,
)
#: What a level is of, to the end of its clause.
_OF_RE = re.compile(r"\s+(?P<thing>[^,;.:()]{3,90}?)(?=[,;.:()]|\s(?:trong|vào|đến|trước)\s|$)")
_LONGEST = 200
_FAR = 90


@dataclass(frozen=True, slots=True)
class Asked:
    """A clause that asks: where its words that ask end, its level, how that is meant, what is told behind.

    `at`: where the level ends, or what is asked without one.
    """

    place: tuple[int, int]
    begins: int
    level: Quantity | None
    comparator: Comparator
    at: int
    told: Told


def asked(text: str, held: Sequence[tuple[int, bool]]) -> Iterator[Asked]:
    """The clauses of a paragraph that ask for something and are answered.

    `held`: where levels that are known stand, and whether their own words set them.

    >>> text = "Nghị quyết đề ra đến năm 2031 có 60 thôn kiểu mẫu; kết quả có 58 thôn được công nhận, chưa đạt."
    >>> [(one.level.value, one.told.said.verdict) for one in asked(text, [])]
    [('60', 'Chưa đạt')]
    >>> text = "Đến nay đã giao 60 thôn lập hồ sơ; kết quả có 58 thôn nộp, đạt yêu cầu."
    >>> list(asked(text, []))
    []
    """
    clauses, told_to = split_sentences(text, clauses=True), 0
    for low, high in clauses:
        if low < told_to or PLAINLY_RE.match(text, low):
            continue  # "kết quả 64/80 trạm, bằng 80%: đạt": an answer asks nothing
        behind = min((place for place, sets in held if sets and place >= high), default=len(text))
        stop = max((one for one, _ in clauses if one <= behind), default=0) if behind < len(text) else behind
        for begins in _asks(text, low, high):
            level = _level(text, begins, high)
            if level is None and not _is_deed(text, begins, high):
                continue
            own = None if level else judged_within(text, low, begins, high)
            at = (
                level.end
                if level
                else own.low
                if own
                else turns(text, begins, high) or high - (text[high - 1] in ".;")
            )
            told = own or told_behind(text, low, at, stop)
            if (
                told is None
                or of_another(text, told.said, level)
                or any(low <= place < min(told.low, high) for place, _ in held)
            ):
                continue
            if told.said is None and (SPENT_RE.search(text, low, at) or not weighs(text, told.low, told.end)):
                continue
            told_to = told.end
            how = read_level(text, level.start, level.end)[0] if level else Comparator.COMPLETE
            yield Asked((low, high), begins, level, how, at, told)
            break


def _asks(text: str, low: int, high: int) -> Iterator[int]:
    """Where the words of a clause end that ask for something; of what is asked nothing was done yet."""
    for pattern in (_TASK_RE, ASKS_RE):
        yield from (
            found.end()
            for found in pattern.finditer(text, low, high)
            if not _DONE_RE.search(text, max(text.rfind(", ", low, found.start()), low), found.start())
        )
    if _IS_GOAL_RE.search(text, low, high):
        yield low
    item = _ITEM_RE.match(text, low, high)
    if item:
        yield item.end()
    turn = turns(text, low, high)
    if turn is not None and re.match(r"\s[-–]|:", text[turn:]):
        yield low  # "Có 30% cán bộ biết tiếng dân tộc - mới có 24,1%, chưa đạt"


def _level(text: str, low: int, high: int) -> Quantity | None:
    """The level behind the words that ask: the first that says at least or at most, a rate, or the first."""
    turn = turns(text, low, high) or high
    words = text[low:turn]
    found = [
        one
        for one in level_quantities(words)
        if not _NO_LEVEL_RE.match(words, one.end) and not _DONE_RE.search(words[: one.start])
        # "đón 8,1 triệu lượt, đạt 101,3% kế hoạch": what came of it
        if not (OF_PLAN_RE.match(words, one.end) if one.percent else _RATED_RE.match(words, one.end))
        # "cho mượn 74.800 cuốn, tăng 4,2% so với năm 2030"
        if not (_CHANGED_RE.search(words, 0, one.start) and _SINCE_RE.match(words, one.end))
    ]
    marked = [one for one in found if read_level(words, one.start, one.end)[1] in REQUIRING]
    best = next(iter([*marked, *(one for one in found if one.percent), *found]), None)
    if best is None:
        return None
    return Quantity(best.start + low, best.end + low, best.value, best.of, best.percent, best.printed)


def _is_deed(text: str, low: int, high: int) -> bool:
    """Whether the words behind those that ask are a thing to be done, by a day or never."""
    words = text[low : turns(text, low, high) or high]
    deed = _DEED_RE.search(words[:_FAR])
    if deed is None or _DONE_RE.search(words[: deed.start()]):
        return False
    return _NEVER_RE.match(deed.group()) is not None or _BY_RE.search(words) is not None


def name_of(text: str, begins: int, level: Quantity | None, at: int, metric: str) -> str:
    """What is asked, where the name of a target is that of the paper or only the word for a goal.

    `begins`: where the words that ask end; `at`: where what is asked without a level ends.

    >>> text = "Kế hoạch năm 2031 phải cắm 600 mốc; đến nay mới cắm 540 mốc, chưa đạt."
    >>> [name_of(text, one.begins, one.level, one.at, "Kế hoạch phải cắm") for one in asked(text, [])]
    ['cắm mốc']
    """
    end = level.start if level else at
    words = _ENDS_RE.sub("", _TIME_RE.sub(" ", " ".join(text[begins:end].split()))).strip()
    if level is None:
        return words[:_LONGEST]
    if not _PAPER_RE.search(metric):
        return metric
    open_ = not words or words.endswith((" cho", " của", " tại", " ở", " với"))
    thing = (_OF_RE if open_ else THING_RE).match(text, level.end)
    named = f"{words} {thing['thing']}" if thing and (open_ or len(words.split()) == 1) else words
    return " ".join(named.split())[:_LONGEST] or metric
