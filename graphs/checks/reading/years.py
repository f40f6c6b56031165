"""FIG over several years: totals of the text against the rows of tables, parts against the period.

A total of several years is held against a table row only where the sentence has the row's words; the two are
called different only where they are near each other, as slips are: far apart they speak of two things.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.named import (
    ANY_UNIT,
    Surroundings,
    cost,
    line_words,
    names_of,
    row_place,
    surroundings,
    thing_words,
    with_unit,
    words_over,
)
from graphs.checks.reading.periods import find_periods
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Grid, Line, grids, read_grid
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import Bilingual, both
from kb.models import BlockKind, Figure, Finding, Severity, Table, TextBlock
from kb.text.sentences import split_sentences

_PLAIN = frozenset(["kết", "quả", "giai", "đoạn"])
#: How far a total may be from a row to be it told wrong: by most of its words, by all of many, by its very name.
_NEAR, _NEAR_BY_WORDS, _NEAR_BY_NAME = Decimal("0.05"), Decimal("0.2"), Decimal("0.3")
_LONG_NAME = 5
_SHARE, _FEWEST = 0.75, 2
_YEAR_RE = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class YearRow:
    """A row of a table with a number a year: its place, the words that name it, its numbers by year."""

    table: int
    row: int
    words: frozenset[str]
    values: Mapping[int, Decimal]

    def total(self, years: Container[int]) -> Decimal | None:
        """The sum over years; None where fewer than two of them have a number."""
        added = [value for year, value in self.values.items() if year in years]
        return sum(added, Decimal(0)) if len(added) > 1 else None

    def is_named_by(self, words: frozenset[str]) -> bool:
        """Whether the words of a sentence hold most of those that name the row."""
        return len(self.words) >= _FEWEST and len(self.words & words) >= _SHARE * len(self.words)


def year_rows(tables: Sequence[Table]) -> Iterator[YearRow]:
    """The rows of counts that tables give by year."""
    for at, table in enumerate(tables):
        grid = read_grid(table)
        years = year_columns(grid) if grid else ()
        for line in grid.lines if grid and years else ():
            values = {year: value for column, year in years if (value := line.value(column)) is not None}
            if not line.rate and values:
                yield YearRow(at, line.at, named(line), values)


def named(line: Line) -> frozenset[str]:
    """The words that name a row, but those of results and periods."""
    return line_words(line) - _PLAIN


def said_words(text: str) -> frozenset[str]:
    """The words of a sentence, as `YearRow.is_named_by` compares them."""
    return thing_words(text)


def check_totals_of_years(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A total over years that the text states is the sum of the table row of that thing."""
    rows = [row for row in _rows(subject) if not row[1].rate]
    if not rows:
        return
    places = surroundings(subject.document)
    for where in stated(subject):
        for figure in where.figures:
            if figure.of or figure.unit == "%" or figure.bound or Decimal(figure.value) < 20:
                continue
            own = spanned(where, figure)
            years = own or (None if _tells_time(where, figure) else _led(places, where))
            if years is None:
                continue
            called = _called(places, where, figure, rows)
            found = list(_held_against(where, figure, years, rows, called, tally, certain=own is not None))
            yield from found
            if found:
                break  # what follows a total are its parts


def said_before_next(where: Stated, figure: Figure) -> frozenset[str]:
    """The words of the sentence of a figure up to the next one: what is counted; what follows is of another."""
    low, high = next(
        (pair for pair in split_sentences(where.text) if pair[0] <= where.start(figure) < pair[1]),
        (0, len(where.text)),
    )
    later = [where.start(other) for other in where.figures if other.view.start > figure.view.start]
    end = min(high, later[0] if later else high)
    # The clause right before the next figure leads it.
    clause = max(where.text.rfind(mark, where.end(figure), end) for mark in (", ", "; "))
    return thing_words(where.text[low : clause if later and end == later[0] and clause > 0 else end])


def _held_against(
    where: Stated,
    figure: Figure,
    years: range,
    rows: list[tuple[Grid, Line]],
    called: Line | None,
    tally: Tally,
    *,
    certain: bool,
) -> Iterator[Finding]:
    said = said_before_next(where, figure)
    unit = thing_words(figure.unit or "") if (figure.unit or "").lower() not in ANY_UNIT else frozenset()
    wrong: tuple[Grid, Line, Decimal] | None = None
    for grid, line in rows:
        words = named(line)
        if len(words) < _FEWEST or len(words & said) < _SHARE * len(words) or (unit and not unit & words):
            continue
        added = [
            value for at, year in year_columns(grid) if year in years and (value := line.value(at)) is not None
        ]
        if len(added) < 2:
            continue
        sum_ = sum(added, Decimal(0))
        if sum_ == Decimal(figure.value):
            tally.held += 1
            return
        whole_name = len(words) >= _LONG_NAME and words <= said
        near = _NEAR_BY_NAME if line is called else _NEAR_BY_WORDS if whole_name else _NEAR
        if abs(sum_ - Decimal(figure.value)) <= near * sum_ and (wrong is None or line is called):
            wrong = (grid, line, sum_)
    if wrong is None:
        return
    grid, line, sum_ = wrong
    place = row_place(grid, line)
    tally.failed += 1
    shown = " + ".join(
        line.printed(at) for at, year in year_columns(grid) if year in years and line.value(at) is not None
    )
    yield OF_YEARS.finding(
        (figure.span,),
        f"lời văn ghi {with_unit(figure)}; {place}: {shown} = {show(sum_)}",
        f"the text says {with_unit(figure)}; {place.en}: {shown} = {show(sum_)}",
        stated=figure.printed,
        expected=show(sum_),
        evidence=tuple(
            line.span(at) for at, year in year_columns(grid) if year in years and line.value(at) is not None
        ),
        suggestion=_how_to_mend(where, figure),
        page=figure.page,
        # The years that a lead tells may not be meant for each item.
        severity=None if certain else Severity.WARNING,
    )


_MARK_RE = re.compile(r"\s?(?P<mark>[⁰¹²³⁴-⁹]+)")


def _how_to_mend(where: Stated, figure: Figure) -> Bilingual:
    """What to look at; a note at the figure may say why it is another one."""
    noted = _MARK_RE.match(where.text, where.end(figure))
    if noted is None:
        return both(
            "xem lại tổng trong lời văn hoặc số từng năm trong bảng",
            "check the total of the text or the years of the table",
        )
    return both(
        "xem lại tổng trong lời văn và số từng năm; nếu chú thích {mark} giải thích chênh lệch thì nói rõ ở đó",
        "check the total and the years; where note {mark} explains the difference, say so there",
        mark=noted["mark"],
    )


def _called(places: Surroundings, where: Stated, figure: Figure, rows: list[tuple[Grid, Line]]) -> Line | None:
    """The one row that bears the very name of a figure; None for none or several."""
    before = where.text[: where.start(figure)]
    around, names = places.words(where.block, before), names_of(figure, before)
    ranked: list[tuple[int, int, Line]] = []
    for at, (grid, line) in enumerate(rows):
        words = line_words(line)
        if all(words.isdisjoint(name) for name in names):
            continue
        over = words_over(grid, line)
        supplied = [cost(name, words, around, over) for name in names]
        ranked += [(one, at, line) for one in supplied if one is not None]
    ranked.sort(key=lambda one: one[:2])
    alone = ranked and all(line is ranked[0][2] for one, _, line in ranked if one == ranked[0][0])
    return ranked[0][2] if alone else None


def _led(places: Surroundings, where: Stated) -> range | None:
    """The years that the lead of a list tells, or the item before one that goes on with it."""
    for text in (*places.leads.get(where.block.view.start, ()), places.before.get(where.block.view.start, "")):
        several = [period.years for period in find_periods(text) if len(period.years) > 1]
        if several:
            return several[0]
    return None


def _tells_time(where: Stated, figure: Figure) -> bool:
    """Whether the words before a figure, or its own period, tell a time."""
    return bool(figure.period) or next(find_periods(where.text[: where.start(figure)]), None) is not None


def _rows(subject: Subject) -> Iterator[tuple[Grid, Line]]:
    for grid in grids(subject.document):
        if year_columns(grid):
            yield from ((grid, line) for line in grid.lines)


def year_columns(grid: Grid) -> tuple[tuple[int, int], ...]:
    """The columns of single years; none where a year has two columns."""
    found = [(at, int(years[0])) for at in grid.columns if len(years := set_of_years(grid.head(at))) == 1]
    return tuple(found) if len({year for _, year in found}) == len(found) >= 3 else ()


def set_of_years(head: str) -> list[str]:
    """The different years that the head of a column names.

    >>> set_of_years("Năm 2025 (tính đến 31/3/2025)")
    ['2025']
    """
    return sorted(set(_YEAR_RE.findall(head)))


#: How every period of several years is written.
_SEVERAL_RE = re.compile(r"(?:19|20)\d\d\s*(?:[-–—]|đến)")


def spanned(where: Stated, figure: Figure) -> range | None:
    """The years that a figure is the total of: those of the nearest period before it that covers several."""
    if not _SEVERAL_RE.search(where.text, 0, where.start(figure)):
        return None
    for period in reversed(list(find_periods(where.text[: where.start(figure)]))):
        if len(period.years) == 1 and figure.period and _YEAR_RE.findall(figure.period):
            own = {int(year) for year in _YEAR_RE.findall(figure.period)}
            if len(own) == 1:
                return None  # a figure of one year
        if len(period.years) > 1:
            return period.years
    return None


_YEARLY_RE = re.compile(
    r"(?<!so với )(?<!cùng kỳ )(?<!tháng )\b[Nn]ăm\s+((?:19|20)\d\d)\s*(?::|là\s|(?:[^\W\d]+\s+){0,3}(?=\d))"
)
#: The parts of a total: a bracket, or what follows words that lead them, to the end of the sentence.
_PARTS_RE = re.compile(
    r"\([^()]*\)|(?:\b(?:gồm|trong đó|cụ thể|như sau)\s*:?|:)\s(?=[Nn]ăm\s(?:19|20)\d\d)(?:[^.(]|\.(?=\d))*"
)
_MONTHS_OF_RE = re.compile(r"\b(?:\d+ tháng|quý [IV\d-]+)\s+(?:đầu\s+)?(?:năm\s+)?((?:19|20)\d\d)\s*:")


def check_years_outside(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``giai đoạn 2021-2024 là … (năm 2021: …; năm 2025: …)`` tells no year outside the period."""
    for block in subject.document.blocks:
        if block.kind in (BlockKind.TEXT, BlockKind.NOTE):
            yield from _outside(subject, block, tally)


def _outside(subject: Subject, block: TextBlock, tally: Tally) -> Iterator[Finding]:
    text = subject.document.block_text(block)
    for bracket in _PARTS_RE.finditer(text) if "ăm " in text else ():
        yearly = list(_YEARLY_RE.finditer(text, *bracket.span()))
        months = list(_MONTHS_OF_RE.finditer(text, *bracket.span()))
        low = max(text.rfind(". ", 0, bracket.start()), 0)
        periods = [one for one in find_periods(text[low : bracket.start()]) if len(one.years) > 1]
        if len(yearly) + len(months) < 3 or len(periods) != 1:
            continue
        told = text[low:][periods[0].start : periods[0].end]
        outside = [found for found in yearly if int(found[1]) not in periods[0].years]
        # To the end of a year, of which some months are told.
        outside += [found for found in months if "hết năm" in told and told.endswith(found[1])]
        if not outside:
            tally.held += 1
            continue
        tally.failed += 1
        found = outside[0]
        part = found.group().rstrip(" :")
        reading = subject.document.reading
        yield OUTSIDE.finding(
            (reading.hull(block.view.start + low + periods[0].start, block.view.start + low + periods[0].end),),
            f"“{told}” nhưng số chi tiết có “{part}”",
            f"“{told}”, but the parts include “{part}”",
            stated=told,
            evidence=(reading.hull(block.view.start + found.start(), block.view.start + found.end()),),
            suggestion=both(
                "ghi lại khoảng thời gian cho khớp số chi tiết", "write the period that the parts have"
            ),
            page=block.page,
        )


OF_YEARS = rule("FIG-210", check_totals_of_years)
OUTSIDE = rule("FIG-212", check_years_outside)
YEARS_RULES = (OF_YEARS, OUTSIDE)
