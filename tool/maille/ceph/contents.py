"""What a pool holds, by its objects themselves: the statistics lag behind by seconds."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import rados

from maille.ceph.errors import CephError, ProtectedError
from maille.ceph.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.ceph.connection import Cluster

_NOTE = b"[GLOBAL]"
"""How the manager's own note on a subvolume begins, a file `.meta` in no namespace."""


def counted(cluster: Cluster, pool: str) -> int:
    """Give how many objects a pool holds, as its placement groups last told."""
    stats = cluster.mon("df")["pools"]
    return next((int(one["stats"]["objects"]) for one in stats if one["name"] == pool), 0)


def holds_objects(cluster: Cluster, pool: str) -> bool:
    """Say whether a pool has any object."""
    with _opened(cluster, pool) as io:
        return next(iter(io.list_objects()), None) is not None


def holds_files(cluster: Cluster, pool: str) -> bool:
    """Say whether a pool has any object beside the manager's notes.

    These go with the trash of the manager, four a second: a pool that is removed with them
    loses nothing.
    """
    with _opened(cluster, pool) as io:
        return any(one.nspace or not _is_note(cluster, pool, one) for one in io.list_objects())


def _is_note(cluster: Cluster, pool: str, one: rados.Object) -> bool:
    with cluster.handle.open_ioctx(pool) as io:
        try:
            return io.read(one.key, len(_NOTE)) == _NOTE
        except rados.ObjectNotFound:
            return True


def drain(cluster: Cluster, pool: str) -> None:
    """Wait until nothing is left of the files that were removed, as long as it gets less.

    Raises:
        ProtectedError: it does not get less, for there are files that were not removed.
    """
    patience_s = cluster.access.patience.drain_s
    while holds_files(cluster, pool):
        before = counted(cluster, pool)
        try:
            wait_until(lambda: _less(cluster, pool, before), patience_s, "")  # noqa: B023
        except CephError:
            raise ProtectedError(
                f"pool {pool} holds {counted(cluster, pool):,} objects, and no fewer after"
                f" {patience_s} s",
                "remove what is in it first, or say by its name that it may be lost",
            ) from None


def _less(cluster: Cluster, pool: str, before: int) -> bool:
    return counted(cluster, pool) < before or not holds_files(cluster, pool)


@contextmanager
def _opened(cluster: Cluster, pool: str) -> Iterator[rados.Ioctx]:
    with cluster.handle.open_ioctx(pool) as io:
        io.set_namespace(rados.LIBRADOS_ALL_NSPACES)
        yield io
