"""Works that are only cited, their relations and their lives; keys to resolve mentions by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from kb.store.migrations.fill import fill_keys

revision = "0002"
down_revision = "0001"

_LONG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add keys to works and citations, and the tables of the graph."""
    _add_keys()
    _create_catalogue()
    _create_decisions()
    _create_nodes()
    _create_edges()
    _create_changes()
    fill_keys(op.get_bind())


def _add_keys() -> None:
    op.add_column("works", sa.Column("place", sa.Text, nullable=False, server_default=""))
    op.add_column("works", sa.Column("work_key", sa.Text, nullable=False, server_default=""))
    op.create_index("ix_works_work_key", "works", ["work_key"])
    for name in ("work_key", "place", "title", "direction", "pinpoint", "unit", "status", "reason"):
        op.add_column("citations", sa.Column(name, sa.Text))
    for name in ("year", "antecedent"):
        op.add_column("citations", sa.Column(name, sa.Integer))
    op.create_index("ix_citations_work_key", "citations", ["work_key"])


def _table(name: str, key: str, *columns: SchemaItem, indexes: tuple[tuple[str, ...], ...] = ()) -> None:
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key.split(), name=f"pk_{name}"))
    for index in indexes:
        op.create_index(f"ix_{name}_{index[0]}", name, list(index))


def _needed(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _catalogue(name: str, *names: str, indexes: tuple[tuple[str, ...], ...] = (("work_key",),)) -> None:
    _table(
        name,
        "batch_id row",
        sa.Column("batch_id", sa.Integer, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        *_needed("work_key", "number"),
        sa.Column("issued", sa.String(10), nullable=False),
        *_needed(*names),
        sa.Column("certainty", sa.String(20), nullable=False),
        *_needed("source", "by", "note"),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["catalogue_batches.id"], name=f"fk_{name}_batch_id", ondelete="CASCADE"
        ),
        indexes=indexes,
    )


def _create_catalogue() -> None:
    _table(
        "catalogue_batches",
        "id",
        sa.Column("id", sa.Integer, nullable=False),
        *_needed("name"),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("loaded", sa.String(40), nullable=False),
        *_needed("by"),
        sa.Column("undone", sa.String(40)),
    )
    _catalogue("catalogue_works", "type", "issuer", "place", "title", "effective", "ended", "end_kind")
    relation = (
        "relation",
        "direction",
        "other_key",
        "other_number",
        "other_issuer",
        "other_issued",
        "pinpoint",
        "on",
    )
    _catalogue("catalogue_relations", *relation, indexes=(("work_key",), ("other_key",)))
    _catalogue("catalogue_events", "event", "on", "pinpoint", "by_key", "by_number", "by_issued")


def _create_decisions() -> None:
    _table(
        "decisions",
        "id",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        *_needed("work_key", "payload"),
        sa.Column("made", sa.String(40), nullable=False),
        *_needed("by", "note"),
        indexes=(("work_key",),),
    )
    _table(
        "stated",
        "version_id position",
        sa.Column("version_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("target", sa.Integer),
        sa.Column("other", sa.Integer),
        *_needed("payload", "text"),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_stated_version_id", ondelete="CASCADE"),
    )
    _table(
        "former_ids",
        "former",
        sa.Column("former", sa.String(200), nullable=False),
        *_needed("work_key"),
        sa.Column("node_id", sa.String(200), nullable=False),
        sa.Column("on", sa.String(40), nullable=False),
        *_needed("reason"),
    )


def _create_nodes() -> None:
    text = sa.Text
    _table(
        "nodes",
        "id",
        sa.Column("id", sa.String(200), nullable=False),
        *_needed("work_key", "head"),
        *(sa.Column(name, text) for name in ("number", "type", "issuer")),
        *_needed("place"),
        sa.Column("issued", sa.String(10)),
        sa.Column("title", text),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("held", "catalogued")),
        indexes=(("work_key",), ("head",)),
    )


def _create_edges() -> None:
    text, number = sa.Text, sa.Integer
    _table(
        "edges",
        "id",
        sa.Column("id", _LONG, nullable=False),
        *_needed("work_key"),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("target", sa.String(200)),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("relation", sa.String(40)),
        sa.Column("direction", sa.String(10)),
        sa.Column("place", text),
        *(sa.Column(name, number) for name in ("version_id", "position")),
        sa.Column("unit", text),
        *(sa.Column(name, number) for name in ("start", "end")),
        sa.Column("on", sa.String(10)),
        sa.Column("origin", sa.String(12), nullable=False),
        sa.Column("certainty", sa.String(20)),
        *(sa.Column(name, text) for name in ("reason", "candidates")),
        indexes=(("source",), ("target",), ("work_key",), ("version_id", "position")),
    )


def _create_changes() -> None:
    text, number = sa.Text, sa.Integer
    _table(
        "changes",
        "id",
        sa.Column("id", _LONG, nullable=False),
        *_needed("work_key"),
        sa.Column("node_id", sa.String(200), nullable=False),
        sa.Column("by_id", sa.String(200)),
        sa.Column("change", sa.String(30), nullable=False),
        sa.Column("on", sa.String(10)),
        sa.Column("when", sa.String(12), nullable=False),
        sa.Column("days", number, nullable=False),
        sa.Column("other", number),
        *_needed("place", "saved"),
        sa.Column("until", sa.String(10)),
        sa.Column("article", text),
        sa.Column("origin", sa.String(12), nullable=False),
        sa.Column("certainty", sa.String(20), nullable=False),
        sa.Column("version_id", number),
        sa.Column("unit", text),
        *(sa.Column(name, number) for name in ("start", "end")),
        *_needed("text", "rule"),
        indexes=(("node_id",), ("by_id",), ("work_key",)),
    )
    _table(
        "intervals",
        "node_id position",
        sa.Column("node_id", sa.String(200), nullable=False),
        sa.Column("position", number, nullable=False),
        *(sa.Column(name, sa.String(10)) for name in ("start", "end")),
        sa.Column("word", sa.String(30), nullable=False),
    )
