"""The status of recordings on a real CephFS, as a user asks for it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.clusters import start_own
from tests.estates import COMPLETE, MAILLE, built, copy
from tests.provisioning import provision

from maille.ceph.connection import Access, connect
from maille.ceph.mount import mounted
from maille.ceph.own_sessions import FOLDER
from maille.layout.build import layout_of
from maille.layout.scale import parse_scale
from maille.retention.segments.names import path_of
from maille.twin.cluster.faults import kill
from maille.twin.cluster.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cephfs import LibCephFS

    from maille.twin.cluster.record import Record

SCALE, COMMUNE, CAMERA = "1/20000", "28085", "28085-0001"
SEGMENT = timedelta(minutes=10)
PATIENCE_S = 180
DATA = b"s" * 40_000
"""Two thirds of what the camera is planned to write at this scale."""


@pytest.fixture(scope="module")
def site(
    testrun_uid: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Record, Path]]:
    """Give a cluster with an estate's shares, and its folder; one camera records since 30 hours."""
    estate = copy(COMPLETE, tmp_path_factory.mktemp("estate"))
    layout = layout_of(built(estate).blueprint, parse_scale(SCALE))
    with start_own(testrun_uid, Layout(hosts=layout.hosts, racks=1)) as record:
        access = Access(record.conf)
        with connect(access) as cluster:
            paths = provision(cluster, layout)
        with mounted(access, layout.filesystem.name) as mount:
            begin = datetime.now(tz=UTC) - timedelta(hours=30)
            for number in range(180):
                start = begin + number * SEGMENT
                path = f"{paths[f'complete-{COMMUNE}']}/{path_of(CAMERA, start)}"
                mount.mkdirs(path.rpartition("/")[0], 0o755)
                handle = mount.open(path, "w", 0o644)
                mount.write(handle, DATA, 0)
                mount.close(handle)
                ended = (start + SEGMENT).timestamp()
                mount.utimes(path, (ended, ended))
            mount.sync_fs()
            share = paths[f"complete-{COMMUNE}"]
            await_sum(mount, share, 180 * len(DATA))
        yield record, estate


def await_sum(mount: LibCephFS, path: str, size_bytes: int) -> None:
    """Wait until CephFS has summed up what lies below a folder: seconds, and it says so."""
    end = time.monotonic() + PATIENCE_S
    while int(mount.getxattr(path, "ceph.dir.rbytes")) < size_bytes:
        assert time.monotonic() < end, "CephFS does not sum up"
        time.sleep(0.2)


def begun(site: tuple[Record, Path]) -> subprocess.Popen[bytes]:
    record, estate = site
    return subprocess.Popen(
        [MAILLE, "storage", "status", str(estate), "--scale", SCALE],
        env={**os.environ, "CEPH_CONF": str(record.conf)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def status(site: tuple[Record, Path], *words: str) -> subprocess.CompletedProcess[str]:
    record, estate = site
    return subprocess.run(
        [MAILLE, "storage", "status", str(estate), "--scale", SCALE, *words],
        env={**os.environ, "CEPH_CONF": str(record.conf)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_who_comes_after_a_killed_status_ends_what_it_held(site: tuple[Record, Path]) -> None:
    _, estate = site
    held = estate / ".maille" / FOLDER
    for _ in range(10):
        with begun(site) as process:
            while process.poll() is None and not any(file.read_bytes() for file in held.glob("*")):
                time.sleep(0.001)
            process.kill()
        if process.returncode == -signal.SIGKILL:
            break
    assert [file.read_bytes() for file in held.iterdir()] != [b""]
    done = status(site, "--commune", COMMUNE)
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout
    assert list(held.iterdir()) == []


def test_what_was_written_is_told_and_what_was_not(site: tuple[Record, Path]) -> None:
    done = status(site, "--commune", COMMUNE, "--json")
    assert done.returncode == 1, done.stderr
    document = json.loads(done.stdout)
    (share,) = document["shares"]
    assert share["used_bytes"] == 180 * len(DATA)
    assert share["rate_mbps"] == pytest.approx(len(DATA) * 8 / 600 / 1e6, rel=0.1)
    assert share["days_held"] == pytest.approx(1.25, abs=0.01)
    silent = {one["camera"] for one in share["silent"]}
    assert CAMERA not in silent
    assert len(silent) == share["cameras"] - 1
    assert {one["code"] for one in document["findings"]} == {"R043"}
    assert document["scale"] == SCALE
    assert document["cluster"]["raw_used_bytes"] > 180 * len(DATA)
    assert document["cluster"]["to_erase"]["purging"] == 0


def test_a_quota_that_is_cut_behind_our_back_fills(site: tuple[Record, Path]) -> None:
    record, _ = site
    used, rate = 180 * len(DATA), len(DATA) / SEGMENT.total_seconds()
    quota = round(used + rate * 86_400)
    with connect(Access(record.conf)) as cluster:
        cluster.mgr(
            "fs subvolume resize",
            vol_name="images",
            sub_name=f"complete-{COMMUNE}",
            group_name="complete",
            new_size=str(quota),
        )
    done = status(site, "--commune", COMMUNE)
    assert done.returncode == 1
    assert "error R040" in done.stdout.splitlines()[2]
    assert "its oldest image may go" in " ".join(done.stdout.split())
    assert max(map(len, done.stdout.splitlines())) <= 100
    assert SCALE in done.stdout


def test_a_host_that_is_away_is_told_and_a_cluster_that_is_away_ends_with_4(
    site: tuple[Record, Path], tmp_path: Path
) -> None:
    record, estate = site
    away = tmp_path / "ceph.conf"
    away.write_text("[global]\nmon_host = 127.0.0.1:1\n", encoding="utf-8")
    done = status((record, estate), "--conf", str(away))
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    kill(record, "osd.0")
    with connect(Access(record.conf)) as cluster:
        cluster.mon("osd down", ids=["0"])
    done = status(site, "--json")
    assert done.returncode == 1, done.stderr
    told = [finding["what"] for finding in json.loads(done.stdout)["findings"]]
    assert any("OSD_DOWN" in what for what in told)
    assert any("could not be healed" in what for what in told)


def test_a_dead_metadata_server_is_told_at_once(site: tuple[Record, Path]) -> None:
    record, _ = site
    kill(record, "mds.a")
    with connect(record.access()) as cluster:
        cluster.mon("mds fail", role_or_gid="a")
    begun = time.monotonic()
    done = status(site)
    assert done.returncode == 4
    assert "no metadata server of images is active" in done.stderr
    assert time.monotonic() - begun < PATIENCE_S / 2
