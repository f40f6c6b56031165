"""A document read anew from the file that it came from, or from the original that the base keeps."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath

from kb.store.store import Store, VersionRow, not_held

_FOLDER = "again"


@contextmanager
def file_of(store: Store, work_id: str) -> Iterator[Path]:
    """The file of the current text of a work: where it was found, else a copy of the original, gone at the end."""
    text = next((one for one in store.versions(work_id) if one.current), None)
    if text is None:
        raise not_held(work_id)
    found = Path(text.path)
    try:
        yield found if found.is_file() else _copy(store, text)
    finally:
        shutil.rmtree(store.settings.home / _FOLDER, ignore_errors=True)


def _copy(store: Store, text: VersionRow) -> Path:
    """The original under its own name, which a document without a number is called by."""
    path = store.settings.home / _FOLDER / text.sha256[:12] / (PureWindowsPath(text.path).name or "van-ban")
    original = store.original(text.sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(original, path)
    except OSError:
        shutil.copyfile(original, path)
    return path
