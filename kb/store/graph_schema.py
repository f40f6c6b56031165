"""Tables of works, their relations and their lives.

What people brought in (catalogue, decisions) and what a text states (`stated`) is kept; nodes, edges, changes and
intervals are worked out from that and from the documents, and can be made again at any time.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, Row, String, Table, Text

from kb.store.schema import metadata

#: Sources of known works: one row a file that was loaded; `undone` keeps the record of a load taken back.
catalogue_batches = Table(
    "catalogue_batches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("loaded", String(40), nullable=False),
    Column("by", Text, nullable=False),
    Column("undone", String(40)),
)


def _catalogue(name: str, *names: str) -> Table:
    return Table(
        name,
        metadata,
        Column("batch_id", Integer, ForeignKey("catalogue_batches.id", ondelete="CASCADE"), primary_key=True),
        Column("row", Integer, primary_key=True, autoincrement=False),
        Column("work_key", Text, nullable=False),
        Column("number", Text, nullable=False),
        Column("issued", String(10), nullable=False),
        *[Column(name, Text, nullable=False) for name in names],
        Column("certainty", String(20), nullable=False),
        Column("source", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("note", Text, nullable=False),
        Index(f"ix_{name}_work_key", "work_key"),
    )


catalogue_works = _catalogue(
    "catalogue_works", "type", "issuer", "place", "title", "effective", "ended", "end_kind"
)
catalogue_relations = _catalogue(
    "catalogue_relations",
    "relation",
    "direction",
    "other_key",
    "other_number",
    "other_issuer",
    "other_issued",
    "pinpoint",
    "on",
)
catalogue_events = _catalogue("catalogue_events", "event", "on", "pinpoint", "by_key", "by_number", "by_issued")
Index("ix_catalogue_relations_other_key", catalogue_relations.c.other_key)

#: What people decided about works: merge, split, pin. A decision names works and mentions by what they say.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("work_key", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("made", String(40), nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Index("ix_decisions_work_key", "work_key"),
)

#: Events that a text states, as `kb.models.StatedEvent`.
stated = Table(
    "stated",
    metadata,
    Column("version_id", Integer, ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("target", Integer),
    Column("other", Integer),
    Column("payload", Text, nullable=False),
    Column("text", Text, nullable=False),
)

#: Every document held or only known of.
nodes = Table(
    "nodes",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("work_key", Text, nullable=False),
    Column("head", Text, nullable=False),
    Column("number", Text),
    Column("type", Text),
    Column("issuer", Text),
    Column("place", Text, nullable=False),
    Column("issued", String(10)),
    Column("title", Text),
    Column("held", Boolean, nullable=False),
    Column("catalogued", Boolean, nullable=False),
    Index("ix_nodes_work_key", "work_key"),
    Index("ix_nodes_head", "head"),
)

#: Ids that a work had before more was known of it; its old addresses go on working.
former_ids = Table(
    "former_ids",
    metadata,
    Column("former", String(200), primary_key=True),
    Column("work_key", Text, nullable=False),
    Column("node_id", String(200), nullable=False),
    Column("on", String(40), nullable=False),
    Column("reason", Text, nullable=False),
)

#: One row a mention (with `version_id` and `position`) or a relation of the catalogue (without).
edges = Table(
    "edges",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("work_key", Text, nullable=False),
    Column("source", String(200), nullable=False),
    Column("target", String(200)),
    Column("status", String(12), nullable=False),
    Column("relation", String(40)),
    Column("direction", String(10)),
    Column("place", Text),
    Column("version_id", Integer),
    Column("position", Integer),
    Column("unit", Text),
    Column("start", Integer),
    Column("end", Integer),
    Column("on", String(10)),
    Column("origin", String(12), nullable=False),
    Column("certainty", String(20)),
    Column("reason", Text),
    Column("candidates", Text),
    Index("ix_edges_source", "source"),
    Index("ix_edges_target", "target"),
    Index("ix_edges_work_key", "work_key"),
    Index("ix_edges_version_id", "version_id", "position"),
)

#: Events on works, resolved: `when`, `days` and `other` say how the day is found where `on` does not.
changes = Table(
    "changes",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("work_key", Text, nullable=False),
    Column("node_id", String(200), nullable=False),
    Column("by_id", String(200)),
    Column("change", String(60), nullable=False),
    Column("on", String(10)),
    Column("when", String(12), nullable=False),
    Column("days", Integer, nullable=False),
    Column("other", Integer),
    Column("place", Text, nullable=False),
    Column("saved", Text, nullable=False),
    Column("until", String(10)),
    Column("article", Text),
    Column("origin", String(12), nullable=False),
    Column("certainty", String(20), nullable=False),
    Column("version_id", Integer),
    Column("unit", Text),
    Column("start", Integer),
    Column("end", Integer),
    Column("text", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Index("ix_changes_node_id", "node_id"),
    Index("ix_changes_by_id", "by_id"),
    Index("ix_changes_work_key", "work_key"),
)

#: Changes that their text only tells, by a document that it names (`other`), which did them.
TOLD = changes.c.other.is_not(None) & changes.c.when.in_(("day", "told"))


def is_told(row: Row[Any]) -> bool:
    """The same of a row of changes: whether another document than the one whose text tells it did it."""
    return row.other is not None and row.version_id is not None and row.when in ("day", "told")


#: Intervals of force of whole works, for facets and lists.
intervals = Table(
    "intervals",
    metadata,
    Column("node_id", String(200), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("start", String(10)),
    Column("end", String(10)),
    Column("word", String(30), nullable=False),
)

#: PageRank of the works that others cite; a work that nobody cites has 1 and no row.
ranks = Table(
    "ranks",
    metadata,
    Column("node_id", String(200), primary_key=True),
    Column("rank", Float, nullable=False),
)

#: Tables that are worked out and can be emptied.
DERIVED = (nodes, edges, changes, intervals, ranks)
