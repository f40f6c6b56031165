"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create files, places, works, versions and their parts."""
    _create_files()
    _create_works()
    _create_parts()


def _create_files() -> None:
    op.create_table(
        "files",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_files"),
    )
    op.create_table(
        "places",
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("mtime", sa.BigInteger, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("retrieved", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_places"),
        sa.ForeignKeyConstraint(["sha256"], ["files.sha256"], name="fk_places_sha256"),
    )


def _create_works() -> None:
    op.create_table(
        "works",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("number", sa.Text),
        sa.Column("number_key", sa.Text),
        sa.Column("type", sa.Text),
        sa.Column("issuer", sa.Text),
        sa.Column("issuer_key", sa.Text, nullable=False),
        sa.Column("issued", sa.String(10)),
        sa.Column("title", sa.Text),
        sa.Column("title_key", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_works"),
    )
    op.create_index("ix_works_number_key", "works", ["number_key"])
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("work_id", sa.String(200), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("ingested", sa.String(40), nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("digest", sa.Boolean, nullable=False),
        sa.Column("pages", sa.Integer),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("units", "tables", "footnotes", "citations", "problems")
        ),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
        sa.UniqueConstraint("sha256", name="uq_versions_sha256"),
        sa.UniqueConstraint("work_id", "ordinal", name="uq_versions_work_id"),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name="fk_versions_work_id"),
        sa.ForeignKeyConstraint(["sha256"], ["files.sha256"], name="fk_versions_sha256"),
    )


def _create_part(name: str, *columns: SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("version_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("version_id", "position", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=f"fk_{name}_version_id", ondelete="CASCADE"),
    )


def _create_parts() -> None:
    text, number = sa.Text, sa.Integer
    _create_part(
        "units",
        sa.Column("eid", text, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("label", text, nullable=False),
        sa.Column("heading", text, nullable=False),
        sa.Column("start", number, nullable=False),
        sa.Column("end", number, nullable=False),
        sa.Column("page", number),
    )
    _create_part(
        "tables",
        *(sa.Column(name, text) for name in ("title", "appendix", "caption")),
        *(sa.Column(name, number, nullable=False) for name in ("rows", "start", "end")),
        sa.Column("page", number),
    )
    _create_part(
        "footnotes",
        *(sa.Column(name, text, nullable=False) for name in ("mark", "series", "text")),
        *(sa.Column(name, number) for name in ("start", "page")),
    )
    _create_part(
        "citations",
        sa.Column("start", number, nullable=False),
        sa.Column("end", number, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        *(sa.Column(name, text) for name in ("number", "number_key", "type", "issuer")),
        sa.Column("issued", sa.String(10)),
        sa.Column("relation", sa.String(40)),
        sa.Column("payload", text, nullable=False),
    )
    op.create_index("ix_citations_number_key", "citations", ["number_key"])
