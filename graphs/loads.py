"""What a list would change, found out by loading it and taking it back before anybody sees it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass

from graphs.lives import Lives
from graphs.update import update_within
from kb.catalogue import Rows
from kb.mentions import work_key
from kb.store import graph as rows
from kb.store.catalogue import insert_rows
from kb.store.engine import said
from kb.store.resting import held_or_cited
from kb.store.store import Store
from kb.validity import Word, status_at


@dataclass(frozen=True, slots=True)
class Turned:
    """A work whose status a load would change: before, after, and since when (ISO)."""

    work: str
    number: str | None
    title: str | None
    before: Word
    after: Word
    since: str | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What a load would do: rows of works, how many of them are held or cited here, and whose status would change.

    `others` counts the works that change and that no held text is or cites.
    """

    works: int
    known: int
    turned: tuple[Turned, ...]
    others: int


#: Columns of the three tables that name works; how far one life may hang on another.
_NUMBERS = ("number", "other_number", "by_number")
_FAR = 6


class _TakenBack(Exception):
    """Ends a transaction whose writing must leave nothing behind."""


def try_load(store: Store, name: str, data: bytes, by: str, loaded: Rows, on: str) -> Trial:
    """What loading rows would change on an ISO day; the base stays as it is.

    The load is made in full inside one transaction, which is given up: other writers wait as for a real one.
    """
    found: list[Trial] = []
    told = (*loaded.works, *loaded.relations, *loaded.events)
    keys = {work_key(row[name]) for row in told for name in _NUMBERS if row.get(name)}
    with suppress(_TakenBack), said(), store.transaction() as connection:
        before = _words(connection, keys, on)
        _, touched = insert_rows(connection, name, hashlib.sha256(data).hexdigest(), by, loaded)
        update_within(connection, touched)
        own = {work_key(row["number"]) for row in loaded.works}
        found.append(_compare(connection, before, _words(connection, keys, on), own, len(loaded.works)))
        raise _TakenBack
    return found[0]


Words = dict[str, tuple[rows.Record, Word, str | None]]


def _words(connection: rows.Base, keys: Collection[str], on: str) -> Words:
    """How the works under some keys stand, and those whose life hangs on theirs."""
    lives = Lives(connection)
    nodes = rows.node_rows(connection, "work_key", sorted(keys))
    near = {node.id for node in nodes}
    nodes += rows.node_rows(connection, "id", sorted(rows.dependents(connection, near, _FAR) - near))
    lives.read([node.id for node in nodes])
    standings = ((node, status_at(lives.validity(node.id), on)) for node in nodes)
    return {node.id: (node, standing.word, standing.start) for node, standing in standings}


def _compare(connection: rows.Base, before: Words, after: Words, own: Collection[str], count: int) -> Trial:
    near = held_or_cited(connection, after.keys())
    turned, others = [], 0
    for name, (node, word, since) in sorted(after.items()):
        old = before[name][1] if name in before else Word.UNKNOWN
        if old is word:
            continue
        if name in near:
            turned.append(Turned(name, node.number, node.title, old, word, since))
        else:
            others += 1
    known = {node.work_key for name, (node, _, _) in after.items() if name in near}
    return Trial(count, len(known & set(own)), tuple(turned), others)
