"""Whether a file system is served; asked before what would wait for it for a minute.

The monitors believe in a metadata server for 15 s after its last word. The address of a process
that died refuses a connection at once.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

from maille.ceph.errors import CephError, CephOutOfReachError

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster

ANSWER_S = 3


def require_served(cluster: Cluster, filesystem: str) -> None:
    """Pass if every active metadata server of a file system can be reached.

    Raises:
        CephOutOfReachError: one cannot, or none is active.
        CephError: there is no such file system.
    """
    found = cluster.find("fs get", fs_name=filesystem)
    if found is None:
        raise CephError(
            f"cluster {cluster.name} has no file system {filesystem}: nothing is recorded there",
            "make it: `maille storage up`",
        )
    servers = list(found["mdsmap"]["info"].values())
    active = [one for one in servers if one["state"] == "up:active" and "laggy_since" not in one]
    if not active:
        told = ", ".join(sorted(one["state"] for one in servers)) or "there is none"
        raise _unserved(f"no metadata server of {filesystem} is active ({told})")
    for one in active:
        if not _reached(one):
            raise _unserved(f"metadata server {one['name']} of {filesystem} does not answer")


def _unserved(what: str) -> CephOutOfReachError:
    return CephOutOfReachError(
        f"{what}: nothing is recorded",
        "see `ceph fs status`: start one, or wait a minute if one takes over",
    )


def _reached(server: dict[str, Any]) -> bool:
    host, _, port = server["addrs"]["addrvec"][0]["addr"].rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), ANSWER_S):
            return True
    except OSError:
        return False
