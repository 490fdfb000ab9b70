"""The little that is asked of a file system. Paths begin with `/` at its root."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import datetime

Kind = Literal["folder", "file", "other"]
"""`other`: a link, a device: never followed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in a folder."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Stat:
    """What a file system tells of a file; its time is UTC."""

    inode: int
    size_bytes: int
    mtime: datetime


class Tree(Protocol):
    """A file system to read.

    What is not there raises FileNotFoundError; what does not answer a CephOutOfReachError.
    """

    def list(self, path: str) -> list[Entry]:
        """Give the entries of a folder, in any order."""

    def stat(self, path: str) -> Stat:
        """Tell of a file."""

    def read(self, path: str, offset: int, length: int) -> bytes:
        """Give a part of a file: less at its end."""


class Erasable(Tree, Protocol):
    """A file system from which names may be taken away."""

    def layout(self, path: str) -> str:
        """Give where a file's contents lie: `object_size=… pool=… pool_namespace=…`."""

    def unlink(self, path: str) -> None:
        """Take a file's name away."""

    def rmdir(self, path: str) -> None:
        """Take an empty folder away; one that is not empty raises OSError."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep out who else wants the tree for itself, as long as a `with` lasts."""

    def sync(self) -> None:
        """Wait until the metadata servers have written down what was taken away."""
