"""A base whose graph is ready to be asked: opened, the shipped catalogue in it."""

from __future__ import annotations

from graphs.update import update_graph
from kb.settings import Settings
from kb.store.catalogue import load_shipped
from kb.store.store import Store, open_store


def open_base(settings: Settings) -> Store:
    """The base that the settings name; a new one starts with the shipped catalogue."""
    store = open_store(settings)
    ensure_catalogue(store)
    return store


def ensure_catalogue(store: Store) -> None:
    """Load the shipped catalogue where it is missing or older, and bring the graph up to date."""
    keys = load_shipped(store)
    if keys is not None:
        update_graph(store, (), keys)
