"""FIG of one deed done on two days: ``khánh thành ngày 16/4/2031`` among others, ``hoàn thành … ngày 20/5/2031``.

Deeds that are done once: an end, an opening, a beginning. Two days are of one deed where the fewer words of one
clause all stand in the other, and both name the same places, stages and lots.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from graphs.checks.events import Dated, dated_clauses, of_others
from graphs.checks.mentions import proper_names
from graphs.checks.named import GENERAL, thing_words
from graphs.checks.periods import YEAR_MARKS
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
_LIGHT = frozenset(
    re.findall(
        r"\w+", "toàn bộ vào ngày sớm hơn trước đã chương trình phong trào chính thức với tất cả việc công tác"
    )
)
_FEWEST, _MORE, _AWAY = 3, 8, timedelta(days=120)


@dataclass(frozen=True, slots=True)
class _Deed:
    """A deed on a day: which, its words, its clause with its block."""

    deed: int
    words: frozenset[str]
    told: Dated
    block: TextBlock


def check_one_day(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """A deed that is done once has one day wherever it is told."""
    told: dict[int, list[_Deed]] = defaultdict(list)
    for one in _deeds(subject) if not subject.is_rule() else ():
        told[one.deed].append(one)
    for one, other in (pair for found in told.values() for pair in combinations(found, 2)):
        if one.block is other.block or not _one_deed(one, other):
            continue
        if one.told.days == other.told.days:
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


def _one_deed(one: _Deed, other: _Deed) -> bool:
    few, many = sorted((one.words, other.words), key=len)
    away = abs(one.told.days[0] - other.told.days[0])
    names = (frozenset(proper_names(deed.told.told)) for deed in (one, other))
    return (
        len(few) >= _FEWEST
        and few <= many
        and len(many) <= len(few) + _MORE
        and away <= _AWAY
        and len(frozenset(names)) == 1
        and not of_others(one.told, other.told)
    )
