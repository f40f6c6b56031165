"""What pages must not wait for: writes of others, long checks, streams that are left open."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from statistics import median
from urllib.parse import urlencode

from kb.settings import Settings
from kb.store.audit import record
from kb.store.store import open_store
from tests.benchmarks.texts import report_like

#: Characters of a pasted text, clients that search beside its check.
_LONG, _BESIDE = 64_000, 4


def run(settings: Settings, port: int, searches: Sequence[str]) -> None:
    """Searches right after a write, and beside the check of a long text."""
    after_writes(settings, port, searches)
    beside_a_check(port, searches)


def after_writes(settings: Settings, port: int, searches: Sequence[str]) -> None:
    """The search that comes right after something was written, against the one before it."""
    for name in ("log of changes", "documents or graph"):
        before, after = [], []
        for at in range(10):
            before.append(_spent(port, searches[at]))
            with open_store(settings) as store:
                if name == "log of changes":
                    record(store, "bench", "search.save", "x")
                else:
                    with store.transaction():
                        pass
            after.append(_spent(port, searches[at + 10]))
            time.sleep(1)
        print(
            f"{f'search right after a write to {name}':58} before {median(before):6.1f}"
            f"  after p50 {median(after):6.1f}  worst {max(after):6.1f} ms",
            flush=True,
        )


def beside_a_check(port: int, searches: Sequence[str]) -> None:
    """A check of 64,000 characters from sending to the page of findings, four clients searching all the while."""
    done = threading.Event()
    spent: list[float] = []

    def client(first: int) -> None:
        at = first
        while not done.is_set():
            spent.append(_spent(port, searches[at % len(searches)]))
            at += _BESIDE

    # A text that was checked before is not checked again: each is another one.
    texts = [report_like(2 * _LONG, seed=seed)[:_LONG] for seed in range(20, 25)]
    for text in texts[:2]:
        _check(port, text)
    threads = [threading.Thread(target=client, args=(number,)) for number in range(_BESIDE)]
    for thread in threads:
        thread.start()
    took = [_check(port, text) for text in texts[2:]]
    done.set()
    for thread in threads:
        thread.join()
    ordered = sorted(spent)
    checks = ", ".join(f"{one:.2f}" for one in took)
    p95 = ordered[int(len(ordered) * 0.95)]
    print(
        f"check of {_LONG} characters beside {_BESIDE} clients that search: {checks} s (goal 2);"
        f"  their p50 {median(ordered):.0f}  p95 {p95:.0f} ms",
        flush=True,
    )


def _spent(port: int, path: str) -> float:
    began = time.perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, f"{path}: {answer.status}"
    return (time.perf_counter() - began) * 1000


def _check(port: int, text: str) -> float:
    """Seconds until the page of findings is there."""
    began = time.perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        form = urlencode({"text": text})
        connection.request("POST", "/kiem-tra", form, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 303, answer.status
        connection.request("GET", answer.headers["Location"])
        shown = connection.getresponse()
        shown.read()
        assert shown.status == 200, shown.status
    return time.perf_counter() - began
