"""What a cluster's pools take of its disks: what lies in them, or what quotas let in.

The disks are shared by everybody who has a pool on them. A quota that is not used yet is a
promise all the same.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cephfs

from maille.ceph.folder_pools import FOLDER_POOL
from maille.ceph.usage import folders, usage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from maille.ceph.connection import Cluster

_VOLUMES = "/volumes"
_ERASURE = 3
"""How a pool's dump calls an erasure-coded one."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A pool, in bytes on disks: coded, or with all copies."""

    pool: str
    device_class: str | None
    """None: it lies on disks of any class."""
    used_bytes: int
    quotas_bytes: int
    """Of the subvolumes that lie in it."""

    @property
    def raw_bytes(self) -> int:
        """Give what has to be kept free of others."""
        return max(self.used_bytes, self.quotas_bytes)


def promises(cluster: Cluster, without: Collection[str] = ()) -> tuple[Promise, ...]:
    """Look at every pool of a cluster, and at its subvolumes.

    Args:
        cluster: open.
        without: groups whose quotas do not count; what they hold is in their pool's use.

    Raises:
        CephOutOfReachError: monitors or a metadata server do not answer.
    """
    dump = cluster.mon("osd dump")
    classes = {
        rule["rule_id"]: _class_of(rule) for rule in cluster.mon("osd crush rule dump") or ()
    }
    used = {one["name"]: one["stats"]["bytes_used"] for one in cluster.mon("df")["pools"]}
    quotas = Counter[str]()
    for filesystem in cluster.mon("fs ls") or ():
        for pool, size_bytes in _quotas(cluster, filesystem["name"], dump["pools"], without):
            quotas[pool] += size_bytes
    return tuple(
        Promise(
            pool["pool_name"],
            classes.get(pool["crush_rule"]),
            used.get(pool["pool_name"], 0),
            round(quotas[pool["pool_name"]] * _overhead(pool, dump)),
        )
        for pool in dump["pools"]
    )


def _class_of(rule: dict[str, Any]) -> str | None:
    """Read `hdd` out of the step that takes `default~hdd`."""
    taken = next((step["item_name"] for step in rule["steps"] if step["op"] == "take"), "")
    return taken.partition("~")[2] or None


def _overhead(pool: dict[str, Any], dump: dict[str, Any]) -> float:
    """Give how much a byte takes on disks: 3 for three copies, 1.5 for 4+2."""
    if pool["type"] != _ERASURE:
        return float(pool["size"])
    profile = dump["erasure_code_profiles"][pool["erasure_code_profile"]]
    return float(pool["size"] / int(profile["k"]))


def _quotas(
    cluster: Cluster, filesystem: str, pools: list[dict[str, Any]], without: Collection[str]
) -> Iterator[tuple[str, int]]:
    """Give pool and quota of each subvolume; what has no quota takes what it holds."""
    by_number = {str(pool["pool"]): pool["pool_name"] for pool in pools}
    try:
        groups = cluster.in_files(filesystem, lambda root: list(folders(root, _VOLUMES)))
    except cephfs.ObjectNotFound:
        return
    for group in sorted(set(groups) - set(without)):
        for one in usage(cluster, filesystem, group).values():
            told = _pool_of(cluster, filesystem, one.path)
            # a pool that is newer than the mount is told by its number
            yield by_number.get(told, told), one.quota_bytes or one.used_bytes


def _pool_of(cluster: Cluster, filesystem: str, path: str) -> str:
    """Give the pool that new files of a folder go to: of itself, or of one above it."""
    return cluster.in_files(filesystem, lambda root: _layout_pool(root, path))


def _layout_pool(root: cephfs.LibCephFS, path: str) -> str:
    while path.strip("/"):
        try:
            return root.getxattr(path, FOLDER_POOL).decode()
        except cephfs.NoData:
            path = path.rpartition("/")[0]
    return ""
