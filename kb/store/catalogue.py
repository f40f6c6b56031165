"""The catalogue in the base: loads that can be taken back, the shipped one first."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from kb.catalogue import Rows, read_catalogue, shipped_folder
from kb.collector import collector_quiet
from kb.errors import NotFound
from kb.mentions import work_key
from kb.models import Relation
from kb.store.engine import said
from kb.store.graph import put_rows
from kb.store.graph_schema import catalogue_batches, catalogue_events, catalogue_relations, catalogue_works
from kb.store.store import Relate, Store
from kb.works import place_of

SHIPPED = "danh mục đi kèm"
_TABLES = {"works": catalogue_works, "relations": catalogue_relations, "events": catalogue_events}


@dataclass(frozen=True, slots=True)
class Batch:
    """One load: what it was, when, by whom, how many rows; when it was taken back."""

    id: int
    name: str
    sha256: str
    loaded: str
    by: str
    undone: str | None
    works: int
    relations: int
    events: int


@collector_quiet()
def load_shipped(
    store: Store, relate: Relate | None = None, about: Collection[str] | None = None
) -> list[str] | None:
    """Load the shipped catalogue into a base that lacks it or has an older one: the keys it touches, else None.

    `relate` brings the graph up to date for them in the same transaction (`graphs.update.update_within`). With
    `about`, keys of mentions, only what bears on them is loaded: for a base that lives as long as one question.
    """
    files = [shipped_folder() / f"{kind}.csv" for kind in _TABLES]
    found = [(path, path.read_bytes()) for path in files if path.is_file()]
    if not found:
        return None
    digest = hashlib.sha256(b"\0".join(data for _, data in found)).hexdigest()
    with said(), store.connect() as connection:
        wanted = select(catalogue_batches.c.sha256).where(
            catalogue_batches.c.name == SHIPPED, catalogue_batches.c.undone.is_(None)
        )
        if digest in connection.execute(wanted).scalars().all():
            return None
    rows = Rows()
    for path, data in found:
        more = read_catalogue(path, data, "")
        for kind in _TABLES:
            getattr(rows, kind).extend(getattr(more, kind))
    if about is not None:
        rows = _about(rows, about)
    with said(), store.transaction() as connection:
        keys: set[str] = set()
        old = select(catalogue_batches.c.id).where(catalogue_batches.c.name == SHIPPED)
        for batch in connection.execute(old).scalars().all():
            keys |= _remove(connection, batch)
            connection.execute(delete(catalogue_batches).where(catalogue_batches.c.id == batch))
        _, more_keys = insert_rows(connection, SHIPPED, digest, "", rows)
        if relate:
            relate(connection, keys | more_keys)
    return sorted(keys | more_keys)


#: A number with its year; the few without one, and laws, are looked for by their names too.
_OF_YEAR_RE = re.compile(r"/(?:19|20)\d\d/(?!QH)")


def _about(rows: Rows, keys: Collection[str]) -> Rows:
    """What bears on the works of some keys: they, what acted on them, what they guide, and so on from those."""
    short = tuple(f"{key}-" for key in keys)
    named = {row["number"]: work_key(row["number"]) for row in rows.works}
    wanted = {
        number
        for number, key in named.items()
        if key in keys or key.startswith(short) or not _OF_YEAR_RE.search(number)
    }
    by_number: dict[str, list[str]] = defaultdict(list)
    for row in rows.relations:
        by_number[row["other_number"]].append(row["number"])
        if row["relation"] == Relation.GUIDES.value:
            by_number[row["number"]].append(row["other_number"])
    reached = list(wanted)
    while reached:
        fresh = [number for number in by_number[reached.pop()] if number not in wanted]
        wanted.update(fresh)
        reached += fresh
    return Rows(
        [row for row in rows.works if row["number"] in wanted],
        [row for row in rows.relations if {row["number"], row["other_number"]} & wanted],
        [row for row in rows.events if row["number"] in wanted],
    )


def load_rows(
    store: Store, name: str, data: bytes, by: str, rows: Rows, relate: Relate | None = None
) -> tuple[int, list[str]]:
    """Load rows as one batch: its number, and the keys it touches."""
    with said(), store.transaction() as connection:
        batch, keys = insert_rows(connection, name, hashlib.sha256(data).hexdigest(), by, rows)
        if relate:
            relate(connection, keys)
    return batch, sorted(keys)


def undo_batch(store: Store, batch: int, relate: Relate | None = None) -> list[str]:
    """Take a load back: the keys it touched. Its record stays."""
    with said(), store.transaction() as connection:
        found = connection.execute(select(catalogue_batches).where(catalogue_batches.c.id == batch)).first()
        if found is None or found.undone:
            raise NotFound(
                code="catalogue.no_batch", vi=f"không có lần nạp số {batch}", en=f"there is no load number {batch}"
            )
        keys = _remove(connection, batch)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute(update(catalogue_batches).where(catalogue_batches.c.id == batch).values(undone=now))
        if relate:
            relate(connection, keys)
    return sorted(keys)


def list_batches(store: Store) -> list[Batch]:
    """All loads, oldest first."""
    with said(), store.connect() as connection:
        rows = connection.execute(select(catalogue_batches).order_by(catalogue_batches.c.id)).all()
        found = []
        for row in rows:
            works, relations, events = (
                connection.execute(select(func.count()).where(table.c.batch_id == row.id)).scalar() or 0
                for table in _TABLES.values()
            )
            found.append(
                Batch(row.id, row.name, row.sha256, row.loaded, row.by, row.undone, works, relations, events)
            )
    return found


def export_rows(store: Store, kind: str) -> list[dict[str, Any]]:
    """All rows of one table of the catalogue, in the order they were loaded."""
    table = _TABLES[kind]
    with said(), store.connect() as connection:
        wanted = select(table).order_by(table.c.batch_id, table.c.row)
        return [dict(row) for row in connection.execute(wanted).mappings()]


def _remove(connection: Connection, batch: int) -> set[str]:
    keys: set[str] = set()
    for table in _TABLES.values():
        columns = [table.c[name] for name in ("work_key", "other_key", "by_key") if name in table.c]
        for row in connection.execute(select(*columns).where(table.c.batch_id == batch)):
            keys.update(filter(None, row))
        connection.execute(delete(table).where(table.c.batch_id == batch))
    return keys


def insert_rows(connection: Connection, name: str, sha256: str, by: str, rows: Rows) -> tuple[int, set[str]]:
    """Load rows inside a transaction that others go on with: the number of the load, and the keys it touches."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    made = connection.execute(
        insert(catalogue_batches).values(name=name, sha256=sha256, loaded=now, by=by)
    ).inserted_primary_key
    batch = int(made[0]) if made else 0
    keys: set[str] = set()
    for kind, table in _TABLES.items():
        ready = _keyed(table, batch, getattr(rows, kind))
        keys |= {row[column] for row in ready for column in ("work_key", "other_key", "by_key") if row.get(column)}
        put_rows(connection, table, ready)
    return batch, keys


def _keyed(table: Table, batch: int, rows: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    ready: list[dict[str, Any]] = []
    names: Sequence[str] = [column.name for column in table.columns]
    for at, row in enumerate(rows):
        told: dict[str, Any] = {name: row.get(name, "") for name in names}
        told |= {"batch_id": batch, "row": at, "work_key": work_key(row["number"])}
        if "place" in names:
            told["place"] = place_of(row["issuer"])
        for key, number in (("other_key", "other_number"), ("by_key", "by_number")):
            if key in names:
                told[key] = work_key(row[number]) if row.get(number) else ""
        ready.append(told)
    return ready
