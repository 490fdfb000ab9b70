"""Sessions of processes of this machine that are gone: ended, so that they keep nobody waiting.

A metadata server grants what a client holds of folders and files for itself, and asks for it back;
of one that was killed it waits a minute for an answer, and whoever needs those folders waits with
it: a manager, too. So every mount says in its session which process it is of.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from maille.ceph import filesystems, tell
from maille.ceph.errors import CephError
from maille.ceph.mount import MARK
from maille.ceph.process import is_gone

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster


def end_dead(cluster: Cluster, filesystem: str) -> int:
    """End the sessions of processes that are gone, and give their number.

    A key that may not ask metadata servers ends none.

    Raises:
        CephOutOfReachError: no metadata server answers.
    """
    if filesystems.read(cluster, filesystem) is None:
        return 0
    try:
        return sum(_end(cluster, filesystem, rank) for rank in tell.ranks(cluster, filesystem))
    except CephError as error:
        if error.number in (errno.EPERM, errno.EACCES):
            return 0
        raise


def _end(cluster: Cluster, filesystem: str, rank: int) -> int:
    dead = [
        session["id"]
        for session in tell.mds(cluster, filesystem, rank, "session ls")
        if is_gone(session["client_metadata"].get(MARK, ""))
    ]
    for ident in dead:
        tell.mds(cluster, filesystem, rank, "session evict", filters=[f"id={ident}"])
    return len(dead)
