"""FIG between the rows of a table, seen from one period to the next: a rate row and a total row beside their rows.

Rows that stand as parts under a row are checked by `tables` and `totals`; here are those that only stand near.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from graphs.checks.columns import CAN_BE_ADDED, slip
from graphs.checks.relations import Kind, Relation, Tested, Values, best, work_out
from graphs.checks.report import Rule, Tally
from graphs.checks.roles import role_of
from graphs.checks.rows import TOTAL_RE, Grid, Line
from kb.models import Finding

_NEAR = 6
_FEW = 3


def check_near_rates(grid: Grid, tally: Tally, rule: Rule) -> Iterator[Finding]:
    """A rate row is the quotient of two rows near it, in every period once it is in most."""
    for line in grid.lines:
        if not line.rate or len([child for child in grid.children(line) if not child.rate]) == 2:
            continue
        near = [one for one in _near(grid, line) if not one.rate]
        relations = (Relation(Kind.RATE, line.at, (one.at, other.at)) for one, other in permutations(near, 2))
        yield from _told(grid, relations, 2 if len(near) <= _FEW else 3, tally, rule)


def check_near_totals(grid: Grid, tally: Tally, rule: Rule) -> Iterator[Finding]:
    """A numbered row called a total is the sum of the rows of its rank behind it."""
    for line in grid.lines:
        if line.rate or not line.ordinal or not TOTAL_RE.search(line.label) or grid.children(line):
            continue
        after = [one for one in _near(grid, line) if one.at > line.at and one.parent == line.parent]
        after = [one for one in after if not one.rate and one.unit == line.unit]
        parts = tuple(one.at for one in after)
        runs = (Relation(Kind.SUM, line.at, parts[:end]) for end in range(2, len(parts) + 1))
        yield from _told(grid, runs, 2, tally, rule)


def _near(grid: Grid, line: Line) -> Iterator[Line]:
    """Rows close to a row, beside it or under it."""
    for one in grid.lines[max(0, line.at - _NEAR) : line.at + _NEAR + 1]:
        if one is not line and (one.parent in (line.parent, line.at)):
            yield one


def _told(grid: Grid, relations: Iterator[Relation], least: int, tally: Tally, rule: Rule) -> Iterator[Finding]:
    columns = [column for column in grid.columns if role_of(grid.head(column)) in CAN_BE_ADDED]
    series: Sequence[Values] = [[line.value(column) for column in columns] for line in grid.lines]
    tested: Tested | None = best(relations, series, range(len(columns)), lambda _: least)
    if tested is None:
        return
    tally.held += len(tested.held)
    relation = tested.relation
    for at in tested.failed:
        worked = work_out(relation.kind, [series[one][at] for one in relation.operands])
        cells = [(grid.lines[one], columns[at]) for one in relation.operands]
        if worked is not None:
            tally.failed += 1
            yield slip(grid, relation.kind, (grid.lines[relation.result], columns[at]), cells, worked[0], rule)
