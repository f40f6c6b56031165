"""FIG between the columns of a table: totals, rates, changes and amounts worked out of the other columns.

Which column is worked out of which is told by the numbers of the table themselves (`relations`); heads only say
what is tried and how often it must hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import permutations

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.believed import best
from graphs.checks.reading.relations import MEANS, Kind, Relation, Tested, half_unit, in_words, work_out
from graphs.checks.reading.roles import Role
from graphs.checks.reading.rows import Grid, Line, Same, grids
from graphs.checks.report import Rule, Subject, Tally, rule
from graphs.checks.tables.series import CAN_BE_ADDED, Columns, columns_of
from kb.bilingual import both
from kb.models import Finding, Severity, ValueKind

_NEAREST_BEFORE, _NEAREST_AFTER = 6, 2
_LEAST: dict[tuple[Kind, Role], int] = {
    (Kind.SUM, Role.TOTAL): 2,
    (Kind.PRODUCT, Role.AMOUNT): 3,
    (Kind.DIFFERENCE, Role.CHANGE): 2,
}
_LEAST_ELSE, _LEAST_MEANS = 4, 3
_FEW = 3
_MEAN_RE = re.compile(r"bình\s+quân|trung\s+bình|\bbq\b|năng\s+suất", re.IGNORECASE)
_FALL_RE = re.compile(r"\W*(?:mức\s+|số\s+)?giảm\b(?!\W*tăng)", re.IGNORECASE)
#: From so many rises on that bear no sign a fall that bears none is doubtful.
_RISES = 4
_WHOLE = 100


def column_relations(columns: Columns) -> tuple[Tested, ...]:
    """What the columns of a table say of each other, each tie once."""
    found: list[Tested] = []
    known: set[frozenset[int]] = set()
    by_words = [column for column in columns.grid.columns if columns.roles[column] in (Role.RATE, Role.CHANGE)]
    for column in by_words:
        told = _take(_best_of(columns, column, _rates(columns, column)), found, known)
        if not told and columns.roles[column] is Role.CHANGE:  # "giảm" may be what was done, not a difference
            columns.roles[column] = Role.COUNT
    for column in columns.grid.columns:
        if columns.roles[column] is Role.LABEL and _MEAN_RE.search(columns.grid.head(column)):
            _take(_best_of(columns, column, _means(columns, column)), found, known)
    found.extend(_sums(columns, known))
    for column in columns.grid.columns:
        if columns.roles[column] in CAN_BE_ADDED and not any(one.relation.result == column for one in found):
            _take(_best_of(columns, column, _products(columns, column)), found, known)
    for column in columns.grid.columns:
        if columns.roles[column] in CAN_BE_ADDED and not any(one.relation.result == column for one in found):
            _take(_best_of(columns, column, _balances(columns, column)), found, known)
    return tuple(found)


def _take(tested: Tested | None, found: list[Tested], known: set[frozenset[int]]) -> bool:
    if tested is None or tested.relation.members in known:
        return False
    known.add(tested.relation.members)
    found.append(tested)
    return True


def _best_of(
    columns: Columns, column: int, relations: Iterator[Relation], places: Sequence[int] | None = None
) -> Tested | None:
    counts = sum(role in CAN_BE_ADDED for role in columns.roles.values())

    def least(relation: Relation) -> int:
        if relation.kind in (Kind.RATE, Kind.GROWTH):
            return 2 if counts <= _FEW else 3
        if relation.kind in MEANS:
            return _LEAST_MEANS
        return _LEAST.get((relation.kind, columns.roles[column]), _LEAST_ELSE)

    signless = columns.roles[column] is Role.CHANGE
    odd = () if places else columns.odd
    return best(relations, columns.series, places or columns.places, least, signless, columns.asked, odd)


def _near(columns: Columns, column: int, roles: tuple[Role, ...]) -> list[int]:
    fit = [one for one in columns.grid.columns if columns.roles[one] in roles and one != column]
    before = [one for one in fit if one < column][-_NEAREST_BEFORE:]
    return before + [one for one in fit if one > column][:_NEAREST_AFTER]


def _rates(columns: Columns, column: int) -> Iterator[Relation]:
    """A rate of two columns, of a column and its whole; a change between two columns."""
    change = columns.roles[column] is Role.CHANGE
    counts = _near(columns, column, CAN_BE_ADDED if change else (*CAN_BE_ADDED, Role.CHANGE))
    for one, other in permutations(counts, 2):
        yield Relation(Kind.RATE, column, (one, other))
        if change:
            yield Relation(Kind.GROWTH, column, (one, other))
            falls = _FALL_RE.match(columns.grid.head(column).rpartition(" / ")[2])
            yield Relation(Kind.DIFFERENCE, column, (one, other) if falls else (other, one))
    if change:
        rates = _near(columns, column, (Role.RATE,))
        for one, other in permutations(rates, 2):
            yield Relation(Kind.DIFFERENCE, column, (one, other))
        return
    for at, whole in columns.wholes.items():
        if whole.column in counts:
            yield Relation(Kind.RATE, column, (whole.column, at))


def _means(columns: Columns, column: int) -> Iterator[Relation]:
    """A mean of two columns: how much there is for each."""
    for one, other in permutations(_near(columns, column, CAN_BE_ADDED), 2):
        for kind in MEANS:
            yield Relation(kind, column, (one, other))


def _products(columns: Columns, column: int) -> Iterator[Relation]:
    """An amount of a number and a price before it."""
    before = _near(columns, column, (*CAN_BE_ADDED, Role.LABEL))
    before = [one for one in before if one < column]
    for at, one in enumerate(before):
        for other in before[at + 1 :]:
            yield Relation(Kind.PRODUCT, column, (one, other))


def _balances(columns: Columns, column: int) -> Iterator[Relation]:
    """What the three columns before give: what there was, came and went, or went and came."""
    before = [one for one in _near(columns, column, (*CAN_BE_ADDED, Role.CHANGE)) if one < column][-3:]
    if len(before) == 3:
        was, one, other = before
        yield Relation(Kind.BALANCE, column, (was, one, other))
        yield Relation(Kind.BALANCE, column, (was, other, one))


def _sums(columns: Columns, known: set[frozenset[int]]) -> list[Tested]:
    """Totals over their parts; what is a part of one is none of the next outer one."""
    found: list[Tested] = []
    lines = columns.grid.lines
    added = [at for at in columns.places if not lines[at].rate or _whole_of_shares(lines[at])]
    for roles in (CAN_BE_ADDED, (Role.RATE,)):
        visible = [column for column in columns.grid.columns if columns.roles[column] in roles]
        while len(visible) > 2:
            ranked = [
                tested
                for column in visible
                if (tested := _best_of(columns, column, _runs(columns, visible, column), added))
                and tested.relation.members not in known
            ]
            if not ranked:
                break
            # The innermost first: parts that are totals themselves are added up of what is theirs.
            ranked.sort(key=lambda one: (2 * len(one.failed) - one.telling, len(one.relation.operands)))
            now: set[int] = set()
            for tested in ranked:
                if not tested.relation.members & now and _take(tested, found, known):
                    now |= tested.relation.members
            inside = {part for one in found for part in one.relation.operands}
            visible = [column for column in visible if column not in inside]
    return found


def _whole_of_shares(line: Line) -> bool:
    """Whether a row of rates has a whole: shares of it are added up."""
    return any(line.value(column) == _WHOLE for column in range(len(line.cells)))


def _runs(columns: Columns, visible: Sequence[int], column: int) -> Iterator[Relation]:
    """Columns one after another behind or before a total, and those of the same name under other heads."""
    at = visible.index(column)
    for end in range(at + 3, len(visible) + 1):
        yield Relation(Kind.SUM, column, tuple(visible[at + 1 : end]))
    for start in range(at - 1):
        yield Relation(Kind.SUM, column, tuple(visible[start:at]))
    name = columns.grid.head(column).rpartition(" / ")[2]
    same = [one for one in visible if one != column and columns.grid.head(one).rpartition(" / ")[2] == name]
    for group in (same, [one for one in same if one > column], [one for one in same if one < column]):
        if len(group) >= 2 and name:
            yield Relation(Kind.SUM, column, tuple(group))


@lru_cache(maxsize=64)
def _worked_out(grid: Same[Grid]) -> tuple[Columns, tuple[Tested, ...]]:
    columns = columns_of(grid.it)
    return columns, column_relations(columns)


def worked_out(grid: Grid) -> tuple[Columns, tuple[Tested, ...]]:
    """The columns of a table and what they say of each other; worked out once."""
    return _worked_out(Same(grid))


def check_columns(subject: Subject, tally: Tally, kinds: tuple[Kind, ...], rule_: Rule) -> Iterator[Finding]:
    """The ties of these kinds between columns, row by row; findings are of the rule given."""
    for grid in grids(subject.document):
        columns, relations = worked_out(grid)
        for tested in relations:
            if tested.relation.kind not in kinds:
                continue
            tally.held += len(tested.held)
            for at in (*tested.failed, *_unsigned(columns, tested)):
                yield from _break(columns, tested, grid.lines[at], tally, rule_)


def _unsigned(columns: Columns, tested: Tested) -> Iterator[int]:
    """The one row of a column of changes whose sign is not that of the others.

    It fell and bears none, where others bear one or all others rose; or it rose and bears the sign of a fall.
    """
    relation = tested.relation
    if relation.kind not in (Kind.DIFFERENCE, Kind.GROWTH):
        return
    falls, against, signed, rises = [], [], 0, 0
    for at in tested.held:
        printed = columns.series[relation.result][at]
        worked = work_out(relation.kind, [columns.series[one][at] for one in relation.operands])
        if not printed or worked is None or not worked[0]:
            continue
        if worked[0] < 0 < printed:
            falls.append(at)
        elif printed < 0 < worked[0]:
            against.append(at)
        signed += printed < 0
        rises += worked[0] > 0 and printed > 0
    right = len(tested.held) - len(falls) - len(against)
    if len(falls) == 1 and (rises >= _RISES or (signed and rises)):
        yield falls[0]
    elif len(against) == 1 and not falls and right > len(against) + 1:
        yield against[0]


def _break(columns: Columns, tested: Tested, line: Line, tally: Tally, rule_: Rule) -> Iterator[Finding]:
    relation = tested.relation
    worked = work_out(relation.kind, [columns.series[one][line.at] for one in relation.operands])
    cells = [_cell(columns, one, line) for one in relation.operands]
    if worked is not None:
        tally.failed += 1
        finding = slip(columns.grid, tested, (line, relation.result), cells, worked[0], rule_)
        yield replace(finding, severity=Severity.WARNING) if line.at in tested.near else finding


def slip(
    grid: Grid,
    tested: Tested,
    result: tuple[Line, int],
    operands: Sequence[tuple[Line, int]],
    exact: Decimal,
    rule_: Rule,
) -> Finding:
    """The finding that a cell is not what its operands come to; only a warning for the last place of a rate."""
    line, column = result
    kind = tested.relation.kind
    there = [(row, at) for row, at in operands if row.value(at) is not None]
    if len(there) == 2 and there[0] == there[1]:  # both stand in one cell: 114/128
        there = there[:1]
    sign = "%" if kind in (Kind.RATE, Kind.GROWTH) else ""
    sum_ = f"{in_words(kind, [row.printed(at) for row, at in there])} = {show(exact)}{sign}"
    label = _name(line, column) or " ".join(line.ordinal)
    printed = line.value(column) or Decimal(0)
    close = bool(sign) and abs(abs(exact) - abs(printed)) < 3 * half_unit(printed)
    return rule_.finding(
        (line.span(column),),
        f"“{label}”, cột {grid.called(column)}: ghi {line.printed(column)}, nhưng {sum_}",
        f"“{label}”, column {grid.called(column)}: {line.printed(column)} is stated, but {sum_}",
        stated=line.printed(column),
        expected=f"{show(exact)}{sign}",
        evidence=tuple(row.span(at) for row, at in there),
        suggestion=both(
            "kiểm tra lại số ở ô này và các ô dùng để tính", "check this cell and those that it is reckoned from"
        ),
        severity=Severity.WARNING if close or not tested.sure else None,
        page=line.page,
    )


def _name(line: Line, column: int) -> str:
    """The words of a row before a column."""
    texts = (cell.text or "" for cell in line.cells[:column] if cell.value.kind is ValueKind.TEXT)
    return " ".join(" ".join(texts).split())


def _cell(columns: Columns, one: int, line: Line) -> tuple[Line, int]:
    """Where a value of a series stands: a cell of the row, or of the row that is its whole."""
    whole = columns.wholes.get(one)
    if whole is None or whole.of:
        return line, one if whole is None else whole.column
    row = whole.row if whole.row is not None else line.parent
    return columns.grid.lines[row or 0], whole.column


def check_changes(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A column of changes is the difference of two others, or by how many per cent one is more."""
    return check_columns(subject, tally, (Kind.DIFFERENCE, Kind.GROWTH), CHANGE)


def check_products(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """An amount is a number times a price."""
    return check_columns(subject, tally, (Kind.PRODUCT,), PRODUCT)


CHANGE = rule("FIG-106", check_changes)
PRODUCT = rule("FIG-107", check_products)
COLUMN_RULES = (CHANGE, PRODUCT)
