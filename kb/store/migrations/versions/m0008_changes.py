"""The longest word of a change does not fit the column that a database with fixed lengths gave it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Widen the column of changes."""
    with op.batch_alter_table("changes") as table:
        table.alter_column(
            "change", type_=sa.String(60), existing_type=sa.String(30), existing_nullable=False, nullable=False
        )
