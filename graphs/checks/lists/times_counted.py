"""Times that are counted and then named: ``họp ba lần, vào các tháng 3, 6 và 10``, ``trong ba tháng 7, 8 và 9``.

What happened more often than at the times named may have happened twice at one of them: that is a warning where it
is one too many of what is held once at a time, a note of other things, and nothing where it is more. Years from
one to another are told with both: ``trong 3 năm 2022 - 2024``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.reading.counted import COUNT_WORDS, read_count
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Finding, Severity

#: What is held once at a time; what may be held several times in a month.
_ONCE = r"lần|đợt|kỳ(?: họp| đánh giá| kiểm tra)?|phiên(?: họp)?|vòng"
_OFTEN = r"cuộc(?: họp)?|hội nghị|buổi|chuyến|lượt|đoàn|lớp|hội thảo"
_COUNT = rf"(?<![\w.,/-])(?P<count>0?[2-9]|1\d|{COUNT_WORDS}|năm(?=\s+(?:{_ONCE}|{_OFTEN}|tháng|quý|năm)\b))"
_MORE = (
    r"(?:\s(?!vào\b|ngày\b|tháng\b|quý\b|và\b|hoặc\b)[^\W\d_]+){0,7}?"
    r"(?:\s(?:năm|nhiệm kỳ)\s(?:19|20)\d\d|\s(?:mỗi|một|hằng|hàng)\s(?:tháng|năm|quý))?"
)
#: Words that lead from the count to the times.
_LEADS = (
    r"(?:\s*[,:(]\s*|\s+)"
    r"(?:(?:gồm|bao gồm|cụ thể|là|đó là|lần lượt|diễn ra|tổ chức|họp|vào|trong|ở)\s+(?:là\s+)?){0,3}"
    r"(?::\s*)?(?:các\s+|những\s+)?"
)
_VALUES = {
    "tháng": r"\d{1,2}(?:\s?/\s?\d{4}|\s+năm\s+\d{4})?",
    "quý": r"(?:IV|I{1,3}|[1-4])(?:\s?/\s?\d{4}|\s+năm\s+\d{4})?",
    "ngày": r"\d{1,2}(?:\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)?",
    "năm": r"(?:19|20)\d\d",
}
_AND = r"\s*(?:,\s*(?:và\s+)?|;\s*(?:và\s+)?|\s+và\s+)(?:vào\s+)?"
_LIST = "|".join(
    rf"{unit}\s+{value}(?:{_AND}(?:{unit}\s+)?{value}(?![\w%]|[.,/]\d)){{1,11}}" for unit, value in _VALUES.items()
)
#: No list ends before a range goes on, or before a number that counts something.
_ENDS = r"(?!\s*(?:[-–]|đến\b|tới\b)|\s?[/\d%])"
_HELD_RE = re.compile(
    rf"{_COUNT}\s+(?P<noun>(?P<once>{_ONCE})|{_OFTEN})\b{_MORE}{_LEADS}(?P<list>{_LIST}){_ENDS}", re.IGNORECASE
)
#: Months, quarters or years themselves.
_SELVES = tuple(
    re.compile(
        rf"{_COUNT}\s+(?P<noun>{unit})(?:\s(?:liền|liên tiếp|qua|gần đây))?"
        rf"\s*[,(]?\s*(?:là\s+)?(?:các\s+)?(?:{unit}\s+)?"
        rf"(?P<list>{value}(?:{_AND}(?:{unit}\s+)?{value}(?![\w%]|[.,/]\d)){{1,11}}){_ENDS}",
        re.IGNORECASE,
    )
    for unit, value in _VALUES.items()
)
_RANGE_RE = re.compile(
    rf"{_COUNT}\s+(?P<noun>năm)(?:\s(?:qua|vừa qua|liền|gần đây))?\s*[,(]?\s*(?:giai đoạn\s+|từ\s+)?(?:năm\s+)?"
    r"(?P<list>(?P<from>(?:19|20)\d\d)\s*(?:[-–]|đến(?:\s+hết)?)\s*(?:năm\s+)?(?P<to>(?:19|20)\d\d))(?![\d/])",
    re.IGNORECASE,
)
_DAY_RANGE_RE = re.compile(
    rf"{_COUNT}\s+(?P<noun>ngày)\s*[,(]?\s*(?:ngày\s+)?(?P<list>(?P<from>\d{{1,2}})\s?[-–]\s?(?P<to>\d{{1,2}})\s?/\s?\d{{1,2}})(?!\d)",
    re.IGNORECASE,
)
#: Years from one to another, and how many they are behind them: ``giai đoạn 2021 - 2024 (3 năm)``.
_LASTING = r"(?:trong|gồm|tổng cộng|thời hạn|thời gian|tức(?: là)?|kéo dài|cả)\s+"
_RANGE_FIRST_RE = re.compile(
    r"\b(?:giai đoạn|thời (?:kỳ|gian|hạn)|các năm|năm)\s+(?:[^\W\d_]+\s+){0,3}"
    r"(?P<list>(?P<from>(?:19|20)\d\d)\s*[-–]\s*(?P<to>(?:19|20)\d\d))"
    rf"(?:\s*\(\s*(?:{_LASTING}){{0,2}}|\s*,\s+{_LASTING})"
    rf"(?P<count>0?[2-9]|1\d|{COUNT_WORDS}|năm(?=\s+năm\b))\s+(?P<noun>năm)"
    r"(?=\s*[);,.]|\s+(?:liên tục|liền|liên tiếp)\b)",
    re.IGNORECASE,
)
#: Words behind which a number is a part of a name or of a date, or no exact count.
_NO_COUNT_RE = re.compile(
    r"\b(?:thứ|số|tháng|quý|ngày|mục|điểm|khoản|điều|đợt|kỳ|ít nhất|tối thiểu|tối đa|không quá|trên|hơn"
    r"|dưới|gần|mức độ|hạng|khối|lớp|tuyến"
    r"|khoảng|từ|đến|hoặc|mỗi|một trong|lần)\s*$",
    re.IGNORECASE,
)
#: Terms and school years end in the year in which the next begins; five and ten years are often told so too.
_TERM_RE = re.compile(r"\b(?:nhiệm kỳ|đại hội|khóa|khoá|năm học|niên khóa|niên độ|vụ)\b", re.IGNORECASE)
_ROUND = (5, 10)
_DAYS_RE = re.compile(r"\bngày\b", re.IGNORECASE)
_OF_ONE_DAY_RE = re.compile(r"lần|phiên|kỳ", re.IGNORECASE)
_GATE_RE = re.compile(
    r"\b(?:tháng|quý|ngày|năm)\s+(?:\d|[IV])|\b(?:năm|ngày)\s*[,(]|\bnăm giai đoạn\b"
    r"|[-–]\s?(?:19|20)\d\d\s?[(,]",
    re.IGNORECASE,
)
#: Where one may stand: what is counted, and the count right before it.
_NOUN_RE = re.compile(
    r"(?:lần|đợt|kỳ|phiên|vòng|cuộc|hội nghị|hội thảo|buổi|chuyến|lượt|đoàn|lớp|ngày|tháng|quý|năm|THÁNG"
    r"|QUÝ|NĂM)"
    r"(?![^\W\d_])"
)
_BEFORE_RE = re.compile(rf"(?<![\w.,/-])(?:0?[2-9]|1\d|{COUNT_WORDS}|năm)\s+$", re.IGNORECASE)
_BEFORE, _SHORT, _FEW, _AROUND = 24, 8, 2, 60


@dataclass(frozen=True, slots=True)
class _Counted:
    """A count, how many times are named behind it, and how bad another number is; None for nothing to say."""

    found: re.Match[str]
    count: int
    named: tuple[int, ...]
    severity: Severity | None


def check_times_counted(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """As many times are named as were counted."""
    document = subject.document
    for block in document.blocks if not subject.is_rule() else ():
        text = document.block_text(block) if block.kind is BlockKind.TEXT else ""
        for told in _counted(text) if _GATE_RE.search(text) else ():
            if told.count in told.named:
                tally.held += 1
                continue
            if told.severity is None:
                continue
            tally.failed += 1
            start, found, named = block.view.start, told.found, told.named[-1]
            printed, times = f"{found['count']} {found['noun']}", " ".join(found["list"].split())
            yield by.finding(
                (document.reading.hull(start + found.start("count"), start + found.end("noun")),),
                f"ghi {printed}, nhưng “{times}” là {named}",
                f"{printed} are stated, but “{times}” are {named}",
                stated=found["count"],
                expected=str(named),
                evidence=(document.reading.hull(start + found.start("list"), start + found.end("list")),),
                suggestion=both("kiểm tra lại số lần hoặc các thời điểm", "check the count or the times"),
                page=block.page,
                severity=told.severity,
            )


def _counted(text: str) -> Iterator[_Counted]:
    """The counts of times of a paragraph."""
    for range_ in _RANGE_FIRST_RE.finditer(text):
        years, count = int(range_["to"]) - int(range_["from"]), read_count(range_["count"])
        fits = (years, years + 1) if _may_leave_one_out(text, range_) else (years + 1,)
        if count is not None and years > 0:
            yield _Counted(range_, count, fits, Severity.WARNING)
    for noun in _NOUN_RE.finditer(text):
        before = _BEFORE_RE.search(text[max(0, noun.start() - _SHORT) : noun.start()])
        start = noun.start() - len(before.group()) if before else 0
        if before is None or _NO_COUNT_RE.search(text[max(0, start - _BEFORE) : start]):
            continue
        for pattern in (_HELD_RE, *_SELVES, _RANGE_RE, _DAY_RANGE_RE):
            found = pattern.match(text, start)
            count = read_count(found["count"]) if found else None
            if found is None or count is None:
                continue
            if pattern in (_RANGE_RE, _DAY_RANGE_RE):
                years = int(found["to"]) - int(found["from"])
                both_ends = (
                    pattern is _RANGE_RE and "đến" not in found["list"] and not _may_leave_one_out(text, found)
                )
                named_ = (years + 1,) if both_ends else (years, years + 1)
                yield _Counted(found, count, named_, Severity.WARNING if years > 0 else None)
                break
            named = len(re.split(_AND, found["list"].strip()))
            held = pattern is _HELD_RE
            far = found["noun"].lower() == "ngày" and abs(named - count) > _FEW
            sure = None if far else _sure(found, count, named) if held else Severity.WARNING
            yield _Counted(found, count, (named,), sure)
            break


def _may_leave_one_out(text: str, found: re.Match[str]) -> bool:
    """Whether years are those of a term or a school, or so many that the first is often left out."""
    low, high = max(0, found.start() - _AROUND), found.end() + _AROUND
    return read_count(found["count"]) in _ROUND or _TERM_RE.search(text, low, high) is not None


def _sure(found: re.Match[str], count: int, named: int) -> Severity | None:
    """How bad it is that something was held another number of times than is named."""
    days = _DAYS_RE.match(found["list"]) is not None
    if named > count:
        # What is held may last some days; a time it was done, or a session, is of one.
        return Severity.NOTE if days and not _OF_ONE_DAY_RE.match(found["noun"]) else Severity.WARNING
    if named < count - 1:
        return None
    return Severity.WARNING if found["once"] else Severity.NOTE
