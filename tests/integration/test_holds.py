"""Requisitions on a real CephFS, with the estate's own keys: asked, killed, proved, handed over."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import cephfs
import pytest
from tests.clusters import new_folder
from tests.estates import INVENTORY, MAILLE, built, copy
from tests.provisioning import provision
from tests.runbooks import clone, follow

from maille.ceph import clients
from maille.ceph.connection import connect
from maille.ceph.mount import mounted
from maille.layout.build import layout_of
from maille.layout.scale import parse_scale
from maille.retention.journal import Journal
from maille.retention.segments.names import path_of
from maille.twin.cluster.layout import Layout
from maille.twin.cluster.lifecycle import start, stop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maille.twin.cluster.record import Record

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CAMERA, OTHER, SILENT = "26169-0001", "26169-0002", "26169-0003"
FILESYSTEM = "enregistrements"
SEGMENT_BYTES = 5000

KILLED = """
import os, signal, sys
from maille.holds import export
from maille.holds.store import Store
from maille.retention.journal import Journal

left = int(sys.argv.pop(1))

def counted(kind, name):
    done = getattr(kind, name)
    def call(*args, **more):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done(*args, **more)
    setattr(kind, name, call)

for name in ("_put", "make_folder", "claim_folder", "rename", "append", "unlink", "sync"):
    counted(Store, name)
counted(Journal, "append")
counted(export, "_put")
from maille.cli.main import run
run()
"""
"""The tool, that ends itself with SIGKILL before its n-th change of anything."""


@dataclass
class Site:
    """An estate with its shares on a cluster, as a recorder and a user see them."""

    record: Record
    estate: Path
    paths: dict[str, str]
    mount: cephfs.LibCephFS

    @property
    def recordings(self) -> str:
        """Give the folder of the commune's recordings."""
        return self.paths["malataverne-26169"]

    @property
    def holds(self) -> str:
        """Give the area of holds."""
        return self.paths["holds-malataverne"]

    def record_hour(self, camera: str, minutes: int = 120) -> dict[str, str]:
        """Write segments up to now with the recorder's key; give their digests by name."""
        sums = {}
        for ago in range(minutes, 0, -10):
            begin = NOW - ago * MINUTE
            data = os.urandom(SEGMENT_BYTES)
            path = f"{self.recordings}/{path_of(camera, begin)}"
            with suppress(cephfs.ObjectExists):
                self.mount.mkdirs(path.rpartition("/")[0], 0o755)
            self.put(path, data)
            ended = (begin + 10 * MINUTE).timestamp()
            self.mount.utimes(path, (ended, ended))
            sums[path.rpartition("/")[2]] = hashlib.sha256(data).hexdigest()
        return sums

    def put(self, path: str, data: bytes) -> None:
        """Write a file."""
        handle = self.mount.open(path, "w", 0o644)
        self.mount.write(handle, data, 0)
        self.mount.fsync(handle, False)
        self.mount.close(handle)

    def names(self, path: str) -> list[str]:
        """Give the entries of a folder."""
        with self.mount.opendir(path) as entries:
            found = [entry.d_name.decode() for entry in iter(entries.readdir, None)]
        return sorted(name for name in found if name not in (".", ".."))

    def remove_below(self, folder: str) -> None:
        """Take all away that lies in a folder."""
        for name in self.names(folder):
            path = f"{folder}/{name}"
            try:
                self.mount.unlink(path)
            except cephfs.OSError:
                self.remove_below(path)
                self.mount.rmdir(path)

    def command(self, *words: str, at: datetime = NOW) -> list[str]:
        """Give the words of a command of `maille hold` on this estate."""
        name, *more = words
        options = ["--conf", str(self.record.conf), "--as-of-time", at.isoformat()]
        return ["hold", name, str(self.estate), *more, *options]

    def maille(self, *words: str, at: datetime = NOW) -> subprocess.CompletedProcess[str]:
        """Run it."""
        return run([MAILLE, *self.command(*words, at=at)])

    def asked(self, *words: str, at: datetime = NOW) -> Any:  # noqa: ANN401  # JSON
        """Run it for its JSON."""
        done = self.maille(*words, "--json", at=at)
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    def killed(self, count: int, *words: str) -> bool:
        """Run it, and let it end itself before its n-th change; say whether it came so far."""
        done = run([sys.executable, "-c", KILLED, str(count), *self.command(*words)])
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        return done.returncode != 0

    def add(self, *words: str, reference: str = "PV 2026/01234") -> tuple[str, ...]:
        """Give the words that ask for half an hour of a camera."""
        return (
            "add",
            *("--authority", "gendarmerie", "--agent", "Martin", "--reference", reference),
            *("--camera", CAMERA, "--deadline", "2026-12-01"),
            *("--from", "2026-11-22T11:00:00Z", "--to", "2026-11-22T11:30:00Z"),
            *words,
        )

    def journal(self) -> list[dict[str, Any]]:
        """Give what was journaled."""
        return list(Journal(self.estate / ".maille" / "journal" / "holds", "x").entries())


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def whole(testrun_uid: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = new_folder(testrun_uid)
    record = start(folder, Layout(hosts=4, racks=2))
    estate = copy(INVENTORY / "malataverne", tmp_path_factory.mktemp("estate"))
    layout = layout_of(built(estate).blueprint, parse_scale("1/20000"))
    with connect(record.access()) as ceph:
        paths = provision(ceph, layout)
    with mounted(record.access(), FILESYSTEM) as mount:
        yield Site(record, estate, paths, mount)
    stop(folder, erase=True)


@pytest.fixture
def site(whole: Site) -> Iterator[Site]:
    yield whole
    whole.remove_below(whole.recordings)
    whole.remove_below(whole.holds)
    run(["rm", "-rf", str(whole.estate / ".maille")])


def test_from_the_requisition_to_the_hand_over(site: Site, tmp_path: Path) -> None:
    sums = site.record_hour(CAMERA)
    site.record_hour(OTHER)
    done = site.maille(*site.add("--camera", SILENT))
    assert done.returncode == 0, done.stderr
    assert f"{CAMERA}  3 segments, 15,000 bytes" in done.stdout
    assert f"{SILENT}  2026-11-22 11:00:00Z to 2026-11-22 11:30:00Z: no images (30 min)" in (
        done.stdout
    )
    (listed,) = site.asked("list")
    assert (listed["name"], listed["state"]) == ("pv-2026-01234", "copied")
    assert site.maille("verify").returncode == 0

    shown = site.asked("show", listed["name"])
    taken = {one["path"].rpartition("/")[2]: one["sha256"] for one in shown["copies"]}
    assert taken == {name: sums[name] for name in taken}
    assert sorted(taken) == [f"20261122T11{minute}000Z.mp4" for minute in "012"]

    refused = site.maille("release", listed["name"], "--handed-to", "Martin", "--yes")
    assert refused.returncode == 2
    assert "not exported" in refused.stderr

    out = tmp_path / "usb"
    assert site.maille("export", listed["name"], "--out", str(out)).returncode == 0
    folder = out / listed["name"]
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"],  # noqa: S607
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert checked.stdout.count(": OK") == 3
    record = (folder / "bordereau-de-remise.txt").read_text(encoding="utf-8")
    assert hashlib.sha256((folder / "SHA256SUMS").read_bytes()).hexdigest() in record
    assert (folder / "bordereau-de-remise.html").is_file()

    dry = site.maille("release", listed["name"], "--handed-to", "Martin")
    assert "3 copies of hold pv-2026-01234 would go; add --yes" in dry.stdout
    assert site.maille("verify").returncode == 0
    assert site.maille("release", listed["name"], "--handed-to", "Martin", "--yes").returncode == 0
    assert site.maille("list").stdout.strip() == "no hold is open"
    assert site.asked("list", "--all")[0]["state"] == "released"
    assert site.names(f"{site.holds}/{listed['name']}/images") == []

    phases = [entry["phase"] for entry in site.journal()]
    for phase in ("requested", "collected", "verified", "exported", "releasing", "released"):
        assert phase in phases
    assert all(entry["author"] and entry["reason"] and entry["at"] for entry in site.journal())
    assert site.journal()[-1]["recipient"] == "Martin"


def test_killed_at_any_change_the_next_run_goes_on_and_loses_nothing(site: Site) -> None:
    sums = site.record_hour(CAMERA, minutes=140)
    words = site.add("--from", "2026-11-22T09:00:00Z", "--to", "2026-11-22T11:40:00Z")
    early = (1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6, 7)
    kills = sum(site.killed(count, *words) for count in early)
    count = 8
    while site.killed(count, *words):  # until one comes to its end
        kills += 1
        count += 2
    assert kills >= 15
    done = site.maille(*words)
    assert done.returncode == 0, done.stderr
    holds = site.asked("list")
    assert [one["state"] for one in holds] == ["copied"]
    shown = site.asked("show", holds[0]["name"])
    taken = {one["path"].rpartition("/")[2]: one["sha256"] for one in shown["copies"]}
    asked = {name: sha256 for name, sha256 in sums.items() if name < "20261122T114000Z"}
    assert taken == asked
    assert len(asked) == 12
    assert site.maille("verify").returncode == 0
    images = f"{site.holds}/{holds[0]['name']}/images/{CAMERA}/2026-11-22"
    assert site.names(images) == sorted(taken), "an unfinished file was left"
    counted = sum(one["segments"] for one in site.journal() if one["phase"] == "collected")
    assert counted >= len(asked)


def test_killed_while_it_releases_the_next_run_ends_it(site: Site, tmp_path: Path) -> None:
    site.record_hour(CAMERA)
    site.maille(*site.add())
    site.maille("export", "pv-2026-01234", "--out", str(tmp_path / "usb"))
    words = ("release", "pv-2026-01234", "--handed-to", "Martin", "--yes")
    kills = sum(site.killed(count, *words) for count in (1, 2, 3, 4, 5, 6))
    assert kills >= 4
    site.maille(*words)
    (listed,) = site.asked("list", "--all")
    assert listed["state"] == "released"
    assert site.names(f"{site.holds}/pv-2026-01234/images") == []


def test_killed_while_it_exports_nothing_half_is_there(site: Site, tmp_path: Path) -> None:
    site.record_hour(CAMERA)
    site.maille(*site.add())
    out = tmp_path / "usb"
    words = ("export", "pv-2026-01234", "--out", str(out))
    assert site.killed(3, *words), "while the second of three files is written"
    assert [path.name for path in out.iterdir()] == [".pv-2026-01234.part"]
    assert site.killed(5, *words), "when all of it is there, and that is to be journaled"
    assert [path.name for path in out.iterdir()] == ["pv-2026-01234"]
    assert [one["phase"] for one in site.journal()][-2:] == ["exporting", "exporting"]
    assert site.asked("list")[0]["state"] == "copied"
    refused = site.maille(*words)
    assert refused.returncode == 2
    assert "is there already" in refused.stderr
    assert site.maille(*words[:-1], str(tmp_path / "other")).returncode == 0


def test_a_copy_that_was_changed_is_found_and_not_handed_over(site: Site, tmp_path: Path) -> None:
    sums = site.record_hour(CAMERA)
    site.maille(*site.add())
    folder = f"{site.holds}/pv-2026-01234/images/{CAMERA}/2026-11-22"
    first, second, _ = site.names(folder)
    site.put(f"{folder}/{first}", bytes(SEGMENT_BYTES))
    site.mount.unlink(f"{folder}/{second}")
    site.put(f"{folder}/20990101T000000Z.mp4", b"x")
    done = site.maille("verify")
    assert done.returncode == 1
    for code, name in (("R121", first), ("R122", second), ("R123", "20990101T000000Z.mp4")):
        assert any(code in line and name in line for line in done.stdout.splitlines())
    refused = site.maille("export", "pv-2026-01234", "--out", str(tmp_path / "usb"))
    assert refused.returncode == 1
    assert "is not what was copied" in refused.stderr
    assert list((tmp_path / "usb").iterdir()) == []
    site.mount.unlink(f"{folder}/20990101T000000Z.mp4")
    assert site.maille("copy", "pv-2026-01234", "--check").returncode == 0
    assert site.maille("verify").returncode == 0
    copies = site.asked("show", "pv-2026-01234")["copies"]
    assert {one["sha256"] for one in copies} <= set(sums.values())


def test_expiry_waits_for_the_copies_of_any_workstation(site: Site) -> None:
    site.record_hour(CAMERA)
    later = NOW + timedelta(days=16)
    past = ("--deadline", "2026-12-01", "--from", "2026-11-22T12:00:00Z", "--to")
    site.maille(*site.add(*past, "2026-11-30T12:00:00Z"))
    subprocess.run(["rm", "-rf", str(site.estate / ".maille" / "holds")], check=True)  # noqa: S607
    site.put(f"{site.recordings}/{path_of(CAMERA, NOW)}", b"late")
    ended = (NOW + 10 * MINUTE).timestamp()
    site.mount.utimes(f"{site.recordings}/{path_of(CAMERA, NOW)}", (ended, ended))
    expire = [MAILLE, "storage", "expire", str(site.estate), "--conf", str(site.record.conf)]
    dry = json.loads(run([*expire, "--as-of-time", later.isoformat(), "--json"]).stdout)
    assert "PV 2026/01234" in json.dumps(dry), "the register on the cluster was not asked"
    assert site.maille("copy", at=NOW + timedelta(hours=1)).returncode == 0
    site.asked("copy", at=later)
    dry = json.loads(run([*expire, "--as-of-time", later.isoformat(), "--json"]).stdout)
    assert "PV 2026/01234" not in json.dumps(dry)


@pytest.mark.parametrize("service", ["recorder", "verifier", "expirer"])
def test_no_other_key_can_change_a_hold(site: Site, service: str) -> None:
    site.record_hour(CAMERA)
    site.maille(*site.add())
    path = f"{site.holds}/pv-2026-01234/hold.json"
    owner = "malataverne-26169" if service == "recorder" else "malataverne"
    entity = f"client.{owner}.{service}"
    with connect(site.record.access()) as ceph:
        access = replace(site.record.access(), client=entity, key=clients.key(ceph, entity))
    roots = {"recorder": site.recordings, "expirer": "/volumes/malataverne"}
    with mounted(access, FILESYSTEM, roots.get(service, site.holds)) as mount:
        if service == "verifier":
            path = "/pv-2026-01234/hold.json"
            assert mount.stat(path).st_size
        with pytest.raises(cephfs.Error):
            mount.unlink(path)
        with pytest.raises(cephfs.Error):
            mount.rename(path, f"{path}.gone")
        with pytest.raises(cephfs.Error):
            mount.open(path, os.O_WRONLY | os.O_TRUNC)
    with (
        connect(access) as ceph,
        ceph.handle.open_ioctx("malataverne-ec-2-2") as pool,
    ):
        pool.set_namespace("fsvolumens_holds-malataverne")
        with pytest.raises(Exception, match=r"(?i)permission|not permitted"):
            pool.write_full("forged", b"x")
    assert site.maille("verify").returncode == 0


def test_no_room_is_refused_before_anything_is_written(site: Site) -> None:
    site.record_hour(CAMERA)
    before = site.mount.getxattr(site.holds, "ceph.quota.max_bytes")
    site.mount.setxattr(site.holds, "ceph.quota.max_bytes", b"12000", 0)
    try:
        done = site.maille(*site.add())
        assert done.returncode == 1
        assert "15,000 bytes are to be copied, and the area of holds has room for" in done.stderr
        assert site.names(site.holds) == []
    finally:
        site.mount.setxattr(site.holds, "ceph.quota.max_bytes", before, 0)


def test_two_requisitions_of_one_reference_are_two_holds(site: Site) -> None:
    site.record_hour(CAMERA)
    site.record_hour(OTHER)
    site.maille(*site.add())
    site.maille(*site.add("--camera", OTHER))
    again = site.asked(*site.add())
    assert (again["hold"], again["copied"]) == ("pv-2026-01234", 0)
    assert [one["name"] for one in site.asked("list")] == ["pv-2026-01234", "pv-2026-01234-2"]


def test_overdue_ends_with_1_and_a_dry_run_writes_nothing(site: Site) -> None:
    site.record_hour(CAMERA)
    dry = site.maille(*site.add("--dry-run"))
    assert dry.returncode == 0
    assert "3 segments, 15,000 bytes" in dry.stdout
    assert site.names(site.holds) == []
    assert site.journal() == []
    site.maille(*site.add())
    assert site.maille("list").returncode == 0
    late = site.maille("list", at=datetime(2026, 12, 2, 12, tzinfo=UTC))
    assert late.returncode == 1
    assert "OVERDUE by 13 h" in late.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "--camera", "26169-9999"), "camera `26169-9999` unknown"),
        (("show", "nothing"), "hold `nothing` unknown"),
        (("export", "nothing", "--out", "usb"), "hold `nothing` unknown"),
        (("release", "nothing", "--handed-to", " "), "--handed-to names nobody"),
        (("copy", "nothing"), "hold `nothing` unknown"),
        (("verify", "../etc"), "hold `../etc` unknown"),
    ],
)
def test_wrong_input_is_told_without_a_traceback(
    site: Site, words: tuple[str, ...], told: str
) -> None:
    name, *more = words
    done = site.maille(*(site.add(*more) if name == "add" else words))
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert site.names(site.holds) == []


def test_a_damaged_register_stops_expiry(site: Site) -> None:
    site.record_hour(CAMERA)
    site.maille(*site.add())
    site.put(f"{site.holds}/pv-2026-01234/hold.json", b"{}")
    done = run([MAILLE, "storage", "expire", str(site.estate), "--conf", str(site.record.conf)])
    assert done.returncode == 1
    assert "the hold `pv-2026-01234` is damaged" in done.stderr


def test_the_runbook_works_as_it_is_written(tmp_path: Path, cluster_folder: Path) -> None:
    folder = clone(tmp_path / "clone", "inventory", "runbooks")
    (folder / "lab").symlink_to(cluster_folder)  # sockets need a short path
    follow("answer-a-requisition.md", folder)
