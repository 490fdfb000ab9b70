"""How full subvolumes are, read from the file system itself: thousands a second."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cephfs

from maille.ceph.names import folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.ceph.connection import Cluster

_UUID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Usage:
    """A subvolume as it is.

    CephFS sums up what lies below a folder within seconds; whether there is any was looked for.
    """

    name: str
    path: str
    quota_bytes: int
    """0: none."""
    used_bytes: int
    files: int
    snapshots: int
    """Of the subvolume, and of what lies above it: each keeps its files."""
    empty: bool
    """It holds no file; true to this moment, whatever the sums say yet."""


def usage(cluster: Cluster, filesystem: str, group: str) -> dict[str, Usage]:
    """Give the subvolumes of a group by name; none if there is no such group."""
    return cluster.briefly(filesystem, lambda root: _all(root, group))


def _all(root: cephfs.LibCephFS, group: str) -> dict[str, Usage]:
    try:
        found = list(folders(root, folder(group)))
    except cephfs.ObjectNotFound:
        return {}
    subvolumes = {}
    for name in found:
        above = f"{folder(group)}/{name}"
        inner = next((one for one in folders(root, above) if _UUID.fullmatch(one.encode())), None)
        if inner is not None:
            subvolumes[name] = _usage(root, name, f"{above}/{inner}")
    return subvolumes


def holds_file(root: cephfs.LibCephFS, path: str) -> bool:
    """Look for a file below a folder, until the first is found; none if there is no such folder."""
    within = []
    try:
        with root.opendir(path) as entries:
            while entry := entries.readdir():
                if not entry.is_dir():
                    return True
                if entry.d_name not in (b".", b".."):
                    within.append(entry.d_name.decode("utf-8", "surrogateescape"))
    except cephfs.ObjectNotFound:
        return False  # it went meanwhile
    return any(holds_file(root, f"{path}/{name}") for name in within)


def folders(root: cephfs.LibCephFS, path: str) -> Iterator[str]:
    """Give the folders in a folder; what the manager keeps for itself begins with `_`.

    Raises:
        cephfs.ObjectNotFound: there is no such folder.
    """
    return (name for name in _every(root, path) if not name.startswith("_"))


def _every(root: cephfs.LibCephFS, path: str) -> Iterator[str]:
    """Give all folders; in `.snap`, those with `_` are snapshots of a folder above."""
    with root.opendir(path) as entries:
        while entry := entries.readdir():
            name = entry.d_name.decode("utf-8", "surrogateescape")
            if entry.is_dir() and name not in (".", ".."):
                yield name


def _usage(root: cephfs.LibCephFS, name: str, path: str) -> Usage:
    return Usage(
        name=name,
        path=path,
        quota_bytes=_number(root, path, "ceph.quota.max_bytes"),
        used_bytes=_number(root, path, "ceph.dir.rbytes"),
        files=_number(root, path, "ceph.dir.rfiles"),
        snapshots=sum(1 for _ in _every(root, f"{path}/.snap")),
        empty=not holds_file(root, path),
    )


def _number(root: cephfs.LibCephFS, path: str, attribute: str) -> int:
    try:
        return int(root.getxattr(path, attribute))
    except cephfs.NoData:
        return 0
