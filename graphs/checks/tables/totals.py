"""FIG down the rows of a table: rows over their parts, totals over or under the rows they count.

That rows add up is shown by the table itself: in most columns of the row, or in the same column of other groups.
A note whose number explains a difference is honoured; decimals may be rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graphs.checks.reading.arithmetic import like_a_mean, mistyped, places_of, show
from graphs.checks.reading.relations import half_unit
from graphs.checks.reading.rows import SHIFTED, TOTAL_RE, Grid, Line
from graphs.checks.report import Rule, Tally
from graphs.checks.tables.series import CAN_BE_ADDED, columns_of
from kb.bilingual import both
from kb.models import Finding, Severity

_LEAST_COLUMNS, _LEAST_GROUPS, _LEAST_PARTS, _LEAST_SUM = 2, 3, 3, 20
#: A total by that word alone, or with how many rows it counts: "Cộng 5 dự án".
_PLAIN_TOTAL_RE = re.compile(
    r"\W*(?:tổng(?:\s+(?:cộng|số))?|cộng)\W*(?:(?P<count>\d{1,3})(?:\s+[^\W\d_]+){1,4}\W*)?", re.IGNORECASE
)
#: A row that counts some of the row before it.
_WITHIN_RE = re.compile(r"\W*(?:trong đó|riêng|(?:bao )?gồm)\b", re.IGNORECASE)
#: Rows that are times one after another.
_TIME_RE = re.compile(
    r"\W*(?:(?:năm|quý|tháng|tuần|ngày|kỳ|đợt|đến|hết|cuối|\d{1,2}\s+tháng|[69])\b|\d{1,2}/\d|(?:19|20)\d\d|[IVX]{1,3}\W*$)",
    re.IGNORECASE,
)
_TIMES_RE = re.compile(
    r"\W*(?:(?:stt|tt)\W+)?(?:năm(?: học)?|quý|tháng|tuần|ngày|kỳ|đợt|thời (?:điểm|gian|kỳ)|giai đoạn)\W*",
    re.IGNORECASE,
)
#: So much of what the parts come to a total may be off in a column that nothing else shows to add up.
_NEAR = Decimal("0.25")
_NUMBER_RE = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Group:
    """A row with the rows that may be its parts: columns that add up, that a note explains, that do not."""

    whole: Line
    parts: tuple[Line, ...]
    right: tuple[int, ...]
    explained: tuple[int, ...]
    wrong: tuple[int, ...]

    @property
    def sure(self) -> bool:
        """Whether its own columns show that it adds up."""
        return self.shown or (self.whole.total and self.likely)

    @property
    def shown(self) -> bool:
        """Whether several of its columns, and most, add up."""
        good = len(self.right) + len(self.explained)
        return good >= _LEAST_COLUMNS and good > len(self.wrong)

    @property
    def likely(self) -> bool:
        """Whether at least half of its columns add up, one of them hardly by chance."""
        good = len(self.right) + len(self.explained)
        return good >= len(self.wrong) and any(map(self.tells, self.right))

    def tells(self, column: int) -> bool:
        """Whether a column that adds up hardly does so by chance: several parts, a sum that is not small."""
        there = [value for part in self.parts if (value := part.value(column))]
        return len(there) >= 2 and abs(self.whole.value(column) or Decimal(0)) >= _LEAST_SUM

    @property
    def alone(self) -> bool:
        """Whether it is a plain total over one column in which each part has its number."""
        column = self.wrong[0] if len(self.wrong) == 1 and not self.right else None
        plain = _PLAIN_TOTAL_RE.fullmatch(self.whole.label)
        if column is None or len(self.parts) < _LEAST_PARTS or not plain:
            return False
        if plain["count"] and int(plain["count"]) != len(self.parts):
            return False
        if any(map(_WITHIN_RE.match, (part.label for part in self.parts))) or self._passed_over():
            return False
        # Over its rows a total may count what they only partly tell of, under them it counts them.
        return all(part.at < self.whole.at and part.value(column) is not None for part in self.parts)

    def _passed_over(self) -> bool:
        """Whether a row that is no part stands between those that are."""
        rows = [part.at for part in self.parts]
        return rows != list(range(rows[0], self.whole.at))


def groups_of(grid: Grid) -> tuple[Group, ...]:
    """Rows with their parts, and totals with what adds up to them best."""
    columns = columns_of(grid)
    found = []
    for line in grid.lines:
        if line.rate or line.formula:
            continue
        counted = _what_is_counted(grid, line) if line.total else _what_is_under(grid, line)
        alike = (_alike(line, parts) for parts in counted)
        tried = [_group(grid, line, parts) for parts in alike if len(parts) >= 2]
        if tried:
            found.append(max(tried, key=lambda one: (len(one.right) + len(one.explained), -len(one.wrong))))
    additive = tuple(column for column in grid.columns if columns.roles[column] in CAN_BE_ADDED)
    found = [_of_what_adds_up(group, found, additive) for group in found]
    return tuple(_believed(group, found, additive) for group in found)


def _of_what_adds_up(group: Group, groups: list[Group], additive: tuple[int, ...]) -> Group:
    """The group without the columns that nothing shows to add up: rates and prices tell nothing of its sums."""
    shown = {column for one in groups for column in one.right}
    return replace(group, wrong=tuple(column for column in group.wrong if column in additive or column in shown))


def _alike(whole: Line, parts: tuple[Line, ...]) -> tuple[Line, ...]:
    """The parts counted in the unit of the whole; none where a row lost a cell."""
    if any(part.style == SHIFTED for part in parts):
        return ()
    return tuple(part for part in parts if not whole.unit or part.unit in ("", whole.unit))


def _what_is_under(grid: Grid, line: Line) -> Iterator[tuple[Line, ...]]:
    """The rows right under a row; with them those without a label that close it, behind the last of them."""
    parts = tuple(child for child in grid.children(line) if not child.rate)
    if any(part.formula for part in parts):
        return
    # "1 …, 2 …, I Cộng cấp huyện, II Cấp tỉnh": a total of a higher rank closes the rows before it.
    if line.style == "1" and any(part.style in "IA" and TOTAL_RE.search(part.label) for part in parts):
        return
    yield parts
    yield _with_closing(grid, parts)


def _with_closing(grid: Grid, parts: Sequence[Line]) -> tuple[Line, ...]:
    """Rows with those without a label that stand behind the last of them, on their own."""
    if not parts:
        return ()
    return (*parts, *(child for child in grid.children(parts[-1]) if child.style == "plain" and not child.rate))


def _what_is_counted(grid: Grid, total: Line) -> Iterator[tuple[Line, ...]]:
    """Rows that a total may count: the outermost over or under it, those since the last total, the totals."""
    outer = [line for line in grid.lines if line.parent is None and not line.rate and not line.total]
    totals = [line for line in grid.lines if line.total and not line.rate]
    before = [line for line in outer if line.at < total.at]
    after = [line for line in outer if line.at > total.at]
    since = max((line.at for line in totals if line.at < total.at), default=-1)
    until = min((line.at for line in totals if line.at > total.at), default=len(grid.lines))
    yield tuple(before)
    yield _with_closing(grid, before)
    yield tuple(after)
    yield tuple(line for line in before if line.at > since)
    yield tuple(line for line in after if line.at < until)
    yield tuple(line for line in totals if line.at < total.at)
    yield tuple(line for line in totals if line.at > total.at)
    yield _ranked_before(grid, total)
    leaves = [line for line in grid.lines if not line.total and not line.rate and not grid.children(line)]
    yield tuple(line for line in leaves if since < line.at < total.at)


def _ranked_before(grid: Grid, total: Line) -> tuple[Line, ...]:
    """The rows of one rank right before a total, one of them a total of a group: I Cộng cấp huyện, II Cấp tỉnh."""
    found: list[Line] = []
    for line in reversed(grid.lines[: total.at]):
        if not line.ordinal or line.rate or (found and line.style != found[0].style):
            break
        found.insert(0, line)
    return tuple(found) if any(TOTAL_RE.search(line.label) for line in found) else ()


def _group(grid: Grid, whole: Line, parts: tuple[Line, ...]) -> Group:
    right, explained, wrong = [], [], []
    for column in grid.columns:
        printed = whole.value(column)
        values = [value for part in parts if (value := grid.amount(part, column)) is not None]
        if printed is None or not values:
            continue
        slack = half_unit(printed) + sum(map(half_unit, values), Decimal(0))
        away = printed - sum(values, Decimal(0))
        if abs(away) <= slack:
            right.append(column)
        elif _explained(grid, whole, column, away):
            explained.append(column)
        elif not like_a_mean(printed, values) and not _ends_so(grid, printed, parts, column):
            wrong.append(column)
    return Group(whole, parts, tuple(right), tuple(explained), tuple(wrong))


def _ends_so(grid: Grid, whole: Decimal, parts: Sequence[Line], column: int) -> bool:
    """Whether rows of times end, or begin, with the number of the total: what there is at a time is not added up.

    ``Quý I 430, Quý II 465, Cộng 465`` of a debt; a running total beside the months it adds up.
    """
    there = [part.value(column) for part in parts]
    if whole not in (there[0], there[-1]) or len(set(there)) == 1:
        return False
    heads = " ".join(grid.table.columns[: grid.columns[0]])
    return bool(_TIMES_RE.fullmatch(heads)) or all(
        _TIME_RE.match(one.label or one.cells[0].text or "") for one in parts
    )


def _believed(group: Group, groups: list[Group], additive: tuple[int, ...]) -> Group:
    """The group with those of its wrong columns that surely are to add up, by its own row or by other groups."""
    others = [one for one in groups if one is not group]
    wrong = []
    for column in group.wrong:
        good = sum(column in one.right for one in others)
        bad = sum(column in one.wrong for one in others)
        by_groups = good >= _LEAST_GROUPS and good > 3 * bad
        sure = (
            group.sure
            or (group.alone and len(groups) == 1)
            or (group.likely and any(one.sure and not one.wrong for one in others))
        )
        if (
            (by_groups and (column in additive or _is_typed(group, column)))
            or (column in additive and sure and good >= bad and (good > 0 or _is_near(group, column)))
            or (not bad and _slipped(group, others, column))
        ):
            wrong.append(column)
    return Group(group.whole, group.parts, group.right, group.explained, tuple(wrong))


def _is_near(group: Group, column: int) -> bool:
    """Whether a total is about what its parts come to, or is so by a slip: a digit, a row taken for it."""
    values = [value for part in group.parts if (value := part.value(column)) is not None]
    whole, sum_ = group.whole.value(column) or Decimal(0), sum(values, Decimal(0))
    copied = whole in values and not any(map(half_unit, values))
    return copied or abs(whole - sum_) <= abs(sum_) * _NEAR or _is_typed(group, column)


def _slipped(group: Group, others: Sequence[Group], column: int) -> bool:
    """Whether a column fails by a slip of typing, where another group like this one adds up in it."""
    if len(group.wrong) > 1 and not group.right:
        return False  # it counts more than stands under it
    alike = any(
        one.whole.style == group.whole.style and column in one.right and one.tells(column) for one in others
    )
    return alike and _is_typed(group, column)


def _is_typed(group: Group, column: int) -> bool:
    """Whether a digit typed otherwise makes a column add up."""
    whole = group.whole.value(column)
    values = [value for part in group.parts if (value := part.value(column)) is not None]
    if whole is None or len(values) < 2:
        return False
    last = max(places_of(str(value)) for value in (whole, *values))
    total, *parts = (value.scaleb(last).quantize(Decimal(1)) for value in (whole, *values))
    return mistyped(total, parts)


def check_groups(grid: Grid, tally: Tally, rule: Rule) -> Iterator[Finding]:
    """A row whose parts stand under it, and a total, is their sum."""
    for group in groups_of(grid):
        good = len(group.right) + len(group.explained)
        if not group.wrong and not (group.sure or (good and group.whole.total)):
            if good or group.whole.total:
                tally.skip(
                    both(
                        "không chắc các dòng dưới cộng thành dòng trên",
                        "not sure that the rows below add up to the one above",
                    )
                )
            continue
        tally.held += good
        for column in group.wrong:
            tally.failed += 1
            yield _finding(grid, group, column, rule)


def _finding(grid: Grid, group: Group, column: int, rule: Rule) -> Finding:
    line = group.whole
    amounts = [(part, amount) for part in group.parts if (amount := grid.amount(part, column)) is not None]
    there = [part for part, _ in amounts]
    sum_ = sum((amount for _, amount in amounts), Decimal(0))
    words = " + ".join(
        show(amount) if part.value(column) is None else part.printed(column) for part, amount in amounts
    )
    head = grid.called(column)
    return rule.finding(
        (line.span(column),),
        f"“{line.label}”, cột {head}: ghi {line.printed(column)}, nhưng {words} = {show(sum_)}",
        f"“{line.label}”, column {head}: {line.printed(column)} is stated, but {words} = {show(sum_)}",
        stated=line.printed(column),
        expected=show(sum_),
        evidence=tuple(part.span(column) for part in there),
        suggestion=both("kiểm tra lại số tổng hoặc các số thành phần", "check the total or its parts"),
        page=line.page,
        severity=None if group.shown else Severity.WARNING,
    )


def _explained(grid: Grid, line: Line, column: int, difference: Decimal) -> bool:
    """Whether a note at the cell states the very number by which it differs."""
    for mark in line.marks(column):
        note = grid.table.notes.get(mark, "")
        for found in _NUMBER_RE.findall(note):
            digits = found.replace(".", "").replace(",", "")
            if digits.isdigit() and Decimal(digits) == abs(difference):
                return True
    return False
