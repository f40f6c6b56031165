"""What looks like a document's number and is none: words that stand before it, codes that stand in it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A row: `kind` is ``head`` (words before the number) or ``code`` (first code of the symbol)."""

    kind: str
    value: str
    reason: str
    example: str


@lru_cache(maxsize=1)
def load_lookalikes() -> tuple[Lookalike, ...]:
    """All rows of the table."""
    table = files("kb.vocabulary").joinpath("data/lookalikes.csv").read_text(encoding="utf-8")
    return tuple(Lookalike(**row) for row in csv.DictReader(table.splitlines()))


@lru_cache(maxsize=1)
def lookalike_codes() -> frozenset[str]:
    """First codes of symbols that are never a document's."""
    return frozenset(row.value.lower() for row in load_lookalikes() if row.kind == "code")


@lru_cache(maxsize=1)
def lookalike_heads() -> tuple[str, ...]:
    """Words after which no document's number stands, lower case, longest first."""
    heads = {row.value for row in load_lookalikes() if row.kind == "head"}
    return tuple(sorted(heads, key=len, reverse=True))
