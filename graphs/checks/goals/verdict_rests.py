"""TGT of a verdict that rests on a total which the paper also tells otherwise: on that it would be another one.

``giảm 6,2%, Không đạt`` is worked out of a row of a table (647 to 607); where the text has 564 for 607 the cut is
12,8 %, over the level of 10 %.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from graphs.checks.reading.arithmetic import rounds_to, show
from graphs.checks.reading.named import row_place, thing_words
from graphs.checks.reading.said import Said, cells_of, said_figures
from graphs.checks.reading.told import Told, told_cells
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.goals import MET
from kb.models import Comparator, Finding, Target

_HUNDRED, _FAR, _WORDS = Decimal(100), Decimal(2), 4


def check_verdict_rests(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A cut that is judged is worked out of a total that is told alike everywhere."""
    cut = [
        one
        for one in subject.targets
        if one.comparator is Comparator.DECREASE and one.verdict and one.unit == "%" and one.result
        if one.result.value is not None and one.result.unit == "%" and one.value is not None
    ]
    rows: dict[tuple[int, int], list[Told]] = defaultdict(list)
    for cell in told_cells(subject) if cut else ():
        if cell.by_row and not cell.rate:
            rows[id(cell.grid), cell.line.at].append(cell)
    for target in cut:
        for cells in rows.values():
            course = sorted(cells, key=lambda one: one.period[1])
            if len(course) > 1 and _explains(course[0], course[-1], target):
                found = list(_otherwise(subject, target, course[0], course[-1], tally))
                yield from found
                if found:
                    break


def _fall(first: Decimal, last: Decimal) -> Decimal:
    return (first - last) / first * _HUNDRED if first else Decimal(0)


def _explains(first: Told, last: Told, target: Target) -> bool:
    """Whether the cut of a target is that of a row, and the row is of what is cut."""
    printed = (target.result.value if target.result else None) or "0"
    exact = _fall(first.value, last.value)
    return exact > 0 and rounds_to(exact, printed) and len(first.words & _words(target)) >= _WORDS


def _words(target: Target) -> frozenset[str]:
    return thing_words(f"{target.metric} ; {(target.result.what if target.result else '') or ''}")


def _otherwise(subject: Subject, target: Target, first: Told, last: Told, tally: Tally) -> Iterator[Finding]:
    level, met = Decimal(target.value or 0), target.verdict in MET
    told_of = _said_of(subject, last)
    for said in told_of:
        value = Decimal(said.figure.value)
        fall = _fall(first.value, value)
        if (fall >= level) == met or value == last.value or max(value, last.value) > _FAR * min(value, last.value):
            tally.held += 1
            continue
        tally.failed += 1
        share = show(fall.quantize(Decimal("0.1")))
        told = f"({show(first.value)} - {said.figure.printed}) / {show(first.value)} = {share}%"
        place = row_place(last.grid, last.line)
        alike = [one.figure.span for one in told_of if one.figure.value == said.figure.value]
        yield RESTS.finding(
            (target.span,),
            f"đánh giá “{target.verdict}” tính từ {place} ({first.printed} → {last.printed}); nhưng lời văn ghi"
            f" {said.figure.printed}: {told}, đánh giá sẽ khác (mức {show(level)}%)",
            f"“{target.verdict}” is worked out of {place.en} ({first.printed} to {last.printed}); but the text has"
            f" {said.figure.printed}: {told}, and the verdict would be another (level {show(level)}%)",
            stated=target.verdict,
            expected=told,
            evidence=(*alike, *first.spans, *last.spans),
            suggestion=both("thống nhất tổng số trước khi đánh giá", "settle the total before judging"),
            page=target.page,
        )
        return


def _said_of(subject: Subject, cell: Told) -> Sequence[Said]:
    """What the text tells of a cell."""
    end: date = cell.period[1]
    return [one for one in said_figures(subject) if one.period[1] == end and cell in cells_of(one, (cell,))]


RESTS = rule("TGT-024", check_verdict_rests)
RESTS_RULES = (RESTS,)
