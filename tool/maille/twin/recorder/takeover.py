"""Taking a key over from a recorder that was killed.

Its session lives on for a minute (`session_timeout`), and so long everybody waits who wants to
read a file that it wrote, or to write beside it: the next recorder, too.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from maille.ceph.sessions import sessions, shut_out
from maille.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from maille.ceph.connection import Cluster
    from maille.twin.recorder.posts import Manned


def take_over(cluster: Cluster, posts: Sequence[Manned], now: datetime) -> int:
    """End the sessions that use the posts' keys from this machine; give their number.

    Raises:
        UsageError: a key is in use from another machine: a real recorder may be at work there.
    """
    here = socket.gethostname()
    filesystems = {manned.post.share.filesystem for manned in posts}
    keys = {manned.post.entity for manned in posts}
    count = 0
    for filesystem in filesystems:
        found = [one for one in sessions(cluster, filesystem) if one.entity in keys]
        for one in found:
            if one.host not in {here, ""}:
                raise UsageError(
                    f"`{one.entity}` is in use from {one.host}",
                    "end the recorder there; recordings of its own belong on a laboratory's"
                    " cluster",
                )
        shut_out(cluster, filesystem, found, now)
        count += len(found)
    return count
