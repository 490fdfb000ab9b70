"""What a killed process held of the file system is its successor's within seconds."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.clusters import new_folder
from tests.estates import INVENTORY, built
from tests.provisioning import provision

from maille.ceph.connection import connect
from maille.ceph.own_sessions import FOLDER, own_sessions
from maille.layout.build import layout_of
from maille.layout.scale import parse_scale
from maille.twin.cluster.layout import Layout
from maille.twin.cluster.lifecycle import start, stop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maille.twin.cluster.record import Record

FILESYSTEM = "enregistrements"
SESSION_S = 300
"""So long is a session waited for that nobody ends; a minute where nobody says so."""
LONGEST_S = SESSION_S / 2

CLIENT = """
import sys, time
from pathlib import Path
from maille.ceph.connection import Access, connect
from maille.ceph.own_sessions import own_sessions

access = Access(Path(sys.argv[1]))
with connect(access) as cluster, own_sessions(cluster, sys.argv[2], Path(sys.argv[3])) as own:
    with own.mounted(access) as mount:
        handle = mount.open("/held", "w", 0o644)
        mount.write(handle, b"held", 0)
        print("holding", flush=True)
        sys.stdin.read()
        mount.close(handle)
"""
"""A process that keeps a file open for writing until it is told to end."""


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


@contextmanager
def holding(record: Record, own: Path) -> Iterator[subprocess.Popen[str]]:
    """Give a process that holds a file; it has ended when the `with` does."""
    words = [sys.executable, "-c", CLIENT, str(record.conf), FILESYSTEM, str(own)]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def noted(own: Path) -> list[str]:
    return [file.name for file in (own / FOLDER).iterdir()]


def test_the_successor_of_a_killed_client_waits_for_nothing(record: Record, tmp_path: Path) -> None:
    with holding(record, tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert len(noted(tmp_path)) == 1
        begun = time.monotonic()
        with (
            connect(record.access()) as cluster,
            own_sessions(cluster, FILESYSTEM, tmp_path) as own,
            own.mounted(record.access()) as mount,
        ):
            mount.unlink("/held")
            mount.sync_fs()
            assert time.monotonic() - begun < LONGEST_S
    assert noted(tmp_path) == []


def test_who_lives_keeps_its_session(record: Record, tmp_path: Path) -> None:
    with holding(record, tmp_path) as process:
        with (
            connect(record.access()) as cluster,
            own_sessions(cluster, FILESYSTEM, tmp_path) as own,
            own.mounted(record.access()) as mount,
        ):
            assert mount.stat("/held").st_size == len("held")
            assert len(noted(tmp_path)) == 2
        process.communicate("", timeout=SESSION_S)
        assert process.returncode == 0
    assert noted(tmp_path) == []


def test_a_session_of_another_cluster_is_nobody_s_business(record: Record, tmp_path: Path) -> None:
    with holding(record, tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        (name,) = noted(tmp_path)
        other = tmp_path / FOLDER / f"11111111{name[8:]}"
        (tmp_path / FOLDER / name).rename(other)
        with connect(record.access()) as cluster, own_sessions(cluster, FILESYSTEM, tmp_path):
            pass
        assert noted(tmp_path) == [other.name]
        other.rename(tmp_path / FOLDER / name)
        with connect(record.access()) as cluster, own_sessions(cluster, FILESYSTEM, tmp_path):
            pass
        assert noted(tmp_path) == []
