"""An index brought up to date with the base: it compares what it holds with what the base holds.

Nothing has to tell it what changed, so it mends itself after a crash, a restored backup, a new version of the
program. Its state is written after each commit; lost state only means that some rows are made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from kb.search.facts import KnownWork, changed_works, known_works
from kb.search.making import crew_for, rows_of_works
from kb.search.protocol import Engine, IndexBusy
from kb.search.rows import SCHEMA_VERSION
from kb.search.state import IndexState, base_stamp, read_state, write_state
from kb.settings import Settings
from kb.store.store import Store, open_store

#: Works in one commit: a rebuild that is stopped goes on from there.
_BATCH = 400


@dataclass(frozen=True, slots=True)
class Synced:
    """What was done: works made anew, works dropped, rows written; `busy`: another process was at it."""

    works: int = 0
    dropped: int = 0
    rows: int = 0
    busy: bool = False


def bring_up_to_date(store: Store, engine: Engine, path: Path) -> Synced:
    """Make the rows of new and changed works, drop those that are gone."""
    # Taken before the base is read: what is written meanwhile makes it old.
    stamp = base_stamp(store.settings)
    state = read_state(path)
    fresh = state.schema != SCHEMA_VERSION or engine.count() != state.rows
    if fresh:
        state = IndexState()
    wanted, gone = changed_works(known_works(store), state.works)
    if not (wanted or gone or fresh):
        if state.stamp != stamp:
            write_state(path, replace(state, stamp=stamp))
        return Synced()
    done = Synced(len(wanted), len(gone))
    rows = 0
    batches = list(_batches(wanted)) or [[]]
    try:
        with crew_for(store.settings, wanted) as crew:
            for at, batch in enumerate(batches):
                drop = [work.facts.work for work in batch if work.facts.work in state.works]
                drop += gone if at == 0 else []
                learnt: dict[str, str] = {}
                made = rows_of_works(store, batch, learnt, crew)
                rows += engine.update(made, drop, fresh=fresh and at == 0)
                for name in gone if at == 0 else ():
                    state.works.pop(name, None)
                state.works.update({work.facts.work: work.fingerprint for work in batch})
                state.learnt = {**learnt, **state.learnt}
                state.rows = engine.count()
                state.stamp = stamp if at == len(batches) - 1 else ""
                write_state(path, state)
    except IndexBusy:
        return Synced(busy=True)
    return Synced(done.works, done.dropped, rows)


def follow_base(settings: Settings, engine: Engine, path: Path) -> Synced:
    """Bring an index up to date with the base that the settings name."""
    with open_store(settings) as store:
        return bring_up_to_date(store, engine, path)


def _batches(works: list[KnownWork]) -> Iterator[list[KnownWork]]:
    walk = iter(works)
    while some := list(islice(walk, _BATCH)):
        yield some
