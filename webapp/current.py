"""The store of the request that is being answered."""

from __future__ import annotations

from flask import current_app, g

from kb.settings import Settings
from kb.store.store import Store, open_store


def current_store() -> Store:
    """The open store of this request; opened on first use, closed when the request ends."""
    if "store" not in g:
        settings: Settings = current_app.config["CANCU_SETTINGS"]
        g.store = open_store(settings)
    store: Store = g.store
    return store


def close_store(_: BaseException | None) -> None:
    """Close the store this request opened, if it did."""
    store: Store | None = g.pop("store", None)
    if store is not None:
        store.close()
