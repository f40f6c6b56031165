"""Pass 2 after pass 1: mentions resolved, events and intervals worked out, for the works that have news."""

from __future__ import annotations

from collections.abc import Collection

from graphs.base import ensure_catalogue
from graphs.update import update_graph
from kb.store.store import Store


def relate_works(store: Store, works: Collection[str]) -> None:
    """Bring the graph up to date for some works; the catalogue is loaded into a base that is new."""
    ensure_catalogue(store)
    if works:
        update_graph(store, works)
