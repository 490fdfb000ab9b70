"""File systems, and the data pools that they write to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.ceph import pools
from maille.ceph.difference import differences
from maille.ceph.errors import CephError, ProtectedError
from maille.ceph.making import Kind
from maille.ceph.model import FileSystem

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster


def read(cluster: Cluster, name: str) -> FileSystem | None:
    """Give a file system as the cluster has it, or None."""
    found = _entry(cluster, name)
    if found is None:
        return None
    return FileSystem.model_construct(
        name=name, metadata_pool=found["metadata_pool"], default_pool=found["data_pools"][0]
    )


def _entry(cluster: Cluster, name: str) -> dict[str, Any] | None:
    return next((one for one in cluster.mon("fs ls") or [] if one["name"] == name), None)


def _make(cluster: Cluster, wanted: FileSystem) -> None:
    # A removal that was cut off leaves its pools, and `fs new` refuses what is not empty.
    for pool in (wanted.metadata_pool, wanted.default_pool):
        pools.make_anew(cluster, pool)
    cluster.mon(
        "fs new", fs_name=wanted.name, metadata=wanted.metadata_pool, data=wanted.default_pool
    )


def add_data_pool(cluster: Cluster, name: str, pool: str) -> None:
    """Let a file system write to a pool; done before is done."""
    found = _entry(cluster, name)
    if found is None or pool not in found["data_pools"]:
        cluster.mon("fs add_data_pool", fs_name=name, pool=pool)


def further_pools(cluster: Cluster, name: str) -> tuple[str, ...]:
    """Give the data pools of a file system beside its first one: those with recordings."""
    found = _entry(cluster, name)
    return tuple(found["data_pools"][1:]) if found else ()


_SURE = {"yes-i-really-mean-it": "--yes-i-really-mean-it"}


def delete(cluster: Cluster, name: str, *, losing: bool = False) -> None:
    """Remove a file system; its pools stay.

    Not by `fs rm`, of which the manager knows nothing: it would go on using its mount of what is
    gone, and hang. `fs volume rm` makes it leave first, and then fails at the first pool, for
    that is protected. Where cephadm runs the metadata servers it removes those, too.

    Raises:
        ProtectedError: it writes to pools of recordings, and `losing` does not say they may go.
    """
    found = _entry(cluster, name)
    if found is None:
        return
    used = further_pools(cluster, name)
    if used and not losing:
        raise ProtectedError(
            f"file system {name} still writes to {', '.join(used)}",
            "it stays until the last estate on it is gone",
        )
    cluster.leave(name)  # of what is gone nobody could take leave any more
    with pools.all_protected(cluster, (found["metadata_pool"], *found["data_pools"])):
        try:
            cluster.mgr("fs volume rm", vol_name=name, **_SURE)
        except CephError:
            if _entry(cluster, name) is not None:
                raise


FILE_SYSTEM = Kind(
    title="file system",
    name=lambda one: one.name,
    read=lambda cluster, one: read(cluster, one.name),
    compare=lambda found, wanted: differences(found, wanted, in_place=()),
    make=_make,
    shared=lambda _wanted: True,
)
