"""FIG along one row of a table whose heads count on in time: ``I | II | III | IV | Cộng``, and its running total.

A table of one or two rows shows by no other row that it adds up; there the heads say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from graphs.checks.reading.arithmetic import mistyped, show
from graphs.checks.reading.relations import half_unit
from graphs.checks.reading.rows import TOTAL_RE, Grid, Line, read_grid
from graphs.checks.report import Rule, Tally
from kb.bilingual import both
from kb.models import Finding, Severity, Table

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER_RE = re.compile(
    r"\W*(?:quý\s*)?(I{1,3}|IV)\W*(?:năm\s*)?(?:\d{4})?\W*|\W*quý\s*([1-4])\W*", re.IGNORECASE
)
_MONTH_RE = re.compile(r"\W*(?:tháng|t)\s*(\d{1,2})\W*(?:\d{4})?\W*", re.IGNORECASE)
_YEAR_RE = re.compile(r"\W*(?:năm\s*)?((?:19|20)\d\d)\W*", re.IGNORECASE)
_RUNNING_RE = re.compile(r"^\W*(?:lũy|luỹ)\s+kế\b", re.IGNORECASE)
_FEWEST, _QUARTERS_OF_YEAR, _MONTHS_OF_YEAR, _MOST_ROWS = 3, 4, 12, 3
#: What there is at a time, a mean or a price is no number of what came in that time.
_NO_SUM_RE = re.compile(
    r"\b(?:(?:lũy|luỹ)\s+kế|tỷ lệ|tỉ lệ|tỷ trọng|tốc độ|bình quân|trung bình|giá(?! trị)|chỉ số|năng suất"
    r"|còn lại|tồn|dư|hiện có|cuối (?:kỳ|tháng|quý|năm)|đầu (?:kỳ|tháng|quý|năm)|dân số|tổng đàn|đàn|mức)\b|%",
    re.IGNORECASE,
)


def check_by_period(table: Table, tally: Tally, rule: Rule) -> Iterator[Finding]:
    """A total beside quarters, months or years is their sum; a row ``Lũy kế`` adds up the row over it."""
    course = _course(table.columns)
    grid = read_grid(table, fewest=1) if course else None
    if grid is None:
        return
    told: set[int] = set()
    for line, running in pairwise(grid.lines):
        if _RUNNING_RE.match(running.label) and not _NO_SUM_RE.search(line.label):
            for finding in _runs_on(grid, line, running, course, tally, rule):
                told.add(line.at)
                yield finding
    whole = next(
        (at for at in (course[-1] + 1, course[0] - 1) if at > 0 and TOTAL_RE.search(_last(grid.head(at)))), None
    )
    counted = [line for line in grid.lines if not line.rate and not _NO_SUM_RE.search(line.label)]
    if whole is None or len(counted) > _MOST_ROWS:
        return
    wrong = []
    for line in counted:
        total, values = line.value(whole), [line.value(at) for at in course]
        there = [value for value in values if value is not None]
        if total is None or len(there) < len(course):
            continue
        if abs(total - sum(there)) <= half_unit(total) + sum(map(half_unit, there)):
            tally.held += 1
        elif line.at not in told and (
            _whole_year(grid, course) or mistyped(_whole(total), [_whole(one) for one in there])
        ):
            wrong.append(line)
    if len(wrong) == 1:
        tally.failed += 1
        yield _not_their_sum(grid, wrong[0], whole, course, rule)


def _last(head: str) -> str:
    return head.rpartition(" / ")[2]


def _course(heads: Sequence[str]) -> Sequence[int]:
    """The first columns side by side whose heads are quarters, months or years that follow each other."""
    for pattern in (_QUARTER_RE, _MONTH_RE, _YEAR_RE):
        found: list[tuple[int, int]] = []
        for at, head in enumerate(heads):
            match = pattern.fullmatch(_last(head or ""))
            count = 0 if match is None else _count(next(one for one in match.groups() if one))
            if found and (count != found[-1][1] + 1 or at != found[-1][0] + 1):
                if len(found) >= _FEWEST:
                    break
                found = []
            if count and at:
                found.append((at, count))
        if len(found) >= _FEWEST:
            return [at for at, _ in found]
    return ()


def _count(printed: str) -> int:
    return _QUARTERS.get(printed.lower()) or int(printed)


def _whole_year(grid: Grid, course: Sequence[int]) -> bool:
    """Whether the columns are the four quarters or the twelve months."""
    quarters = _QUARTER_RE.fullmatch(_last(grid.head(course[0]))) is not None
    return len(course) == (_QUARTERS_OF_YEAR if quarters else _MONTHS_OF_YEAR)


def _whole(value: Decimal) -> Decimal:
    """The digits of a number as a whole number."""
    return value.scaleb(-min(0, int(value.as_tuple().exponent)))


def _runs_on(
    grid: Grid, line: Line, running: Line, course: Sequence[int], tally: Tally, rule: Rule
) -> Iterator[Finding]:
    """The one cell of a row, or of its running total, by which the two do not add up."""
    values, sums = [line.value(at) for at in course], [running.value(at) for at in course]
    own, told = [one for one in values if one is not None], [one for one in sums if one is not None]
    if len(own) < len(course) or len(told) < len(course):
        return
    steps = [told[0], *(other - one for one, other in pairwise(told))]
    off = [at for at, (value, step) in enumerate(zip(own, steps, strict=True)) if value != step]
    if not off:
        tally.held += len(course)
        return
    if len(course) - len(off) < len(off) or own[0] != told[0]:
        return
    if len(off) == 1:  # behind it all goes on rightly: the number of that time is wrong
        at = off[0]
        tally.failed += 1
        yield _finding(
            rule, line, grid, course[at], f"{show(told[at])} - {show(told[at - 1])}", steps[at], running
        )
    elif off[1] == off[0] + 1 and told[off[1]] == list(accumulate(own))[off[1]]:
        at = off[0]
        tally.failed += 1
        exact = told[at - 1] + own[at]
        yield _finding(rule, running, grid, course[at], f"{show(told[at - 1])} + {show(own[at])}", exact, line)


def _finding(rule: Rule, line: Line, grid: Grid, column: int, words: str, exact: Decimal, other: Line) -> Finding:
    head = grid.called(column)
    return rule.finding(
        (line.span(column),),
        f"“{line.label}”, cột {head}: ghi {line.printed(column)}, nhưng theo số lũy kế {words} = {show(exact)}",
        f"“{line.label}”, column {head}: {line.printed(column)} is stated, but by the running total"
        f" {words} = {show(exact)}",
        stated=line.printed(column),
        expected=show(exact),
        evidence=(other.span(column), other.span(column - 1)),
        suggestion=both("kiểm tra lại số của kỳ này", "check the number of this time"),
        page=line.page,
    )


def _not_their_sum(grid: Grid, line: Line, whole: int, course: Sequence[int], rule: Rule) -> Finding:
    sum_ = sum((line.value(at) or Decimal(0) for at in course), Decimal(0))
    words = f"{' + '.join(line.printed(at) for at in course)} = {show(sum_)}"
    head = grid.called(whole)
    return rule.finding(
        (line.span(whole),),
        f"“{line.label}”, cột {head}: ghi {line.printed(whole)}, nhưng {words}",
        f"“{line.label}”, column {head}: {line.printed(whole)} is stated, but {words}",
        stated=line.printed(whole),
        expected=show(sum_),
        evidence=tuple(line.span(at) for at in course),
        suggestion=both("kiểm tra lại số tổng hoặc các số thành phần", "check the total or its parts"),
        page=line.page,
        severity=Severity.WARNING,
    )
