"""FIG of one deed done on two days: ``khánh thành ngày 16/4/2031`` among others, ``hoàn thành … ngày 20/5/2031``.

Deeds that are done once: an end, an opening, a beginning. Two days are of one deed where the fewer words of one
clause all stand in the other, and both name the same places, stages and lots. A congress or contest with its
number in turn (*lần thứ V*) is held once: opened, or held, on one day, or in the month of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from graphs.checks.reading.events import Dated, dated_clauses, of_others
from graphs.checks.reading.mentions import proper_names
from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.periods import YEAR_MARKS
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Finding, TextBlock

#: Deeds that a thing has once; words of one row are one deed.
_DEEDS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        "về đích|hoàn thành|kết thúc",
        "khai mạc",
        "bế mạc",
        "khánh thành",
        "khởi công",
        "khai trương",
        "thông xe",
        "đi vào hoạt động|đưa vào vận hành|vận hành chính thức",
    )
)
_ANY_RE = re.compile("|".join(deed.pattern for deed in _DEEDS), re.IGNORECASE)
#: What is done part by part, again, or only in one of several.
_PARTS_RE = re.compile(
    r"\b(?:đợt|giai đoạn|bước|từng|các|những|cuối cùng|đầu tiên|riêng|trong đó|hạng mục|phần|số liệu|dự kiến)\b"
)
#: What is held once each time: its name with its number in turn, behind or before the word that it is held.
_EVENT = (
    r"(?P<name{0}>(?:đại hội|hội thi|hội thao|hội diễn|hội chợ|hội khỏe|liên hoan|lễ hội|ngày hội|cuộc thi|giải)\b"
    r"[^,;:()]*?\blần thứ\s+\w+)"
)
_HELD, _WHEN = r"(?:tổ chức|khai mạc|diễn ra)", r"(?:\s|vào|trong|từ|ngày|tháng)*$"
_EVENT_RE = re.compile(
    rf"(?:{_HELD}\s+(?:thành công\s+)?{_EVENT.format(1)}|{_EVENT.format(2)}\s+(?:(?:được|đã)\s+)*{_HELD}){_WHEN}"
)
_MOVED_RE = re.compile(r"\b(?:hoãn|lùi|dời|chuyển sang|ban đầu|thay vì|kế hoạch|điều chỉnh)\b", re.IGNORECASE)
_LIGHT = frozenset(
    re.findall(
        r"\w+", "toàn bộ vào ngày sớm hơn trước đã chương trình phong trào chính thức với tất cả việc công tác"
    )
)
_FEWEST, _MORE, _AWAY = 3, 8, timedelta(days=120)
_HELD_ONCE, _MONTH = len(_DEEDS), timedelta(days=31)


@dataclass(frozen=True, slots=True)
class _Deed:
    """A deed on a day: which, its words, its clause with its block."""

    deed: int
    words: frozenset[str]
    told: Dated
    block: TextBlock

    @property
    def first(self) -> date:
        """Its first day."""
        return self.told.days[0]

    @property
    def last(self) -> date:
        """Its last day."""
        return (self.told.until or self.told.days)[1] if self.deed == _HELD_ONCE else self.told.days[1]


def check_one_day(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """A deed that is done once has one day wherever it is told."""
    told: dict[int, list[_Deed]] = defaultdict(list)
    for one in (*_deeds(subject), *_events(subject)) if not subject.is_rule() else ():
        told[one.deed].append(one)
    for one, other in (pair for found in told.values() for pair in combinations(found, 2)):
        if one.block is other.block or not _one_deed(one, other):
            continue
        if one.first <= other.last and other.first <= one.last:
            tally.held += 1
            continue
        tally.failed += 1
        spans = [
            subject.document.reading.hull(
                deed.block.view.start + deed.told.start, deed.block.view.start + deed.told.end
            )
            for deed in (one, other)
        ]
        what = " ".join(other.told.told.split()).strip(" ,;")[-110:]
        yield by.finding(
            (spans[1],),
            f"ghi {other.told.printed}, chỗ khác ghi {one.told.printed} cho cùng việc: “{what}”",
            f"{other.told.printed} is stated, elsewhere {one.told.printed} for the same deed: “{what}”",
            stated=other.told.printed,
            expected=one.told.printed,
            evidence=(spans[0],),
            suggestion=both("thống nhất một ngày cho cùng một việc", "keep one day for one deed"),
            page=other.block.page,
        )


def _deeds(subject: Subject) -> Iterator[_Deed]:
    for block in subject.document.blocks:
        if block.kind is not BlockKind.TEXT:
            continue
        text = subject.document.block_text(block)
        if not any(map(text.__contains__, YEAR_MARKS)) or not _ANY_RE.search(text):
            continue
        for told in dated_clauses(text):
            if told.by or told.days[0] != told.days[1] or _PARTS_RE.search(told.clause):
                continue
            found = [(last.start(), at) for at, deed in enumerate(_DEEDS) for last in deed.finditer(told.clause)]
            if len(found) == 1:
                deed = _DEEDS[found[0][1]]
                words = thing_words(re.sub(r"\([^()]*\)", " ", told.told)) - GENERAL - _LIGHT
                yield _Deed(found[0][1], words - thing_words(" ".join(deed.findall(told.clause))), told, block)


def _events(subject: Subject) -> Iterator[_Deed]:
    """What is held once each time, by its whole name; no day to which it was moved."""
    for block in subject.document.blocks:
        text = subject.document.block_text(block) if block.kind is BlockKind.TEXT else ""
        for told in dated_clauses(text) if "lần thứ" in text and not _MOVED_RE.search(text) else ():
            found = _EVENT_RE.search(told.clause)
            if found and not told.by and told.days[1] - told.days[0] < _MONTH:
                yield _Deed(_HELD_ONCE, thing_words(found["name1"] or found["name2"]), told, block)


def _one_deed(one: _Deed, other: _Deed) -> bool:
    few, many = sorted((one.words, other.words), key=len)
    away = abs(one.told.days[0] - other.told.days[0])
    names = (frozenset(proper_names(deed.told.told)) for deed in (one, other))
    return (
        len(few) >= _FEWEST
        and (few == many if one.deed == _HELD_ONCE else few <= many)
        and len(many) <= len(few) + _MORE
        and away <= _AWAY
        and len(frozenset(names)) == 1
        and not of_others(one.told, other.told)
    )
