"""The store and the index of the request that is being answered; both are shared by all requests of a process."""

from __future__ import annotations

from flask import current_app, g
from flask_login import current_user

from graphs.base import shared_base
from kb.search.home import shared_index
from kb.search.index import SearchIndex
from kb.settings import Settings
from kb.store.store import Store


def current_settings() -> Settings:
    """The settings of the base that is served."""
    settings: Settings = current_app.config["CANCU_SETTINGS"]
    return settings


def current_store() -> Store:
    """The store that all requests share."""
    if "store" not in g:
        g.store = shared_base(current_settings())
    store: Store = g.store
    return store


def current_index() -> SearchIndex:
    """The search index that all requests share, up to date with the base."""
    return shared_index(current_settings())


def acting() -> str:
    """Who acts in this request, as the log of changes names them: an account, or whoever sits at this machine."""
    return current_user.account.name if current_user.is_authenticated else "web"
