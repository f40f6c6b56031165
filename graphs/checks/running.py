"""FIG of running totals: what is counted since a day falls at no later time.

A row is a running total where its words say so, and its numbers do but for one: rows of what there is at a time
are called ``lũy kế`` too, and rise and fall.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from graphs.checks.named import row_place
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.told import Told, told_cells
from kb.bilingual import both
from kb.models import Finding

_RUNNING_RE = re.compile(
    r"\blũy kế\b|\bluỹ kế\b"
    r"|\b(?:đã|được)\s[^;]{3,80}\b(?:so với|kể từ|từ)\s+(?:năm\s+|cuối\s+|đầu\s+)*(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_FEWEST, _RISES = 4, 2


def check_running(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``(lũy kế) 86 | 214 | 398 | 372 | 748``: 372 cannot come after 398."""
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
