"""Words for the state of a base, so that others know whether what they keep of it still holds."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the table of revisions with its two rows."""
    table = op.create_table(
        "revisions",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("word", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_revisions"),
    )
    op.bulk_insert(table, [{"name": name, "word": secrets.token_hex(16)} for name in ("content", "desk")])
