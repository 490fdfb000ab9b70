"""Breaking parts of a running cluster, and mending them.

Daemons are named as Ceph names them (`osd.3`, `mon.a`, `mgr.a`, `mds.a`); those of a whole
host are `record.layout.on_host("host3")`. What the cluster makes of a fault, and when, is
left to it: nothing here waits for it to notice.
"""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from maille.ceph.connection import connect
from maille.errors import UsageError
from maille.twin import processes
from maille.twin.cluster import boot

if TYPE_CHECKING:
    from maille.twin.cluster.record import Record


def kill(record: Record, *names: str) -> None:
    """End daemons at once, as a power cut does."""
    processes.kill(record, _known(record, names))


def stop(record: Record, *names: str) -> None:
    """End daemons in good order."""
    processes.stop(record, _known(record, names))


def start(record: Record, *names: str) -> None:
    """Start daemons that do not run, and wait until they have joined.

    Monitors too few for a majority are started without waiting: they cannot join. Raises
    OutOfReachError if one ends again or never joins.
    """
    missing = [name for name in _known(record, names) if not processes.running(record, name)]
    for name in _mons(missing):
        processes.launch(record, name)
    there = [name for name in _mons(record.layout.daemons) if processes.running(record, name)]
    if 2 * len(there) > record.layout.mons:
        with connect(record.access()) as cluster:
            boot.join(record, cluster, missing, boot.before(cluster))
        return
    for name in missing:
        processes.launch(record, name)


def restart(record: Record, *names: str) -> None:
    """End daemons in good order and start them again."""
    stop(record, *names)
    start(record, *names)


def freeze(record: Record, *names: str) -> None:
    """Stop daemons in the middle of what they do: they hold their connections and are silent."""
    for name in _known(record, names):
        processes.send(record, name, signal.SIGSTOP)


def thaw(record: Record, *names: str) -> None:
    """Let frozen daemons go on."""
    for name in _known(record, names):
        processes.send(record, name, signal.SIGCONT)


def _known(record: Record, names: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [name for name in names if name not in record.layout.daemons]
    if unknown:
        raise UsageError(
            f"the cluster has no daemon '{unknown[0]}'",
            f"its daemons are {', '.join(record.layout.daemons)}",
        )
    return names


def _mons(names: tuple[str, ...] | list[str]) -> list[str]:
    return [name for name in names if name.startswith("mon.")]
