"""Bases that page and API tests ask."""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.pipeline import ingest_paths
from kb.settings import Settings

_CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"


def corpus_home(home: Path) -> Path:
    """A home with the shipped documents that are plain text, and nothing that takes long to read."""
    shutil.copytree(_made().name, home, dirs_exist_ok=True)
    return home


@lru_cache(maxsize=1)
def _made() -> TemporaryDirectory[str]:
    """The same, read once a session."""
    folder = TemporaryDirectory(prefix="cancu-", ignore_cleanup_errors=True)
    settings = Settings(Path(folder.name), f"sqlite:///{folder.name}/cancu.sqlite3")
    ingest_paths(settings, sorted(_CORPUS.glob("*.txt")), jobs=1)
    return folder
