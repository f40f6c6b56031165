"""Whether a result reaches a level, read from the words of both: ``từ 95% trở lên`` and ``93,4%``.

What is told here holds of cells and of items of lists alike: a level with the words that say whether it is a
least, a most or a range, a result of the same unit, and whether one is a change and the other is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from graphs.checks.goals.judged import MOST_NAMED_RE, is_harm, wants_less
from graphs.checks.reading.arithmetic import read_number
from kb.models import Comparator

#: A number that is no part of a symbol, a date or a pair, with the words of its unit.
# A pattern that begins with a digit is not tried at letters.
NUMBER = r"\d(?<![\w.,/]\d)\d*(?:\.\d{3})*(?:,\d+)?(?![\w/]|[.,]\d)"
_SIGNED_RE = re.compile(
    rf"(?P<sign>(?<!\w)[-–+](?:\s(?!\d+\s*%?\s*$))?)?(?P<number>{NUMBER})\s*"
    r"(?P<unit>%|[^\W\d_]+(?:\s[^\W\d_]+)?)?"
)
MOST_RE = re.compile(
    r"≤|<|không (?:quá|vượt(?: quá)?|cao hơn|nhiều hơn|lớn hơn|hơn)|tối đa|(?<!không )\bdưới\b|(?<!không )thấp hơn"
    r"|(?:giảm|xuống) còn"
    r"|giảm xuống(?: còn)?|trở xuống|(?<!\w)còn(?: dưới)?\s*$",
    re.IGNORECASE,
)
_LEAST_RE = re.compile(
    r"≥|>|tối thiểu|ít nhất|không (?:dưới|thấp hơn|ít hơn|kém)|trở lên|\btrên\b|\btừ\b|\bđạt\b|\bvượt\b",
    re.IGNORECASE,
)
_STRICT_RE = re.compile(
    r"(?<![≤≥])[<>](?!=)|(?<!không )\bdưới\b|\btrên\b|(?<!không )thấp hơn|\bvượt\b", re.IGNORECASE
)
#: A number that tells when, or which.
_NO_AMOUNT_RE = re.compile(
    r"(?:\b(?:năm học|năm|(?<!tổng )số|tháng|quý|ngày|điều|bảng|phụ lục)\s+\d+|\bso với\s+(?:19|20)\d\d)$",
    re.IGNORECASE,
)
#: The number of a paper: ``theo Kế hoạch 31``; that of which a rate is told: ``11,8 ca trên 100.000 dân``; and the
#: whole that a part is told of in its own unit: ``36 ha trên 45 ha``.
_NO_LEVEL_RE = re.compile(
    r"\b(?:của|theo|tại|trong)\s+(?:Kế hoạch|Nghị quyết|Quyết định|Chỉ thị|Chương trình|Đề án|Nghị định"
    r"|Thông tư|Công văn|Luật)\s+\d+(?=\s*(?:[:;.,()–-]|$))"
    r"|\d\s+[^\W\d_]+(?:\s[^\W\d_]+){0,2}?\s+trên\s+1(?:00|0{0,2}(?:\.000){1,2})(?=\s+[^\W\d_])"
    rf"|{NUMBER}\s+(?P<unit>[^\W\d_]+)(?:\s+[^\W\d_]+){{0,3}}?\s+trên\s+(?:tổng\s+(?:số\s+)?)?{NUMBER}(?=\s+(?P=unit)\b)"
)
_RANK_RE = re.compile(r"\b(?:thứ hạng|hạng|xếp thứ|vị trí thứ|thứ bậc)\b", re.IGNORECASE)
_RANGE_RE = re.compile(rf"(?P<low>{NUMBER})\s*%?\s*(?:-|–|đến)\s*(?P<high>{NUMBER})", re.IGNORECASE)
_FALL_RE, _RISE_RE = (
    re.compile(r"\bgiảm\b(?!\s+(?:còn|xuống))", re.IGNORECASE),
    re.compile(r"\btăng\b", re.IGNORECASE),
)
_NONE_RE = re.compile(r"\W*không(?: để)?(?: có| còn)?(?: xảy ra| phát sinh)?\W*", re.IGNORECASE)
_ABOUT_RE = re.compile(r"khoảng|xấp xỉ|gần|~|≈|dao động|bình quân|mỗi năm|hằng năm|hàng năm", re.IGNORECASE)


#: So many letters before a number tell what it is.
_NEAR = 16


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, its sign, and where it stands in its words."""

    value: Decimal
    unit: str
    start: int
    end: int
    signed: bool


@lru_cache(maxsize=1024)
def amounts(words: str) -> tuple[Amount, ...]:
    """The numbers of some words, a rate as ``%``, years and dates left out.

    >>> [(str(one.value), one.unit) for one in amounts("17/17 thôn (100%), năm 2024 giảm 3,5 điểm")]
    [('100', '%'), ('3.5', 'điểm')]
    >>> [str(one.value) for one in amounts("11,8 ca trên 100.000 dân, dưới mức 15 ca của Kế hoạch 31")]
    ['11.8', '15']
    >>> [str(one.value) for one in amounts("đã trồng 614 ha keo trên 967 ha đất trống")]
    ['614']
    """
    found = []
    none = {one.end() for one in _NO_LEVEL_RE.finditer(words)}
    for one in _SIGNED_RE.finditer(words):
        if one.end("number") in none:
            continue
        low = max(one.start("number") - _NEAR, 0)
        if "," not in one["number"] and _NO_AMOUNT_RE.search(words, low, one.end("number")):
            continue
        value = read_number(one["number"])
        sign = (one["sign"] or "").strip()
        signed = sign in ("-", "–") and not re.search(
            r"\d\s*%?\s*$", words[max(one.start() - _NEAR, 0) : one.start()]
        )
        found.append(
            Amount(
                -value if signed else value,
                (one["unit"] or "").lower(),
                one.start("number"),
                one.end("number"),
                signed,
            )
        )
    return tuple(found)


def comparator_of(level: str) -> Comparator:
    """How a level is to be reached, by its words.

    >>> [comparator_of(words).name for words in ("từ 95% trở lên", "dưới 2%", "40 lớp", "giảm tối thiểu 5%")]
    ['AT_LEAST', 'LESS', 'EQUAL', 'DECREASE']
    """
    if _FALL_RE.search(level):
        return Comparator.DECREASE
    if MOST_RE.search(level):
        return Comparator.LESS if _STRICT_RE.search(level) else Comparator.AT_MOST
    if _LEAST_RE.search(level):
        return Comparator.MORE if _STRICT_RE.search(level) else Comparator.AT_LEAST
    return Comparator.EQUAL


def result_for(level: Amount, words: str) -> Amount | None:
    """The first number of a result that is of the unit of a level; None for none."""
    told = amounts(words)
    for one in told:
        if one.unit == level.unit or (level.unit != "%" and one.unit != "%" and _one_unit(level.unit, one.unit)):
            return one
    # The sign of a rate may stand in one of two cells only.
    alone = len(told) == 1 and {level.unit, told[0].unit} == {"%", ""}
    return told[0] if alone else None


def _one_unit(one: str, other: str) -> bool:
    """Whether two units may be one: one of them is not told, or both begin alike."""
    return not one or not other or one.split()[0] == other.split()[0]


def is_reached(name: str, level: str, result: str) -> bool | None:
    """Whether a result reaches a level of that name; None where words leave it open.

    >>> [is_reached("Hộ nghèo", level, "2,4%") for level in ("không quá 2,5%", "dưới 2,4%", "2 - 3%")]
    [True, False, True]
    >>> is_reached("Tỷ lệ hộ nghèo", "2,5%", "2,4%") is None
    True
    """
    if _ABOUT_RE.search(level):
        return None
    bounds = amounts(level)
    span = _RANGE_RE.search(level)
    if span and len(bounds) == 2 and (done := result_for(bounds[1], result)):
        low, high = (read_number(span[one]) for one in ("low", "high"))
        return low <= done.value <= high
    if not bounds and _NONE_RE.fullmatch(level):
        bounds = (Amount(Decimal(0), "", 0, len(level), False),)
    if len(bounds) != 1:
        return None
    goal = bounds[0]
    done = result_for(goal, result)
    if done is None:
        return None
    return held(name, level, result[: done.start], goal, done)


def held(name: str, level: str, before: str, goal: Amount, done: Amount) -> bool | None:
    """Whether a result reaches a level, by the words of level and name and those that lead to the result."""
    fall = bool(_FALL_RE.search(level) or _FALL_RE.search(name))
    told_fall, told_rise = bool(_FALL_RE.search(before)) or done.signed, bool(_RISE_RE.search(before))
    if fall != told_fall and not (fall and (told_rise or _FALL_RE.search(name))):
        return None
    if not fall and told_rise and not (_RISE_RE.search(level) or _RISE_RE.search(name)):
        return None
    value = -done.value if told_rise and fall else abs(done.value) if fall else done.value
    most, least = bool(MOST_RE.search(level)), bool(_LEAST_RE.search(level))
    if not most and not least:
        most = bool(MOST_NAMED_RE.search(name)) or not goal.value
        if not most and not fall and (wants_less(name) or (not goal.unit and is_harm(name))):
            return None
    if most and least and "trở xuống" not in level:
        return None
    if _RANK_RE.search(f"{name} {level}"):
        most = not most  # a rank of 20 or better
    strict = bool(_STRICT_RE.search(level))
    if most:
        return value < goal.value if strict else value <= goal.value
    return value > goal.value if strict else value >= goal.value
