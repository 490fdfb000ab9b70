"""A CephFS through python-cephfs."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import cephfs

from maille.ceph.errors import CephError, CephOutOfReachError
from maille.ceph.process import own_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.ceph.connection import Access

MARK = "maille_process"
"""What a session tells of itself: whose it is, as `process.own_mark` has it."""
_SETTLES_S = 0.01
"""libcephfs starts a thread at mounting; if that is to end before it waits for anything, it is not
woken, and leaving takes a whole second (Ceph 16.2: 1.0 s, and 0.02 s after 2 ms of waiting)."""


def mount(access: Access, filesystem: str, root: str = "/") -> cephfs.LibCephFS:
    """Mount a folder of a file system, for the caller to shut down.

    Raises:
        CephOutOfReachError: no metadata server answers within the access's patience.
        CephError: the key may not use that folder, or it is not there.
    """
    whose = {"client_metadata": f"{MARK}={own_mark()}"}
    handle = cephfs.LibCephFS(
        conffile=str(access.conf), auth_id=access.auth_id, conf=access.options | whose
    )
    try:
        handle.mount(mount_root=root.encode(), filesystem_name=filesystem.encode())
    except cephfs.Error as error:
        handle.shutdown()
        raise _unmounted(access, filesystem, root, error) from None
    time.sleep(_SETTLES_S)
    return handle


@contextmanager
def mounted(access: Access, filesystem: str, root: str = "/") -> Iterator[cephfs.LibCephFS]:
    """Mount a folder of a file system for as long as a `with` lasts; raises as `mount` does."""
    handle = mount(access, filesystem, root)
    try:
        yield handle
    finally:
        handle.shutdown()


def _unmounted(access: Access, filesystem: str, root: str, error: cephfs.Error) -> CephError:
    number = abs(getattr(error, "errno", 0) or 0)
    if isinstance(error, cephfs.PermissionError):
        return CephError(
            f"`{access.client}` may not use {root} of file system {filesystem}",
            "`maille storage refresh` tells whether its rights were changed",
            number=number,
        )
    if isinstance(error, cephfs.ObjectNotFound):
        return CephError(
            f"file system {filesystem} has no {root}", "`maille storage up` makes it", number=number
        )
    return CephOutOfReachError(
        f"file system {filesystem} cannot be mounted: {error}",
        "see `ceph fs status`: a metadata server must be active",
        number=number,
    )
