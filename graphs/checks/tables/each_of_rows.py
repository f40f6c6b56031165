"""FIG of how many there are to each, told of a row of a table that counts both.

``trung học cơ sở 38 học sinh/lớp``: the row has 68.472 pupils in 1.902 classes, 36 to each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.phrases import words_of
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.roles import Role, role_of
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.telling import Words, about
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.tables.named_rows import names_of_rows
from kb.bilingual import both
from kb.models import Figure, Finding

_EACH_RE = re.compile(r"\s*(?P<what>[^\W\d_]+(?:\s[^\W\d_]+){0,2})\s?/\s?(?P<each>[^\W\d_]+(?:\s[^\W\d_]+)?)")
#: Between the name of a row and its number.
_BETWEEN_RE = re.compile(r"\s*(?:\([^()\d]*\)\s*)?:?\s*(?:(?:là|có|đạt|bình quân|khoảng)\s+){0,2}")
_NEAR, _REACH = Decimal("0.4"), 60


@dataclass(frozen=True, slots=True)
class _Each:
    """So many of one thing to each of another, told of a row."""

    where: Stated
    figure: Figure
    line: Line
    what: Words
    each: str


def check_each_of_rows(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """So many to each are what the row that is named has of the one, divided by what it has of the other."""
    blocks = [where for where in stated(subject) if "/" in where.text]
    for grid in grids(subject.document) if blocks and not subject.is_rule() else ():
        counts = [at for at in grid.columns if role_of(grid.head(at)) is Role.COUNT]
        names = names_of_rows(grid) if len(counts) > 1 else {}
        for told in (one for where in blocks for one in _each(where, names)):
            yield from _held(told, grid, counts, tally)


def _each(where: Stated, names: dict[str, Line]) -> Iterator[_Each]:
    for figure in where.figures if names else ():
        found = _EACH_RE.match(where.text, where.end(figure))
        if found is None or figure.of or figure.bound or figure.unit == "%":
            continue
        before = where.text[max(0, where.start(figure) - _REACH) : where.start(figure)]
        for name, line in names.items():
            at = before.rfind(name)
            whole = at >= 0 and not before[at - 1 : at].isalpha()
            if whole and _BETWEEN_RE.fullmatch(before, at + len(name)):
                each = words_of(found["each"])[0]
                yield _Each(where, figure, line, frozenset(words_of(found["what"])), each)


def _held(told: _Each, grid: Grid, counts: list[int], tally: Tally) -> Iterator[Finding]:
    """The one column that counts the things, divided by the one that counts what each has."""
    heads = {at: frozenset(words_of(grid.head(at))) for at in counts}
    whats = [at for at, head in heads.items() if told.what <= head]
    eaches = [at for at, head in heads.items() if told.each in head and at not in whats]
    if len(whats) != 1 or len(eaches) != 1:
        return
    some, many = told.line.value(whats[0]), told.line.value(eaches[0])
    if not some or not many:
        return
    exact = some / many
    if about(told.figure, exact):
        tally.held += 1
    elif abs(exact - Decimal(told.figure.value)) <= exact * _NEAR:
        tally.failed += 1
        label = " ".join(told.line.label.split())
        sum_ = f"{told.line.printed(whats[0])} / {told.line.printed(eaches[0])} = {show(exact)}"
        yield EACH_OF_ROW.finding(
            (told.figure.span,),
            f"ghi {told.figure.printed}; bảng, dòng “{label}”: {sum_}",
            f"{told.figure.printed} is stated; the table, row “{label}”, has {sum_}",
            stated=told.figure.printed,
            expected=show(exact),
            evidence=(told.line.span(whats[0]), told.line.span(eaches[0])),
            suggestion=both("tính lại số bình quân", "work out the mean again"),
            page=told.where.block.page,
        )


EACH_OF_ROW = rule("FIG-303", check_each_of_rows)
EACH_OF_ROW_RULES = (EACH_OF_ROW,)
