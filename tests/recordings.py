"""Recordings for tests: a file system in memory, and what recorders put on one."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from maille.retention.expire.evidence import Backlog
from maille.retention.promise import ALWAYS, Area, Promise, Rule
from maille.retention.segments.names import path_of
from maille.retention.segments.tree import Entry, Kind, Stat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.retention.expire.pending import Item

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FOLDER = "/essai-28001/0"

RULE = Rule(
    days=timedelta(days=2),
    segment=10 * MINUTE,
    period=60 * MINUTE,
    gap=timedelta(seconds=30),
    maximum=timedelta(days=3),
    authorisation="28-1",
)


def promise(camera: str, rule: Rule = RULE) -> Promise:
    """Promise of a camera that has always filmed."""
    return Promise(camera, rule, (ALWAYS,))


def area(*cameras: str, rule: Rule = RULE) -> Area:
    """Give a subvolume that maille owns."""
    promises = {camera: promise(camera, rule) for camera in cameras}
    return Area("essai-28001", "28001", "Essai", "cephfs", "maille", promises, rule)


@dataclass(slots=True)
class File:
    """A file, without contents unless a test gives some."""

    inode: int
    size_bytes: int
    mtime: datetime
    kind: Kind = "file"
    content: bytes = b""


@dataclass(slots=True)
class MemoryTree:
    """A file system with the rules of a real one; it counts what it was asked for."""

    files: dict[str, File] = field(default_factory=dict)
    folders: set[str] = field(default_factory=lambda: {""})
    inodes: int = 0x1000
    erased: set[int] = field(default_factory=set)
    """Inodes without a name whose contents are gone, too."""
    listed: list[str] = field(default_factory=list)

    def put(
        self,
        path: str,
        mtime: datetime,
        *,
        size_bytes: int = 1000,
        kind: Kind = "file",
        content: bytes = b"",
    ) -> File:
        """Write a file, and the folders above it."""
        parts = path.split("/")[1:]
        self.folders |= {"/" + "/".join(parts[:depth]) for depth in range(1, len(parts))}
        self.inodes += 1
        file = File(self.inodes, len(content) or size_bytes, mtime, kind, content)
        self.files[path] = file
        return file

    def record(self, camera: str, start: datetime, length: timedelta = RULE.segment) -> str:
        """Write a segment as a recorder does; give its path."""
        path = f"{FOLDER}/{path_of(camera, start)}"
        self.put(path, start + length)
        return path

    def record_all(
        self, camera: str, begin: datetime, end: datetime, length: timedelta = RULE.segment
    ) -> None:
        """Write segments without a break."""
        while begin < end:
            self.record(camera, begin, min(length, end - begin))
            begin += length

    def list(self, path: str) -> list[Entry]:
        """Give the entries of a folder."""
        self.listed.append(path)
        if path not in self.folders:
            raise FileNotFoundError(errno.ENOENT, "not there", path)
        below = path + "/"
        names = [one[len(below) :] for one in self.folders if _in(one, below)]
        found = [Entry(name, "folder") for name in names if name != ".snap"]  # as CephFS hides it
        return found + [
            Entry(one[len(below) :], file.kind)
            for one, file in self.files.items()
            if _in(one, below)
        ]

    def stat(self, path: str) -> Stat:
        """Tell of a file."""
        file = self._file(path)
        return Stat(file.inode, file.size_bytes, file.mtime)

    def read(self, path: str, offset: int, length: int) -> bytes:
        """Give a part of a file."""
        return self._file(path).content[offset : offset + length]

    def layout(self, path: str) -> str:
        """Give where a file's contents lie."""
        self._file(path)
        return "object_size=4194304 pool=p pool_namespace=n"

    def unlink(self, path: str) -> None:
        """Take a file's name away."""
        self._file(path)
        del self.files[path]

    def rmdir(self, path: str) -> None:
        """Take an empty folder away."""
        if self.list(path):
            raise OSError(errno.ENOTEMPTY, "not empty", path)
        self.folders.remove(path)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Do nothing: nobody else has it."""
        yield

    def sync(self) -> None:
        """Do nothing: memory is written down at once."""

    def _file(self, path: str) -> File:
        if path not in self.files:
            raise FileNotFoundError(errno.ENOENT, "not there", path)
        return self.files[path]


def _in(path: str, below: str) -> bool:
    return path.startswith(below) and "/" not in path[len(below) :] and path != below


@dataclass(slots=True)
class KnownEvidence:
    """Evidence as a test wants it."""

    now: Backlog = field(default_factory=lambda: Backlog(0, 0, 0))
    there: set[int] = field(default_factory=set)
    """Inodes whose objects are there."""

    def backlog(self) -> Backlog:
        """Tell what is still to be erased."""
        return self.now

    def gone(self, item: Item) -> bool:
        """Say whether a file's objects are gone."""
        return item.inode not in self.there
