"""An index brought up to date with the base: it compares what it holds with what the base holds.

Nothing has to tell it what changed, so it mends itself after a crash, a restored backup, a new version of the
program. Its state is written after each commit; lost state only means that some rows are made again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from kb.errors import NotFound
from kb.search.facts import KnownWork, changed_works, known_works
from kb.search.protocol import Engine, IndexBusy
from kb.search.records import build_records
from kb.search.rows import SCHEMA_VERSION, Row, make_rows
from kb.store.store import Store
from kb.vocabulary.abbreviations import find_definitions

#: Works in one commit: a rebuild that is stopped goes on from there.
_BATCH = 400


@dataclass(slots=True)
class IndexState:
    """What an index holds: fingerprints by work, how many rows, abbreviations that its documents define."""

    works: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    learnt: dict[str, str] = field(default_factory=dict)
    schema: str = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Synced:
    """What was done: works made anew, works dropped, rows written; `busy`: another process was at it."""

    works: int = 0
    dropped: int = 0
    rows: int = 0
    busy: bool = False


def read_state(path: Path) -> IndexState:
    """The state that stands beside an index; an empty one where none can be read."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return IndexState(**found)
    except (OSError, ValueError, TypeError):
        return IndexState()


def write_state(path: Path, state: IndexState) -> None:
    """Replace the state in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    values = {"schema": state.schema, "rows": state.rows, "learnt": state.learnt, "works": state.works}
    fresh.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


def bring_up_to_date(store: Store, engine: Engine, path: Path) -> Synced:
    """Make the rows of new and changed works, drop those that are gone."""
    state = read_state(path)
    fresh = state.schema != SCHEMA_VERSION or engine.count() != state.rows
    if fresh:
        state = IndexState()
    wanted, gone = changed_works(known_works(store), state.works)
    if not (wanted or gone or fresh):
        return Synced()
    done = Synced(len(wanted), len(gone))
    rows = 0
    batches = list(_batches(wanted)) or [[]]
    try:
        for at, batch in enumerate(batches):
            drop = [work.facts.work for work in batch if work.facts.work in state.works]
            drop += gone if at == 0 else []
            learnt: dict[str, str] = {}
            rows += engine.update(_rows(store, batch, learnt), drop, fresh=fresh and at == 0)
            for name in gone if at == 0 else ():
                state.works.pop(name, None)
            state.works.update({work.facts.work: work.fingerprint for work in batch})
            state.learnt = {**learnt, **state.learnt}
            state.rows = engine.count()
            write_state(path, state)
    except IndexBusy:
        return Synced(busy=True)
    return Synced(done.works, done.dropped, rows)


def _batches(works: list[KnownWork]) -> Iterator[list[KnownWork]]:
    walk = iter(works)
    while some := list(islice(walk, _BATCH)):
        yield some


def _rows(store: Store, works: list[KnownWork], learnt: dict[str, str]) -> Iterator[Row]:
    for work in works:
        if work.version is None:
            yield from make_rows(work.facts, ())
            continue
        try:
            document = store.load(work.facts.work)
        except NotFound:  # taken out since the list was made; the next round drops it
            continue
        records = build_records(document)
        for record in records:
            if "(" in record.text:
                learnt.update(find_definitions(record.text))
        yield from make_rows(work.facts, records)
