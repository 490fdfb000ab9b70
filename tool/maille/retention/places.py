"""A cluster as retention sees it: an estate's group, opened with a service's own key."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from maille.ceph import clients, subvolumes
from maille.ceph.names import folder
from maille.ceph.own_sessions import own_sessions
from maille.ceph.ownership import owned
from maille.errors import MailleError
from maille.layout.names import client
from maille.retention import said
from maille.retention.promise import area_of_left, areas_of
from maille.retention.segments.cephfs import CephTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from maille.blueprint.model import Blueprint
    from maille.ceph.connection import Cluster
    from maille.retention.promise import Area

CLOCK_SKEW = timedelta(minutes=5)
"""A machine whose clock is off by more may not decide what is old."""


@dataclass(frozen=True, slots=True)
class Place:
    """A subvolume and the folder that its files go to; None if it is not on the cluster."""

    area: Area
    folder: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """An estate's group of subvolumes on a cluster."""

    estate: str
    filesystem: str

    @property
    def root(self) -> str:
        """Give its folder, the only one that is mounted."""
        return folder(self.estate)

    @contextmanager
    def opened(self, cluster: Cluster, service: str, own: Path) -> Iterator[CephTree]:
        """Mount it with the key of a service: `verifier` or `expirer`.

        Args:
            cluster: a connection that may ask for that key.
            service: whose key.
            own: the estate's own folder on this machine.

        Raises:
            CephError: there is no such key, or the connection may not ask for it.
        """
        entity = client(self.estate, service)
        access = cluster.access
        if access.client != entity:
            access = replace(access, client=entity, key=clients.key(cluster, entity))
        with (
            own_sessions(cluster, self.filesystem, own) as sessions,
            sessions.mounted(access, self.root) as handle,
        ):
            yield CephTree(handle)

    def places(self, cluster: Cluster, areas: Iterable[Area]) -> Iterator[Place]:
        """Find the folders of subvolumes, below the group's own."""
        for area in areas:
            path = subvolumes.path(cluster, self.filesystem, self.estate, area.subvolume)
            yield Place(area, path.removeprefix(self.root) if path else None)


def group_of(blueprint: Blueprint) -> Group:
    """Give the group of an estate's recordings."""
    settings = blueprint.estate.settings
    return Group(settings.estate, settings.storage.filesystem)


def areas_in(blueprint: Blueprint, communes: Iterable[str]) -> tuple[Area, ...]:
    """Give the subvolumes of some communes, of all if none is named."""
    wanted = frozenset(communes)
    return tuple(area for area in areas_of(blueprint) if not wanted or area.commune in wanted)


def left_in(blueprint: Blueprint, cluster: Cluster, communes: Iterable[str]) -> tuple[Area, ...]:
    """Give the estate's shares on a cluster whose communes are no members any more.

    Ours is what bears the estate's mark; anything else in its group stays untouched.

    Args:
        blueprint: the estate.
        cluster: a connection that may read the marks.
        communes: only theirs; all if none is named.
    """
    group, wanted = group_of(blueprint), frozenset(communes)
    there = frozenset(subvolumes.names(cluster, group.filesystem, group.estate))
    known = frozenset(area.subvolume for area in areas_of(blueprint))
    left = (there & owned(cluster, group.estate, "subvolume", group.filesystem)) - known
    areas = (area_of_left(blueprint, name) for name in sorted(left))
    return tuple(area for area in areas if not wanted or area.commune in wanted)


def require_clock(cluster: Cluster, now: datetime) -> None:
    """Compare a clock with the manager's, which stamps the state of the placement groups.

    Raises:
        MailleError: they differ so much that what is old cannot be told.
    """
    stamp = cluster.mgr("pg dump", dumpcontents=["summary"])["pg_map"]["stamp"]
    theirs = datetime.fromisoformat(stamp)
    if abs(now - theirs) > CLOCK_SKEW:
        raise MailleError(
            f"this machine's clock says {said.at(now)}, the cluster's {said.at(theirs)}",
            "set the clock of the one that is wrong: what is erased goes by it",
        )
