"""What a killed process held of a file system is free once somebody has looked."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.clusters import new_folder
from tests.estates import INVENTORY, built
from tests.provisioning import provision

from maille.ceph.connection import connect
from maille.ceph.dead_sessions import end_dead
from maille.ceph.mount import mounted
from maille.layout.build import layout_of
from maille.layout.scale import parse_scale
from maille.twin.cluster.layout import Layout
from maille.twin.cluster.lifecycle import start, stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.twin.cluster.record import Record

FILESYSTEM = "enregistrements"
SESSION_S = 300
"""So long is a session waited for that nobody ends; a minute where nobody says so."""
LONGEST_S = SESSION_S / 2

HOLDER = """
import sys
from pathlib import Path
from maille.ceph.connection import Access
from maille.ceph.mount import mount

handle = mount(Access(Path(sys.argv[1])), sys.argv[2])
file = handle.open("/" + sys.argv[3], "w", 0o644)
handle.write(file, b"held", 0)
print("holding", flush=True)
sys.stdin.read()
handle.close(file)
handle.shutdown()
"""


@pytest.fixture(scope="module")
def record(testrun_uid: str) -> Iterator[Record]:
    folder = new_folder(testrun_uid)
    record = start(folder, Layout(hosts=4, racks=2))
    with connect(record.access()) as cluster:
        blueprint = built(INVENTORY / "malataverne").blueprint
        provision(cluster, layout_of(blueprint, parse_scale("1/20000")))
        cluster.mon("fs set", fs_name=FILESYSTEM, var="session_timeout", val=str(SESSION_S))
    yield record
    stop(folder, erase=True)


def holder(record: Record, name: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", HOLDER, str(record.conf), FILESYSTEM, name]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "holding\n"
    return process


@pytest.mark.parametrize("asked", [True, False], ids=["ended", "ended, and nobody asked how"])
def test_what_a_killed_process_held_is_free(record: Record, *, asked: bool) -> None:
    process = holder(record, "held")
    process.send_signal(signal.SIGKILL)
    if asked:
        process.wait()
    begun = time.monotonic()
    with connect(record.access()) as cluster:
        while not end_dead(cluster, FILESYSTEM):
            assert time.monotonic() - begun < LONGEST_S
        with mounted(record.access(), FILESYSTEM) as mount:
            mount.unlink("/held")
            mount.sync_fs()
        assert end_dead(cluster, FILESYSTEM) == 0
    assert time.monotonic() - begun < LONGEST_S
    process.communicate()


def test_who_lives_keeps_its_session(record: Record) -> None:
    process = holder(record, "kept")
    with connect(record.access()) as cluster:
        assert end_dead(cluster, FILESYSTEM) == 0
    process.communicate("", timeout=SESSION_S)
    assert process.returncode == 0
    with mounted(record.access(), FILESYSTEM) as mount:
        assert mount.stat("/kept").st_size == len("held")


def test_without_a_file_system_there_is_nobody(record: Record) -> None:
    with connect(record.access()) as cluster:
        assert end_dead(cluster, "none") == 0
