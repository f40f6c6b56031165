"""Deeds with their days, and which of them come one after the other (`orders`), held against what is told.

A day belongs to the deed of its clause: the words since the day before it, or, where the day opens its sentence,
those behind it. A clause with both deeds of a row tells nothing of their order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from graphs.checks.reading.forms import CAPITAL
from graphs.checks.reading.orders import ORDERS, Order
from graphs.checks.reading.periods import YEAR_MARKS, when
from graphs.checks.report import Subject
from kb.clock import told_day
from kb.models import BlockKind, TextBlock
from kb.text.sentences import SENTENCE_END_RE

#: Each row of `ORDERS` with the patterns of its two deeds.
ORDER_RES = tuple((row, re.compile(rf"\b(?:{row.first})\b"), re.compile(rf"\b(?:{row.then})\b")) for row in ORDERS)
#: Any deed of a row: clauses without one are not held against each row.
_DEED_RE = re.compile(rf"\b(?:{'|'.join(deed for row in ORDERS for deed in (row.first, row.then))})\b")
_DAY_RE = re.compile(
    r"\d{1,2}/\d{1,2}/(?:19|20)\d\d(?![\d/])|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(?:19|20)\d\d"
    r"|(?:tháng\s+\d{1,2}|quý\s*(?:iv|i{1,3}|[1-4]))\s*(?:/|-|năm)?\s*(?:19|20)\d\d(?![\d/])"
)
#: Behind a day another one, the last of the same deed: "từ ngày 01/3/2024 đến ngày 15/8/2024".
_UNTIL_RE = re.compile(r"\s*(?:đến|tới|-|–)\s*(?:hết\s+)?(?:ngày\s+)?")
_BY_RE = re.compile(r"\b(?:trước|chậm nhất|muộn nhất|đến)(?:\s+(?:là|vào|hết))*\s+(?:ngày\s+)?$")
#: A day told behind these is no day of a deed of its own.
_NO_DEED_RE = re.compile(
    r"\b(?:chưa|không|dự kiến|gia hạn|điều chỉnh|bổ sung|sửa đổi|từng phần|một phần|(?<!nhà )tạm|lại|kéo dài|kể từ"
    r"|có hiệu lực|nếu|trường hợp)\b",
)
#: A deed that rests on the one told before it is not what that one follows.
_LINK_RE = re.compile(r"\b(?:trên cơ sở|căn cứ|từ (?:kết quả|nguồn)|sau khi)\b")
_OPENS_RE = re.compile(r"(?:^|[.;:]\s)\W*(?:(?:vào|trong|đến|từ|trước|chậm nhất|muộn nhất)\s+)*(?:ngày\s+)?$")
#: Which of several: two deeds of different ones are in no order.
_WHICH_RE = re.compile(
    r"\b(?P<what>(?i:gói thầu|gói|đợt|giai đoạn|bước|lần|khóa|vòng|dự án|công trình|hạng mục|tuyến|cầu|đường|vụ án"
    r"|vụ|đơn của|trường|trạm|hồ chứa|dây chuyền|tổ máy|phân hệ|hệ thống"
    r"|phần mềm|kỳ|lớp|xã|huyện|phường|thị trấn|thành phố|ông|bà|công ty|đoàn))"
    rf"\s+(?P<which>(?:số\s+)?\d[\w.-]*|thứ\s\w+|{CAPITAL}[\w.-]*(?:\s{CAPITAL}\w*)?)"
)
_YEARS = (*YEAR_MARKS, "I 20", "V 20", "-20")
_FARTHEST, _CLAUSE, _SENTENCES, _BESIDE = 320, 150, 2, 30


@dataclass(frozen=True, slots=True)
class Dated:
    """A day with its clause in small letters and as told: first and last day, whether only "by" it, its place.

    `until` is the last day of a deed of which its clause tells the first one too.
    """

    days: tuple[date, date]
    by: bool
    printed: str
    start: int
    end: int
    clause: str
    told: str
    sentence: int
    until: tuple[date, date] | None = None

    @property
    def ended(self) -> str:
        """Its last day, as printed where it has only one."""
        return told_day(self.until[1]) if self.until else self.printed


@dataclass(frozen=True, slots=True)
class Pair:
    """Two deeds of a row told together, each with the block that it stands in.

    `ends` where the first goes on until its last day.
    """

    first: Dated
    then: Dated
    blocks: tuple[TextBlock, TextBlock]
    ends: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether the second may have followed the first; None where the first only has a last day."""
        if self.ends:
            return (self.first.until or self.first.days)[0] <= self.then.days[1]
        if self.first.by and not self.then.by:
            return None
        return self.first.days[0] <= self.then.days[1]


def pairs_of_deeds(subject: Subject) -> Iterator[Pair]:
    """Two deeds of a row in one sentence or the next, or, of rows that say so, in the next paragraph."""
    before: tuple[TextBlock, tuple[Dated, ...]] | None = None
    for block in subject.document.blocks:
        if block.kind not in (BlockKind.TEXT, BlockKind.NOTE):
            continue
        text = subject.document.block_text(block)
        told = dated_clauses(text) if any(map(text.__contains__, _YEARS)) else ()
        dated = tuple(one for one in told if _DEED_RE.search(one.clause))
        for row, first, then in ORDER_RES:
            if len(dated) > 1:
                pairs = _beside(block, dated, first, then)
                yield from (replace(pair, ends=row.ends) for pair in pairs if _is_told(row, pair))
            if row.far and before is not None and dated:
                yield from _across(before, (block, dated), first, then)
        before = (block, dated)


def _beside(
    block: TextBlock, dated: tuple[Dated, ...], first: re.Pattern[str], then: re.Pattern[str]
) -> Iterator[Pair]:
    ones, others = _of_row(dated, first, then)
    for other in others:
        near = [one for one in ones if _near(one, other)]
        one = min(near, key=lambda at: abs(at.start - other.start), default=None)
        if one is None or of_others(one, other):
            continue
        if one.start < other.start or not _LINK_RE.search(one.clause):
            yield Pair(one, other, (block, block))


def _across(
    before: tuple[TextBlock, tuple[Dated, ...]],
    after: tuple[TextBlock, tuple[Dated, ...]],
    first: re.Pattern[str],
    then: re.Pattern[str],
) -> Iterator[Pair]:
    ones, _ = _of_row(before[1], first, then)
    _, others = _of_row(after[1], first, then)
    if len(ones) == 1 and len(others) == 1 and not of_others(ones[0], others[0]):
        yield Pair(ones[0], others[0], (before[0], after[0]))


def _of_row(
    dated: tuple[Dated, ...], first: re.Pattern[str], then: re.Pattern[str]
) -> tuple[list[Dated], list[Dated]]:
    ones: list[Dated] = []
    others: list[Dated] = []
    for one in dated:
        is_first, is_then = bool(first.search(one.clause)), bool(then.search(one.clause))
        if is_first != is_then:
            (ones if is_first else others).append(one)
    return ones, others


def _is_told(row: Order, pair: Pair) -> bool:
    """Whether two deeds are told as a row wants them: in their order, and of one thing."""
    if row.onward and pair.then.start < pair.first.start:
        return False
    return not row.other or not re.search(row.other, pair.then.clause)


def _near(one: Dated, other: Dated) -> bool:
    return abs(one.start - other.start) <= _FARTHEST and abs(one.sentence - other.sentence) < _SENTENCES


def of_others(one: Dated, other: Dated) -> bool:
    """Whether the clauses name two of one kind: two lots, two works, two cases."""
    mine, others = (
        {found["what"].lower(): found["which"].lower() for found in _WHICH_RE.finditer(at.told)}
        for at in (one, other)
    )
    return any(mine[what] != others[what] for what in mine.keys() & others.keys())


@lru_cache(maxsize=512)
def dated_clauses(text: str) -> tuple[Dated, ...]:
    """The days of a text, each with its clause, but those of which no deed is told.

    >>> [one.clause for one in dated_clauses("Khởi công ngày 12/5/2020, xong ngày 30/4/2021.")]
    ['khởi công ngày ', ', xong ngày ']
    """
    low_text = text.lower()
    found = list(_DAY_RE.finditer(low_text))
    ends = [end.end() for end in SENTENCE_END_RE.finditer(text)] if found else []
    dated = []
    reach = 0
    for at, one in enumerate(found):
        sentence = bisect_right(ends, one.start())
        low = max(reach, ends[sentence - 1] if sentence else 0, one.start() - _CLAUSE)
        if _OPENS_RE.search(low_text, max(low - 2, 0), one.start()):
            next_ = found[at + 1].start() if at + 1 < len(found) else len(text)
            low = one.end()
            high = min(next_, ends[sentence] if sentence < len(ends) else len(text), low + _CLAUSE)
            high = low + len(low_text[low:high].partition(";")[0])
        else:
            high, reach = one.start(), one.end()
            low = low_text.rfind(";", low, high) + 1 or low
        clause = low_text[low:high]
        days = when(text[slice(*one.span())])
        if days is not None and not _NO_DEED_RE.search(clause, clause.rfind(",") + 1):
            by = bool(_BY_RE.search(low_text, max(one.start() - _BESIDE, 0), one.start()))
            printed, told = text[slice(*one.span())], text[low:high]
            until = _until(low_text, found[at : at + 2])
            dated.append(Dated(days, by, printed, *one.span(), clause, told, sentence, until))
    return tuple(dated)


def _until(text: str, days: Sequence[re.Match[str]]) -> tuple[date, date] | None:
    """The second of two days, where it is the last one of what begins on the first."""
    if len(days) > 1 and _UNTIL_RE.fullmatch(text, days[0].end(), days[1].start()):
        return when(days[1].group())
    return None
