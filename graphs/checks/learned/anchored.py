"""Whether the numbers around one hold it in place: a sum, or a rate, that it makes with them and that is right.

Such a number is not mistyped. Where that holds of two numbers that are alike, they are two things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from itertools import permutations

from graphs.checks.reading.arithmetic import digits_printed, percent, rounds_to
from graphs.checks.reading.moved import scaled
from graphs.checks.reading.prose import Stated, value_as_printed
from graphs.checks.reading.rows import Grid, Line
from kb.models import Figure

#: Of numbers of fewer digits chance makes sums and rates too.
_DIGITS = 3
_MOST = 30


def in_text(where: Stated, figure: Figure, told: Set[Decimal]) -> bool:
    """Whether two numbers of its paragraph make it by a sum, or it makes a rate there with one of them.

    Of the two that make a long number by a sum, one may stand elsewhere: `told` are the values of the paper. The
    figure may be one with another value in the place of what is printed.
    """
    if len(where.figures) > _MOST or not _is_long(figure.printed):
        return False
    if figure.unit == "%":
        return _is_rate(where, figure)
    rates = [one for one in where.figures if one.unit == "%" and _is_long(value_as_printed(one))]
    if figure.of:
        return any(_fits(percent(figure.value, figure.of), value_as_printed(rate)) for rate in rates)
    if _has_mean(where, figure):
        return True
    alike = [
        one
        for one in where.figures
        if one.span != figure.span and one.unit == figure.unit and not one.of and _is_long(one.printed)
    ]
    values, own = [scaled(one) for one in alike], scaled(figure)
    if any(one + other == own or one + own == other for one, other in permutations(values, 2)):
        return True
    if _is_long(figure.printed, _DIGITS + 1):
        long = [scaled(one) for one in alike if _is_long(one.printed, _DIGITS + 1)]
        if any(one + own in told or abs(one - own) in told for one in long):
            return True
    return any(_makes(figure.value, one.value, value_as_printed(rate)) for one in alike for rate in rates)


def _has_mean(where: Stated, figure: Figure) -> bool:
    """Whether it is a sum of which its paragraph tells the mean: ``250 lớp; 8.125 học sinh, bình quân 32,5``."""
    counts = [
        one
        for one in where.figures
        if one.span != figure.span and one.unit != "%" and not one.of and Decimal(one.value)
    ]
    means = [one.value for one in counts if "." in one.value and _is_long(one.value)]
    return any(rounds_to(Decimal(figure.value) / Decimal(one.value), mean) for one in counts for mean in means)


def _is_rate(where: Stated, rate: Figure) -> bool:
    """Whether two counts of its paragraph, or a ratio, make a rate."""
    printed = value_as_printed(rate)
    pairs = [(one.value, one.of) for one in where.figures if one.of]
    counts = [one for one in where.figures if one.unit and one.unit != "%" and not one.of]
    pairs += [
        (one.value, other.value)
        for one, other in permutations(counts, 2)
        if one.unit == other.unit and digits_printed(one.printed) >= _DIGITS
    ]
    return any(_fits(percent(one, of), printed) for one, of in pairs if of)


def in_table(grid: Grid, line: Line, column: int, value: Decimal | None = None) -> bool:
    """Whether its column adds up to its total, or a rate of its row is what it makes with another number there.

    With `value` in the place of what is printed, where that is given.
    """
    printed = line.value(column)
    if printed is None or not _is_long(line.printed(column)):
        return False
    value, away = (printed, Decimal(0)) if value is None else (value, value - printed)
    for lines in _totalled(grid):
        if line in lines and _adds_up(lines, column, -away if line is lines[0] else away):
            return True
    row = [(at, one) for at in grid.columns if at != column and (one := line.value(at)) is not None]
    return any(
        _makes(str(value), str(one), line.printed(rate).strip(" %").replace(",", "."))
        for at, one in row
        for rate, _ in row
        if rate != at and "," in line.printed(rate)
    )


def _totalled(grid: Grid) -> Iterator[Sequence[Line]]:
    """The rows right under each row that has some, behind it; and all rows with the total of them."""
    for line in grid.lines:
        if under := grid.under.get(line.at):
            yield (line, *under)
    totals = [line for line in grid.lines if line.total]
    if len(totals) == 1:
        yield (totals[0], *(line for line in grid.lines if line is not totals[0] and line.parent is None))


def _adds_up(lines: Sequence[Line], column: int, away: Decimal) -> bool:
    """Whether the parts of a total, with so much more, add up to it."""
    total, *parts = (line.value(column) for line in lines)
    told = [one for one in parts if one is not None]
    return total is not None and len(told) > 1 and sum(told, away) == total


def _makes(one: str, other: str, printed: str) -> bool:
    """Whether a printed rate is what one number is of another, or by how much it is more or less."""
    return any(_fits(exact, printed) for exact in (percent(one, other), percent(other, one)))


def _fits(exact: Decimal | None, printed: str) -> bool:
    if exact is None or not re.fullmatch(r"\d+\.\d+|\d{3,}", printed) or not _is_long(printed):
        return False
    return rounds_to(exact, printed) or rounds_to(abs(exact - 100), printed)


def _is_long(printed: str, digits: int = _DIGITS) -> bool:
    return len(re.sub(r"\D", "", printed).strip("0")) >= digits
