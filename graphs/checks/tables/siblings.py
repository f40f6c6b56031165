"""FIG of two counts told side by side whose rows of a table differ in one word.

The one that is the sum of its row over the years shows which rows are meant; the other is the sum of the row that
bears the same name but for that word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.named import line_words, row_place, thing_words, with_unit
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.years import year_columns
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding

_BETWEEN_RE = re.compile(r"(?P<tail>[^.;:\d()]{4,60}?)\s*(?:,|\bvà\b|;)\s*(?:có\s+)?")
_TAIL_RE = re.compile(r"[^.;:,\d()]{4,60}")
_FEWEST_YEARS, _LEAST, _NEAR, _WORDS = 2, 20, 3, 3


def check_siblings(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``116 trường hợp vào làm công chức và 199 trường hợp vào làm viên chức`` of rows that make 99 and 199."""
    rows = [
        (grid, line, sum_)
        for grid in (grids(subject.document) if not subject.is_rule() else ())
        if year_columns(grid)
        for line in grid.lines
        if not line.rate and (sum_ := _sum(grid, line)) is not None
    ]
    sums = {sum_ for *_, sum_ in rows}
    for where in stated(subject) if rows else ():
        for one, other in pairwise(where.figures):
            if {Decimal(one.value), Decimal(other.value)} & sums and _alike(one, other):
                yield from _held(where, one, other, rows, tally)


def _alike(one: Figure, other: Figure) -> bool:
    plain = not any(each.of or each.bound or each.unit == "%" for each in (one, other))
    return plain and one.unit == other.unit and min(Decimal(one.value), Decimal(other.value)) >= _LEAST


def _sum(grid: Grid, line: Line) -> Decimal | None:
    """What the years of a row add up to; None for fewer than two years that have something."""
    values = [value for column, _ in year_columns(grid) if (value := line.value(column))]
    return sum(values, Decimal(0)) if len(values) >= _FEWEST_YEARS else None


def _held(
    where: Stated, one: Figure, other: Figure, rows: list[tuple[Grid, Line, Decimal]], tally: Tally
) -> Iterator[Finding]:
    between = _BETWEEN_RE.fullmatch(where.between(one, other))
    tail = _TAIL_RE.match(where.text, where.end(other))
    if between is None or tail is None:
        return
    mine, others = thing_words(between["tail"]), thing_words(tail.group())
    own, its = mine - others, others - mine
    if not own or not its or max(len(own), len(its)) > _WORDS or not mine & others:
        return
    for right, wrong, word, another in ((other, one, its, own), (one, other, own, its)):
        for grid, line, sum_ in rows:
            if sum_ != Decimal(right.value) or not word <= line_words(line):
                continue
            twins = [
                (twin, total)
                for grid_, twin, total in rows
                if grid_ is grid
                and another <= line_words(twin)
                and line_words(twin) - another == line_words(line) - word
            ]
            if len(twins) != 1:
                continue
            twin, total = twins[0]
            low, high = sorted((total, Decimal(wrong.value)))
            if low == high or high > _NEAR * low:
                tally.held += low == high
                return
            tally.failed += 1
            yield _finding(wrong, right, grid, twin, total)
            return


def _finding(wrong: Figure, right: Figure, grid: Grid, twin: Line, total: Decimal) -> Finding:
    columns = [column for column, _ in year_columns(grid) if twin.value(column) is not None]
    shown = " + ".join(twin.printed(column) for column in columns)
    place = row_place(grid, twin)
    return SIBLING.finding(
        (wrong.span,),
        f"lời văn ghi {with_unit(wrong)}; {place}: {shown} = {show(total)} (số đi kèm, {right.printed}, khớp dòng"
        " tương ứng)",
        f"the text says {with_unit(wrong)}; {place.en}: {shown} = {show(total)} (the number beside it,"
        f" {right.printed}, is that of its row)",
        stated=wrong.printed,
        expected=show(total),
        evidence=(right.span, *(twin.span(column) for column in columns)),
        suggestion=both("đối chiếu lời văn với bảng", "compare the text with the table"),
        page=wrong.page,
    )


SIBLING = rule("FIG-299", check_siblings)
SIBLING_RULES = (SIBLING,)
