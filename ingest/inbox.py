"""Files handed in by the pages: on the disk first, under the home, before anything is done with them.

``inbox/<id>/data`` holds the bytes, ``inbox/<id>/upload.json`` what is known of them; the folder appears under
its name only when both are whole. A kill between the folder and its row in the queue loses nothing: `adopt_files`
finds folders without a row.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
import unicodedata
import uuid
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from ingest.pipeline import REFUSED
from kb.store.engine import said
from kb.store.inbox import DONE, Item, add_item, finish_items, known_items
from kb.store.store import Store

#: Bytes of the largest file that the pages take.
FILE_LIMIT = 64 * 1024 * 1024
#: A folder that is still being filled has this before its name.
PARTIAL = ".partial-"

_NAME_BYTES = 180
_STALE = 24 * 3600
_CHUNK = 1 << 20
_KEPT_IN_ROW = ("id", "batch", "position", "name", "size", "sha256", "who", "received")


def new_batch() -> str:
    """A name for the files of one upload."""
    return uuid.uuid4().hex


def clean_name(name: str) -> str:
    r"""The last part of a file's name, without what could lead out of a folder or hide what it is.

    >>> clean_name("../../etc/báo cáo.txt"), clean_name("C:\\máy\\bao\x00cao\u202etxt.exe"), clean_name("..")
    ('báo cáo.txt', 'baocaotxt.exe', 'khong-ten')
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    words = " ".join(shown.split())
    if not words.strip(". "):
        return "khong-ten"
    while len(words.encode()) > _NAME_BYTES:
        stem, dot, suffix = words.rpartition(".")
        words = f"{stem[:-1]}.{suffix}" if dot and stem and len(suffix) < 12 else words[:-1]
    return words


def receive_file(store: Store, batch: str, position: int, name: str, who: str, file: IO[bytes]) -> Item:
    """Keep an uploaded file and put it into the queue; one that is too big is refused at once and not kept."""
    made = datetime.now(UTC).isoformat(timespec="milliseconds")
    item = Item(uuid.uuid4().hex, batch, position, clean_name(name), 0, "", who, made)
    folder = inbox_folder(store) / f"{PARTIAL}{item.id}"
    with said():
        folder.mkdir(parents=True)
        try:
            size, sha256 = _write(folder / "data", file)
            item = Item(item.id, batch, position, item.name, size, sha256, who, made)
            if size > FILE_LIMIT:
                return _refuse_size(store, item)
            facts = {name: value for name, value in asdict(item).items() if name in _KEPT_IN_ROW}
            _write_text(folder / "upload.json", json.dumps(facts, ensure_ascii=False))
            folder.rename(folder.with_name(item.id))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    add_item(store, item)
    return item


def inbox_folder(store: Store) -> Path:
    """Where files wait."""
    return store.settings.home / "inbox"


def kept_data(store: Store, name: str) -> Path | None:
    """The bytes of a file that is still kept in the inbox."""
    path = inbox_folder(store) / name / "data"
    return path if re.fullmatch(r"[0-9a-f]{32}", name) and path.is_file() else None


def named_copy(store: Store, item: Item) -> Path | None:
    """The bytes of a file under its own name, for a reader; None when they are gone."""
    data = kept_data(store, item.id)
    if data is None:
        return None
    path = data.with_name("named") / item.name
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        try:
            os.link(data, path)
        except OSError:
            shutil.copyfile(data, path)
    return path


def forget_data(store: Store, name: str) -> None:
    """Drop the bytes of a file; of one that was loaded the base keeps the original."""
    if re.fullmatch(r"[0-9a-f]{32}", name):
        shutil.rmtree(inbox_folder(store) / name, ignore_errors=True)


def adopt_files(store: Store) -> None:
    """Put files into the queue that a kill left without a row; clear away what is done or was never whole."""
    known = known_items(store)
    for folder in _folders(inbox_folder(store)):
        if folder.name.startswith(PARTIAL):
            if time.time() - folder.stat().st_mtime > _STALE:
                shutil.rmtree(folder, ignore_errors=True)
        elif folder.name not in known:
            facts = json.loads((folder / "upload.json").read_text(encoding="utf-8"))
            add_item(store, Item(**facts))
        elif known[folder.name][0] == DONE and known[folder.name][1] != REFUSED:
            forget_data(store, folder.name)


def _folders(inbox: Path) -> Iterator[Path]:
    if inbox.is_dir():
        yield from sorted(path for path in inbox.iterdir() if path.is_dir())


def _refuse_size(store: Store, item: Item) -> Item:
    refused = Item(
        **{name: getattr(item, name) for name in _KEPT_IN_ROW},
        state=DONE,
        verdict=REFUSED,
        code="file.size",
        vi=f"tệp lớn hơn {FILE_LIMIT >> 20} MB, giới hạn của một tệp; hãy nạp bằng lệnh cancu ingest",
        en=f"the file is larger than {FILE_LIMIT >> 20} MB, the limit for one; use the command cancu ingest",
    )
    add_item(store, refused)
    finish_items(store, [refused])
    return refused


def _write(path: Path, file: IO[bytes]) -> tuple[int, str]:
    """Size and hash of what was written; of a file that is too big, only its beginning."""
    size, digest = 0, hashlib.sha256()
    with path.open("wb") as sink:
        while size <= FILE_LIMIT and (some := file.read(_CHUNK)):
            sink.write(some)
            digest.update(some)
            size += len(some)
        sink.flush()
        os.fsync(sink.fileno())
    return size, digest.hexdigest()


def _write_text(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as sink:
        sink.write(text)
        sink.flush()
        os.fsync(sink.fileno())
