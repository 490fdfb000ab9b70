"""Putting an empty disk in the place of one that the cluster has given up."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from maille.ceph.connection import connect
from maille.ceph.errors import refused
from maille.errors import UsageError
from maille.twin import processes
from maille.twin.cluster import boot, keys
from maille.twin.cluster.making import make_disk

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster
    from maille.twin.cluster.layout import Osd
    from maille.twin.cluster.record import Record


def replace(record: Record, *names: str) -> None:
    """Put empty disks in, each with its old number, host and class, and wait until they joined.

    Raises:
        UsageError: one is no disk, runs, or is of the cluster still: its data would be lost.
        OutOfReachError: one does not come up.
    """
    disks = [_disk(record, name) for name in names]
    with connect(record.access()) as cluster:
        known = {osd["osd"] for osd in cluster.mon("osd dump")["osds"]}
        for disk in disks:
            _need_given_up(record, disk, known)
        earlier = boot.before(cluster)
        for disk in disks:
            _put_in(record, cluster, disk)
        boot.join(record, cluster, [disk.name for disk in disks], earlier)
        for disk in disks:
            given = {"class": disk.device_class}
            cluster.mon("osd crush set-device-class", **given, ids=[disk.name])


def _disk(record: Record, name: str) -> Osd:
    for disk in record.layout.osds:
        if disk.name == name:
            return disk
    raise UsageError(f"'{name}' is no disk", f"name one of {_names(record)}")


def _names(record: Record) -> str:
    return ", ".join(disk.name for disk in record.layout.osds)


def _need_given_up(record: Record, disk: Osd, known: set[int]) -> None:
    if processes.running(record, disk.name):
        raise UsageError(f"{disk.name} runs", f"end it first: maille twin fault kill {disk.name}")
    if disk.number in known:
        raise UsageError(
            f"{disk.name} is of the cluster still",
            f"let it go first: ceph osd purge {disk.number} --yes-i-really-mean-it",
        )


def _put_in(record: Record, cluster: Cluster, disk: Osd) -> None:
    """Make the disk's files, and tell the cluster of it, with the key in its keyring."""
    data = record.folder / "data" / disk.name
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    identity = make_disk(record, disk)
    secret = keys.key_of(disk.name, record.keyring.read_text(encoding="ascii"))
    command = {"prefix": "osd new", "uuid": identity, "id": disk.number}
    answer, _, said = cluster.handle.mon_command(
        json.dumps(command), json.dumps({"cephx_secret": secret}).encode()
    )
    if answer:
        raise refused(cluster.name, "mon", "osd new", answer, said)
