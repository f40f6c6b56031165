"""Numbers that those nearest to them prove, whatever a rule makes of others: such a number is not told as wrong.

A stock that is told from its opening to its close; so many times so much each; what is so many times as much as
the number in the bracket behind it; a change and its rate of what was before; parts that come to a total of the
paper. Sums of long numbers seldom hold by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from graphs.checks.learned.meant import worked
from graphs.checks.reading.arithmetic import rounds_to
from graphs.checks.reading.flows import flows
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.multiples import multiples_in
from graphs.checks.reading.placed import Placed
from graphs.checks.reading.products import right_products
from graphs.checks.reading.prose import everywhere, value_as_printed
from graphs.checks.reading.rows import Same, grids
from graphs.checks.report import Subject
from kb.models import Figure, Span

#: So many parts, and so many digits of what they come to, are no chance.
_PARTS, _DIGITS = 3, 3
_NO_PART = frozenset(("%", "points", "times", "age"))


def borne_out(subject: Subject) -> frozenset[Span]:
    """Where the numbers of a paper stand that those nearest to them prove; read once for all rules."""
    return _read_once(Same(subject))


@lru_cache(maxsize=2)
def _read_once(read: Same[Subject]) -> frozenset[Span]:
    subject = read.it
    if subject.is_rule():
        return frozenset()
    right = [flow for flow in flows(subject) if flow.right]
    figures = [one for flow in right for one in (flow.start, flow.end, *(move for move, _ in flow.moves))]
    figures += [*right_products(subject), *_multiples(subject), *_changes(subject), *_parts(subject)]
    return frozenset(one.span for one in figures)


def _multiples(subject: Subject) -> Iterator[Figure]:
    """A number, and the one in the bracket behind the words for how many times as much the first is."""
    for where in everywhere(subject):
        for told in multiples_in(where.text):
            inside = [one for one in where.figures if told.bracket and _within(where.start(one), told.bracket)]
            before = [one for one in where.figures if told.low_at <= where.start(one) < told.start]
            alike = [one for one in before if inside and head(one) == head(inside[0]) != "" and not one.of]
            if len(inside) != 1 or inside[0].of or _digits(float(scaled(inside[0]))) < _DIGITS:
                continue
            exact = scaled(inside[0]) * told.value
            yield from (one for first in alike if scaled(first) == exact for one in (first, inside[0]))


#: Which way a count changed, right before how much; the time before, behind the rate of that.
_WAY_RE = re.compile(r"\b(?:(?P<up>tăng|cao hơn|nhiều hơn)|giảm|thấp hơn|ít hơn)(?:\s+thêm)?\s*$", re.IGNORECASE)
_SINCE_RE = re.compile(r"\)?\s*(?:so với\s|của\s+(?:cùng kỳ|năm)\s|(?:cùng kỳ|năm trước|năm 20))", re.IGNORECASE)
_TURN_RE = re.compile(r"tăng|giảm|cao|thấp|nhiều|ít", re.IGNORECASE)


def _changes(subject: Subject) -> Iterator[Figure]:
    """``288 vụ, giảm 72 vụ, bằng 20,0% so với năm trước``: the rate is of what was before."""
    for where in everywhere(subject):
        for now, change, rate in zip(where.figures, where.figures[1:], where.figures[2:], strict=False):
            if rate.unit != "%" or now.unit != change.unit or now.of or change.of:
                continue
            way = _WAY_RE.search(where.text, where.end(now), where.start(change))
            if way is None or _TURN_RE.search(where.between(change, rate)):
                continue
            if not _SINCE_RE.match(where.text, where.end(rate)):
                continue
            before = scaled(now) - scaled(change) if way["up"] else scaled(now) + scaled(change)
            if before > 0 and rounds_to(scaled(change) / before * 100, value_as_printed(rate)):
                yield rate


def _within(at: int, place: tuple[int, int]) -> bool:
    return place[0] <= at < place[1]


def _parts(subject: Subject) -> Iterator[Figure]:
    """The parts that a sentence tells one after another, where what they come to is told in the paper."""
    cells = {
        float(value)
        for grid in grids(subject.document)
        for line in grid.lines
        for at in grid.columns
        if (value := line.value(at)) is not None
    }
    told = {round(float(scaled(one)), 6) for where in everywhere(subject) for one in where.figures if one.unit}
    for text in worked(subject):
        for (_, _), some in groupby(filter(_may_be_part, text.places), key=lambda one: (one.sentence, one.sort)):
            parts = list(some)
            least = min(one.depth for one in parts)
            parts = [one for one in parts if one.depth == least]
            sum_ = round(sum(one.value for one in parts), 6)
            known = sum_ in told or (len({one.scale for one in parts}) == 1 and sum_ / parts[0].scale in cells)
            if len(parts) >= _PARTS and known and _digits(sum_ / parts[0].step) >= _DIGITS:
                yield from (one.figure for one in parts)


def _may_be_part(one: Placed) -> bool:
    return one.sort not in _NO_PART and one.of is None and bool(one.value) and not one.is_name


def _digits(value: float) -> int:
    """How many digits a number has, without zeros at its end."""
    return len(str(round(value)).rstrip("0"))
