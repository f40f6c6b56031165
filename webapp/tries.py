"""Tries counted in a small SQLite file of the home, so that they hold over all worker processes and threads.

A storage of the `limits` library, which counts for Flask-Limiter; it knows servers (Redis and the like) and the
memory of one process, but no file.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from limits.storage import Storage

#: The file in the home; what it holds is over within the hour and belongs in no backup.
FILE = "tries.sqlite3"
#: Seconds that a process waits for another one that is writing.
_PATIENCE = 5.0

_COUNT = """
    INSERT INTO tries (key, count, until) VALUES (:key, :amount, :until)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN until <= :now THEN :amount ELSE count + :amount END,
        until = CASE WHEN until <= :now THEN excluded.until ELSE until END
    RETURNING count
"""


class FileStorage(Storage):
    """Counters in a file: ``cancu-tries:///path/of/the/file``."""

    STORAGE_SCHEME = ["cancu-tries"]  # noqa: RUF012 (as the base class has it)

    def __init__(self, uri: str, wrap_exceptions: bool = False, **_: float | str | bool) -> None:
        """The file at the end of `uri`, made when the first try is counted."""
        super().__init__(uri, wrap_exceptions)
        self._path = Path(uri.partition("://")[2])

    @property
    def base_exceptions(self) -> type[Exception]:
        """What a file that cannot be read or written raises."""
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count more tries of a key, from 0 where its time is over; how many it has now."""
        now = time.time()
        told = {"key": key, "amount": amount, "until": now + expiry, "now": now}
        with self._open() as base:
            base.execute("DELETE FROM tries WHERE until <= ?", (now,))
            return int(base.execute(_COUNT, told).fetchone()[0])

    def get(self, key: str) -> int:
        """How many tries a key has."""
        row = self._row(key)
        return int(row[0]) if row else 0

    def get_expiry(self, key: str) -> float:
        """When the tries of a key are forgotten, in seconds since 1970."""
        row = self._row(key)
        return float(row[1]) if row else time.time()

    def check(self) -> bool:
        """Whether the file can be read and written."""
        try:
            with self._open() as base:
                base.execute("DELETE FROM tries WHERE until <= ?", (time.time(),))
        except sqlite3.Error:
            return False
        return True

    def reset(self) -> int | None:
        """Forget all tries; how many keys had some."""
        with self._open() as base:
            return base.execute("DELETE FROM tries").rowcount

    def clear(self, key: str) -> None:
        """Forget the tries of a key."""
        with self._open() as base:
            base.execute("DELETE FROM tries WHERE key = ?", (key,))

    def _row(self, key: str) -> tuple[int, float] | None:
        with self._open() as base:
            found: tuple[int, float] | None = base.execute(
                "SELECT count, until FROM tries WHERE key = ? AND until > ?", (key, time.time())
            ).fetchone()
            return found

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file inside one write transaction. It is opened each time: log-ins and checks are rare and slow."""
        base = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
        try:
            base.execute("PRAGMA synchronous = OFF")  # a count lost with the power is no harm
            base.execute("BEGIN IMMEDIATE")
            base.execute("CREATE TABLE IF NOT EXISTS tries (key TEXT PRIMARY KEY, count INTEGER, until REAL)")
            yield base
            base.execute("COMMIT")
        finally:
            base.close()
