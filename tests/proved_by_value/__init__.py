"""Takes a sound report of any hand and breaks one thing that another place of it proves by its value."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kb.models import Document
from tests.proved_by_value import facts, multiples, order, sentences, tables
from tests.proved_by_value.faults import Proved
from tests.proved_by_value.numbers import Place
from tests.proved_by_value.pages import Printed

MOST = 40


@dataclass(frozen=True)
class Broken:
    """A report with one fault: its kind, the old and new words, where they stand and what proves it, in `text`."""

    kind: str
    was: str
    new: str
    text: str
    place: Place
    proofs: tuple[Place, ...]
    bound: tuple[Place, ...] = ()

    def follows(self, spans: Iterable[Place]) -> bool:
        """Whether one of some places becomes wrong by the fault, away from it and its proofs."""
        return any(low < end and start < high for low, high in spans for start, end in self.bound)

    def touched_by(self, spans: Iterable[Place]) -> bool:
        """Whether one of some places is the fault or a proof of it.

        >>> Broken("rate", "50", "70", "25/70, 70%", (7, 9), ((0, 2),)).touched_by([(7, 10)])
        True
        """
        own = (self.place, *self.proofs)
        return any(low < end and start < high for low, high in spans for start, end in own)


def break_one(text: str, one: Proved) -> Broken:
    """The text with this fault alone."""
    by = len(one.new) - (one.end - one.start)

    def moved(places: tuple[Place, ...]) -> tuple[Place, ...]:
        return tuple((low + by, high + by) if low >= one.end else (low, high) for low, high in places)

    return Broken(
        one.kind,
        text[one.start : one.end],
        one.new,
        text[: one.start] + one.new + text[one.end :],
        (one.start, one.start + len(one.new)),
        moved(one.proofs),
        moved(one.bound),
    )


MAKERS: tuple[Callable[[Printed, random.Random], Iterator[Proved]], ...] = (
    sentences.restated,
    sentences.rates,
    sentences.means,
    sentences.totals,
    sentences.differences,
    multiples.multiples,
    tables.columns,
    tables.rows,
    facts.verdicts,
    facts.goals,
    facts.lists,
    facts.dates,
    facts.types,
    facts.years,
    facts.numbers,
    facts.named_lists,
    order.headings,
    order.tables_called,
    order.years_headed,
    order.times,
    order.bases,
)


def proved(document: Document, seed: int = 0) -> list[Proved]:
    """Every place of a document that another place proves: one fault a kind and place, maker by maker."""
    read, chance = Printed.of(document), random.Random(seed)
    found: dict[tuple[str, int], Proved] = {}
    for make in MAKERS:
        for one in make(read, chance):
            found.setdefault((one.kind, one.start), one)
    return list(found.values())


def plant(document: Document, seed: int = 0, most: int = MOST) -> Iterator[Broken]:
    """Broken reports: of each kind one place by chance, then of each another, until there are enough."""
    kinds: dict[str, list[Proved]] = defaultdict(list)
    for one in proved(document, seed):
        kinds[one.kind].append(one)
    chance = random.Random(seed)
    for places in kinds.values():
        chance.shuffle(places)
    turns = sorted((turn, kind) for kind, places in kinds.items() for turn in range(len(places)))
    for turn, kind in turns[:most]:
        yield break_one(document.text, kinds[kind][turn])
