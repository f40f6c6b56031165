"""What a sentence says behind a day by which something was to be done: that it was not."""

from __future__ import annotations

import re

from kb.text.sentences import SENTENCE_END_RE

#: That the day was not kept: the task is left, for another day.
_MISSED_RE = re.compile(
    r"\b(?:nhưng|song|tuy nhiên|đến nay)\b[^;]*\b(?:mới|chưa|chậm|trễ|không\s+(?:đạt|kịp|xong|hoàn thành))\b"
    r"|\b(?:không|chưa)\s+(?:đạt|kịp|bảo đảm|đảm bảo)\s+tiến độ|\b(?:chậm|trễ)\s+(?:tiến độ|hẹn|hạn)|\blỡ hẹn",
    re.IGNORECASE,
)


def is_missed(text: str, at: int) -> bool:
    """Whether the rest of a sentence, behind a day, says that what was to be done by it was not.

    >>> is_missed("xong trước ngày 30/11, nhưng đến nay mới được 5/8 nhịp. Năm sau", 21)
    True
    >>> is_missed("xong trước ngày 30/11 theo Kế hoạch 8. Đến nay chưa có mặt bằng", 21)
    False
    """
    stop = SENTENCE_END_RE.search(text, at)
    return _MISSED_RE.search(text, at, stop.start() if stop else len(text)) is not None
