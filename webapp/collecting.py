"""Works worth collecting: cited by what is held, not held themselves."""

from __future__ import annotations

from dataclasses import dataclass

from kb.store import graph as rows
from kb.store.engine import said
from kb.store.resting import most_cited
from kb.store.store import Store


@dataclass(frozen=True, slots=True)
class WantedWork:
    """A work that is not held: its row, how many works cite it and how often; ids and numbers of those.

    `held` are the ids of those that are held: what the catalogue knows of amends and cites too.
    """

    work: rows.Record
    citing: int
    mentions: int
    cited_by: tuple[str, ...]
    numbers: tuple[str, ...]
    held: frozenset[str] = frozenset()


def works_to_collect(store: Store, limit: int) -> list[WantedWork]:
    """The works that most of those that are held cite, most cited first."""
    with said(), store.connect() as connection:
        found = most_cited(connection, limit)
        citing: dict[str, set[str]] = {row.id: set() for row in found}
        for target, source in rows.some_edges(connection, "target", sorted(citing), None, ("target", "source")):
            citing[target].add(source)
        nodes = rows.node_rows(connection, "id", sorted(set().union(*citing.values())))
    held = frozenset(node.id for node in nodes if node.held)
    named = {node.id: node.number or node.title or node.id for node in nodes}
    return [
        WantedWork(row, row.citing, row.mentions, ids, tuple(named.get(name, name) for name in ids), held)
        for row in found
        for ids in (tuple(sorted(citing[row.id])),)
    ]
