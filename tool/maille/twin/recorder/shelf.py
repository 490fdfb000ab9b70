"""A commune's folder as a recorder writes to it: through its own session, nothing half done.

A segment is written under a name that no reader takes for a segment, its contents are synced,
its time is set, and only then it gets its name; at last the folder is synced, for the metadata
server answers a renaming before it has written that down. What happens in between leaves an
unfinished file, which the next start removes, or a whole segment: never half of one.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import cephfs

from maille.twin.recorder.names import day_of, is_unfinished, path_of, unfinished_path_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from maille.twin.recorder.content import Content
    from maille.twin.recorder.spans import Span
    from maille.twin.recorder.tally import Tally

_FOLDER_MODE = 0o750
_FILE_MODE = 0o640


class Unfinished:
    """A segment that is being written."""

    def __init__(self, mount: cephfs.LibCephFS, handle: int, camera: str, tally: Tally) -> None:
        """Keep the open file."""
        self._mount = mount
        self._handle = handle
        self._camera = camera
        self._tally = tally
        self.written_bytes = 0

    def write(self, content: Content, up_to: int) -> None:
        """Write what follows up to a place."""
        for at, piece in content.pieces(self.written_bytes, up_to):
            with self._tally.timed("write", self._camera):
                self._mount.write(self._handle, piece, at)
        self.written_bytes = up_to

    def begin_anew(self) -> None:
        """Take back what was written."""
        self._mount.ftruncate(self._handle, 0)
        self.written_bytes = 0

    def sync(self, ended: datetime) -> None:
        """Set its time, and wait until the cluster has all of it."""
        self._mount.futimens(self._handle, (ended.timestamp(), ended.timestamp()))
        with self._tally.timed("fsync", self._camera):
            self._mount.fsync(self._handle, False)


class Shelf:
    """A commune's folder, mounted with its recorder's key."""

    def __init__(self, mount: cephfs.LibCephFS, tally: Tally) -> None:
        """Keep the mount; whoever made it ends it."""
        self._mount = mount
        self._tally = tally

    @contextmanager
    def unfinished(self, camera: str, start: datetime) -> Iterator[Unfinished]:
        """Begin a segment; what stands under its unfinished name is begun anew."""
        with self._tally.timed("open", camera):
            with suppress(cephfs.ObjectExists):
                self._mount.mkdirs(day_of(camera, start), _FOLDER_MODE)
            handle = self._mount.open(unfinished_path_of(camera, start), "w", _FILE_MODE)
        try:
            yield Unfinished(self._mount, handle, camera, self._tally)
        finally:
            self._mount.close(handle)

    def finish(self, camera: str, span: Span) -> str:
        """Give a segment its name, for good, and give its path."""
        path = path_of(camera, span.start)
        with self._tally.timed("rename", camera):
            self._mount.rename(unfinished_path_of(camera, span.start), path)
            folder = self._mount.open(day_of(camera, span.start), os.O_RDONLY | os.O_DIRECTORY)
            try:
                self._mount.fsync(folder, False)
            finally:
                self._mount.close(folder)
        return path

    def drop(self, camera: str, start: datetime) -> None:
        """Remove a segment that was begun and is not worth keeping."""
        with suppress(cephfs.ObjectNotFound):
            self._mount.unlink(unfinished_path_of(camera, start))

    def clear(self) -> int:
        """Remove what a recorder that was killed left unfinished; give the number of files."""
        count = 0
        for camera in self._names("/"):
            for day in self._names(f"/{camera}"):
                for name in self._names(f"/{camera}/{day}"):
                    if is_unfinished(name):
                        self._mount.unlink(f"/{camera}/{day}/{name}")
                        count += 1
        return count

    def _names(self, folder: str) -> list[str]:
        try:
            with self._mount.opendir(folder) as entries:
                found = [entry.d_name.decode() for entry in iter(entries.readdir, None)]
        except (cephfs.ObjectNotFound, cephfs.NotDirectory):
            return []
        return [name for name in found if name not in (".", "..")]
