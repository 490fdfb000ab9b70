"""The manager's trash: what it leaves of a subvolume that was empty, taken away at once.

The manager empties its trash four subvolumes a second, whatever they hold. Of an empty one there
is a note left, a file `.meta`, and its object in the pool of the recordings. A pool that goes
before this object leaves the manager waiting for it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import cephfs

from maille.ceph.usage import folders

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster

_TRASH = "/volumes/_deleting"
_NOTE = ".meta"


def sweep(cluster: Cluster, filesystem: str) -> None:
    """Remove what is in the trash and holds no recording; the rest is left to the manager."""
    with suppress(cephfs.ObjectNotFound):
        cluster.briefly(filesystem, _sweep)


def empty(cluster: Cluster, filesystem: str) -> bool:
    """Say whether nothing is in the trash."""
    return cluster.briefly(filesystem, _is_empty)


def _is_empty(root: cephfs.LibCephFS) -> bool:
    try:
        return next(iter(folders(root, _TRASH)), None) is None
    except cephfs.ObjectNotFound:
        return True


def _sweep(root: cephfs.LibCephFS) -> None:
    for entry in list(folders(root, _TRASH)):
        # The manager may be quicker, and a folder that still holds anything is not removed.
        with suppress(cephfs.ObjectNotFound, cephfs.ObjectNotEmpty):
            _remove(root, f"{_TRASH}/{entry}")


def _remove(root: cephfs.LibCephFS, entry: str) -> None:
    for inner in list(folders(root, entry)):
        root.rmdir(f"{entry}/{inner}")
    with suppress(cephfs.ObjectNotFound):
        root.unlink(f"{entry}/{_NOTE}")
    root.rmdir(entry)
