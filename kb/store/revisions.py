"""Which state a base is in: a random word for each thing that others keep answers of, a new one after each write.

A number that counts writes would come again when a backup is restored; a random word never does. Two are kept: of
the `CONTENT`, on which the index and all pages rest, and of the `DESK`, what people set up, which pages show too.
The log of changes, sessions and the queue of uploads move neither: nothing that is kept rests on them.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Lock

from kb.settings import Settings, read_only_uri

_PREFIX = "sqlite:///"


class Touch(Enum):
    """What a write changes; one of the content changes the word of the desk too."""

    CONTENT = "content"
    DESK = "desk"
    NOTHING_KEPT = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """The words of a state; two equal ones are one state, in whatever process, whatever was restored."""

    content: str
    desk: str


def read_revision(settings: Settings) -> Revision | None:
    """The state of a base in a file; None where it cannot be told: a server, an older schema, no base yet.

    A connection of its own is asked each time whether another one has written: some microseconds.
    """
    if not settings.database_url.startswith(_PREFIX):
        return None
    path = Path(settings.database_url[len(_PREFIX) :])
    with _LOCK, suppress(sqlite3.Error, OSError):
        watch = _WATCHES.get(path)
        if watch is None or not watch.is_in_place():
            watch = _WATCHES[path] = _Watch(path)
        return watch.read()
    return None


class _Watch:
    """A connection that reads nothing but the revision, of one process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mark = self._marked()
        self._process = os.getpid()
        readable = Settings(path.parent, f"{_PREFIX}{path}").is_read_only()
        uri = read_only_uri(path) if readable else f"{path.absolute().as_uri()}?mode=rw"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._connection.isolation_level = None
        self._connection.execute("PRAGMA query_only = ON")
        self._version = -1
        self._told: Revision | None = None

    def is_in_place(self) -> bool:
        """Whether the file that was opened still lies there and was opened by this process."""
        return self._process == os.getpid() and self._mark == self._marked()

    def read(self) -> Revision:
        """The revision; its row is read only when something was committed since."""
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version or self._told is None:
            rows = dict(self._connection.execute("SELECT name, word FROM revisions").fetchall())
            self._told = Revision(rows[Touch.CONTENT.value], rows[Touch.DESK.value])
            self._version = version
        return self._told

    def _marked(self) -> tuple[int, int]:
        status = self._path.stat()
        return status.st_dev, status.st_ino


_LOCK = Lock()
_WATCHES: dict[Path, _Watch] = {}
