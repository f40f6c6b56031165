"""Stocks that text tells from their opening to their close: how many there were, came, went and are left.

``Đầu năm có 58 hợp tác xã; thành lập mới 5 hợp tác xã, giải thể 2 hợp tác xã; cuối năm còn 61 hợp tác xã``. Every
number of the thing between the two says by its words whether it came or went; else nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from graphs.checks.reading.forms import BARE, SIGN, Signs, signs_of
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Same
from graphs.checks.report import Subject
from kb.models import Figure

_CAME = (
    r"thành lập(?:\s+mới)?|kết nạp|tiếp nhận|phát sinh|chuyển (?:đến|về)|nhập (?:về|mới|kho)|tuyển (?:dụng|mới)"
    r"|bổ sung|tăng|đăng ký mới|cấp mới|mở mới|thụ lý mới|tái nghèo|xây(?: dựng)? mới|đầu tư mới|mua mới"
    r"|thu(?! hồi)"
    r"|tách (?:ra|thành)|phát triển(?: thêm| mới)?|(?:mở|có) thêm|công nhận(?: mới| thêm)|hình thành mới|thêm"
)
_WENT = (
    r"giải thể|thoát|chuyển (?:đi|ra|sinh hoạt đi)|từ trần|khai trừ|xóa tên|xin ra|giảm|hợp nhất|sáp nhập"
    r"|giải quyết|xử lý|nghỉ (?:hưu|việc)|thôi việc|xuất(?: kho| cảnh| bán)?|cấp phát|đóng cửa|ngừng hoạt động"
    r"|chi(?! (?:cục|nhánh|bộ|hội|đoàn|trả|tiết|ngân|phí))"
    r"|thu hồi|thanh lý|chấm dứt|rút|trả|tinh giản|phá sản|tiêu hủy|chết|bán"
    r"|(?:cho|đưa) ra|ra khỏi|miễn sinh hoạt|tử vong|bãi bỏ|hết hiệu lực|rà soát loại"
)
_OPENS_RE = re.compile(
    r"\b(?:đầu\s+(?:năm|kỳ|nhiệm kỳ|giai đoạn|quý|tháng|vụ)|(?:kỳ|năm|năm học|tháng|quý|nhiệm kỳ|vụ)\s+trước"
    rf"|tồn\s+(?:đầu kỳ|(?:từ\s+)?kỳ trước)|cuối năm (?:trước|(?:19|20)\d\d))(?:\s+(?:19|20)\d\d)?"
    rf"(?:,?\s+{BARE}{{0,40}}?)?(?P<start>{SIGN})",
    re.IGNORECASE,
)
_CLOSES_RE = re.compile(
    r"\b(?:(?:đến\s+)?(?:cuối\s+(?:năm|kỳ|nhiệm kỳ|giai đoạn|quý|tháng|vụ)|nay|hiện nay|hiện|hết năm)"
    rf"(?:\s+(?:19|20)\d\d)?,?\s+{BARE}{{0,30}}?\b(?:còn|có|là)(?:\s+lại)?(?:\s+tổng số)?"
    r"|\b(?:số\s+)?dư\s+(?:đến|cuối|tại|hết)\s+(?:hết\s+)?(?:ngày\s+)?[\w/]{1,10}(?:\s[^\W\d_]+){0,2}\s+(?:là|còn)"
    r"|(?:chuyển|tồn)\s+(?:sang\s+)?(?:kỳ sau|năm sau|tháng sau|quý sau|cuối kỳ)|\bcòn(?:\s+(?:tồn|lại))?)"
    rf"\s*(?P<end>{SIGN})",
    re.IGNORECASE,
)
_MOVE_RE = re.compile(rf"\b(?:(?P<went>{_WENT})|(?P<came>{_CAME}))\b", re.IGNORECASE)
_ASIDE_RE = re.compile(r"\b(?:trong đó|gồm|bao gồm|riêng|so với|cùng kỳ|kế hoạch|bình quân|mỗi)\b", re.IGNORECASE)
_NEXT_RE = re.compile(r"[,.;:()]|\bvà\b")
#: Of another time, with which this one is compared.
_SINCE_RE = re.compile(r"\b(?:so với|bằng|hơn|so)\s*$", re.IGNORECASE)
_NEAR = Decimal("0.5")
_LONGEST, _BESIDE, _CUES = 420, 50, ("đầu", "trước", "cuối năm")


@dataclass(frozen=True, slots=True)
class Flow:
    """What there was, what came (1) and went (-1), what is said to be left."""

    where: Stated
    start: Figure
    moves: tuple[tuple[Figure, int], ...]
    end: Figure

    @property
    def gives(self) -> Decimal:
        """What is left, as the others give it."""
        return scaled(self.start) + sum(way * scaled(figure) for figure, way in self.moves)

    @property
    def right(self) -> bool:
        """Whether that is what is said to be left."""
        return self.gives == scaled(self.end)


def flows(subject: Subject) -> tuple[Flow, ...]:
    """The stocks of a paper told from opening to close; read once for all rules."""
    return _flows(Same(subject))


@lru_cache(maxsize=2)
def _flows(read: Same[Subject]) -> tuple[Flow, ...]:
    subject = read.it
    if subject.is_rule():
        return ()
    return tuple(
        flow
        for where in stated(subject)
        if len(where.figures) > 2 and any(cue in where.text.lower() for cue in _CUES)
        for flow in _in_text(where, signs_of(where))
    )


def _in_text(where: Stated, signs: Signs) -> Iterator[Flow]:
    for opened in _OPENS_RE.finditer(signs.text):
        start = signs.of(opened["start"])
        closed = _CLOSES_RE.search(signs.text, opened.end(), opened.end() + _LONGEST)
        if closed is None or start.of or start.bound or start.unit == "%" or not head(start):
            continue
        end = signs.of(closed["end"])
        if head(end) not in (head(start), "") or end.of or end.bound:
            continue
        moves = _moves(signs, opened.end(), closed.start(), start)
        since = _SINCE_RE.search(signs.text, 0, opened.start())
        if moves and not since and _closes(Flow(where, start, moves, end)):
            yield Flow(where, start, moves, end)


def _closes(one: Flow) -> bool:
    """Whether what is left may be what the others give: none that is far off, or what came and went make alone."""
    gives, end = one.gives, scaled(one.end)
    alone = gives - scaled(one.start)
    return gives > 0 and abs(gives - end) <= gives * _NEAR and (alone != end or one.right)


def _moves(signs: Signs, low: int, high: int, start: Figure) -> tuple[tuple[Figure, int], ...]:
    """What came and went; nothing where a number of the thing says neither."""
    found: list[tuple[Figure, int]] = []
    last = low
    for at, figure in signs.inside(low, high):
        before, last = signs.text[last:at], at + 1
        if head(figure) not in (head(start), "") or figure.unit == "%":
            continue
        if signs.text.count("(", low, at) > signs.text.count(")", low, at):
            continue
        way = _way(signs, before, at)
        if not way or figure.of or figure.bound or _ASIDE_RE.search(before):
            return ()
        found.append((figure, way))
    return tuple(found)


def _way(signs: Signs, before: str, at: int) -> int:
    """Whether a number came (1) or went (-1), by the last such word before it, else by the words behind it."""
    told = list(_MOVE_RE.finditer(_NEXT_RE.split(before)[-1]))
    if not told:
        stop = _NEXT_RE.search(signs.text, at)
        behind = signs.text[at + 1 : min(stop.start() if stop else at + _BESIDE, at + _BESIDE)]
        told = list(_MOVE_RE.finditer(behind))[:1]
    return 0 if not told else -1 if told[-1]["went"] else 1
