"""FIG of what a number of a table is of all: ``Thành phố Vĩnh An có 54.790 người, chiếm 36,4% toàn tỉnh``.

The number tells the row and the column, the total of that column the whole. It is wrong only where every place of
the table that has the number gives one other share, and no number of the paper gives the one that is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import digits_of, show
from graphs.checks.reading.named import GENERAL, row_place, thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.proved import is_proved
from graphs.checks.reading.rows import RATE_RE, Grid, Line, grids
from graphs.checks.reading.telling import about
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Severity

_SHARE_RE = re.compile(
    r"(?:\s+[^\W\d_]+){0,5}\s*,\s*(?:đã\s+)?chiếm\s+(?:tới\s+|đến\s+)?(?:tỷ lệ\s+)?$", re.IGNORECASE
)
#: Of all there are: of the place of the paper, or of the total of what is counted.
_OF_ALL_RE = re.compile(
    r"\s*(?:của\s+)?(?:(?:toàn|cả)\s+(?:tỉnh|huyện|thành phố|thị xã|quận|xã|ngành)"
    r"|tổng(?:\s+số)?\s+(?P<of>[^.,;:()\d]{2,60}))",
    re.IGNORECASE,
)
_OTHER_TIME_RE = re.compile(r"\b(?:cùng kỳ|năm (?:trước|ngoái)|kế hoạch|dự kiến|phấn đấu)\b", re.IGNORECASE)
#: A number of so many digits tells its place in a table.
_LONG = 4


def check_shares_of_cells(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """The share told of a number of a table is that of the total of its column."""
    tables = grids(subject.document) if not subject.is_rule() else ()
    for where in stated(subject) if tables else ():
        for at, rate in enumerate(where.figures):
            part = where.figures[at - 1] if at else None
            if part is None or rate.unit != "%" or rate.bound or rate.of or not _is_long(part):
                continue
            if not _SHARE_RE.fullmatch(where.between(part, rate)):
                continue
            of = _OF_ALL_RE.match(where.text, where.end(rate))
            if of is None or _OTHER_TIME_RE.search(where.text, where.start(part) - 60, where.end(rate)):
                continue
            words = thing_words(of["of"] or "") - GENERAL
            places = [place for grid in tables for place in _places(grid, part, words)]
            yield from _held(subject, where, part, rate, places, tally, by)


def _is_long(part: Figure) -> bool:
    return part.unit != "%" and not (part.of or part.bound) and len(digits_of(Decimal(part.value))) >= _LONG


def _places(grid: Grid, part: Figure, words: frozenset[str]) -> Iterator[tuple[Grid, Line, int, Line, Decimal]]:
    """Where a table that is of what the words name has a number, with the total of its column."""
    title = f"{grid.table.title or ''} {grid.table.caption or ''} {' '.join(grid.table.columns)}"
    totals = [line for line in grid.lines if line.total]
    if len(totals) != 1 or not words <= thing_words(f"{title} {part.unit or ''}"):
        return
    for line in grid.lines:
        for column in grid.columns if not line.total else ():
            all_ = totals[0].value(column)
            own = line.value(column) == Decimal(part.value) and not RATE_RE.search(grid.head(column))
            if own and all_ and all_ > Decimal(part.value):
                yield grid, line, column, totals[0], Decimal(part.value) / all_ * 100


def _held(
    subject: Subject,
    where: Stated,
    part: Figure,
    rate: Figure,
    places: list[tuple[Grid, Line, int, Line, Decimal]],
    tally: Tally,
    by: Rule,
) -> Iterator[Finding]:
    if any(about(rate, exact) for *_, exact in places):
        tally.held += 1
        return
    if len({show(exact) for *_, exact in places}) != 1 or is_proved(subject, part, rate):
        return
    grid, line, column, total, exact = places[0]
    sum_, place = f"{part.printed} / {total.printed(column)} = {show(exact)}%", row_place(grid, line)
    tally.failed += 1
    yield by.finding(
        (rate.span,),
        f"ghi {rate.printed}, bảng cho {sum_} ({place})",
        f"{rate.printed} is stated, the table gives {sum_} ({place.en})",
        stated=rate.printed,
        expected=f"{show(exact)}%",
        evidence=(line.span(column), total.span(column)),
        suggestion=both("đối chiếu tỷ lệ với bảng", "compare the rate with the table"),
        page=where.block.page,
        severity=Severity.WARNING,
    )
