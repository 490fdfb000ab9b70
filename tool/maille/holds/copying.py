"""Copying what is asked for, so that a run that is killed at any point loses and doubles nothing.

A segment is hashed while it is read, and written under a name that is nobody's; what was written is
read again by another session, from the disks, and its digest must be the same; the digest is
written down; then the copy gets its name. A name without a digest cannot be, and a digest without
its file is a run that was cut off between the two: the next one finds the file by its digest.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maille.errors import MailleError
from maille.holds.model import Copy
from maille.holds.register import IMAGES, MANIFEST, Manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from maille.holds.coverage import Wanted
    from maille.holds.register import Files, Register
    from maille.holds.store import Store


@dataclass(slots=True)
class Outcome:
    """What became of the segments of one run."""

    copied: list[Copy] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    """Segments that were erased before they could be copied."""
    changed: list[str] = field(default_factory=list)
    """Segments that somebody wrote to meanwhile: the next run takes them."""


@dataclass(frozen=True, slots=True)
class Copier:
    """Copies into one hold."""

    name: str
    recordings: Store
    area: Store
    again: Store
    """The area through a session of its own, which has nothing in memory of what was written."""
    run: str
    clock: Callable[[], datetime]
    step: Callable[[], None] = lambda: None
    """Told after every segment."""

    def settle(self, register: Register) -> dict[str, Copy]:
        """Finish or take away what a run left that was cut off; give the copies by source."""
        files = register.files(self.name)
        copies = register.copies(self.name)
        there = {}
        for path, copy in copies.items():
            if path in files.whole or self._named(copy, files):
                there[copy.source] = copy
        for paths in files.unfinished.values():
            for path in paths:
                self.area.unlink(f"{self._images}/{path}")
        return there

    def copy_all(self, wanted: Iterator[Wanted]) -> Outcome:
        """Copy segments, one after the other.

        Raises:
            CephError: the area is full, or a daemon does not answer.
            MailleError: what is read back is not what was written.
        """
        outcome = Outcome()
        manifest = Manifest(self.area, f"/{self.name}/{MANIFEST}/{self.run}.jsonl")
        for one in wanted:
            try:
                copy = self._copy(one, manifest)
            except FileNotFoundError:
                outcome.gone.append(one.segment.path)
            else:
                if copy:
                    outcome.copied.append(copy)
                else:
                    outcome.changed.append(one.segment.path)
            self.step()
        self.area.sync()
        return outcome

    @property
    def _images(self) -> str:
        return f"/{self.name}/{IMAGES}"

    def _copy(self, wanted: Wanted, manifest: Manifest) -> Copy | None:
        """Copy one segment; None if somebody writes to it."""
        source = wanted.segment.path
        path = "/".join((wanted.camera, *source.split("/")[-2:]))
        target = f"{self._images}/{path}"
        before = self.recordings.stat(source)
        digest = hashlib.sha256()
        unfinished = self.area.unfinished(target)
        self.area.make_folder(target.rpartition("/")[0])
        try:
            self.area.write(unfinished, hashed(self.recordings.pieces(source), digest))
        except FileNotFoundError:
            self.area.unlink(unfinished)
            raise
        if self.recordings.stat(source) != before:
            self.area.unlink(unfinished)
            return None
        self._require_same(unfinished, digest.hexdigest(), source)
        copy = Copy(
            camera=wanted.camera,
            path=path,
            source=source,
            start=wanted.segment.start,
            end=wanted.end,
            size_bytes=before.size_bytes,
            sha256=digest.hexdigest(),
            at=self.clock(),
        )
        manifest.add(copy)
        self.area.rename(unfinished, target)
        return copy

    def _require_same(self, path: str, sha256: str, source: str) -> None:
        if self.again.sha256(path) != sha256:
            raise MailleError(
                f"the copy of {source} differs from what was read",
                "see `ceph health detail`; the copy was not kept: run `maille hold copy` again",
            )

    def _named(self, copy: Copy, files: Files) -> bool:
        """Give a copy its name whose run was cut off between its digest and that."""
        for path in files.unfinished.get(copy.path, []):
            if self.again.sha256(f"{self._images}/{path}") == copy.sha256:
                self.area.rename(f"{self._images}/{path}", f"{self._images}/{copy.path}")
                files.unfinished[copy.path].remove(path)
                return True
        return False


def hashed(pieces: Iterator[bytes], digest: hashlib._Hash) -> Iterator[bytes]:
    """Give pieces on, and add each to a digest."""
    for piece in pieces:
        digest.update(piece)
        yield piece
