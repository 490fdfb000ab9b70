"""Pollers that are killed at any moment, alone and several on one database."""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.pollers import EPOCH, SEQ, Job, kill, said_in, start, target_of

from maille.health.history.leases import tend
from maille.health.history.reading import Reading
from maille.health.history.tables import SHARDS
from maille.health.history.times import micros

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest
    from tests.postgres import Server

    from maille.health.history.database import Database

KILLS = 100
GENEROUS_S = 120
ALWAYS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def test_a_hundred_kills_and_a_restart_of_the_database_lose_and_double_nothing(
    database: Database, address: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    dice = random.Random(address[:6])  # noqa: S311  # when to kill, not a key
    job = Job(address, tmp_path, "poller", timedelta(seconds=4), shards=3)
    for number in range(KILLS):
        already = len(said_in(tmp_path))
        poller = start(job)
        _wait(lambda already=already: len(said_in(tmp_path)) > already)
        if number == KILLS // 2:
            with _away(address, request):
                _wait(lambda: sum(one.outcome == "spooled" for one in said_in(tmp_path)) > 20)
                kill(poller)
                poller = start(job)  # it finds the spool, and waits for the database
                time.sleep(dice.uniform(0, 1))
                kill(poller)
            continue
        time.sleep(dice.uniform(0, 0.1))
        kill(poller)
    last = start(job)
    _wait(lambda: (tmp_path / "poller.spool").stat().st_size == 0)
    kill(last)
    said = said_in(tmp_path)
    assert {one.outcome for one in said} == {"recorded", "spooled"}
    _assert_kept(database, tmp_path, unsaid=KILLS + 3)


def test_three_pollers_share_the_estate_and_take_over_from_the_killed(
    database: Database, address: str, tmp_path: Path
) -> None:
    dice = random.Random(address[:6])  # noqa: S311
    interval = timedelta(seconds=1)

    def job(name: str) -> Job:
        return Job(address, tmp_path, name, interval)

    pollers = {name: start(job(name)) for name in "abc"}
    _wait(lambda: {one.shard for one in said_in(tmp_path)} == set(range(SHARDS)))
    kills = 8
    for _ in range(kills):
        name = dice.choice(sorted(pollers))
        kill(pollers[name])
        time.sleep(dice.uniform(0, 3))
        pollers[name] = start(job(name))
        time.sleep(dice.uniform(0, 1))
    for name in "ab":
        kill(pollers[name])
    before = len(said_in(tmp_path))
    _wait(lambda: {one.shard for one in said_in(tmp_path)[before:]} == set(range(SHARDS)))
    kill(pollers["c"])
    epochs = _assert_kept(database, tmp_path, unsaid=kills + 3)
    assert max(max(each) for each in epochs.values()) > 1
    leases = tend(database, "c", interval)
    assert {lease.shard for lease in leases} == set(range(SHARDS))


def _assert_kept(database: Database, folder: Path, *, unsaid: int) -> dict[int, list[int]]:
    """Assert that what was said is found once, and but for a last round of each killed no more.

    Gives the epochs of each shard's rounds in the order of time.
    """
    said = said_in(folder)
    reading = Reading(database)
    found, epochs = 0, {}
    for shard in {one.shard for one in said}:
        target = target_of(shard)
        numbers, by = reading.samples(target, ALWAYS)[::-1]
        assert (numbers.measure, by.measure) == (SEQ, EPOCH)
        there = dict(zip(map(micros, numbers.times), numbers.values, strict=True))
        own = {one.at_us: one.seq for one in said if one.shard == shard}
        assert own.items() <= there.items()
        assert len(set(there.values())) == len(there)
        assert list(numbers.values) == sorted(there.values(), key=int)  # type: ignore[arg-type]
        epochs[shard] = [int(value or 0) for value in by.values]
        assert epochs[shard] == sorted(epochs[shard])
        states = reading.states([target], ALWAYS)[target]
        turns = [
            at
            for at, value, last in zip(
                numbers.times, numbers.values, (None, *numbers.values), strict=False
            )
            if last is None or int(value or 0) % 2 != int(last) % 2
        ]
        assert [one.began for one in states] == turns
        assert [one.ended for one in states] == [*turns[1:], None]
        (span,) = reading.polled([target], ALWAYS)[target]
        assert (span.began, span.ended) == (numbers.times[0], numbers.times[-1])
        found += len(there)
    assert len(said) <= found <= len(said) + unsaid
    return epochs


@contextmanager
def _away(address: str, request: pytest.FixtureRequest) -> Iterator[None]:
    """Restart PostgreSQL as a power cut would; keep SQLite's file locked."""
    if "://" in address:
        server: Server = request.getfixturevalue("postgres")
        server.stop()
        yield
        server.start()
    else:
        other = sqlite3.connect(address, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.close()


def _wait(until: object) -> None:
    assert callable(until)
    end = time.monotonic() + GENEROUS_S
    while not until():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.01)
