"""FIG of a task that the text gives to another body, or another time, than the table of tasks does.

``Số hóa 26 bảo tàng; Sở Nội vụ chủ trì`` beside the row *Số hóa 26 bảo tàng* of another body.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from graphs.checks.reading.periods import WHEN, when
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.beside import tokens
from kb.bilingual import both
from kb.models import BlockKind, Cell, Finding, Span, Table
from kb.text.sentences import split_sentences

_TASK_HEAD_RE = re.compile(r"nhiệm vụ|nội dung|công việc|hoạt động|giải pháp", re.IGNORECASE)
_LEAD_HEAD_RE = re.compile(r"chủ trì", re.IGNORECASE)
_DUE_HEAD_RE = re.compile(r"thời (?:gian|hạn)|tiến độ|hoàn thành", re.IGNORECASE)
_BODY = (
    r"(?:Sở|Bộ|Ban|Phòng|Chi cục|Cục|Công an|Văn phòng|Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Hội|Liên đoàn"
    r"|Thanh tra|Bảo hiểm|Kho bạc|Trung tâm|Đài|Bộ Chỉ huy)"
)
_LEADS_RE = re.compile(rf"\b(?P<body>{_BODY}\s[^;:.()\d]{{2,60}}?)\s+(?:làm\s+)?(?:là\s+cơ quan\s+)?chủ trì\b")
_DUE_RE = re.compile(
    r"[^.;:()\d]{0,30}?\b(?:trước|vào|trong|xong|hết|hoàn thành|chậm nhất)(?:\s+(?:trong|vào|trước|là))*"
    rf"\s+(?P<when>{WHEN})",
    re.IGNORECASE,
)
#: Words right before a name that make it another task, or no task at all.
_OTHER_RE = re.compile(
    r"\b(?:kế hoạch|báo cáo|dự thảo|đề cương|hồ sơ|kết quả|sau|trước|để|cho|của|theo|khi|việc|đã|không|chưa|dự án"
    r"|kinh phí|phần|bước|rà soát|chuẩn bị)\s*$",
    re.IGNORECASE,
)
_ENDS_RE = re.compile(r"\s*(?:[.;,)]|$|thực hiện\b|phối hợp\b)")
_WORD_RE = re.compile(r"[^\W\d_]+")
_NUMBER_RE = re.compile(r"\d[\d.,]*")
_FEWEST, _LETTERS, _GATE = 4, 14, 8
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Task:
    """A row of a table of tasks: its name, what finds it in a text, who leads it, when it is due."""

    name: str
    pattern: re.Pattern[str]
    lead: Cell | None
    due: Cell | None


def check_tasks_beside(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Who leads a task, and when it is due, is told by the text as by the table of tasks."""
    if subject.is_rule():
        return
    tasks = [task for table in subject.document.tables for task in _tasks(table)]
    for block in subject.document.blocks if tasks else ():
        text = subject.document.block_text(block) if block.kind is BlockKind.TEXT else ""
        low = text.lower()
        if "chủ trì" not in low and not _DUE_RE.search(low):
            continue
        for task in tasks:
            found = task.pattern.search(text) if task.name[:_GATE].lower() in low else None
            if found is None or _OTHER_RE.search(text, 0, found.start()) or not _counts(task.name, found[0]):
                continue
            low_at, high = next(one for one in split_sentences(text) if one[0] <= found.start() < one[1])
            start = block.view.start
            for place, words, cell in _apart(task, text, (low_at, high), found, tally):
                hull = subject.document.reading.hull(start + place[0], start + place[1])
                yield _finding(by, task, words, cell, hull, block.page)


def _counts(name: str, told: str) -> bool:
    return _NUMBER_RE.findall(name) == _NUMBER_RE.findall(told)


def _tasks(table: Table) -> Iterator[_Task]:
    heads = {at: name or "" for at, name in enumerate(table.columns)}
    task = next((at for at, name in heads.items() if _TASK_HEAD_RE.search(name)), None)
    lead = next((at for at, name in heads.items() if _LEAD_HEAD_RE.search(name) and at != task), None)
    due = next((at for at, name in heads.items() if _DUE_HEAD_RE.search(name) and at != task), None)
    if task is None or (lead is None and due is None):
        return
    rows = [
        (" ".join((row.cells[task].text or "").split()), row) for row in table.rows if len(row.cells) == len(heads)
    ]
    names = Counter(name.lower() for name, _ in rows)
    for name, row in rows:
        words = _WORD_RE.findall(name)
        if len(words) >= _FEWEST and len(name) >= _LETTERS and names[name.lower()] == 1:
            pattern = re.compile(r"\b" + r"[\W\d]+".join(words) + r"\b", re.IGNORECASE)
            yield _Task(name, pattern, _cell(row.cells, lead), _cell(row.cells, due))


def _cell(cells: tuple[Cell, ...], at: int | None) -> Cell | None:
    return cells[at] if at is not None and (cells[at].text or "").strip() and cells[at].spans else None


def _apart(
    task: _Task, text: str, sentence: tuple[int, int], found: re.Match[str], tally: Tally
) -> Iterator[tuple[tuple[int, int], str, Cell]]:
    """Where a sentence tells another body or time than the row, in what words, and the cell."""
    low, high = sentence
    leads = list(_LEADS_RE.finditer(text, low, high))
    alone = len(leads) == 1 and text.count("chủ trì", low, high) == 1
    if task.lead is not None and alone and _leads_it(text, leads[0], found):
        one, other = (set(tokens(words)) for words in (leads[0]["body"], task.lead.text or ""))
        if one <= other or other <= one or "các" in one | other:
            tally.held += 1
        else:
            tally.failed += 1
            yield leads[0].span("body"), leads[0]["body"], task.lead
    told = _DUE_RE.match(text, found.end(), high)
    days, cell = when(told["when"]) if told else None, task.due
    own = when(cell.text or "") if cell else None
    if told and days and own and cell:
        # Before a day is as good as on the day before it.
        first = days[0] - _DAY if "trước" in told[0].lower() else days[0]
        if first <= own[1] and own[0] <= days[1]:
            tally.held += 1
        else:
            tally.failed += 1
            yield told.span("when"), told["when"], cell


def _leads_it(text: str, lead: re.Match[str], task: re.Match[str]) -> bool:
    """Whether a body leads a task: it stands before it in one clause, or behind it and leads nothing else."""
    if lead.end() <= task.start():
        return not re.search(r"[;:]", text[lead.end() : task.start()])
    return lead.start() >= task.end() and bool(_ENDS_RE.match(text, lead.end()))


def _finding(by: Rule, task: _Task, words: str, cell: Cell, hull: Span, page: int | None) -> Finding:
    printed = " ".join((cell.text or "").split())
    return by.finding(
        (hull,),
        f"lời văn ghi {words} cho việc “{task.name}”; bảng ghi {printed}",
        f"the text says {words} of the task “{task.name}”; the table, {printed}",
        stated=words,
        expected=printed,
        evidence=(cell.span,),
        suggestion=both("thống nhất cơ quan chủ trì và thời hạn", "keep one body and one time for the task"),
        page=page,
    )
