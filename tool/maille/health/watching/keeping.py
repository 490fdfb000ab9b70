"""Keeping in the history what a watch sees, round by round."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from maille.errors import OutOfReachError
from maille.health.history.leases import leave, shard_of, tend
from maille.health.history.model import Round, StateInterval
from maille.health.history.recorder import Recorder
from maille.health.history.schema import migrate
from maille.health.history.spool import Spool
from maille.health.watching.model import ROUNDS_VALID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maille.health.history.database import Database
    from maille.health.history.leases import Lease
    from maille.health.history.model import Origin
    from maille.health.model import Cause, DeviceState, State
    from maille.health.watching.model import Scene

_SUPPLY = "supply "
"""So begins the name of a suspected event that is the loss of a supply of electricity."""


class Keeper:
    """Records the rounds of one watch, of those shards of the estate that are leased to it."""

    def __init__(self, database: Database, spool: Spool, name: str, interval_s: float) -> None:
        """Begin without a lease.

        Args:
            database: the history; its tables are up to date.
            spool: takes the rounds while the database is away.
            name: this watch's, the same after a restart.
            interval_s: between two rounds.
        """
        self._database, self._name = database, name
        self._recorder = Recorder(database, spool)
        self._interval = timedelta(seconds=interval_s)
        self._leases: tuple[Lease, ...] = ()
        self._told: dict[str, tuple[int, State, Cause | None]] = {}

    def keep(self, scene: Scene) -> None:
        """Record a round: what it saw, not what is told, for uptime is exact to the poll.

        Raises:
            OutOfReachError: neither database nor spool takes it.
        """
        try:
            self._leases = tend(self._database, self._name, self._interval)
            self._recorder.replay()
        except OutOfReachError:
            if not self._leases:
                raise
        for lease in self._leases:
            self._recorder.keep(self._round(lease, scene))

    def _round(self, lease: Lease, scene: Scene) -> Round:
        polled = tuple(one for one in scene.observations if shard_of(one) == lease.shard)
        return Round(
            shard=lease.shard,
            epoch=lease.epoch,
            seq=self._recorder.next_seq(lease),
            at=scene.at,
            validity=ROUNDS_VALID * max(self._interval, timedelta(seconds=scene.lasted_s)),
            polled=polled,
            changes=tuple(self._changes(lease, polled, scene)),
        )

    def _changes(
        self, lease: Lease, polled: tuple[str, ...], scene: Scene
    ) -> Iterator[StateInterval]:
        """Give the states that are others than in the round before; by a new lease all of them."""
        for target in polled:
            state = scene.picture.states.get(target)
            if state is None:
                continue
            told = (lease.epoch, state.state, state.cause)
            if self._told.get(target) != told:
                self._told[target] = told
                yield _begun(state, scene)


@contextmanager
def keeper(database: Database, spool: Path, name: str, interval_s: float) -> Iterator[Keeper]:
    """Give what records a watch, as `Keeper` says; at the end its shards are anybody's.

    Raises:
        OutOfReachError: the database is away, or another watch of this name has the spool.
    """
    migrate(database)
    rounds = Spool(spool)
    try:
        yield Keeper(database, rounds, name, interval_s)
    finally:
        with suppress(OutOfReachError):  # its leases run out by themselves
            leave(database, name)
        rounds.close()


def _begun(state: DeviceState, scene: Scene) -> StateInterval:
    return StateInterval(
        target=state.target,
        state=state.state,
        began=scene.at,
        ended=None,
        origin=_origin(state),
        cause=state.cause,
        evidence=state.evidence,
    )


def _origin(state: DeviceState) -> Origin:
    cause = state.cause
    if cause is None:
        return "own"
    if cause.suspected and cause.suspected.startswith(_SUPPLY):
        return "power"
    own = cause.devices == (state.target,) and not cause.links
    return "own" if own else "upstream"
