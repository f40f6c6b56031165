"""FIG of a total that is told for some years and made by others: which years of the table row add up to it.

The words of the title of a paper stand everywhere in it and tell no row from another. A row of which most other
words are said is believed to be meant where numbers speak for it too: its years of another span make the very
total, the total is what a usual year has, so many times, or both count occasions and are few.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import show, slip_by_chance
from graphs.checks.reading.named import row_place, thing_words, with_unit
from graphs.checks.reading.periods import told_period
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.years import named, said_before_next, spanned, year_columns
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.times.stages_proved import check_stages_proved
from kb.bilingual import Bilingual, both
from kb.models import Figure, Finding, Severity

#: Words that count occasions; a paper takes one for the other.
_OCCASIONS = frozenset(("lớp", "hội", "nghị", "khóa", "cuộc", "buổi", "đợt", "lần", "kỳ", "toạ", "tọa", "đàm"))
_LASTED_RE = re.compile(r"\b[Tt]rong\s+(?:vòng\s+)?(?P<count>0?[3-9]|ba|bốn|năm)\s+năm(?:\s+qua|\s+thực hiện)?\b")
_WORDS = {"ba": 3, "bốn": 4, "năm": 5}
_LEAST, _FEW = 10, 20
_SHARE_SPAN, _SHARE_USUAL, _SHARE_FEW = 0.6, 0.8, 0.7
_FEWEST, _OFTEN, _MOST_APART, _MONTHS = 2, 3, 2, 12


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of counts by year, with its words but those of the title."""

    grid: Grid
    line: Line
    words: frozenset[str]
    columns: dict[int, int]

    def values(self, years: Sequence[int]) -> list[tuple[int, Decimal]]:
        """The years that have a number, with it."""
        found = ((year, self.line.value(self.columns[year])) for year in years if year in self.columns)
        return [(year, value) for year, value in found if value is not None]

    def sum(self, years: Sequence[int]) -> Decimal:
        """What some years add up to."""
        return sum((value for _, value in self.values(years)), Decimal(0))

    def value_last(self, years: Sequence[int]) -> bool:
        """Whether the first and last of some years have more than nothing."""
        return all(self.sum([year]) for year in (years[0], years[-1]))

    def shown(self, years: Sequence[int]) -> str:
        """The sum of some years as a person writes it."""
        printed = (self.line.printed(self.columns[year]) for year, _ in self.values(years))
        return f"{' + '.join(printed)} = {show(self.sum(years))}"


@dataclass(frozen=True, slots=True)
class _Apart:
    """Why a row is believed to be meant by a total that its years do not make."""

    why: Bilingual
    rank: int
    severity: Severity | None = None


def check_spans(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``giai đoạn 2021-2025: 3.960`` is no sum of 2021 to 2024 alone."""
    yield from check_stages_proved(subject, tally, SPAN)
    if subject.is_rule():
        return
    rows = list(_rows(subject))
    totals = list(_totals(subject))
    for where in stated(subject) if totals else ():
        for figure in where.figures:
            yield from _of_all(where, figure, totals, tally)
    for where in stated(subject) if rows else ():
        for figure in where.figures:
            value = Decimal(figure.value)
            if figure.of or figure.unit == "%" or figure.bound or value < _LEAST:
                continue
            yield from _told_for(where, figure, rows, tally)


def _rows(subject: Subject) -> Iterator[_Row]:
    title = subject.document.metadata.title
    theme = thing_words(title.value) if title else frozenset()
    for grid in grids(subject.document):
        columns = {year: at for at, year in year_columns(grid)}
        for line in grid.lines if columns else ():
            words = named(line) - theme
            if not line.rate and len(words) >= _FEWEST:
                yield _Row(grid, line, words, columns)


def _totals(subject: Subject) -> Iterator[_Row]:
    """The rows of each table of years, by year, where it has a row of totals; that row first."""
    for grid in grids(subject.document):
        columns = {year: at for at, year in year_columns(grid)}
        lines = sorted(grid.lines, key=lambda line: not line.total) if columns else []
        if lines and lines[0].total:
            yield from (_Row(grid, line, named(line), columns) for line in lines if not line.rate)


def _of_all(where: Stated, figure: Figure, rows: Sequence[_Row], tally: Tally) -> Iterator[Finding]:
    """``Trong hai năm 2022 - 2023 bố trí 269,4 tỷ đồng``: what the row of totals has for these years, mistyped."""
    years = None if figure.of or figure.bound or figure.unit in (None, "%") else spanned(where, figure)
    if years is None:
        return
    value = Decimal(figure.value)
    told = [row for row in rows if len(row.values(years)) == len(years)]
    if any(row.sum(years) == value for row in told):
        tally.held += 1
        return
    near = [row for row in told if row.line.total and slip_by_chance(row.sum(years), value) is not None]
    if len(near) == 1:
        tally.failed += 1
        why = both("số liệu gõ sai", "mistyped")
        yield _finding(figure, _Apart(why, 0), near[0], years)


def _years_that_lasted(where: Stated, figure: Figure) -> int:
    """How many years a figure is told for without saying which: "trong 05 năm qua"; 0 for none."""
    found = _LASTED_RE.search(where.text[: where.start(figure)])
    return (_WORDS.get(found["count"]) or int(found["count"])) if found else 0


def _told_for(where: Stated, figure: Figure, rows: Sequence[_Row], tally: Tally) -> Iterator[Finding]:
    best: tuple[_Apart, _Row, Sequence[int]] | None = None
    named_years = spanned(where, figure)
    lasted = _years_that_lasted(where, figure) if named_years is None else 0
    if not named_years and not lasted:
        return
    value, said = Decimal(figure.value), said_before_next(where, figure)
    beside = {Decimal(one.value) for one in where.figures if one.unit != "%"}
    for row in rows:
        # "trong 05 năm qua" are the years of a table that has as many.
        years = named_years or (sorted(row.columns) if len(row.columns) == lasted else ())
        if len(row.words & said) < _SHARE_SPAN * len(row.words) or len(row.values(years)) < _FEWEST:
            continue
        if row.sum(years) == value:
            tally.held += 1
            return
        if row.sum(years) in beside:
            continue  # another figure of the paragraph is this total: this one is some of it
        why = _apart(figure, row, years, said)
        if why and (best is None or why.rank < best[0].rank):
            best = why, row, years
    if best is not None:
        tally.failed += 1
        yield _finding(figure, *best, _each_month(where, figure, best[1]))


def _apart(figure: Figure, row: _Row, years: Sequence[int], said: frozenset[str]) -> _Apart | None:
    value, share = Decimal(figure.value), len(row.words & said) / len(row.words)
    other = _span_with(row, years, value)
    if other and (value >= _FEW or share >= _SHARE_USUAL):
        low, high = other
        return _Apart(
            both("bằng tổng các năm {low}–{high}", "what {low} to {high} add up to", low=low, high=high), 0
        )
    usual, often = Counter(one for _, one in row.values(sorted(row.columns))).most_common(1)[0]
    if often >= _OFTEN and usual > 1 and usual * len(years) == value and share >= _SHARE_USUAL:
        times = f"{len(years)} × {show(usual)}"
        return _Apart(both("{times}, như năm nào cũng đủ", "{times}, as if all years were full", times=times), 1)
    words = row.words - _OCCASIONS
    few = value < _FEW and thing_words(figure.unit or "") & _OCCASIONS and row.words & _OCCASIONS
    meant = few and len(words) > _FEWEST and len(words & said) >= _SHARE_FEW * len(words)
    apart = abs(row.sum(years) - value)
    if not meant or apart > _MOST_APART:
        return None
    return _Apart(both("lệch {apart}", "{apart} apart", apart=show(apart)), 2, Severity.NOTE)


def _span_with(row: _Row, years: Sequence[int], value: Decimal) -> tuple[int, int] | None:
    """The first and last of other years, one after the other, that make a value; None for none or several."""
    there = [year for year, _ in row.values(sorted(row.columns))]
    told = [year for year in there if year in years]
    spans = [there[low:high] for low in range(len(there)) for high in range(low + _FEWEST, len(there) + 1)]
    found = [span for span in spans if span != told and row.sum(span) == value and row.value_last(span)]
    return (found[0][0], found[0][-1]) if len(found) == 1 else None


_MONTHLY_RE = re.compile(r"[^.;,:()\d]{0,30}\(?\s*(?:mỗi|hằng|hàng)\s+tháng\s+(?P<count>\d{1,3})\b", re.IGNORECASE)


def _each_month(where: Stated, figure: Figure, row: _Row) -> Bilingual | None:
    """What so many each month come to in the part of a year that a column has, where the row has another."""
    told = _MONTHLY_RE.match(where.text, where.end(figure))
    for year, column in row.columns.items() if told else ():
        period, value = told_period(row.grid.head(column)), row.line.value(column)
        if told is None or period is None or period[0] is None or value is None or period[1].month == _MONTHS:
            continue
        each, months = int(told["count"]), period[1].month
        if each * months != value:
            return both(
                "; mỗi tháng {each}: {months} tháng của năm {year} là {all}, bảng ghi {printed}",
                "; {each} a month: {months} months of {year} make {all}, the table has {printed}",
                each=told["count"],
                months=months,
                year=year,
                all=each * months,
                printed=row.line.printed(column),
            )
    return None


def _finding(
    figure: Figure, why: _Apart, row: _Row, years: Sequence[int], more: Bilingual | None = None
) -> Finding:
    place, also = row_place(row.grid, row.line), more or both("", "")
    low, high = row.values(years)[0][0], row.values(years)[-1][0]
    told = row.shown(years)
    return SPAN.finding(
        (figure.span,),
        f"lời văn ghi {with_unit(figure)} ({why.why}); {place}, {low}–{high}: {told}{also}",
        f"the text says {with_unit(figure)} ({why.why.en}); {place.en}, {low} to {high}: {told}{also.en}",
        stated=figure.printed,
        expected=show(row.sum(years)),
        evidence=tuple(row.line.span(row.columns[year]) for year, _ in row.values(years)),
        suggestion=both(
            "ghi đúng khoảng năm của số tổng, hoặc sửa số cho khớp các năm trong bảng",
            "say which years the total has, or make it that of the years of the table",
        ),
        page=figure.page,
        severity=why.severity,
    )


SPAN = rule("FIG-263", check_spans)
SPAN_RULES = (SPAN,)
