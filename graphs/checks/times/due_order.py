"""FIG of the order of deadlines: what rests on something is not due before it.

A body puts reports together after they are due to it; a paper is drafted, looked at, submitted and issued in that
order; a work begins before it is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from graphs.checks.reading.events import pairs_of_deeds
from graphs.checks.reading.named import plain_name
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.times.dues import Due, Name, dues_of
from graphs.checks.times.rests import rests
from kb.bilingual import both
from kb.models import Finding

#: Reports are put together; reports are sent to a body.
_COLLECTS_RE = re.compile(r"\btổng hợp\b[^.;]{0,80}\b(?:báo cáo|trình|gửi)\b", re.IGNORECASE)
_TO_COLLECT_RE = re.compile(r"\W*(?:để|nhằm)?\s*(?:\w+\s){0,6}?tổng hợp\b", re.IGNORECASE)
_SENDS_RE = re.compile(
    r"\b(?i:báo cáo|gửi|nộp|đăng ký)\b[^.;]{0,120}?\b(?:về|gửi|cho|tới|đến|qua)\s+(?P<to>"
    r"(?:Bộ|Sở|Ban|Phòng|Cục|Chi cục|Văn phòng|Công an|Thanh tra|UBND|Ủy ban|Uỷ ban)\b[^,;.()]{0,50})"
)
_FOR_BODY_RE = re.compile(
    r"\btổng hợp\b[^.;]{0,40}?\b(?i:báo cáo|trình|tham mưu)\s+(?P<to>(?:Lãnh đạo\s+)?"
    r"(?:Bộ|Sở|UBND|Ủy ban|Uỷ ban)\b[^,;.()]{0,50})"
)
#: The stages of one paper, of one work, in their order.
_ORDER = {"draft": 0, "review": 1, "submit": 2, "issue": 3}
_WORK = {"begin": 0, "accept": 1}
_FEWEST, _SHARED, _HALF_YEAR = 4, 0.7, 183


def check_due_order(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Reports are due before the day on which they are to be put together; stages come one after the other."""
    if subject.is_rule():
        return
    told = dues_of(subject)
    dated = tuple(due for due in told if not due.yearly)
    order = [
        *_collected(dated, tally),
        *_staged(dated, tally),
        *_collected(tuple(due for due in told if due.yearly), tally),
    ]
    yield from order
    yield from _rested(subject, tally, {one.spans[0].end for one in order})


def _rested(subject: Subject, tally: Tally, told: set[int]) -> Iterator[Finding]:
    """``bốc thăm trước ngày 31/3; căn cứ danh sách bốc thăm, ban hành kế hoạch trước ngày 28/02``."""
    reading = subject.document.reading
    for rest in rests(subject):
        then, first = (
            reading.hull(block.view.start + one.start, block.view.start + one.end)
            for one, block in zip((rest.then, rest.first), rest.blocks, strict=True)
        )
        if rest.holds or then.end in told:
            tally.held += rest.holds
            continue
        if any(pair.then == rest.then for pair in pairs_of_deeds(subject)):
            continue  # told as two deeds of a row
        told.add(then.end)
        tally.failed += 1
        late, early = rest.then.printed, rest.first.ended if rest.result else rest.first.printed
        task = " ".join(rest.first.told.split()).strip(" ,;:.-")[:110]
        yield DUE_ORDER.finding(
            (then,),
            f"việc này ghi {late}, trước việc mà nó dựa vào, {early}: “{task}”",
            f"this is dated {late}, before what it rests on, {early}: “{task}”",
            stated=late,
            expected=f">= {early}",
            evidence=(first,),
            suggestion=both("xếp lại hai thời hạn", "put the two deadlines in order"),
            page=rest.blocks[0].page,
        )


def _collected(told: tuple[Due, ...], tally: Tally) -> Iterator[Finding]:
    sent = [(due, found) for due in told if due.by and (found := _SENDS_RE.search(due.task))]
    for due in told:
        if not due.by or not (_COLLECTS_RE.search(due.task) or _TO_COLLECT_RE.match(due.task)):
            continue
        before = [one for one, found in sent if one is not due and _is_to(found["to"], one, due)]
        if not before:
            continue
        if any(not _is_before(due, one) for one in before):
            tally.held += 1
            continue
        one = before[0]
        yield from _wrong(due, one, tally, "tổng hợp", "put together")


def _is_to(to: str, one: Due, due: Due) -> bool:
    """Whether a report goes to the body that puts it together: told right before it, or named so."""
    if one.block == due.block and one.span.end <= due.span.start and _TO_COLLECT_RE.match(due.task):
        return True
    name = plain_name(to)
    named = bool(due.own) and (due.own.startswith(name) or name.startswith(due.own))
    # "gửi báo cáo về Bộ trước ngày … để tổng hợp": by whoever puts them together for that body.
    told = _FOR_BODY_RE.search(due.task) if _TO_COLLECT_RE.match(one.behind) else None
    named = named or (told is not None and plain_name(told["to"]).startswith(name))
    return named and one.full.marks == due.full.marks and one.body != due.body


def _is_before(late: Due, early: Due) -> bool:
    """Whether what comes later is due before; of days without a year only within half a year."""
    return late.last < early.first and (not late.yearly or (early.first - late.last).days < _HALF_YEAR)


def _staged(told: tuple[Due, ...], tally: Tally) -> Iterator[Finding]:
    for at, other in enumerate(told):
        for one in told[:at]:
            for order in (_ORDER, _WORK):
                first, then = order.get(one.full.stage), order.get(other.full.stage)
                if first is None or then is None or first == then or not _one_thing(one.full, other.full):
                    continue
                early, late = (one, other) if first < then else (other, one)
                if not _is_before(late, early):
                    tally.held += 1
                else:
                    yield from _wrong(late, early, tally, "bước sau", "a later stage")


def _one_thing(one: Name, other: Name) -> bool:
    short, long = sorted((one.thing, other.thing), key=len)
    if len(set(short)) < _FEWEST or not set(short) <= set(long) or one.proper != other.proper:
        return False
    if one.marks != other.marks or one.shares != other.shares or len(long) > 2 * len(short):
        return False
    pairs, others = set(pairwise(short)), set(pairwise(long))
    return len(pairs & others) >= _SHARED * len(pairs)


def _wrong(late: Due, early: Due, tally: Tally, vi: str, en: str) -> Iterator[Finding]:
    tally.failed += 1
    yield DUE_ORDER.finding(
        (late.span,),
        f"{vi} có hạn {late.printed}, trước hạn {early.printed} của việc phải xong trước: “{early.task[:110]}”",
        f"{en} is due {late.printed}, before what it rests on, due {early.printed}: “{early.task[:110]}”",
        stated=late.printed,
        expected=f">= {early.printed}",
        evidence=(early.span,),
        suggestion=both("xếp lại hai thời hạn", "put the two deadlines in order"),
        page=late.page,
    )


DUE_ORDER = rule("FIG-252", check_due_order)
DUE_ORDER_RULES = (DUE_ORDER,)
