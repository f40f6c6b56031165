"""Rows that resolution reads: mentions, held works, the catalogue, decisions; and what it forgets before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Table, delete, select

from kb.store.graph import MANY, Base, Keys, Record, batched, chosen, delete_where, fetched
from kb.store.graph_schema import catalogue_batches, changes, decisions, edges, intervals, nodes
from kb.store.schema import citations, versions, works

_WORK = ("id", "number", "type", "issuer", "place", "issued", "title")


def mention_rows(connection: Base, keys: Keys) -> Iterator[Record]:
    """The mentions in current texts that mean a document, those of one key together."""
    names = ("number", "type", "issuer", "place", "issued", "year", "title", "status", "reason", "antecedent")
    wanted = (
        select(
            citations.c.work_key,
            citations.c.version_id,
            citations.c.position,
            *[citations.c[name] for name in names],
            *[citations.c[name] for name in ("relation", "direction", "pinpoint", "unit", "start", "end")],
            versions.c.work_id.label("source"),
            works.c.issued.label("source_issued"),
        )
        .select_from(citations)
        .join(versions, versions.c.id == citations.c.version_id)
        .join(works, works.c.id == versions.c.work_id)
        .where(versions.c.current, citations.c.work_key.is_not(None))
        .order_by(citations.c.work_key)
    )
    return fetched(connection, chosen(wanted, citations.c.work_key, keys))


def held_rows(connection: Base, keys: Keys) -> Iterator[Record]:
    """The works whose texts are held."""
    wanted = select(*[works.c[name] for name in (*_WORK, "work_key", "title_key")])
    return fetched(connection, chosen(wanted, works.c.work_key, keys))


def laws_called(connection: Base, title_keys: Sequence[str]) -> list[Record]:
    """The held works that bear one of these titles."""
    wanted = select(*[works.c[name] for name in (*_WORK, "work_key", "title_key")])
    return list(fetched(connection, chosen(wanted, works.c.title_key, title_keys)))


def catalogue_rows(connection: Base, table: Table, column: str, keys: Keys) -> Iterator[Record]:
    """Rows of a table of the catalogue whose load still stands."""
    wanted = select(table).join(catalogue_batches).where(catalogue_batches.c.undone.is_(None))
    wanted = wanted.order_by(table.c.batch_id, table.c.row)
    return fetched(connection, chosen(wanted, table.c[column], keys))


def decision_rows(connection: Base) -> list[Record]:
    """What people decided, oldest first."""
    return list(connection.execute(select(decisions).order_by(decisions.c.id)))


def held_among(connection: Base, ids: Sequence[str]) -> set[str]:
    """Those of some works whose texts are held."""
    return {row[0] for row in fetched(connection, chosen(select(works.c.id), works.c.id, ids))}


def keys_of_works(connection: Base, ids: Sequence[str]) -> set[str]:
    """The keys that some works touch, as they stand now and as they stood: their own and those they cite."""
    found: set[str] = set()
    for wanted, column in (
        (select(works.c.work_key), works.c.id),
        (select(citations.c.work_key).join(versions).distinct(), versions.c.work_id),
        (select(edges.c.work_key).distinct(), edges.c.source),
        (select(nodes.c.work_key), nodes.c.id),
        (select(changes.c.work_key).distinct(), changes.c.node_id),
    ):
        found.update(row[0] for row in fetched(connection, chosen(wanted, column, ids)) if row[0])
    return found


def keyless_works(connection: Base) -> list[Record]:
    """The held works without a number."""
    return list(connection.execute(select(*[works.c[name] for name in _WORK]).where(works.c.work_key == "")))


def short_keys(connection: Base, keys: Iterable[str]) -> set[str]:
    """Which of some keys are keys of mentions."""
    found = select(citations.c.work_key).distinct()
    return {row[0] for row in fetched(connection, chosen(found, citations.c.work_key, sorted(keys)))}


def mention_place(connection: Base, sha256: str, start: int) -> tuple[int, int] | None:
    """Version and position of the mention that begins at an offset of a file."""
    wanted = select(citations.c.version_id, citations.c.position).join(versions)
    wanted = wanted.where(versions.c.sha256 == sha256, citations.c.start == start)
    row = connection.execute(wanted).first()
    return (row[0], row[1]) if row else None


def old_state(connection: Base, keys: Sequence[str]) -> tuple[set[str], dict[tuple[int, int], str]]:
    """The nodes under some keys as they stand, and what each mention meant."""
    found = {row[0] for row in fetched(connection, chosen(select(nodes.c.id), nodes.c.work_key, keys))}
    wanted = select(edges.c.version_id, edges.c.position, edges.c.target)
    wanted = wanted.where(edges.c.version_id.is_not(None), edges.c.target.is_not(None))
    meant = {(row[0], row[1]): row[2] for row in fetched(connection, chosen(wanted, edges.c.work_key, keys))}
    return found, meant


def forget_keys(connection: Base, keys: Sequence[str], ids: Sequence[str]) -> None:
    """Delete what was worked out for some keys and the nodes they had."""
    for table in (edges, changes, nodes):
        delete_where(connection, table.c.work_key, keys)
    for some in batched(ids, MANY):
        connection.execute(delete(edges).where(edges.c.origin == "catalogue", edges.c.source.in_(some)))
        connection.execute(delete(changes).where(changes.c.origin == "catalogue", changes.c.by_id.in_(some)))
    delete_where(connection, intervals.c.node_id, ids)
