"""A real Ceph cluster: started, used, broken, and never left behind."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import cephfs
import pytest

from maille.ceph.connection import Cluster, connect
from maille.ceph.errors import CephOutOfReachError
from maille.errors import MailleError, OutOfReachError, UsageError
from maille.twin import processes
from maille.twin.cluster import faults
from maille.twin.cluster.layout import Layout
from maille.twin.cluster.lifecycle import start, status, stop, wait_healthy
from maille.twin.cluster.record import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.twin.cluster.record import Record

SMALL = Layout(hosts=3, racks=3)
MAILLE = Path(sys.executable).with_name("maille")
TREE = Path(__file__).parents[2]
DATA = os.urandom(1 << 20)
PATIENCE_S = 180


def pids_that_name(folder: Path) -> list[int]:
    """Give all processes of this machine whose command line names a folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if os.fsencode(folder) in words:
                found.append(int(entry.name))
    return found


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for something that a cluster does by itself."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, f"not within {PATIENCE_S} s: {what}"
        time.sleep(0.05)


def replicated_pool(cluster: Cluster, name: str) -> None:
    cluster.mon("osd pool create", pool=name, pg_num=8, pool_type="replicated")


def coded_pool(cluster: Cluster, name: str) -> None:
    """Make a 4+2 pool, one chunk a host."""
    profile = ["k=4", "m=2", "crush-failure-domain=host", "crush-device-class=hdd"]
    cluster.mon("osd erasure-code-profile set", name=name, profile=profile)
    cluster.mon(
        "osd pool create", pool=name, pg_num=8, pool_type="erasure", erasure_code_profile=name
    )
    cluster.mon("osd pool set", pool=name, var="allow_ec_overwrites", val="true")


def all_clean(cluster: Cluster) -> bool:
    states = cluster.mon("status")["pgmap"]["pgs_by_state"]
    return [state["state_name"] for state in states] == ["active+clean"]


def answers(record: Record) -> bool:
    try:
        connect(record.access(limit_s=1)).handle.shutdown()
    except CephOutOfReachError:
        return False
    return True


def write(cluster: Cluster, pool: str) -> None:
    with cluster.handle.open_ioctx(pool) as io:
        io.write_full("object", DATA)


def write_megabytes(mount: cephfs.LibCephFS, handle: int, count: int) -> None:
    for number in range(count):
        mount.write(handle, DATA, number * len(DATA))


def read(cluster: Cluster, pool: str) -> bytes:
    with cluster.handle.open_ioctx(pool) as io:
        return io.read("object", len(DATA))


def test_a_cluster_of_seven_hosts_is_healthy(cluster: Record) -> None:
    wait_healthy(cluster)
    found = status(cluster.folder)
    assert found.health == "HEALTH_OK"
    assert found.down == ()
    with connect(cluster.access()) as ceph:
        tree = ceph.mon("osd crush tree")["nodes"]
    hosts = [node for node in tree if node["type"] == "host"]
    assert len(hosts) == 7
    assert {node["device_class"] for node in tree if node["type"] == "osd"} == {"hdd"}


def test_only_its_owner_reads_its_keys(cluster: Record) -> None:
    assert stat.S_IMODE(cluster.keyring.stat().st_mode) == 0o600
    assert stat.S_IMODE(cluster.folder.stat().st_mode) == 0o700


def test_it_answers_on_loopback_alone(cluster: Record) -> None:
    listening = subprocess.run(
        ["ss", "-Hltnp"],  # noqa: S607  # of whoever tests
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    pids = [f"pid={daemon.pid}," for daemon in processes.all_running(cluster)]
    own = [line.split()[3] for line in listening.splitlines() if any(pid in line for pid in pids)]
    assert len(own) > len(cluster.layout.osds)
    assert {address.rpartition(":")[0] for address in own} == {"127.0.0.1"}


def test_a_coded_file_system_holds_its_quotas(make_cluster: Callable[[Layout], Record]) -> None:
    record = make_cluster(Layout())
    with connect(record.access()) as ceph:
        replicated_pool(ceph, "meta")
        replicated_pool(ceph, "default")
        coded_pool(ceph, "coded")
        ceph.mon("fs new", fs_name="video", metadata="meta", data="default")
        ceph.mon("fs add_data_pool", fs_name="video", pool="coded")
        ceph.mgr("fs subvolumegroup create", vol_name="video", group_name="g", pool_layout="coded")
        volume = {"vol_name": "video", "sub_name": "s", "group_name": "g"}
        ceph.mgr("fs subvolume create", size=8 << 20, **volume)
        path = ceph.mgr("fs subvolume getpath", **volume)
        until(lambda: all_clean(ceph), "all placement groups clean")
    mount = cephfs.LibCephFS(conffile=str(record.conf))
    mount.mount(b"/", b"video")
    try:
        handle = mount.open(f"{path}/segment", "w", 0o644)
        with pytest.raises(cephfs.DiskQuotaExceeded):
            write_megabytes(mount, handle, 64)
        mount.close(handle)
        assert mount.getxattr(f"{path}/segment", "ceph.file.layout.pool") == b"coded"
        assert 8 << 20 <= mount.stat(f"{path}/segment").st_size < 32 << 20
    finally:
        mount.shutdown()


def test_what_a_killed_disk_held_is_there_and_heals(
    make_cluster: Callable[[Layout], Record],
) -> None:
    record = make_cluster(Layout())
    with connect(record.access()) as ceph:
        coded_pool(ceph, "coded")
        write(ceph, "coded")
        lost = ceph.mon("osd map", pool="coded", object="object")["acting"][0]
        faults.kill(record, f"osd.{lost}")
        assert read(ceph, "coded") == DATA
        ceph.mon("osd out", ids=[str(lost)])
        until(lambda: all_clean(ceph), "healed onto the seventh host")
        acting = ceph.mon("osd map", pool="coded", object="object")["acting"]
        assert lost not in acting
        assert len({*acting}) == 6
        assert read(ceph, "coded") == DATA


def test_a_host_goes_and_comes_back(make_cluster: Callable[[Layout], Record]) -> None:
    record = make_cluster(Layout(hosts=3, osds_per_host=2))
    gone = record.layout.on_host("host1")
    faults.kill(record, *gone)
    assert status(record.folder).down == gone
    with connect(record.access()) as ceph:
        until(lambda: ceph.mon("status")["osdmap"]["num_up_osds"] == 4, "the host is missed")
    faults.start(record, *gone)
    assert status(record.folder).down == ()
    wait_healthy(record)


def test_a_cluster_that_was_cut_off_has_its_data_again(
    make_cluster: Callable[[Layout], Record],
) -> None:
    record = make_cluster(SMALL)
    with connect(record.access()) as ceph:
        replicated_pool(ceph, "kept")
        write(ceph, "kept")
    faults.kill(record, *record.layout.daemons)
    assert pids_that_name(record.folder) == []
    assert start(record.folder) == record
    with connect(record.access()) as ceph:
        assert read(ceph, "kept") == DATA


def test_a_stopped_cluster_leaves_no_process_and_starts_again(
    make_cluster: Callable[[Layout], Record],
) -> None:
    record = make_cluster(SMALL)
    stop(record.folder)
    assert pids_that_name(record.folder) == []
    assert status(record.folder).health == ""
    start(record.folder)
    wait_healthy(record)
    stop(record.folder, erase=True)
    assert pids_that_name(record.folder) == []
    assert not record.folder.exists()


def test_without_a_majority_of_monitors_nothing_answers_until_one_is_back(
    make_cluster: Callable[[Layout], Record],
) -> None:
    record = make_cluster(Layout(hosts=3, mons=3, mgrs=2))
    faults.kill(record, "mon.a")
    with connect(record.access()) as ceph:
        assert "mon.a" not in ceph.mon("status")["quorum_names"]
    faults.kill(record, "mon.b")
    until(lambda: not answers(record), "the last monitor knows that it is alone")
    faults.start(record, "mon.b")
    with connect(record.access()) as ceph:
        until(lambda: {*ceph.mon("status")["quorum_names"]} == {"b", "c"}, "a quorum of two")


def test_a_frozen_manager_is_silent_until_it_is_thawed(
    make_cluster: Callable[[Layout], Record],
) -> None:
    record = make_cluster(SMALL)
    faults.freeze(record, "mgr.a")
    with connect(record.access(limit_s=2)) as ceph, pytest.raises(CephOutOfReachError):
        ceph.mgr("fs volume ls")
    faults.thaw(record, "mgr.a")
    with connect(record.access()) as ceph:
        assert ceph.mgr("fs volume ls") == []


def test_a_foreign_process_is_never_touched(make_cluster: Callable[[Layout], Record]) -> None:
    record = make_cluster(SMALL)
    faults.kill(record, "osd.0")
    with subprocess.Popen(["sleep", "600"]) as foreign:  # noqa: S607  # of whoever tests
        note = record.folder / "run" / "osd.0.pid"
        note.write_text(f"{foreign.pid}\n")
        assert status(record.folder).down == ("osd.0",)
        faults.kill(record, "osd.0")
        stop(record.folder)
        stop(record.folder, erase=True)
        assert foreign.poll() is None
        foreign.kill()


def test_a_start_that_was_cut_off_is_begun_anew(cluster_folder: Path) -> None:
    with subprocess.Popen(
        [MAILLE, "twin", "up", "--folder", cluster_folder, "--hosts", "3", "--quiet"],
        stdout=subprocess.DEVNULL,
    ) as first:
        until((cluster_folder / "run" / "mon.a.pid").exists, "a monitor is started")
        first.kill()
    begun = load(cluster_folder)
    again = start(cluster_folder, begun.layout)
    assert again.fsid != begun.fsid
    wait_healthy(again)
    assert len(pids_that_name(cluster_folder)) == len(again.layout.daemons)


@pytest.mark.parametrize("mark", ["ceph.conf", "run/mon.a.pid", "run/osd.0.pid"])
def test_ctrl_c_during_a_start_leaves_no_daemon(cluster_folder: Path, mark: str) -> None:
    with subprocess.Popen(
        [MAILLE, "twin", "up", "--folder", cluster_folder, "--hosts", "3", "--quiet"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as run:
        until((cluster_folder / mark).exists, f"{mark} is written")
        run.send_signal(signal.SIGINT)
    assert run.returncode == 130
    until(lambda: pids_that_name(cluster_folder) == [], "what made files has ended, too")


def test_missing_programs_are_told_with_their_packages(
    cluster_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MailleError, match=r"ceph-mon, .*ceph-mds cannot be found") as told:
        start(cluster_folder, SMALL)
    assert "apt-get install --no-install-recommends ceph-common ceph-mds" in told.value.how


def test_a_full_disk_is_told_before_anything_runs(
    cluster_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = SimpleNamespace(free=200 << 20)
    monkeypatch.setattr("maille.twin.cluster.making.shutil.disk_usage", lambda _: full)
    with pytest.raises(MailleError, match="has 200 MiB left, and the cluster needs 768"):
        start(cluster_folder, SMALL)
    assert pids_that_name(cluster_folder) == []


def test_a_start_that_fails_tells_why_and_leaves_no_process(
    make_cluster: Callable[[Layout], Record],
) -> None:
    record = make_cluster(SMALL)
    stop(record.folder)
    (record.folder / "data" / "osd.1" / "fsid").write_text("another cluster\n")
    with pytest.raises(OutOfReachError, match=r"osd\.1 ended: .*superblock") as told:
        start(record.folder)
    assert "\x1b" not in told.value.what
    assert pids_that_name(record.folder) == []


def test_another_layout_is_refused(make_cluster: Callable[[Layout], Record]) -> None:
    record = make_cluster(SMALL)
    with pytest.raises(UsageError, match="another layout"):
        start(record.folder, Layout(hosts=4))


def test_a_port_that_was_taken_meanwhile_is_told(make_cluster: Callable[[Layout], Record]) -> None:
    record = make_cluster(SMALL)
    stop(record.folder)
    (port,) = record.mon_ports
    with socket.create_server(("127.0.0.1", port)):
        with pytest.raises(MailleError, match=rf"port {port}, which mon\.a .* is taken"):
            start(record.folder)
        assert pids_that_name(record.folder) == []


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").touch()
    with pytest.raises(MailleError, match="holds something else"):
        start(tmp_path, SMALL)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.odt"]


def test_a_path_too_long_for_sockets_is_told(tmp_path: Path) -> None:
    with pytest.raises(MailleError, match="too long a path"):
        start(tmp_path / ("x" * 80), SMALL)


def test_an_unknown_daemon_is_told(cluster: Record) -> None:
    with pytest.raises(UsageError, match=r"no daemon 'osd\.99'"):
        faults.kill(cluster, "osd.99")


def test_a_cluster_ends_with_the_run_that_started_it(cluster_folder: Path) -> None:
    script = "import sys, tests.clusters as c; print(c.shared_cluster(sys.argv[1]).folder)"
    script += "; sys.stdout.flush(); input()"
    alone = {name: value for name, value in os.environ.items() if name != "PYTEST_XDIST_WORKER"}
    with subprocess.Popen(
        [sys.executable, "-c", script, "ended"],
        cwd=TREE,
        env=alone | {"TMPDIR": str(cluster_folder)},  # no worker: it would live as long as we do
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        assert run.stdout
        folder = Path(run.stdout.readline().strip())
        assert folder.is_relative_to(cluster_folder)
        assert len(pids_that_name(folder)) == 10
        os.killpg(run.pid, signal.SIGKILL)
    until(lambda: not folder.parent.exists(), "the watchdog removed everything")
    assert pids_that_name(folder) == []


def test_commands_start_tell_and_stop(cluster_folder: Path) -> None:
    def maille(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [MAILLE, "twin", *words, "--folder", cluster_folder],
            capture_output=True,
            text=True,
            check=False,
        )

    up = maille("up", "--only", "storage", "--hosts", "3", "--racks", "3")
    assert up.returncode == 0
    assert "HEALTH_OK\n3 disks on 3 hosts in 3 racks; 6 of 6 daemons run" in up.stdout
    assert f"export CEPH_CONF={cluster_folder}/ceph.conf" in up.stderr
    assert maille("up").stdout.startswith(f"{cluster_folder}: HEALTH_OK")
    assert maille("down").returncode == 0
    dead = maille("status")
    assert dead.returncode == 4
    assert "down: mon.a, mgr.a, osd.0, osd.1, osd.2, mds.a" in dead.stdout
    assert maille("down", "--erase").returncode == 0
    assert not cluster_folder.exists()
    assert maille("status").returncode == 1
