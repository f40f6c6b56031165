"""FIG between the rows of a table, seen from one period to the next: a rate row and a total row beside their rows.

Rows that stand as parts under a row are checked by `tables` and `totals`; here are those that only stand near.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from graphs.checks.reading.believed import best
from graphs.checks.reading.relations import Kind, Relation, Tested, Values, try_out, work_out
from graphs.checks.reading.rows import SHIFTED, TOTAL_RE, Grid, Line
from graphs.checks.report import Rule, Tally
from graphs.checks.tables.columns import slip
from graphs.checks.tables.series import CAN_BE_ADDED, roles_of
from kb.models import Finding, Severity

_NEAR = 6
_FEW = 3
_LEAST_NAMED, _LEAST_UNNAMED = 2, 3
_MOST_PERIODS = 4


def check_near_rates(grid: Grid, tally: Tally, rule: Rule) -> Iterator[Finding]:
    """A rate row is the quotient of two rows near it, in every period once it is in most."""
    for line in grid.lines:
        if not line.rate or len([child for child in grid.children(line) if not child.rate]) == 2:
            continue
        near = [one for one in _near(grid, line) if not one.rate]
        relations = [Relation(Kind.RATE, line.at, (one.at, other.at)) for one, other in permutations(near, 2)]
        yield from _told(grid, relations, 2 if len(near) <= _FEW else 3, tally, rule)


def check_near_totals(grid: Grid, tally: Tally, rule: Rule) -> Iterator[Finding]:
    """A numbered row called a total is the sum of rows of its rank beside it; the last row may be one uncalled."""
    last = max((line.at for line in grid.lines if line.ordinal), default=-1)
    for line in grid.lines:
        named = bool(TOTAL_RE.search(line.label))
        if line.rate or line.formula or not line.ordinal or grid.children(line) or not (named or line.at == last):
            continue
        runs = [Relation(Kind.SUM, line.at, tuple(one.at for one in run)) for run in _runs(grid, line)]
        yield from _told(grid, runs, _LEAST_NAMED if named else _LEAST_UNNAMED, tally, rule)


def _runs(grid: Grid, line: Line) -> Iterator[Sequence[Line]]:
    """Rows that a row may add up: of its rank behind or before it, and all that have no parts before it."""
    alike = [
        one
        for one in grid.lines
        if one is not line and not one.rate and not one.total and one.unit == line.unit and one.style != SHIFTED
    ]
    ranked = [one for one in alike if one.parent == line.parent]
    after = [one for one in ranked if line.at < one.at <= line.at + _NEAR]
    before = [one for one in ranked if one.at < line.at]
    for end in range(2, len(after) + 1):
        yield after[:end]
    for start in range(len(before) - 1):
        yield before[start:]
    leaves = [one for one in alike if one.at < line.at and not grid.children(one)]
    if len(leaves) >= 2 and leaves != before:
        yield leaves


def _near(grid: Grid, line: Line) -> Iterator[Line]:
    """Rows close to a row, beside it or under it."""
    for one in grid.lines[max(0, line.at - _NEAR) : line.at + _NEAR + 1]:
        if one is not line and (one.parent in (line.parent, line.at)):
            yield one


def _told(grid: Grid, relations: Sequence[Relation], least: int, tally: Tally, rule: Rule) -> Iterator[Finding]:
    roles = roles_of(grid)
    columns = [column for column in grid.columns if roles[column] in CAN_BE_ADDED]
    series: Sequence[Values] = [[line.value(column) for column in columns] for line in grid.lines]
    tested = best(relations, series, range(len(columns)), lambda _: least)
    if tested is None and least == _LEAST_NAMED:
        tested = _mostly(relations, series, len(columns))
    if tested is None:
        return
    tally.held += len(tested.held)
    relation = tested.relation
    for at in tested.failed:
        worked = work_out(relation.kind, [series[one][at] for one in relation.operands])
        cells = [(grid.lines[one], columns[at]) for one in relation.operands]
        if worked is not None:
            tally.failed += 1
            finding = slip(grid, tested, (grid.lines[relation.result], columns[at]), cells, worked[0], rule)
            yield replace(finding, severity=Severity.WARNING) if at in tested.near else finding


def _mostly(relations: Sequence[Relation], series: Sequence[Values], periods: int) -> Tested | None:
    """The total that holds in nearly all periods, though in most of them all but one part are nothing."""
    tested = [try_out(one, series, range(periods)) for one in relations if one.kind is Kind.SUM]
    fit = [one for one in tested if one.telling and len(one.held) >= _MOST_PERIODS and len(one.failed) <= 1]
    return max(fit, key=lambda one: (len(one.held), len(one.relation.operands)), default=None)
