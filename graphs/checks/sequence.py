"""FIG of the order of times: a period ends after it begins, a deed follows what it rests on, a task has time.

Times are told in one sentence; what another paper asked for, and what was done, sets no deadline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.periods import WHEN, when
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import BlockKind, Finding

_RANGE_RE = re.compile(
    rf"\b[Tt]ừ\s+(?P<from>{WHEN})\s*(?:đến|tới|-|–)\s*(?:hết\s+)?(?P<to>{WHEN})(?![\d/])", re.IGNORECASE
)


def check_periods(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A period does not end before it begins, nor is a thing done before it."""
    yield from check_order(subject, tally)
    yield from check_deeds(subject, tally)
    document = subject.document
    for found in _RANGE_RE.finditer(document.reading.text):
        begin, end = when(found["from"]), when(found["to"])
        if begin is None or end is None:
            continue
        if begin[0] <= end[1]:
            tally.held += 1
            continue
        tally.failed += 1
        yield PERIOD.finding(
            (document.reading.hull(*found.span()),),
            f"khoảng thời gian “{found.group()}” kết thúc trước khi bắt đầu",
            f"the period “{found.group()}” ends before it begins",
            stated=found.group(),
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
_DONE_BY_RE = re.compile(r"(?:hoàn thành|kết thúc|xong|nghiệm thu|bàn giao)\b[^.;:]{0,60}?(?:19|20)\d\d")
_AT_DAY_RE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


def check_order(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``khởi công từ quý III năm 2025, hoàn thành trước ngày 30/6/2025`` is no order of times."""
    document = subject.document
    for block in document.blocks:
        if block.kind not in (BlockKind.TEXT, BlockKind.NOTE):
            continue
        text = document.block_text(block)
        for found in _ORDER_RE.finditer(text) if _DONE_BY_RE.search(text) else ():
            begin, end = when(found["from"]), when(found["to"])
            if begin is None or end is None:
                continue
            if end[1] >= begin[0]:
                tally.held += 1
                continue
            tally.failed += 1
            places = (found.span(name) for name in ("to", "from"))
            to, from_ = (document.reading.hull(block.view.start + a, block.view.start + b) for a, b in places)
            yield PERIOD.finding(
                (to,),
                f"bắt đầu từ {found['from']} nhưng xong trước, vào {found['to']}",
                f"it begins in {found['from']} but is done by {found['to']}",
                stated=found.group(),
                evidence=(from_,),
                suggestion=both("kiểm tra lại thời gian bắt đầu và kết thúc", "check when it begins and ends"),
                page=block.page,
            )


_DATE = r"ngày\s+(?P<{}>\d{{1,2}}/\d{{1,2}}/(?:19|20)\d\d)(?![\d/])"
#: The number of what a deed is told in: "… và có Thông báo số 96/TB-STC ngày 20/5/2020".
_NUMBER = r"(?:\bsố\s+\d+/[\w/-]+\s+)?"
#: Deeds of which the first makes the second possible.
DEEDS: tuple[tuple[str, str], ...] = (
    (r"thụ lý", r"(?:quyết định|trả lời|kết luận)\b[^.;:\d]{0,25}giải quyết|giải quyết xong"),
    (r"tiếp nhận hồ sơ|nộp hồ sơ", r"trả kết quả"),
    (r"lắp đặt(?: xong)?|đưa vào sử dụng", r"(?:ca|lần|lượt|sản phẩm)\b[^.;:\d]{0,15}đầu tiên"),
    (r"cấp\s+(?:giấy chứng nhận|giấy phép|phép)", r"khởi công"),
    (r"khởi công", r"hoàn thành|nghiệm thu|bàn giao|khánh thành|đưa vào sử dụng"),
    (r"giao (?:dự toán|vốn|kế hoạch vốn)", r"phân bổ"),
    (r"mở thầu", r"ký hợp đồng"),
    (r"khởi tố(?: vụ án| bị can)?", r"(?:ban hành |ra )?cáo trạng|truy tố|đưa ra xét xử|xét xử|tuyên án"),
    (r"truy tố|cáo trạng", r"xét xử|tuyên án"),
    (r"ký (?:kết )?hợp đồng|hợp đồng[^.;:,\d]{0,40}\bký", r"nghiệm thu|bàn giao|thanh lý|quyết toán"),
    (r"kết thúc (?:thanh tra|kiểm tra|kiểm toán)", r"báo cáo kết quả (?:thanh tra|kiểm tra|kiểm toán)"),
    (r"(?:có|gửi|trình|lập)\b[^.;:\d]{0,40}(?:báo cáo|tờ trình|hồ sơ)", r"đã (?:tổ chức )?(?:thẩm định|thẩm tra)"),
    (r"lập biên bản", r"(?:ra|ban hành|ký) quyết định xử phạt"),
)
_DEED_RES = tuple(
    re.compile(
        rf"\b(?:{told})\b[^.;:\d]{{0,70}}?{_NUMBER}{_DATE.format(name)}[^.:\d]{{0,110}}?\b(?:{other})\b"
        rf"[^.;:\d]{{0,60}}?{_NUMBER}"
        rf"{_DATE.format('then' if name == 'first' else 'first')}",
        re.IGNORECASE,
    )
    for first, then in DEEDS
    for name, told, other in (("first", first, then), ("then", then, first))
)


def check_deeds(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``thụ lý ngày 12/9/2023, … quyết định giải quyết ngày 05/8/2023``: the second deed cannot come first."""
    document = subject.document
    for block in document.blocks if not subject.is_rule() else ():
        if block.kind not in (BlockKind.TEXT, BlockKind.NOTE):
            continue
        text = document.block_text(block)
        if len(_AT_DAY_RE.findall(text)) < 2:
            continue
        for found in (one for pattern in _DEED_RES for one in pattern.finditer(text)):
            first, then = when(found["first"]), when(found["then"])
            if first is None or then is None:
                continue
            if first <= then:
                tally.held += 1
                continue
            tally.failed += 1
            places = (found.span(name) for name in ("then", "first"))
            later, earlier = (document.reading.hull(block.view.start + a, block.view.start + b) for a, b in places)
            yield PERIOD.finding(
                (later,),
                f"việc sau ghi ngày {found['then']}, trước việc đầu ngày {found['first']}: “{found.group()}”",
                f"what follows is dated {found['then']}, before what it follows, {found['first']}",
                stated=found["then"],
                evidence=(earlier,),
                suggestion=both("kiểm tra lại hai ngày", "check the two days"),
                page=block.page,
            )


_SETS = ("Kế hoạch", "Chỉ thị", "Chương trình", "Công văn", "Công điện")
_DEADLINE_RE = re.compile(
    r"\b(?:xong|hoàn thành|báo cáo|gửi|trình|nộp|ban hành|tổng hợp|giao)\b[^.;:\d]{0,80}?"
    r"\b(?:trước|chậm nhất|muộn nhất|trong)\s+(?:là\s+)?ngày\s+(?P<day>\d{1,2}/\d{1,2}/(?:19|20)\d\d)(?![\d/])",
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
        for found in _DEADLINE_RE.finditer(text) if "ngày" in text else ():
            day = when(found["day"])
            before = text[: found.start()].rpartition(". ")[2].rpartition(";")[2]
            if day is None or _TOLD_RE.search(before) or _TOLD_RE.search(found.group()):
                continue
            if day[1] >= subject.as_of:
                tally.held += 1
                continue
            tally.failed += 1
            start = block.view.start
            yield PAST.finding(
                (document.reading.hull(start + found.start("day"), start + found.end("day")),),
                f"thời hạn {found['day']} đã qua khi văn bản được ký ({subject.as_of:%d/%m/%Y})",
                f"the deadline {found['day']} had passed when the paper was signed ({subject.as_of})",
                stated=found["day"],
                suggestion=both("kiểm tra lại thời hạn", "check the deadline"),
                page=block.page,
            )


PERIOD = rule("FIG-204", check_periods)
PAST = rule("FIG-242", check_past_deadlines)
SEQUENCE_RULES = (PERIOD, PAST)
