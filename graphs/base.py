"""A base whose graph is ready to be asked: opened, the shipped catalogue in it."""

from __future__ import annotations

from threading import Lock

from graphs.update import update_within
from kb.settings import Settings
from kb.store.catalogue import load_shipped
from kb.store.store import Store, open_store

_LOCK = Lock()
_HELD: dict[Settings, Store] = {}


def open_base(settings: Settings) -> Store:
    """The base that the settings name; a new one starts with the shipped catalogue."""
    store = open_store(settings)
    ensure_catalogue(store)
    return store


def shared_base(settings: Settings) -> Store:
    """The base that all threads of a process share, opened once; anew when another file lies in its place.

    What SQLAlchemy works out for a question is kept with an open base, and the catalogue is compared once.
    """
    with _LOCK:
        held = _HELD.get(settings)
        if held is None or not held.is_in_place():
            if held is not None:
                held.close()
            held = _HELD[settings] = open_base(settings)
        return held


def ensure_catalogue(store: Store) -> None:
    """Load the shipped catalogue where it is missing or older, and bring the graph up to date.

    A base that may only be read answers with the catalogue that it has.
    """
    if not store.read_only:
        load_shipped(store, update_within)
