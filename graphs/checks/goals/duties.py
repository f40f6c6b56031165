"""TGT of what is to be so in every case, now: the row of a table that has its rate shows that it is not yet.

Only what is asked of all things without a day to come is read: a goal of next year may be missed today.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.named import GENERAL, row_place, thing_words
from graphs.checks.reading.periods import told_period
from graphs.checks.reading.told import Told, told_cells
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Comparator, Finding, Severity, Target

_FULL, _CLOSE, _FEWEST = Decimal(100), Decimal(95), 4
_RATE = frozenset(("tỷ", "lệ"))


def check_duties(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``bảo đảm 100% kết quả được cung cấp bản điện tử`` beside a row of 74 % of this year."""
    asked = [one for one in subject.targets if _is_asked_now(subject, one)] if not subject.is_rule() else []
    rows: dict[tuple[int, int], list[Told]] = {}
    for cell in told_cells(subject) if asked else ():
        if cell.by_row and cell.rate:
            rows.setdefault((id(cell.grid), cell.line.at), []).append(cell)
    for target in asked:
        words = thing_words(target.metric)
        fit = [cells for cells in rows.values() if _named_by(cells[0], words)]
        if len(fit) != 1:
            continue
        last = max(fit[0], key=lambda one: one.period[1])
        if last.value >= _CLOSE:
            tally.held += 1
            continue
        tally.failed += 1
        place = row_place(last.grid, last.line)
        yield DUTY.finding(
            (target.level or target.span,),
            f"yêu cầu 100% “{target.metric[:90]}”, nhưng {place}, cột {last.head}, ghi {last.printed}",
            f"100% is asked of “{target.metric[:90]}”, but {place.en}, column {last.head}, has {last.printed}",
            stated="100%",
            expected=last.printed,
            evidence=last.spans,
            suggestion=both("nêu kết quả đạt được của yêu cầu này", "tell what was reached of what is asked"),
            severity=Severity.NOTE,
            page=target.page,
        )


def _is_asked_now(subject: Subject, target: Target) -> bool:
    if target.table is not None or target.verdict or target.result or target.unit != "%":
        return False
    if target.comparator is not Comparator.EQUAL or target.value is None or Decimal(target.value) != _FULL:
        return False
    period = told_period(target.period or "")
    return period is None or (subject.as_of is not None and period[1] <= subject.as_of)


def _named_by(cell: Told, words: frozenset[str]) -> bool:
    own = cell.words - _RATE
    return len(own - GENERAL) >= _FEWEST and own <= words


DUTY = rule("TGT-025", check_duties)
DUTY_RULES = (DUTY,)
