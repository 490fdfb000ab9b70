"""Making rounds into chunks when their hour is over, and forgetting chunks when they are old."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from maille.health.history.chunks import decode, encode
from maille.health.history.rows import layout_from, unpack
from maille.health.history.tables import chunk, layout, lease, tail
from maille.health.history.times import HOUR_US, hour_of, micros

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from maille.health.history.database import Database
    from maille.health.history.model import MeasureKind, Value
    from maille.health.history.rows import Layouts

    Rows = dict[int, tuple[Value, ...]]
    """By time."""


def compact(database: Database, shards: Iterable[int], now: datetime) -> int:
    """Make the rounds of some shards into chunks, of every hour that is over; give how many.

    Each hour of a shard is a transaction. Who records waits meanwhile; who reads sees the samples
    in one place or the other. Rounds that come later, from a spool, are added to their chunks.
    """
    running, count = hour_of(micros(now)), 0
    for shard in shards:
        while done := _compact_oldest(database, shard, running):
            count += done
    return count


def age(database: Database, before: datetime) -> int:
    """Forget the chunks of all hours that were over before a time; give how many."""
    last = hour_of(micros(before)) - HOUR_US
    with database.writing() as connection:
        return connection.execute(delete(chunk).where(chunk.c.hour <= last)).rowcount


def layouts_in(connection: Connection) -> Layouts:
    """Give the measures of every layout."""
    return {row.id: layout_from(row.measures) for row in connection.execute(select(layout))}


def _compact_oldest(database: Database, shard: int, running: int) -> int:
    with database.writing() as connection:
        connection.execute(select(lease.c.seq).where(lease.c.shard == shard).with_for_update())
        oldest = connection.execute(select(func.min(tail.c.at)).where(tail.c.shard == shard))
        first = oldest.scalar()
        if first is None or hour_of(first) >= running:
            return 0
        hour = hour_of(first)
        here = (tail.c.shard == shard) & (tail.c.at >= hour) & (tail.c.at < hour + HOUR_US)
        rounds = connection.execute(select(tail).where(here)).all()
        _write(connection, hour, rounds, layouts_in(connection))
        connection.execute(delete(tail).where(here))
        return len(rounds)


def _write(
    connection: Connection,
    hour: int,
    rounds: Sequence[Row[tuple[int, int, bytes]]],
    layouts: Layouts,
) -> None:
    found: defaultdict[tuple[str, int], Rows] = defaultdict(dict)
    for round_ in rounds:
        for row in unpack(round_.samples, layouts):
            found[row.target, row.layout][round_.at] = row.values
    written = []
    for (target, number), rows in found.items():
        kinds = [one.kind for one in layouts[number]]
        whole = _taken(connection, hour, target, number, kinds) | rows
        times = sorted(whole)
        samples = encode(kinds, times, [whole[at] for at in times])
        written.append({"hour": hour, "target": target, "layout": number, "samples": samples})
    if written:
        connection.execute(insert(chunk), written)


def _taken(
    connection: Connection, hour: int, target: str, number: int, kinds: Sequence[MeasureKind]
) -> Rows:
    """Take away the chunk that is there, and give what was in it."""
    here = (chunk.c.hour == hour) & (chunk.c.target == target) & (chunk.c.layout == number)
    there = connection.execute(select(chunk.c.samples).where(here)).scalar()
    if there is None:
        return {}
    connection.execute(delete(chunk).where(here))
    times, columns = decode(kinds, there)
    rows = zip(*columns, strict=True) if columns else ((),) * len(times)
    return dict(zip(times, rows, strict=True))
