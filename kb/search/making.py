"""Rows of the works of a base, made here or, where there are many, in several processes.

Reading and analysing documents costs three times what indexing them does, and a process uses one core for it.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager

from kb.errors import NotFound
from kb.search.facts import KnownWork
from kb.search.records import build_records
from kb.search.rows import Row, make_rows
from kb.settings import Settings
from kb.store.store import Store, open_store
from kb.vocabulary.abbreviations import find_definitions

#: With fewer held documents than this, starting processes takes longer than they save.
_MANY = 150
#: Documents that a process is handed at once, and the most processes: one writer takes no more.
_HANDED, _MOST_JOBS = 8, 4
#: Seconds after which a crew that does not answer is asked whether it lives.
_PATIENCE = 5.0

Made = tuple[list[Row], dict[str, str]]


def rows_of_works(
    store: Store, works: Sequence[KnownWork], learnt: dict[str, str], crew: Executor | None = None
) -> Iterator[Row]:
    """The rows of some works in their order; abbreviations that the documents define go to `learnt`."""
    made: Iterator[Made] = (
        (_make(store, (work,)) for work in works) if crew is None else _shared(store, works, crew)
    )
    for rows, words in made:
        learnt.update(words)
        yield from rows


def _shared(store: Store, works: Sequence[KnownWork], crew: Executor) -> Iterator[Made]:
    """What the crew makes, in order; what a process that died leaves behind is made here."""
    handed = [works[at : at + _HANDED] for at in range(0, len(works), _HANDED)]
    asked = [_asked(crew, some) for some in handed]
    for some, future in zip(handed, asked, strict=True):
        made = _answer(crew, future) if future else None
        yield made or _make(store, some)


def _answer(crew: Executor, future: Future[Made]) -> Made | None:
    """What a process of the crew made; None where the crew died.

    What is handed to a crew at the moment in which it dies may never be answered: after a while it is asked for
    more, which a dead one refuses.
    """
    while True:
        try:
            return future.result(timeout=_PATIENCE)
        except BrokenExecutor:
            return None
        except TimeoutError:
            try:
                crew.submit(int)
            except BrokenExecutor:
                return None


def _asked(crew: Executor, works: Sequence[KnownWork]) -> Future[Made] | None:
    try:
        return crew.submit(_make_in_worker, works)
    except BrokenExecutor:
        return None


@contextmanager
def crew_for(settings: Settings, works: Sequence[KnownWork]) -> Iterator[Executor | None]:
    """Processes that make rows; None where one will do, or where others cannot open the base."""
    jobs = min(os.cpu_count() or 1, _MOST_JOBS)
    held = sum(work.version is not None for work in works)
    if held < _MANY or jobs < 2 or settings.database_url == "sqlite://":
        yield None
        return
    # A fresh process everywhere: a fork of a program with threads (the web server) may hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _open, (settings,)) as crew:
        yield crew


def _make(store: Store, works: Sequence[KnownWork]) -> Made:
    rows: list[Row] = []
    learnt: dict[str, str] = {}
    for work in works:
        if work.version is None:
            rows += make_rows(work.facts, ())
            continue
        try:
            document = store.load(work.facts.work)
        except NotFound:  # taken out since the list was made; the next round drops it
            continue
        records = build_records(document)
        for record in records:
            if "(" in record.text:
                learnt.update(find_definitions(record.text))
        rows += make_rows(work.facts, records)
    return rows, learnt


_OPENED: list[Store] = []


def _open(settings: Settings) -> None:
    _OPENED.append(open_store(settings))


def _make_in_worker(works: Sequence[KnownWork]) -> Made:
    return _make(_OPENED[0], works)
