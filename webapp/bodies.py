"""Bodies of requests that come slowly: they hold few threads of the server, and none for long.

A thread that reads a body waits for whoever sends it. Some dozens of connections that send a byte now and then
would hold all threads, and nobody would be answered any more. So only some bodies are awaited at a time, each
has to come at a pace, and what waits for it is a thread of its own that can be left behind.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import Any

from werkzeug.exceptions import RequestTimeout, ServiceUnavailable

App = Callable[..., Iterable[bytes]]

#: Seconds that a body may keep one waiting, and bytes a second that it has to come with beyond that.
PATIENCE, PACE = 20.0, 8_000
_PIECE = 1 << 16


def await_bodies(app: App, at_once: int, patience: float = PATIENCE) -> App:
    """An application that awaits so many bodies at a time; one too many is refused, one too slow is given up."""
    slots = BoundedSemaphore(at_once)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"] = Body(environ["wsgi.input"], environ.get("CONTENT_LENGTH"), slots, patience)
        try:
            return app(environ, start_response)
        finally:
            body.let_go()

    return answer


class Body:
    """A body that is read piece by piece by a thread of its own, which begins with the first piece."""

    def __init__(self, source: Any, length: str | None, slots: BoundedSemaphore, patience: float) -> None:  # noqa: ANN401
        self._source = source
        self._left = int(length) if length and length.isdecimal() else None
        self._slots, self._patience = slots, patience
        self._wanted: SimpleQueue[int | None] = SimpleQueue()
        self._read: SimpleQueue[bytes | Exception] = SimpleQueue()
        self._began = 0.0
        self._received = 0
        self._held = False
        self._over = self._left == 0
        self._failure: Exception | None = None
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """So many bytes or fewer, none at the end; all that are left without a size."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(_PIECE), b""))
        if self._rest:
            piece, self._rest = self._rest[:size], self._rest[size:]
            return piece
        if self._failure:
            raise self._failure
        return b"" if self._over or not size else self._next(size)

    def readline(self, size: int = -1) -> bytes:
        """One line with its end, or so many bytes of it."""
        line = b""
        while b"\n" not in line and not 0 <= size <= len(line) and (piece := self.read(_PIECE)):
            line += piece
        end = line.find(b"\n") + 1 or len(line)
        end = min(end, size) if size >= 0 else end
        self._rest = line[end:] + self._rest
        return line[:end]

    def readlines(self, _: int = -1) -> list[bytes]:
        """All lines that are left."""
        return list(self)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def let_go(self) -> None:
        """Await nothing more."""
        if self._held:
            self._held = False
            self._wanted.put(None)
            self._slots.release()

    def _next(self, size: int) -> bytes:
        if not self._held:
            self._begin()
        self._wanted.put(size)
        allowed = self._began + self._patience + self._received / PACE - time.monotonic()
        try:
            got = self._read.get(timeout=max(allowed, 0.001))
        except Empty:
            got = RequestTimeout()
        if isinstance(got, Exception):
            self._failure = got
            self.let_go()
            raise got
        self._received += len(got)
        if not got or (self._left is not None and self._received >= self._left):
            self._over = True
            self.let_go()
        return got

    def _begin(self) -> None:
        if not self._slots.acquire(blocking=False):
            raise ServiceUnavailable(retry_after=3)
        self._held, self._began = True, time.monotonic()
        # Not awaited at the end of the program: who sends nothing is not waited for.
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while (size := self._wanted.get()) is not None:
            try:
                self._read.put(self._source.read(size))
            except Exception as error:  # noqa: BLE001 (told to the thread that asked)
                self._read.put(error)
