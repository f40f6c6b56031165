"""Whether a number of a sentence is a level that is to be reached, by its words and by what stands around it."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.figures.measures import measure
from ingest.figures.quantities import Quantity
from ingest.targets.amounts import (
    is_amount,
    is_bare,
    is_counted_thing,
    is_counted_time,
    is_done_by,
    is_finished,
    is_measured,
)
from ingest.targets.led import ITEM_RE, comes_straight, has, is_led, is_short, next_of, opens, reaches, shortens
from ingest.targets.levels import (
    AGAINST_RE,
    DOES_RE,
    ORDER_RE,
    RANKS,
    REQUIRING,
    SIGNS,
    TASK_RE,
    modal_ends,
    read_level,
)
from ingest.targets.rules import (
    CASE_RE,
    DONE_RE,
    EXTREME_RE,
    GRANT_RE,
    HAS_IN_ALL_RE,
    HAS_LEAST_RE,
    PAST_RE,
    THEN_RE,
    is_rule,
    is_told_again,
)
from ingest.targets.setting import Setting
from ingest.targets.tasks import is_deed
from ingest.targets.told import only_tells, tells_how_far
from ingest.targets.worded import is_none_left, is_range
from kb.models import Comparator

_LEADS_RE = re.compile(r"(?:;|và|,|:|\b(?:đạt|còn|chiếm|lên|xuống)(?:\s+(?:khoảng|mức|tỷ lệ|tỉ lệ))*)\s*$")
#: Where goals are listed: "tỷ trọng chi đầu tư khoảng 28%".
_ABOUT_RE = re.compile(r"(?<![^\W\d_])(?:khoảng|bình quân|cho)\s*$")
_BY_YEAR_RE = re.compile(
    r"(?:\b(?:[Đđ]ến|[Vv]ào)\s+(?:hết\s+|cuối\s+)?năm|^\W*(?:\w{1,3}[.)]\s+)?Năm(?=\s+20\d\d\s+có\s))\s+(20\d\d)"
)
_RANGE_END_RE = re.compile(
    r"\d\s*%?(?:\s*/\s*\w+)?\s*[-–]\s*$|\d\s*%\s*đến\s*$"
    r"|\b(?:từ|khoảng|tăng|giảm|đạt)\s+\d{1,2}(?:,\d+)?\s+đến\s*$"
)
_RANGE_START_RE = re.compile(r"\s*(?:[-–]|đến)\s*\d[\d.,]*\s*%")
#: "giảm từ 23 xuống 18": where it stood.
_FROM_RE = re.compile(r"\btừ\s*(?:mức\s*|khoảng\s*)?$")
_TO_RE = re.compile(r"[^;,]{0,60}?\b(?:xuống|lên|còn)\s*(?:còn|dưới|trên|khoảng|mức|đến|tới|\s)*\d")
#: What is needed or will cost is no goal, and what a body is praised or rated for.
_NEED_RE = re.compile(
    r"(?:(?<!đáp ứng )\bnhu cầu\s+(?:về\s+)?(?:vốn|kinh phí|nguồn vốn|sử dụng|đầu tư)|\b[Tt]ổng kinh phí"
    r"|\b[Tt]ổng mức đầu tư"
    r"|\b[Kk]hái toán)\b[^.;:]{0,80}$"
)
_PRAISED_RE = re.compile(
    r"\W*(?:\w{1,3}[.)]\s+)?(?:Đơn vị|Cơ quan|Tập thể|Cá nhân|Địa phương|Tổ chức)\b[^.;]{0,200}?\b(?:xếp loại"
    r"|xét tặng|khen thưởng|bằng khen|biểu dương)(?![^\W\d_])",
    re.IGNORECASE,
)
#: What was reached, with the level in the bracket behind it.
_BELONGS_RE = re.compile(
    r"[^.;()]{0,60}\([^()]*\b(?:yêu cầu|mục tiêu|chỉ tiêu|kế hoạch|tối thiểu|ít nhất)\s+(?:là\s+|đạt\s+)?\d"
)
#: A number in the name of a scheme: "Đề án “Xây dựng ít nhất 01 triệu căn nhà”".
_NAMED_RE = re.compile(
    r"\b(?:Đề án|Chương trình|Kế hoạch|Dự án|Phong trào|phong trào|Cuộc vận động)\s*[“\"][^”\"]*$"
)
#: How many of several terms make something what it is called: "đáp ứng ít nhất 01 trong 02 tiêu chí".
_OF_TERMS_RE = re.compile(r"\d+\s*(?:trong|/)\s*(?:số\s+)?\d+\s+(?:tiêu chí|điều kiện)\b", re.IGNORECASE)
#: "Đối với ngành có tỷ lệ nữ dưới 30% có thể điều chỉnh": a rule for a case.
_FOR_SOME_RE = re.compile(r"\W*(?:Đối với|Với|Riêng)\b", re.IGNORECASE)
_MAY_RE = re.compile(r"\b(?:có thể|thì|được phép)\b")
#: "giao chỉ tiêu bao phủ cho 209 xã": to whom.
_GIVEN_TO_RE = re.compile(r"\bgiao\s[^.;]{0,80}\bcho(?:\s+(?:tất cả|toàn bộ|cả))?\s*$")
_MOVES_RE = re.compile(r"\btừ\s+[\d.,]+\s*%[^.;]{0,20}\b(?:xuống|lên)(?:\s+còn)?\s*$")
_YEAR_END_RE = re.compile(r"\b[Đđ]ến\s+(?:hết|cuối)\s+năm(?!\s*\d)")
_YEAR_RE = re.compile(r"\b(?:19|20)\d\d\b")
_AT_LEAST_RE = re.compile(r"\b(?:ít nhất|tối thiểu|không dưới|không thấp hơn)\s*$", re.IGNORECASE)
_LABELLED_RE = re.compile(r":\s*(?:đạt\s*)?$")
_NOW_RE = re.compile(r"(?<!số )(?<!liệu )\b(?:đã|hiện nay|hiện có|đến nay|vừa qua)\b", re.IGNORECASE)
#: What a score is given for, and whom it is given.
_SCORED_RE = re.compile(
    r"\b(?:nếu|cộng|trừ)\b[^.;]*\d"
    r"|^\W*(?:Đơn vị|Cơ quan|Tập thể|Cá nhân|Địa phương|Xã|Phường)\s+(?:nào\s+)?(?:có\s+)?đạt\b",
    re.IGNORECASE,
)
_REACHES_RE = re.compile(r"\b(?:đạt|giảm đủ|cho|xong|hết|đủ)(?:\s+(?:tỷ lệ|tỉ lệ|trên|dưới|khoảng))*\s*$")
#: "phủ 5G tại 100% khu công nghiệp trong năm 2026"
_AT_RE = re.compile(r"\b(?:tại|ở|cho|đến)\s*$")
#: "Có 45/60 trạm có bác sĩ", where goals are listed
_HAS_RE = re.compile(r"(?:^\W*(?:\w{1,3}[.)]\s+)?Có|\b(?:đạt|lên))\s+(?:khoảng\s+)?$")
#: "Giảm 1,5% tỷ lệ hộ nghèo": a task begins with it.
_CHANGES_RE = re.compile(r"(?:Giảm|Tăng)(?:\s+(?:bình quân|thêm|khoảng|từ))*\s+")
#: "…, nâng tổng số xã đạt chuẩn lên 18 xã"
_RAISES_RE = re.compile(
    r"\b(?:nâng|đưa)\s[^.;,\d]{3,60}\s(?:lên|xuống)(?:\s+(?:còn|trên|khoảng))*\s+$", re.IGNORECASE
)
#: What a plan wants more of, or to come to: "thêm 2.000 doanh nghiệp", "thu hút 1.300 triệu USD".
_ADDS_RE = re.compile(r"\b(?:thêm|thu hút)(?:\s+(?:khoảng|trên|từ|hơn))*\s*$", re.IGNORECASE)
#: "vượt mức 90% do Sở Y tế giao".
_MARK_RE = re.compile(r"\bmức\s*$", re.IGNORECASE)
_GIVEN_RE = re.compile(
    r"\s*(?:(?:(?:[^\W\d_]+\s+){0,8}?(?:do|mà)|theo)\b[^.;]{0,60}\b(?:giao|đề ra|đặt ra|yêu cầu)\b"
    r"|của\s+(?:kế hoạch|nghị quyết|chương trình|đề án|chỉ thị|quyết định)(?![^\W\d_]))",
    re.IGNORECASE,
)
#: What was reached: "là 6,4%, chưa hoàn thành mục tiêu dưới 5%", "mới đạt 44,1%".
_JUDGED_BEHIND_RE = re.compile(
    r"[^.;,\d]{0,30},\s*(?:đã\s+|cơ bản\s+|còn\s+)?(?:chưa|không|hoàn thành|đạt|vượt|thấp hơn|cao hơn)"
    r"[^.;,\d]{0,20}(?:mục tiêu|chỉ tiêu)(?![^\W\d_])"
)
_ONLY_RE = re.compile(r"\b(?:mới|(?<!chứng )chỉ)\s+đạt(?:\s+(?:được|khoảng|gần|trên))?\s*$")
#: How far two rates stand apart: "thấp hơn mục tiêu 95% là 1,01 điểm phần trăm".
_APART_RE = re.compile(
    r"\b(?:thấp hơn|cao hơn|nhiều hơn|ít hơn|hụt|kém|hơn)\b[^.;]*(?<!từ)(?<!thiểu)\s*$", re.IGNORECASE
)
#: What the law asks at least, told of what was done: "bằng 2,0%, không thấp hơn mức tối thiểu 2%".
_AT_LAW_RE = re.compile(r"\b(?:thấp|cao|ít|nhiều)\s+hơn\s+mức\s+(?:tối thiểu|tối đa)\s*$")
_POINTS_RE = re.compile(r"\s*điểm\s*(?:phần trăm|%)")
#: A share in broken numbers with what it was counted of: "61,5% đơn vị (320/520 đơn vị)".
_COUNTED_SHARE_RE = re.compile(r"[^.;(]{0,80}\(\s*\d[\d.]*\s*/\s*\d[\d.]*")
_REACH = 1_500


def level_of(sentence: str, quantity: Quantity, around: Setting) -> tuple[Quantity, Comparator] | None:
    """The level that a number of a sentence sets; None for one that only happened, or that a rule is made of.

    Of a sentence longer than any that is written, what stands near the number is looked at.
    """
    low = max(0, quantity.start - _REACH)
    near = replace(quantity, start=quantity.start - low, end=quantity.end - low)
    found = _level_of(sentence[low : quantity.end + _REACH], near, around)
    return (quantity, found) if found else None


def _level_of(sentence: str, quantity: Quantity, around: Setting) -> Comparator | None:
    comparator, row = read_level(sentence, quantity.start, quantity.end)
    left = sentence[: quantity.start]
    if _is_other(sentence, quantity, left, around):
        return None
    ruled = row in REQUIRING and (around.norm or not around.goals) and not modal_ends(left)
    if ruled and THEN_RE.search(sentence):
        return None  # "Bán kính tối đa 10 km thì diện tích tối thiểu là 500 m2"
    if is_told_again(sentence, quantity, left, after=around.after):
        return None
    if shortens(left, listed=around.plans or around.goals, aimed=bool(modal_ends(left))):
        return Comparator.EQUAL
    ranges = is_range(quantity) or (quantity.percent and _RANGE_START_RE.match(sentence, quantity.end))
    if ranges and comparator is Comparator.EQUAL:
        comparator = Comparator.AT_LEAST
    modals, coming = _aims(sentence, quantity, around)
    since = max([*modals, *coming], default=0)
    past = bool((DONE_RE if around.goals or since else PAST_RE).search(left[since:]))
    least = (quantity.percent or around.tasks) and HAS_LEAST_RE.search(left)
    least = least or (around.tasks and HAS_IN_ALL_RE.search(left))
    if (around.goals and _LABELLED_RE.search(left)) or least:
        past = False  # "dữ liệu đã số hóa: 60%"
    past = past and not _grows(sentence, left, row, around)
    if around.depth and not (modals and left.rfind("(") < since) and not (modals and row in REQUIRING):
        return None
    held = AGAINST_RE.search(left)
    share = quantity.percent or _POINTS_RE.match(sentence, quantity.end)
    against = held and not around.norm and (share or held.group().lower().startswith("so với"))
    against = against and not _YEAR_RE.fullmatch(quantity.value)
    if against or (_MARK_RE.search(left) and _GIVEN_RE.match(sentence, quantity.end)):
        return comparator
    whole = quantity.of == quantity.value or (around.ahead and around.goals and _HAS_RE.search(left))
    whole = whole and not quantity.percent and bool(quantity.of) and measure(sentence, quantity).unit is not None
    if whole and (around.goals or around.plans) and not (past or is_counted_time(sentence, quantity)):
        return Comparator.EQUAL  # "tại 143/143 xã": all of them
    if EXTREME_RE.search(left) and not (around.listed or modals):
        return None
    if is_none_left(quantity):
        return Comparator.EQUAL if (around.goals or modals) and not past else None
    counted = not around.goals or is_counted_time(sentence, quantity)
    if row == "at least after its thing" and not quantity.percent and counted and not around.judged:
        return None  # "bị trả lại từ 02 lần trở lên": a case; where goals are listed "từ 4.500 tấn trở lên" is one
    signed = row in SIGNS and (around.goals or around.tasks or around.judged or modals or coming)
    if signed or row in REQUIRING or _AT_LEAST_RE.search(left):
        spoken = not modals and _is_spoken(sentence, quantity, row, around, coming=bool(coming))
        return None if spoken or (past and not around.listed) else comparator
    counted = around.joined and row == "plain"  # "ít nhất 100 doanh nghiệp khởi nghiệp, 50 doanh nghiệp công nghệ"
    if (
        (past and not _is_planned(sentence, quantity, left, around))
        or _BELONGS_RE.match(sentence, quantity.end)
        or not (counted or _could_be_set(sentence, quantity, row, left[since:] if modals else None, around))
    ):
        return None
    if (around.joined and row == "plain" and not past) or modals or coming:
        return comparator
    return comparator if _is_set(sentence, quantity, row, comparator, around) else None


def _is_spoken(sentence: str, quantity: Quantity, row: str, around: Setting, *, coming: bool) -> bool:
    """Whether a least or a most is one of a rule, or a most that nothing sets."""
    listed = around.listed or (around.tasks and around.due)
    capped = row.startswith("at most") and not quantity.percent and not (around.tasks and around.due)
    capped = capped and (not around.goals or is_counted_time(sentence, quantity))
    rule = is_rule(sentence, quantity, sentence[: quantity.start], listed=listed, norm=around.norm)
    return rule or (capped and not coming)


def _grows(sentence: str, left: str, row: str, around: Setting) -> bool:
    """Whether a task is no more than what is to grow or to shrink: ``giá trị sản xuất tăng 11,5%``."""
    if not around.tasks or row not in ("increase", "decrease"):
        return False
    return is_short(left) and not (_NOW_RE.search(sentence) or DONE_RE.search(left))


#: "Tỷ lệ nợ dưới 8%": a task of a plan that is no more than its bound.
_BOUNDS = ("less", "more")


def _is_set(sentence: str, quantity: Quantity, row: str, comparator: Comparator, around: Setting) -> bool:
    """Whether what stands around a number that no word of its own sets, sets it."""
    left = sentence[: quantity.start]
    planned = (
        _grows(sentence, left, row, around)
        or _is_planned(sentence, quantity, left, around)
        or (row in _BOUNDS and around.plans and is_short(left) and not _NOW_RE.search(sentence))
    )
    leads = (
        planned
        or not ITEM_RE.sub("", left)
        or _LEADS_RE.search(left)
        or (around.goals and (_ABOUT_RE.search(left) or _REACHES_RE.search(left)))
        or (around.goals and not around.norm and is_led(left, quantity, after=around.after))
        or (DOES_RE.search(left) and not re.search(r"\bđã\b", left))
    )
    listed = around.listed or planned if quantity.percent else around.goals
    if not quantity.percent and around.plans:
        done = around.due and _is_finished(sentence, quantity, measure(sentence, quantity).unit, around)
        deed = around.tasks and is_deed(sentence, quantity, measure(sentence, quantity).unit)
        listed = listed or done or deed or _ADDS_RE.search(left) is not None
    return listed and bool(leads or not quantity.percent or comparator is not Comparator.EQUAL)


def _is_other(sentence: str, quantity: Quantity, left: str, around: Setting) -> bool:
    """Whether a number belongs to a rule, a name, a range, a count of goals, or tells a level again."""
    if CASE_RE.search(left) and THEN_RE.search(left):
        return True  # a rule for a case, whatever must be done in it
    if _FOR_SOME_RE.match(sentence) and _MAY_RE.search(sentence, quantity.end):
        return True
    if not quantity.percent and _GIVEN_TO_RE.search(left):
        return True
    if _NAMED_RE.search(left) or _OF_TERMS_RE.match(sentence, quantity.start):
        return True
    if (quantity.percent or quantity.of is None) and _RANGE_END_RE.search(left):
        return True  # the upper end of a range: its lower end is the level
    if (not quantity.percent and _NEED_RE.search(left)) or _PRAISED_RE.match(sentence):
        return True
    if _FROM_RE.search(left) and _TO_RE.match(sentence, quantity.end):
        return True
    behind = _JUDGED_BEHIND_RE.match(sentence, quantity.end) and not (around.goals and around.ahead)
    if behind or _ONLY_RE.search(left) or _AT_LAW_RE.search(left):
        return True
    if _POINTS_RE.match(sentence, quantity.end) and _APART_RE.search(left):
        return True
    past = around.reports and not around.ahead and not modal_ends(left)
    if past and tells_how_far(sentence, left, quantity, judged=around.judged):
        return True
    counted = quantity.percent and "." in quantity.value and _COUNTED_SHARE_RE.match(sentence, quantity.end)
    if counted and not (around.goals and around.ahead):
        return True
    year = around.year if around.plans and around.reports else None
    return only_tells(sentence, left, quantity, aimed=bool(modal_ends(left)), year=year)


def _aims(sentence: str, quantity: Quantity, around: Setting) -> tuple[list[int], list[int]]:
    """Where words before a number end that say it is to be reached, and those of a year still to come."""
    left = sentence[: quantity.start]
    modals = [end for end in modal_ends(sentence) if end <= quantity.start]
    if not around.reports and not around.norm:
        modals += [found.end() for found in ORDER_RE.finditer(sentence) if found.end() <= quantity.start]
    coming = [
        found.end()
        for found in _BY_YEAR_RE.finditer(left)
        if around.year and int(found[1]) + around.plans > around.year
    ]
    return modals, coming + [found.end() for found in _YEAR_END_RE.finditer(left) if around.plans]


def _is_planned(sentence: str, quantity: Quantity, left: str, around: Setting) -> bool:
    """Whether a share of a plan's task is set by standing there: ``100% văn bản được rà soát``, ``đạt 85%``.

    Not what was, in an earlier year or until now; not whose money pays a share.
    """
    if not around.plans or not quantity.percent or _NOW_RE.search(sentence):
        return False
    broken = "." in quantity.value and not (around.tasks and reaches(sentence, quantity))
    raises = around.tasks and _RAISES_RE.search(left)
    if broken and not (raises or _CHANGES_RE.fullmatch(ITEM_RE.sub("", left))):
        return False
    if _SCORED_RE.search(sentence):
        return False
    years = [int(year) for year in _YEAR_RE.findall(sentence)]
    if GRANT_RE.search(left) or (years and around.year and max(years) < around.year):
        return False
    at_all = quantity.value == "100" and around.due and ((around.tasks and around.after) or _AT_RE.search(left))
    deed = at_all or raises or TASK_RE.search(left) or _CHANGES_RE.fullmatch(ITEM_RE.sub("", left))
    begins = opens(left) or has(sentence, quantity) if around.tasks else not ITEM_RE.sub("", left)
    return begins or _REACHES_RE.search(left) is not None or deed is not None


def _is_finished(sentence: str, quantity: Quantity, unit: str | None, around: Setting) -> bool:
    """Whether a number counts what is to be done with, for good or, behind a level, by a day."""
    return is_finished(sentence, quantity, unit) or (around.after and is_done_by(sentence, quantity, unit))


def _could_be_set(sentence: str, quantity: Quantity, row: str, aimed: str | None, around: Setting) -> bool:
    """Whether a number is of the kind that levels are: a share in round numbers, an amount of things.

    A share in broken numbers is what was reached, but for a plan, and right behind an aim.
    """
    if not quantity.percent:
        unit = measure(sentence, quantity).unit
        told = around.goals and is_counted_thing(sentence, quantity, unit, labelled=around.labelled)
        told = (
            told
            or (aimed is not None and is_measured(next_of(aimed) if around.after else aimed, unit))
            or (around.goals and is_bare(sentence, quantity))
        )
        told = told or (row in RANKS and (around.goals or aimed is not None))
        told = told or (around.due and _is_finished(sentence, quantity, unit, around))
        told = told or (around.tasks and is_deed(sentence, quantity, unit))
        raises = _RAISES_RE.search(sentence[: quantity.start]) if quantity.of is None else None
        told = told or (raises is not None and (around.goals or around.tasks))
        return not around.norm and (told or is_amount(sentence, quantity, unit))
    if around.goals and _MOVES_RE.search(sentence[: quantity.start]):
        return True  # "giảm tỷ lệ hộ nghèo từ 17,92% xuống còn 13,92%"
    if aimed is not None and comes_straight(aimed):
        return True
    near = aimed is not None and not re.search(r"\d", aimed)
    sets = near or around.goals or (around.tasks and reaches(sentence, quantity))
    return row != "plain" or "." not in quantity.value or (around.ahead and sets)
