"""Worker processes, each with one file at a time.

A pool of the standard library ends as a whole when one of its processes dies; here the file that killed
its worker, or kept it too long, is named, and a fresh worker takes the next one.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from ingest.worker import Refusal, serve_files
from kb.store.prepared import Prepared

# A fresh process everywhere: a fork of a program with threads (the web server) may hang.
_CONTEXT = multiprocessing.get_context("spawn")
_TICK = 0.5


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    path: Path | None = None
    since: float = 0.0


class Crew:
    """`jobs` processes that read files; a context manager that leaves none behind."""

    def __init__(self, home: Path, jobs: int, timeout: float, debug: bool = False) -> None:
        self._home, self._jobs, self._timeout, self._debug = home, max(1, jobs), timeout, debug
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.pipe.close()
            if kind is not None:
                worker.process.kill()
        for worker in self._workers:
            worker.process.join(5)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._workers.clear()

    def read(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Prepared | Refusal, float]]:
        """Each path with what came of it and the seconds it took, in the order of `paths`.

        The order makes a batch come out the same whatever the number of workers. At most four answers a
        worker wait for their turn, so memory stays bounded.
        """
        todo = iter(paths)
        order: deque[Path] = deque()
        done: dict[Path, tuple[Prepared | Refusal, float]] = {}
        more = True
        while more or order:
            while more and self._free() and len(order) < 4 * self._jobs:
                path = next(todo, None)
                if path is None:
                    more = False
                    break
                order.append(path)
                self._start(path)
            done.update(self._collect())
            while order and order[0] in done:
                path = order.popleft()
                yield path, *done.pop(path)

    def _free(self) -> bool:
        return len(self._workers) < self._jobs or any(worker.path is None for worker in self._workers)

    def _start(self, path: Path) -> None:
        idle = next((worker for worker in self._workers if worker.path is None), None) or self._hire()
        idle.path, idle.since = path, time.monotonic()
        try:
            idle.pipe.send(str(path))
        except OSError:
            # It died while idle: the file is not to blame, another worker takes it.
            self._dismiss(idle)
            self._start(path)

    def _hire(self) -> _Worker:
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=serve_files, args=(theirs, self._home, self._debug), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)

    def _collect(self) -> Iterator[tuple[Path, tuple[Prepared | Refusal, float]]]:
        busy = {worker.pipe: worker for worker in self._workers if worker.path is not None}
        ready = set(wait(list(busy), _TICK)) if busy else set()
        for worker in [busy.pop(pipe) for pipe in list(busy) if pipe in ready]:
            yield self._answer(worker)
        now = time.monotonic()
        for worker in busy.values():
            if worker.path is not None and now - worker.since > self._timeout:
                path, took = worker.path, now - worker.since
                self._dismiss(worker)
                yield path, (_too_long(self._timeout), took)

    def _answer(self, worker: _Worker) -> tuple[Path, tuple[Prepared | Refusal, float]]:
        path, took = worker.path, time.monotonic() - worker.since
        if path is None:
            raise AssertionError(worker)
        try:
            result: Prepared | Refusal = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            code = worker.process.exitcode
            self._dismiss(worker)
            return path, (_died(code), took)
        worker.path = None
        return path, (result, took)


def _too_long(timeout: float) -> Refusal:
    return Refusal(
        "file.timeout",
        f"đọc quá {timeout:.0f} giây nên bị dừng; tăng giới hạn bằng --timeout",
        f"stopped after {timeout:.0f} seconds; --timeout raises the limit",
    )


def _died(code: int | None) -> Refusal:
    how_vi, how_en = (
        (f"tín hiệu {-code}", f"signal {-code}") if code and code < 0 else (f"mã {code}", f"status {code}")
    )
    return Refusal(
        "file.crash",
        f"tiến trình đọc tệp dừng đột ngột ({how_vi}); các tệp khác vẫn được nạp",
        f"the process reading the file died ({how_en}); the other files go on",
    )
