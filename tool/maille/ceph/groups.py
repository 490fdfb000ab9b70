"""Subvolume groups: a folder whose files lie in one pool, in objects of one size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cephfs

from maille.ceph import filesystems
from maille.ceph.difference import differences
from maille.ceph.errors import ProtectedError
from maille.ceph.folder_pools import pools_of, turn
from maille.ceph.making import Kind
from maille.ceph.model import SubvolumeGroup
from maille.ceph.names import folder

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster

MODE = "755"
_LAYOUT = "ceph.dir.layout"
_OBJECT_SIZE = "ceph.dir.layout.object_size"
_NO_POOL = "none"
"""Of a folder that goes where the one above it goes: nobody gave it a layout."""


def read(cluster: Cluster, filesystem: str, name: str) -> SubvolumeGroup | None:
    """Give a group as the cluster has it, or None; a group without a layout has pool `none`.

    Of one that is on its way from a pool to another it names both, with `+` between them.
    """
    if filesystems.read(cluster, filesystem) is None:
        return None
    try:
        pools, object_size = cluster.briefly(
            filesystem,
            lambda root: (pools_of(root, name), int(root.getxattr(folder(name), _OBJECT_SIZE))),
        )
    except cephfs.ObjectNotFound:
        return None
    except cephfs.NoData:
        pools, object_size = frozenset({_NO_POOL}), 0
    return SubvolumeGroup.model_construct(
        filesystem=filesystem,
        name=name,
        pool="+".join(sorted(pools)),
        object_size_bytes=object_size,
    )


def _make(cluster: Cluster, wanted: SubvolumeGroup) -> None:
    filesystems.add_data_pool(cluster, wanted.filesystem, wanted.pool)
    cluster.mgr(
        "fs subvolumegroup create",
        vol_name=wanted.filesystem,
        group_name=wanted.name,
        pool_layout=wanted.pool,
        mode=MODE,
    )
    _set_object_size(cluster, wanted)


def _change(cluster: Cluster, found: SubvolumeGroup, wanted: SubvolumeGroup) -> None:
    if found.object_size_bytes != wanted.object_size_bytes:
        _set_object_size(cluster, wanted)
    if found.pool != wanted.pool:
        filesystems.add_data_pool(cluster, wanted.filesystem, wanted.pool)
        turn(cluster, wanted.filesystem, wanted.name, wanted.pool)


def _set_object_size(cluster: Cluster, wanted: SubvolumeGroup) -> None:
    # Both in one text: a stripe unit may not be larger than an object at any moment. The pool
    # stays out of it, for Ceph 16 refuses a pool with a hyphen here.
    size = wanted.object_size_bytes
    layout = f"stripe_unit={size} stripe_count=1 object_size={size}"
    cluster.briefly(
        wanted.filesystem,
        lambda root: root.setxattr(folder(wanted.name), _LAYOUT, layout.encode(), 0),
    )


def delete(cluster: Cluster, filesystem: str, name: str) -> None:
    """Remove a group that is empty.

    Raises:
        ProtectedError: it still has subvolumes.
    """
    inside = cluster.find_by_mgr("fs subvolume ls", vol_name=filesystem, group_name=name)
    if inside is None:
        return
    if inside:
        raise ProtectedError(
            f"group {name} still has {len(inside)} subvolumes", "remove them first"
        )
    cluster.mgr("fs subvolumegroup rm", vol_name=filesystem, group_name=name)


GROUP = Kind(
    title="subvolume group",
    name=lambda one: one.name,
    read=lambda cluster, one: read(cluster, one.filesystem, one.name),
    compare=lambda found, wanted: differences(
        found, wanted, in_place=("object_size_bytes", "pool")
    ),
    make=_make,
    change=_change,
    unfinished=lambda found: found.pool == _NO_POOL,
    filesystem=lambda one: one.filesystem,
)
