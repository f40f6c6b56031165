"""FIG of the order of times: a period ends after it begins, a deed follows what it rests on, a task has time.

Times are told in one sentence; what another paper asked for, and what was done, sets no deadline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from graphs.checks.reading.events import Dated, pairs_of_deeds
from graphs.checks.reading.periods import WHEN, when
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.times.answered import answers
from graphs.checks.times.columns_of_times import columns_of_times
from graphs.checks.times.resting import resting_deeds
from kb.bilingual import both
from kb.clock import told_day
from kb.models import BlockKind, Document, Finding

_RANGE_RE = re.compile(
    rf"(?-i:[Tt])(?<=\b[Tt])ừ\s+(?P<from>{WHEN})\s*(?:đến|tới|-|–)\s*(?:hết\s+)?(?P<to>{WHEN})(?![\d/])",
    re.IGNORECASE,
)
#: "năm 2020, … từ ngày 15/9 đến ngày 30/8/2020": the first day is of that year too.
_SHORT_RANGE_RE = re.compile(
    r"[Tt](?<=\b[Tt])ừ\s+(?P<from>(?:ngày\s+)?\d{1,2}/\d{1,2})\s*(?:đến|tới|-|–)\s*(?:hết\s+)?"
    r"(?P<to>(?:ngày\s+)?\d{1,2}/\d{1,2}/(?P<year>(?:19|20)\d\d))(?![\d/])"
)
_YEAR_AHEAD = 200


def check_periods(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A period does not end before it begins, nor is a thing done before it."""
    order = list(check_order(subject, tally))
    yield from order
    told = {one.spans[0].end for one in order}
    yield from check_deeds(subject, tally, told)
    yield from check_answers(subject, tally)
    yield from check_resting(subject, tally, told)
    yield from check_columns(subject, tally)
    document = subject.document
    text = document.reading.text
    ranges = [(found, found.span(), found["from"]) for found in _RANGE_RE.finditer(text)]
    ranges += [
        (found, found.span(), f"{found['from']}/{found['year']}")
        for found in _SHORT_RANGE_RE.finditer(text)
        if f"ăm {found['year']}"
        in re.split(r"[.;]\s", text[max(found.start() - _YEAR_AHEAD, 0) : found.start()])[-1]
    ]
    for found, place, first in ranges:
        begin, end = when(first), when(found["to"])
        if begin is None or end is None:
            continue
        if begin[0] <= end[1]:
            tally.held += 1
            continue
        tally.failed += 1
        words = " ".join(text[slice(*place)].split())
        yield PERIOD.finding(
            (document.reading.hull(*place),),
            f"khoảng thời gian “{words}” kết thúc trước khi bắt đầu",
            f"the period “{words}” ends before it begins",
            stated=words,
            suggestion=both("kiểm tra lại ngày đầu và ngày cuối", "check the first and the last day"),
        )


#: One deed: it begins at a time, and within the same clause or the next it is done by another.
_ORDER_RE = re.compile(
    rf"\b(?:khởi công|bắt đầu|triển khai|thực hiện|tiến hành|khởi động|xây dựng)\b[^.;:,\d]{{0,40}}?"
    rf"\b(?:từ|vào|trong)\s+(?P<from>{WHEN})(?![\d/])"
    rf"[^.;:\d]{{0,40}}?\b(?:hoàn thành|kết thúc|làm xong|xong|nghiệm thu|bàn giao)\b"
    rf"[^.;:,\d]{{0,40}}?\b(?:trước|trong|vào|chậm nhất|muộn nhất|đến hết|đến)\s+(?P<to>{WHEN})(?![\d/])",
    re.IGNORECASE,
)
#: A paper is in force from the day on which it is passed, or later.
_PASSED_RE = re.compile(
    rf"\bthông qua\s+(?:vào\s+)?(?P<from>{WHEN})[^.;:\d]{{0,40}}\b(?:có )?hiệu lực(?: thi hành)?\s+(?:kể )?từ\s+"
    rf"(?P<to>{WHEN})(?![\d/])",
    re.IGNORECASE,
)
_DONE_BY_RE = re.compile(r"(?:hoàn thành|kết thúc|xong|nghiệm thu|bàn giao)\b[^.;:]{0,60}?(?:19|20)\d\d")


def check_order(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``khởi công từ quý III năm 2025, hoàn thành trước ngày 30/6/2025`` is no order of times."""
    document = subject.document
    for block in document.blocks:
        if block.kind not in (BlockKind.TEXT, BlockKind.NOTE):
            continue
        text = document.block_text(block)
        orders = [*_ORDER_RE.finditer(text)] if _DONE_BY_RE.search(text) else []
        for found in [*orders, *_PASSED_RE.finditer(text)] if orders or "hiệu lực" in text else ():
            begin, end = when(found["from"]), when(found["to"])
            if begin is None or end is None:
                continue
            if end[1] >= begin[0]:
                tally.held += 1
                continue
            tally.failed += 1
            places = (found.span(name) for name in ("to", "from"))
            to, from_ = (document.reading.hull(block.view.start + a, block.view.start + b) for a, b in places)
            passed = found.re is _PASSED_RE
            vi, en = ("thông qua", "passed") if passed else ("bắt đầu từ", "begun")
            then_vi, then_en = ("có hiệu lực từ", "in force from") if passed else ("xong trước, vào", "done by")
            yield PERIOD.finding(
                (to,),
                f"{vi} {found['from']} nhưng {then_vi} {found['to']}",
                f"{en} {found['from']} but {then_en} {found['to']}",
                stated=found.group(),
                evidence=(from_,),
                suggestion=both("kiểm tra lại thời gian bắt đầu và kết thúc", "check when it begins and ends"),
                page=block.page,
            )


def check_deeds(subject: Subject, tally: Tally, told: set[int]) -> Iterator[Finding]:
    """``thụ lý ngày 12/9/2023, … quyết định giải quyết ngày 05/8/2023``: the second deed cannot come first."""
    reading = subject.document.reading
    for pair in pairs_of_deeds(subject) if not subject.is_rule() else ():
        holds = pair.holds
        if holds is None:
            continue
        places = (
            (at.view.start + one.start, at.view.start + one.end)
            for at, one in zip(pair.blocks, (pair.first, pair.then), strict=True)
        )
        earlier, later = (reading.hull(*place) for place in places)
        if holds or later.end in told:
            tally.held += holds
            continue
        told.add(later.end)
        tally.failed += 1
        first, then = pair.first, pair.then
        begun = first.ended if pair.ends else first.printed
        yield PERIOD.finding(
            (later,),
            f"việc sau ghi {then.printed} (“{_told(then)}”), trước việc đầu, {begun} (“{_told(first)}”)",
            f"what follows is dated {then.printed} (“{_told(then)}”), before what it follows, {begun}"
            f" (“{_told(first)}”)",
            stated=then.printed,
            expected=f">= {begun}",
            evidence=(earlier,),
            suggestion=both("kiểm tra lại hai ngày", "check the two days"),
            page=pair.blocks[1].page,
        )


def check_answers(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A paper is not looked at, nor answered, before the day that it has."""
    for one in answers(subject):
        if one.day >= one.issued:
            tally.held += 1
            continue
        tally.failed += 1
        paper, issued = " ".join(one.paper.surface.split()), told_day(one.issued)
        yield PERIOD.finding(
            (one.place,),
            f"việc với “{paper}” ghi ngày {one.printed}, trước ngày của văn bản ấy, {issued}",
            f"what is done with “{paper}” is dated {one.printed}, before that paper, {issued}",
            stated=one.printed,
            expected=f">= {issued}",
            evidence=(one.paper.span,),
            suggestion=both("kiểm tra lại hai ngày", "check the two days"),
            page=one.paper.page,
        )


def check_resting(subject: Subject, tally: Tally, told: set[int]) -> Iterator[Finding]:
    """``ban hành ngày 22/5/2023, sau khi xem xét Tờ trình … ngày 10/6/2023`` is no order of days."""
    for one in resting_deeds(subject) if not subject.is_rule() else ():
        first, then = one.first, one.then
        if first[0] <= then[0] or then[2].end in told:
            tally.held += first[0] <= then[0]
            continue
        tally.failed += 1
        yield PERIOD.finding(
            (then[2],),
            f"việc ghi ngày {then[1]} dựa trên, hoặc sau việc ngày {first[1]}: “{one.words}”",
            f"what is dated {then[1]} is said to follow what is dated {first[1]}: “{one.words}”",
            stated=then[1],
            expected=f">= {first[1]}",
            evidence=(first[2],),
            suggestion=both("kiểm tra lại hai ngày", "check the two days"),
            page=one.block.page,
        )


def check_columns(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A row of ``Khởi công | Hoàn thành`` that is done before it begins."""
    for one in columns_of_times(subject) if not subject.is_rule() else ():
        if one.holds:
            tally.held += 1
            continue
        tally.failed += 1
        begin, end = one.begin, one.end
        yield PERIOD.finding(
            (end.span,),
            f"bảng, dòng “{one.row}”: “{end.head}” ghi {end.printed}, trước “{begin.head}”, {begin.printed}",
            f"the table, row “{one.row}”: “{end.head}” is {end.printed}, before “{begin.head}”, {begin.printed}",
            stated=end.printed,
            expected=f">= {begin.printed}",
            evidence=(begin.span,),
            suggestion=both("kiểm tra lại hai ô của dòng", "check the two cells of the row"),
            page=one.page,
        )


def _told(deed: Dated) -> str:
    """The words of a deed, the last of them."""
    words = " ".join(deed.told.split()).removesuffix("ngày").strip(" ,;:.-")
    return words if len(words) <= _SHOWN else "…" + words[-_SHOWN:].partition(" ")[2]


_SHOWN = 90
_SETS = ("Kế hoạch", "Chỉ thị", "Chương trình", "Công văn", "Công điện", "Nghị quyết", "Quyết định", "Hướng dẫn")
_DEADLINE_RE = re.compile(
    r"\b(?:xong|hoàn thành|báo cáo|gửi|trình|nộp|ban hành|tổng hợp|giao)\b(?:[^.;:\d]|(?<=năm )20\d\d){0,80}?"
    rf"\b(?:(?:trước|chậm nhất|muộn nhất|trong)\s+(?:là\s+)?(?P<day>(?!\w*\s*năm){WHEN})(?![\d/])"
    r"|[^.;:]{0,60}?(?P<at>tại kỳ họp[^.;:\d]{0,40}\b(?P<half>giữa|cuối)\s+năm\s+(?P<year>20\d\d)))",
    re.IGNORECASE,
)
#: What was done, what another paper asked for, and what a day divides.
_TOLD_RE = re.compile(
    r"\b(?:đã|theo|tại|căn cứ|thực hiện|yêu cầu tại|số liệu|từ ngày|kể từ|được|hồ sơ|nếu|trường hợp|quá hạn)\b",
    re.IGNORECASE,
)


def check_past_deadlines(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A paper does not set a day for a task that had passed when it was signed."""
    kind, issued = subject.document.metadata.type, subject.document.metadata.issued
    if subject.is_rule() or subject.as_of is None or issued is None or kind is None or kind.value not in _SETS:
        return
    document = subject.document
    for block in document.blocks:
        # An appendix may list what others had asked for.
        own = block.kind is BlockKind.TEXT and not (block.unit or "").startswith("app")
        text = document.block_text(block) if own else ""
        tasks = [*_DEADLINE_RE.finditer(text)] if "20" in text else []
        if "ăm 20" in text and _sets_tasks(document, block.unit or ""):
            tasks += _YEAR_AT_HEAD_RE.finditer(text)
        for found in tasks:
            last = _last_day(found)
            before = text[: found.start()].rpartition(". ")[2].rpartition(";")[2]
            if last is None or _TOLD_RE.search(before) or (found["day"] and _TOLD_RE.search(found.group())):
                continue
            if last >= subject.as_of:
                tally.held += 1
                continue
            tally.failed += 1
            start, due = block.view.start, found["day"] or found["at"]
            name = "day" if found["day"] else "at"
            yield PAST.finding(
                (document.reading.hull(start + found.start(name), start + found.end(name)),),
                f"thời hạn “{due}” đã qua khi văn bản được ký ({told_day(subject.as_of)})",
                f"the deadline “{due}” had passed when the paper was signed ({subject.as_of})",
                stated=due,
                suggestion=both("kiểm tra lại thời hạn", "check the deadline"),
                page=block.page,
            )


#: A year for a task, at the head of its clause: "trong năm 2025 hoàn thành …".
_YEAR_AT_HEAD_RE = re.compile(
    r"(?:^|[.;:]\s+|\d\.\s)(?P<day>(?:trong\s+)?năm\s+20\d\d),?\s+(?:phấn đấu\s+|phải\s+)?"
    r"(?:hoàn thành|thực hiện xong)\b(?!\s+(?:được\s+)?\d)",
    re.IGNORECASE,
)
#: What is to be done, not what was.
_AHEAD_RE = re.compile(r"nhiệm vụ|giải pháp|tổ chức thực hiện|phương hướng|mục tiêu", re.IGNORECASE)
_PASSED_BY_RE = re.compile(r"kết quả|tình hình|đánh giá|thực trạng|đã", re.IGNORECASE)


def _sets_tasks(document: Document, unit: str) -> bool:
    """Whether the headings over a place say that tasks are set there."""
    over = [one.heading for one in document.units if unit.startswith(f"{one.eid}__")]
    return any(map(_AHEAD_RE.search, over)) and not any(map(_PASSED_BY_RE.search, over))


def _last_day(found: re.Match[str]) -> date | None:
    """The last day of a deadline; the half of a year ends with its sessions."""
    if found["day"]:
        days = when(found["day"])
        return days[1] if days else None
    return date(int(found["year"]), 8 if found["half"].lower() == "giữa" else 12, 31)


PERIOD = rule("FIG-204", check_periods)
PAST = rule("FIG-242", check_past_deadlines)
SEQUENCE_RULES = (PERIOD, PAST)
