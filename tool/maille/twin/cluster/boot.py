"""Starting daemons, and seeing that they have joined their cluster.

A cluster that was cut off remembers its daemons as they were: until a beat is missed its maps
say that all is up. So what the maps said before is kept, and only what came after it counts.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.ceph.connection import connect
from maille.errors import OutOfReachError
from maille.twin import processes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maille.ceph.connection import Cluster
    from maille.twin.cluster.record import Record

_PATIENCE_S = 60.0
_PAUSE_S = 0.03


@dataclass(frozen=True, slots=True)
class Before:
    """What the maps said before daemons were started.

    An OSD has joined when it came up after `osd_epoch`; a manager or a metadata server when it
    has a gid, the number of its session, that is none of `sessions`.
    """

    osd_epoch: int = 0
    sessions: frozenset[int] = frozenset()


def first(record: Record, mons: Sequence[str]) -> Cluster:
    """Start monitors, and connect to them. Raises OutOfReachError with last words as `join`."""
    for name in mons:
        processes.launch(record, name)
    try:
        return connect(record.access())
    except OutOfReachError:
        _need_alive(record, mons)
        raise


def before(cluster: Cluster) -> Before:
    """Read what the maps say of daemons that are about to be started."""
    return Before(cluster.mon("osd dump")["epoch"], frozenset(_sessions(cluster)))


def join(record: Record, cluster: Cluster, names: Sequence[str], earlier: Before) -> None:
    """Start daemons and wait until the cluster has seen all of them.

    Raises OutOfReachError if one ends, with its last words, or if they take too long.
    """
    for name in names:
        processes.launch(record, name)
    end = time.monotonic() + _PATIENCE_S
    while missing := set(names) - _joined(cluster, earlier):
        _need_alive(record, sorted(missing))
        if time.monotonic() > end:
            raise OutOfReachError(
                f"{', '.join(sorted(missing))} did not join within {_PATIENCE_S:g} s",
                f"read {record.folder / 'log'}",
            )
        time.sleep(_PAUSE_S)


def _need_alive(record: Record, names: Sequence[str]) -> None:
    for name in names:
        if not processes.running(record, name):
            raise OutOfReachError(
                f"{name} ended: {processes.last_words(record, name)}",
                f"read {record.folder / 'log'}",
            )


def await_statistics(cluster: Cluster) -> None:
    """Wait until a manager is active and knows how large the disks are."""
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        status = cluster.mon("status")
        if status["mgrmap"]["available"] and status["pgmap"].get("bytes_total"):
            return
        time.sleep(_PAUSE_S)
    raise OutOfReachError("the manager has no statistics yet", "ask again in a minute")


def _joined(cluster: Cluster, earlier: Before) -> set[str]:
    """Give the daemons that the cluster has seen since."""
    found = {f"mon.{name}" for name in cluster.mon("status")["quorum_names"]}
    found |= {
        f"osd.{osd['osd']}"
        for osd in cluster.mon("osd dump")["osds"]
        if osd["up"] and osd["up_from"] > earlier.osd_epoch
    }
    sessions = _sessions(cluster)
    return found | {name for gid, name in sessions.items() if gid not in earlier.sessions}


def _sessions(cluster: Cluster) -> dict[int, str]:
    """Give the managers and metadata servers of the maps, by their gid."""
    mgrmap, fsmap = cluster.mon("mgr dump"), cluster.mon("fs dump")
    found = {mgr["gid"]: f"mgr.{mgr['name']}" for mgr in mgrmap["standbys"]}
    if mgrmap["active_name"]:
        found[mgrmap["active_gid"]] = f"mgr.{mgrmap['active_name']}"
    servers = [*fsmap["standbys"]]
    for filesystem in fsmap["filesystems"]:
        servers += filesystem["mdsmap"]["info"].values()
    return found | {mds["gid"]: f"mds.{mds['name']}" for mds in servers}
