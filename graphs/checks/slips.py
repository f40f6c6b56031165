"""FIG of slips: a number of the text that a table has under the same name with two digits changed about.

Such a slip tells by itself that the two are one number, whatever the period; a single digit that differs tells it
only of a number that is the only one of its row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from graphs.checks.arithmetic import is_slip, is_swapped, show
from graphs.checks.named import ANY_UNIT, GENERAL, line_words, names_of, row_place, thing_words, with_unit
from graphs.checks.prose import Stated, stated
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.rows import Grid, Line, grids
from graphs.checks.said import MONEY_RE
from kb.bilingual import both
from kb.models import Figure, Finding

_LEAST, _LEAST_ALONE = 1000, 10_000
_FEWEST, _MOST_MORE = 2, 4
#: So many figures of one unit may be told before two of them are alike by chance.
_FEW = 8


def check_slips(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``tạo việc làm cho 2.145 lao động`` in the text, 2.415 in the row “Tạo việc làm” of a table."""
    rows: dict[str, list[tuple[Grid, Line, frozenset[str]]]] = defaultdict(list)
    for grid in grids(subject.document) if not subject.is_rule() else ():
        for line in grid.lines:
            words = line_words(line) - thing_words(line.unit)
            if len(words - GENERAL) >= _FEWEST and not line.rate:
                rows[min(words - GENERAL)].append((grid, line, words))
    if not subject.is_rule():
        yield from _told_twice(subject, tally)
    for where in stated(subject) if rows else ():
        for figure in where.figures:
            if figure.of or figure.bound or figure.unit == "%" or Decimal(figure.value) < _LEAST:
                continue
            for name in names_of(figure, where.text[: where.start(figure)]):
                found = [row for word in name for row in rows.get(word, ())]
                yield from _against_rows(where, figure, name, found, tally)


def _told_twice(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``4.986 thành viên`` at one place, ``4.896 thành viên`` at another, of few that count such things."""
    by_unit: dict[str, list[tuple[Stated, Figure]]] = defaultdict(list)
    for where in stated(subject):
        for figure in where.figures:
            unit = (figure.unit or "").lower()
            if unit and unit not in ANY_UNIT and not figure.of and not figure.bound:
                by_unit[unit].append((where, figure))
    for found in by_unit.values():
        for (here, one), (there, other) in combinations(found, 2) if len(found) <= _FEW else ():
            value = Decimal(one.value)
            if here.block is there.block or value < _LEAST or MONEY_RE.match(one.unit or ""):
                continue
            if value == Decimal(other.value):
                tally.held += 1
            elif is_swapped(value, Decimal(other.value)):
                tally.failed += 1
                yield SLIP.finding(
                    (other.span,),
                    f"ghi {with_unit(other)}, chỗ khác ghi {with_unit(one)}: khác nhau ở chữ số",
                    f"{with_unit(other)} is stated, elsewhere {with_unit(one)}: digits differ",
                    stated=other.printed,
                    expected=one.printed,
                    evidence=(one.span,),
                    suggestion=both("xem số nào gõ sai", "see which of the two is mistyped"),
                    page=there.block.page,
                )


def _against_rows(
    where: Stated,
    figure: Figure,
    name: frozenset[str],
    rows: list[tuple[Grid, Line, frozenset[str]]],
    tally: Tally,
) -> Iterator[Finding]:
    value = Decimal(figure.value)
    named = [(grid, line) for grid, line, words in rows if words <= name and len(name - words) <= _MOST_MORE]
    if any(line.value(column) == value for grid, line in named for column in grid.columns):
        tally.held += 1
        return
    for grid, line in named:
        values = {column: told for column in grid.columns if (told := line.value(column)) is not None}
        alone = len([told for told in values.values() if told >= _LEAST]) == 1 and value >= _LEAST_ALONE
        slips = [at for at, told in values.items() if is_swapped(value, told) or (alone and is_slip(value, told))]
        if not slips:
            continue
        tally.failed += 1
        place = row_place(grid, line)
        yield SLIP.finding(
            (figure.span,),
            f"lời văn ghi {with_unit(figure)}; {place}, ghi {line.printed(slips[0])}: khác nhau ở chữ số",
            f"the text says {with_unit(figure)}; {place.en}, {line.printed(slips[0])}: digits differ",
            stated=figure.printed,
            expected=show(values[slips[0]]),
            evidence=(line.span(slips[0]),),
            suggestion=both("xem số nào gõ sai", "see which of the two is mistyped"),
            page=where.block.page,
        )
        return


SLIP = rule("FIG-228", check_slips)
SLIP_RULES = (SLIP,)
