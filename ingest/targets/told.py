"""What a number only tells of goals: how many got so far, a level in other words, things that are done by then."""

from __future__ import annotations

import re

from ingest.figures.quantities import Quantity

#: "09 chỉ tiêu đạt từ 50% kế hoạch": how many goals got so far.
_COUNTED_RE = re.compile(
    r"\d\s+(?:chỉ tiêu|mục tiêu|nhiệm vụ)(?:\s+[^\W\d_]+){0,3}?\s+(?:đạt|hoàn thành|vượt)"
    r"(?:\s+(?:từ|trên|dưới|mức))*\s*$"
)
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


def only_tells(left: str, quantity: Quantity, *, aimed: bool) -> bool:
    """Whether the words before a number say no level of it; where a word of it says so (`aimed`), fewer do.

    >>> from ingest.figures.quantities import find_quantities
    >>> texts = "vận hành ngay sau khi hoàn thành 02 cầu", "để hoàn thành 02 cầu", "hoàn thành 02 cầu"
    >>> [only_tells(text[: one.start], one, aimed=False) for text in texts for one in find_quantities(text)]
    [True, True, False]
    """
    if _COUNTED_RE.search(left) or _THAT_IS_RE.search(left):
        return True
    if quantity.percent:
        return False
    then = _THEN_RE.search(left)
    if then and not (aimed and then.group().lower().startswith("để")):
        return True
    return _SO_FAR_RE.search(left) is not None
