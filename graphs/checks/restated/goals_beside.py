"""FIG of a level to be reached in a year to come, told by the text and, in the column of that year, by a table.

``Mục tiêu đến năm 2030: thu gom 80% rác thải ở nông thôn`` beside the row *Thu gom rác thải nông thôn (%)*, whose
column *2030* has 85,0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.forms import AT_LEAST
from graphs.checks.reading.moved import head
from graphs.checks.reading.named import row_place, surroundings, with_unit
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.telling import about, carrying
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.beside import name_of, over_it, tokens
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

_YEAR_RE = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)
_ANY_YEAR_RE = re.compile(r"\b20\d\d\b")
_BRACKET_RE = re.compile(r"\([^()]*\)")
#: Heads of columns that tell no level, and words that make a number none of its row.
_NO_LEVEL_RE = re.compile(r"hiện trạng|ước|thực hiện|\bTH\b|\bso\b|tăng|giảm|tỷ trọng|cơ cấu", re.IGNORECASE)
_APART_RE = re.compile(
    r"\b(?:tăng|giảm|thêm|bình quân|trung bình|mỗi|từ\s+\d|so với|riêng|trong đó|giai đoạn|hằng năm|hàng năm)\b",
    re.IGNORECASE,
)
#: Words that make nothing less of what is counted.
_IDLE = frozenset(
    re.findall(
        r"\w+",
        "khu vực phát sinh địa bàn toàn phấn đấu duy trì nâng bảo đảm tập trung tiếp tục trở xuống mức hết",
    )
)
_LABEL_RE = re.compile(r"^\W*(?:\d+|[a-zđ])[.)]\s*")
_WORDS, _LONG, _EXTRA, _POINTS, _TIMES = 2, 4, 1, Decimal(25), 3


@dataclass(frozen=True, slots=True)
class _Levels:
    """A table that has levels by year, with the words of its rows; `years` are its columns of years."""

    grid: Grid
    years: dict[int, int]
    rows: tuple[tuple[Line, frozenset[str], str], ...]


def check_goals_beside(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """A level told of a year to come is that of its row in the column of that year."""
    if subject.is_rule() or subject.as_of is None:
        return
    now = subject.as_of.year
    tables = [one for grid in grids(subject.document) if (one := _levels(grid, now)) is not None]
    places = surroundings(subject.document)
    for where in stated(subject) if tables else ():
        for low, high in split_sentences(where.text, clauses=True):
            figures = [one for one in where.figures if low <= where.start(one) and where.end(one) <= high]
            if len(figures) != 1 or figures[0].of or _APART_RE.search(where.text, low, high):
                continue
            over = over_it(places, where)
            year = _year((where.text[low:high], *over))
            if year is not None and year > now:
                yield from _held(where, (low, high), figures[0], over, year, tables, tally, by)


def _year(texts: Sequence[str]) -> int | None:
    """The year that the first of some texts tells that tells one alone."""
    for text in texts:
        years = set(_YEAR_RE.findall(text)) or set(_ANY_YEAR_RE.findall(text))
        if years:
            return int(next(iter(years))) if len(years) == 1 else None
    return None


def _levels(grid: Grid, now: int) -> _Levels | None:
    years: dict[int, int] = {}
    for column in grid.columns:
        name = grid.head(column)
        told = _ANY_YEAR_RE.findall(name)
        if len(told) == 1 and int(told[0]) > now and not _NO_LEVEL_RE.search(name):
            if int(told[0]) in years:
                return None
            years[int(told[0])] = column
    rows = tuple((line, _name(line), _measure(line)) for line in grid.lines if line.label)
    return _Levels(grid, years, rows) if years else None


def _name(line: Line) -> frozenset[str]:
    return carrying(tokens(_BRACKET_RE.sub(" ", name_of(line))))


def _measure(line: Line) -> str:
    """In what a row is measured: its unit, or the bracket behind its name."""
    found = _BRACKET_RE.findall(name_of(line))
    return (line.unit or (found[-1].strip("()") if found else "")).lower()


def _held(
    where: Stated,
    place: tuple[int, int],
    figure: Figure,
    over: Sequence[str],
    year: int,
    tables: Sequence[_Levels],
    tally: Tally,
    by: Rule,
) -> Iterator[Finding]:
    text = _LABEL_RE.sub("", _BRACKET_RE.sub(" ", where.text[place[0] : place[1]]))
    words = carrying(tokens(text)) - _IDLE
    around = carrying(tokens(" ; ".join(over)))
    for table in tables:
        column = table.years.get(year)
        line = None if column is None else _row(table, figure, words, around)
        if line is None or column is None or (value := line.value(column)) is None:
            continue
        told, ahead = Decimal(figure.value), where.text[: where.start(figure)].lower()
        least = any(word in ahead for word in AT_LEAST.split("|"))
        if about(figure, value) or (figure.bound and (value >= told if least else value <= told)):
            tally.held += 1
        elif _is_near(told, value, figure.unit == "%"):
            tally.failed += 1
            yield _finding(by, where, figure, table.grid, line, column)
            return


def _is_near(told: Decimal, value: Decimal, rate: bool) -> bool:
    low, high = sorted((told, value))
    return high - low <= _POINTS if rate else low * _TIMES >= high


def _row(table: _Levels, figure: Figure, words: frozenset[str], around: frozenset[str]) -> Line | None:
    """The one row whose words are those of a sentence, as far as they and its place say."""
    ranked: list[tuple[int, Line]] = []
    for line, own, measure in table.rows:
        missing, extra = own - words - _IDLE, words - own - around
        if len(own & words) < _WORDS or len(missing) > (len(own) >= _LONG) or (missing and missing <= around):
            continue
        if len(extra) <= _EXTRA and _measured(figure, measure, line):
            ranked.append((len(missing) * _WORDS + len(extra), line))
    ranked.sort(key=lambda one: one[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _measured(figure: Figure, measure: str, line: Line) -> bool:
    """Whether a figure is told in the measure of a row."""
    if figure.unit == "%" or "%" in measure or line.rate:
        return figure.unit == "%" and ("%" in measure or line.rate)
    return bool(head(figure)) and (measure or line.label.lower()).startswith(head(figure))


def _finding(by: Rule, where: Stated, figure: Figure, grid: Grid, line: Line, column: int) -> Finding:
    place, name = row_place(grid, line), grid.called(column)
    return by.finding(
        (figure.span,),
        f"lời văn ghi {with_unit(figure)}; {place}, cột {name}, ghi {line.printed(column)}",
        f"the text says {with_unit(figure)}; {place.en}, column {name}, {line.printed(column)}",
        stated=figure.printed,
        expected=line.printed(column),
        evidence=(line.span(column),),
        suggestion=both("thống nhất một mức cho cùng mục tiêu", "keep one level for one goal"),
        page=where.block.page,
    )
