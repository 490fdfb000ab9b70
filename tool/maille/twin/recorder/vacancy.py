"""Whether a recorder's key is free: two that record with one write over each other's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.ceph.sessions import sessions
from maille.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maille.ceph.connection import Cluster
    from maille.twin.recorder.posts import Post


def require_vacant(cluster: Cluster, filesystem: str, posts: Sequence[Post]) -> None:
    """Pass if nobody is connected with a post's key.

    Raises:
        UsageError: somebody is; a real recorder may be at work there.
    """
    keys = {post.entity for post in posts}
    for one in sessions(cluster, filesystem):
        if one.entity in keys:
            raise UsageError(
                f"`{one.entity}` is in use from {one.host or one.address}",
                "end the recorder there, or wait a minute if it was killed; recordings of its own"
                " belong on a laboratory's cluster",
            )
