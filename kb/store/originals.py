"""Original files, kept by hash under the home: ``originals/ab/abcdef...``."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_FOLDER = "originals"
#: Beginning of the names of files that are still being written.
PARTIAL = ".partial-"


def original_path(home: Path, sha256: str) -> Path:
    """Where the file with this hash is kept."""
    return home / _FOLDER / sha256[:2] / sha256


def keep_original(home: Path, sha256: str, data: bytes) -> Path:
    """Write a file under its hash and return its place; a kill leaves the whole file or none."""
    path = original_path(home, sha256)
    if path.exists() and path.stat().st_size == len(data):
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=PARTIAL, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path
