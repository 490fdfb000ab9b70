"""`maille twin fault`: what it refuses, and what it does to the daemons of a cluster."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from tests.estates import MAILLE

from maille.ceph.connection import connect
from maille.ceph.waiting import wait_until
from maille.twin.cluster.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.ceph.connection import Cluster
    from maille.twin.cluster.record import Record

THREE_HOSTS = Layout(hosts=3, racks=3)


def fault(record: Record, *words: str) -> subprocess.CompletedProcess[str]:
    command = [MAILLE, "twin", "fault", *words, "--folder", str(record.folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_disk_is_replaced_once_the_cluster_has_given_it_up(
    make_cluster: Callable[[Layout], Record],
) -> None:
    record = make_cluster(THREE_HOSTS)
    assert "osd.0 runs" in fault(record, "replace", "osd.0").stderr
    assert fault(record, "kill", "host1", "osd.1").stderr.strip() == "killed: osd.1"
    still = fault(record, "replace", "osd.1")
    assert still.returncode == 2
    assert "let it go first: ceph osd purge 1 --yes-i-really-mean-it" in still.stderr
    with connect(record.access()) as cluster:
        wait_until(lambda: not _disks(cluster)[1]["up"], 180, "osd.1 is up")
        purge = ["ceph", "-c", str(record.conf), "osd", "purge", "1", "--yes-i-really-mean-it"]
        subprocess.run(purge, capture_output=True, check=True)
        before = _disks(cluster)
        assert 1 not in before
        assert fault(record, "replace", "osd.1").returncode == 0
        after = _disks(cluster)
        assert after[1]["up"]
        assert after[0]["uuid"] == before[0]["uuid"]
        tree = {node["name"]: node for node in cluster.mon("osd tree")["nodes"]}
    assert tree["osd.1"]["device_class"] == "hdd"
    assert tree["host1"]["children"] == [1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("kill", "osd.99"), "no daemon 'osd.99'"),
        (("stop", "host9"), "no host 'host9'"),
        (("replace", "mds.a"), "'mds.a' is no disk"),
    ],
)
def test_what_is_not_there_is_told(cluster: Record, words: tuple[str, str], told: str) -> None:
    refused = fault(cluster, *words)
    assert refused.returncode == 2
    assert told in refused.stderr


def _disks(cluster: Cluster) -> dict[int, dict[str, Any]]:
    return {osd["osd"]: osd for osd in cluster.mon("osd dump")["osds"]}
