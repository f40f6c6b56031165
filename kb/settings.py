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
    """

    home: Path
    database_url: str

    @classmethod
    def load(cls, home: str | Path | None = None) -> Settings:
        """Settings from the argument, else the environment, else the defaults."""
        folder = Path(home or os.environ.get("CANCU_HOME") or "cancu-home").expanduser().absolute()
        url = os.environ.get("CANCU_DATABASE_URL") or f"sqlite:///{folder / 'cancu.sqlite3'}"
        return cls(folder, url)
