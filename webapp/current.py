"""The store and the index of the request that is being answered."""

from __future__ import annotations

from flask import current_app, g

from graphs.base import open_base
from kb.search.home import open_index
from kb.search.index import SearchIndex
from kb.settings import Settings
from kb.store.store import Store


def current_settings() -> Settings:
    """The settings of the base that is served."""
    settings: Settings = current_app.config["CANCU_SETTINGS"]
    return settings


def current_store() -> Store:
    """The open store of this request; opened on first use, closed when the request ends."""
    if "store" not in g:
        g.store = open_base(current_settings())
    store: Store = g.store
    return store


def current_index() -> SearchIndex:
    """The search index of this request, up to date with the base."""
    if "index" not in g:
        g.index = open_index(current_settings(), current_store())
    index: SearchIndex = g.index
    return index


def close_store(_: BaseException | None) -> None:
    """Close what this request opened."""
    for name in ("index", "store"):
        opened = g.pop(name, None)
        if opened is not None:
            opened.close()
