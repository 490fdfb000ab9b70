"""Starting and stopping a cluster as a whole, and telling how it is."""

from __future__ import annotations

import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.ceph.connection import connect
from maille.errors import MailleError, OutOfReachError, UsageError
from maille.twin import processes
from maille.twin.alone import alone
from maille.twin.cluster import boot
from maille.twin.cluster.binaries import need_binaries
from maille.twin.cluster.layout import Layout
from maille.twin.cluster.making import make, need_room
from maille.twin.cluster.ports import is_free
from maille.twin.cluster.record import Record, holds_cluster, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from maille.ceph.connection import Cluster


_PATIENCE_S = 60.0
_PAUSE_S = 0.03
_STATUS_LIMIT_S = 5
_SETTINGS = (
    # A manager would else make a pool of its own for the health of disks that do not exist.
    ("mgr", "mgr/devicehealth/enable_monitoring", "false"),
    # The manager looks here, and not in ceph.conf, before it removes a file system.
    ("mon", "mon_allow_pool_delete", "true"),
)


@dataclass(frozen=True, slots=True)
class Status:
    """How a cluster is.

    `health` is Ceph's word (`HEALTH_OK`), or empty if no monitor answers; `checks` are its
    reasons by their names. `down` are the daemons that do not run.
    """

    record: Record
    daemons: tuple[processes.Running, ...]
    health: str
    checks: tuple[str, ...]

    @property
    def down(self) -> tuple[str, ...]:
        """Give the names of the daemons that do not run."""
        there = {daemon.name for daemon in self.daemons}
        return tuple(name for name in self.record.layout.daemons if name not in there)


def start(folder: Path, layout: Layout | None = None) -> Record:
    """Bring a cluster up, and give it when every daemon has joined.

    What the folder holds already is started again with all its data; what was begun there and
    never came up is made anew. Raises UsageError if another layout is asked for than the
    folder has, MailleError where something is missing here, OutOfReachError if a daemon does
    not come up, with its last words.
    """
    need_binaries()
    with alone(folder):
        if not holds_cluster(folder):
            return _found(folder, layout or Layout())
        record = load(folder)
        if layout not in {None, record.layout}:
            raise UsageError(
                f"{folder} holds a cluster of another layout",
                "start it as it is, or remove it first:"
                f" maille twin down --erase --folder {folder}",
            )
        if record.was_up.exists():
            _start_again(record)
            return record
        processes.kill_all(record)
        _empty(folder)
        return _found(folder, layout or record.layout)


def stop(folder: Path, *, erase: bool = False) -> None:
    """End every process of a cluster; its data stay unless they are to be erased.

    A folder without a cluster is fine as it is.
    """
    if not holds_cluster(folder):
        return
    with alone(folder) as lock:
        if not holds_cluster(folder):
            return
        record = load(folder)
        if erase:
            processes.kill_all(record)
            shutil.rmtree(record.folder)
            lock.unlink()
        else:
            _stop_in_order(record)


def status(folder: Path) -> Status:
    """Tell how a cluster is; also one that does not answer."""
    record = load(folder)
    daemons = processes.all_running(record)
    if not any(daemon.name.startswith("mon.") for daemon in daemons):
        return Status(record, daemons, "", ())
    try:
        with connect(record.access(_STATUS_LIMIT_S)) as cluster:
            health = cluster.mon("health")
    except OutOfReachError:
        return Status(record, daemons, "", ())
    return Status(record, daemons, health["status"], tuple(health["checks"]))


def wait_healthy(record: Record, patience_s: float = _PATIENCE_S) -> None:
    """Wait for HEALTH_OK; OutOfReachError names what is still wrong after the patience."""
    end = time.monotonic() + patience_s
    with connect(record.access()) as cluster:
        while (health := cluster.mon("health"))["status"] != "HEALTH_OK":
            if time.monotonic() > end:
                reasons = [check["summary"]["message"] for check in health["checks"].values()]
                raise OutOfReachError(
                    f"{record.folder} is {health['status']} after {patience_s:g} s:"
                    f" {'; '.join(reasons)}"
                )
            time.sleep(_PAUSE_S)


def _stop_in_order(record: Record) -> None:
    """Let all others take leave of the monitors, and these end last."""
    mons, others = _mons_and_others(record)
    processes.stop(record, others)
    processes.stop(record, mons)


def _found(folder: Path, layout: Layout) -> Record:
    """Make a cluster and bring it up."""
    record, identities = make(folder, layout)
    mons, others = _mons_and_others(record)
    with _all_or_none(record, record.layout.daemons), boot.first(record, mons) as cluster:
        for who, option, value in _SETTINGS:
            cluster.mon("config set", who=who, name=option, value=value, force=True)
        for number, identity in identities.items():
            cluster.mon("osd new", uuid=identity, id=number)
        boot.join(record, cluster, [*mons, *others], boot.Before())
        _give_classes(cluster, layout)
        boot.await_statistics(cluster)
    record.was_up.touch()
    return record


def _give_classes(cluster: Cluster, layout: Layout) -> None:
    """Tell CRUSH the device classes; a daemon would derive them from the disk of this machine."""
    for device_class in sorted({osd.device_class for osd in layout.osds}):
        names = [osd.name for osd in layout.osds if osd.device_class == device_class]
        cluster.mon("osd crush set-device-class", **{"class": device_class}, ids=names)


def _start_again(record: Record) -> None:
    """Start what does not run of a cluster that was up before."""
    mons, others = _mons_and_others(record)
    missing = [name for name in others if not processes.running(record, name)]
    silent_mons = [name for name in mons if not processes.running(record, name)]
    if not missing and not silent_mons:
        return
    need_room(record)
    _need_ports(record, silent_mons)
    started = [*silent_mons, *missing]
    with _all_or_none(record, started), boot.first(record, silent_mons) as cluster:
        boot.join(record, cluster, started, boot.before(cluster))
        boot.await_statistics(cluster)


@contextmanager
def _all_or_none(record: Record, names: Sequence[str]) -> Iterator[None]:
    """End daemons that were started if not all of them come up, or the user gives up."""
    try:
        yield
    except BaseException:
        processes.kill(record, names)
        raise


def _mons_and_others(record: Record) -> tuple[list[str], list[str]]:
    mons = [name for name in record.layout.daemons if name.startswith("mon.")]
    return mons, [name for name in record.layout.daemons if name not in mons]


def _need_ports(record: Record, missing: list[str]) -> None:
    for letter, port in zip(record.layout.mon_ids, record.mon_ports, strict=True):
        if f"mon.{letter}" in missing and not is_free(port):
            raise MailleError(
                f"port {port}, which mon.{letter} of {record.folder} answers on, is taken",
                f"see by whom, and stop it: ss -ltnp 'sport = :{port}'",
            )


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()
