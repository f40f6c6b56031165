"""How surely a number is wrong for what it seems to be worked out from: all that is known of the two, weighed.

What words say (`clues`) is one thing among others: how far off the number is, whether a slip makes it (`odds`),
whether something else gives it, whether its terms already give other numbers, whether it and they are told again
elsewhere. What each is worth (`data/meant.csv`) is learnt from papers without a fault, in which nothing is wrong,
and from the same papers with one number altered (`tools/fit_meant.py`).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from math import log, log10

from graphs.checks.learned.clues import said
from graphs.checks.learned.given import is_given
from graphs.checks.learned.odds import odds_of_slip
from graphs.checks.learned.worked_out import Supposed, Way, supposed_of
from graphs.checks.reading.named import VIETNAMESE_RE
from graphs.checks.reading.placed import placed
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.reading.rows import Same
from graphs.checks.report import Subject

_NUMBER_RE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
#: So far apart a number and what it should be are, in natural logarithms.
_APART = (0.02, 0.05, 0.1, 0.2, 0.35, 0.7, 1.2)
_TIMES_OFF = (0.2, 0.7)
_NEAR_RATIO = 0.1
#: So surely, by their words, other numbers are worked out from some of the same, or this one from others.
_HELD = (-19, -5, -3, -1)
_OTHERS = (-19, -3, -1, 1)
_SPENT = (-19, -3, -1)
_NONE = -20.0
_DIGITS, _PRINTED, _BETWEEN, _MOST = (1, 2, 3, 4), (1, 3), (1, 2, 4), 4
_HALF, _MOST_FIGURES = 0.51, 400


class Worked:
    """The numbers of one text with what each may be worked out from, and how surely its words say so."""

    def __init__(self, where: Stated, values: Counter[str]) -> None:
        self.where, self.values = where, values
        self.places = placed(where)
        self.told = dict(supposed_of(self.places))
        self._said: dict[Supposed, float] = {}
        self.held = [one for found in self.told.values() for one in found if one.holds]
        self.holding = frozenset(self.held)

    def said(self, one: Supposed) -> float:
        """How surely the words say that a number is worked out so."""
        known = self._said.get(one)
        if known is None:
            known = self._said[one] = said(one)
        return known

    def signs(self, one: Supposed) -> Iterator[tuple[str, float]]:
        """What tells whether a number is wrong for one way of working it out; each sign with how much of it."""
        yield from self._of_words(one)
        yield from _of_distance(one)
        yield from _of_places(one)
        yield from self._of_others(one)
        yield from self._told_again(one)

    def odds(self, one: Supposed) -> float:
        """How surely a number is wrong, in natural logarithms of odds."""
        table = worth()
        return sum(table.get(sign, 0.0) * much for sign, much in self.signs(one))

    def _of_words(self, one: Supposed) -> Iterator[tuple[str, float]]:
        sure = self.said(one)
        yield "1", 1
        yield f"way={one.way}", 1
        held = max(-5.0, min(6.0, sure))
        yield "said", held
        yield f"said:{one.way}", held
        yield "said-", min(0.0, held + 2)
        other = _most(self.said(way) for way in self.told[one.told] if way is not one and way not in self.holding)
        yield "margin", max(-4.0, min(6.0, sure - other))
        if sure < other:
            yield "margin<0", 1

    def _of_others(self, one: Supposed) -> Iterator[tuple[str, float]]:
        """Whether something else gives the number, or the same numbers give something else."""
        told, terms, found = one.told, {*one.terms}, self.told[one.told]
        if is_given(told, found, self.places):
            yield "given", 1
        yield from _above("hold", _most(self.said(way) for way in found if way in self.holding), _HELD)
        others = [way for way in self.held if way.told is not told]
        using = [way for way in others if not terms.isdisjoint((way.told, *way.terms))]
        yield from _above("use", _most(map(self.said, using)), _OTHERS)
        if one.way is Way.SHARE:
            same = (way for way in using if way.way is Way.SHARE and way.terms[0] is one.terms[0])
            yield from _above("same", _most(map(self.said, same)), _OTHERS)
        yield from _above("tused", _most(self.said(way) for way in others if told in way.terms), _OTHERS)
        yield from _above("spent", _most(self.said(way) for way in using if is_spent(one, way)), _SPENT)
        yield from _above("givenby", _most(self.said(way) for way in using if terms == {*way.terms}), _SPENT)
        slack = max((place.step for place in (told, *one.terms)), default=0.0)
        for place in self.places:
            own = place is told or place in terms or place.sort != told.sort or not place.value
            if not own and abs(place.value - one.exact) <= max(told.step, min(slack, place.step)) * _HALF:
                yield "expected here", 1
                return

    def _told_again(self, one: Supposed) -> Iterator[tuple[str, float]]:
        """Whether the number, what it should be, and its terms are told elsewhere in the paper."""
        told = one.told
        digits = min(_MOST, len(str(round(told.value / told.step))))
        again = self.values[plain(told.figure.printed)] - 1
        step = told.step / told.scale
        right = (
            max(self.values[_at(one.exact / told.scale, last)] for last in (step, step / 10))
            if one.exact > 0
            else 0
        )
        terms = min(self.values[plain(term.figure.printed)] for term in one.terms) - 1
        if again > 0:
            yield "rept", 1
            yield f"rept nd{digits}", 1
            yield ("rept>1", 1) if again > 1 else ("rept=1", 1)
            if terms > 0:
                yield "rept&reps", 1
            if not right:
                yield "rept&!repe", 1
        if right:
            yield "repe", 1
            yield f"repe nd{digits}", 1
        if terms > 0:
            yield "reps", 1


def is_spent(one: Supposed, by: Supposed) -> bool:
    """Whether the terms of one way are told for another; a part has its share besides, a change its rate."""
    if one.way is Way.SHARE and by.way is Way.SUM and len(one.terms) > 1 and one.terms[1] is by.told:
        return False
    if one.way is Way.GROWTH and by.way is Way.CHANGE and {*one.terms} == {*by.terms}:
        return False
    return {by.told, *by.terms}.issuperset(one.terms)


def _of_distance(one: Supposed) -> Iterator[tuple[str, float]]:
    """How far off the number is, and whether a slip explains it."""
    told = one.told
    slip = max(-3.0, min(6.0, log(odds_of_slip(one))))
    yield "slip", slip
    if slip > 0:
        yield "slip>0", 1
    if len(one.terms) == 1:
        yield "ratio", 1
    off = abs(log(one.exact / told.value)) if one.exact > 0 else 9.0
    yield from apart(off, by_slip=slip > 0, ratio=len(one.terms) == 1)
    digits = str(round(told.value / told.step))
    yield from _above("digits", len(digits.rstrip("0")), _DIGITS)
    yield from _above("printed", len(digits), _PRINTED)
    if not told.unit:
        yield "no unit", 1


def apart(off: float, *, by_slip: bool, ratio: bool) -> Iterator[tuple[str, float]]:
    """The signs of a number that is so far off, in natural logarithms."""
    yield from _above("apart", off, _APART)
    if not by_slip:
        yield from _above("no slip, apart", off, _TIMES_OFF)
    if ratio and off > _NEAR_RATIO:
        yield "ratio apart", 1


def _of_places(one: Supposed) -> Iterator[tuple[str, float]]:
    """How far the terms stand from the number."""
    told = one.told
    far = [abs(term.at - told.at) for term in one.terms]
    yield from _above("closest", min(far), _BETWEEN)
    yield from _above("farthest", max(far), _BETWEEN)
    if any(term.sentence != told.sentence for term in one.terms):
        yield "sentence", 1
    if told.depth > 0:
        yield "deep", 1


def _above(name: str, value: float, bounds: tuple[float, ...]) -> Iterator[tuple[str, float]]:
    return ((f"{name}>{bound}", 1.0) for bound in bounds if value > bound)


def _most(values_: Iterable[float]) -> float:
    return max(values_, default=_NONE)


def plain(printed: str) -> str:
    """A printed number without what only sets its digits apart.

    >>> plain("01.234,5%")
    '1234.5'
    """
    return printed.partition("/")[0].rstrip("% ").replace(".", "").replace(",", ".").lstrip("0") or "0"


@lru_cache(maxsize=2)
def printed_numbers(text: str) -> Counter[str]:
    """How often each number is printed in a text.

    >>> printed_numbers("12,50 ha và 1.204 hộ; 1204 hộ")["1204"]
    2
    """
    return Counter(map(plain, _NUMBER_RE.findall(text)))


def _at(value: float, step: float) -> str:
    """A value to the places of a step, as plain digits."""
    places = max(0, -round(log10(step))) if step < 1 else 0
    return f"{value:.{places}f}".lstrip("0") or "0"


def worked(subject: Subject) -> tuple[Worked, ...]:
    """The texts of a paper that tell several numbers; read once for all rules, none of a paper that sets rules."""
    return _read_once(Same(subject))


@lru_cache(maxsize=2)
def _read_once(read: Same[Subject]) -> tuple[Worked, ...]:
    if read.it.is_rule():
        return ()
    values = printed_numbers(read.it.document.text)
    return tuple(
        Worked(where, values)
        for where in everywhere(read.it)
        if 1 < sum(1 + bool(one.of) for one in where.figures) <= _MOST_FIGURES and VIETNAMESE_RE.search(where.text)
    )


@lru_cache(maxsize=1)
def worth() -> dict[str, float]:
    """What each sign is worth, in natural logarithms of odds."""
    table = files("graphs.checks.learned").joinpath("data/meant.csv").read_text(encoding="utf-8")
    return {row[0]: float(row[1]) for row in csv.reader(table.splitlines()[1:])}
