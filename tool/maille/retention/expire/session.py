"""A run against a cluster: its parts put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.retention.expire import holds
from maille.retention.expire import pending as pendings
from maille.retention.expire.drain import Drain
from maille.retention.expire.evidence import CephEvidence
from maille.retention.expire.pending import Pending
from maille.retention.expire.planner import Planner
from maille.retention.expire.report import Expiry
from maille.retention.expire.run import Expirer
from maille.retention.journal import FOLDER, Journal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from maille.ceph.connection import Cluster
    from maille.retention.expire.pace import Pace
    from maille.retention.places import Group, Place
    from maille.retention.promise import Area
    from maille.retention.segments.tree import Tree


@dataclass(frozen=True, slots=True)
class Means:
    """What a run that erases is given from outside."""

    author: str
    pace: Pace
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    step: Callable[[], None]
    refresh: Callable[[], None]
    """Makes the estate's own copy of the register of requisitions anew."""


@dataclass(frozen=True, slots=True)
class Session:
    """An estate's recordings, and which of them a run is about."""

    group: Group
    areas: tuple[Area, ...]
    own: Path
    """The estate's own folder, with the journal and the register of requisitions in it."""
    now: datetime

    def dry_run(self, cluster: Cluster) -> Expiry:
        """Tell what would go; nothing is written."""
        places = self._places(cluster)
        with self.group.opened(cluster, "expirer", self.own) as tree:
            planner = self._planner(tree)
            sums = tuple(planner.sum(one.area, one.folder) for one in places if one.folder)
        return Expiry(self.group.estate, self.now, sums, self._left_alone())

    def run(self, cluster: Cluster, means: Means, longest_wait_s: float) -> Expiry:
        """Settle what was left, take away what is past, and wait until it is erased."""
        journal = Journal(self.own / FOLDER, means.author)
        places = self._places(cluster)
        with (
            journal.writing(self.now),
            self.group.opened(cluster, "expirer", self.own) as tree,
        ):
            forgotten = journal.forget(self.now)
            pending = Pending(journal.folder / pendings.FOLDER)
            expirer = Expirer(
                tree,
                journal,
                pending,
                self._planner(tree),
                means.pace,
                means.clock,
                means.new_id,
                means.step,
                means.refresh,
            )
            resumed = expirer.settle()
            sums = tuple(expirer.expire(one.area, one.folder) for one in places if one.folder)
            with CephEvidence(cluster, self.group.filesystem) as evidence:
                pace = means.pace
                drain = Drain(journal, pending, evidence, means.clock, pace.clock, pace.sleep)
                drained = drain.wait(longest_wait_s)
        return Expiry(
            self.group.estate,
            self.now,
            sums,
            self._left_alone(),
            drained,
            resumed,
            forgotten,
        )

    def _planner(self, tree: Tree) -> Planner:
        return Planner(tree, holds.Register(self.own / holds.FOLDER), self.now)

    def _places(self, cluster: Cluster) -> tuple[Place, ...]:
        ours = [area for area in self.areas if area.ours]
        return tuple(self.group.places(cluster, ours))

    def _left_alone(self) -> tuple[Area, ...]:
        return tuple(area for area in self.areas if not area.ours)
