"""Pollers as processes that can be killed at any moment, and what they said that they had kept.

A poller polls one target a shard. Each of its rounds has one sample, the round's number, and tells
another state than the round before, so that a round which is missing, or there twice, shows in the
samples and in the states.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from maille.errors import OutOfReachError
from maille.health.history.database import open_database
from maille.health.history.leases import shard_of, tend
from maille.health.history.model import Measure, Round, Samples, StateInterval
from maille.health.history.recorder import Recorder
from maille.health.history.spool import Spool
from maille.health.history.tables import SHARDS
from maille.health.history.times import micros

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from maille.health.history.leases import Lease

SEQ = Measure("seq", "counter")
EPOCH = Measure("epoch", "counter")
LONG = timedelta(hours=1)
_PAUSE_S = 0.02


def target_of(shard: int) -> str:
    """Give the target of a shard that a poller polls."""
    return _TARGETS[shard]


@dataclass(frozen=True, slots=True)
class Said:
    """A round that a poller said it had kept."""

    shard: int
    epoch: int
    seq: int
    at_us: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Job:
    """What a poller is started with."""

    address: str
    folder: Path
    """Where each has its spool, and all write down what they kept."""
    name: str
    interval: timedelta
    shards: int = SHARDS
    """How many it polls of those that it holds: fewer, more often."""


def start(job: Job) -> BaseProcess:
    """Start a poller."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.pollers"])
    process = context.Process(target=poll, args=(job,), daemon=True)
    process.start()
    return process


def kill(process: BaseProcess) -> None:
    """Kill a poller, and wait until nothing of it is there."""
    process.kill()
    process.join()


def said_in(folder: Path) -> list[Said]:
    """Give all that the pollers of a folder said, in the order of their saying."""
    file = folder / "said"
    lines = file.read_text().splitlines() if file.exists() else []
    found = []
    for line in lines:
        *numbers, outcome = line.split()
        shard, epoch, seq, at_us = map(int, numbers)
        found.append(Said(shard, epoch, seq, at_us, outcome))
    return found


def poll(job: Job) -> None:
    """Poll until killed."""
    database = open_database(job.address, patience_s=2)
    recorder = Recorder(database, Spool(job.folder / f"{job.name}.spool"))
    said = os.open(job.folder / "said", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    leases: tuple[Lease, ...] = ()
    due = 0.0
    while True:
        if time.monotonic() >= due:
            with suppress(OutOfReachError):
                leases = tend(database, job.name, job.interval)
                recorder.replay()
            due = time.monotonic() + job.interval.total_seconds() / 2
        for lease in leases[: job.shards]:
            round_ = _round(lease, recorder.next_seq(lease))
            outcome = recorder.keep(round_)
            if outcome in ("recorded", "spooled"):
                words = (lease.shard, lease.epoch, round_.seq, micros(round_.at), outcome)
                os.write(said, (" ".join(map(str, words)) + "\n").encode())
        time.sleep(_PAUSE_S)


def _round(lease: Lease, seq: int) -> Round:
    at, target = datetime.now(UTC), target_of(lease.shard)
    state = StateInterval(target, "up" if seq % 2 else "down", at, None)
    samples = Samples(target, (SEQ, EPOCH), (seq, lease.epoch))
    return Round(lease.shard, lease.epoch, seq, at, LONG, (target,), (state,), (samples,))


def _targets() -> dict[int, str]:
    found: dict[int, str] = {}
    for number in range(1000):
        found.setdefault(shard_of(f"target-{number}"), f"target-{number}")
    return found


_TARGETS = _targets()
