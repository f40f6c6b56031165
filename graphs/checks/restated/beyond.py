"""FIG of how many rows of a table are beyond a level: ``07/12 nông trường cạo mủ trên 90% kế hoạch``.

The rows are as many as are told, of a table near by or under one row of it; the column is that of the shares that
the words name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphs.checks.reading.arithmetic import read_number
from graphs.checks.reading.forms import PLANNED_RE
from graphs.checks.reading.prose import stated
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.telling import carrying_in
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.all_rows import BEYOND, is_beyond, share_column
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
_APART_RE = re.compile(r"\b(?:năm trước|cùng kỳ|kỳ trước|tháng trước|quý trước)\b", re.IGNORECASE)
_FEWEST, _OTHER = 3, 1


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
            if found is None or not told or PLANNED_RE.search(where.text, low, found.start()):
                continue
            counted = [one for grid in tables if (one := _rows(grid, found)) is not None]
            if len(counted) != 1 or _APART_RE.search(where.text, low, high):
                continue
            _, column, lines = counted[0]
            some = sum(_is_beyond(line, column, found) for line in lines)
            if some == int(found["some"]):
                tally.held += 1
                continue
            tally.failed += 1
            start = where.block.view.start
            yield _finding(by, subject, (start + found.start(), start + found.end()), found, some, counted[0])


def _rows(grid: Grid, found: re.Match[str]) -> tuple[Grid, int, Sequence[Line]] | None:
    """The rows that are meant, all or those under one row, with the column of their shares."""
    column = share_column(grid, found["rest"], _APART_RE)
    if column is None:
        return None
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
    return (grid, column, fit[0]) if len(fit) == 1 else None


def _is_beyond(line: Line, column: int, found: re.Match[str]) -> bool:
    value = line.value(column)
    return value is not None and is_beyond(value, read_number(found["level"]), found["way"])


def _finding(
    by: Rule,
    subject: Subject,
    place: tuple[int, int],
    found: re.Match[str],
    some: int,
    counted: tuple[Grid, int, Sequence[Line]],
) -> Finding:
    grid, column, lines = counted
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
