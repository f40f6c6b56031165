"""FIG of counts told again by words that point back to them: ``Trong 34 di tích xếp hạng, 11 di tích xuống cấp``.

Such words speak of all things that were counted before, in whatever order and with whatever verbs the first place
told them: ``34 di tích được xếp hạng``. Only where one number was counted of these things, which the later one is
with a digit mistyped, and the later one stands nowhere else of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from graphs.checks.lists.behind import exact_counts
from graphs.checks.reading.arithmetic import is_typing_slip
from graphs.checks.reading.moved import MONEY
from graphs.checks.reading.named import PLAIN, VIETNAMESE_RE, Surroundings, surroundings, thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.telling import TERM_RE, retold_of
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Finding, TextBlock
from kb.text.sentences import split_sentences

#: Right before a number of things that are known: all of them are meant.
_KNOWN_RE = re.compile(
    r"\b(?:trong|trong (?:tổng )?số|của|cho|đối với|một (?:số|phần) (?:trong|của)(?: số)?|phần lớn|cả|toàn bộ|các"
    r"|những|hầu hết)\s+(?:cả\s+|số\s+)?$",
    re.IGNORECASE,
)
#: Before a number that is none of all: some, more, another time, what is to be.
_OTHER_RE = re.compile(
    r"\b(?:thêm|mới|còn|tăng|giảm|vượt|thiếu|hơn|riêng|ít nhất|tối thiểu|khoảng|gần|trên|dưới|mỗi|từng|thứ|ngoài"
    r"|kế hoạch|chỉ tiêu|mục tiêu|phấn đấu|giao|dự kiến|sẽ|cùng kỳ|năm trước|so với|từ|đến|trong đó|bình quân"
    r"|trung bình|số|lần|có)\s+(?:[^\W\d_]+\s+){0,2}$",
    re.IGNORECASE,
)
_AIMED_RE = re.compile(
    r"\b(?:kế hoạch|chỉ tiêu|mục tiêu|phấn đấu|giao|dự kiến|sẽ|cùng kỳ|năm trước|so với|ít nhất|tối thiểu)\b",
    re.IGNORECASE,
)
#: Before a count that is not of all of its things.
_OTHER_COUNT_RE = re.compile(
    r"\b(?:thêm|còn|tăng|giảm|vượt|thiếu|hơn|riêng|trong đó|mỗi)\s+(?:[^\W\d_]+\s+){0,2}$", re.IGNORECASE
)
#: What came to be in some time: ``đã thành lập mới 12 tổ hợp tác, 3 hợp tác xã`` counts none of those before.
_NEWLY_RE = re.compile(
    r"\b(?:(?:thành lập|đăng ký|kết nạp|xây(?: dựng)?|phát triển|công nhận|tuyển(?: dụng)?|hình thành|ra mắt|trồng"
    r"|mở|cấp|bổ sung|phát hiện)(?:\s+được)?\s+(?:mới|thêm)|mới\s+(?:được\s+)?(?:thành lập|đăng ký|kết nạp"
    r"|công nhận|hình thành|phát hiện))\b[^;.:()]*$",
    re.IGNORECASE,
)
#: A part of what is to come tells new numbers; and so does what is held against another year.
_TO_COME_RE = re.compile(
    r"\bphương hướng\b|^(?!.*\b(?:kết quả|thực hiện|đánh giá|tình hình)\b).*\bnhiệm vụ\b", re.IGNORECASE
)
_SINCE_RE = re.compile(
    r"[^;.:()]*\s(?:tăng|giảm|(?:nhiều|ít|cao|thấp) hơn)\b[^;.:()]*"
    r"\b(?:năm (?:trước|ngoái|\d{4})|cùng kỳ|kỳ trước)",
    re.IGNORECASE,
)
#: Where the name of what is counted ends.
_NAME_END_RE = re.compile(
    r"[,;:.()]|\b(?:của|tại|ở|trên|trong|chưa|vẫn|đang|bị|phải|có|không|đều|còn|do|vì|để|nhằm|với|theo|cho|sẽ|thuộc"
    r"|từ|đến|là|và|gồm|bao gồm|nêu|này|đó|nói|\d+)\b",
    re.IGNORECASE,
)
_CUT_RE = re.compile(r"[;:,(]|\d[\d.,]*\s?%?")
_YEAR_RE = re.compile(r"\b(?:19|20)\d\d\b")
_PLACE_RE = re.compile(r"\s*(?:của|tại|ở|thuộc)\s+(?:[^\W\d_]+\s+){0,2}[A-ZĐ]")
#: What is counted is named right behind it: ``Đối với 03 thủ tục:`` are those, and not all of them.
_LISTED_RE = re.compile(r"\s*(?:sau|sau đây|gồm|dưới đây)?\s*:")
#: Verbs that only say how things came to be counted, or that they are.
_DEEDS = frozenset(
    re.findall(r"\w+", "công nhận cấp lập thành phát hiện quản lý xây dựng giấy nêu bố nay toàn quyết định")
)
#: So many words a name has; without words that point back so many; so many letters before a number are read.
_FEWEST, _LONG, _BEFORE, _BEHIND = 3, 5, 60, 90
_LEAST, _TEN = 2, 10


@dataclass(frozen=True, eq=False)
class _Count:
    """A count of a text: its value, where it stands, the words before and behind it."""

    block: TextBlock
    text: str
    start: int
    end: int
    low: int
    high: int
    value: Decimal
    printed: str

    @property
    def noun(self) -> str:
        """The first word of what is counted."""
        return next(iter(self.text[self.end : self.end + _BEHIND].lower().split()), "").strip(",.;:()")

    @property
    def before(self) -> str:
        """The words before it in its sentence."""
        return self.text[max(self.low, self.start - _BEFORE) : self.start]

    @cached_property
    def name(self) -> frozenset[str]:
        """What is counted, by the words right behind it."""
        behind = self.text[self.end : min(self.high, self.end + _BEHIND)]
        end = _NAME_END_RE.search(behind, 1)
        return _words(behind[: end.start()] if end else behind)

    @cached_property
    def around(self) -> frozenset[str]:
        """The words of its clause, from the number or the mark before it to the mark behind it."""
        low = max(self.low, *(cut.end() for cut in _CUT_RE.finditer(self.text, 0, self.start)), 0)
        behind = re.split(r"[;:(]|,\s(?!\d)", self.text[self.end : self.high])[0]
        return _words(f"{self.text[low : self.start]} {behind}")

    @property
    def years(self) -> frozenset[str]:
        """The years of its sentence."""
        return frozenset(_YEAR_RE.findall(self.text[self.low : self.high]))


def _words(text: str) -> frozenset[str]:
    return thing_words(text) - PLAIN


def check_pointed_back(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """What is counted again by words that point back is as many as were counted."""
    places = surroundings(subject.document)
    counts: dict[str, list[_Count]] = defaultdict(list)
    for one in _counts(subject):
        if one.noun and not TERM_RE.match(one.noun) and one.noun not in MONEY:
            counts[one.noun].append(one)
    for alike in counts.values():
        for one in alike if len(alike) > 1 else ():
            if not _points_back(one, places):
                continue
            known = [other for other in alike if _is_counted_by(one, other)]
            values = {other.value for other in known}
            if one.value in values:
                tally.held += 1
            elif len(values) == 1 and is_typing_slip(known[0].value, one.value) and not _is_told(one, alike):
                tally.failed += 1
                yield _finding(subject, by, one, known)


def _is_told(one: _Count, alike: Sequence[_Count]) -> bool:
    """Whether as many things that share words of their name are counted elsewhere."""
    return any(other.value == one.value and other.name & one.name for other in alike if other is not one)


def _counts(subject: Subject) -> Iterator[_Count]:
    """The counts of running text, in digits and in words, in reading order."""
    figures = {where.block.view.start: where for where in stated(subject)}
    for block in subject.document.blocks:
        text = subject.document.block_text(block) if block.kind is BlockKind.TEXT else ""
        if not VIETNAMESE_RE.search(text):
            continue
        sentences = split_sentences(text)
        where = figures.get(block.view.start)
        found = dict(_in_digits(where)) if where else {}
        taken = {where.start(figure) for figure in where.figures} if where else set()
        for count, of, start, _ in exact_counts(text, 0, len(text)):
            if of is None and start not in taken and not text[start].isdigit():
                found[start] = (_end_of_words(text, start, count), Decimal(count))
        for start, (end, value) in sorted(found.items()):
            low, high = next((one for one in sentences if one[0] <= start < one[1]), (0, len(text)))
            yield _Count(block, text, start, end, low, high, value, text[start:end])


def _in_digits(where: Stated) -> Iterator[tuple[int, tuple[int, Decimal]]]:
    """Where the figures of a block begin that count things, where they end and their values."""
    for figure in where.figures:
        if figure.unit not in (None, "%") and not (figure.of or figure.bound) and figure.value.isdigit():
            yield where.start(figure), (where.end(figure), Decimal(figure.value))


def _end_of_words(text: str, start: int, count: int) -> int:
    """Where a count in words ends, by how many words it has."""
    many = 1 if count <= _TEN else 2 if count < 2 * _TEN or count % _TEN == 0 else 3
    words = list(re.finditer(r"\S+", text[start : start + _BEHIND]))[:many]
    return start + words[-1].end()


def _points_back(one: _Count, places: Surroundings) -> bool:
    """Whether all things that were counted before are meant, by the words before it or its part of the paper."""
    if len(one.name) < _FEWEST or one.value < _LEAST or _PLACE_RE.match(one.text, _name_end(one)):
        return False
    if _LISTED_RE.match(one.text, _name_end(one)):
        return False
    if _KNOWN_RE.search(one.before):
        return not _AIMED_RE.search(one.before)
    over = list(places.over(one.block))
    if any(map(_TO_COME_RE.search, over)) or _SINCE_RE.match(one.text, one.end, one.high):
        return False
    return bool(retold_of(over)) and len(one.name) >= _LONG and not _OTHER_RE.search(one.before)


def _name_end(one: _Count) -> int:
    end = _NAME_END_RE.search(one.text, one.end + 1, min(one.high, one.end + _BEHIND))
    return end.start() if end else one.high


def _is_counted_by(one: _Count, other: _Count) -> bool:
    """Whether another count, told in a sentence before, is of the things that one names, and of all of them."""
    earlier = (other.block.view.start, other.start) < (one.block.view.start, one.low)
    if not earlier or _AIMED_RE.search(other.before) or _OTHER_COUNT_RE.search(other.before):
        return False
    if _NEWLY_RE.search(other.before) and not _NEWLY_RE.search(one.before):
        return False
    if one.years and other.years and one.years != other.years:
        return False
    more = other.name - one.name - _DEEDS
    return one.name <= other.around and len(other.name & one.name) >= _LEAST and len(more) <= len(one.name) // 4


def _finding(subject: Subject, by: Rule, one: _Count, known: Sequence[_Count]) -> Finding:
    reading = subject.document.reading
    place, *others = (
        reading.hull(told.block.view.start + told.start, told.block.view.start + told.end)
        for told in (one, *known)
    )
    said = known[0].printed
    name = " ".join(one.text[one.end : _name_end(one)].split())
    return by.finding(
        (place,),
        f"ghi {one.printed} {name}, chỗ khác ghi {said}, hai chỗ dường như cùng nói về “{name}”",
        f"{one.printed} {name} is stated, elsewhere {said}; both places seem to speak of “{name}”",
        stated=one.printed,
        expected=said,
        evidence=tuple(others),
        suggestion=both(
            "đối chiếu phạm vi và thời điểm của hai chỗ; nếu cùng một việc, giữ số đúng và sửa chỗ còn lại",
            "compare the scope and the time of the two places; if they are of one thing, keep the right number",
        ),
        page=one.block.page,
    )
