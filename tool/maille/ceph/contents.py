"""What a pool holds, by its objects themselves: the statistics lag behind by seconds."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import rados

from maille.ceph.errors import CephError, ProtectedError
from maille.ceph.trash import sweep
from maille.ceph.waiting import wait_until

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster


_ANY_NAME = "maille"
"""Of an object; that there is none tells as much."""


class BlindError(CephError):
    """A pool's contents cannot be seen with this key."""


def counted(cluster: Cluster, pool: str) -> int:
    """Give how many objects a pool holds, as its placement groups last told."""
    return _told(cluster, pool, "objects")


def stored_bytes(cluster: Cluster, pool: str) -> int:
    """Give how much a pool holds, coding and copies aside; told as `counted` is."""
    return _told(cluster, pool, "stored")


def _told(cluster: Cluster, pool: str, figure: str) -> int:
    stats = cluster.mon("df")["pools"]
    return next((int(one["stats"][figure]) for one in stats if one["name"] == pool), 0)


def holds_objects(cluster: Cluster, pool: str) -> bool:
    """Say whether a pool has any object, in whatever namespace.

    Raises:
        BlindError: the key may not read in all of the pool.
    """
    with cluster.handle.open_ioctx(pool) as io:
        _require_sight(io, pool)
        io.set_namespace(rados.LIBRADOS_ALL_NSPACES)
        return next(iter(io.list_objects()), None) is not None


def _require_sight(io: rados.Ioctx, pool: str) -> None:
    """Refuse a key without rights: to it every pool lists as empty, and no error tells why."""
    try:
        io.stat(_ANY_NAME)
    except rados.ObjectNotFound:
        return
    except rados.PermissionError:
        raise BlindError(
            f"the key may not look into pool {pool}, and cannot tell whether it is empty",
            "give it `osd allow r` for that pool, or do this with the administrator's key:"
            " --client client.admin",
            number=errno.EPERM,
        ) from None


def drain(cluster: Cluster, pool: str) -> None:
    """Wait until nothing is left of the files that were removed, as long as it gets less.

    Raises:
        BlindError: the key may not read in all of the pool.
        ProtectedError: it does not get less, for there are files that were not removed.
    """
    if not holds_objects(cluster, pool):
        return
    for filesystem in cluster.mon("fs ls") or []:
        if pool in filesystem["data_pools"]:
            sweep(cluster, filesystem["name"])
    patience_s = cluster.access.patience.drain_s
    while holds_objects(cluster, pool):
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
    return counted(cluster, pool) < before or not holds_objects(cluster, pool)
