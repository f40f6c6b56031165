"""What the rows of a table may be compared by: a column, how it changed, what one column is of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from graphs.checks.learned.rose import CHANGES_RE, order
from graphs.checks.reading.arithmetic import rounds_to
from graphs.checks.reading.most_said import MostSaid
from graphs.checks.reading.rows import RATE_RE, Grid, Line

#: Between two heads that are named apart.
_APART_RE = re.compile(r"\bvà\b|[,;]|\d")
#: What is no count of people or things.
_MEASURED_RE = re.compile(r"\b(?:đồng|tỷ|tỉ|triệu|ha|km2?|m2|m3|tấn|tạ|kg|lít|usd)\b", re.IGNORECASE)
_TWO = 2


@dataclass(frozen=True, slots=True)
class Measure:
    """What the rows may be compared by: a name, and what each row has of it."""

    called: str
    values: dict[int, Decimal]
    column: int


def has_value(measure: Measure, at: int, printed: str) -> bool:
    """Whether a row has a number as it is printed, or it with the other sign."""
    value = measure.values.get(at)
    return value is not None and (rounds_to(value, printed) or rounds_to(abs(value), printed))


def of_two_columns(grid: Grid, rows: Sequence[Line]) -> Iterator[Measure]:
    """What each row has of one column for each of another, and by how many per cent the one is more."""
    for part, whole in permutations(grid.columns, 2):
        one, other = values_of(rows, part), values_of(rows, whole)
        made = {at: one[at] / other[at] for at in one if other.get(at)}
        yield Measure(f"{grid.called(part)} / {grid.called(whole)}", made, part)
        if not is_rate(grid, part):
            grown = {at: (value - 1) * 100 for at, value in made.items()}
            yield Measure(f"{grid.called(whole)} – {grid.called(part)}", grown, part)


def is_measured(grid: Grid, column: int) -> bool:
    """Whether a column has amounts and no counts, as its head or the line over its table tells."""
    return any(map(_MEASURED_RE.search, (grid.head(column), grid.table.measure or "")))


def ratios(grid: Grid, rows: Sequence[Line], of: str, heads: dict[int, frozenset[str]]) -> Iterator[Measure]:
    """What two columns make that are named one behind the other: ``tỷ lệ giáo viên trên lớp``."""
    lower = of.lower()
    places = {
        at: min(lower.find(word) for word in head)
        for at, head in heads.items()
        if head and all(word in lower for word in head)
    }
    if len(places) == _TWO:
        part, whole = sorted(places, key=lambda at: places[at])
        if _APART_RE.search(lower, places[part], places[whole]):
            return  # "cả về số vụ và số người chết": two measures, and no rate
        one, other = values_of(rows, part), values_of(rows, whole)
        made = {at: one[at] / other[at] for at in one if other.get(at)}
        yield Measure(f"{grid.called(part)} / {grid.called(whole)}", made, part)


def is_rate(grid: Grid, column: int) -> bool:
    """Whether a column has rates, as its head tells."""
    return bool(RATE_RE.search(grid.head(column)) or "%" in grid.head(column))


def values_of(rows: Sequence[Line], column: int) -> dict[int, Decimal]:
    """What each row that fills a column in has there."""
    return {row.at: value for row in rows if (value := row.value(column)) is not None}


def changes_of(said: MostSaid, grid: Grid, rows: Sequence[Line], filled: Sequence[int]) -> Iterator[Measure]:
    """By how much each row rose or fell, as told and as two columns of times make it."""
    sign = 1 if said.way == "tăng" else -1
    for at in filled:
        head = grid.head(at)
        if CHANGES_RE.search(head):
            values = values_of(rows, at)
            falls = "giảm" in head.lower() and "tăng" not in head.lower()
            turned = -1 if sign < 0 and not falls and min(values.values()) < 0 else 1
            over = head.lower()
            hundred = 100 if re.search(r"\bso (?:với|sánh)|/", over) and min(values.values()) > 30 else 0
            yield Measure(
                grid.called(at),
                {row: turned * (value - hundred) * (sign if hundred else 1) for row, value in values.items()},
                at,
            )
    plain = [at for at in filled if not CHANGES_RE.search(grid.head(at))]
    for now in plain:
        for was in plain:
            if order(grid.head(now), grid.head(was)) != 1:
                continue
            one, other = values_of(rows, now), values_of(rows, was)
            both_ = [at for at in one if at in other]
            called = f"{grid.called(was)} – {grid.called(now)}"
            yield Measure(called, {at: sign * (one[at] - other[at]) for at in both_}, now)
            if not is_rate(grid, now):
                yield Measure(
                    called, {at: sign * (one[at] / other[at] - 1) * 100 for at in both_ if other[at]}, now
                )
