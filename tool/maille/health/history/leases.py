"""Who polls which shard: each poller its fair share, and a dead one's go to the others.

A lease lasts one and a half intervals and is renewed every half: what a dead poller held is with
the others within two. An epoch counts how often a shard changed hands; whoever records names it, so
that nobody records by a lease that has gone to another.

A lease that ran out is the holder's until somebody takes it, and nobody does who has not been there
himself for as long: after the database was away, those who polled meanwhile come back to their
shards, and can record what they kept.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from maille.health.history.database import now_us
from maille.health.history.tables import SHARDS, lease, poller
from maille.health.history.times import moment, span_us

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime, timedelta

    from sqlalchemy import Connection

    from maille.health.history.database import Database

LASTS_INTERVALS = 1.5
_FORGOTTEN_INTERVALS = 1000
"""After how long a poller that was not seen is no longer listed."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A shard that may be polled, and what was recorded of it last."""

    shard: int
    epoch: int
    seq: int
    """Of the last round that was recorded; the next one's is greater."""
    at: datetime
    """Of the same round; the next one is later."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A lease as it stands in the table."""

    shard: int
    holder: str | None
    until_us: int


@dataclass(frozen=True, slots=True)
class Shift:
    """What one poller does with the leases now."""

    renew: tuple[int, ...]
    release: tuple[int, ...]
    take: tuple[int, ...]


def shift(
    holdings: Sequence[Holding], live: Collection[str], me: str, at_us: int, *, settled: bool
) -> Shift:
    """Say what a poller keeps, gives up and takes so that all have their share.

    A share is all shards by all that live, rounded up. Released shards are anybody's at once, those
    that ran out only theirs who are `settled`.
    """
    share = -(-len(holdings) // len({*live, me}))
    own = [one.shard for one in holdings if one.holder == me]
    free = [
        one.shard
        for one in holdings
        if one.holder is None or (one.holder != me and one.until_us <= at_us and settled)
    ]
    return Shift(tuple(own[:share]), tuple(own[share:]), tuple(free[: max(share - len(own), 0)]))


def tend(database: Database, me: str, interval: timedelta) -> tuple[Lease, ...]:
    """Renew and share out leases; give all that this poller holds now, by their shards.

    To be called every half interval. `me` is the same after a restart, and nobody else's at the
    same time: a poller that comes back goes on with what it held.
    """
    lasts_us = int(span_us(interval) * LASTS_INTERVALS)
    with database.writing() as connection:
        rows = connection.execute(select(lease).order_by(lease.c.shard).with_for_update()).all()
        at_us: int = connection.execute(select(now_us())).scalar_one()
        settled = _seen(connection, me, at_us, lasts_us)
        live = connection.scalars(select(poller.c.name).where(poller.c.seen > at_us - lasts_us))
        holdings = [Holding(row.shard, row.holder, row.until) for row in rows]
        todo = shift(holdings, live.all(), me, at_us, settled=settled)
        until = {"until": at_us + lasts_us}
        _change(connection, todo.renew, until)
        _change(connection, todo.release, {"holder": None, "until": 0})
        _change(connection, todo.take, until | {"holder": me, "epoch": lease.c.epoch + 1})
        held = select(lease).where(lease.c.holder == me).order_by(lease.c.shard)
        return tuple(
            Lease(row.shard, row.epoch, row.seq, moment(row.at)) for row in connection.execute(held)
        )


def leave(database: Database, me: str) -> None:
    """Give up all leases at once: a poller that ends in order keeps nobody waiting."""
    with database.writing() as connection:
        connection.execute(select(lease.c.shard).order_by(lease.c.shard).with_for_update())
        connection.execute(update(lease).where(lease.c.holder == me).values(holder=None, until=0))
        connection.execute(delete(poller).where(poller.c.name == me))


def last_sign(database: Database) -> tuple[datetime | None, datetime]:
    """Give when any poller was seen last, and what time it is now, by the database's clock.

    Older than two intervals, it means that nobody polls.
    """
    with database.reading() as connection:
        newest = select(poller.c.seen).order_by(poller.c.seen.desc()).limit(1)
        seen = connection.execute(newest).scalar()
        at_us: int = connection.execute(select(now_us())).scalar_one()
    return None if seen is None else moment(seen), moment(at_us)


def _seen(connection: Connection, me: str, at_us: int, lasts_us: int) -> bool:
    """Note that a poller lives; say whether it has been there for as long as a lease lasts."""
    old = at_us - lasts_us * _FORGOTTEN_INTERVALS
    connection.execute(delete(poller).where(poller.c.seen < old))
    known = connection.execute(select(poller).where(poller.c.name == me)).one_or_none()
    since = known.since if known and known.seen > at_us - lasts_us else at_us
    values = {"since": since, "seen": at_us}
    if known:
        connection.execute(update(poller).where(poller.c.name == me).values(values))
    else:
        connection.execute(insert(poller).values(name=me, **values))
    return bool(at_us - since >= lasts_us)


def _change(connection: Connection, shards: tuple[int, ...], values: Mapping[str, object]) -> None:
    if shards:
        connection.execute(update(lease).where(lease.c.shard.in_(shards)).values(values))


def shard_of(target: str) -> int:
    """Give the shard of a target: the same in every process, for it follows from the name."""
    return zlib.crc32(target.encode()) % SHARDS
