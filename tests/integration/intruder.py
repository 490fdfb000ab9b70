"""Whoever holds a key and tries everything with it, through CephFS and through RADOS.

It ignores the rights that files carry (`client_permissions`): what stops it is the key alone.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import cephfs
import rados

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

VICTIM, RENAMED, DOOMED, EMPTY = "victim", "renamed", "doomed", "empty"
DATA = b"image" * 1000
_OPTIONS = {
    "client_permissions": "false",
    "client_mount_timeout": "10",
    "rados_mon_op_timeout": "10",
    "rados_osd_op_timeout": "10",
    "err_to_stderr": "false",
}
REFUSED = (
    cephfs.PermissionError,
    cephfs.PermissionDenied,
    rados.PermissionError,
    rados.PermissionDeniedError,
)


@contextmanager
def in_files(
    conf: Path, entity: str, key: str, filesystem: str, root: str
) -> Iterator[cephfs.LibCephFS]:
    """Mount a folder with a key; raises one of REFUSED where it may not."""
    handle = cephfs.LibCephFS(
        conffile=str(conf), auth_id=entity.removeprefix("client."), conf={**_OPTIONS, "key": key}
    )
    try:
        handle.mount(mount_root=root.encode(), filesystem_name=filesystem.encode())
        yield handle
    finally:
        handle.shutdown()


@contextmanager
def in_objects(conf: Path, entity: str, key: str) -> Iterator[rados.Rados]:
    """Connect to RADOS with a key."""
    handle = rados.Rados(
        conffile=str(conf),
        rados_id=entity.removeprefix("client."),
        conf={**_OPTIONS, "key": key},
    )
    try:
        handle.connect()
        yield handle
    finally:
        handle.shutdown()


def allowed(attempt: Callable[[], object]) -> bool:
    """Say whether something is done, and neither refused nor in vain (False).

    Any other error is one of the test.
    """
    try:
        return attempt() is not False
    except REFUSED:
        return False


def read(mount: cephfs.LibCephFS, path: str) -> bytes:
    handle = mount.open(path, os.O_RDONLY)
    try:
        return mount.read(handle, 0, len(DATA))
    finally:
        mount.close(handle)


def write(mount: cephfs.LibCephFS, path: str, flags: int = 0) -> None:
    handle = mount.open(path, os.O_WRONLY | flags, 0o644)
    try:
        mount.write(handle, DATA, 0)
        mount.fsync(handle, syncdataonly=False)
    finally:
        mount.close(handle)


def listed(mount: cephfs.LibCephFS, path: str) -> list[bytes]:
    with mount.opendir(path) as entries:
        return [entry.d_name for entry in iter(entries.readdir, None)]


FILE_ATTEMPTS: dict[str, Callable[[cephfs.LibCephFS], object]] = {
    "list": lambda mount: listed(mount, "/"),
    "read": lambda mount: read(mount, f"/{VICTIM}"),
    "write": lambda mount: write(mount, f"/{VICTIM}"),
    "make": lambda mount: mount.mkdir(f"/{_new()}", 0o755),
    "rename": lambda mount: mount.rename(f"/{RENAMED}", f"/{_new()}"),
    "delete": lambda mount: mount.unlink(f"/{DOOMED}"),
    "quota": lambda mount: mount.setxattr("/", "ceph.quota.max_bytes", b"1099511627776", 0),
    "layout": lambda mount: mount.setxattr(f"/{EMPTY}", "ceph.dir.layout.stripe_count", b"1", 0),
    "snapshot": lambda mount: mount.mkdir(f"/.snap/{_new()}", 0o755),
}
"""What is tried in a folder that a key could be mounted on."""


def there_and_back(mount: cephfs.LibCephFS, path: str) -> None:
    mount.rename(path, f"{path}-moved")
    mount.rename(f"{path}-moved", path)


META_ATTEMPTS: dict[str, Callable[[cephfs.LibCephFS], object]] = {
    "read": lambda mount: read(mount, "/.meta"),
    "write": lambda mount: write(mount, "/.meta"),
    "rename": lambda mount: there_and_back(mount, "/.meta"),
}
"""What is tried with the file that the manager keeps beside a subvolume's own folder."""


def objects(io: rados.Ioctx) -> bool:
    """Say whether any object can be seen; to whom may not, none is shown."""
    return any(True for _ in io.list_objects())


OBJECT_ATTEMPTS: dict[str, Callable[[rados.Ioctx], object]] = {
    "list": objects,
    "read": lambda io: io.read(VICTIM),
    "stat": lambda io: io.stat(VICTIM),
    "write": lambda io: io.write_full(VICTIM, DATA),
    "delete": lambda io: io.remove_object(VICTIM),
}


def _new() -> str:
    return f"new-{os.urandom(4).hex()}"
