"""How much is relied on works."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the table of ranks; the next document that comes in fills it."""
    op.create_table(
        "ranks",
        sa.Column("node_id", sa.String(200), nullable=False),
        sa.Column("rank", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("node_id", name="pk_ranks"),
    )
