"""Files that came in by the pages; what is doubtful in texts, and what people said of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kb.store.migrations.fill import fill_doubts

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the three tables; doubts of texts that are held are written from what was kept."""
    _create_inbox()
    _create_doubts()
    _create_reviews()
    fill_doubts(op.get_bind())


def _create_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("batch", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("received", sa.String(40), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("verdict", sa.String(20)),
        sa.Column("work", sa.String(200)),
        sa.Column("version", sa.Integer),
        *[sa.Column(name, sa.Text, nullable=False, server_default="") for name in ("code", "vi", "en", "perhaps")],
        sa.Column("pages", sa.Integer),
        sa.Column("problems", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_batch", "inbox", ["batch"])
    op.create_index("ix_inbox_state", "inbox", ["state"])


def _create_doubts() -> None:
    op.create_table(
        "doubts",
        sa.Column("version_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("severity", sa.String(10), nullable=False),
        sa.Column("vi", sa.Text, nullable=False),
        sa.Column("en", sa.Text, nullable=False),
        *[sa.Column(name, sa.Integer) for name in ("start", "end", "page")],
        sa.Column("confidence", sa.Float),
        sa.PrimaryKeyConstraint("version_id", "position", name="pk_doubts"),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_doubts_version_id", ondelete="CASCADE"),
    )
    op.create_index("ix_doubts_code", "doubts", ["code"])


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("said", sa.String(10), nullable=False),
        sa.Column("made", sa.String(40), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("sha256", "code", "start", name="pk_reviews"),
    )
