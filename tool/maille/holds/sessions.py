"""Sessions of this workstation on the cluster, so that one that was killed keeps nobody waiting.

A metadata server grants what a client holds of folders and files for itself, and asks for it back;
of one that was killed it waits a minute for an answer. So every process writes down what it is
known by, in a file that is locked while it lives. What finds such a file unlocked ends the session.
"""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from maille.ceph import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from maille.ceph.connection import Cluster

FOLDER = "hold-sessions"
"""Below an estate's own folder."""


@contextmanager
def registered(folder: Path, run: str) -> Iterator[Callable[[int], None]]:
    """Give a function that writes down what a mount of this process is known by."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / run
    with path.open("a", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)

        def note(ident: int) -> None:
            file.write(f"{ident}\n")
            file.flush()

        try:
            yield note
        finally:
            path.unlink(missing_ok=True)


def end_dead(cluster: Cluster, filesystem: str, folder: Path) -> None:
    """End the sessions of processes that were killed."""
    for path in sorted(folder.glob("*")):
        try:
            with path.open("r+", encoding="ascii") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for ident in {line.strip() for line in file if line.endswith("\n")}:
                    _end(cluster, filesystem, ident)
                path.unlink()
        except (BlockingIOError, FileNotFoundError):
            continue  # its process lives, or has ended it itself


def _end(cluster: Cluster, filesystem: str, ident: str) -> None:
    for rank in tell.ranks(cluster, filesystem):
        tell.mds(cluster, filesystem, rank, "session evict", filters=[f"id={ident}"])
