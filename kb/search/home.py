"""The search index of a home: which engine it is, where it lives, opened and brought up to date."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from kb.errors import StoreError
from kb.search.index import SearchIndex
from kb.search.protocol import Engine
from kb.search.sync import Synced, bring_up_to_date, read_state
from kb.settings import Settings
from kb.store.store import Store

#: Engines by name: module and function that opens one. Each loads its library only when it is chosen.
ENGINES = {
    "tantivy": "kb.search.tantivy_door.engine",
    "whoosh": "kb.search.whoosh_door.engine",
    "postgresql": "kb.search.postgresql_door.engine",
}


def engine_name(settings: Settings) -> str:
    """The engine of a home: the one that was chosen, PostgreSQL where the base lives there, else Tantivy."""
    if settings.search_engine:
        return settings.search_engine
    return "postgresql" if settings.database_url.startswith("postgresql") else "tantivy"


def open_engine(settings: Settings, name: str | None = None) -> Engine:
    """The engine of a home, made when it is new."""
    chosen = name or engine_name(settings)
    if chosen not in ENGINES:
        raise StoreError(
            code="index.engine",
            vi=f"không có máy tìm kiếm “{chosen}”; hãy chọn {', '.join(ENGINES)}",
            en=f"there is no search engine “{chosen}”; choose {', '.join(ENGINES)}",
        )
    opened: Engine = import_module(ENGINES[chosen]).open_engine(settings)
    return opened


def state_path(settings: Settings, name: str | None = None) -> Path:
    """Where the state of an index stands."""
    return settings.home / "index" / f"{name or engine_name(settings)}.json"


def open_index(settings: Settings, store: Store) -> SearchIndex:
    """The index of a home, up to date with its base."""
    engine = open_engine(settings)
    bring_up_to_date(store, engine, state_path(settings))
    return SearchIndex(engine, read_state(state_path(settings)).learnt)


def refresh_index(settings: Settings, store: Store) -> Synced:
    """Bring the index up to date; called when documents have come in."""
    engine = open_engine(settings)
    try:
        return bring_up_to_date(store, engine, state_path(settings))
    finally:
        engine.close()
