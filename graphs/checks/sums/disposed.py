"""FIG of what became of things that were counted in the sentence before: kept, merged, ended; solved, open.

``Tỉnh có 14 quỹ. Qua rà soát, giữ nguyên 8 quỹ, sáp nhập 3 quỹ và giải thể 2 quỹ``: all that may become of a thing
is told where the first goes on or is done, and the last ends or is still open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

#: What goes on or is done; what ends, is changed, or is still open.
_GOES_ON_RE = re.compile(
    r"\b(?:giữ nguyên|giữ lại|tiếp tục (?:duy trì|thực hiện|giữ)|duy trì|đã (?:giải quyết|xử lý"
    r"|hoàn thành|trả lời|đưa vào)"
    r"|giải quyết xong|xử lý xong|hoàn thành|đúng hạn|được (?:chấp thuận|phê duyệt|công nhận))\b[^\d]{0,40}$",
    re.IGNORECASE,
)
_ENDS_RE = re.compile(
    r"\b(?:giải thể|bãi bỏ|chấm dứt|dừng|hủy bỏ|huỷ bỏ|thu hồi|loại bỏ|trả lại|từ chối"
    r"|không (?:chấp thuận|phê duyệt|công nhận)"
    r"|chưa (?:giải quyết|xử lý|hoàn thành|trả lời)|đang (?:giải quyết|xử lý|thực hiện|triển khai"
    r"|xem xét)|quá hạn|tạm dừng"
    r"|thay thế|sáp nhập|hợp nhất)\b[^\d]{0,40}$",
    re.IGNORECASE,
)
_SOME_RE = re.compile(
    r"\b(?:trong đó|riêng|ngoài ra|thêm|nhất là|năm trước|cùng kỳ|so với|mỗi|bình quân)\b", re.IGNORECASE
)
_JOINED_RE = re.compile(r"\s*[^\W\d_]*(?:\s[^\W\d_]+){0,7}\s*(?:,|;|\s+và\s)[^.\d]{2,60}")
_FEWEST, _NEAR = 3, 5


def check_disposed(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What became of things makes as many as there were."""
    for where in stated(subject) if not subject.is_rule() else ():
        sentences = split_sentences(where.text) if len(where.figures) > _FEWEST else []
        for (low, high), (start, end) in pairwise(sentences):
            whole = [one for one in where.figures if low <= where.start(one) < high]
            parts = [one for one in where.figures if start <= where.start(one) < end]
            yield from _held(where, whole, parts, where.text[start:end], start, tally)


def _held(
    where: Stated, before: list[Figure], parts: list[Figure], sentence: str, start: int, tally: Tally
) -> Iterator[Finding]:
    unit = _head(parts[0]) if len(parts) >= _FEWEST else ""
    if not unit or not all(_head(one) == unit for one in parts) or _SOME_RE.search(sentence):
        return
    wholes = [one for one in before if _head(one) == unit]
    if len(wholes) != 1:
        return
    first, last = (sentence[: where.start(one) - start] for one in (parts[0], parts[-1]))
    between = [where.between(one, other) for one, other in pairwise(parts)]
    if not _GOES_ON_RE.search(first) or not _ENDS_RE.search(last) or not all(map(_JOINED_RE.fullmatch, between)):
        return
    whole, sum_ = int(wholes[0].value), sum(int(one.value) for one in parts)
    if sum_ == whole:
        tally.held += 1
        return
    if abs(sum_ - whole) > max(1, whole // _NEAR):
        return
    tally.failed += 1
    words = " + ".join(one.printed for one in parts)
    yield DISPOSED.finding(
        (parts[0].span,),
        f"các phần kê ra {words} = {sum_} {unit}, nhưng câu trước ghi {wholes[0].printed} {unit}",
        f"{words} = {sum_}, but the sentence before counts {wholes[0].printed}",
        stated=words,
        expected=wholes[0].printed,
        evidence=(wholes[0].span, *(one.span for one in parts[1:])),
        suggestion=both("kiểm tra lại từng số và số tổng", "check each number and the total"),
        page=where.block.page,
    )


def _head(one: Figure) -> str:
    """The first word of what a whole number counts; nothing for any other number."""
    plain = one.unit and one.value.isdigit() and not one.of and not one.bound
    return (one.unit or "").split()[0] if plain else ""


DISPOSED = rule("FIG-354", check_disposed)
DISPOSED_RULES = (DISPOSED,)
