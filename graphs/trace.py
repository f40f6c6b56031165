"""Chains of legal bases upward and of what rests on a work downward, hop by hop from the tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kb.models import Relation
from kb.store import graph as rows
from kb.store.engine import said
from kb.store.store import Store

#: Relations by which one document rests on another.
BASES = frozenset(
    relation.value
    for relation in (Relation.BASED_ON, Relation.GUIDES, Relation.IMPLEMENTS, Relation.PROMULGATED_WITH)
)
UP, DOWN = "up", "down"
#: How many steps a chain has unless asked otherwise.
HOPS = 3


@dataclass(frozen=True, slots=True)
class Link:
    """One edge of a chain, with the mention that proves it."""

    source: str
    target: str
    relation: str | None
    direction: str | None
    place: str | None
    origin: str
    certainty: str | None
    version: int | None
    unit: str | None
    start: int | None
    end: int | None
    on: str | None
    reason: str | None


#: Columns of edges in the order of the fields of `Link`.
_COLUMNS = (
    "source",
    "target",
    "relation",
    "direction",
    "place",
    "origin",
    "certainty",
    "version_id",
    "unit",
    "start",
    "end",
    "on",
    "reason",
)


@dataclass(frozen=True, slots=True)
class Chain:
    """What hangs on a root in one direction: the works by how many hops away, and the edges between them."""

    root: str
    direction: str
    hops: dict[str, int]
    links: tuple[Link, ...]


def walk(
    store: Store, root: str, direction: str = UP, depth: int = HOPS, relations: Collection[str] | None = BASES
) -> Chain:
    """The chain from a work: up its legal bases, or down to what rests on it; all relations with None."""
    with said(), store.connect() as connection:
        return walk_from(connection, root, direction, depth, relations)


def walk_from(
    connection: rows.Base, root: str, direction: str, depth: int, relations: Collection[str] | None
) -> Chain:
    """The same on an open connection."""
    near, other_end = ("source", 1) if direction == UP else ("target", 0)
    hops = {root: 0}
    links: dict[tuple[str, str, str, str, int, int], Link] = {}
    border: Sequence[str] = [root]
    for hop in range(1, depth + 1):
        fresh: set[str] = set()
        for row in rows.some_edges(connection, near, border, relations, _COLUMNS):
            link = Link(*row)
            links.setdefault((row[0], row[1], row[2] or "", row[4] or "", row[7] or 0, row[9] or 0), link)
            other = row[other_end]
            if other not in hops:
                hops[other] = hop
                fresh.add(other)
        border = sorted(fresh)
        if not border:
            break
    return Chain(root, direction, hops, tuple(links[key] for key in sorted(links)))
