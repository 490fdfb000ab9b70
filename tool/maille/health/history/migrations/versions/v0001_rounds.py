"""What a round records: states, polling, samples, and the leases by which it may."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of the first version."""
    op.create_table(
        "state",
        sa.Column("target", sa.Text, primary_key=True),
        sa.Column("began", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("ended", sa.BigInteger),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("cause", sa.Text),
        sa.Column("evidence", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "polled",
        sa.Column("target", sa.Text, primary_key=True),
        sa.Column("began", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("ended", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "layout",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("measures", sa.Text, nullable=False),
    )
    op.create_table(
        "tail",
        sa.Column("shard", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("samples", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "chunk",
        sa.Column("hour", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("target", sa.Text, primary_key=True),
        sa.Column("layout", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("samples", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lease",
        sa.Column("shard", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("holder", sa.Text),
        sa.Column("epoch", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "poller",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "latest",
        sa.Column("shard", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("conditions", sa.LargeBinary, nullable=False),
    )
    for shard in range(16):
        op.execute(f"INSERT INTO lease VALUES ({shard}, NULL, 0, 0, 0, 0)")  # noqa: S608


def downgrade() -> None:
    """Take them away."""
    for name in ("latest", "poller", "lease", "chunk", "tail", "layout", "polled", "state"):
        op.drop_table(name)
