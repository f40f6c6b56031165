"""What is counted of the verdicts of a table: ``06 chỉ tiêu đạt, 04 có khả năng đạt``; ``đạt cả 8/8 chỉ tiêu``.

The counts are of the nearest table that has as many verdicts as they make together. A verdict that may be read in
two ways, met and more than met, is held against each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.counted import COUNT, DONE, DONE_WORDS, read_count
from graphs.checks.reading.forms import PLANNED_RE
from graphs.checks.reading.prose import stated
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.all_rows import is_of_another_year, is_of_year, nearest
from kb.bilingual import both
from kb.goals import MET, read_columns
from kb.models import BlockKind, Figure, Finding, Table, Target, TextBlock
from kb.text.sentences import split_sentences

_KINDS = ("chỉ tiêu", "mục tiêu", "tiêu chí", "nhiệm vụ", "nội dung", "chỉ số")
_KIND = rf"(?:{'|'.join(_KINDS)})"
#: Verdicts as words and cells tell them, each of one kind; the first that fits is meant.
_VERDICTS = (
    ("likely", rf"(?:có\s+)?khả năng\s+{DONE}"),
    ("hard", rf"khó\s+(?:có khả năng\s+)?{DONE}"),
    ("missed", rf"(?:chưa|không)\s+{DONE}"),
    ("nearly", rf"cơ bản\s+{DONE}"),
    ("over", r"(?:hoàn thành\s+)?vượt"),
    ("met", rf"{DONE}(?:(?:,|\s+và|\s+hoặc)\s+{DONE})?"),
)
_VERDICT = "|".join(f"(?P<{name}>{words})" for name, words in _VERDICTS)
_CELL_RE = re.compile(rf"\W*(?:{_VERDICT})\b", re.IGNORECASE)
_IS_SAID = r"(?:đã\s+|được\s+|đánh giá\s+|là\s+|dự kiến\s+|đều\s+)*"
#: "04 chỉ tiêu đạt", "hai chỉ tiêu được đánh giá chưa hoàn thành".
_TALLY_RE = re.compile(
    rf"(?<![\w/.,])(?P<count>{COUNT}|một)(?:/(?P<of>\d{{1,3}}))?\s+(?P<kind>{_KIND}\s+)?{_IS_SAID}(?:{_VERDICT})"
    r"(?!\s+(?:trên|từ|dưới|\d))\b",
    re.IGNORECASE,
)
#: "đã hoàn thành cả 8/8 chỉ tiêu", "đạt 17/23 mục tiêu".
_ALL_RE = re.compile(
    rf"\b(?:{_VERDICT})(?:\s+mức)?\s+(?:(?:cả|toàn bộ|tất cả)\s+)?(?:các\s+)?"
    rf"(?P<some>\d{{1,3}})/(?P<of>\d{{1,3}})\s+{_KIND}\b",
    re.IGNORECASE,
)
_BUT_RE = re.compile(r"\b(?:trừ|ngoại trừ|riêng|năm trước|cùng kỳ|nếu|hầu hết|khác|còn lại)\b", re.IGNORECASE)
#: "trong tổng số 12 chỉ tiêu"
_WHOLE_RE = re.compile(rf"\btrong\s+(?:tổng\s+)?(?:số\s+)?(?P<count>{COUNT})\s+{_KIND}\b", re.IGNORECASE)
_KIND_RE = re.compile(_KIND, re.IGNORECASE)
#: A paragraph that lists the goals that were missed, behind their count.
_LED_RE = re.compile(
    rf"(?:^|[-–+•.]\s)\s*(?:(?:còn|có)\s+)?(?P<count>{COUNT})\s+(?:chỉ tiêu|mục tiêu)\s+"
    rf"(?P<said>(?:chưa|không)\s+{DONE})(?:\s+(?:kế hoạch|yêu cầu))?\s*(?:gồm|là|:)",
    re.IGNORECASE,
)
_FEWEST = 3
_GOALS_RE = re.compile(r"(?:mục tiêu|chỉ tiêu|nhiệm vụ)\b", re.IGNORECASE)
_MISSED_RE = re.compile(r"\b(?:chưa|không)\s+(?:đạt|hoàn thành)[^.;]{0,40}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Told:
    """A count of verdicts of one kind, of how many, and where it stands in a paragraph."""

    count: int
    of: int | None
    verdict: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CountedGoals:
    """A count of goals that the text states, the table that judges as many, and how many of them it does so."""

    figure: Figure
    table: int
    found: int
    missed: bool


def counted_goals(subject: Subject) -> Iterator[CountedGoals]:
    """Where the text counts goals reached or missed of as many as the table of goals has."""
    rows = goal_rows(subject)
    verdicts = Counter(verdict in MET for verdict in rows.values() if verdict)
    for where in stated(subject) if rows else ():
        for figure in where.figures:
            after = where.text[where.end(figure) : where.end(figure) + 25].strip()
            if figure.of and Decimal(figure.of) == len(rows) and _GOALS_RE.match(after):
                before, table = where.text[: where.start(figure)], next(iter(rows))[0]
                clause = before[max(before.rfind(". "), before.rfind(";")) + 1 :]
                heads = " ".join(filter(None, subject.document.tables[table].columns))
                if not is_of_another_year(clause, heads):
                    missed = bool(_MISSED_RE.search(before))
                    yield CountedGoals(figure, table, verdicts[not missed], missed)


def _counted(goals: CountedGoals, tally: Tally, by: Rule) -> Iterator[Finding]:
    figure, found = goals.figure, goals.found
    if int(Decimal(figure.value)) == found:
        tally.held += 1
        return
    tally.failed += 1
    vi, en = ("chưa đạt", "unmet") if goals.missed else ("đạt", "met")
    yield by.finding(
        (figure.span,),
        f"lời văn ghi {figure.printed} mục tiêu {vi}, nhưng bảng có {found} mục tiêu {vi}",
        f"the text says {figure.printed} targets {en}, but the table has {found}",
        stated=figure.printed,
        expected=f"{found}/{figure.of}",
        page=figure.page,
    )


def goal_rows(subject: Subject) -> dict[tuple[int, int], str | None]:
    """The verdict of each row of the largest table of goals."""
    rows: dict[tuple[int, int], str | None] = {}
    for target in subject.targets:
        if target.table is not None and target.row is not None and is_judged(subject, target):
            rows[target.table, target.row] = target.verdict
    sizes = Counter(table for table, _ in rows)
    if not sizes:
        return {}
    largest = sizes.most_common(1)[0][0]
    return {key: verdict for key, verdict in rows.items() if key[0] == largest}


def is_judged(subject: Subject, target: Target) -> bool:
    """Whether a target's table has a column for what was reached or for how that is judged."""
    return target.table is not None and read_columns(subject.document.tables[target.table]) is not None


def check_tallied(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``05 chỉ tiêu đạt, 04 chỉ tiêu chưa đạt`` counts the verdicts of the table of goals."""
    told = [one for goals in counted_goals(subject) for one in _counted(goals, tally, by)]
    yield from told
    for one in _by_verdicts(subject, tally, by):
        if not any(one.spans[0].start <= other.spans[0].start < one.spans[0].end for other in told):
            yield one


def _by_verdicts(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    document = subject.document
    if subject.is_rule() or not document.tables:
        return
    verdicts = [(table, cells) for table in document.tables if (cells := _verdicts(table))]
    yield from _heading_lists(subject, [cells for _, cells in verdicts], tally, by)
    for block in document.blocks if verdicts else ():
        text = document.block_text(block) if block.kind is BlockKind.TEXT else ""
        for low, high in split_sentences(text) if _may_count(text) else ():
            told = _told(text, low, high)
            near = nearest([table for table, _ in verdicts], block) if told else []
            for table in near:
                cells = next(cells for one, cells in verdicts if one is table)
                if _is_of(told, text[low:high], sum(cells.values())) and is_of_year(
                    text[low:high], subject, table
                ):
                    yield from _held(subject, block, told, cells, tally, by)
                    break


def _heading_lists(
    subject: Subject, verdicts: Sequence[Counter[str]], tally: Tally, by: Rule
) -> Iterator[Finding]:
    """``05 chỉ tiêu không đạt gồm: …``, said once of the one table of goals, whose rows the text counts too."""
    rows = verdicts[0].total() if len(verdicts) == 1 else 0
    if not rows or not re.search(rf"(?<![\d.,])0?{rows}\s+(?:chỉ tiêu|mục tiêu)", subject.document.reading.text):
        return
    found = [
        (block, led)
        for block in subject.document.blocks
        if block.kind is BlockKind.TEXT
        for led in _LED_RE.finditer(subject.document.block_text(block))
    ]
    if len(found) == 1:
        block, led = found[0]
        told = _Told(read_count(led["count"]) or 0, None, "missed", led.start("count"), led.end("said"))
        yield from _held(subject, block, [told], verdicts[0], tally, by)


def _may_count(text: str) -> bool:
    """Whether a text has the words of both, looked for before its sentences are."""
    return any(word in text for word in DONE_WORDS) and any(word in text for word in _KINDS)


def _kind(found: re.Match[str]) -> str:
    return next(name for name, _ in _VERDICTS if found[name])


def _told(text: str, low: int, high: int) -> list[_Told]:
    """What a sentence counts: each verdict once; nothing where it is to come, or has exceptions."""
    if not _KIND_RE.search(text, low, high) or not any(word in text[low:high] for word in DONE_WORDS):
        return []
    told = [
        _Told(
            1 if found["count"].lower() == "một" else read_count(found["count"]) or 0,
            int(found["of"]) if found["of"] else None,
            _kind(found),
            *found.span(),
        )
        for found in _TALLY_RE.finditer(text, low, high)
    ]
    if not any(_KIND_RE.search(text, one.start, one.end) for one in told):
        told = []
    for found in _ALL_RE.finditer(text, low, high):
        told.append(_Told(int(found["some"]), int(found["of"]), _kind(found), *found.span()))
    # What is still to come of some of them stands behind a semicolon.
    ends = text.find(";", max((one.end for one in told), default=low), high)
    if told and (PLANNED_RE.search(text, low, ends if ends >= 0 else high) or _BUT_RE.search(text, low, high)):
        return []
    return told


def _is_of(told: Sequence[_Told], sentence: str, rows: int) -> bool:
    """Whether counts may be of so many verdicts: they make so many together, or are told to be of so many."""
    if len({one.verdict for one in told}) != len(told):
        return False
    whole = _WHOLE_RE.search(sentence)
    named = whole is not None and read_count(whole["count"]) == rows
    together = sum(one.count for one in told) == rows
    return all(one.of == rows for one in told) or (len(told) > 1 and together) or named


def _verdicts(table: Table) -> Counter[str]:
    """How many verdicts of each kind a table has in the one column of them; nothing for no such column."""
    width = max((len(row.cells) for row in table.rows), default=0)
    columns = []
    for at in range(1, width):
        cells = [row.cells[at].text or "" for row in table.rows if at < len(row.cells)]
        found = [found for cell in cells if (found := _CELL_RE.match(cell))]
        if len(found) >= _FEWEST and len(found) * 2 > sum(map(bool, cells)):
            columns.append(Counter(map(_kind, found)))
    return columns[0] if len(columns) == 1 else Counter()


def _rows(one: _Told, told: Sequence[_Told], cells: Counter[str]) -> tuple[int, ...]:
    """How many rows have a verdict, in each way in which it may be read; the way that is meant first."""
    apart = {other.verdict for other in told}
    if one.verdict == "met":
        all_met = cells["met"] + (0 if "over" in apart else cells["over"])
        return all_met, cells["met"], all_met + (0 if "nearly" in apart else cells["nearly"])
    if one.verdict == "missed" and not {"hard", "likely"} & apart:
        return (
            cells["missed"],
            cells["missed"] + cells["nearly"],
            cells["missed"] + cells["hard"] + cells["likely"],
        )
    return (cells[one.verdict],)


def _held(
    subject: Subject, block: TextBlock, told: Sequence[_Told], cells: Counter[str], tally: Tally, by: Rule
) -> Iterator[Finding]:
    start = block.view.start
    for one in told:
        rows = _rows(one, told, cells)
        if one.count in rows:
            tally.held += 1
            continue
        tally.failed += 1
        words = " ".join(subject.document.block_text(block)[one.start : one.end].split())
        yield by.finding(
            (subject.document.reading.hull(start + one.start, start + one.end),),
            f"lời văn ghi “{words}”, nhưng bảng có {rows[0]} dòng được đánh giá như vậy",
            f"“{words}” is said, but the table has {rows[0]} rows with that verdict",
            stated=str(one.count),
            expected=str(rows[0]),
            suggestion=both("đếm lại theo cột đánh giá của bảng", "count again by the column of verdicts"),
            page=block.page,
        )
