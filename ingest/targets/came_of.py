"""What came of a goal: the number behind it or before it in its paragraph that is its result.

``… ít nhất 19.000 giấy; kết quả vượt 890 giấy, đạt`` gives 19.890: a result may be told by how far it is from its
level, or stand in a sentence before, where a rate proves it (``đã sửa 21 cầu. Mục tiêu sửa 25 cầu không đạt, mới
bằng 84%``) or its words are those of the goal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.figures.measures import clause, measure
from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.answer_words import HELD_AGAINST_RE, OPENS_GOAL_RE, PLACE_RE
from ingest.targets.behind import Told
from ingest.targets.levels import RANKS, read_level
from ingest.targets.proofs import is_share
from ingest.targets.same import content_words
from kb.models import Comparator, Document, Result, Target, TextBlock
from kb.text.sentences import split_sentences

#: Numbers behind these are no results: how far from the level, of another time, what is left, or of how many.
_NO_RESULT_RE = re.compile(
    r"\b(?:vượt|thiếu|hụt|hơn|kém|chênh|tăng|giảm|còn lại|trên tổng số|tổng số|trong tổng số|trong số|cùng kỳ|thêm"
    r"|tương đương|tức|còn|bình quân|trung bình|gồm|trong đó|nợ)(?:\s+(?:so với\s+)?(?:mức|là|được|khoảng"
    r"|có))*\s*$",
    re.IGNORECASE,
)
#: "đã có 1.284 tổ với 16.692 hộ": what the things reached have.
_WITH_RE = re.compile(r"\bvới\s*$", re.IGNORECASE)
#: What was on average, or is left, is a result where the goal is one of that.
_ALSO_RE = re.compile(
    r"\b(?:bình quân|trung bình|còn|giảm|tăng|nợ)(?:\s+(?:mức|là|được|khoảng|có))*\s*$", re.IGNORECASE
)
_FALLS_RE = re.compile(r"\bgiảm\b(?!\s+(?:còn|xuống))(?:\s+[^\W\d_]+){0,2}\s*$", re.IGNORECASE)
_RISES_RE = re.compile(r"\btăng\b(?:\s+[^\W\d_]+){0,2}\s*$", re.IGNORECASE)
#: "tỷ lệ giảm thực tế là 0,3 điểm phần trăm"
_MOVED_RE = re.compile(r"\b(?:tỷ lệ|tỉ lệ|mức|tốc độ|số)\s+(giảm|tăng)\b[^.;,:\d]{0,24}\blà\s*$", re.IGNORECASE)
_TO_RE = re.compile(r"\b(?:xuống|lên|còn|đạt|là)\s*$", re.IGNORECASE)
#: A level that something is to come down to.
_DOWN_TO_RE = re.compile(
    r"\b(?:xuống còn|xuống|giảm còn|rút ngắn còn|còn)(?:\s+(?:mức|khoảng))*\s*$", re.IGNORECASE
)
_RATE_RE = re.compile(
    r"\b(?:bằng|đạt|tương đương|vượt|thiếu|hụt)(?:\s+(?:mức|kế hoạch|dự toán|chỉ tiêu|là))*\s*$", re.IGNORECASE
)
#: The amount of a change that a rate in brackets is told with: "giảm 72 vụ (20,0%)".
_BESIDE_RE = re.compile(r"(?:(?<=giảm\s)|(?<=tăng\s))\d[\d.,]*(?:\s+[^\W\d_]+){0,3}\s*\((?:tương ứng\s+)?$")
_EACH_RE = re.compile(r"\s*[^\W\d_]+(?:\s[^\W\d_]+)?/")
#: What is not to happen: of it as many are told as there were.
_NEVER_RE = re.compile(r"\b(?:không (?:để|còn|phát sinh|xảy ra|có)|chấm dứt|xóa|xoá)(?![^\W\d_])", re.IGNORECASE)
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
#: How far before a goal a number may be its result, and how many words of the goal stand beside it.
_FAR, _SHARED, _FAR_SHARED = 700, 2, 4
_LONGEST = 200
#: What a long answer tells of the day by which, or of now.
_BY_THEN_RE = re.compile(r"\b[Đđ]ến (?:nay|hạn|thời hạn|thời điểm)\b[^.;:]*")
_NEAR = Decimal("0.6")
_UNIT_WORDS = 60


@dataclass(frozen=True, slots=True)
class Goal:
    """A target of running text, its level there, and where its clause begins and ends."""

    target: Target
    level: Quantity | None
    low: int
    at: int
    told: Told | None = None


def comes_down(text: str, goal: Goal) -> bool:
    """Whether a level is one that something is to come down to: ``rút ngắn xuống còn 7 ngày``."""
    return goal.level is not None and _DOWN_TO_RE.search(text, 0, goal.level.start) is not None


def came_of(document: Document, block: TextBlock, text: str, goal: Goal, told: Told) -> Result | None:
    """The result of a goal that its paragraph tells behind or before it; None where none is clear."""
    level = goal.level
    quantities = [one for one in find_quantities(text) if not _YEAR_RE.fullmatch(one.printed)]
    behind = [one for one in quantities if told.low <= one.start and one.end <= told.high]
    if level is None:
        never = _NEVER_RE.search(text, goal.low, goal.at) is not None
        happened = [one for one in behind if not one.percent and not HELD_AGAINST_RE.search(text[: one.start])]
        if never and len(happened) == 1:
            return as_result(document, block, text, happened[0], happened[0], measure(text, happened[0]).unit)
        return _in_words(document, block, text, told)
    if read_level(text, level.start, level.end)[1] in RANKS:
        return _ranked(document, block, text, told)
    unit = _unit(text, level)
    fit = [one for one in behind if fits(text, one, level, with_=told.own)]
    if fit:
        # "đã có 71/96 xã (74,0%)": the rate that is told of a fraction is that of a level in per cent.
        rates = [one for one in behind if one.percent and fit[0].of and is_share(fit[0].value, fit[0].of, one)]
        best = rates[0] if level.percent and rates else fit[0]
        return as_result(document, block, text, best, level, goal.target.unit, fit[0].start)
    apart = next((one for one in quantities if told.by and one.start == told.by[0]), None)
    if apart and not (apart.percent or level.percent) and _one_unit(_unit(text, apart), unit):
        return _by_pointer(document, block, text, goal, told, apart)
    before = [one for one in quantities if max(goal.low - _FAR, 0) <= one.start and one.end <= level.start]
    if told.said and (told.own or not behind) and (right := _right_before(text, goal, before)):
        return as_result(document, block, text, right, level, goal.target.unit)
    rates = [one for one in quantities if one.percent and goal.at <= one.start < told.end + 1]
    for rate in rates if not level.percent else ():
        if proved := _proved(text, before, level, unit, rate):
            return as_result(document, block, text, proved, level, goal.target.unit)
    if rates or (behind and not told.own):
        return _in_words(document, block, text, told)  # what stands before is another thing
    return _worded(document, block, text, goal, before, unit)


def _in_words(document: Document, block: TextBlock, text: str, told: Told) -> Result | None:
    """What an answer says was reached without a number to hold against its level."""
    low, high = told.low, told.high
    if high - low > _LONGEST and (by_then := _BY_THEN_RE.search(text, low, high)):
        low, high = by_then.span()
    words = " ".join(text[low:high].split()).strip(" ,;:.()–-")
    if told.own or not 0 < len(words) <= _LONGEST or not re.search(r"\d", words):
        return None
    span = document.reading.hull(block.view.start + low, block.view.start + high)
    return Result(words, None, None, span)


def _ranked(document: Document, block: TextBlock, text: str, told: Told) -> Result | None:
    """The place among others that was reached: ``xếp thứ 17/63``."""
    found = PLACE_RE.search(text, told.low, told.end)
    if found is None:
        return None
    span = document.reading.hull(block.view.start + found.start("at"), block.view.start + found.end("at"))
    return Result(" ".join(found.group().split()), str(int(found["at"])), None, span)


def _unit(text: str, quantity: Quantity) -> str | None:
    return "%" if quantity.percent else measure(text, quantity).unit


def _one_unit(one: str | None, other: str | None) -> bool:
    """Whether two units may be one: the same first word, or the one is the other's last ("trẻ em" and "em")."""
    if not (one and other):
        return False
    words, others = one.lower().split(), other.lower().split()
    short, long = sorted((words, others), key=len)
    return words[0] == others[0] or (len(short) == 1 and short[0] == long[-1] and long[0] != "lượt")


def is_of_unit(text: str, one: Quantity, level: Quantity) -> bool:
    """Whether a number, its whole aside, is of the unit of a level."""
    return _one_unit(_unit(text, replace(one, of=None)), _unit(text, level))


def fits(text: str, one: Quantity, level: Quantity, *, with_: bool = False) -> bool:
    """Whether a number is of the kind of a level, and told of what was reached; behind "với" only `with_` it."""
    if not with_ and _WITH_RE.search(text, 0, one.start):
        return False
    left = text[max(one.start - _UNIT_WORDS, 0) : one.start]
    beside = _BESIDE_RE.search(left) if one.percent else None
    if HELD_AGAINST_RE.search(left) and not beside:
        return False
    left = left[: beside.start()] if beside else left
    set_ = text[max(level.start - _UNIT_WORDS, 0) : level.start]
    if level.percent and not one.percent:
        return one.of is not None and not _no_result(left, set_)
    if one.percent != level.percent or _no_result(left, set_):
        return False
    falls, rises = _moves(left)
    fall, rise = _moves(set_)
    if (fall or rise) and not (falls if fall else rises):
        return False
    return one.percent or one.of == level.value or is_of_unit(text, one, level)


def _moves(left: str) -> tuple[bool, bool]:
    """Whether the words before a number say that something falls, or rises, by it."""
    if moved := _MOVED_RE.search(left):
        return moved[1].lower() == "giảm", moved[1].lower() == "tăng"
    if _TO_RE.search(left):
        return False, False
    return bool(_FALLS_RE.search(left)), bool(_RISES_RE.search(left))


def _no_result(left: str, set_: str) -> bool:
    """Whether the words before a number tell another thing than what was reached of a level set with `set_`."""
    found = _NO_RESULT_RE.search(left)
    also = found and _ALSO_RE.search(left)
    if also is None or not also:
        return found is not None
    word = also.group().split()[0].lower()
    return word in ("còn", "nợ") and not re.search(
        r"\b(?:còn|xuống|không|dưới|giảm|nợ|tối đa)\b", set_, re.IGNORECASE
    )


def _by_pointer(
    document: Document, block: TextBlock, text: str, goal: Goal, told: Told, apart: Quantity
) -> Result | None:
    """The result that is so far from its level: ``vượt 890 giấy``."""
    level, by = Decimal(goal.level.value if goal.level else 0), Decimal(apart.value)
    value = level - by if told.less else level + by
    most = goal.target.comparator in (Comparator.AT_MOST, Comparator.LESS)
    if most or goal.target.comparator in (Comparator.DECREASE, Comparator.INCREASE) or value < 0:
        return None
    low = text.rfind(" ", 0, max(apart.start - 1, 0)) + 1
    words = " ".join(text[low : apart.end].split()) + f" {_unit(text, apart) or ''}".rstrip()
    span = document.reading.hull(block.view.start + apart.start, block.view.start + apart.end)
    return Result(words, f"{value.normalize():f}", goal.target.unit, span)


def _proved(
    text: str, before: Sequence[Quantity], level: Quantity, unit: str | None, rate: Quantity
) -> Quantity | None:
    """The number before a goal of which the rate behind it is told: 21 of 25 is 84 %."""
    found = _RATE_RE.search(text, 0, rate.start)
    if found is None or not Decimal(level.value):
        return None
    share = Decimal(rate.value)
    how = found.group().split()[0].lower()
    share = {"vượt": 100 + share, "thiếu": 100 - share, "hụt": 100 - share}.get(how, share)
    near = Decimal("0.06") if "." in rate.value else _NEAR
    return next(
        (
            one
            for one in reversed(before)
            if not one.percent
            and _one_unit(_unit(text, replace(one, of=None)), unit)
            and abs(Decimal(one.value) * 100 / Decimal(level.value) - share) <= near
        ),
        None,
    )


def _right_before(text: str, goal: Goal, before: Sequence[Quantity]) -> Quantity | None:
    """The last fit number of the clause that a judged goal is joined to: ``đạt 91%; mục tiêu 95% chưa đạt``."""
    level, low = goal.level, goal.low
    if level is None or not text[:low].rstrip().endswith(";") or not OPENS_GOAL_RE.match(text, low):
        return None
    first = max(text.rfind(mark, 0, low - 1) for mark in (". ", "; ")) + 1
    fit = [
        one
        for one in before
        if first <= one.start < low and fits(text, one, level)
        # "4,8 ha, bình quân 1,6 ha/vụ; mục tiêu không quá 5 ha": of one thing, or of each of several
        if bool(_EACH_RE.match(text, one.end)) == bool(_EACH_RE.match(text, level.end))
    ]
    rates = [one for one in fit if one.percent]
    return next(iter((rates or fit)[-1:]), None)


def _worded(
    document: Document, block: TextBlock, text: str, goal: Goal, before: Sequence[Quantity], unit: str | None
) -> Result | None:
    """The one number of the sentence before in the unit of a level that is told of the same things."""
    level = goal.level
    if level is None:
        return None
    near = max((start for start, _ in split_sentences(text) if start < goal.low - 1), default=0)
    wanted = content_words(goal.target.text)
    same = []
    for one in before:
        low, high = clause(text, one.start, one.end)
        shared = wanted & content_words(text[low:high])
        if len(shared) >= (_SHARED if one.start >= near else _FAR_SHARED) and fits(text, one, level):
            same.append(one)
    if len({one.value for one in same}) != 1:
        return None
    return as_result(document, block, text, same[0], level, goal.target.unit)


def as_result(
    document: Document,
    block: TextBlock,
    text: str,
    one: Quantity,
    level: Quantity,
    unit: str | None,
    first: int | None = None,
) -> Result:
    """A number as the result of a level; of so many of all, in per cent where the level is.

    `first`: where what is told of it begins, if that is before the number.
    """
    span = document.reading.hull(block.view.start + one.start, block.view.start + one.end)
    low = max(text.rfind(mark, 0, first or one.start) for mark in (", ", ". ", "; ", "(", ": ")) + 1
    measured = measure(text, replace(one, of=None))
    unit_ = "" if one.percent or not measured.unit else f" {measured.unit}"
    words = " ".join(text[low : one.end + one.percent].split()).strip(" ().;,:") + unit_
    what = measured.what
    if level.percent and not one.percent and one.of:
        value = (Decimal(one.value) * 100 / Decimal(one.of)).quantize(Decimal("0.01")).normalize()
        return Result(words, f"{value:f}", "%", span, what)
    return Result(words, one.value, unit, span, what)
