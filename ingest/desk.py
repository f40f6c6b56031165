"""The one worker that takes files out of the inbox: a thread, under a lock that all processes of a home share."""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from ingest.inbox import adopt_files, forget_data, inbox_folder, named_copy
from ingest.pipeline import AGAIN, REFUSED, UNCHANGED, Verdict, ingest_paths
from ingest.relate import relate_works
from ingest.worker import shown_path
from kb.errors import CanCuError, system_reason
from kb.settings import Settings
from kb.store.inbox import (
    Item,
    claim_items,
    finish_items,
    held_bytes,
    note_verdict,
    put_back,
)
from kb.store.store import Store, open_store

_LOG = logging.getLogger(__name__)

#: Files read in one go; their links are worked out together at the end of it.
BATCH = 32
#: A file that took the program down this often is refused: twice beside others, twice alone, since a kill from
#: outside strikes a file that is not to blame.
TRIES = 4

_GATE = threading.Lock()
_THREADS: dict[Settings, threading.Thread] = {}
_WANTED: set[Settings] = set()
_TROUBLE: dict[Settings, CanCuError] = {}


def wake(settings: Settings) -> None:
    """See to it that somebody works on the inbox of a home; comes back at once."""
    with _GATE:
        _WANTED.add(settings)
        thread = _THREADS.get(settings)
        if thread is None or not thread.is_alive():
            name = f"cancu-inbox-{settings.home.name}"
            thread = threading.Thread(target=_serve, args=(settings,), name=name, daemon=True)
            _THREADS[settings] = thread
            thread.start()


def trouble(settings: Settings) -> CanCuError | None:
    """What stopped the worker of this process the last time; None when it went well."""
    return _TROUBLE.get(settings)


def rest(settings: Settings, timeout: float) -> bool:
    """Wait until the worker of this process has nothing to do; False when it still has after `timeout` seconds."""
    thread = _THREADS.get(settings)
    if thread is not None:
        thread.join(timeout)
        return not thread.is_alive()
    return True


def work_through(settings: Settings) -> int:
    """Ingest what waits in the inbox, until nothing does; how many files that were.

    Waits while another process is at it. Raises `StoreError` when the base cannot be written; the files go on
    waiting then.
    """
    count = 0
    with open_store(settings) as store:
        inbox_folder(store).mkdir(parents=True, exist_ok=True)
        with FileLock(inbox_folder(store) / ".lock", poll_interval=0.2):
            adopt_files(store)
            if store.has_news():
                relate_works(store)
            while items := claim_items(store, BATCH):
                _work(store, items)
                count += len(items)
    return count


def _serve(settings: Settings) -> None:
    """The life of the thread: work until nobody has asked for more."""
    while True:
        with _GATE:
            if settings not in _WANTED:
                del _THREADS[settings]
                return
            _WANTED.discard(settings)
        try:
            work_through(settings)
            _TROUBLE.pop(settings, None)
        except CanCuError as error:
            _TROUBLE[settings] = error
            _LOG.warning("%s (%s)", error.vi, error.en)
        except OSError as error:
            why = system_reason(error)
            _TROUBLE[settings] = CanCuError("inbox.disk", f"hộp tệp đến: {why}", f"the inbox: {why.en}")
            _LOG.warning("inbox: %s", why.en)


def _work(store: Store, items: list[Item]) -> None:
    done: dict[str, Item] = {}
    paths: dict[str, tuple[Path, Item]] = {}
    for item in items:
        held = held_bytes(store, item.sha256) if item.tries == 1 else None
        path = named_copy(store, item)
        if item.tries > TRIES:
            done[item.id] = _refused(item, "inbox.crash", *_CRASH)
        elif held:
            vi, en = _HELD
            done[item.id] = replace(item, verdict=UNCHANGED, work=held[0], version=held[1], vi=vi, en=en)
        elif path is None:
            done[item.id] = _refused(item, "inbox.gone", *_GONE)
        else:
            paths[shown_path(path)] = (path, item)

    def note(_: int, __: int, verdict: Verdict) -> None:
        if verdict.path in paths:
            told = done[paths[verdict.path][1].id] = _told(paths[verdict.path][1], verdict)
            note_verdict(store, told)

    for item in done.values():
        note_verdict(store, item)
    if paths:
        try:
            again = any(item.tries > 1 for _, item in paths.values())
            jobs = max(1, (os.cpu_count() or 2) - 1)
            ingest_paths(store.settings, [path for path, _ in paths.values()], jobs, note, again=again, renew=True)
        except CanCuError:
            put_back(store, [item.id for item in items])
            raise
    for item in items:
        done.setdefault(item.id, _refused(item, "inbox.gone", *_GONE))
    finish_items(store, list(done.values()))
    for item in done.values():
        if item.verdict != REFUSED:
            forget_data(store, item.id)


def _told(item: Item, verdict: Verdict) -> Item:
    return replace(
        item,
        verdict=AGAIN if verdict.again else verdict.verdict,
        work=verdict.work,
        version=verdict.version,
        code=verdict.code or "",
        vi=verdict.vi,
        en=verdict.en,
        perhaps=verdict.perhaps,
        pages=verdict.pages,
        problems=verdict.problems,
    )


def _refused(item: Item, code: str, vi: str, en: str) -> Item:
    return replace(item, verdict=REFUSED, code=code, vi=vi, en=en)


_HELD = ("tệp này đã có trong kho", "this very file is held already")
_GONE = ("tệp trong hộp đến không còn; hãy nạp lại", "the file in the inbox is gone; upload it again")
_CRASH = (
    f"tệp này đã {TRIES} lần làm chương trình dừng giữa chừng nên không được đọc nữa",
    f"this file has stopped the program {TRIES} times and is not read any more",
)
