"""The tables of the history, as the newest migration leaves them.

Times are whole microseconds UTC. Whatever is read by time begins its key with it, or with the shard
and it: rows are then added at the end of the table. Keys are clustered in SQLite.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.schema import Index

SHARDS = 16
"""In how many parts an estate is polled: what one poller takes over of another."""

metadata = MetaData()

state = Table(
    "state",
    metadata,
    Column("target", Text, primary_key=True),
    Column("began", BigInteger, primary_key=True, autoincrement=False),
    Column("ended", BigInteger),
    Column("state", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("cause", Text),
    Column("evidence", Text, nullable=False),
    sqlite_with_rowid=False,
)
lasting = Index("state_lasting", state.c.target, unique=True)
"""Of a target at most one state lasts; the database itself insists."""
for dialect in ("sqlite", "postgresql"):
    lasting.dialect_options[dialect]["where"] = state.c.ended.is_(None)

polled = Table(
    "polled",
    metadata,
    Column("target", Text, primary_key=True),
    Column("began", BigInteger, primary_key=True, autoincrement=False),
    Column("ended", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

layout = Table(
    "layout",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("measures", Text, nullable=False),
)
"""Which columns a row of samples has; the id follows from the measures."""

tail = Table(
    "tail",
    metadata,
    Column("shard", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    Column("samples", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""All samples of one round, until they are made into chunks."""

chunk = Table(
    "chunk",
    metadata,
    Column("hour", BigInteger, primary_key=True, autoincrement=False),
    Column("target", Text, primary_key=True),
    Column("layout", BigInteger, primary_key=True, autoincrement=False),
    Column("samples", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

lease = Table(
    "lease",
    metadata,
    Column("shard", Integer, primary_key=True, autoincrement=False),
    Column("holder", Text),
    Column("epoch", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""Who polls a shard, and which round of it was recorded last."""

poller = Table(
    "poller",
    metadata,
    Column("name", Text, primary_key=True),
    Column("since", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
)

latest = Table(
    "latest",
    metadata,
    Column("shard", Integer, primary_key=True, autoincrement=False),
    Column("until", BigInteger, nullable=False),
    Column("conditions", LargeBinary, nullable=False),
)
"""What the last round of a shard said of all its targets, and how long that holds."""

event = Table(
    "event",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("once", Text, unique=True),
    Column("body", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""What people and the escalation did; rows are added and never changed. Of those that have the same
`once` only the first is."""
