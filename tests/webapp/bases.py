"""Bases that page and API tests ask."""

from __future__ import annotations

from pathlib import Path

from ingest.pipeline import ingest_paths
from kb.settings import Settings

_CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"


def corpus_home(home: Path) -> Path:
    """A home with the shipped documents that are plain text, and nothing that takes long to read."""
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    ingest_paths(settings, sorted(_CORPUS.glob("*.txt")), jobs=1)
    return home
