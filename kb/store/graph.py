"""Rows of the graph: what is written, what queries ask; SQL is the truth."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from kb.mentions import head_of
from kb.store.graph_schema import (
    DERIVED,
    TOLD,
    changes,
    edges,
    former_ids,
    nodes,
    ranks,
    stated,
)
from kb.store.schema import citations, units, versions, works

#: Values in one IN list; SQLite takes 32,766, PostgreSQL more.
MANY = 5000
_ROWS = 20_000

Keys = Sequence[str] | None
Base = Connection
#: A row: its columns as attributes.
Record = Any


def batched(values: Iterable[Any], size: int = MANY) -> Iterator[list[Any]]:
    """The values in lists that one statement can take."""
    walk = iter(values)
    while some := list(islice(walk, size)):
        yield some


def clear(connection: Base) -> None:
    """Empty what is worked out."""
    for table in DERIVED:
        connection.execute(delete(table))


def put_rows(connection: Base, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows, many at a time; all have the same columns.

    The statement is made once and the rows go to the driver as they are: by the way of single statements a million
    edges take a third longer to bind than to write.
    """
    for some in batched(rows, _ROWS):
        made = insert(table).compile(dialect=connection.dialect, column_keys=list(some[0]))
        if made.positional:
            order = made.positiontup or []
            connection.exec_driver_sql(made.string, [tuple([row[name] for name in order]) for row in some])
        else:
            connection.exec_driver_sql(made.string, some)


def delete_where(connection: Base, column: ColumnElement[Any], values: Iterable[Any]) -> None:
    """Delete the rows of a column's table whose value is one of these."""
    for some in batched(values, MANY):
        connection.execute(delete(column.table).where(column.in_(some)))


def chosen(wanted: Select[Any], column: ColumnElement[Any], keys: Sequence[Any] | None) -> Iterator[Select[Any]]:
    """The statements that ask for the rows whose column is one of some keys; for all with None."""
    if keys is None:
        yield wanted
    else:
        for some in batched(keys, MANY):
            yield wanted.where(column.in_(some))


@cache
def _asking(table: Table, column: str) -> Select[Any]:
    """The rows of a table of which a column is one of some values; every page asks, so it is put together once."""
    return select(table).where(table.c[column].in_(bindparam("some", expanding=True)))


def _found(connection: Base, table: Table, column: str, values: Sequence[Any] | None) -> list[Record]:
    """Rows by the values of a column; all with None."""
    if values is None:
        return list(fetched(connection, [select(table)]))
    wanted = _asking(table, column)
    return [row for some in batched(values) for row in connection.execute(wanted, {"some": some})]


def fetched(connection: Base, wanted: Iterable[Select[Any]]) -> Iterator[Record]:
    """The rows of some statements, one after another, not all at once in memory."""
    for one in wanted:
        yield from connection.execute(one.execution_options(yield_per=_ROWS))


def stated_rows(connection: Base, keys: Keys) -> Iterator[Record]:
    """The events that current texts state, with their texts' works and keys; those that touch some keys."""
    acting = citations.alias()
    wanted = (
        select(
            stated.c.version_id,
            stated.c.position,
            stated.c.target,
            stated.c.payload,
            stated.c.text,
            works.c.id.label("work"),
            works.c.issued,
            works.c.work_key.label("own_key"),
            citations.c.work_key.label("target_key"),
            acting.c.work_key.label("other_key"),
        )
        .select_from(stated)
        .join(versions, versions.c.id == stated.c.version_id)
        .join(works, works.c.id == versions.c.work_id)
        .outerjoin(
            citations,
            (citations.c.version_id == stated.c.version_id) & (citations.c.position == stated.c.target),
        )
        .outerjoin(acting, (acting.c.version_id == stated.c.version_id) & (acting.c.position == stated.c.other))
        .where(versions.c.current)
    )
    if keys is None:
        yield from fetched(connection, [wanted])
        return
    for some in batched(keys, MANY):
        bare = [key.removeprefix("id:") for key in some if key.startswith("id:")]
        own = stated.c.target.is_(None) & or_(works.c.work_key.in_(some), works.c.id.in_(bare))
        yield from fetched(connection, [wanted.where(or_(own, citations.c.work_key.in_(some)))])


def targets_of(connection: Base, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """What mentions (version, position) mean, where they mean one work."""
    asked = set(places)
    found: dict[tuple[int, int], str] = {}
    # A text has thousands of mentions: only those asked for are read, of many texts a few more.
    for some in batched(sorted(asked), _FEW):
        texts, positions = ([*{place[at] for place in some}] for at in (0, 1))
        for row in connection.execute(_MEANT, {"texts": texts, "positions": positions}):
            if (row[0], row[1]) in asked:
                found[row[0], row[1]] = row[2]
    return found


_FEW = 400
_MEANT = select(edges.c.version_id, edges.c.position, edges.c.target).where(
    edges.c.target.is_not(None),
    edges.c.version_id.in_(bindparam("texts", expanding=True)),
    edges.c.position.in_(bindparam("positions", expanding=True)),
)


def unit_rows(connection: Base, work: str, kinds: Sequence[str]) -> list[Record]:
    """The units of some kinds of a held work's current text, in reading order: kind, label, start, end."""
    wanted = select(units.c.kind, units.c.label, units.c.start, units.c.end)
    wanted = wanted.join(versions, versions.c.id == units.c.version_id).order_by(units.c.position)
    chosen = wanted.where(versions.c.work_id == work, versions.c.current, units.c.kind.in_(kinds))
    return list(fetched(connection, [chosen]))


def demote_edges(connection: Base, keys: Keys, relations: Mapping[str, Collection[str]], to: str) -> None:
    """Make mere references of mentions that speak of a change which the citing text itself does not make.

    "Nghị định số 1 sửa đổi Nghị định số 2": the text that says so amends neither. `relations` are the changes that
    each relation may stand for. Texts whose own statements of force were not read are left as they are.
    """
    read = select(stated.c.version_id).where(stated.c.version_id == edges.c.version_id).exists()
    active = edges.c.origin == "text", edges.c.direction == "active", edges.c.relation.in_(list(relations))
    spoken = fetched(connection, [select(edges.c.relation).distinct().where(*active)]) if keys is None else ()
    for relation in relations if keys is not None else {row[0] for row in spoken}:
        kinds = changes.c.change.in_(relations[relation])
        pair = changes.c.by_id == edges.c.source, changes.c.node_id == edges.c.target
        done = select(changes.c.id).where(*pair, kinds, ~TOLD).exists()
        wanted = update(edges).where(*active, edges.c.relation == relation, read, ~done)
        for some in [None] if keys is None else batched(keys, MANY):
            chosen = wanted if some is None else wanted.where(edges.c.work_key.in_(some))
            connection.execute(chosen.values(relation=to, direction=None))


def node_rows(connection: Base, column: str, values: Sequence[str] | None) -> list[Record]:
    """Nodes by id, key or head; all with None."""
    return _found(connection, nodes, column, values)


def change_rows(connection: Base, column: str, values: Sequence[str] | None) -> list[Record]:
    """Changes by node or by the acting work; all with None."""
    return _found(connection, changes, column, values)


def edge_rows(connection: Base, column: str, values: Sequence[Any] | None) -> list[Record]:
    """Edges by source, target or version, in the order of their texts; all with None."""
    found = _found(connection, edges, column, values)
    return sorted(found, key=lambda row: (row.source, row.version_id or 0, row.position or 0, row.id))


def dependents(connection: Base, ids: Iterable[str], rounds: int) -> set[str]:
    """The works whose life hangs on some works: those they act on or amend, that detail them, and so on."""
    found: set[str] = set()
    fresh = set(ids)
    for _ in range(rounds):
        acted = select(changes.c.node_id).distinct()
        acting = select(changes.c.by_id).distinct()
        hanging = (
            select(changes.c.node_id)
            .distinct()
            .join(edges, (edges.c.version_id == changes.c.version_id) & (edges.c.position == changes.c.other))
        )
        some = sorted(fresh)
        near = {row[0] for row in fetched(connection, chosen(acted, changes.c.by_id, some))}
        near |= {row[0] for row in fetched(connection, chosen(hanging, edges.c.target, some))}
        near |= {row[0] for row in fetched(connection, chosen(acting, changes.c.node_id, some)) if row[0]}
        fresh = near - found
        found |= fresh
        if not fresh:
            break
    return found


def some_edges(
    connection: Base,
    column: str,
    values: Sequence[str],
    relations: Collection[str] | None,
    names: Sequence[str] = (),
) -> Iterator[Record]:
    """Edges with both ends whose source or target is one of some works, of all relations or of some.

    `names` are the columns, in their order; all without them.
    """
    asked = [edges.c[name] for name in names] if names else list(edges.c)
    wanted = select(*asked).where(edges.c.target.is_not(None), edges.c.target != edges.c.source)
    if relations is not None:
        wanted = wanted.where(edges.c.relation.in_(sorted(relations)))
    return fetched(connection, chosen(wanted, edges.c[column], values))


def link_rows(connection: Base) -> Iterator[Record]:
    """Every edge that has a target, in few columns, for building the whole graph."""
    names = ("source", "target", "relation", "direction", "origin")
    wanted = select(*[edges.c[name] for name in names]).where(edges.c.target.is_not(None))
    return fetched(connection, [wanted])


def link_pairs(connection: Base) -> Iterator[tuple[str, str]]:
    """Every two works of which one cites the other, once each."""
    told = edges.c.target.is_not(None), edges.c.target != edges.c.source
    wanted = select(edges.c.source, edges.c.target).distinct().where(*told)
    return ((row[0], row[1]) for row in fetched(connection, [wanted]))


def has_rows(connection: Base, table: Table) -> bool:
    """Whether a table has any row."""
    return connection.execute(select(literal(1)).select_from(table).limit(1)).first() is not None


def count_of(connection: Base, table: Table) -> int:
    """How many rows a table has."""
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def put_ranks(connection: Base, found: dict[str, float]) -> None:
    """Replace the ranks of all works."""
    connection.execute(delete(ranks))
    put_rows(connection, ranks, ({"node_id": name, "rank": rank} for name, rank in found.items()))


def former_node(connection: Base, former: str) -> str | None:
    """The id that a work has now whose id was another."""
    return connection.execute(select(former_ids.c.node_id).where(former_ids.c.former == former)).scalar()


def nodes_like(connection: Base, key: str) -> list[Record]:
    """The nodes whose key is this or begins with it, up to a sign."""
    rows = node_rows(connection, "head", [head_of(key)])
    return [row for row in rows if row.work_key == key or row.work_key.startswith(key + "-")]
