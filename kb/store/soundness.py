"""Is a base sound: its database, its schema, its originals."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass

from sqlalchemy import func, select, text

from kb.errors import StoreError
from kb.models import Document
from kb.store.codec import unpack
from kb.store.engine import said
from kb.store.originals import original_path
from kb.store.schema import REVISIONS, versions, works
from kb.store.store import Store


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: whether it holds, and what was found."""

    name: str
    holds: bool
    vi: str
    en: str


def check_base(store: Store) -> list[Check]:
    """What was checked in a base; all `holds` in a sound one."""
    return [
        Check("schema", True, f"lược đồ {REVISIONS[-1]}", f"schema {REVISIONS[-1]}"),
        _integrity(store),
        _references(store),
        _current(store),
        _payloads(store),
        _readings(store),
        _originals(store),
    ]


def _integrity(store: Store) -> Check:
    with said(), store.connect() as connection:
        if connection.dialect.name != "sqlite":
            return Check("integrity", True, "máy chủ cơ sở dữ liệu tự kiểm tra", "left to the database server")
        found = [row[0] for row in connection.execute(text("PRAGMA integrity_check"))]
    holds = found == ["ok"]
    return Check("integrity", holds, "cơ sở dữ liệu: " + found[0], "database: " + found[0])


def _references(store: Store) -> Check:
    with said(), store.connect() as connection:
        if connection.dialect.name != "sqlite":
            return Check("references", True, "máy chủ giữ ràng buộc", "kept by the database server")
        broken = len(connection.execute(text("PRAGMA foreign_key_check")).all())
    return Check("references", not broken, f"{broken} liên kết hỏng", f"{broken} broken references")


def _current(store: Store) -> Check:
    """Every work has exactly one text that is read."""
    count = select(func.count()).select_from(versions).where(versions.c.work_id == works.c.id, versions.c.current)
    with said(), store.connect() as connection:
        wrong = len(connection.execute(select(works.c.id).where(count.scalar_subquery() != 1)).all())
        held = connection.execute(select(func.count()).select_from(works)).scalar()
    return Check(
        "works",
        not wrong,
        f"{held} văn bản, {wrong} không có đúng một bản hiện hành",
        f"{held} documents, {wrong} without exactly one current text",
    )


def _payloads(store: Store) -> Check:
    bad = 0
    with said(), store.connect() as connection:
        for (payload,) in connection.execute(select(versions.c.payload)).yield_per(50):
            try:
                unpack(Document, payload)
            except (ValueError, TypeError, KeyError, zlib.error):
                bad += 1
    return Check("documents", not bad, f"{bad} văn bản không đọc lại được", f"{bad} documents cannot be read back")


def _readings(store: Store) -> Check:
    """Texts of an older reading are sound, but may lack what the program reads now."""
    old = len(store.old_hashes())
    return Check(
        "reading",
        True,
        f"{old} văn bản do phiên bản cũ của chương trình đọc{'; đọc lại: cancu ingest --again' if old else ''}",
        f"{old} documents read by an older version{'; to read them anew: cancu ingest --again' if old else ''}",
    )


def _originals(store: Store) -> Check:
    missing = wrong = 0
    kept = store.kept_files()
    for sha256 in kept:
        try:
            with original_path(store.settings.home, sha256).open("rb") as file:
                wrong += hashlib.file_digest(file, "sha256").hexdigest() != sha256
        except OSError:
            missing += 1
    return Check(
        "originals",
        not (missing or wrong),
        f"{len(kept)} tệp gốc, thiếu {missing}, sai mã băm {wrong}",
        f"{len(kept)} originals, {missing} missing, {wrong} with a wrong hash",
    )


def refusal_check(error: StoreError) -> Check:
    """The check that failed when a base cannot even be opened."""
    return Check(error.code, False, error.vi, error.en)
