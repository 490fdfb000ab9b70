"""An estate's recordings and its area of holds on a cluster, opened with a service's own key."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from maille.ceph import clients, subvolumes
from maille.ceph.errors import CephError
from maille.ceph.own_sessions import own_sessions
from maille.ceph.sessions import evict
from maille.holds import mirror
from maille.holds.register import Register
from maille.holds.store import Store
from maille.layout.names import client, holds_group, holds_subvolume

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from maille.ceph.connection import Cluster
    from maille.retention.places import Group

QUOTA, USED = "ceph.quota.max_bytes", "ceph.dir.rbytes"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a command works on."""

    recordings: Store
    area: Store
    again: Store
    """The area, too, through a session that has written nothing to it."""
    run: str
    """Unique to this process."""
    end_expiry: Callable[[], None]
    """Ends what is mounted for erasing; the run of it that lives fails, and may be begun again."""

    @property
    def register(self) -> Register:
        """Give the register of holds."""
        return Register(self.area)

    @property
    def quota_bytes(self) -> int:
        """Give what the area may hold; 0: no limit."""
        return self.area.number(QUOTA)

    @property
    def used_bytes(self) -> int:
        """Give what it holds; seconds old."""
        return self.area.number(USED)


@contextmanager
def opened(
    cluster: Cluster,
    group: Group,
    service: Literal["exporter", "verifier"],
    own: Path,
    run: str,
) -> Iterator[Opened]:
    """Mount recordings and holds with a service's key: an exporter's, or one that only reads.

    Args:
        cluster: a connection that may ask for that key.
        group: the estate's recordings.
        service: whose key.
        own: the estate's own folder on this machine.
        run: unique to this process.

    Raises:
        CephError: there is no area of holds, or no such key.
    """
    area = _area(cluster, group)
    entity = client(group.estate, service)
    access = cluster.access
    if access.client != entity:
        access = replace(access, client=entity, key=clients.key(cluster, entity))
    with own_sessions(cluster, group.filesystem, own) as sessions, ExitStack() as stack:

        def store(root: str) -> Store:
            return Store(stack.enter_context(sessions.mounted(access, root)), run)

        def end_expiry() -> None:
            evict(cluster, group.filesystem, client(group.estate, "expirer"))

        yield Opened(store(group.root), store(area), store(area), run, end_expiry)


@contextmanager
def watched(cluster: Cluster, group: Group, own: Path, run: str) -> Iterator[Callable[[], None]]:
    """Let expiry know what the register on the cluster asks for: at once, and whenever called.

    Calling it raises MailleError if the register cannot be read; then nothing may expire.
    """
    with opened(cluster, group, "verifier", own, run) as found:

        def refresh() -> None:
            mirror.write(own, found.register.holds())

        refresh()
        yield refresh


def _area(cluster: Cluster, group: Group) -> str:
    name = holds_subvolume(group.estate)
    path = subvolumes.path(cluster, group.filesystem, holds_group(group.estate), name)
    if path is None:
        raise CephError(
            f"the cluster has no area of holds for {group.estate} (`{name}`)",
            "`maille storage up` makes it",
        )
    return path
