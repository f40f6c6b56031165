"""The cells of a paper's own tables that hold figures of its text: named, of a series of years, summed up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.goals.tallied import judged_counts
from graphs.checks.reading.periods import find_periods
from graphs.checks.reading.prose import stated
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.said import cell_of, said_figures
from graphs.checks.reading.told import told_cells
from graphs.checks.reading.yearly import row_of, yearly_series
from graphs.checks.reading.years import YearRow, said_words, year_columns
from graphs.checks.report import Subject
from kb.models import Citation, ClaimSource, Document, Figure, Span, Target

#: So far from the sum of a row that bears its name a total may be told, and still be meant as it.
_NEAR = Decimal("0.1")
#: A total of so much is the sum of a row by no chance, if half of the row's words, and two at least, are told.
_TELLING, _SHARED = 100, 2


def cells_of(
    document: Document,
    citations: tuple[Citation, ...],
    figures: tuple[Figure, ...],
    targets: tuple[Target, ...],
) -> dict[Span, list[ClaimSource]]:
    """For each figure of the text, by its place: the cells that hold it, and whether they say the same."""
    subject = Subject(document, citations, figures, targets)
    place = {id(table): at for at, table in enumerate(document.tables)}
    found: dict[Span, list[ClaimSource]] = defaultdict(list)
    for figure, grid, line, column in (*_named(subject), *_of_series(subject)):
        agrees = line.value(column) == Decimal(figure.value)
        source = ClaimSource(
            "table", line.span(column), table=place[id(grid.table)], row=line.at, column=column, agrees=agrees
        )
        if source not in found[figure.span]:
            found[figure.span].append(source)
    for figure, table, agrees in judged_counts(subject):
        span = document.tables[table].span
        found[figure.span].append(ClaimSource("table", span, table=table, agrees=agrees))
    return found


def _named(subject: Subject) -> Iterator[tuple[Figure, Grid, Line, int]]:
    """Figures that name a row and a period of a table."""
    by_end = defaultdict(list)
    for cell in told_cells(subject):
        by_end[cell.period[1]].append(cell)
    for said in said_figures(subject) if by_end else ():
        best = cell_of(said, by_end[said.period[1]])
        if best is not None and len(best.columns) == 1:
            yield said.figure, best.grid, best.line, best.column


def _of_series(subject: Subject) -> Iterator[tuple[Figure, Grid, Line, int]]:
    """``(năm 2021: 42; năm 2022: 57; …)``: the row that has nearly all of these numbers in these years."""
    rows = [
        (grid, line, columns)
        for grid in grids(subject.document)
        if (columns := {year: at for at, year in year_columns(grid)})
        for line in grid.lines
    ]
    for where in stated(subject) if rows else ():
        for series in yearly_series(where):
            row = row_of(series, rows)
            if row:
                grid, line, columns = row
                yield from ((series.by_year[year], grid, line, column) for year, column in columns.items())


def total_of(
    document: Document, rows: tuple[YearRow, ...], figures: list[Figure], sentence: str
) -> ClaimSource | None:
    """The row whose years add up to a figure of a sentence that has its words; else one that nearly does."""
    counts = {Decimal(one.value) for one in figures if one.unit != "%" and not one.of and not one.bound}
    said = said_words(sentence)
    spans = [period.years for period in find_periods(sentence)]
    near: YearRow | None = None
    for row in rows if counts else ():
        sums = {total for years in (row.values, *spans) if (total := row.total(years)) is not None}
        named = row.is_named_by(said)
        agreed = counts & sums
        shared = len(row.words & said)
        told = max(agreed, default=0) >= _TELLING and shared >= max(_SHARED, len(row.words) / 2)
        if agreed and (named or told):
            return _row(document, row, agrees=True)
        several = any(len(years) > 1 for years in spans)
        if named and several and any(abs(one - sum_) <= _NEAR * sum_ for one in counts for sum_ in sums if sum_):
            near = near or row
    return _row(document, near, agrees=False) if near else None


def _row(document: Document, row: YearRow, *, agrees: bool) -> ClaimSource:
    cells = [cell for cell in document.tables[row.table].rows[row.row].cells if cell.spans]
    span = Span(cells[0].spans[0].start, cells[-1].spans[-1].end)
    return ClaimSource("table", span, table=row.table, row=row.row, agrees=agrees)
