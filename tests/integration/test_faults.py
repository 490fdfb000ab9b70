"""A cluster that cannot be used says why, within seconds, in words of its own."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.estates import AS_OF, INVENTORY, MAILLE, copy, maille

from maille.ceph.connection import Patience, connect
from maille.ceph.errors import CephOutOfReachError
from maille.twin.cluster import faults
from maille.twin.cluster.layout import GIB, Layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.twin.cluster.record import Record

GOLDEN = Path(__file__).parents[1] / "golden" / "faults"
LONGEST_S = 180
"""For the command as a whole, on a machine that does other things too."""


class Site:
    """An estate and a cluster to be broken."""

    def __init__(self, record: Record, estate: Path, golden: Callable[[str, Path], None]) -> None:
        """Keep them."""
        self.record = record
        self.estate = estate
        self._golden = golden

    def told(self, name: str, exit_code: int, *, conf: Path | None = None) -> None:
        """Apply the estate, and compare what is said with the golden text of that name."""
        began = time.monotonic()
        done = maille(
            *("storage", "up", self.estate, "--yes"),
            env={
                "CEPH_CONF": str(conf or self.record.conf),
                "MAILLE_STORAGE_SCALE": "1/20000",
            },
        )
        assert time.monotonic() - began < LONGEST_S
        assert done.returncode == exit_code, done.stderr
        assert done.stdout == ""
        self._golden(self._general(done.stderr), GOLDEN / f"{name}.txt")

    def _general(self, text: str) -> str:
        """Put words for what is another in every run."""
        fsid = self.record.fsid[:8]
        return text.replace(str(self.record.folder), "FOLDER").replace(fsid, "CLUSTER")

    def client(self, name: str, caps: list[str] | None) -> Path:
        """Give a configuration that names another client by default, and that client's key."""
        keyring = self.record.folder / f"{name}.keyring"
        with connect(self.record.access()) as cluster:
            if caps is None:
                key = "AQBVP8NnAAAAABAAexampleexampleexampleQ=="
                key = cluster.mon("auth get-or-create", entity="client.other")[0]["key"]
            else:
                found = cluster.mon("auth get-or-create", entity=f"client.{name}", caps=caps)
                key = found[0]["key"]
        keyring.write_text(f"[client.{name}]\n\tkey = {key}\n", encoding="utf-8")
        keyring.chmod(0o600)
        conf = self.record.folder / f"{name}.conf"
        text = self.record.conf.read_text(encoding="utf-8")
        old = f"keyring = {self.record.keyring}"
        assert old in text
        conf.write_text(text.replace(old, f"keyring = {keyring}"), encoding="utf-8")
        settings = self.estate / "estate.yaml"
        lines = settings.read_text(encoding="utf-8").replace(
            "storage:\n", f"storage:\n  access: {{client: client.{name}}}\n"
        )
        settings.write_text(lines, encoding="utf-8")
        return conf


@pytest.fixture
def site(
    make_cluster: Callable[[Layout], Record],
    tmp_path: Path,
    assert_golden: Callable[[str, Path], None],
) -> Callable[..., Site]:
    """Give a function that starts a cluster, large enough for the village."""

    def make(**changed: int) -> Site:
        layout = Layout(**{"hosts": 5, "racks": 1, "osd_size_bytes": 4 * GIB} | changed)
        estate = copy(INVENTORY / "malataverne", tmp_path)
        return Site(make_cluster(layout), estate, assert_golden)

    return make


def test_no_such_configuration(site: Callable[..., Site]) -> None:
    here = site()
    here.told("no-conf", 4, conf=here.record.folder / "elsewhere.conf")


def test_the_monitor_is_down(site: Callable[..., Site]) -> None:
    here = site()
    faults.kill(here.record, "mon.a")
    here.told("monitor-down", 4)


def wait_silent(record: Record) -> None:
    """Wait until the last monitor answers no more: its lease outlives the others for seconds."""
    brief = replace(record.access(), patience=Patience(connect_s=2, command_s=2, data_s=2))
    end = time.monotonic() + LONGEST_S
    while time.monotonic() < end:
        try:
            with connect(brief) as cluster:
                cluster.mon("osd dump")
        except CephOutOfReachError:
            return
        time.sleep(0.2)


def test_two_of_three_monitors_are_down(site: Callable[..., Site]) -> None:
    here = site(mons=3)
    faults.kill(here.record, "mon.a", "mon.b")
    wait_silent(here.record)
    here.told("no-quorum", 4)


def test_the_key_is_another_s(site: Callable[..., Site]) -> None:
    here = site()
    with connect(here.record.access()) as cluster:
        cluster.mon("auth get-or-create", entity="client.maille", caps=["mon", "allow *"])
    here.told("wrong-key", 4, conf=here.client("maille", None))


def test_the_client_is_not_known(site: Callable[..., Site]) -> None:
    here = site()
    here.told("unknown-client", 4, conf=here.client("nobody", None))


def test_the_key_may_not_write(site: Callable[..., Site]) -> None:
    here = site()
    reading = ["mon", "allow r", "mgr", "allow r", "osd", "allow r", "mds", "allow r"]
    here.told("no-rights", 1, conf=here.client("reader", reading))


def test_the_manager_is_down(site: Callable[..., Site]) -> None:
    here = site()
    faults.kill(here.record, "mgr.a")
    with connect(here.record.access()) as cluster:
        cluster.mon("mgr fail", who="a")
    here.told("no-manager", 4)


def test_the_manager_hangs(site: Callable[..., Site]) -> None:
    here = site()
    with connect(here.record.access()) as cluster:
        cluster.mon("config set", who="mon", name="mon_mgr_beacon_grace", value="600")
    faults.freeze(here.record, "mgr.a")
    here.told("manager-hangs", 4)


def test_no_metadata_server_is_up(site: Callable[..., Site]) -> None:
    here = site(mdss=0)
    here.told("no-metadata-server", 4)


def test_a_disk_is_full(site: Callable[..., Site]) -> None:
    here = site()
    set_ratios(here.record, nearfull=0.01, backfillfull=0.011, full=0.012)
    here.told("full", 1)


def test_disks_are_nearly_full(site: Callable[..., Site]) -> None:
    here = site()
    set_ratios(here.record, nearfull=0.01)
    done = maille(
        *("storage", "up", here.estate, "--yes"),
        env={"CEPH_CONF": str(here.record.conf), "MAILLE_STORAGE_SCALE": "1/20000"},
    )
    assert done.returncode == 0, done.stderr
    assert "is nearly full: 5 nearfull osd(s): make room before it stops recording" in done.stderr


def test_disks_are_too_slow(site: Callable[..., Site]) -> None:
    here = site()
    with connect(here.record.access()) as cluster:
        for kind in ("hdd", "ssd"):
            name = f"osd_mclock_max_capacity_iops_{kind}"
            cluster.mon("config set", who="osd", name=name, value="0.00001")
            cluster.mon("config set", who="osd.3", name=name, value="0.00002")
    here.told("too-slow", 1)


def test_too_few_hosts_are_up(site: Callable[..., Site]) -> None:
    here = site()
    with connect(here.record.access()) as cluster:
        names = ("osd.0", "osd.1")
        faults.kill(here.record, *names)
        cluster.mon("osd down", ids=["0", "1"], definitely_dead=True)
    here.told("too-few-hosts", 1)


@pytest.mark.parametrize(
    ("daemon", "said"), [("mon.a", "no monitor answered"), ("mgr.a", "manager")]
)
def test_a_cluster_that_is_lost_once_the_engine_runs_is_out_of_reach(
    site: Callable[..., Site], daemon: str, said: str
) -> None:
    here = site()
    with subprocess.Popen(
        [MAILLE, "storage", "up", here.estate, "--yes", "--as-of", str(AS_OF)],
        env={**os.environ, "CEPH_CONF": str(here.record.conf), "MAILLE_STORAGE_SCALE": "1/20000"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        end = time.monotonic() + LONGEST_S
        while not (here.estate / ".maille" / "unfinished").exists():
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.01)
        faults.freeze(here.record, daemon)
        out, told = process.communicate(timeout=2 * LONGEST_S)
    assert (process.returncode, out) == (4, ""), told
    assert said in told
    assert "mend that, then run it again: it goes on where it stopped" in told
    assert "<class" not in told
    assert "Traceback" not in told


def set_ratios(record: Record, **ratios: float) -> None:
    """Take the disks for as full as they are, and wait until the monitors say so of each."""
    with connect(record.access()) as cluster:
        for name, ratio in ratios.items():
            cluster.mon(f"osd set-{name}-ratio", ratio=ratio)
        end = time.monotonic() + LONGEST_S
        wanted = "OSD_FULL" if "full" in ratios else "OSD_NEARFULL"
        count = len(record.layout.osds)
        while not _said(cluster.mon("health")["checks"], wanted).startswith(f"{count} "):
            assert time.monotonic() < end
            time.sleep(0.1)


def _said(checks: dict[str, Any], code: str) -> str:
    return str(checks[code]["summary"]["message"]) if code in checks else ""
