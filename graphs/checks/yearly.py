"""FIG by year: what the text tells for each year, held against the row of a table that tells the same.

Such a series is known by its own values: a row that has all of them but one, year by year, is the same thing,
whatever it is called; the one that differs was told wrong at one of the two places.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.periods import told_period
from graphs.checks.prose import Stated, stated
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.rows import Grid, Line, grids
from graphs.checks.years import year_columns
from kb.bilingual import both
from kb.models import Figure, Finding

_FEWEST = 3
#: So many digits in all must the years that agree have, so that no row agrees by chance.
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one unit that the text tells for several years, by year."""

    by_year: dict[int, Figure]


def yearly_series(where: Stated) -> Iterator[Series]:
    """The series of a block: one after another, of one unit, each of another year."""
    kinds: dict[str, dict[int, Figure]] = {}
    last = ""
    for figure in where.figures:
        period = told_period(figure.period or "")
        if period is None or figure.of or figure.bound or (period[0] and period[0].year != period[1].year):
            continue
        unit, year = (figure.unit or last).lower(), period[1].year
        last = last if unit == "%" else unit  # "năm 2023: 95 văn bản; năm 2024: 238;" counts the same
        found = kinds.setdefault(unit, {})
        if year in found or (found and year != max(found) + 1):
            if len(found) >= _FEWEST:
                yield Series(dict(found))
            found.clear()
        found[year] = figure
    for found in kinds.values():
        if len(found) >= _FEWEST:
            yield Series(found)


def check_yearly(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``(năm 2021: 42; năm 2022: 57; năm 2023: 95)`` is what the row of a table has for these years."""
    rows = [
        (grid, line, columns)
        for grid in grids(subject.document)
        if (columns := {year: at for at, year in year_columns(grid)})
        for line in grid.lines
    ]
    for where in stated(subject) if rows else ():
        for series in yearly_series(where):
            yield from _nearest(series, rows, tally)


def _nearest(series: Series, rows: list[tuple[Grid, Line, dict[int, int]]], tally: Tally) -> Iterator[Finding]:
    best: tuple[int, Grid, Line, dict[int, int]] | None = None
    for grid, line, columns in rows:
        shared = [year for year in series.by_year if year in columns and line.value(columns[year]) is not None]
        agree = [year for year in shared if line.value(columns[year]) == Decimal(series.by_year[year].value)]
        values = {series.by_year[year].value for year in agree}
        telling = len(values) > 1 and sum(len(value.replace(".", "")) for value in values) >= _DIGITS
        if (
            len(shared) >= _FEWEST
            and telling
            and len(agree) >= len(shared) - 1
            and (not best or len(agree) > best[0])
        ):
            best = (len(agree), grid, line, {year: columns[year] for year in shared})
    if best is None:
        return
    _, grid, line, columns = best
    for year, column in columns.items():
        figure = series.by_year[year]
        if line.value(column) == Decimal(figure.value):
            tally.held += 1
            continue
        tally.failed += 1
        others = ", ".join(line.printed(at) for other, at in columns.items() if other != year)
        yield YEARLY.finding(
            (figure.span,),
            f"năm {year}: lời văn ghi {figure.printed}; bảng “{line.label}” ghi {line.printed(column)}"
            f" (các năm khác khớp nhau: {others})",
            f"{year}: the text says {figure.printed}; the table, “{line.label}”, {line.printed(column)}"
            f" (the other years agree: {others})",
            stated=figure.printed,
            expected=line.printed(column),
            evidence=(line.span(column),),
            suggestion=both(
                "đối chiếu số liệu năm {year} trong lời văn với bảng",
                "compare the number of {year} in the text with the table",
                year=year,
            ),
            page=figure.page,
        )


YEARLY = rule("FIG-213", check_yearly)
YEARLY_RULES = (YEARLY,)
