"""Pages made in the order of their asking, few at a time.

Threads of one process share one interpreter: twelve pages made side by side are each ready as late as the
last. One after the other, the first is ready after a twelfth of that time and nobody waits longer; two at a
time, since one may wait for the disk. What takes long or waits for another process (checks, uploads, streams,
pictures) stands in no line.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import ParamSpec, TypeVar

from webapp.current import current_settings

_AT_ONCE = 2
P = ParamSpec("P")
R = TypeVar("R")


class Line:
    """Lets so many through at a time, whoever came first.

    >>> line = Line(1)
    >>> with line:
    ...     "served"
    'served'
    """

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: deque[Lock] = deque()
        self._lock = Lock()

    def __enter__(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        mine.acquire()  # let go by whoever is ready before

    def __exit__(self, *_: object) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1


_LINE = Line(_AT_ONCE)


def in_turn(view: Callable[P, R]) -> Callable[P, R]:
    """A view that waits for its turn; not over a server, where most of a page is waiting for an answer."""

    @wraps(view)
    def wait(*args: P.args, **values: P.kwargs) -> R:
        if not current_settings().database_url.startswith("sqlite"):
            return view(*args, **values)
        with _LINE:
            return view(*args, **values)

    return wait
