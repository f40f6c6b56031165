"""FIG in tables: a part is no more than its whole.

It is called a part (“trong đó”), over it or before it, or it is a row that counts some of the things of which
another row counts all (“Tổng số thủ tục”, “Số thủ tục được công khai”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.reading.named import GENERAL, plain_name, thing_words
from graphs.checks.reading.roles import Role
from graphs.checks.reading.rows import SHIFTED, TOTAL_RE, Grid, Line
from graphs.checks.report import Rule, Tally
from graphs.checks.tables.series import CAN_BE_ADDED, roles_of
from kb.bilingual import both
from kb.models import Finding

_OF_WHICH_RE = re.compile(r"^\W*(?:trong\s+(?:số\s+)?đó|riêng)\b", re.IGNORECASE)
_ALL_RE = re.compile(r"^\W*tổng\s+số\s", re.IGNORECASE)
_OF_ALL_RE = re.compile(r"\s+(?:của|trên địa bàn|toàn|tại địa phương|trong)(?:\s.*)?$")
_FEWEST_WORDS = 2
#: So many places must be compared, and for so many that hold one may fail.
_FEWEST, _FOR_EACH_FAILURE = 4, 8

_Place = tuple[Line, int]


def check_within(grid: Grid, tally: Tally, rule: Rule) -> Iterator[Finding]:
    """Rows “trong đó …” against the row over them, columns “Trong đó” against the column before them."""
    yield from _held_to(grid, list(_rows(grid)), tally, rule)
    # A part may have a higher rate than the whole, and have risen faster.
    columns = [column for column, role in roles_of(grid).items() if role not in (Role.RATE, Role.CHANGE)]
    for line, all_ in _some_of_all(grid):
        yield from _held_to(grid, [((line, at), (all_, at)) for at in columns], tally, rule)
    for part, whole in _columns(grid):
        pairs = [((line, part), (line, whole)) for line in grid.lines if not line.rate]
        yield from _held_to(grid, pairs, tally, rule)


def _rows(grid: Grid) -> Iterator[tuple[_Place, _Place]]:
    roles = roles_of(grid)
    columns = [column for column in grid.columns if roles[column] in CAN_BE_ADDED and _holds_parts(grid, column)]
    for line in grid.lines:
        if line.parent is None or line.rate or not (line.style in "-+*•" or _OF_WHICH_RE.match(line.label)):
            continue
        over = grid.lines[line.parent]
        if not over.rate and not over.formula and over.unit in ("", line.unit):
            for column in columns:
                yield (line, column), (over, column)


def _holds_parts(grid: Grid, column: int) -> bool:
    """Whether most rows of a column have as much as the parts under them together: levels and rates have not."""
    room = []
    for line in grid.lines:
        parts = [value for one in grid.children(line) if (value := one.value(column)) is not None]
        whole = line.value(column)
        if whole is not None and len(parts) > 1:
            room.append(sum(parts) <= whole)
    return not room or 2 * sum(room) >= len(room)


def _some_of_all(grid: Grid) -> Iterator[tuple[Line, Line]]:
    """Rows that begin with the name of the things of which another row says that it counts all."""
    named = [(line, plain_name(line.label)) for line in grid.lines if not line.rate and line.style != SHIFTED]
    for all_, whole in named:
        name = _OF_ALL_RE.sub("", whole)
        if not _ALL_RE.match(all_.label) or len(thing_words(name) - GENERAL) < _FEWEST_WORDS:
            continue
        for line, part in named:
            under = line.parent == all_.at or TOTAL_RE.search(line.label)
            if line is not all_ and not under and line.unit == all_.unit and part.startswith(f"{name} "):
                yield line, all_


def _columns(grid: Grid) -> Iterator[tuple[int, int]]:
    """Columns under a head "trong đó" with the nearest column before them that is not."""
    whole, roles = None, roles_of(grid)
    for column in grid.columns:
        role = roles[column]
        inside = any(_OF_WHICH_RE.match(part) for part in grid.head(column).split(" / "))
        if inside and whole is not None and role in CAN_BE_ADDED:
            yield column, whole
        elif not inside:
            whole = column if role in (Role.COUNT, Role.TOTAL, Role.AMOUNT) else None


def _held_to(grid: Grid, pairs: Sequence[tuple[_Place, _Place]], tally: Tally, rule: Rule) -> Iterator[Finding]:
    compared = [
        (part, whole, top, bottom)
        for part, whole in pairs
        if (top := _value(part)) is not None and (bottom := _value(whole)) is not None
    ]
    over = [one for one in compared if one[2] > one[3] >= 0]
    held = len(compared) - len(over)
    if len(compared) < _FEWEST or len(over) > max(1, held // _FOR_EACH_FAILURE) or held <= len(over):
        return
    tally.held += held
    for (line, column), (whole, beside), _, _ in over:
        tally.failed += 1
        part = line.printed(column)
        yield rule.finding(
            (line.span(column),),
            f"“{line.label}”, cột {grid.called(column)}: {part} lớn hơn số mà nó là một phần:"
            f" {whole.printed(beside)}",
            f"“{line.label}”, column {grid.called(column)}: {part} is more than what it is a part of:"
            f" {whole.printed(beside)}",
            stated=part,
            expected=f"không quá {whole.printed(beside)}",
            evidence=(whole.span(beside),),
            suggestion=both(
                "kiểm tra lại hai số, hoặc tên của hai dòng", "check both numbers, or what they are called"
            ),
            page=line.page,
        )


def _value(place: _Place) -> Decimal | None:
    line, column = place
    return line.value(column)
