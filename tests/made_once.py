"""What hundreds of tests would make anew, made once a session.

A base that nothing was written to becomes a copy of one that the program itself made, with its catalogue and its
index; processes that read files are forked from one that has loaded what they need. Programs that tests start
(`python -m webapp.cli …`) know nothing of this, nor do tests marked ``new_base``: they look at how a base is made.
"""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing
from functools import cache
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from graphs.update import update_within
from kb.search.home import refresh_index
from kb.settings import Settings
from kb.store.catalogue import load_shipped
from kb.store.engine import check_schema
from kb.store.store import Relate, Store, open_store

#: What a base holds before anything is written to it.
_OWN_TABLES = ("alembic_version", "revisions")


class MadeOnce:
    """Bases of which new ones are copies; `on` is false while a test wants its own."""

    def __init__(self, folder: Path) -> None:
        self.on = True
        self._folder = folder
        self.bare = cache(self._make_bare)
        self.filled = cache(self._make_filled)

    def _make_bare(self) -> Path:
        """A base with its schema alone."""
        self.on = False
        Store(_settings(self._folder / "bare")).close()
        self.on = True
        return self._folder / "bare" / "cancu.sqlite3"

    def _make_filled(self) -> tuple[Path, list[str]]:
        """A home with the shipped catalogue and its index, and the keys that the catalogue touches."""
        settings = _settings(self._folder / "filled")
        with Store(settings) as store:
            keys = load_shipped(store, update_within) or []
        refresh_index(settings)
        return settings.home, keys

    def check_schema(self, engine: Engine) -> None:
        """As `kb.store.engine.check_schema`."""
        file = Path(engine.url.database or "")
        if self.on and engine.dialect.name == "sqlite" and engine.url.database and not file.exists():
            shutil.copyfile(self.bare(), file)
        check_schema(engine)

    def load_shipped(
        self, store: Store, relate: Relate | None = None, about: Collection[str] | None = None
    ) -> list[str] | None:
        """As `kb.store.catalogue.load_shipped`."""
        file = store.settings.base_file()
        if not self.on or about is not None or relate is not update_within or file is None or not _is_new(file):
            return load_shipped(store, relate, about)
        made, keys = self.filled()
        with closing(sqlite3.connect(made / file.name)) as source, closing(sqlite3.connect(file)) as target:
            source.backup(target)
        if not (store.settings.home / "index").exists():
            shutil.copytree(made / "index", store.settings.home / "index")
        return keys

    def open_store(self, settings: Settings) -> Store:
        """As `kb.store.store.open_store` where documents are read into a base."""
        file = settings.base_file()
        if self.on and file is not None and not file.exists():
            self.fill(settings.home)
        return open_store(settings)

    def fill(self, home: Path) -> None:
        """Make a home with the shipped catalogue and its index."""
        shutil.copytree(self.filled()[0], home, ignore=shutil.ignore_patterns("*-shm"), dirs_exist_ok=True)


def _settings(home: Path) -> Settings:
    home.mkdir()
    return Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")


def _is_new(file: Path) -> bool:
    """Whether nothing was written to a base yet."""
    with closing(sqlite3.connect(file)) as base:
        names = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return not any(
            base.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()
            for (name,) in names.fetchall()
            if name not in _OWN_TABLES
        )


def reading_context() -> BaseContext:
    """Processes forked from one that has loaded what reading takes: half a second of the processor each."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ingest.worker"])
    return context


def install(folder: Path, patch: Callable[[str, Any], None]) -> MadeOnce:
    """Put copies in the place of what is made; `patch` is `pytest.MonkeyPatch.setattr`."""
    made = MadeOnce(folder)
    patch("kb.store.store.check_schema", made.check_schema)
    patch("graphs.base.load_shipped", made.load_shipped)
    patch("ingest.pipeline.open_store", made.open_store)
    patch("ingest.crew._CONTEXT", reading_context())
    return made
