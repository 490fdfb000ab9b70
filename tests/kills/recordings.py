"""Recordings that must outlive whatever is killed: the estate's own, and those of a neighbour."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maille.ceph import clients, subvolumes
from maille.ceph.connection import Access, Cluster, connect
from maille.ceph.filesystems import FILE_SYSTEM
from maille.ceph.making import create
from maille.ceph.model import Subvolume
from maille.ceph.mount import mounted
from maille.ceph.pools import POOL
from maille.ceph.rules import RULE
from maille.ceph.subvolumes import SUBVOLUME
from maille.ceph.waiting import wait_until

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    import cephfs

    from maille.layout.model import Layout
    from maille.twin.cluster.record import Record

NEIGHBOUR = "voisin"
SEGMENT_BYTES = 5_000_011
"""More than one object."""
_LONGEST_COUNT_S = 30


@dataclass
class Recordings:
    """What somebody has written into a share with a key of his own, and committed."""

    access: Access
    filesystem: str
    path: str
    digests: dict[str, str] = field(default_factory=dict)

    def record(self, chance: random.Random) -> None:
        """Write one more segment; it is committed when this returns."""
        name, content = f"{len(self.digests):04}.mp4", chance.randbytes(SEGMENT_BYTES)
        with mounted(self.access, self.filesystem, self.path) as root:
            file = root.open(f"/{name}", os.O_CREAT | os.O_WRONLY, 0o640)
            root.write(file, content, 0)
            root.fsync(file, syncdataonly=False)
            root.close(file)
        self.digests[name] = hashlib.sha256(content).hexdigest()

    def found(self) -> dict[str, str]:
        """Give the digests of what is there, read anew with the same key."""
        with mounted(self.access, self.filesystem, self.path) as root:
            names = list(_names(root))
            return {name: hashlib.sha256(_read(root, name)).hexdigest() for name in names}

    def erase(self) -> None:
        """Take them away, as their recorder may."""
        with mounted(self.access, self.filesystem, self.path) as root:
            for name in self.digests:
                root.unlink(f"/{name}")
        self.digests.clear()


def _names(root: cephfs.LibCephFS) -> Iterator[str]:
    with root.opendir("/") as entries:
        while entry := entries.readdir():
            if not entry.is_dir():
                yield entry.d_name.decode()


def _read(root: cephfs.LibCephFS, name: str) -> bytes:
    file = root.open(f"/{name}", os.O_RDONLY)
    content = root.read(file, 0, 2 * SEGMENT_BYTES)
    root.close(file)
    return content


def of_recorder(record: Record, layout: Layout) -> Recordings:
    """Give the recordings of the estate's first recorder, none yet, with its own key."""
    recorder = next(one for one in layout.clients.values() if one.service == "recorder")
    (grant,) = recorder.grants
    with connect(record.access()) as cluster:
        key = clients.key(cluster, recorder.entity)
        path = subvolumes.path(cluster, layout.filesystem.name, grant.group, str(grant.subvolume))
    assert path
    return Recordings(Access(record.conf, recorder.entity, key), layout.filesystem.name, path)


def wait_counted_empty(cluster: Cluster, layout: Layout) -> None:
    """Wait until the manager's sums say so too: they lag some seconds behind."""
    for share in layout.subvolumes.values():
        where = (share.filesystem, share.group, share.name)
        wait_until(
            lambda where=where: not (subvolumes.info(cluster, *where) or {}).get("bytes_used"),  # type: ignore[misc]
            _LONGEST_COUNT_S,
            f"{share.name} is not counted as empty",
        )


def of_neighbour(record: Record, layout: Layout) -> Recordings:
    """Let another owner be the first on the estate's file system, with a share of its own."""
    filesystem = layout.filesystem.name
    share = Subvolume(filesystem=filesystem, group=NEIGHBOUR, name=NEIGHBOUR, quota_bytes=1 << 26)
    replicated = next(rule for rule in layout.rules if not rule.profile)
    with connect(record.access()) as cluster:
        create(cluster, RULE, replicated, owner=NEIGHBOUR)
        for pool in (layout.metadata_pool, layout.default_pool):
            create(cluster, POOL, pool, owner=NEIGHBOUR)
        create(cluster, FILE_SYSTEM, layout.filesystem, owner=NEIGHBOUR)
        cluster.mgr("fs subvolumegroup create", vol_name=filesystem, group_name=NEIGHBOUR)
        create(cluster, SUBVOLUME, share, owner=NEIGHBOUR)
        path = subvolumes.path(cluster, filesystem, NEIGHBOUR, NEIGHBOUR)
    assert path
    return Recordings(record.access(), filesystem, path)
