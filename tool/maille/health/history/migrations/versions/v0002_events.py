"""Events of operators, whose fault a state is, and that of a target only one state lasts.

Who was unreachable before was so by another's fault, as far as can still be told.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add them to what is there."""
    op.add_column("state", sa.Column("origin", sa.Text, nullable=False, server_default="own"))
    op.execute("UPDATE state SET origin = 'upstream' WHERE state = 'unreachable'")
    lasts = sa.text("ended IS NULL")
    op.create_index(
        "state_lasting",
        "state",
        ["target"],
        unique=True,
        sqlite_where=lasts,
        postgresql_where=lasts,
    )
    op.create_table(
        "event",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("once", sa.Text, unique=True),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Take them away; what operators did is then forgotten."""
    op.drop_table("event")
    op.drop_index("state_lasting", "state")
    op.drop_column("state", "origin")
