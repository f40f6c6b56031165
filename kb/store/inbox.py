"""The queue of files that came in by the pages: rows that outlive a crash.

A file waits, is worked on, is done. One process works at a time (`ingest.desk` holds a lock), so that what it
finds in work was left there by one that died.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, case, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from kb.store.audit import write_entry
from kb.store.desk_schema import inbox
from kb.store.engine import said
from kb.store.prepared import READING
from kb.store.revisions import Touch
from kb.store.saving import held_version
from kb.store.store import Store

WAITING, WORKING, DONE = "waiting", "working", "done"
#: A file that was left in work this often is taken alone, so that it takes no others down with it.
ALONE = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One file: under which name it came, from whom, where it stands, and its verdict.

    `verdict` is as `ingest.pipeline.Verdict` says it, None while there is none; `received` is ISO 8601 in UTC.
    """

    id: str
    batch: str
    position: int
    name: str
    size: int
    sha256: str
    who: str
    received: str
    state: str = WAITING
    tries: int = 0
    verdict: str | None = None
    work: str | None = None
    version: int | None = None
    code: str = ""
    vi: str = ""
    en: str = ""
    perhaps: tuple[str, ...] = ()
    pages: int | None = None
    problems: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """The files of one upload, counted."""

    id: str
    who: str
    received: str
    files: int
    done: int
    refused: int


def add_item(store: Store, item: Item) -> bool:
    """Put a file into the queue; False when it is there already."""
    with suppress(IntegrityError), said(), store.transaction(Touch.NOTHING_KEPT) as connection:
        if connection.execute(select(inbox.c.id).where(inbox.c.id == item.id)).first() is None:
            connection.execute(insert(inbox).values(**_row(item)))
            return True
    return False


def find_item(store: Store, name: str) -> Item | None:
    """The file with this id."""
    found = _items(store, inbox.c.id == name)
    return found[0] if found else None


def list_batch(store: Store, batch: str) -> list[Item]:
    """The files of an upload, in the order in which they were sent."""
    return _items(store, inbox.c.batch == batch)


def list_batches(store: Store, limit: int) -> list[Batch]:
    """The latest uploads, latest first."""
    done = func.sum(case((inbox.c.state == DONE, 1), else_=0))
    refused = func.sum(case((inbox.c.verdict == "refused", 1), else_=0))
    since = func.min(inbox.c.received)
    asked = select(inbox.c.batch, func.min(inbox.c.who), since, func.count(), done, refused)
    asked = asked.group_by(inbox.c.batch).order_by(since.desc(), inbox.c.batch).limit(limit)
    with said(), store.connect() as connection:
        return [Batch(*row) for row in connection.execute(asked)]


def count_open(store: Store) -> int:
    """How many files have no verdict yet."""
    with said(), store.connect() as connection:
        asked = select(func.count()).select_from(inbox).where(inbox.c.state != DONE)
        return int(connection.execute(asked).scalar() or 0)


def known_items(store: Store) -> dict[str, tuple[str, str | None]]:
    """State and verdict of every file that the queue knows, by id."""
    with said(), store.connect() as connection:
        return {row.id: (row.state, row.verdict) for row in connection.execute(select(inbox))}


def claim_items(store: Store, limit: int) -> list[Item]:
    """The next files to work on, no two with the same bytes, all left in work equally often; new ones come first.

    Only for the process that holds the lock of the queue.
    """
    order = (inbox.c.tries, inbox.c.received, inbox.c.batch, inbox.c.position)
    with said(), store.transaction(Touch.NOTHING_KEPT) as connection:
        asked = select(inbox).where(inbox.c.state != DONE).order_by(*order).limit(limit)
        rows = [_item(row) for row in connection.execute(asked).mappings()]
        chosen: dict[str, Item] = {}
        for row in rows if rows and rows[0].tries < ALONE else rows[:1]:
            if row.tries == rows[0].tries:
                chosen.setdefault(row.sha256, row)
        ids = [row.id for row in chosen.values()]
        connection.execute(update(inbox).where(inbox.c.id.in_(ids)).values(state=WORKING, tries=inbox.c.tries + 1))
    return [replace(row, state=WORKING, tries=row.tries + 1) for row in chosen.values()]


def held_bytes(store: Store, sha256: str) -> tuple[str, int] | None:
    """Work and version that a file with this hash became, unless an older version of the program read it."""
    with said(), store.connect() as connection:
        row = held_version(connection, sha256)
    return (row["work_id"], row["ordinal"]) if row and row["reading"] == READING else None


def note_verdict(store: Store, item: Item) -> None:
    """Write the verdict of a file that is still in work, for those who look on."""
    with said(), store.transaction(Touch.NOTHING_KEPT) as connection:
        connection.execute(update(inbox).where(inbox.c.id == item.id).values(**_row(item)))


def finish_items(store: Store, items: Sequence[Item]) -> None:
    """Close files with their verdicts, each with its line in the log, in one transaction."""
    with said(), store.transaction(Touch.NOTHING_KEPT) as connection:
        for item in items:
            connection.execute(
                update(inbox).where(inbox.c.id == item.id).values(**_row(replace(item, state=DONE)))
            )
            details = {"sha256": item.sha256, "size": item.size, "verdict": item.verdict, "work": item.work}
            if item.code:
                details["code"] = item.code
            write_entry(connection, item.who, "ingest.file", item.name, details)


def put_back(store: Store, ids: Collection[str]) -> None:
    """Let files wait again that were not to blame for what stopped the work."""
    with said(), store.transaction(Touch.NOTHING_KEPT) as connection:
        connection.execute(
            update(inbox)
            .where(inbox.c.id.in_(list(ids)), inbox.c.state == WORKING)
            .values(state=WAITING, tries=0, verdict=None)
        )


def try_again(store: Store, name: str, who: str) -> None:
    """Let a refused file wait again."""
    with said(), store.transaction(Touch.NOTHING_KEPT) as connection:
        connection.execute(
            update(inbox)
            .where(inbox.c.id == name, inbox.c.state == DONE)
            .values(state=WAITING, tries=0, verdict=None, code="", vi="", en="", who=who)
        )


def _items(store: Store, condition: ColumnElement[bool]) -> list[Item]:
    asked = select(inbox).where(condition).order_by(inbox.c.received, inbox.c.batch, inbox.c.position)
    with said(), store.connect() as connection:
        return [_item(row) for row in connection.execute(asked).mappings()]


def _item(row: RowMapping) -> Item:
    return Item(**{**row, "perhaps": tuple(json.loads(row["perhaps"] or "[]"))})


def _row(item: Item) -> dict[str, Any]:
    return {**asdict(item), "perhaps": json.dumps(item.perhaps)}
