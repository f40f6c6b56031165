"""FIG in tables: rates against their counts, totals and their parts, groups counted twice, parts over wholes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from graphs.checks.reading.arithmetic import percent, places_of, rounds_to, show
from graphs.checks.reading.relations import MEANS, Kind
from graphs.checks.reading.roles import Role
from graphs.checks.reading.rows import RATE_RE, TOTAL_RE, Grid, Line, grids
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.tables.across import check_near_rates, check_near_totals
from graphs.checks.tables.by_period import check_by_period
from graphs.checks.tables.columns import check_columns
from graphs.checks.tables.one_whole import check_one_whole
from graphs.checks.tables.series import roles_of
from graphs.checks.tables.totals import check_groups
from graphs.checks.tables.within import check_within
from kb.bilingual import both
from kb.models import Finding, ValueKind

_LEAST_COLUMNS = 2
#: What columns of a row of rates say that is no such rate: how it changed, how much of its plan it is.
_COMPARED = (Role.CHANGE, Role.RATE)
#: What a row counts is said in the first letters of its label.
_OPENING = 90
#: Words of a whole and of what can only be a part of it.
WHOLE_AND_PART: tuple[tuple[str, str], ...] = (
    (r"được giao", r"có mặt"),
    (r"tiếp nhận|phát sinh", r"đã (?:được )?(?:giải quyết|xử lý)"),
    (r"\bgiao\b|kế hoạch|dự toán|phân bổ", r"giải ngân"),
    (r"phát hiện", r"đã (?:được )?(?:xử lý|khắc phục)"),
    (r"cần phải xử lý|phải xử lý", r"đã (?:được )?xử lý"),
    (r"đề ra|được giao|kế hoạch", r"đã (?:hoàn thành|hoàn hành|thực hiện)"),
    (r"đủ điều kiện", r"đã (?:được )?(?:cung cấp|tích hợp)"),
    (r"có yêu cầu", r"đã được (?:tích hợp|triển khai)"),
    (r"tổng số hồ sơ", r"hồ sơ nộp trực tuyến"),
)


def check_rates(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A rate row with two counts under it, or a ratio row before it, says their quotient."""
    for grid in grids(subject.document):
        for line in grid.lines:
            if not line.rate:
                continue
            counts = [child for child in grid.children(line) if not child.rate]
            if len(counts) == 2:
                yield from _rate_of_two(grid, line, counts[0], counts[1], tally)
            elif line.at and not counts:
                yield from _rate_of_ratio(grid, line, grid.lines[line.at - 1], tally)
        yield from check_near_rates(grid, tally, RATE)
        yield from check_one_whole(grid, tally, RATE)
    yield from check_columns(subject, tally, (Kind.RATE, *MEANS), RATE)


def _rate_of_two(grid: Grid, line: Line, one: Line, other: Line, tally: Tally) -> Iterator[Finding]:
    for column in grid.columns:
        stated, first, second = line.value(column), one.value(column), other.value(column)
        if stated is None or first is None or second is None:
            continue
        whole, part = max(first, second), min(first, second)
        exact = percent(str(part), str(whole))
        if exact is None:
            tally.skip(both("mẫu số bằng 0", "a denominator of 0"))
            continue
        if _agrees(exact, line, column) or (first and second and _agrees(second / first * 100, line, column)):
            tally.held += 1
            continue
        tally.failed += 1
        sum_ = f"{show(part)} / {show(whole)} = {show(exact)}%"
        yield RATE.finding(
            (line.span(column),),
            f"“{line.label}”, cột {grid.called(column)}: ghi {line.printed(column)}, nhưng {sum_}",
            f"“{line.label}”, column {grid.called(column)}: {line.printed(column)} is stated, but {sum_}",
            stated=line.printed(column),
            expected=f"{show(exact)}%",
            evidence=(one.span(column), other.span(column)),
            suggestion=both("đối chiếu tử số, mẫu số và tỷ lệ", "compare numerator, denominator and rate"),
            page=line.page,
        )


def _rate_of_ratio(grid: Grid, line: Line, before: Line, tally: Tally) -> Iterator[Finding]:
    for column in grid.columns:
        cell = before.cells[column] if column < len(before.cells) else None
        stated = line.value(column)
        if cell is None or cell.value.kind is not ValueKind.RATIO or stated is None or not cell.value.of:
            continue
        if line.cells[column].value.kind is ValueKind.RATIO:  # counts of its own: no rate of the row before
            continue
        exact = percent(cell.value.value or "0", cell.value.of)
        if exact is None:
            tally.skip(both("mẫu số bằng 0", "a denominator of 0"))
        elif _agrees(exact, line, column):
            tally.held += 1
        else:
            tally.failed += 1
            yield RATE.finding(
                (line.span(column),),
                f"“{line.label}”, cột {grid.called(column)}: ghi {line.printed(column)}, nhưng {cell.text} ="
                f" {show(exact)}%",
                f"“{line.label}”, column {grid.called(column)}: {line.printed(column)} is stated, but"
                f" {cell.text} = {show(exact)}%",
                stated=line.printed(column),
                expected=f"{show(exact)}%",
                evidence=(before.span(column),),
                suggestion=both("đối chiếu tỷ số và tỷ lệ", "compare the ratio and the rate"),
                page=line.page,
            )


def _agrees(exact: Decimal, line: Line, column: int) -> bool:
    value = line.cells[column].value.value or "0"
    return rounds_to(exact, value)


def check_totals(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A row whose parts stand under it, a total and a column of totals are the sums of theirs."""
    seen = set()
    for grid in grids(subject.document):
        for finding in (*check_groups(grid, tally, TOTAL), *check_near_totals(grid, tally, TOTAL)):
            seen.add(finding.spans)
            yield finding
    for finding in check_columns(subject, tally, (Kind.SUM, Kind.BALANCE), TOTAL):
        if finding.spans not in seen:  # one wrong cell is one finding
            seen.add(finding.spans)
            yield finding
    for table in subject.document.tables:
        yield from (one for one in check_by_period(table, tally, TOTAL) if one.spans not in seen)


def check_doubles(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A row is not the sum of a total and of that total's own parts."""
    for grid in grids(subject.document):
        for line in grid.lines:
            parts = [child for child in grid.children(line) if not child.rate]
            if line.rate or len(parts) < 3 or not TOTAL_RE.search(parts[0].label):
                continue
            twice = [column for column in grid.columns if _double(line, parts, column)]
            if len(twice) < _LEAST_COLUMNS:
                continue
            tally.failed += 1
            column = twice[0]
            yield DOUBLE.finding(
                tuple(line.span(at) for at in twice),
                f"“{line.label}”: cộng cả dòng tổng “{parts[0].label}” lẫn các dòng thành phần của nó, nên"
                f" gấp đôi "
                f"({line.printed(column)} thay vì {parts[0].printed(column)})",
                f"“{line.label}” adds the total “{parts[0].label}” and that total's own parts, so things"
                f" count twice "
                f"({line.printed(column)} instead of {parts[0].printed(column)})",
                stated=line.printed(column),
                expected=parts[0].printed(column),
                evidence=(*(part.span(column) for part in parts), *(parts[0].span(at) for at in twice[1:])),
                suggestion=both(
                    "cộng dòng tổng hoặc các dòng thành phần, không cộng cả hai",
                    "add the total or its parts, not both",
                ),
                page=line.page,
            )


def _double(line: Line, parts: list[Line], column: int) -> bool:
    values = [part.value(column) for part in parts]
    whole = line.value(column)
    if whole is None or values[0] is None or not values[0]:
        return False
    rest = sum((value for value in values[1:] if value is not None), Decimal(0))
    return rest == values[0] and whole == values[0] + rest


def check_parts(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What was done of a thing is no more than the thing: beside each other, row by row."""
    patterns = [
        (re.compile(whole, re.IGNORECASE), re.compile(part, re.IGNORECASE)) for whole, part in WHOLE_AND_PART
    ]
    for grid in grids(subject.document):
        for one, other in zip(grid.lines, grid.lines[1:], strict=False):
            if one.rate or other.rate or len(one.ordinal) != len(other.ordinal):
                continue
            labels = one.label[:_OPENING], other.label[:_OPENING]
            if any(whole.search(labels[0]) and part.search(labels[1]) for whole, part in patterns):
                yield from _part(grid, one, other, tally)
        yield from check_within(grid, tally, PART)


def _part(grid: Grid, whole: Line, part: Line, tally: Tally) -> Iterator[Finding]:
    """One finding for the row, however many of its columns exceed those of its whole."""
    over = []
    for column in grid.columns:
        top, bottom = part.value(column), whole.value(column)
        if top is not None and bottom is not None:
            if top > bottom:
                over.append(column)
            else:
                tally.held += 1
    if not over:
        return
    tally.failed += len(over)
    told = [f"{grid.called(at)}: {part.printed(at)} > {whole.printed(at)}" for at in over]
    yield PART.finding(
        tuple(part.span(at) for at in over),
        f"“{part.label}” lớn hơn “{whole.label}” ({'; '.join(told)})",
        f"“{part.label}” is more than “{whole.label}” ({'; '.join(told)})",
        stated=part.printed(over[0]),
        expected=f"không quá {whole.printed(over[0])}",
        evidence=tuple(whole.span(at) for at in over),
        suggestion=both(
            "kiểm tra lại hai số, hoặc nói rõ vì sao phần lớn hơn toàn thể",
            "check both numbers, or say why the part is larger",
        ),
        page=part.page,
    )


def _compares(grid: Grid, line: Line, column: int) -> bool:
    """Whether a cell is what two others of its row give: a result in hundredths of its plan may be any number."""
    stated = str(line.value(column))
    others = [value for at in grid.columns if at != column and (value := line.value(at))]
    return any(rounds_to(100 * one / other, stated) for one, other in permutations(others, 2))


def check_shares(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A rate in a table is between 0 and 100, and like the others of its row in scale."""
    for grid in grids(subject.document):
        for line in grid.lines:
            if not RATE_RE.search(line.label):
                continue
            roles = roles_of(grid)
            over = sum((line.value(column) or 0) > 100 for column in grid.columns)
            if over > 1:
                tally.skip(
                    both("tỷ lệ của hàng này có thể trên 100%", "the rate of this row may be over 100%"),
                    len(grid.columns),
                )
                continue
            for column in grid.columns:
                value = line.value(column)
                if value is None or roles[column] in _COMPARED or _compares(grid, line, column):
                    continue
                if 0 <= value <= 100 or (places_of(str(value)) == 0 and "%" not in line.printed(column)):
                    tally.held += 1
                    continue
                tally.failed += 1
                yield SHARE.finding(
                    (line.span(column),),
                    f"“{line.label}”, cột {grid.called(column)}: {line.printed(column)} ngoài khoảng 0–100%",
                    f"“{line.label}”, column {grid.called(column)}: {line.printed(column)} is not between 0"
                    f" and 100%",
                    stated=line.printed(column),
                    suggestion=both("kiểm tra lại tỷ lệ", "check the rate"),
                    page=line.page,
                )


RATE = rule("FIG-101", check_rates)
TOTAL = rule("FIG-102", check_totals)
DOUBLE = rule("FIG-103", check_doubles)
PART = rule("FIG-104", check_parts)
SHARE = rule("FIG-105", check_shares)
TABLE_RULES = (RATE, TOTAL, DOUBLE, PART, SHARE)
