"""What a number only tells of goals: how many got so far, a level in other words, things that are done by then."""

from __future__ import annotations

import re
from decimal import Decimal

from ingest.figures.quantities import Quantity
from ingest.targets.led import ITEM_RE
from ingest.targets.proofs import OF_PLAN_RE

#: "09 chỉ tiêu đạt từ 50% kế hoạch": how many goals got so far.
_COUNTED_RE = re.compile(
    r"\d\s+(?:chỉ tiêu|mục tiêu|nhiệm vụ)(?:\s+[^\W\d_]+){0,3}?\s+(?:đạt|hoàn thành|vượt)"
    r"(?:\s+(?:từ|trên|dưới|mức))*\s*$"
)
#: "có 5 trên 7 mục tiêu hoàn thành": the same, with all of them behind.
_OF_GOALS_RE = re.compile(r"\s+(?:trên|trong)\s+(?:tổng số\s+)?\d+\s+(?:mục tiêu|chỉ tiêu|nhiệm vụ)(?![^\W\d_])")
#: A level told again in other words, or what it adds up to.
_THAT_IS_RE = re.compile(
    r"(?:\btức(?: là)?|\btương đương|\bnghĩa là|(?<=\S\s)nâng tổng số)\b"
    r"(?:(?!\b(?:vượt|thấp hơn|cao hơn)\b)[^.;])*$",
    re.IGNORECASE,
)
#: "vận hành ngay sau khi hoàn thành 02 công trình", "đẩy nhanh tiến độ hoàn thành 02 công trình": which are meant.
_THEN_RE = re.compile(r"\b(?:sau khi|ngay khi|trước khi|khi|tiến độ|thời gian|để)\s+hoàn thành\s*$", re.IGNORECASE)
#: "…, lũy kế đến cuối năm có 16 dự án": what was before, and the level.
_SO_FAR_RE = re.compile(r"\b(?:lũy kế|luỹ kế)\b[^.;\d]*$", re.IGNORECASE)
#: By how much more than what was: "cao hơn số thực hiện năm 2031 là 138 người", "nhiều hơn 12 tỷ đồng".
_BY_HOW_MUCH_RE = re.compile(
    r"\b(?:cao|thấp|nhiều|ít|lớn)\s+hơn\s+(?:so với\s+)?(?:(?:số|mức|kết quả)\s+)?(?:thực hiện|cùng kỳ|của|năm)\b"
    r"[^.;,]{0,40}?\s(?:là\s+)?$|(?<!không )\b(?:cao|thấp|nhiều)\s+hơn\s+$",
    re.IGNORECASE,
)
_TIMES_RE = re.compile(r"\s*lần\b")
#: Where a thing stands from which it is to rise: "…, từ mức 56,0% của năm 2031", "từ 73,5% hiện nay".
_STOOD_RE = re.compile(r",\s*(?:tăng\s+|giảm\s+|cao hơn\s+)?(?:so với\s+)?từ\s+(?:mức\s+)?$", re.IGNORECASE)
_THEN_STOOD_RE = re.compile(
    r"\s*%?(?:\s+[^\W\d_]+){0,2}?\s*(?:của|ở|vào|trong)?\s*(?:(?:cuối|đầu)\s+)?(?:năm\s+(?:20\d\d|trước|ngoái)"
    r"|hiện nay|hiện tại|hiện có|cùng kỳ|thời điểm)(?![^\W\d_])",
    re.IGNORECASE,
)
#: "Phát huy mức tăng trên 3% của năm 2031, phấn đấu …"
_OF_YEAR_RE = re.compile(r"\s*%?\s+của\s+năm\s+(?P<year>20\d\d)(?!\d)")
#: What is not to happen has no level: "không để xảy ra cháy làm chết từ 03 người trở lên".
_FORBIDS_RE = re.compile(r"\b[Kk]hông (?:để|xảy ra|phát sinh)\b[^,;:()]*\s(?:từ|trên|quá|hơn)\s+$")
#: What money is there: "ngân sách nhà nước bảo đảm 17.305 triệu đồng".
_PAYS_RE = re.compile(r"\b(?:ngân sách|kinh phí|quỹ)\b[^.;,\d]{0,40}\b(?:bảo đảm|đảm bảo)\s+$", re.IGNORECASE)
#: Of how many: "xây thêm 20 km, trên số còn lại là 60,6 km".
_OF_ALL_RE = re.compile(
    r"\b(?:trên|trong)\s+(?:tổng\s+)?số\s+(?:còn lại|hiện có|hiện nay)[^.;,\d]{0,30}$", re.IGNORECASE
)

#: What another body is asked to give: "đề nghị UBND tỉnh bố trí thêm 18,5 tỷ đồng".
_ASKED_FOR_RE = re.compile(
    r"\b(?:đề nghị|kiến nghị|đề xuất)\b[^.;]*\b(?:bố trí|hỗ trợ|cấp|bổ sung|phân bổ)(?![^\W\d_])[^.;\d]*$",
    re.IGNORECASE,
)

#: "14 trạm y tế dưới 70%": how many fared so.
_SO_MANY_RE = re.compile(r"(?<![\d/.,])\d{1,3}\s+(?:[^\W\d_]+\s+){1,6}(?:trên|dưới)\s*$")
_ALL = Decimal(100)


def tells_how_far(sentence: str, left: str, quantity: Quantity, *, judged: bool = False) -> bool:
    """Whether a number of what was tells how far some came, or how much of a plan in broken numbers was done.

    Where a verdict on the number follows (`judged`) it may be the level of a clause before.

    >>> from ingest.figures.quantities import find_quantities
    >>> text = "a) Cắm mốc đạt 92,0% kế hoạch, còn thiếu 40 mốc"
    >>> [tells_how_far(text, text[: one.start], one) for one in find_quantities(text)]
    [True, False]
    """
    if _SO_MANY_RE.search(left):
        return True
    broken = quantity.percent and not judged and ("," in quantity.printed or Decimal(quantity.value) > _ALL)
    return bool(broken and OF_PLAN_RE.match(sentence, quantity.end))


def only_tells(sentence: str, left: str, quantity: Quantity, *, aimed: bool, year: int | None = None) -> bool:
    """Whether the words before a number say no level of it; where a word of it says so (`aimed`), fewer do.

    `year`: of a paper that tells what is to come; what was in years before it sets nothing.

    >>> from ingest.figures.quantities import find_quantities
    >>> texts = "vận hành ngay sau khi hoàn thành 02 cầu", "để hoàn thành 02 cầu", "hoàn thành 02 cầu"
    >>> [only_tells(text, text[: one.start], one, aimed=False) for text in texts for one in find_quantities(text)]
    [True, True, False]
    >>> text = "Tỷ lệ chó tiêm dại đạt tối thiểu 75%, từ mức 61,0% của năm 2031"
    >>> [only_tells(text, text[: one.start], one, aimed=False) for one in find_quantities(text)]
    [False, True]
    """
    if _COUNTED_RE.search(left) or _THAT_IS_RE.search(left) or _FORBIDS_RE.search(left):
        return True
    if _STOOD_RE.search(left) and _THEN_STOOD_RE.match(sentence, quantity.end):
        return True
    was = _OF_YEAR_RE.match(sentence, quantity.end) if year else None
    if was and year and int(was["year"]) < year:
        return True
    if quantity.percent:
        return "." in quantity.value and _PAYS_RE.search(left) is not None
    if not aimed and _OF_GOALS_RE.match(sentence, quantity.end):
        return True
    if _PAYS_RE.search(left) or (not aimed and _ASKED_FOR_RE.search(left)):
        return True
    more = _BY_HOW_MUCH_RE.search(left) and not _TIMES_RE.match(sentence, quantity.end)
    if more or _OF_ALL_RE.search(left):
        return True
    then = _THEN_RE.search(left)
    if then and not (aimed and then.group().lower().startswith("để")):
        return True
    so_far = _SO_FAR_RE.search(left)
    label = ITEM_RE.match(left)  # "- Lũy kế 16 dự án …": what an item begins with is its goal
    return so_far is not None and so_far.start() > (label.end() if label else 0)
