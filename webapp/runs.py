"""Files that people hand in, kept as they came in a folder of the home by their hash: runs of the check, lists."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kb.errors import NotFound

_FOLDER = "checks"
#: Lists that are looked at before they are loaded.
LISTS = "lists"
_FOUND = "found.json"


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its id, the name of its file, when it was first made (ISO 8601, UTC).

    `found`: how many findings of each severity there were when it was last looked at; None while it was not.
    `title`: what its document is called, as far as it was looked at.
    """

    id: str
    name: str
    made: str
    found: Mapping[str, int] | None = None
    title: str = ""


def keep_run(home: Path, name: str, data: bytes, inside: str = _FOLDER) -> str:
    """Keep a file for checking; its id. The same bytes are the same run."""
    run = hashlib.sha256(data).hexdigest()[:16]
    folder = home / inside / run
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "data", data)
    if not (folder / "run.json").exists():
        made = datetime.now(UTC).isoformat(timespec="seconds")
        _write(folder / "run.json", json.dumps({"name": name, "made": made}, ensure_ascii=False).encode())
    return run


def drop_run(home: Path, run: str, inside: str = _FOLDER) -> None:
    """Forget a run."""
    shutil.rmtree(home / inside / run, ignore_errors=True)


def load_run(home: Path, run: str, inside: str = _FOLDER) -> tuple[str, bytes]:
    """The name and the bytes of a run that is kept."""
    folder = home / inside / run
    try:
        facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        return facts["name"], (folder / "data").read_bytes()
    except FileNotFoundError as error:
        raise NotFound(
            code="run.absent", vi=f"không có lần kiểm tra “{run}”", en=f"there is no run “{run}”"
        ) from error


def list_runs(home: Path, inside: str = _FOLDER) -> list[Run]:
    """The runs kept, latest first."""
    found = []
    for path in (home / inside).glob("*/run.json"):
        facts = json.loads(path.read_text(encoding="utf-8"))
        told: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            told = json.loads((path.parent / _FOUND).read_text(encoding="utf-8"))
        found.append(Run(path.parent.name, facts["name"], facts["made"], told.get("found"), told.get("title", "")))
    return sorted(found, key=lambda run: run.made, reverse=True)


def tell_found(home: Path, run: str, title: str, counts: Mapping[str, int]) -> None:
    """Keep what the document of a run is called and how many findings of each severity it has, for the list."""
    keep_beside(home, run, _FOUND, json.dumps({"title": title, "found": counts}).encode())


def keep_beside(home: Path, run: str, name: str, data: bytes) -> None:
    """Keep what was made of the file of a run beside it; a home that may not be written to keeps nothing."""
    with suppress(OSError):
        _write(home / _FOLDER / run / name, data)


def read_beside(home: Path, run: str, name: str) -> bytes:
    """What was kept beside the file of a run; `OSError` where nothing was."""
    return (home / _FOLDER / run / name).read_bytes()


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(path)
