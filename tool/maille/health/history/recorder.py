"""What a poller records with: the database, and the spool while that is away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from maille.errors import OutOfReachError
from maille.health.history.recording import History, Outcome, checked

if TYPE_CHECKING:
    from maille.health.history.database import Database
    from maille.health.history.leases import Lease
    from maille.health.history.model import Round
    from maille.health.history.spool import Spool

Kept: TypeAlias = Outcome | Literal["spooled"]


class Recorder:
    """Records rounds in order, now or when the database is back; by one thread at a time."""

    def __init__(self, database: Database, spool: Spool) -> None:
        """Record into a database whose tables are up to date; nothing is replayed yet."""
        self._history = History(database)
        self._spool = spool
        self._last = {(each.shard, each.epoch): each.seq for each in spool.rounds()}
        self.refused = 0
        """How many rounds of the spool came too late: their shards had gone to others."""

    def next_seq(self, lease: Lease) -> int:
        """Give the number of the next round of a shard, after all that are kept anywhere."""
        return max(lease.seq, self._last.get((lease.shard, lease.epoch), 0)) + 1

    def keep(self, round_: Round) -> Kept:
        """Record a round; while others wait it does so, too, and nobody waits for the database.

        Raises:
            OutOfReachError: neither the database nor the spool takes it.
            ValueError: the round contradicts itself.
        """
        checked(round_)
        outcome = "spooled" if self._spool.waits else self._try(round_)
        if outcome == "spooled":
            self._spool.append(round_)
        self._last[round_.shard, round_.epoch] = round_.seq
        return outcome

    def _try(self, round_: Round) -> Kept:
        try:
            return self._history.record(round_)
        except OutOfReachError:
            return "spooled"

    def replay(self) -> None:
        """Record what waits; to be called each time that leases were renewed.

        Raises:
            OutOfReachError: the database is still away; all of it waits on, and what was recorded
                already is not recorded twice.
        """
        if not self._spool.waits:
            return
        refused = 0
        for round_ in self._spool.rounds():
            refused += self._history.record(round_) in ("lost", "late")
        self._spool.clear()
        self.refused += refused
