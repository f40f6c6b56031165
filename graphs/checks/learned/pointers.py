"""What tells which way something went, and what of a paper there is to tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graphs.checks.learned.claimed import Claim
from graphs.checks.learned.directed import Directed
from graphs.checks.learned.rose import ChangeCell
from graphs.checks.learned.values import Values
from graphs.checks.reading.telling import Words
from kb.bilingual import Bilingual
from kb.models import Span


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


def cover(words: Words, other: Words) -> float:
    """How many of some words others hold."""
    return len(words & other) / len(words) if words else 0.0


def above(name: str, value: float, bounds: Sequence[float]) -> list[str]:
    """A sign for each bound that a value is above."""
    return [f"{name}>{bound}" for bound in bounds if value > bound]
