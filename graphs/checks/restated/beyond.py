"""FIG of how many rows of a table are beyond a level: ``07/12 nông trường cạo mủ trên 90% kế hoạch``.

The rows are as many as are told, of a table or under one row of it; the column is that of shares where so many are
beyond it. Only where there is none, the one that the words name, or the only one, has another number of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphs.checks.reading.arithmetic import read_number
from graphs.checks.reading.forms import PLANNED_RE
from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import stated
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.telling import carrying_in
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.all_rows import BEYOND, is_beyond, share_columns
from kb.bilingual import both
from kb.models import Finding
from kb.text.sentences import split_sentences

_BARE = r"[^.;:()\d%,]"
_COUNT_RE = re.compile(
    rf"(?<![\w/.,])(?P<some>\d{{1,3}})/(?P<of>\d{{1,3}})\s+(?P<noun>[^\W\d_]{_BARE}{{1,60}}?)"
    rf"\s+(?P<way>{BEYOND})\s+(?:mức\s+)?"
    rf"(?P<level>\d{{1,3}}(?:,\d+)?)\s*%(?P<rest>{_BARE}{{0,40}})",
    re.IGNORECASE,
)
#: Rates of other times than those of the table.
_RANGE_RE = re.compile(r"\s*(?:đến|tới|-|–)", re.IGNORECASE)
_APART_RE = re.compile(r"\b(?:năm trước|cùng kỳ|kỳ trước|tháng trước|quý trước)\b", re.IGNORECASE)
_FEWEST, _OTHER = 3, 1
#: A table, a column of shares, the rows that are counted.
_Counted = tuple[Grid, int, Sequence[Line]]


def check_beyond(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """How many rows are said to be beyond a level is how many are."""
    tables = () if subject.is_rule() else grids(subject.document)
    for where in stated(subject) if tables else ():
        if not any(figure.of for figure in where.figures) or not _COUNT_RE.search(where.text):
            continue
        for low, high in split_sentences(where.text, clauses=True):
            found = _COUNT_RE.search(where.text, low, high)
            told = found is not None and any(
                figure.of and where.start(figure) == found.start() for figure in where.figures
            )
            if (
                found is None
                or not told
                or _RANGE_RE.match(found["rest"])
                or PLANNED_RE.search(where.text, low, found.start())
            ):
                continue
            counted = [one for grid in tables for one in _rows(grid, found)]
            if any(_some(one, found) == int(found["some"]) for one in counted):
                tally.held += 1
                continue
            words = thing_words(where.text[low:high]) - GENERAL
            named = [one for one in counted if (thing_words(one[0].head(one[1])) - GENERAL) & words] or counted
            # A level that parts no rows is of another column; several that have as many such rows say the same.
            named = [one for one in named if 0 < _some(one, found) < len(one[2])] or named
            if len({_some(one, found) for one in named}) != 1 or _APART_RE.search(where.text, low, high):
                continue
            tally.failed += 1
            start = where.block.view.start
            yield _finding(by, subject, (start + found.start(), start + found.end()), found, named[0])


def _rows(grid: Grid, found: re.Match[str]) -> Iterator[_Counted]:
    """The rows that may be meant, all or those under one row, with each column of shares of theirs."""
    for column in share_columns(grid, found["rest"], _APART_RE):
        rows = _of_size(grid, column, found)
        if rows:
            yield grid, column, rows


def _of_size(grid: Grid, column: int, found: re.Match[str]) -> Sequence[Line]:
    """The rows of the one group that has as many of the things counted; none where that is not sure."""
    outer = [line for line in grid.lines if not line.total and line.parent is None]
    groups = [outer, *(grid.under.values())]
    size, words = int(found["of"]), carrying_in(found["noun"])
    fit = []
    for lines in groups:
        rows = [line for line in lines if line.label and line.value(column) is not None]
        over = " ; ".join(line.label for line in grid.lines if lines and line.at == lines[0].parent)
        known = carrying_in(f"{grid.over} ; {over}") | frozenset[str]().union(
            *(carrying_in(one.label) for one in rows)
        )
        if len(rows) == size >= _FEWEST and len(words - known) <= _OTHER:
            fit.append(rows)
    return fit[0] if len(fit) == 1 else ()


def _some(counted: _Counted, found: re.Match[str]) -> int:
    """How many of the rows are beyond the level."""
    return sum(_is_beyond(line, counted[1], found) for line in counted[2])


def _is_beyond(line: Line, column: int, found: re.Match[str]) -> bool:
    value = line.value(column)
    return value is not None and is_beyond(value, read_number(found["level"]), found["way"])


def _finding(
    by: Rule,
    subject: Subject,
    place: tuple[int, int],
    found: re.Match[str],
    counted: _Counted,
) -> Finding:
    (grid, column, lines), some = counted, _some(counted, found)
    told, head = " ".join(found.group().split()), grid.called(column)
    return by.finding(
        (subject.document.reading.hull(*place),),
        f"lời văn ghi “{told}”; bảng, cột {head}, có {some}/{len(lines)} dòng như vậy",
        f"“{told}” is said; the table, column {head}, has {some}/{len(lines)} such rows",
        stated=f"{found['some']}/{found['of']}",
        expected=f"{some}/{len(lines)}",
        evidence=tuple(line.span(column) for line in lines if _is_beyond(line, column, found)),
        suggestion=both("đếm lại theo bảng", "count again by the table"),
    )
