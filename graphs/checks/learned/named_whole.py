"""What a share or a multiple is of, where the words right behind it name that.

``bằng 20,4% trị giá bốn nhóm quả tươi``; ``gấp 1,5 lần năm trước và bằng 112% kế hoạch (2.200 người)``.
"""

from __future__ import annotations

import re

from graphs.checks.reading.placed import Placed
from graphs.checks.reading.telling import carrying_in

#: What something is held against: a plan, or a time before.
_HELD_RE = re.compile(
    r"\b(?:(?P<plan>(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu)(?:\s+(?:của\s+)?(?:cả\s+)?năm(?:\s+(?:19|20)\d\d)?)?)"
    r"|năm\s+(?:trước|ngoái|(?:19|20)\d\d)|cùng kỳ)(?!\w)",
    re.IGNORECASE,
)
_TIMES_RE = re.compile(r"[^\w,;.()]*lần\s+(?:so với\s+)?(?:cùng\s+(?=năm))?", re.IGNORECASE)
_NAMED_RE = re.compile(r"[^,;:.()\d]*")
#: So many words name a whole; of the words of a sentence that tells it so large a part are the same.
_FEWEST, _SHARED = 3, 1 / 3


def is_another_whole(share: Placed, whole: Placed) -> bool:
    """Whether a share names its whole, and a number of a later sentence, of other words, is not that."""
    if whole.sentence <= share.sentence:
        return False
    found = _NAMED_RE.match(share.where.text, share.end, share.high)
    named = carrying_in(found.group().removeprefix("%")) if found else frozenset[str]()
    there = carrying_in(whole.where.text[whole.low : whole.high])
    return len(named) >= _FEWEST and len(named & there) <= _SHARED * len(named)


def is_of_another_time(times: Placed, base: Placed) -> bool:
    """Whether a multiple is of a plan and a number behind it of a time before, or the other way round."""
    text = times.where.text
    found = _TIMES_RE.match(text, times.end)
    named = _HELD_RE.match(text, found.end()) if found else None
    held = list(_HELD_RE.finditer(text, times.end, base.start)) if base.at > times.at else []
    return bool(named and held and bool(named["plan"]) != bool(held[-1]["plan"]))
