"""TGT of what is said of the pace and the times told right before it: ``bàn giao sớm 02 tháng, chậm tiến độ``.

Whether a task was in time is told by how many days it was early or late, by what was done when it was due, or by
the day on which it was due and that on which it was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.reading.periods import WHEN, when
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Finding, Severity
from kb.text.sentences import split_sentences

_TERM = r"(?:tiến độ|thời hạn|thời gian|hạn|lộ trình|kế hoạch)"
#: A clause that says that something was late, or in time.
_LATE = (
    rf"(?:chậm|muộn|trễ)\s+(?:so với\s+)?{_TERM}|quá hạn"
    rf"|(?:chưa|không)\s+(?:bảo đảm|đảm bảo|đạt|đúng|kịp)\s+{_TERM}"
)
_TIMELY = (
    rf"đúng\s+{_TERM}|(?:bảo đảm|đảm bảo|kịp)\s+(?:đúng\s+)?(?:tiến độ|thời hạn|thời gian|lộ trình)"
    r"|vượt\s+tiến độ|trước\s+(?:thời\s+)?hạn"
)
_SAID_RE = re.compile(
    rf"(?<!\w)(?P<said>(?P<late>{_LATE})|{_TIMELY})"
    r"(?:\s+(?:so với\s+)?(?:tiến độ|kế hoạch|yêu cầu|quy định|đề ra|được giao|đặt ra|chung|nêu trên|hoàn thành))*"
    r"(?=\s*(?:[.;,)]|$))",
    re.IGNORECASE,
)
_LEAD_RE = re.compile(
    r"(?:[,;:(–]|\b(?:nên|do đó|vì vậy|như vậy|là|nhiệm vụ|được đánh giá)|\d|\s-)\s*"
    r"(?:(?:nhiệm vụ|công việc)\s+(?:này\s+)?)?(?:(?:đã|là|được đánh giá|hoàn thành)\s+)*$",
    re.IGNORECASE,
)
_HOW_LONG = r"(?:\d+(?:,\d+)?|một|hai|ba|bốn|năm|sáu)\s+(?:ngày|tuần|tháng|quý|năm)\b"
_EARLY_RE = re.compile(
    rf"\b(?:sớm|trước\s+(?:thời\s+)?hạn)\s+(?:(?:hơn|gần|khoảng)\s+)*{_HOW_LONG}", re.IGNORECASE
)
_BEHIND_RE = re.compile(
    rf"\b(?:chậm|muộn|trễ|quá\s+hạn)\s+(?:(?:hơn|mất|gần|khoảng|trên)\s+)*{_HOW_LONG}", re.IGNORECASE
)
#: What was done when it was due.
_WHEN_DUE_RE = re.compile(
    r"\b(?:đến|đúng|tại|trong)\s+(?:đúng\s+)?(?:thời hạn|thời điểm (?:đến hạn|quy định)|hạn|mốc)\b[^.;,]{0,25},\s*"
    r"(?:(?P<all>(?:[^.;]{0,30}\b)?(?:toàn bộ|tất cả|100%|cả \d+|đủ \d+)(?:[^.;]|\.\d){0,90}?\bđã\b)"
    r"|(?P<few>[^.;]{0,30}\b(?:mới|chỉ)\b))",
    re.IGNORECASE,
)
_DUE_RE = re.compile(
    r"\b(?:trước|chậm nhất(?:\s+(?:là|vào|đến))*|muộn nhất(?:\s+là)?|trong|đến(?:\s+hết)?|hết|vào|xong)\s+"
    rf"(?P<when>{WHEN})",
    re.IGNORECASE,
)
_ASKED_RE = re.compile(
    r"\b(?:yêu cầu|giao|kế hoạch|thời hạn|hạn|phải|quy định|đề ra|đặt ra|chỉ tiêu|mục tiêu|cam kết|hợp đồng"
    r"|ấn định)\b",
    re.IGNORECASE,
)
_DONE_RE = re.compile(
    r"\b(?:đã|thực tế|mới|hoàn thành|xong|ban hành|trình|bàn giao|phê duyệt|nghiệm thu|gửi|nộp|đưa vào|khánh thành"
    r"|kết thúc|công bố|tổ chức)\b",
    re.IGNORECASE,
)
_AS_OF_RE = re.compile(r"\b(?:đến|tính đến|tới)(?:\s+hết)?\s*$", re.IGNORECASE)
_BUT_RE = re.compile(
    r"\b(?:vẫn|nhưng|song|tuy|mặc dù|dù|riêng|trừ|trong đó|sẽ|nhằm|để|nếu|gia hạn|điều chỉnh|xin lùi|còn)\b",
    re.IGNORECASE,
)
#: A sentence that tells what came of the one before it.
_OF_BEFORE_RE = re.compile(r"\s*(?:Thực tế|Kết quả|Đến nay|Trên thực tế)\b")
_TWO, _LEAD = 2, 60
#: A text that says such a thing has one of each.
_CUES = (
    "chậm ",
    "muộn ",
    "trễ ",
    "quá hạn",
    "đúng ",
    "bảo đảm t",
    "đảm bảo t",
    "kịp ",
    "vượt tiến",
    "trước hạn",
    "trước thời",
)
_TERMS = ("tiến độ", "hạn", "lộ trình", "kế hoạch", "thời gian")


@dataclass(frozen=True, slots=True)
class _Told:
    """What tells whether a task was in time: its words, where it ends, whether it was late."""

    words: str
    start: int
    end: int
    late: bool


def check_pace_said(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``bàn giao sớm 02 tháng, chậm so với kế hoạch`` contradicts itself."""
    document = subject.document
    for block in document.blocks if not subject.is_rule() else ():
        text = document.block_text(block) if block.kind is BlockKind.TEXT else ""
        if not any(word in text for word in _CUES) or not any(word in text for word in _TERMS):
            continue
        before = 0
        for low, high in split_sentences(text) if _SAID_RE.search(text) else ():
            last, before = before if _OF_BEFORE_RE.match(text, low) else low, low
            for said in _SAID_RE.finditer(text, low, high):
                if not _LEAD_RE.search(text[max(low, said.start() - _LEAD) : said.start()]):
                    continue
                told = list(_told(text, last, said.start("said")))
                last = said.end()
                if not told or _BUT_RE.search(text, told[-1].end, said.start()):
                    continue
                if any(one.late == bool(said["late"]) for one in told):
                    tally.held += 1
                    continue
                tally.failed += 1
                start, words = block.view.start, " ".join(said["said"].split())
                shown = " ".join(told[-1].words.split())
                yield by.finding(
                    (document.reading.hull(start + said.start("said"), start + said.end("said")),),
                    f"đánh giá “{words}”, nhưng ngay trước đó ghi “{shown}”",
                    f"the verdict is “{words}”, but “{shown}” is told right before",
                    stated=words,
                    expected="chậm tiến độ" if told[-1].late else "đúng tiến độ",
                    evidence=tuple(document.reading.hull(start + one.start, start + one.end) for one in told),
                    suggestion=both("đối chiếu thời hạn và ngày hoàn thành", "compare when it was due and done"),
                    severity=Severity.WARNING,
                    page=block.page,
                )


def _told(text: str, low: int, high: int) -> Iterator[_Told]:
    """What a stretch tells of whether something was in time."""
    for pattern, late in ((_EARLY_RE, False), (_BEHIND_RE, True)):
        for found in pattern.finditer(text, low, high):
            yield _Told(found.group(), found.start(), found.end(), late)
    for found in _WHEN_DUE_RE.finditer(text, low, high):
        yield _Told(found.group(), found.start(), found.end(), not found["all"])
    times = list(re.finditer(WHEN, text[low:high], re.IGNORECASE))
    due = _DUE_RE.search(text, low, high)
    if len(times) != _TWO or due is None or due.start("when") != low + times[0].start():
        return
    asked, done = when(due["when"]), when(times[1].group())
    between = text[due.end() : high]
    if (
        asked is None
        or done is None
        or not _ASKED_RE.search(text, low, due.start())
        or not _DONE_RE.search(between)
    ):
        return
    as_of = _AS_OF_RE.search(text, low, low + times[1].start())
    words = text[due.start() : low + times[1].end()]
    if done[1] <= asked[1]:
        yield _Told(words, due.start(), low + times[1].end(), False)
    elif done[0] > asked[1] and (not as_of or re.search(r"\bmới\b", between)):
        yield _Told(words, due.start(), low + times[1].end(), True)
