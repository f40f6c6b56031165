"""The connection to the database: SQLite inside the home, or another one by URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from kb.errors import StoreError
from kb.settings import Settings, read_only_uri
from kb.store.schema import REVISIONS, metadata

#: Milliseconds a writer waits for another; one transaction takes some ten of them.
BUSY_TIMEOUT = 60_000

_READINGS = (
    (
        ("database or disk is full", "No space left", "disk full"),
        "store.full",
        "ổ đĩa đã đầy: không ghi được vào kho; hãy giải phóng chỗ rồi chạy lại, phần đã ghi vẫn nguyên vẹn",
        "the disk is full: nothing more can be written; free some space and run again, what was written is sound",
    ),
    (
        ("locked", "busy"),
        "store.locked",
        "kho đang bị một tiến trình khác giữ quá lâu; hãy thử lại sau",
        "the base is held by another process for too long; try again later",
    ),
    (
        ("malformed", "not a database", "corrupt"),
        "store.damaged",
        "tệp cơ sở dữ liệu của kho bị hỏng; hãy khôi phục từ bản sao lưu (cancu restore)",
        "the database of the base is damaged; restore it from a backup (cancu restore)",
    ),
    (
        ("readonly", "read-only", "unable to open", "Permission denied"),
        "store.permission",
        "không mở hoặc ghi được kho: kiểm tra quyền của thư mục",
        "the base cannot be opened or written: check the permissions of its folder",
    ),
)


def make_engine(settings: Settings) -> Engine:
    """The engine for a base; folders are made, nothing is written yet."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise read_error(error) from error
    try:
        engine = create_engine(settings.database_url, **_opened_by(settings))
    except (ArgumentError, ImportError) as error:
        raise StoreError(
            code="store.url",
            vi=f"địa chỉ cơ sở dữ liệu không dùng được: {error}",
            en=f"the database URL cannot be used: {error}",
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_read_only if settings.is_read_only() else _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _opened_by(settings: Settings) -> dict[str, Callable[[], sqlite3.Connection]]:
    """What opens a base that may only be read; nothing for any other."""
    file = settings.base_file()
    if file is None or not settings.is_read_only():
        return {}
    return {"creator": lambda: sqlite3.connect(read_only_uri(file), uri=True, check_same_thread=False)}


def writing(engine: Engine) -> Engine:
    """The same engine whose transactions take the write lock at once.

    A transaction of SQLite that reads first and writes later fails at once, whatever the timeout, when
    another has written in between.
    """
    return engine.execution_options(cancu_write=True)


def file_mark(engine: Engine) -> tuple[int, int] | None:
    """What tells the file of a base from another that is put in its place; None for a server."""
    if engine.dialect.name != "sqlite":
        return None
    try:
        status = Path(engine.url.database or "").stat()
    except OSError:
        return (0, 0)
    return status.st_dev, status.st_ino


def check_schema(engine: Engine) -> None:
    """Create or upgrade the schema; refuse a base that a newer program wrote.

    A base in memory has no past to upgrade: its tables are made as they are described.
    """
    with said():
        if engine.dialect.name == "sqlite" and not engine.url.database:
            metadata.create_all(engine)
            return
        with engine.connect() as connection:
            if _revision(connection) == REVISIONS[-1]:
                return
        # Alembic is loaded only for a base that needs it: it doubles the time to open one.
        from kb.store.migrate import upgrade_schema  # noqa: PLC0415

        with writing(engine).begin() as connection:
            if _revision(connection) != REVISIONS[-1]:
                upgrade_schema(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found not in REVISIONS:
        raise StoreError(
            code="store.newer",
            vi=f"kho do phiên bản mới hơn của chương trình tạo (lược đồ {found}); hãy nâng cấp chương trình",
            en=f"a newer version of the program made this base (schema {found}); upgrade the program",
        )
    return found


@contextmanager
def said() -> Iterator[None]:
    """Errors of the database and the disk become a `StoreError` that says what to do."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise read_error(error) from error


def read_error(error: BaseException) -> StoreError:
    """What an error of the database means to a person."""
    words = str(error.orig if isinstance(error, DBAPIError) else error)
    for marks, code, vi, en in _READINGS:
        if any(mark.casefold() in words.casefold() for mark in marks):
            return StoreError(code, vi, en)
    return StoreError("store.failed", f"kho báo lỗi: {words}", f"the base failed: {words}")


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin_sqlite`
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_read_only(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("cancu_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
