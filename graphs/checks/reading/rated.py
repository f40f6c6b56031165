"""One count with two rates: ``18.264 đơn, đạt 91,3% số đã thụ lý`` and ``18.264 đơn, đạt 93,1% …``.

A count of many digits that is told again is the same count, whatever its words are. A rate beside it is of what
the words behind it name; of one whole it has one value. Where none is named, only rates close by are held so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from graphs.checks.reading.arithmetic import digits_of, rounds_to, slip_by_chance
from graphs.checks.reading.moved import scaled
from graphs.checks.reading.named import PLAIN
from graphs.checks.reading.phrases import Phrase, read_phrases, words_of
from graphs.checks.reading.prose import value_as_printed
from graphs.checks.reading.telling import kind_of
from graphs.checks.report import Subject
from kb.models import Figure

#: Between a count and its rate; between a rate and its count in brackets.
_RATE_RE = re.compile(
    r"[^.;:\d%]{0,60}?(?:(?:,|\s)\s*(?:đã\s+)?(?P<verb>đạt|bằng|chiếm|tương đương|tương ứng)(?:\s+với)?\s+"
    r"(?:tỷ lệ\s+)?|\(\s*(?P<inner>đạt|bằng|chiếm)?\s*(?:tỷ lệ\s+)?)",
    re.IGNORECASE,
)
_COUNT_RE = re.compile(r"\s*\(\s*(?:(?:tương đương|tương ứng|là|với)\s+)*", re.IGNORECASE)
#: How far the words go that tell what a rate is of.
_OF_RE = re.compile(
    r"\s*(?P<of>(?:(?!\s(?:và|trong đó|tăng|giảm|vượt|cao hơn|thấp hơn)\s)[^,;:.()\d])*)", re.IGNORECASE
)
#: What is a part of something is nothing that was reached of it.
_SHARE = "chiếm"
_DIGITS, _NEAR = 4, Decimal(5)

Words = frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Rated:
    """A rate beside a count, and what it is of."""

    phrase: Phrase
    count: Figure
    verb: str
    of: Words

    @property
    def figure(self) -> Figure:
        """The rate."""
        return self.phrase.figure

    @property
    def called(self) -> str:
        """What is counted, as a person reads it."""
        return f"{self.count.printed} {self.count.unit or ''}".strip()


@dataclass(frozen=True, slots=True)
class Twice:
    """Two rates of one count."""

    one: Rated
    other: Rated


def rated_twice(subject: Subject) -> Iterator[Twice]:
    """The counts that are told twice with two rates of one whole."""
    same: dict[tuple[str, Decimal], list[Rated]] = defaultdict(list)
    for one in _rated(subject):
        same[kind_of((one.count.unit or "").lower()) or _noun(one.count), scaled(one.count)].append(one)
    for found in same.values():
        twice = next((Twice(*pair) for pair in combinations(found, 2) if _unlike(*pair)), None)
        if twice is not None:
            yield twice


def whole_of(rate: Phrase) -> Words:
    """The words behind a rate that tell what it is of."""
    where = rate.told.where
    found = _OF_RE.match(where.text, where.end(rate.figure))
    return frozenset(
        word for word in words_of(found["of"] if found else "") if word not in PLAIN and not word[0].isdigit()
    )


def _rated(subject: Subject) -> Iterator[Rated]:
    for one, other in pairwise(read_phrases(subject).found):
        if one.told.where is not other.told.where or "%" not in (one.figure.unit, other.figure.unit):
            continue
        between = one.told.where.between(one.figure, other.figure)
        rate, count = (other, one) if other.figure.unit == "%" else (one, other)
        link = (_RATE_RE if rate is other else _COUNT_RE).fullmatch(between)
        if link is None or not _is_rare(count.figure) or rate.figure.bound or rate.figure.of:
            continue
        told = link.groupdict()
        yield Rated(rate, count.figure, (told.get("verb") or told.get("inner") or "").lower(), whole_of(rate))


def _is_rare(count: Figure) -> bool:
    """Whether a count has so many digits that it is hardly another one by chance."""
    return not (count.bound or count.of or count.unit in (None, "%")) and len(digits_of(scaled(count))) >= _DIGITS


def _noun(count: Figure) -> str:
    return (count.unit or "").lower().split(" ")[0]


def _unlike(one: Rated, other: Rated) -> bool:
    """Whether two rates of a count are of one whole, and differ."""
    if one.phrase.clause is other.phrase.clause or one.of != other.of or _SHARE in {one.verb} ^ {other.verb}:
        return False
    first, second = Decimal(one.figure.value), Decimal(other.figure.value)
    if rounds_to(first, value_as_printed(other.figure)) or rounds_to(second, value_as_printed(one.figure)):
        return False
    if one.figure.printed in other.phrase.clause.text or other.figure.printed in one.phrase.clause.text:
        return False
    return bool(one.of) or abs(first - second) <= _NEAR or slip_by_chance(first, second) is not None
