"""Numbers that tell how things are or have changed: multiples, changes since a year, shares, classes."""

from __future__ import annotations

import re

_LABEL = r"\W*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s+)?"
#: "So với năm 2031 (12 cầu) tăng 6 cầu": what is held against the time before.
_SINCE_RE = re.compile(
    rf"{_LABEL}(?:nếu\s+)?so(?:\s+sánh)?\s+với\s+(?:cùng kỳ|cuối|đầu|năm|tháng|quý|giai đoạn|kỳ|nhiệm kỳ|vụ)"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)
#: "gấp 1,6 lần số vụ đêm": how many times another number.
_TIMES_RE = re.compile(r"\bgấp(?:\s+(?:hơn|gần|khoảng|trên|đến|tới|được))*\s*$", re.IGNORECASE)
#: "chiếm hơn một nửa", "chiếm 81,8%"
_SHARE_RE = re.compile(
    r"\bchiếm(?:\s+(?:hơn|gần|khoảng|trên|dưới|quá|chưa đến|đến|tới|tỷ lệ|tỉ lệ|tỷ trọng))*\s*$", re.IGNORECASE
)
#: "Ba khu lấp đầy từ 80% trở lên là An Hải, An Phú": which things are of a class.
_CLASS_RE = re.compile(
    r"\s*(?:%|[^\W\d_]+(?:\s[^\W\d_]+){0,3}?)?\s*trở (?:lên|xuống)\s*(?:\([^()]*\)\s*)?(?:là|gồm|có|:|như)\s*:?\s*"
    r"(?-i:[A-ZĐÀ-Ỹ])",
    re.IGNORECASE,
)
#: "Tổng vốn 5.280 tỷ đồng, trong đó vốn mới chiếm 81,8%": a whole that is told with its shares.
_PARTS_RE = re.compile(
    r"[^.;:()\d]{0,40}[,:]\s*(?:trong đó|gồm|bao gồm|chia ra)(?![^\W\d_])[^.;]*?"
    r"(?:\bchiếm\s+[\d.,]+\s*%|\(\s*(?:chiếm\s+)?\d+(?:,\d+)?\s*%\s*\))",
    re.IGNORECASE,
)
#: "đạt 51,0% kế hoạch cả năm": how much of a plan was done.
_REACHED_RE = re.compile(r"\b(?:đạt|bằng)(?:\s+(?:khoảng|gần|hơn|trên|tỷ lệ|tỉ lệ))*\s*$", re.IGNORECASE)
_OF_PLAN_RE = re.compile(r"\s*%?\s*(?:so với\s+)?(?:kế hoạch|dự toán|chỉ tiêu)(?![^\W\d_])", re.IGNORECASE)


def only_happened(text: str, low: int, start: int, end: int) -> bool:
    """Whether the number ``text[start:end]`` of the clause that begins at `low` tells only how things are.

    >>> def told(text, number):
    ...     at = text.index(number)
    ...     return only_happened(text, 0, at, at + len(number))
    >>> (
    ...     told("So với năm 2031 (12 cầu) tăng 6 cầu", "6"),
    ...     told("gấp 1,6 lần số vụ đêm", "1,6"),
    ...     told("tăng 6 cầu", "6"),
    ... )
    (True, True, False)
    >>> (
    ...     told("Ba khu đạt từ 80% trở lên là An Hải, An Phú", "80"),
    ...     told("Vốn 90 đồng, gồm tỉnh 60 đồng (66,7%)", "90"),
    ... )
    (True, True)
    >>> told("nuôi 96 lồng; đạt 51,0% kế hoạch cả năm", "51,0"), told("mất 4,0% kế hoạch", "4,0")
    (True, False)
    """
    return any(
        (
            _SINCE_RE.match(text, low, start),
            _TIMES_RE.search(text, low, start),
            _SHARE_RE.search(text, low, start),
            _CLASS_RE.match(text, end),
            _PARTS_RE.match(text, end),
            _REACHED_RE.search(text, low, start) and _OF_PLAN_RE.match(text, end),
        )
    )
