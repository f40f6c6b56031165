"""How much is said to fall to each: ``bình quân 22 triệu đồng mỗi vụ``, ``tính ra mỗi ngày tiếp nhận 104 hồ sơ``.

Each has the number, the words for what it falls to, and the sentence that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.prose import Stated
from kb.models import Figure
from kb.text.sentences import split_sentences

#: Words one of which says that what falls to each is worked out, and is no norm.
_WORKED_RE = re.compile(
    r"\b(?:(?:bình|trung) quân|trung bình|tính ra|tính trung|quy ra|chia (?:đều|ra|cho)|suất (?:vốn )?đầu tư|sĩ số"
    r"|tức(?: là)?|nghĩa là|như vậy|như thế)\b",
    re.IGNORECASE,
)
_ONE = r"(?:mỗi|một|từng|01|1)"
#: Things and times that a mean may fall to.
_NAME = r"(?P<by>(?!(?:nửa|phần|số|trong|lần|ít|cách)\b)[^\W\d_]+(?:\s+[^\W\d_]+){0,3})"
#: Behind the number: ``triệu đồng/vụ``, ``triệu đồng một vụ``.
_BEHIND_RE = re.compile(rf"[^.,;:()\d/]{{0,25}}?\s*(?:/\s*|\s(?:trên\s+|cho\s+)?{_ONE}\s+){_NAME}", re.IGNORECASE)
#: Before it: ``mỗi vụ bình quân 22 triệu đồng``, ``một chỉ tiêu có tới 9 người``.
_BEFORE_RE = re.compile(
    rf"\b(?:mỗi|một|trên một|từng)\s+{_NAME}(?:\s+[^\W\d_]+){{0,9}}?\s*$",
    re.IGNORECASE,
)
_GATE_RE = re.compile(r"\b(?:mỗi|một|từng)\b|/", re.IGNORECASE)
#: What is asked for, laid down, of another time, or a change.
_ELSE_RE = re.compile(
    r"\b(?:tối thiểu|tối đa|ít nhất|nhiều nhất|không quá|trở lên|quy định|định mức|mức hỗ trợ|phấn đấu|mục tiêu"
    r"|chỉ tiêu|kế hoạch|dự kiến|dự toán|sẽ|cần|phải|yêu cầu|cùng kỳ|năm trước|năm ngoái|cả nước|toàn quốc"
    r"|tăng|giảm|hơn|kém|thấp|cao)\b",
    re.IGNORECASE,
)
_HEDGE_RE = re.compile(
    r"\b(?P<hedge>gần|hơn|trên|khoảng|chừng|xấp xỉ|ước|dưới|chưa đến|chưa tới|ngót|tới|đến|quá)\s*$", re.IGNORECASE
)
_CLAUSE_RE = re.compile(r"[;(]|\.\s")
_NO_MEAN = ("%", "điểm", "lần", "tuổi", "tháng", "năm", "ngày", "giờ", "phút")
_BEHIND = 40


@dataclass(frozen=True, slots=True)
class EachSaid:
    """So much to each: the number, what it falls to, where its sentence begins and ends, a word before it."""

    figure: Figure
    by: str
    low: int
    high: int
    hedge: str


def each_said(where: Stated) -> Iterator[EachSaid]:
    """What a block says to fall to each of some things."""
    if not (where.figures and _GATE_RE.search(where.text) and _WORKED_RE.search(where.text)):
        return
    for one, (low, high), (last, follow) in may_be_means(where):
        if (said := _said(where, one, last, follow)) is not None:
            by, hedge = said
            yield EachSaid(one, by, low, high, hedge)


def may_be_means(where: Stated) -> Iterator[tuple[Figure, tuple[int, int], tuple[int, int]]]:
    """The numbers of a block that may fall to each of some things, by their unit.

    Each comes with where its sentence begins and ends, and where the numbers before and behind it leave off.
    """
    for low, high in split_sentences(where.text):
        own = [one for one in where.figures if low <= where.start(one) < high]
        for at, one in enumerate(own):
            if one.of or not one.unit or one.unit.split(" ")[0] in _NO_MEAN or not Decimal(one.value):
                continue
            last = where.end(own[at - 1]) if at else low
            follow = where.start(own[at + 1]) if at + 1 < len(own) else high
            yield one, (low, high), (max(low, last), follow)


def _said(where: Stated, one: Figure, last: int, follow: int) -> tuple[str, str] | None:
    """What a number falls to, and the word before it, between the numbers before and behind it."""
    clause = _CLAUSE_RE.split(where.text[last : where.start(one)])[-1]
    around = f"{clause} {where.text[where.end(one) : min(follow, where.end(one) + _BEHIND)]}"
    if not _WORKED_RE.search(clause) or _ELSE_RE.search(around):
        return None
    hedge = _HEDGE_RE.search(clause)
    before = clause[: hedge.start()] if hedge else clause
    found = _BEHIND_RE.match(where.text, unit_end(where, one), follow) or _BEFORE_RE.search(before)
    return (found["by"].lower(), hedge["hedge"].lower() if hedge else "") if found else None


def unit_end(where: Stated, one: Figure) -> int:
    """Where the words of the unit end that stand right behind a number."""
    unit = re.escape((one.unit or "").split("/")[0]).replace(r"\ ", r"\s+")
    found = re.compile(rf"\s*{unit}", re.IGNORECASE).match(where.text, where.end(one))
    return found.end() if found else where.end(one)
