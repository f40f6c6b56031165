"""FIG of a change told in the text of a number that stands in a table, beside that of the time compared with.

``Lệ phí trước bạ 318,4 tỷ đồng, tăng 3,5% so với cùng kỳ`` where its row has 318.400 and 330.000: it fell.
Only another way and a slip of a digit are told: what else differs may be of another base.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import is_rate_slip, rounds_to, show
from graphs.checks.reading.mentions import Mention, mentions
from graphs.checks.reading.moved import RISES
from graphs.checks.reading.named import row_place
from graphs.checks.reading.prose import value_as_printed
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.unit_cells import names_row, read_cell, value_in
from graphs.checks.reading.unit_words import unit_behind
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding

_CHANGE_RE = re.compile(
    r"[^.;()\d]{0,40}?,\s*(?P<way>tăng|giảm|cao hơn|thấp hơn)\s*(?:khoảng\s*)?$", re.IGNORECASE
)
_SINCE_RE = re.compile(
    r"\s*so với\s+(?:(?P<past>cùng kỳ|năm trước|năm ngoái)|(?:ước\s+)?(?:thực hiện\s+)?(?:cuối\s+)?năm\s+"
    r"(?P<year>(?:19|20)\d\d))(?!\s*\()",
    re.IGNORECASE,
)
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
_PAST_RE = re.compile(r"cùng kỳ|năm trước|năm ngoái", re.IGNORECASE)
#: Heads over no values: of what is compared, asked for or shared.
_NO_VALUES_RE = re.compile(
    r"%|\bso (?:với|sánh)\b|^\W*so\b|tăng|giảm|tỷ lệ|tỉ lệ|tốc độ|\b(?:DT|KH|TH/DT)\b|kế hoạch|dự toán|dự kiến"
    r"|mục tiêu|chỉ tiêu|/\s*(?:DT|KH)",
    re.IGNORECASE,
)
_HUNDRED = Decimal(100)


def check_row_changes(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """The way, and the digits, of a rate of change are those of the two cells of its row."""
    tables = grids(subject.document)
    for one in mentions(subject) if tables else ():
        after = one.at + 1
        if after >= len(one.where.figures) or one.figure.unit in (None, "%") or one.figure.of:
            continue
        rate = one.where.figures[after]
        if (
            rate.unit != "%"
            or rate.bound
            or not (way := _CHANGE_RE.fullmatch(one.where.between(one.figure, rate)))
        ):
            continue
        since = _SINCE_RE.match(one.where.text, one.where.end(rate))
        told = [
            (grid, line, now, was)
            for grid, line, now in (_rows(one, tables) if since else ())
            if since and (was := _column_before(grid, line, now, since["year"])) is not None
        ]
        if len(told) == 1:
            yield from _held(one, rate, way["way"].lower(), *told[0], tally, by)


def _rows(one: Mention, tables: tuple[Grid, ...]) -> Iterator[tuple[Grid, Line, int]]:
    """The rows that the clause of a number names and that have it, in their unit, with its column."""
    unit = unit_behind(one.where.text, one.where.end(one.figure))
    clause, said = one.clause, f"{one.sentence} {one.counted}"
    for grid in tables if unit else ():
        for line in grid.lines:
            if not names_row(line, clause, said):
                continue
            for column in grid.columns:
                value = line.value(column)
                cell = read_cell(grid, line, column) if value is not None else None
                many = cell.unit.times(unit) if cell and unit else Decimal(1)
                if value is not None and many and rounds_to(value * many, one.figure.value):
                    yield grid, line, column
                    break


def _column_before(grid: Grid, line: Line, now: int, year: str | None) -> int | None:
    """The column of the time compared with: of a year or the one before that of the value, all else the same."""
    head = grid.head(now)
    years = _YEAR_RE.findall(head)
    before = year or (str(int(years[-1]) - 1) if years else "")
    found = [
        at
        for at in grid.columns
        if at != now
        and value_in(line, at)
        and not _NO_VALUES_RE.search(grid.head(at))
        and before in _YEAR_RE.findall(grid.head(at))
    ]
    like = [at for at in found if years and _plain(grid.head(at)) == _plain(head)]
    past = [at for at in grid.columns if at != now and value_in(line, at) and _is_past(grid.head(at))]
    for columns in (like, found, past if year is None else []):
        if len(columns) == 1:
            return columns[0]
    return None


def _plain(head: str) -> str:
    return _YEAR_RE.sub("", head)


def _is_past(head: str) -> bool:
    return bool(_PAST_RE.search(head)) and not _NO_VALUES_RE.search(head)


def _held(
    one: Mention, rate: Figure, way: str, grid: Grid, line: Line, now: int, was: int, tally: Tally, by: Rule
) -> Iterator[Finding]:
    later, earlier = value_in(line, now), value_in(line, was)
    if not later or not earlier:
        return
    exact = later / earlier * _HUNDRED - _HUNDRED
    printed = value_as_printed(rate)
    fits, right = rounds_to(abs(exact), printed), (exact > 0) == (way in RISES)
    if fits and right:
        tally.held += 1
        return
    if not fits and not (right and (is_rate_slip(abs(exact), printed) or _has_one_more(abs(exact), printed))):
        return
    tally.failed += 1
    place = row_place(grid, line)
    risen = f"{'tăng' if exact > 0 else 'giảm'} {show(abs(exact))}%"
    cells = f"{line.printed(was)} → {line.printed(now)}"
    yield by.finding(
        (rate.span,),
        f"ghi {way} {rate.printed}, nhưng {place}: {cells}, {risen}",
        f"{way} {rate.printed} is stated, but {place.en}: {cells}, {show(exact)}%",
        stated=f"{way} {rate.printed}",
        expected=risen,
        evidence=(line.span(was), line.span(now)),
        suggestion=both("đối chiếu hai giá trị trong bảng", "compare the two values of the table"),
        page=one.where.block.page,
    )


def _has_one_more(exact: Decimal, printed: str) -> bool:
    """Whether a rate is the exact one with a digit too much before it: 18,5 for 8,5."""
    return len(printed) > 1 and printed[1:2].isdigit() and rounds_to(exact, printed[1:])
