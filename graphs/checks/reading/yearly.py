"""FIG by year: what the text tells for each year, held against the row of a table that tells the same.

Such a series is known by its own values: a row that has all of them but one, year by year, is the same thing,
whatever it is called; the one that differs was told wrong at one of the two places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.made_of import parts_of
from graphs.checks.reading.named import row_place, with_unit
from graphs.checks.reading.prose import Stated, everywhere, stated
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.years import year_columns
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

_FEWEST = 3
_NEAR, _NEAR_ALONE = Decimal("0.05"), Decimal("0.2")
#: So many digits in all must the years that agree have, so that no row agrees by chance.
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one kind that the text tells for several years, by year; `opened` is where its bracket stands."""

    by_year: dict[int, Figure]
    opened: int | None

    @property
    def unit(self) -> str:
        """What they count, small letters; a year that does not repeat it counts the same."""
        return next((figure.unit.lower() for figure in self.by_year.values() if figure.unit), "")


#: The values of some years one after the other: "giai đoạn 2022-2024 … lần lượt là 118,6; 162,3 và 141,6 tỷ đồng".
_IN_TURN_RE = re.compile(r"\b(?:lần lượt|theo thứ tự)\b", re.IGNORECASE)
_SPAN_RE = re.compile(r"(?<!\d)(?P<low>(?:19|20)\d\d)\s*[-–]\s*(?P<high>(?:19|20)\d\d)(?!\d)")
_YEARS_RE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)(?:\s*(?:,|;|và)\s*(?:năm\s+)?(?:19|20)\d\d(?!\d))+", re.IGNORECASE
)
_NEXT_RE = re.compile(r"[^\d.;,:()]{0,25}(?:,|;|\bvà\b)\s*(?:và\s+)?")
_OTHER_RE = re.compile(r"\b(?:huyện|xã|quý|tháng|tương ứng|nhóm|loại)\b", re.IGNORECASE)
_LABEL_RE = re.compile(r"[Nn](?<=\b[Nn])ăm\s+(?P<year>(?:19|20)\d\d)\b(?!\s*[-–]\s*(?:19|20)\d\d)")


def yearly_series(where: Stated) -> Iterator[Series]:
    """The series of a block: in a bracket or a sentence that names three years, kind by kind."""
    if len(_LABEL_RE.findall(where.text)) < _FEWEST:
        return
    brackets = [found.span() for found in re.finditer(r"\([^()]*\)", where.text)]
    yearly = [(low, high) for low, high in brackets if len(_LABEL_RE.findall(where.text[low:high])) >= _FEWEST]
    for low, high in yearly:
        yield from _of_range(where, low, high, low)
    for low, high in split_sentences(where.text):
        if not any(low <= start < high for start, _ in yearly):
            yield from _of_range(where, low, high, None)


def series_in_turn(where: Stated) -> Iterator[Series]:
    """The values told in turn of years that stand before them, in a span or one by one, as many as there are."""
    for found in _IN_TURN_RE.finditer(where.text):
        low, high = next(one for one in split_sentences(where.text) if found.start() < one[1])
        years = _years_before(where.text, low, found.start())
        told = [one for one in where.figures if found.end() <= where.start(one) < high]
        run = told[:1]
        for one, other in pairwise(told):
            if one is not run[-1] or not _NEXT_RE.fullmatch(where.between(one, other)):
                break
            run.append(other)
        units = {(one.unit or "").lower() for one in run} - {""}
        led = where.text[low : where.start(run[0])] if run else ""
        plain = len(units) <= 1 and not any(one.of or one.bound for one in run) and not _OTHER_RE.search(led)
        if plain and len(years) == len(run) >= _FEWEST:
            yield Series(dict(zip(years, run, strict=True)), None)


def _years_before(text: str, low: int, at: int) -> list[int]:
    """The years of a sentence before a place, else of the text before it: a span, or years one by one."""
    for start in (low, 0):
        listed = [re.findall(r"\d{4}", one.group()) for one in _YEARS_RE.finditer(text, start, at)]
        spans = [(int(one["low"]), int(one["high"])) for one in _SPAN_RE.finditer(text, start, at)]
        if listed:
            return [int(year) for year in listed[-1]]
        if spans:
            return list(range(spans[-1][0], spans[-1][1] + 1))
    return []


def series_between(where: Stated, low: int, high: int) -> Iterator[Series]:
    """The series that a part of a sentence tells with its years."""
    return _of_range(where, low, high, None)


def _of_range(where: Stated, low: int, high: int, opened: int | None) -> Iterator[Series]:
    labels = list(_LABEL_RE.finditer(where.text, low, high))
    years = [int(found["year"]) for found in labels]
    if len(labels) < _FEWEST or len(set(years)) != len(years):
        return
    edges = [*(found.end() for found in labels[1:]), high]
    told = [
        [figure for figure in where.figures if found.end() <= where.start(figure) < edge]
        for found, edge in zip(labels, edges, strict=True)
    ]
    for kind in range(min(map(len, told))):
        figures = [one[kind] for one in told]
        units = {(figure.unit or "").lower() for figure in figures} - {""}
        if len(units) <= 1 and not any(figure.of or figure.bound for figure in figures):
            yield Series(dict(zip(years, figures, strict=True)), opened)


def check_sums_of_years(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``524.698 lượt, với số tiền 753 tỷ đồng (năm 2021: …)``: totals before the bracket are the sums of years."""
    for where in everywhere(subject):
        for series in yearly_series(where):
            parts = tuple(series.by_year.values())
            sum_ = sum((Decimal(part.value) for part in parts), Decimal(0))
            total = total_of(where, series)
            if total is None or parts_of(where, where.figures.index(total)):
                continue
            if sum_ == Decimal(total.value):
                tally.held += 1
                continue
            tally.failed += 1
            words = " + ".join(show(Decimal(part.value)) for part in parts)
            yield SUM.finding(
                (total.span,),
                f"ghi {total.printed} {total.unit or ''}, nhưng cộng các năm: {words} = {show(sum_)}",
                f"{total.printed} is stated, but the years add up to {words} = {show(sum_)}",
                stated=total.printed,
                expected=show(sum_),
                evidence=tuple(part.span for part in parts),
                suggestion=both(
                    "kiểm tra lại số tổng hoặc số của từng năm", "check the total or the figure of each year"
                ),
                page=where.block.page,
            )


def total_of(where: Stated, series: Series) -> Figure | None:
    """The figure of the unit before the bracket of a series, in its sentence, that is their sum or near it."""
    sum_ = sum((Decimal(part.value) for part in series.by_year.values()), Decimal(0))
    if series.opened is None or series.unit in ("", "%"):
        return None
    before = [
        figure
        for figure in where.figures
        if where.end(figure) <= series.opened < where.sentence_end(where.end(figure))
        and figure.unit
        and figure.unit.lower().split()[0] == series.unit.split()[0]
        and not figure.of
        and not figure.bound
    ]
    away = {figure: abs(Decimal(figure.value) - sum_) for figure in before}
    near = _NEAR if len(before) > 1 else _NEAR_ALONE
    meant = [figure for figure in before if away[figure] <= near * sum_]
    return min(meant, key=lambda figure: away[figure]) if meant else None


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


def row_of(
    series: Series, rows: list[tuple[Grid, Line, dict[int, int]]]
) -> tuple[Grid, Line, dict[int, int]] | None:
    """The row that has all numbers of a series but one at most, with the columns of the years they share."""
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
    return best[1:] if best else None


def _nearest(series: Series, rows: list[tuple[Grid, Line, dict[int, int]]], tally: Tally) -> Iterator[Finding]:
    found = row_of(series, rows)
    if found is None:
        return
    grid, line, columns = found
    place = row_place(grid, line)
    for year, column in columns.items():
        figure = series.by_year[year]
        if line.value(column) == Decimal(figure.value):
            tally.held += 1
            continue
        tally.failed += 1
        others = ", ".join(line.printed(at) for other, at in columns.items() if other != year)
        yield YEARLY.finding(
            (figure.span,),
            f"năm {year}: lời văn ghi {with_unit(figure)}; {place} ghi {line.printed(column)}"
            f" (các năm khác khớp nhau: {others})",
            f"{year}: the text says {with_unit(figure)}; {place.en}, {line.printed(column)}"
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
SUM = rule("FIG-216", check_sums_of_years)
YEARLY_RULES = (YEARLY, SUM)
