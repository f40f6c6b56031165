"""What tells which way something went, and what of a paper there is to tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from graphs.checks.learned.claimed import Claim
from graphs.checks.learned.directed import Directed
from graphs.checks.learned.rose import ChangeCell, order
from graphs.checks.learned.values import Node, Values
from graphs.checks.reading.telling import Words
from kb.bilingual import Bilingual
from kb.models import Span

#: A row of more numbers tells no two times.
LONG_ROW = 12


@dataclass(frozen=True, eq=False)
class Pointer:
    """That something else of the paper makes a change a rise (*up*) or a fall, by what signs, and where it is."""

    up: bool
    kind: str
    signs: tuple[str, ...]
    spans: tuple[Span, ...]
    why: Bilingual


@dataclass(frozen=True, eq=False)
class Source:
    """What a paper has to tell which way its changes went."""

    values: Values
    directed: dict[int, list[Directed]]
    changes: dict[float, list[ChangeCell]]
    claims: Sequence[Claim]

    @cached_property
    def told_of_two_times(self) -> list[tuple[Node, Node, Words]]:
        """What sentences tell of two times side by side, the later first, with what leads to the two."""
        found = []
        for row in self.values.rows.values():
            if row[0].cell or not 1 < len(row) <= LONG_ROW:
                continue
            for one, other in pairwise(row):
                alike = one.kind == other.kind and one.told.unit in (other.told.unit, "")
                if alike and one.value != other.value and abs(later := order(one.head, other.head)) == 1:
                    found.append((one, other, one.label) if later > 0 else (other, one, one.label))
        return found


def cover(words: Words, other: Words) -> float:
    """How many of some words others hold."""
    return len(words & other) / len(words) if words else 0.0


def above(name: str, value: float, bounds: Sequence[float]) -> list[str]:
    """A sign for each bound that a value is above."""
    return [f"{name}>{bound}" for bound in bounds if value > bound]
