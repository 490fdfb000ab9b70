"""A process that works with a key: it holds a file and an object open, or records."""

from __future__ import annotations

import os
import re
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cephfs
import rados
from tests.integration import intruder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maille.layout.model import Share

_KEY = r"^\[{}\]\n\tkey = (\S+)$"


@dataclass(frozen=True, slots=True)
class Post:
    """Where somebody works."""

    conf: Path
    filesystem: str
    pool: str
    share: Share
    path: str
    entity: str


@dataclass(frozen=True, slots=True)
class Open:
    """What a process has open with a key."""

    mount: cephfs.LibCephFS
    file: int
    objects: rados.Ioctx

    def works_on_files(self) -> bool:
        """Say whether it writes and reads what it had opened; nothing comes out of its memory."""
        try:
            self.mount.write(self.file, intruder.DATA, 0)
            self.mount.fsync(self.file, syncdataonly=False)
            self.mount.stat(f"/{os.urandom(4).hex()}")
        except cephfs.ObjectNotFound:
            return True
        except cephfs.Error:
            return False
        raise AssertionError("there is no such file")

    def works_on_objects(self) -> bool:
        try:
            self.objects.write_full("held", intruder.DATA)
            return self.objects.read("held") == intruder.DATA
        except rados.Error:
            return False


@contextmanager
def holding(post: Post, key: str) -> Iterator[Open]:
    """Open a file and a pool with a key."""
    with ExitStack() as stack:
        mount = stack.enter_context(
            intruder.in_files(post.conf, post.entity, key, post.filesystem, post.path)
        )
        handle = stack.enter_context(intruder.in_objects(post.conf, post.entity, key))
        objects = stack.enter_context(handle.open_ioctx(post.pool))
        objects.set_namespace(post.share.namespace)
        yield Open(mount, mount.open("/held", os.O_CREAT | os.O_RDWR, 0o644), objects)


def key_in(file: Path, entity: str) -> str:
    """Read a key out of a keyring, as a host does."""
    found = re.search(_KEY.format(re.escape(entity)), file.read_text(), re.MULTILINE)
    assert found, f"{file.name} has no key of {entity}"
    return found[1]


@dataclass
class Recorder:
    """Writes a segment after the other; takes the key in its file as soon as it is another."""

    post: Post
    keyring: Path
    written: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        worker = threading.Thread(target=self._record)
        worker.start()
        try:
            yield
        finally:
            self._stop.set()
            worker.join()

    def _record(self) -> None:
        with ExitStack() as mounts:  # the ones before stay open: a restart may be late, too
            while not self._stop.wait(0.02):
                mount = self._mounted(mounts)
                name = f"/{len(self.written):06}.mp4"
                try:
                    intruder.write(mount, name, os.O_CREAT)
                except cephfs.Error as error:
                    self.failed.append(f"{name}: {error}")
                self.written.append(name)

    def _mounted(self, mounts: ExitStack) -> cephfs.LibCephFS:
        key = key_in(self.keyring, self.post.entity)
        if self.keys[-1:] != [key]:
            post = self.post
            self._mount = mounts.enter_context(
                intruder.in_files(post.conf, post.entity, key, post.filesystem, post.path)
            )
            self.keys.append(key)
        return self._mount
