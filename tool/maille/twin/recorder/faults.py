"""What a recorder makes of an error: some end it, all others are overcome by trying again."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from maille.ceph.errors import CephError

if TYPE_CHECKING:
    import cephfs

_ENDING = {
    errno.EDQUOT: (
        "its quota is full",
        "what is past its retention has to go first: `maille storage expire`",
    ),
    errno.ENOSPC: ("the cluster is full", "see runbooks/cluster-filling-up.md"),
    errno.ESHUTDOWN: (
        "the cluster has evicted its session",
        "its key was rotated or revoked, or it was silent for too long: start it with today's key",
    ),
    errno.EACCES: ("its key may not write there", "`maille storage refresh` tells what changed"),
    errno.EPERM: ("its key may not write there", "`maille storage refresh` tells what changed"),
    errno.EROFS: ("its key may only read there", "`maille storage refresh` tells what changed"),
}


def number_of(error: cephfs.Error) -> int:
    """Give the errno of an error, positive; 0 if it has none."""
    return abs(int(getattr(error, "errno", 0) or 0))


def ending(commune: str, error: cephfs.Error) -> CephError | None:
    """Give the error that ends a commune's recorder; None if it is to try again."""
    told = _ENDING.get(number_of(error))
    if told is None:
        return None
    what, how = told
    return CephError(f"{commune} records no more: {what}", how, number=number_of(error))
