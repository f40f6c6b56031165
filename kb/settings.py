"""Where a knowledge base lives: the one place that reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one knowledge base.

    Attributes:
        home: folder of the base (store, originals, index); ``CANCU_HOME``, else ``cancu-home``.
        database_url: SQLAlchemy URL; ``CANCU_DATABASE_URL``, else SQLite inside `home`.
        search_engine: ``tantivy``, ``whoosh`` or ``postgresql``; ``CANCU_SEARCH_ENGINE``, else what fits the base.
        query_log: whether queries without an answer are kept in `home`; ``CANCU_QUERY_LOG=off`` turns it off.
    """

    home: Path
    database_url: str
    search_engine: str = ""
    query_log: bool = True

    @classmethod
    def load(cls, home: str | Path | None = None) -> Settings:
        """Settings from the argument, else the environment, else the defaults."""
        folder = Path(home or os.environ.get("CANCU_HOME") or "cancu-home").expanduser().absolute()
        url = os.environ.get("CANCU_DATABASE_URL") or f"sqlite:///{folder / 'cancu.sqlite3'}"
        engine = os.environ.get("CANCU_SEARCH_ENGINE", "").strip().lower()
        log = os.environ.get("CANCU_QUERY_LOG", "").strip().lower() not in ("0", "off", "no", "false")
        return cls(folder, url, engine, log)
