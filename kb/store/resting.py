"""Which held documents rest on which works, and which of them have ended: what lists over the whole base ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, or_, select

from kb.store.graph import Base, Record, batched
from kb.store.graph_schema import changes, edges, intervals, nodes
from kb.validity import Word


def resting_on_changed(connection: Base, relations: Collection[str] | None) -> dict[str, dict[str, str]]:
    """The held documents that rest on each work of which a change is known, with the days they were issued.

    Only citations of some relations count; all of them with None.
    """
    known = select(changes.c.node_id)
    wanted = (
        select(edges.c.target, edges.c.source, nodes.c.issued)
        .distinct()
        .join(nodes, nodes.c.id == edges.c.source)
        .where(nodes.c.held, edges.c.version_id.is_not(None), edges.c.source != edges.c.target)
        .where(edges.c.target.in_(known))
    )
    if relations is not None:
        wanted = wanted.where(edges.c.relation.in_(sorted(relations)))
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for target, source, issued in connection.execute(wanted):
        found[target][source] = issued or ""
    return found


def held_or_cited(connection: Base, ids: Collection[str]) -> set[str]:
    """Those of some works that are held, or that held texts cite."""
    found: set[str] = set()
    for some in batched(sorted(ids)):
        held = select(nodes.c.id).where(nodes.c.held, nodes.c.id.in_(some))
        cited = select(edges.c.target).where(edges.c.version_id.is_not(None), edges.c.target.in_(some))
        found.update(connection.execute(held.union(cited)).scalars())
    return found


def ended_works(connection: Base, on: str) -> set[str]:
    """The works that have ended altogether by an ISO day."""
    wanted = select(intervals.c.node_id).where(
        intervals.c.word == Word.EXPIRED.value,
        intervals.c.start <= on,
        or_(intervals.c.end.is_(None), intervals.c.end > on),
    )
    return set(connection.execute(wanted).scalars())


def most_cited(connection: Base, limit: int) -> list[Record]:
    """The works that are cited most and not held: the nodes, how many works cite them and how often."""
    citing = func.count(func.distinct(edges.c.source)).label("citing")
    mentions = func.count().label("mentions")
    wanted = (
        select(nodes, citing, mentions)
        .join(edges, edges.c.target == nodes.c.id)
        .where(nodes.c.held.is_(False), edges.c.version_id.is_not(None))
        .group_by(*nodes.c)
        .order_by(citing.desc(), mentions.desc(), nodes.c.id)
        .limit(limit)
    )
    return list(connection.execute(wanted))


def count_cited(connection: Base) -> int:
    """How many works others cite."""
    wanted = select(func.count(edges.c.target.distinct())).where(edges.c.target != edges.c.source)
    return connection.execute(wanted).scalar_one()
