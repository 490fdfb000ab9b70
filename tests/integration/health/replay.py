"""A history that a test has in memory, recorded as a poller records it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from maille.health.history.events import add
from maille.health.history.leases import tend
from maille.health.history.model import Round
from maille.health.history.recording import History

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tests.unit.health.reporting.memory import Memory

    from maille.health.history.database import Database


def record(database: Database, memory: Memory) -> None:
    """Record a history round by round, as a poller does that looks when something changes."""
    history, lease = History(database), tend(database, "poller", timedelta(minutes=1))[0]
    for seq, (at, validity) in enumerate(rounds(memory), start=lease.seq + 1):
        changes = tuple(
            one for states in memory.every_state.values() for one in states if one.began == at
        )
        polled = tuple(sorted(memory.every_poll))
        made = Round(lease.shard, lease.epoch, seq, at, validity, polled, changes)
        assert history.record(made) == "recorded"
    for window in memory.windows:
        assert add(database, window, window.starts)


def rounds(memory: Memory) -> Iterator[tuple[datetime, timedelta]]:
    """Give when there was a round, and how long a gap before it may be to be none."""
    (first, second) = next(iter(memory.every_poll.values()))
    edges = {at: timedelta(days=100) for span in (first, second) for at in (span.began, span.ended)}
    edges[second.began] = timedelta(minutes=1)
    changes = {one.began for states in memory.every_state.values() for one in states}
    seen = {at for at in changes if not first.ended < at < second.began}
    assert seen == changes, "a change that nobody saw"
    edges |= dict.fromkeys(changes - edges.keys(), timedelta(days=100))
    return iter(sorted(edges.items()))
