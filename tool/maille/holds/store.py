"""A CephFS that can be written to as well: the area of holds; no file of it is half written."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import cephfs

from maille.ceph.errors import CephError
from maille.ceph.folder_pools import FILE_POOL, FOLDER_POOL
from maille.retention.segments.cephfs import CephTree, as_bytes, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PIECE_BYTES = 4 << 20
_FOLDER_MODE = 0o750
_FILE_MODE = 0o640
_UNFINISHED = ".part"


class Store(CephTree):
    """A mount; paths begin at its root. `run` tells this process's unfinished files apart."""

    def __init__(self, mount: cephfs.LibCephFS, run: str = "") -> None:
        """Keep the mount; whoever made it ends it."""
        super().__init__(mount)
        self._run = run

    def pieces(self, path: str) -> Iterator[bytes]:
        """Read a file from its begin to its end."""
        with self._opened(path, os.O_RDONLY) as handle:
            at = 0
            while True:
                with told(path):
                    piece = self._mount.read(handle, at, PIECE_BYTES)
                if not piece:
                    return
                yield piece
                at += len(piece)

    def sha256(self, path: str) -> str:
        """Read a file for its digest, in hexadecimal."""
        digest = hashlib.sha256()
        for piece in self.pieces(path):
            digest.update(piece)
        return digest.hexdigest()

    def text(self, path: str) -> bytes:
        """Read a small file."""
        return b"".join(self.pieces(path))

    def make_folder(self, path: str) -> None:
        """Make a folder, and those above it, if they are not there."""
        with told(path):
            try:
                self._mount.mkdirs(as_bytes(path), _FOLDER_MODE)
            except cephfs.ObjectExists:
                return

    def claim_folder(self, path: str) -> bool:
        """Make a folder, and say whether it was not there."""
        with told(path):
            try:
                self._mount.mkdir(as_bytes(path), _FOLDER_MODE)
            except cephfs.ObjectExists:
                return False
        return True

    def write(self, path: str, pieces: Iterable[bytes]) -> None:
        """Write a file; when this returns all of it is on the disks, under its own name or none.

        Raises:
            CephError: the area is full, or the key may not write there.
        """
        with self._opened(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) as handle:
            at = 0
            for piece in pieces:
                at += self._put(path, handle, piece, at)
            with told(path), _room(path):
                self._mount.fsync(handle, False)

    def replace(self, path: str, content: bytes) -> None:
        """Write a small file in the place of an old one: a reader sees the one or the other."""
        beside = self.unfinished(path)
        self.write(beside, [content])
        self.rename(beside, path)

    def append(self, path: str, content: bytes, at: int) -> None:
        """Write behind what stands in a file; when this returns it is on the disks."""
        with self._opened(path, os.O_WRONLY | os.O_CREAT) as handle:
            self._put(path, handle, content, at)
            with told(path), _room(path):
                self._mount.fsync(handle, False)

    def remove_below(self, folder: str, step: Callable[[], None] = lambda: None) -> int:
        """Take away all that lies in a folder; give how many files went."""
        count = 0
        for entry in self.list(folder):
            path = f"{folder}/{entry.name}"
            if entry.kind == "folder":
                count += self.remove_below(path, step)
                self.rmdir(path)
            else:
                self.unlink(path)
                count += 1
                step()
        return count

    def rename(self, path: str, to: str) -> None:
        """Give a file another name, in the place of what bears it."""
        with told(path):
            self._mount.rename(as_bytes(path), as_bytes(to))

    def unfinished(self, path: str) -> str:
        """Name a file while it is written; no other process uses that name."""
        folder, _, name = path.rpartition("/")
        return f"{folder}/.{name}.{self._run}{_UNFINISHED}"

    def number(self, attribute: str) -> int:
        """Give a figure that CephFS keeps of the whole tree; 0 if there is none."""
        with told("/"):
            try:
                return int(self._mount.getxattr("/", attribute))
            except cephfs.NoData:
                return 0

    @property
    def pool(self) -> str:
        """Give the pool that new files of the tree go to."""
        with told("/"):
            return self._mount.getxattr("/", FOLDER_POOL).decode()

    def lies_elsewhere(self, path: str) -> bool:
        """Say whether a file lies in another pool than a new one would."""
        with told(path):
            return self._mount.getxattr(as_bytes(path), FILE_POOL).decode() != self.pool

    @contextmanager
    def _opened(self, path: str, flags: int) -> Iterator[int]:
        with told(path), _room(path):
            handle = self._mount.open(as_bytes(path), flags, _FILE_MODE)
        try:
            yield handle
        finally:
            with told(path), _room(path):
                self._mount.close(handle)

    def _put(self, path: str, handle: int, piece: bytes, at: int) -> int:
        done = 0
        while done < len(piece):
            with told(path), _room(path):
                done += self._mount.write(handle, piece[done:], at + done)
        return done


def is_unfinished(name: str) -> bool:
    """Say whether a file's name is that of one that was being written."""
    return name.startswith(".") and name.endswith(_UNFINISHED)


def finished(name: str) -> str:
    """Give the name that an unfinished file would have got."""
    return name.removesuffix(_UNFINISHED).rpartition(".")[0].removeprefix(".")


@contextmanager
def _room(path: str) -> Iterator[None]:
    try:
        yield
    except (cephfs.DiskQuotaExceeded, cephfs.NoSpace) as error:
        raise CephError(
            f"the area of holds is full: {path} cannot be written",
            "hand over and release what is due (`maille hold list`), or raise storage.hold_share"
            " and run `maille storage up`; then `maille hold copy` goes on",
            number=error.errno,
        ) from None
