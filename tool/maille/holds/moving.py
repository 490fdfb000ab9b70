"""The area of holds, taken to the pool that its new files go to: what waits there for no expiry.

A file keeps its pool for life, so each is written anew: hashed while it is read, read again from
the disks by another session, compared, and only then put in the old one's place, which its readers
see whole at every moment. A run that is killed leaves files in both pools, and the next goes on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maille.errors import MailleError
from maille.holds.copying import hashed
from maille.holds.store import is_unfinished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from maille.holds.store import Store


@dataclass(slots=True)
class Moved:
    """What became of the files that lay in another pool."""

    files: int = 0
    size_bytes: int = 0
    changed: list[str] = field(default_factory=list)
    """Somebody writes to them: the next run takes them."""
    damaged: list[str] = field(default_factory=list)
    """Copies without the digest that was written down: they stay as they are."""

    @property
    def whole(self) -> bool:
        """Say whether nothing was left behind."""
        return not (self.changed or self.damaged)


@dataclass(frozen=True, slots=True)
class Mover:
    """Moves files within an area."""

    area: Store
    again: Store
    """The area through a session of its own, which has nothing in memory of what was written."""
    step: Callable[[], None] = lambda: None
    """Told after every file."""

    def waiting(self, folder: str) -> Iterator[str]:
        """Give the files below a folder that lie in another pool than new ones will."""
        for entry in self.area.list(folder):
            path = f"{folder.rstrip('/')}/{entry.name}"
            if entry.kind == "folder":
                yield from self.waiting(path)
            elif entry.kind == "file" and self.area.lies_elsewhere(path):
                yield path

    def move_all(self, folder: str, digests: Mapping[str, str]) -> Moved:
        """Move what waits below a folder.

        Args:
            folder: where.
            digests: those that were written down, by path; other files have none.

        Raises:
            CephError: the area is full, or a daemon does not answer.
            MailleError: what is read back is not what was written.
        """
        moved = Moved()
        for path in list(self.waiting(folder)):
            if is_unfinished(path.rpartition("/")[2]):
                self.area.unlink(path)  # of a run that was cut off
            else:
                self._move(path, digests.get(path), moved)
            self.step()
        self.area.sync()
        return moved

    def _move(self, path: str, known: str | None, moved: Moved) -> None:
        before = self.area.stat(path)
        digest = hashlib.sha256()
        beside = self.area.unfinished(path)
        self.area.write(beside, hashed(self.area.pieces(path), digest))
        read = digest.hexdigest()
        if known not in (None, read):
            moved.damaged.append(path)
        elif self.again.sha256(beside) != read:
            raise MailleError(
                f"what was written of {path} differs from what was read",
                "see `ceph health detail`; the file was left as it was: run it again",
            )
        elif self.area.stat(path) != before:
            moved.changed.append(path)
        else:
            self.area.rename(beside, path)
            moved.files += 1
            moved.size_bytes += before.size_bytes
            return
        self.area.unlink(beside)
