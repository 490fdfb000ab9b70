"""Sessions of this machine's processes, so that one that was killed keeps nobody waiting.

A metadata server grants what a client holds of folders and files for itself, and asks for it back;
of one that was killed it waits a minute for an answer. So every process writes down what its
mounts are known by, in a file that is locked while it lives. Who comes next ends the sessions of
every file that it finds unlocked.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from maille.ceph import tell
from maille.ceph.mount import mount
from maille.files import unversioned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

    from cephfs import LibCephFS

    from maille.ceph.connection import Access, Cluster

FOLDER = "sessions"
"""Below an estate's own folder."""
_LOCKED = ".ids"
"""Ends the name of a file that was locked before it got this name."""


class OwnSessions:
    """What this process mounts of a file system, written down; for several threads at once."""

    def __init__(self, filesystem: str, file: TextIO) -> None:
        """Keep the open file, which is locked."""
        self._filesystem = filesystem
        self._file = file
        self._open: set[int] = set()

    @property
    def all_ended(self) -> bool:
        """Say whether every mount has taken its leave."""
        return not self._open

    @contextmanager
    def mounted(self, access: Access, root: str = "/") -> Iterator[LibCephFS]:
        """Mount a folder for as long as a `with` lasts; raises as `mount` does."""
        handle = mount(access, self._filesystem, root)
        ident = handle.get_instance_id()
        self._open.add(ident)
        os.write(self._file.fileno(), f"{ident} {access.client}\n".encode())
        try:
            yield handle
        finally:
            handle.shutdown()
            self._open.discard(ident)


@contextmanager
def own_sessions(cluster: Cluster, filesystem: str, own: Path) -> Iterator[OwnSessions]:
    """End the sessions of processes that are gone, and let this one write down its own.

    Args:
        cluster: a connection that may tell metadata servers to end a session.
        filesystem: what is mounted.
        own: the estate's own folder on this machine.

    Raises:
        CephOutOfReachError: there are such sessions, and no metadata server answers.
    """
    folder = unversioned(own) / FOLDER
    folder.mkdir(exist_ok=True)
    common = f"{cluster.fsid}.{filesystem}"  # the numbers of sessions are a cluster's own
    _end_dead(cluster, filesystem, sorted(folder.glob(f"{common}.*{_LOCKED}")))
    path = folder / f"{common}.{secrets.token_hex(8)}{_LOCKED}"
    beside = path.with_suffix(".new")
    with beside.open("w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        beside.rename(path)
        sessions = OwnSessions(filesystem, file)
        try:
            yield sessions
        finally:
            if sessions.all_ended:
                path.unlink(missing_ok=True)


def _end_dead(cluster: Cluster, filesystem: str, files: Iterable[Path]) -> None:
    for path in files:
        try:
            with path.open("r+", encoding="ascii") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                idents = [line.split()[0] for line in file if line.endswith("\n")]
                for rank in tell.ranks(cluster, filesystem) if idents else ():
                    for ident in idents:
                        _evict(cluster, filesystem, rank, ident)
                path.unlink()
        except (BlockingIOError, FileNotFoundError):
            continue  # its process lives, or another one has just ended its sessions


def _evict(cluster: Cluster, filesystem: str, rank: int, ident: str) -> None:
    tell.mds(cluster, filesystem, rank, "session evict", filters=[f"id={ident}"])
