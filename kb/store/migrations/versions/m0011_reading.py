"""Which reading of the program a text is of; of those read before it was kept nothing is known: the oldest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the number of the reading to every text."""
    op.add_column("versions", sa.Column("reading", sa.Integer, nullable=False, server_default="0"))
