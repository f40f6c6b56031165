"""FIG of what things come to that a table has one by one, without a row for all of them.

``Đầu tư 03 trạm cấp nước với tổng công suất 3.300 m3/ngày đêm`` beside three rows of 1.200, 900 and 1.500.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.moved import head, in_unit_of, scaled
from graphs.checks.reading.named import with_unit
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.roles import Role, role_of
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.said import MONEY_RE
from graphs.checks.reading.telling import carrying_in
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.beside import amount
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

_SUM_RE = re.compile(r"\btổng\s+(?P<what>[^.;:,()\d]{3,40}?)(?:\s+(?:là|khoảng|đạt))?\s*$", re.IGNORECASE)
_THING_RE = re.compile(r"\s*(?P<noun>[^.;:,()\d]{3,60}?)(?=\s+(?:với|có|và|tổng)\b|[.;:,(]|$)")
_MEASURE_RE = re.compile(r"\((?P<measure>[^()]+)\)")
_FEWEST, _LIKE, _NEAR = 2, 2, Decimal("0.35")


def check_sums_beside(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """The sum told of as many things as a table has is that of its rows."""
    tables = [] if subject.is_rule() else [one for one in grids(subject.document) if _is_list(one)]
    for where in stated(subject) if tables else ():
        if "tổng " not in where.text.lower():
            continue
        for low, high in split_sentences(where.text, clauses=True):
            figures = [one for one in where.figures if low <= where.start(one) and where.end(one) <= high]
            for at, total in enumerate(figures[1:], 1):
                start = where.end(figures[at - 1])
                found = _SUM_RE.search(where.text, start, where.start(total))
                if found is None or total.of or total.bound or total.unit in (None, "%"):
                    continue
                for grid in tables:
                    if _counts_rows(where, figures[:at], grid):
                        yield from _held(where, total, found["what"], grid, tally, by)


def _is_list(grid: Grid) -> bool:
    """Whether a table only has things one after another, none under another and no row for all."""
    return all(line.label and not line.total and line.parent is None for line in grid.lines)


def _counts_rows(where: Stated, figures: list[Figure], grid: Grid) -> bool:
    """Whether a figure counts the rows of a table, of the things that the table is of."""
    about = carrying_in(f"{grid.over} ; {grid.table.appendix or ''}")
    for figure in figures:
        if figure.of or figure.bound or Decimal(figure.value) != len(grid.lines) or len(grid.lines) < _FEWEST:
            continue
        noun = _THING_RE.match(where.text, where.end(figure))
        words = carrying_in(noun["noun"]) if noun else frozenset()
        if len(words & about) >= min(_LIKE, len(words)) > 0:
            return True
    return False


def _held(where: Stated, total: Figure, what: str, grid: Grid, tally: Tally, by: Rule) -> Iterator[Finding]:
    unit = (total.unit or "").lower()
    kind = "money" if MONEY_RE.match(unit) else ""
    fit: list[tuple[int, list[tuple[Line, Decimal]]]] = []
    for column in grid.columns:
        cells = [(line, amount(grid, line, column, kind)) for line in grid.lines]
        there = [(line, cell) for line, cell in cells if cell is not None]
        if len(there) == len(cells) and _is_of(grid, column, what, total):
            fit.append((column, there))
    if len(fit) != 1:
        return
    column, there = fit[0]
    sum_ = sum((cell for _, cell in there), Decimal(0))
    if sum_ == scaled(total):
        tally.held += 1
    elif abs(sum_ - scaled(total)) <= sum_ * _NEAR:
        tally.failed += 1
        yield _finding(where, total, grid, column, there, by)


def _is_of(grid: Grid, column: int, what: str, total: Figure) -> bool:
    """Whether a column has what a sum is of, in its measure."""
    name = grid.head(column)
    if role_of(name) in (Role.RATE, Role.CHANGE):
        return False
    measure = next((found["measure"].lower() for found in _MEASURE_RE.finditer(name)), grid.table.measure or "")
    words = carrying_in(what)
    alike = bool(MONEY_RE.match(measure)) if MONEY_RE.match(total.unit or "") else measure.startswith(head(total))
    return bool(measure) and alike and words <= carrying_in(name)


def _finding(
    where: Stated, total: Figure, grid: Grid, column: int, there: list[tuple[Line, Decimal]], by: Rule
) -> Finding:
    sum_ = in_unit_of(sum((cell for _, cell in there), Decimal(0)), total)
    shown = " + ".join(line.printed(column) for line, _ in there)
    return by.finding(
        (total.span,),
        f"lời văn ghi {with_unit(total)}; bảng, cột {grid.called(column)}: {shown} = {show(sum_)}",
        f"the text says {with_unit(total)}; the table, column {grid.called(column)}: {shown} = {show(sum_)}",
        stated=total.printed,
        expected=show(sum_),
        evidence=tuple(line.span(column) for line, _ in there),
        suggestion=both("đối chiếu lời văn với các dòng của bảng", "compare the text with the rows of the table"),
        page=where.block.page,
    )
