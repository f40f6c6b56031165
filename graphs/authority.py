"""How much is relied on each work, kept beside the graph."""

from __future__ import annotations

from graphs.citation_graph import page_ranks
from kb.store import graph as rows
from kb.store.graph import Base
from kb.store.graph_schema import edges, ranks
from kb.store.resting import count_cited

#: With so many edges all ranks are worked out whenever a document comes in; it takes some tenths of a second.
SMALL = 50_000
#: With more, when a twentieth of the cited works is new; ranks may lag behind until then, or until a rebuild.
_NEWS = 1.05


def refresh_ranks(connection: Base, *, everything: bool) -> None:
    """Work the ranks out anew where it costs little, where much has changed, or where all of it is wanted."""
    if not everything and rows.count_of(connection, edges) > SMALL:
        known = rows.count_of(connection, ranks)
        if known and count_cited(connection) < known * _NEWS:
            return
    rows.put_ranks(connection, page_ranks(rows.link_pairs(connection)))
