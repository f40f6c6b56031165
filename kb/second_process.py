"""Work that a second process does meanwhile, where a second core is free for it."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TypeVar, cast

Result = TypeVar("Result")
#: Of so many characters a text is long: with a shorter one a process costs more than it saves.
_LONG = 60_000


def meanwhile(work: Callable[[], Result], *, on: str) -> Callable[[], Result]:
    """Begin some work on a text in a second process; what comes back gives its result, and waits for it.

    Where the text is short or no second core is free, where the process has threads or the system no `os.fork`,
    and where the second process fails, the work is done by this one when its result is asked for. So the result
    must be one that can be pickled, and must not depend on where it is made.

    >>> text = "công văn số 12"
    >>> words = meanwhile(text.split, on=text)
    >>> words()
    ['công', 'văn', 'số', '12']
    """
    if len(on) < _LONG or not _has_room():
        return work
    sys.stdout.flush()
    sys.stderr.flush()
    source, sink = os.pipe()
    try:
        child = os.fork()
    except OSError:  # too many processes, or too little memory for one more
        os.close(source)
        os.close(sink)
        return work
    if child == 0:
        try:
            os.close(source)
            with os.fdopen(sink, "wb") as out:
                out.write(pickle.dumps(work(), pickle.HIGHEST_PROTOCOL))
        finally:
            os._exit(0)  # nothing of what the first process still has to write or close is this one's
    os.close(sink)

    def result() -> Result:
        try:
            with os.fdopen(source, "rb") as told:
                return cast(Result, pickle.load(told))
        except (EOFError, pickle.UnpicklingError):
            return work()
        finally:
            with suppress(ChildProcessError):  # where ended processes are not kept for anybody
                os.waitpid(child, 0)

    return result


def from_both_ends(pieces: Sequence[Callable[[], Result]], *, on: str) -> list[Result]:
    """The results of pieces of work on a text; a second process begins with the last, and both meet on the way.

    Pieces that share much of their work stand best beside each other. The results are in the order of the pieces,
    whoever made them; a piece that stopped by an exception has none.

    >>> text = "7 tổ"
    >>> from_both_ends([text.split, lambda: [text[9]], lambda: [text[0]]], on=text)
    [['7', 'tổ'], ['7']]
    """
    left, put = os.pipe()
    os.write(put, bytes(len(pieces)))  # a byte for each piece: whoever takes one does the next piece from its end
    os.close(put)

    def done(places: Iterable[int]) -> dict[int, Result]:
        found = {}
        for at in places:
            if not os.read(left, 1):
                break
            with suppress(Exception):
                found[at] = pieces[at]()
        return found

    others = meanwhile(lambda: done(reversed(range(len(pieces)))), on=on)
    found = done(range(len(pieces))) | others()
    os.close(left)
    return [found[at] for at in sorted(found)]


def _has_room() -> bool:
    forks = hasattr(os, "fork") and hasattr(os, "sched_getaffinity") and threading.active_count() == 1
    return forks and len(os.sched_getaffinity(0)) > 1
