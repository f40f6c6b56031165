"""Deeds that the words between them put in order: ``ban hành ngày …, sau khi xem xét Tờ trình … ngày …``.

What a deed comes after, or rests on, is no later than it. Rows of data: the words, and the deeds they need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graphs.checks.reading.forms import CAPITAL
from graphs.checks.reading.periods import YEAR_MARKS, when
from graphs.checks.report import Subject
from kb.models import BlockKind, Span, TextBlock
from kb.text.sentences import split_sentences

_D = r"(?:\d{1,2}/\d{1,2}/(?:19|20)\d\d(?![\d/])|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(?:19|20)\d\d)"
#: The words of one clause; numbers of papers may stand among them, other days may not.
_W = r"(?:[^.;:\d]|\d(?![\d/]*/(?:19|20)\d\d|\d?\s+tháng\s+\d)|(?<=\d)\.(?=\d)|(?<=\w)\.(?=\w))"
_ACTS = (
    r"(?:ban hành|phát hành|ký|phê duyệt|duyệt|thông qua|quyết định|công bố|công nhận|giao|cấp|trình|thanh toán"
    r"|khởi tố|thành lập|tổ chức|tiến hành|bắt|thu hồi|bổ nhiệm|xử phạt|điều động)"
)
#: What a deed rests on: only an act of an authority does.
_BEHIND = r"(?:trên cơ sở|căn cứ(?: vào)?|(?:theo|xét) (?:đề nghị|yêu cầu|chỉ đạo|ý kiến))"
_AHEAD = rf"(?:{_BEHIND}|thực hiện|tiếp thu|được sự (?:đồng ý|chấp thuận|thống nhất))"
#: The words of a deed of its own, not those of what a paper is about.
_OWN = rf"(?:(?!\b(?:về|việc|V/v|quy định|tại|theo|để)\b){_W})"
#: "sau khi thử tải đã đưa vào khai thác ngày …": behind such a word the day is that of the deed told next.
_NO_MAIN = rf"(?:(?!\s(?:đã|chính thức)\s){_W})"
_SMALL = rf"(?-i:(?!{CAPITAL})[^\W\d_]+)"


@dataclass(frozen=True, slots=True)
class Link:
    """A form in which one day (`then`) comes no earlier than another (`first`), with an example that breaks it.

    One of `gates` stands in all that has the form.
    """

    gates: tuple[str, ...]
    pattern: re.Pattern[str]
    breaks: str


def _link(gates: tuple[str, ...], pattern: str, breaks: str) -> Link:
    return Link(gates, re.compile(pattern, re.IGNORECASE), breaks)


_AFTER = ("sau khi", "Sau khi")
_REST = ("rên cơ sở", "ăn cứ", "ét đề", "ét yêu", "ét ý", "eo đề nghị", "eo yêu cầu", "eo chỉ đạo", "eo ý kiến")


LINKS: tuple[Link, ...] = (
    _link(
        _AFTER,
        rf"\bngày\s+(?P<then>{_D}){_W}{{0,60}}?[,(\s]\s*sau khi\s{_NO_MAIN}{{4,170}}?\bngày\s+(?P<first>{_D})",
        "Quy chế ban hành ngày 22/5/2023, sau khi xem xét đề nghị tại Tờ trình số 6/TTr-STP ngày 10/6/2023.",
    ),
    _link(
        _AFTER,
        rf"\bsau khi\s{_W}{{4,170}}?\bngày\s+(?P<first>{_D}){_W}{{0,90}}?,\s{_W}{{4,150}}?\bngày\s+(?P<then>{_D})",
        "Sau khi có ý kiến tại Công văn số 32/BNV-CCVC ngày 14/8/2023, Sở đã tổ chức kỳ thi vào ngày 20/7/2023.",
    ),
    _link(
        _AFTER,
        rf"(?P<first>{_D}){_W}{{0,60}}?,\s*sau khi\s(?:(?!đã\b){_SMALL}\s){{1,5}}đã\s{_W}{{2,90}}?"
        rf"\bngày\s+(?P<then>{_D})",
        "Trạm bơm chạy không tải ngày 20/9/2023, sau khi khắc phục lỗi đã bàn giao cho huyện ngày 02/8/2023.",
    ),
    _link(
        _REST,
        rf"\b{_ACTS}\b{_W}{{0,140}}?\bngày\s+(?P<then>{_D}){_W}{{0,60}}?[,(\s]\s*{_BEHIND}\s{_W}{{4,150}}?"
        rf"\bngày\s+(?P<first>{_D})",
        "Hội đồng thông qua Nghị quyết ngày 10/7/2023 trên cơ sở Tờ trình số 88/TTr-UBND ngày 22/7/2023.",
    ),
    _link(
        (*_REST, "hực hiện", "iếp thu", "ược sự"),
        rf"(?:^|[.;:]\s)\W*(?:\w\)\s*)?{_AHEAD}\s{_W}{{4,170}}?\bngày\s+(?P<first>{_D}){_W}{{0,120}}?,\s"
        rf"{_OWN}{{2,80}}?\b(?:đã\s+)?{_ACTS}\b{_W}{{0,110}}?\bngày\s+(?P<then>{_D})",
        "Theo đề nghị của Sở tại Tờ trình số 21/TTr-SXD ngày 25/10/2023, tỉnh ban hành Quyết định số 19/QĐ-UBND"
        " ngày 18/10/2023.",
    ),
    _link(
        ("rước đó",),
        rf"\bngày\s+(?P<then>{_D}){_W}{{0,150}}?[;.,]\s+trước đó,?\s{_W}{{4,150}}?\bngày\s+(?P<first>{_D})",
        "Ngày 05/6/2023, Sở ban hành kết luận; trước đó, đoàn kết thúc làm việc ngày 28/6/2023.",
    ),
    _link(
        ("au đó",),
        rf"\bngày\s+(?P<first>{_D}){_W}{{0,150}}?[;.,]\s+sau đó,?\s{_W}{{4,150}}?\bngày\s+(?P<then>{_D})",
        "Ngày 25/6/2023, Sở họp góp ý; sau đó, ban hành kế hoạch ngày 18/6/2023.",
    ),
)
#: What is changed or begins by its words, is told as of a day, or is only to come.
_OTHER_RE = re.compile(
    r"\b(?:điều chỉnh|sửa đổi|bổ sung|thay thế|gia hạn|đính chính|hợp nhất|hiệu lực|dự kiến|sẽ|nếu|bãi bỏ"
    r"|kéo dài|từ ngày|đến ngày|trước ngày|sau ngày|hết ngày|kể từ|tính đến|nay là|lần\s+\d|tiếp tục|lại)\b",
    re.IGNORECASE,
)
_BEFORE_RE = re.compile(r"\b(?:từ|đến|trước|hết|sau|quá|chậm nhất|muộn nhất)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Resting:
    """Two days of one sentence of which `first` is no later than `then`, as printed and where, with the words."""

    block: TextBlock
    first: tuple[date, str, Span]
    then: tuple[date, str, Span]
    words: str


def resting_deeds(subject: Subject) -> Iterator[Resting]:
    """The pairs of days that some words put in order."""
    for block in subject.document.blocks:
        text = subject.document.block_text(block) if block.kind in (BlockKind.TEXT, BlockKind.NOTE) else ""
        links = [link for link in LINKS if any(map(text.__contains__, link.gates))] if _days(text) > 1 else []
        seen: set[int] = set()
        for link in links:
            apart = link.gates[0] in ("rước đó", "au đó")
            for low, high in [(0, len(text))] if apart else split_sentences(text):
                for found in link.pattern.finditer(text, low, high) if _days(text[low:high]) > 1 else ():
                    one = _read(subject, block, text, found)
                    if one is not None and one.then[2].start not in seen:
                        seen.add(one.then[2].start)
                        yield one


def _days(text: str) -> int:
    return sum(map(text.count, YEAR_MARKS))


def _read(subject: Subject, block: TextBlock, text: str, found: re.Match[str]) -> Resting | None:
    if _OTHER_RE.search(found.group()):
        return None
    told = []
    for name in ("first", "then"):
        days = when(f"ngày {found[name]}")
        if days is None or _BEFORE_RE.search(text[found.start() : found.start(name)].removesuffix("ngày ")):
            return None
        start = block.view.start
        span = subject.document.reading.hull(start + found.start(name), start + found.end(name))
        told.append((days[0], found[name], span))
    return Resting(block, told[0], told[1], " ".join(found.group().split()))
