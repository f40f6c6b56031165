"""A base as one file, and back: database, originals, and a list of hashes that is checked."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing, suppress
from pathlib import Path, PurePosixPath

from sqlalchemy import make_url

from kb.errors import StoreError
from kb.settings import Settings
from kb.store.engine import read_error, said
from kb.store.originals import original_path
from kb.store.schema import REVISIONS
from kb.store.store import open_store

_MANIFEST, _DATABASE = "manifest.json", "cancu.sqlite3"
#: What people keep in a home beside the base: saved searches, what is set aside, kept checks, files that wait.
_KEPT = ("*.json", "checks/*/data", "checks/*/run.json", "inbox/*/data", "inbox/*/upload.json")
_NAME_RE = re.compile(
    r"cancu\.sqlite3|originals/[0-9a-f]{2}/[0-9a-f]{64}|(?!manifest)[a-z-]{1,40}\.json|checks/[0-9a-f]{16}/(?:data|run\.json)"
    r"|inbox/[0-9a-f]{32}/(?:data|upload\.json)"
)
_CHUNK = 1 << 20
# What a file that is no archive of ours can raise while it is read.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    TypeError,
    EOFError,
    AttributeError,
    RuntimeError,
)


def backup_base(settings: Settings, target: Path) -> int:
    """Write a base to one file and return how many originals it holds; others may go on writing meanwhile."""
    database = _database(settings)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    try:
        with said(), tempfile.TemporaryDirectory(dir=target.parent) as folder:
            copy = Path(folder) / _DATABASE
            with open_store(settings):  # an old base is brought up to date, a newer one refused
                pass
            # The database first: originals are kept before their rows, so every row finds its file.
            with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as sink:
                source.backup(sink)
                kept = [row[0] for row in sink.execute("SELECT sha256 FROM files ORDER BY sha256")]
            _write_archive(settings, copy, kept, partial)
            partial.replace(target)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return len(kept)


def restore_base(settings: Settings, archive: Path, force: bool = False) -> int:
    """Bring a base back and return how many originals it holds; nothing is touched until all hashes are right."""
    _database(settings)
    home = settings.home
    occupied = home.exists() and any(home.iterdir())
    if occupied and not force:
        raise StoreError(
            code="restore.occupied",
            vi=f"thư mục {home} đã có dữ liệu; dùng --force để thay thế",
            en=f"the folder {home} has data in it; --force replaces it",
        )
    home.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.parent))
    try:
        count = _unpack(archive, fresh)
        if occupied:
            old = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.parent))
            home.replace(old)
            fresh.replace(home)
            shutil.rmtree(old)
        else:
            fresh.replace(home)
    except OSError as error:
        raise read_error(error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    home.chmod(0o755)
    with open_store(settings):  # an older schema is brought up to date
        return count


def verify_backup(archive: Path) -> int:
    """How many originals a backup holds; raises `StoreError` unless every file in it has its hash."""
    with tempfile.TemporaryDirectory(prefix="cancu-verify-", dir=archive.parent) as folder:
        return _unpack(archive, Path(folder))


def _database(settings: Settings) -> Path:
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise StoreError(
            code="backup.server",
            vi="kho dùng máy chủ cơ sở dữ liệu: sao lưu bằng công cụ của máy chủ (pg_dump) và thư mục originals",
            en="the base uses a database server: back it up with its tool (pg_dump), and the folder originals",
        )
    return Path(url.database)


def _write_archive(settings: Settings, database: Path, kept: list[str], target: Path) -> None:
    hashes = {_DATABASE: _hash(database)}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(database, _DATABASE)
        for sha256 in kept:
            path = original_path(settings.home, sha256)
            if not path.is_file() or _hash(path) != sha256:
                raise StoreError(
                    code="backup.original",
                    vi=f"tệp gốc {sha256[:12]} bị thiếu hoặc hỏng: chạy cancu doctor",
                    en=f"the original {sha256[:12]} is missing or damaged: run cancu doctor",
                )
            name = f"originals/{sha256[:2]}/{sha256}"
            archive.write(path, name)
            hashes[name] = sha256
        for path in sorted(path for pattern in _KEPT for path in settings.home.glob(pattern)):
            name = path.relative_to(settings.home).as_posix()
            if _NAME_RE.fullmatch(name):
                data = path.read_bytes()
                archive.writestr(name, data)
                hashes[name] = hashlib.sha256(data).hexdigest()
        manifest = {"format": 1, "schema": REVISIONS[-1], "sha256": hashes}
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))


def _unpack(path: Path, folder: Path) -> int:
    """Write the files of an archive into an empty folder, each checked against the manifest."""
    try:
        with zipfile.ZipFile(path) as archive:
            hashes: dict[str, str] = json.loads(archive.read(_MANIFEST))["sha256"]
            if set(archive.namelist()) != {*hashes, _MANIFEST} or not all(map(_NAME_RE.fullmatch, hashes)):
                raise _damaged(path)
            for name, expected in hashes.items():
                target = folder / PurePosixPath(name)
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as source, target.open("wb") as sink:
                    shutil.copyfileobj(source, sink, _CHUNK)
                if _hash(target) != expected:
                    raise _damaged(path)
    except _BROKEN as error:
        raise _damaged(path) from error
    if _DATABASE not in hashes:
        raise _damaged(path)
    return sum(name.startswith("originals/") for name in hashes)


def _damaged(path: Path) -> StoreError:
    return StoreError(
        code="restore.damaged",
        vi=f"{path} không phải bản sao lưu, hoặc đã hỏng; kho không bị thay đổi",
        en=f"{path} is no backup, or a damaged one; the base was not touched",
    )


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
