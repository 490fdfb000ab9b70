"""Which pool the files below a group go to: folders tell it to files as they are made.

A file stays in its pool for life. So of a group that changes its pool new files go to the new one,
and what was written before lies where it was.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import cephfs

from maille.ceph.names import folder
from maille.ceph.usage import folders
from maille.ceph.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from maille.ceph.connection import Cluster

T = TypeVar("T")

FOLDER_POOL = "ceph.dir.layout.pool"
FILE_POOL = "ceph.file.layout.pool"
_NOTE = ".meta"
"""Where the manager keeps what it knows of a subvolume; a file, and so in a pool."""
_BESIDE = ".meta.moving"
_NOTE_BYTES = 1 << 20
_AT_ONCE = 64
"""Subvolumes a mount: each mount may have to wait for the servers' journal."""


def pools_of(root: cephfs.LibCephFS, group: str) -> frozenset[str]:
    """Give the pools that a group, its subvolumes and the manager's notes of them name.

    Raises:
        cephfs.NoData: the group itself names none.
    """
    found = {_pool(root, folder(group), FOLDER_POOL)}
    for path in _subvolumes(root, group):
        found |= {_pool(root, inner, FOLDER_POOL) for inner in _pinned(root, path)}
        with suppress(cephfs.ObjectNotFound):
            found.add(_pool(root, f"{path}/{_NOTE}", FILE_POOL))
    return frozenset(found)


def turn(cluster: Cluster, filesystem: str, group: str, pool: str) -> None:
    """Let all that is written below a group from now on go to a pool.

    Whoever has it mounted goes on; what is cut off is done by the next call.

    Raises:
        CephError: the file system does not take files of that pool.
    """
    patience = cluster.access.patience

    def do(work: Callable[[cephfs.LibCephFS], T]) -> T:
        return cluster.briefly(filesystem, work, patience.killed_s)

    wait_until(
        # The metadata servers hear of a pool that was just added a moment later.
        lambda: do(lambda root: _pinned_to(root, folder(group), pool)),
        patience.drain_s,
        f"file system {filesystem} does not take files of pool {pool}",
    )
    paths = do(lambda root: list(_subvolumes(root, group)))
    for at in range(0, len(paths), _AT_ONCE):
        do(partial(_turn, paths=paths[at : at + _AT_ONCE], pool=pool))


def _pinned_to(root: cephfs.LibCephFS, path: str, pool: str) -> bool:
    try:
        root.setxattr(path, FOLDER_POOL, pool.encode(), 0)
    except cephfs.InvalidValue:
        return False
    return True


def _turn(root: cephfs.LibCephFS, paths: Sequence[str], pool: str) -> None:
    for path in paths:
        _turn_one(root, path, pool)


def _turn_one(root: cephfs.LibCephFS, path: str, pool: str) -> None:
    with suppress(cephfs.ObjectNotFound):  # the share goes, or is half made
        for inner in list(_pinned(root, path)):
            root.setxattr(inner, FOLDER_POOL, pool.encode(), 0)
        if _pool(root, f"{path}/{_NOTE}", FILE_POOL) != pool:
            _rewrite(root, path)


def _rewrite(root: cephfs.LibCephFS, path: str) -> None:
    """Put the manager's note into the pool of its folder, byte for byte."""
    note, beside = f"{path}/{_NOTE}", f"{path}/{_BESIDE}"
    with suppress(cephfs.ObjectNotFound):
        root.unlink(beside)
    mode = stat.S_IMODE(root.stat(note).st_mode)
    old = root.open(note, os.O_RDONLY)
    try:
        content = root.read(old, 0, _NOTE_BYTES)
    finally:
        root.close(old)
    new = root.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        root.write(new, content, 0)
        root.fsync(new, False)
    finally:
        root.close(new)
    root.rename(beside, note)


def _subvolumes(root: cephfs.LibCephFS, group: str) -> Iterator[str]:
    above = folder(group)
    return (f"{above}/{name}" for name in folders(root, above))


def _pinned(root: cephfs.LibCephFS, path: str) -> Iterator[str]:
    """Give the folders of a subvolume that name a pool themselves."""
    for name in folders(root, path):
        with suppress(cephfs.NoData):
            _pool(root, f"{path}/{name}", FOLDER_POOL)
            yield f"{path}/{name}"


def _pool(root: cephfs.LibCephFS, path: str, attribute: str) -> str:
    return str(root.getxattr(path, attribute).decode())
