"""What was done of what had to be done: of it no more can be, as of a plan; and what only tells a change."""

from __future__ import annotations

import re

_DEEDS = r"bàn giao|thu hồi|giải phóng|di dời|tháo dỡ|chi trả|bồi thường"
#: All that has to be done, and no plan of it.
_OWED_RE = re.compile(
    r"(?<!kế hoạch )(?<!chỉ tiêu )(?<!mục tiêu )(?<!dự kiến )\b(?:phải|cần)(?: phải)? "
    rf"(?:{_DEEDS}|giải phóng mặt bằng)\b[^.;,\d]{{0,40}}$",
    re.IGNORECASE,
)
#: By how much something changed, in the clause before a number.
_BY_HOW_MUCH_RE = re.compile(
    r"\b(?:tăng|giảm|vượt|hụt|thêm|(?:cao|thấp|nhiều|ít) hơn)\b(?!\s+(?:lên|xuống|còn|đến))"
    r"(?:[^.;,()]|\([^()]*\))*$",
    re.IGNORECASE,
)
#: What of it is done, right before its number.
DONE_RE = re.compile(
    r"[;,]\s(?:[^;,.\d]|tháng \d{1,2}){0,60}\b"
    rf"(?:{_DEEDS})\s+(?:được\s+|cho\s[^;,.\d]{{2,30}}\s)?$"
)


def is_done_of_owed(ahead: str, between: str) -> bool:
    """Whether a number behind `between` is done of the one behind `ahead`.

    >>> is_done_of_owed("Diện tích phải thu hồi là ", " ha, đến nay các xã đã bàn giao ")
    True
    >>> is_done_of_owed("Kế hoạch thu hồi là ", " ha, đến nay các xã đã bàn giao ")
    False
    """
    return bool(_OWED_RE.search(ahead) and DONE_RE.search(between))


def is_by_how_much(ahead: str) -> bool:
    """Whether the number behind some words is by how much something changed: what follows is no part of that.

    >>> is_by_how_much("Đóng góp được 88 tỷ đồng, vượt kế hoạch năm "), is_by_how_much("Số hộ tăng lên ")
    (True, False)
    """
    return _BY_HOW_MUCH_RE.search(ahead) is not None
