"""FIG of what part of its plan a row of a table reached, as the text tells it.

``Lệ phí trước bạ: 318,6 tỷ đồng, bằng 80,9% dự toán``: the row has 318.600 and a plan of 420.000, which is 75,9 %.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.reading.arithmetic import digits_of, show
from graphs.checks.reading.moved import scaled
from graphs.checks.reading.named import row_place
from graphs.checks.reading.rows import Grid
from graphs.checks.reading.telling import about
from graphs.checks.report import Rule, Tally
from graphs.checks.restated.beside import OfRow, Sentence, amount
from kb.bilingual import both
from kb.models import Figure, Finding

_OF_RE = re.compile(r"[^.;()\d]{0,40}\b(?:bằng|đạt|hoàn thành)(?:\s+khoảng)?\s*", re.IGNORECASE)
#: What a number is held against, and the heads that have it.
_PLAN_RE = re.compile(
    r"\s*(?:so với )?(?:kế hoạch|dự toán)\b(?!\s+(?:tỉnh|trung ương|địa phương|bộ|đầu|năm 20))", re.IGNORECASE
)
_PLAN_HEAD_RE = re.compile(r"kế hoạch|dự toán", re.IGNORECASE)
#: A scope that the table does not go by.
_APART_RE = re.compile(r"\b(?:nếu|không kể|trừ|riêng|lũy kế)\b", re.IGNORECASE)
_DIGITS, _HUNDRED, _FAR = 3, Decimal(100), Decimal(20)


def check_plans_beside(
    sentence: Sentence, told: Sequence[OfRow], grid: Grid, tally: Tally, by: Rule
) -> Iterator[Finding]:
    """A part of a plan told of a row is that of its number and of its plan."""
    if _APART_RE.search(sentence.text):
        return
    for one in told:
        rate = _rate(sentence, one)
        if rate is None:
            continue
        value, amounts = scaled(one.figure), {at: amount(grid, one.line, at, one.kind) for at in grid.columns}
        own = [at for at, cell in amounts.items() if cell == value and not _PLAN_HEAD_RE.search(grid.head(at))]
        plans = [at for at, cell in amounts.items() if cell and _PLAN_HEAD_RE.search(grid.head(at))]
        if len(own) != 1 or len(plans) != 1:
            continue
        exact, stated = value / (amounts[plans[0]] or value) * _HUNDRED, Decimal(rate.value)
        if about(rate, exact) or any(one.line.value(at) == stated for at in grid.columns):
            tally.held += 1
        elif abs(exact - stated) <= _FAR:
            tally.failed += 1
            yield _finding(by, grid, one, rate, (own[0], plans[0]), exact)


def _rate(sentence: Sentence, told: OfRow) -> Figure | None:
    """The part of a plan told right behind the number of a row."""
    where, at = sentence.where, sentence.figures.index(told.figure)
    rate = sentence.figures[at + 1] if at + 1 < len(sentence.figures) else None
    long = told.kind != "%" and not told.figure.of and len(digits_of(scaled(told.figure))) >= _DIGITS
    if rate is None or not long or rate.unit != "%" or rate.bound:
        return None
    fits = _OF_RE.fullmatch(where.between(told.figure, rate)) and _PLAN_RE.match(where.text, where.end(rate))
    return rate if fits else None


def _finding(by: Rule, grid: Grid, told: OfRow, rate: Figure, columns: tuple[int, int], exact: Decimal) -> Finding:
    line, place = told.line, row_place(grid, told.line)
    sum_ = f"{' / '.join(map(line.printed, columns))} = {show(exact)}%"
    return by.finding(
        (rate.span,),
        f"lời văn ghi {rate.printed}; {place}: {sum_}",
        f"the text says {rate.printed}; {place.en}: {sum_}",
        stated=rate.printed,
        expected=f"{show(exact)}%",
        evidence=(told.figure.span, *map(line.span, columns)),
        suggestion=both("đối chiếu tỷ lệ với bảng", "compare the rate with the table"),
        page=rate.page,
    )
