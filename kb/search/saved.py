"""Searches that a person keeps by name, in the home."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from kb.errors import NotFound
from kb.settings import Settings


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query under a name, with its filters and order; `in_force` is an ISO day or empty."""

    name: str
    query: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    made: str = ""
    in_force: str = ""


def list_saved(settings: Settings) -> list[SavedSearch]:
    """All saved searches, by name."""
    try:
        rows = json.loads(_path(settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    found = [
        SavedSearch(**{**row, "filters": {key: tuple(values) for key, values in row["filters"].items()}})
        for row in rows
    ]
    return sorted(found, key=lambda saved: saved.name.casefold())


def get_saved(settings: Settings, name: str) -> SavedSearch:
    """The search saved under a name."""
    for saved in list_saved(settings):
        if saved.name.casefold() == name.casefold():
            return saved
    raise NotFound(
        code="saved.absent", vi=f"chưa lưu tìm kiếm nào tên “{name}”", en=f"no search is saved as “{name}”"
    )


def keep_saved(settings: Settings, saved: SavedSearch) -> None:
    """Keep a search; one of the same name is replaced."""
    made = saved.made or datetime.now(UTC).isoformat(timespec="seconds")
    with _alone(settings):
        others = [each for each in list_saved(settings) if each.name.casefold() != saved.name.casefold()]
        _write(settings, [*others, replace(saved, made=made)])


def drop_saved(settings: Settings, name: str) -> None:
    """Forget a saved search."""
    with _alone(settings):
        gone = get_saved(settings, name)
        _write(settings, [each for each in list_saved(settings) if each != gone])


def _alone(settings: Settings) -> FileLock:
    """Of several people who keep something at once, in whatever process, none undoes what another one did."""
    path = _path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(path.with_suffix(".lock"))


def _write(settings: Settings, rows: list[SavedSearch]) -> None:
    path = _path(settings)
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    fresh.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(path)


def _path(settings: Settings) -> Path:
    return settings.home / "saved-searches.json"
