"""FIG of running totals: what is counted since a day falls at no later time.

A row is a running total where its words say so, and its numbers do but for one: rows of what there is at a time
are called ``lũy kế`` too, and rise and fall.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.forms import BARE, SIGN, SIGNS, WORDS, Form, signs_of
from graphs.checks.reading.named import row_place
from graphs.checks.reading.prose import everywhere
from graphs.checks.reading.told import Told, told_cells
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Finding

_RUNNING_RE = re.compile(
    r"\blũy kế\b|\bluỹ kế\b"
    r"|\b(?:đã|được)\s[^;]{3,80}\b(?:so với|kể từ|từ)\s+(?:năm\s+|cuối\s+|đầu\s+)*(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_FEWEST, _RISES = 4, 2
#: What was done in some months, and what is foreseen for all of the year.
_PART_OF_YEAR = Form(
    rf"(?:{SIGN}|\b\d{{1,2}})\s+tháng\b(?:\s+đầu năm)?(?:\s+(?:năm\s+)?20\d\d)?{BARE}{{0,30}}?{{part}}"
    rf"(?-i:[^:()\d{SIGNS}]){{0,60}}?\b(?:ước|dự kiến|dự ước|cả năm)\b{WORDS}{{0,30}}?(?<=năm){WORDS}{{0,25}}?"
    r"{whole}",
    "11 tháng đạt 3.482 tỷ đồng, ước cả năm đạt 3.764 tỷ đồng",
)
#: What there is at a time rises and falls; a mean or a rate is no sum; a plan may be passed.
_NO_SUM_RE = re.compile(
    r"\b(?:còn|giảm|tỷ lệ|tỉ lệ|tốc độ|tồn|dư|nợ|bình quân|trung bình|chỉ số|hiện có|đàn|dân số|tham gia|kế hoạch"
    r"|chỉ tiêu|dự toán|mục tiêu|giao|năm trước|cùng kỳ|giá|hộ nghèo|thất nghiệp|đang|chênh lệch"
    r"|nhập siêu|xuất siêu)\b",
    re.IGNORECASE,
)


def check_running(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``(lũy kế) 86 | 214 | 398 | 372 | 748``: 372 cannot come after 398."""
    yield from _parts_of_a_year(subject, tally)
    rows: dict[tuple[int, bool, int], list[Told]] = defaultdict(list)
    for cell in told_cells(subject) if not subject.is_rule() else ():
        if len(cell.columns) == 1 and _RUNNING_RE.search(_called(cell)):
            rows[id(cell.grid), cell.by_row, cell.line.at if cell.by_row else cell.columns[0]].append(cell)
    for cells in rows.values():
        course = sorted(cells, key=lambda one: one.period[1])
        falls = [(one, other) for one, other in pairwise(course) if other.value < one.value]
        rises = sum(other.value > one.value for one, other in pairwise(course))
        if len(course) < _FEWEST or rises < _RISES or len(falls) > 1:
            continue
        tally.held += not falls
        for one, other in falls:
            tally.failed += 1
            yield _finding(course, one, other)


def _parts_of_a_year(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``11 tháng đạt 3.842 tỷ đồng, ước cả năm 3.764 tỷ đồng``: a year has no less than its months."""
    for where in everywhere(subject) if not subject.is_rule() else ():
        if "cả năm" not in where.text or "tháng" not in where.text:
            continue
        signs = signs_of(where)
        for match in _PART_OF_YEAR.read(signs):
            part, whole = match.figures["part"], match.figures["whole"]
            exact = not (part.of or whole.of) and part.bound in (None, "~")
            alike = exact and part.unit and part.unit == whole.unit != "%"
            clause = signs.text[signs.sentence_start(match.start) : signs.text.index(signs.sign(whole))]
            if not alike or _NO_SUM_RE.search(clause):
                continue
            if Decimal(part.value) <= Decimal(whole.value):
                tally.held += 1
                continue
            tally.failed += 1
            yield RUNNING.finding(
                (whole.span,),
                f"cả năm ghi {whole.printed} {whole.unit}, ít hơn số {part.printed} của một phần năm",
                f"{whole.printed} is stated for the year, less than the {part.printed} of a part of it",
                stated=whole.printed,
                expected=f">= {part.printed}",
                evidence=(part.span,),
                suggestion=both("kiểm tra lại số của hai kỳ", "check the numbers of the two times"),
                page=where.block.page,
            )


def _called(cell: Told) -> str:
    return cell.line.label if cell.by_row else cell.grid.head(cell.column)


def _finding(course: Sequence[Told], one: Told, other: Told) -> Finding:
    place = row_place(other.grid, other.line)
    shown = ", ".join(cell.printed for cell in course)
    return RUNNING.finding(
        other.spans,
        f"{place}: số lũy kế ({shown}) lại giảm, từ {one.printed} xuống {other.printed}",
        f"{place.en}: a running total ({shown}) falls, from {one.printed} to {other.printed}",
        stated=other.printed,
        expected=f">= {one.printed}",
        evidence=one.spans,
        suggestion=both("kiểm tra lại số của hai kỳ", "check the numbers of the two times"),
        page=other.line.page,
    )


RUNNING = rule("FIG-284", check_running)
RUNNING_RULES = (RUNNING,)
