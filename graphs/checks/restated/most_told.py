"""What a sentence says is the most or the least, held against what it tells of the others of its list.

``đứng đầu là Sở A với 92,3%, tiếp đến Sở B 95,1%``; ``bệnh A 320 ha, bệnh B 415 ha; lớn nhất là bệnh A``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, takewhile

from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Figure, Finding
from kb.text.sentences import split_sentences

#: The same of one alone: "nhiều xã đạt chuẩn nhất", "dẫn đầu", "xếp thứ nhất".
ALONE_RE = re.compile(
    r"\b(?:(?P<way>cao|lớn|nhiều|(?-i:đông)|thấp|ít|nhỏ)\s+"
    r"(?:(?!(?:nh[ấứ]t|cao|lớn|nhiều|thấp|ít|nhỏ)\b)[^\W\d_]+\s+){0,7}?nh[ấứ]t(?!\s+là\s+\d)"
    r"|(?P<first>dẫn đầu|đứng đầu|đứng thứ nhất|xếp thứ nhất|đứng vị trí thứ nhất)"
    r"|(?P<last>đứng cuối|xếp cuối|đứng cuối cùng))\b",
    re.IGNORECASE,
)
GATES = (" nhất", " nhứt", "ẫn đầu", "ứng đầu", "ứng cuối", "ếp cuối")
#: Of a part of the rows, of other places, of a plan; several told together.
PART_RE = re.compile(
    r"\b(?:cả nước|toàn quốc|khu vực|vùng|trong (?:số|các|nhóm|những)|một trong|từ trước|trước nay|nhóm"
    r"|khối(?! lượng)|cùng kỳ|phấn đấu|mục tiêu|kế hoạch|dự kiến|lần lượt"
    r"|các (?:huyện|xã|sở|đơn vị|địa phương|tỉnh|cơ quan)"
    r" (?:có|đạt)|(?:hai|ba|bốn|0?[2-9]) (?:huyện|xã|sở|đơn vị|địa phương|tỉnh|cơ quan)(?!\s*,)"
    r"|mức tăng|tốc độ|tăng|giảm|thứ hai|thứ ba|chậm|nhanh|mỗi|từng|bình quân|thời điểm|ngày)\b",
    re.IGNORECASE,
)
#: "Trong các nguyên nhân, …": of what the sentence itself lists.
_OF_THEM_RE = re.compile(r"\W*Trong (?:các|số các|những) [^.;,:()\d]{3,40},")
#: The least that is asked for, which is no claim that something is least.
_LEAST_RE = re.compile(r"ít nhất\s+\d", re.IGNORECASE)
LOW_WORDS = ("thấp", "ít", "nhỏ")
_BRACKET_RE = re.compile(r"\([^()]*\)")
#: Between two of a list: what the one is counted in, one mark, and the name of the next.
_GAP_RE = re.compile(
    r"[^\d;,.:()]{0,30}\)?\s*[,;]\s*(?:(?:và|còn|tiếp (?:đến|theo)|sau đó|kế (?:đến|tiếp))\s+)*(?:là\s+)?"
    r"(?P<name>[^\d;,.:()]{3,90})[(:]?\s*"
)
_NAME_RE = re.compile(r"(?:^|[,;:.]\s|\bgồm\s)\s*(?P<name>[^\d;,.:()]{3,90}?)(?:\([^()]*)?$")
_ITEM_RE = re.compile(
    r"\W*(?:[-+*•–]|(?:[a-zđ]|\d{1,2})[).])\s*(?P<name>[^\d:;,.()]{3,70}?)\s*(?::|là|có|đạt|được)?\s+"
)
_NO_PEER_RE = re.compile(
    r"\b(?:tổng|cả|toàn|trong đó|so với|tăng|giảm|kế hoạch|năm|quý|chỉ tiêu|mục tiêu|bình quân|ước|còn lại|khác"
    r"|hơn|dưới|trên|từ|đến|khoảng|gấp|kém|chênh|cách|mức|cộng (?:lại|chung)|gộp)\b",
    re.IGNORECASE,
)
_BEHIND_RE = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:là|thuộc về|thuộc|ở|tại|:)\s+(?P<name>[^\d;,.:()]{3,80}?)"
    r"(?=\s*[;,.:(\d]|\s+(?:với|đạt|có|là)\b|$)"
)
#: Between them and their number: no mark, or a comma right before it.
_OWN_RE = re.compile(r"[^;.,]*(?:,\s*(?:(?:mới|với|đạt|chỉ|có|còn|là|tới|đến)\s+)*)?", re.IGNORECASE)
_RANGE_RE = re.compile(r"\btừ\s+$", re.IGNORECASE)
_TO_RE = re.compile(r"[^\d;,.:()]{0,20}\b(?:đến|tới)\s+$")
#: So far a number may stand behind them: the longest names of bodies have some forty letters.
_NEAR, _FEWEST = 118, 2


@dataclass(frozen=True, slots=True)
class _Peer:
    """A thing of a list with its number."""

    words: frozenset[str]
    figure: Figure

    @property
    def value(self) -> Decimal:
        """How much of it there is."""
        return Decimal(self.figure.value)


def check_most_told(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Of the things that a sentence lists none is beyond the one said to be the most or the least."""
    figures = {where.block.view.start: where for where in stated(subject)}
    items: list[_Peer] = []
    for block in subject.document.blocks:
        text = subject.document.block_text(block) if block.kind in (BlockKind.TEXT, BlockKind.NOTE) else ""
        where = figures.get(block.view.start) or Stated(block, text, ())
        if any(gate in text for gate in GATES):
            sentences = split_sentences(text)
            for at, (low, high) in enumerate(sentences):
                marks = [
                    one for one in ALONE_RE.finditer(text, low, high) if not _LEAST_RE.match(text, one.start())
                ]
                whole = _OF_THEM_RE.match(text, low, high)
                if not marks or PART_RE.search(text, whole.end() if whole else low, high):
                    continue
                since = sentences[at - 1][0] if at else low
                if len(marks) == 1 and where.figures:
                    yield from _held(subject, where, (since, low, high), marks[0], tally, by)
                for mark in marks if len(items) > _FEWEST else ():
                    yield from _held_against(subject, where, mark, high, items, tally, by)
        # What stands right behind a list is said of it.
        peer = _item(where)
        items = [*items, peer] if peer and (not items or items[0].figure.unit == peer.figure.unit) else []


def _item(where: Stated) -> _Peer | None:
    """The name and the one number of an item of a list: ``- Khiếu nại: 48 đơn``."""
    label = _ITEM_RE.fullmatch(where.text, 0, where.start(where.figures[0])) if where.figures else None
    if label is None or not _is_exact(where.figures[0]):
        return None
    return None if _NO_PEER_RE.search(label["name"]) else _Peer(thing_words(label["name"]), where.figures[0])


def _held_against(
    subject: Subject, where: Stated, mark: re.Match[str], high: int, items: Sequence[_Peer], tally: Tally, by: Rule
) -> Iterator[Finding]:
    """The item that is named behind the words is the most, or the least, of its list."""
    behind = _BEHIND_RE.match(where.text, mark.end(), high)
    name = thing_words(behind["name"]) - GENERAL if behind else frozenset()
    named = [peer for peer in items if peer.words and (peer.words <= name or name <= peer.words)] if name else []
    if len(named) != 1:
        return
    least = bool(mark["last"]) or (mark["way"] or "").lower() in LOW_WORDS
    own = named[0]
    beyond = [peer for peer in items if (peer.value < own.value if least else peer.value > own.value)]
    if not beyond:
        tally.held += 1
        return
    tally.failed += 1
    yield _finding(subject, where, mark, own.figure, [peer.figure for peer in beyond], by)


def _held(
    subject: Subject, where: Stated, reach: tuple[int, int, int], mark: re.Match[str], tally: Tally, by: Rule
) -> Iterator[Finding]:
    before, low, high = reach
    least = bool(mark["last"]) or (mark["way"] or "").lower() in LOW_WORDS
    own = _own_value(where, mark, high)
    behind = _BEHIND_RE.match(where.text, mark.end(), high)
    name = thing_words(behind["name"] if behind else where.text[low : mark.start()].rpartition(",")[2])
    if own is None:
        run = _list_before(where, before, mark.start())
        named = [peer for peer in run if _is_called(peer, name - GENERAL)] if behind else []
        if len(named) != 1:
            return
        own, others = named[0].figure, [peer for peer in run if peer is not named[0]]
    else:
        run = _list_behind(where, own, high)
        others = [peer for peer in run if not peer.words <= name]
        yield from _beyond_range(subject, where, low, mark, own, least, tally, by)
    value = Decimal(own.value)
    beyond = [peer for peer in others if (peer.value < value if least else peer.value > value)]
    if not beyond:
        tally.held += bool(others)
        return
    tally.failed += 1
    yield _finding(subject, where, mark, own, [peer.figure for peer in beyond], by)


def _is_called(peer: _Peer, name: frozenset[str]) -> bool:
    return bool(peer.words and name) and (peer.words <= name or name <= peer.words)


def _own_value(where: Stated, mark: re.Match[str], high: int) -> Figure | None:
    """The number told right behind what is said to be the most, in its clause."""
    for figure in where.figures:
        if mark.end() <= where.start(figure) < high:
            gap = where.text[mark.end() : where.start(figure)]
            near = len(gap) <= _NEAR and bool(_OWN_RE.fullmatch(gap))
            return figure if near and _is_exact(figure) else None
    return None


def _is_exact(figure: Figure) -> bool:
    return bool(figure.unit) and not figure.of and not figure.bound


def _list_behind(where: Stated, own: Figure, high: int) -> list[_Peer]:
    """The things told one after another behind a number, each with one of its unit."""
    found: list[_Peer] = []
    last = own
    for figure in where.figures:
        if where.start(figure) < where.end(own) or where.end(figure) > high or figure.unit != own.unit:
            continue
        gap = _GAP_RE.fullmatch(_BRACKET_RE.sub("", where.between(last, figure)))
        if gap is None or _NO_PEER_RE.search(gap["name"]) or not _is_exact(figure):
            break
        found.append(_Peer(thing_words(gap["name"]), figure))
        last = figure
    return found


def _list_before(where: Stated, low: int, high: int) -> list[_Peer]:
    """The things told one after another before what is said of one of them, each with a number of one unit."""
    inside = [one for one in where.figures if low <= where.start(one) and where.end(one) <= high]
    units = [one.unit for one in inside if _is_exact(one)]
    unit = units[-1] if units else None
    run: list[_Peer] = []
    for figure in takewhile(lambda one: one.unit == unit, reversed(inside)):
        opened = _NAME_RE.search(where.text, low, where.start(figure))
        if opened is None or _NO_PEER_RE.search(opened["name"]) or not _is_exact(figure):
            break
        gap = _BRACKET_RE.sub("", where.between(figure, run[-1].figure)) if run else ""
        if run and not _GAP_RE.fullmatch(gap):
            break
        run.append(_Peer(thing_words(opened["name"]) - GENERAL, figure))
    return run if len(run) >= _FEWEST else []


def _beyond_range(
    subject: Subject,
    where: Stated,
    low: int,
    mark: re.Match[str],
    own: Figure,
    least: bool,
    tally: Tally,
    by: Rule,
) -> Iterator[Finding]:
    """``từ 45 đến 120 triệu đồng, cao nhất là xã A (134 triệu đồng)``."""
    before = [one for one in where.figures if low <= where.start(one) and where.end(one) <= mark.start()]
    for one, other in pairwise(before):
        opened = _RANGE_RE.search(where.text, low, where.start(one))
        if opened and _TO_RE.fullmatch(where.between(one, other)) and other.unit == own.unit:
            bound, value = Decimal((one if least else other).value), Decimal(own.value)
            if value < bound if least else value > bound:
                tally.failed += 1
                yield _finding(subject, where, mark, own, [one, other], by)


def _finding(
    subject: Subject, where: Stated, mark: re.Match[str], own: Figure, others: Sequence[Figure], by: Rule
) -> Finding:
    view, places = where.block.view.start, (*mark.span(), where.start(own), where.end(own))
    # From the words to their number: either may be the one that is wrong.
    span = subject.document.reading.hull(view + min(places), view + max(places))
    told = "; ".join(f"{one.printed} {one.unit}" if one.unit != "%" else one.printed for one in others)
    return by.finding(
        (span or own.span,),
        f"nói “{' '.join(mark.group().split())}” với {own.printed}, nhưng cùng chỗ kê {told}",
        f"“{' '.join(mark.group().split())}” is said of {own.printed}, but beside it stand {told}",
        stated=own.printed,
        expected=others[0].printed,
        evidence=tuple(one.span for one in others),
        suggestion=both("kiểm tra lại tên hoặc số", "check the name or the numbers"),
        page=where.block.page,
    )
