"""Whether what was unlinked is erased: gone from the disks, not from the names alone.

On 16.2 an inode without a name is a *stray* of the metadata server, for as long as somebody holds
the file open and until the server comes round to it; then an item of its purge queue; then its
objects are deleted. A snapshot keeps the objects, and when it is removed they go by and by, while
placement groups are in `snaptrim`: `stat` finds no head of such an object, which is there still.
So all of it is asked: counters, placement groups, and the objects of every single file.
"""

from __future__ import annotations

import stat
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, Self

import rados

from maille.ceph import tell
from maille.ceph.errors import CephOutOfReachError

if TYPE_CHECKING:
    from types import TracebackType

    from maille.ceph.connection import Cluster
    from maille.retention.expire.pending import Item


STRAY_FOLDERS = 10
"""So many has a metadata server for what has no name any more."""
LOOKED_INTO = 1_000
"""More files without a name than these are counted only: folders among them do not matter then."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What a file system has still to erase, of everybody's files."""

    strays: int
    purging: int
    """Items of the purge queue."""
    trimming: int
    """Placement groups that erase what a snapshot kept."""

    @property
    def clear(self) -> bool:
        """Say whether there is nothing left."""
        return not (self.strays or self.purging or self.trimming)

    def __str__(self) -> str:
        """Give it for people."""
        return (
            f"{self.strays:,} files without a name, {self.purging:,} in the purge queue,"
            f" {self.trimming:,} placement groups trimming snapshots"
        )


class Evidence(Protocol):
    """Whatever can tell."""

    def backlog(self) -> Backlog:
        """Tell what is still to be erased."""

    def gone(self, item: Item) -> bool:
        """Say whether no object of a file is there any more, as far as its ends show."""


class CephEvidence:
    """A cluster's own counters and objects; needs a client that may ask for them."""

    def __init__(self, cluster: Cluster, filesystem: str) -> None:
        """Keep the connection; a `with` statement ends what is opened on it."""
        self._cluster = cluster
        self._filesystem = filesystem
        self._pools: dict[str, rados.Ioctx] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the pools."""
        self._stack.close()

    def backlog(self) -> Backlog:
        """Sum the counters of the file system's active servers.

        Raises:
            CephOutOfReachError: no server is active, or one does not answer.
        """
        counters = {
            rank: tell.mds(self._cluster, self._filesystem, rank, "perf dump")
            for rank in tell.ranks(self._cluster, self._filesystem)
        }
        states = self._cluster.mon("status")["pgmap"].get("pgs_by_state", ())
        return Backlog(
            strays=sum(
                self._stray_files(rank, one["mds_cache"]["num_strays"])
                for rank, one in counters.items()
            ),
            purging=sum(
                max(one["purge_queue"]["pq_item_in_journal"], one["purge_queue"]["pq_executing"])
                for one in counters.values()
            ),
            trimming=sum(one["count"] for one in states if "snaptrim" in one["state_name"]),
        )

    def _stray_files(self, rank: int, counted: int) -> int:
        """Leave folders out: of a share that was removed, the manager holds two for long."""
        if not 0 < counted <= LOOKED_INTO:
            return counted
        modes = [
            one["mode"]
            for number in range(STRAY_FOLDERS)
            for one in self._dumped(rank, f"~mdsdir/stray{number}")
        ]
        listed = len(modes) - STRAY_FOLDERS  # each lists itself, too
        if listed < counted:
            return counted  # what is not in the server's memory is not listed
        return sum(not stat.S_ISDIR(mode) for mode in modes)

    def _dumped(self, rank: int, root: str) -> list[dict[str, Any]]:
        found = tell.mds(self._cluster, self._filesystem, rank, "dump tree", root=root, depth=1)
        return found or []

    def gone(self, item: Item) -> bool:
        """Look for the first and the last object; they are deleted in this order.

        What lies between is gone when the purge queue is empty: an item leaves it with its last
        object.
        """
        layout = dict(word.split("=", 1) for word in item.layout.split())
        objects = max(1, -(-item.size_bytes // int(layout["object_size"])))
        try:
            pool = self._pool(layout["pool"])
            pool.set_namespace(layout.get("pool_namespace", ""))
            return not any(_there(pool, f"{item.inode:x}.{at:08x}") for at in {objects - 1, 0})
        except rados.ObjectNotFound:
            return True  # the pool itself is gone
        except rados.Error as error:
            raise CephOutOfReachError(
                f"pool {layout['pool']} does not answer: {error}",
                "see `ceph health`; what was unlinked is journaled, the next run goes on",
            ) from None

    def _pool(self, name: str) -> rados.Ioctx:
        """Open a pool; CephFS tells one that is newer than a mount by its number."""
        if name not in self._pools:
            handle = self._cluster.handle
            opened = handle.open_ioctx2(int(name)) if name.isdigit() else handle.open_ioctx(name)
            self._pools[name] = self._stack.enter_context(opened)
        return self._pools[name]


def _there(pool: rados.Ioctx, name: str) -> bool:
    try:
        pool.stat(name)
    except rados.ObjectNotFound:
        return False
    return True
