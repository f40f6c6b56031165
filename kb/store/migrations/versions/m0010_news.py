"""Works that the graph has not taken in yet, so that a program stopped in between is caught up with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table of works that are news."""
    op.create_table(
        "news",
        sa.Column("work_id", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("work_id", name="pk_news"),
    )
