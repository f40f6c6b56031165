"""Pass 2 after pass 1: mentions resolved, events and intervals worked out, for the works that have news."""

from __future__ import annotations

from graphs.base import ensure_catalogue
from graphs.update import update_graph
from kb.store.store import Store


def relate_works(store: Store) -> None:
    """Bring the graph up to date for what came in, an earlier program that was stopped before this included.

    The catalogue is loaded into a base that is new.
    """
    ensure_catalogue(store)
    if store.has_news():
        update_graph(store, ())
