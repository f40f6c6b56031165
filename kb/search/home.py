"""The search index of a home: which engine it is, where it lives, opened and brought up to date."""

from __future__ import annotations

import logging
import os
import time
from importlib import import_module
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from kb.errors import StoreError
from kb.search.index import SearchIndex
from kb.search.protocol import Engine
from kb.search.rows import SCHEMA_VERSION
from kb.search.state import IndexState, base_stamp, read_state
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.search.meaning import Meaning

_LOG = logging.getLogger(__name__)

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


def meaning_path(settings: Settings) -> Path:
    """Where the vectors of a home stand; those of another model have another file."""
    return settings.home / "index" / "meaning-e5-small.bin"


def open_index(settings: Settings) -> SearchIndex:
    """The index of a home, up to date with its base; close it after use."""
    engine = open_engine(settings)
    return SearchIndex(engine, _followed(settings, engine).learnt, _meaning_of(settings))


def shared_index(settings: Settings) -> SearchIndex:
    """The index that all requests of a process share, as it was last committed; never closed.

    Who writes to a base brings its index up to date before it says so (`refresh_index`). What somebody else's
    write or a crash has left behind is made good beside the search that notices it, not within.
    """
    with _LOCK:
        engine = _SHARED.get(settings)
        if engine is None:
            engine = _SHARED[settings] = open_engine(settings)
        engine.refresh()
        state = _read_state(state_path(settings))
        stamp = base_stamp(settings)
        rows = engine.count()
        if not stamp or state.schema != SCHEMA_VERSION or not state.works or not rows:
            # There is nothing yet to answer from, or no telling whether it is old.
            return SearchIndex(engine, _followed(settings, engine).learnt, _meaning_of(settings))
    if stamp != state.stamp or rows != state.rows:
        _FOLLOWER.follow(settings)
    return SearchIndex(engine, state.learnt, _meaning_of(settings))


def is_behind(settings: Settings) -> bool:
    """Whether a base in a file has content that its index was not compared with yet."""
    return base_stamp(settings) != _read_state(state_path(settings)).stamp


def refresh_index(settings: Settings) -> None:
    """Bring the index up to date; called when documents have come in.

    What fails here is mended by the next search: the documents themselves are safe in the base.
    """
    try:
        open_index(settings).close()
    except StoreError as error:
        _LOG.warning("%s (%s)", error.vi, error.en)


def _followed(settings: Settings, engine: Engine) -> IndexState:
    """The state of an index after it was brought up to date, if it had to be."""
    path = state_path(settings)
    state = _read_state(path)
    stamp = base_stamp(settings)
    if not stamp or stamp != state.stamp or state.schema != SCHEMA_VERSION or engine.count() != state.rows:
        if engine.count() and (settings.is_read_only() or not os.access(path.parent, os.W_OK)):
            _LOG.warning(
                "kho chỉ đọc: chỉ mục có thể cũ hơn kho (read-only: the index may be older than the base)"
            )
            return state
        # Reading the base loads its library, which a search of an index that is up to date need not.
        import_module("kb.search.sync").follow_base(settings, engine, path)
        engine.refresh()
        state = _read_state(path)
    return state


class _Follower:
    """Brings indexes up to date beside what goes on, one at a time and for a small part of the time."""

    def __init__(self) -> None:
        self._busy = Lock()
        self._rest_until = 0.0

    def follow(self, settings: Settings) -> None:
        """Begin, unless it is being done already or was just done: while documents pour in, some wait for more."""
        if time.monotonic() < self._rest_until or not self._busy.acquire(blocking=False):
            return
        Thread(target=self._run, args=(settings,), name="index", daemon=True).start()

    def _run(self, settings: Settings) -> None:
        time.sleep(_PAUSE)
        began = time.monotonic()
        try:
            refresh_index(settings)
        finally:
            now = time.monotonic()
            self._rest_until = now + _SHARE * (now - began)
            self._busy.release()


#: Seconds in which the search that noticed is answered.
_PAUSE = 0.2
#: How many times as long as it takes to follow a base one rests before following it again.
_SHARE = 4
_FOLLOWER = _Follower()


def _read_state(path: Path) -> IndexState:
    """The state of an index, read again only when it was written again."""
    try:
        written = path.stat().st_mtime_ns
    except OSError:
        return IndexState()
    known = _STATES.get(path)
    if known is None or known[0] != written:
        known = _STATES[path] = (written, read_state(path))
    return known[1]


def _meaning_of(settings: Settings) -> Meaning | None:
    """What the passages of a home mean, where they were read; loading it costs nothing where they were not."""
    path = meaning_path(settings)
    if path not in _MEANINGS and path.exists():
        _MEANINGS[path] = import_module("kb.search.meaning").open_meaning(path)
    return _MEANINGS.get(path)


_LOCK = Lock()
_MEANINGS: dict[Path, Meaning | None] = {}
_SHARED: dict[Settings, Engine] = {}
_STATES: dict[Path, tuple[int, IndexState]] = {}
