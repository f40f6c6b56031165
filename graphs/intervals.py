"""The stored intervals of force of whole works, worked out from their lives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from graphs.lives import DEPTH, Lives
from kb.store import graph as rows
from kb.store.graph import Base
from kb.store.graph_schema import intervals


def refresh_intervals(connection: Base, ids: Sequence[str] | None) -> None:
    """Work out the stored intervals anew, of all works or of some and those that hang on them."""
    lives = Lives(connection, everything=ids is None)
    if ids is None:
        names: Iterable[str] = lives.known()
    else:
        names = sorted(set(ids) | rows.dependents(connection, ids, DEPTH))
        rows.delete_where(connection, intervals.c.node_id, names)
        lives.read(names)
    rows.put_rows(connection, intervals, _interval_rows(lives, names))


def _interval_rows(lives: Lives, names: Iterable[str]) -> Iterable[dict[str, Any]]:
    for name in names:
        validity = lives.validity(name)
        if not validity.formal or not (validity.intervals[0].events or len(validity.intervals) > 1):
            continue
        for at, part in enumerate(validity.intervals):
            yield {
                "node_id": name,
                "position": at,
                "start": part.start,
                "end": part.end,
                "word": part.word.value,
            }
