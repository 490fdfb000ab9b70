"""Commands while no metadata server answers: they end, and say why."""

from __future__ import annotations

import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.clusters import new_folder
from tests.estates import INVENTORY, MAILLE, built, copy
from tests.provisioning import provision

from maille.ceph.connection import connect
from maille.ceph.errors import CephOutOfReachError
from maille.ceph.mount import mounted
from maille.ceph.servers import require_served
from maille.ceph.waiting import wait_until
from maille.layout.build import layout_of
from maille.layout.scale import parse_scale
from maille.retention.segments.names import path_of
from maille.twin.cluster import faults
from maille.twin.cluster.layout import Layout
from maille.twin.cluster.lifecycle import start, stop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maille.twin.cluster.record import Record

FILESYSTEM, SHARE, CAMERA = "enregistrements", "malataverne-26169", "26169-0001"
LONGEST_S = 60
"""For a whole command, on a machine that does other things too."""
PAST = 60
"""Segments that are past any retention."""


@dataclass(frozen=True)
class Site:
    """An estate on a cluster; some of its recordings are past their retention."""

    record: Record
    estate: Path
    folder: str

    def command(self, *words: str) -> list[str]:
        first, second, *more = words
        return [MAILLE, first, second, str(self.estate), *more, "--conf", str(self.record.conf)]

    def noted(self) -> str:
        """Give what running commands have mounted."""
        found = ""
        for file in (self.estate / ".maille" / "sessions").glob("*.ids"):
            with suppress(FileNotFoundError):
                found += file.read_text()
        return found


@pytest.fixture(scope="module")
def site(testrun_uid: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = new_folder(testrun_uid)
    record = start(folder, Layout(hosts=4, racks=2))
    estate = copy(INVENTORY / "malataverne", tmp_path_factory.mktemp("estate"))
    with connect(record.access()) as cluster:
        paths = provision(cluster, layout_of(built(estate).blueprint, parse_scale("1/20000")))
    with mounted(record.access(), FILESYSTEM) as mount:
        begin = datetime.now(tz=UTC).replace(microsecond=0) - timedelta(days=40)
        for number in range(PAST):
            path = f"{paths[SHARE]}/{path_of(CAMERA, begin + number * timedelta(minutes=10))}"
            mount.mkdirs(path.rpartition("/")[0], 0o755)
            handle = mount.open(path, "w", 0o644)
            mount.write(handle, b"segment!", 0)
            mount.close(handle)
    yield Site(record, estate, paths[SHARE])
    stop(folder, erase=True)


@pytest.fixture
def without_server(site: Site) -> Iterator[Site]:
    faults.kill(site.record, "mds.a")
    yield site
    faults.start(site.record, "mds.a")


@pytest.mark.parametrize(
    "words",
    [
        ("storage", "status", "--scale", "1/20000"),
        ("storage", "verify"),
        ("storage", "expire"),
        ("storage", "expire", "--yes"),
        ("storage", "key", "--list"),
        ("hold", "list"),
        ("twin", "record", "--scale", "1/20000", "--seconds", "5"),
    ],
    ids=" ".join,
)
def test_a_server_that_is_away_before_ends_the_command(
    without_server: Site, words: tuple[str, ...]
) -> None:
    began = time.monotonic()
    done = subprocess.run(
        without_server.command(*words), capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 4, done.stderr
    assert time.monotonic() - began < LONGEST_S
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "ceph fs status" in done.stderr


def wait_for_server(record: Record) -> None:
    """Wait until one is active again: it asks for the session of whoever was ended for a while."""

    def served() -> bool:
        try:
            require_served(cluster, FILESYSTEM)
        except CephOutOfReachError:
            return False
        return True

    with connect(record.access()) as cluster:
        wait_until(served, 180, "no metadata server is active")


def test_ctrl_c_ends_a_command_whose_server_died(site: Site) -> None:
    words = site.command("storage", "expire", "--yes", "--rate", "5")
    run = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while run.poll() is None and ".expirer" not in site.noted():
        time.sleep(0.01)
    time.sleep(1)
    faults.kill(site.record, "mds.a")
    try:
        time.sleep(1)
        assert run.poll() is None
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=LONGEST_S)
    finally:
        run.kill()
        faults.start(site.record, "mds.a")
    assert (run.returncode, out) == (130, "")
    assert "interrupted while the cluster did not answer" in err
    wait_for_server(site.record)
    again = site.command("storage", "expire", "--yes")
    done = subprocess.run(again, capture_output=True, text=True, check=False, timeout=400)
    assert done.returncode == 0, done.stderr
