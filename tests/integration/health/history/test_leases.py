"""Leases as both databases keep them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

from maille.health.history.leases import last_sign, leave, tend
from maille.health.history.tables import SHARDS

if TYPE_CHECKING:
    from maille.health.history.database import Database

MINUTE = timedelta(minutes=1)


def test_pollers_share_as_they_come_and_go(database: Database) -> None:
    assert len(tend(database, "a", MINUTE)) == SHARDS
    assert tend(database, "b", MINUTE) == ()
    kept = tend(database, "a", MINUTE)
    taken = tend(database, "b", MINUTE)
    assert len(kept) == len(taken) == SHARDS // 2
    assert {lease.epoch for lease in kept} == {1}
    assert {lease.epoch for lease in taken} == {2}
    leave(database, "a")
    assert len(tend(database, "b", MINUTE)) == SHARDS


def test_pollers_that_come_at_once_get_no_shard_twice(database: Database) -> None:
    with ThreadPoolExecutor(6) as pool:
        for _ in range(5):
            held = list(pool.map(lambda name: tend(database, name, MINUTE), "abcdef"))
    shards = [lease.shard for leases in held for lease in leases]
    assert len(shards) == len(set(shards)) == SHARDS


def test_that_nobody_polls_can_be_told(database: Database) -> None:
    assert last_sign(database)[0] is None
    tend(database, "a", MINUTE)
    seen, now = last_sign(database)
    assert seen is not None
    assert timedelta() <= now - seen < MINUTE
