"""Works worth collecting: cited by what is held, not held themselves."""

from __future__ import annotations

from dataclasses import dataclass

from kb.store import graph as rows
from kb.store.engine import said
from kb.store.resting import most_cited
from kb.store.store import Store


@dataclass(frozen=True, slots=True)
class WantedWork:
    """A work that is not held: its row, how many works cite it and how often, and which."""

    work: rows.Record
    citing: int
    mentions: int
    cited_by: tuple[str, ...]


def works_to_collect(store: Store, limit: int) -> list[WantedWork]:
    """The works that most of those that are held cite, most cited first."""
    with said(), store.connect() as connection:
        found = most_cited(connection, limit)
        citing: dict[str, set[str]] = {row.id: set() for row in found}
        for target, source in rows.some_edges(connection, "target", sorted(citing), None, ("target", "source")):
            citing[target].add(source)
    return [WantedWork(row, row.citing, row.mentions, tuple(sorted(citing[row.id]))) for row in found]
