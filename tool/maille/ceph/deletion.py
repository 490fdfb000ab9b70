"""Whether pools may be deleted: a cluster refuses it until an administrator allows it.

It is looked up before anything goes, and never set: who is cut off between setting it and putting
it back would leave every pool of the cluster without that guard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.ceph import tell
from maille.ceph.errors import ProtectedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.ceph.connection import Cluster

OPTION = "mon_allow_pool_delete"


def require_deletable(cluster: Cluster) -> None:
    """Pass if pools may be deleted.

    Raises:
        ProtectedError: they may not.
        CephOutOfReachError: a monitor does not answer.
    """
    if all(_allowed(cluster)):
        return
    raise ProtectedError(
        f"cluster {cluster.name} lets no pool be deleted, and nothing was removed",
        f"allow it for as long as this takes: `ceph config set mon {OPTION} true`, afterwards"
        f" `ceph config rm mon {OPTION}`; no monitor's own ceph.conf may say otherwise",
    )


def _allowed(cluster: Cluster) -> Iterator[bool]:
    """Tell what the manager goes by, which removes file systems, and what each monitor does."""
    yield _true(cluster.mon("config get", who="mon", key=OPTION))
    for name in cluster.mon("quorum_status")["quorum_names"]:
        yield _true(tell.mon(cluster, name, "config get", var=OPTION)[OPTION])


def _true(value: object) -> bool:
    """Read what is `true` in JSON from one daemon, and a text from the other."""
    return str(value).lower() == "true"
