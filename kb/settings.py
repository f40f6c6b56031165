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

    def base_file(self) -> Path | None:
        """The file of a base that lives in one; None for a server or a base in memory."""
        name = self.database_url.partition("sqlite:///")[2]
        return Path(name) if name else None

    def is_read_only(self) -> bool:
        """Whether the base is there and may be read but not written: a home on a medium, or of somebody else."""
        file = self.base_file()
        if file is None or not os.access(file, os.R_OK):
            return False
        return not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))


def read_only_uri(file: Path) -> str:
    """How SQLite opens the file of a base that it may not write.

    Readers of a base that is being written share what the writer keeps beside it; without a writer SQLite would
    make those files itself, unless it is told that nobody changes the base.
    """
    written = Path(f"{file}-wal").exists() and Path(f"{file}-shm").exists()
    return f"{file.absolute().as_uri()}?mode=ro{'' if written else '&immutable=1'}"
