"""A CephFS as a tree, below the folder that it is mounted at."""

from __future__ import annotations

import errno
import fcntl
import os
from concurrent.futures import TimeoutError as LateError
from contextlib import contextmanager
from datetime import UTC
from typing import TYPE_CHECKING

import cephfs

from maille.ceph.connection import apart
from maille.ceph.errors import CephError, CephOutOfReachError
from maille.retention.segments.tree import Entry, Kind, Stat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KINDS: dict[int, Kind] = {4: "folder", 8: "file"}
"""DT_DIR and DT_REG of dirent.h."""
_LAYOUT = "ceph.file.layout"
LONGEST_ALONE_S = 20
"""Nobody keeps others out for longer, but who hangs or was killed."""
_LOCK_OWNER = 1
"""Who locks within a session: one mount has one user."""
_LAYOUT_BYTES = 1024


class CephTree:
    """A mount; the key it was made with decides what may be done."""

    def __init__(self, mount: cephfs.LibCephFS) -> None:
        """Keep the mount; whoever made it ends it."""
        self._mount = mount

    def list(self, path: str) -> list[Entry]:
        """Give the entries of a folder."""
        found = []
        with told(path), self._mount.opendir(as_bytes(path)) as entries:
            while entry := entries.readdir():
                if entry.d_name not in (b".", b".."):
                    kind = _KINDS.get(entry.d_type, "other")
                    found.append(Entry(entry.d_name.decode("utf-8", "surrogateescape"), kind))
        return found

    def stat(self, path: str) -> Stat:
        """Tell of a file; a link itself, not what it leads to."""
        with told(path):
            found = self._mount.stat(as_bytes(path), follow_symlink=False)
        # python-cephfs gives local time without a zone
        return Stat(found.st_ino, found.st_size, found.st_mtime.astimezone(UTC))

    def read(self, path: str, offset: int, length: int) -> bytes:
        """Give a part of a file."""
        with told(path):
            handle = self._mount.open(as_bytes(path), "r")
            try:
                return self._mount.read(handle, offset, length)
            finally:
                self._mount.close(handle)

    def layout(self, path: str) -> str:
        """Give where a file's contents lie."""
        with told(path):
            return self._mount.getxattr(as_bytes(path), _LAYOUT, _LAYOUT_BYTES).decode()

    def unlink(self, path: str) -> None:
        """Take a file's name away."""
        with told(path):
            self._mount.unlink(as_bytes(path))

    def rmdir(self, path: str) -> None:
        """Take an empty folder away."""
        with told(path):
            self._mount.rmdir(as_bytes(path))

    @contextmanager
    def alone(self, late: Callable[[], None] | None = None) -> Iterator[None]:
        """Keep out who else wants the tree for itself, as long as a `with` lasts; waits for it.

        The metadata server keeps the lock for this very session, even with a key that may only
        read. It lets go of it once the session is gone: then this mount takes nothing away, either.
        Of a process that was killed it keeps the lock for more than three minutes.

        Args:
            late: called if it takes longer than anybody alive keeps it, to end who does.
        """
        with told("/"):
            handle = self._mount.open(b"/", os.O_RDONLY | os.O_DIRECTORY)
        try:
            with told("/"):
                taken = apart(lambda: self._mount.flock(handle, fcntl.LOCK_EX, _LOCK_OWNER))
                try:
                    taken.result(LONGEST_ALONE_S if late else None)
                except LateError:
                    if late:
                        late()
                    taken.result()
            yield
        finally:
            with told("/"):
                self._mount.close(handle)

    def sync(self) -> None:
        """Wait until the metadata servers have written down what was taken away."""
        with told("/"):
            self._mount.sync_fs()


def as_bytes(path: str) -> bytes:
    """Give a path as the file system has it, whatever bytes it holds."""
    return path.encode("utf-8", "surrogateescape")


@contextmanager
def told(path: str) -> Iterator[None]:
    """Raise errors as `Tree` promises them."""
    try:
        yield
    except cephfs.ObjectNotFound:
        raise FileNotFoundError(errno.ENOENT, "not there", path) from None
    except cephfs.ObjectNotEmpty:
        raise OSError(errno.ENOTEMPTY, "not empty", path) from None
    except (cephfs.PermissionError, cephfs.PermissionDenied) as error:
        raise CephError(
            f"the key may not do this at {path}: {error}",
            "`maille storage refresh` tells whether its rights were changed",
            number=error.errno,
        ) from None
    except cephfs.Error as error:
        number = abs(getattr(error, "errno", 0) or 0)
        raise CephOutOfReachError(
            f"the file system does not answer for {path}: {error}",
            "see `ceph fs status` and `ceph health`, then try again: nothing is lost",
            number=number,
        ) from None
