"""Visitors spread evenly over the worker processes.

A connection stays with the worker that happened to accept it, so that of sixteen clients eleven may wait in one
line while five wait in the other. A worker whose line is longer than another's by two or more answers and closes
the connection: the client opens the next one by itself, and it is accepted anew.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable
from ctypes import Array, c_int
from multiprocessing.sharedctypes import RawArray
from threading import Lock
from typing import Any

#: How much longer than the shortest line one may be.
_LONGER = 1
App = Callable[..., Iterable[bytes]]


class Lines:
    """How many requests each of some worker processes is answering; memory that they share."""

    def __init__(self, workers: int) -> None:
        self.pids: Array[c_int] = RawArray(c_int, workers)
        self.counts: Array[c_int] = RawArray(c_int, workers)
        self._claiming = multiprocessing.get_context("spawn").Lock()

    def claim(self, process: int) -> int | None:
        """The place of a process: a free one, or that of a worker that is no more; None where there is none."""
        with self._claiming:
            for place, pid in enumerate(self.pids):
                if pid == 0 or not _lives(pid):
                    self.pids[place], self.counts[place] = process, 0
                    return place
        return None


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def spread_evenly(app: App, lines: Lines) -> App:
    """An application that sends clients on while the line of this process is the longer one."""
    place = lines.claim(os.getpid())
    if place is None or len(lines.counts) < 2:
        return app
    counts, lock = lines.counts, Lock()

    def count(step: int) -> None:
        with lock:
            counts[place] += step

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            if counts[place] - min(counts) > _LONGER and environ.get("SERVER_PROTOCOL") == "HTTP/1.1":
                headers = [*headers, ("Connection", "close")]
            return start_response(status, headers, *rest)

        count(1)
        try:
            # What streams goes on after this; it stands in no line.
            return app(environ, start)
        finally:
            count(-1)

    return answer
