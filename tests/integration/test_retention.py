"""Recordings on a real CephFS: proved with the verifier's key, erased with the expirer's."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.clusters import new_folder
from tests.estates import COMPLETE, MAILLE, built, copy, replace
from tests.provisioning import provision

from maille.ceph.connection import connect
from maille.ceph.mount import mounted
from maille.holds.model import Asked, Hold, Span, Window
from maille.holds.opening import opened
from maille.holds.remains import area_of
from maille.layout.build import layout_of
from maille.layout.scale import parse_scale
from maille.retention.journal import Journal
from maille.retention.places import Group
from maille.retention.segments.names import path_of
from maille.twin.cluster import faults
from maille.twin.cluster.layout import Layout
from maille.twin.cluster.lifecycle import start, stop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import cephfs

    from maille.twin.cluster.record import Record

CAMERA, OTHER = "28085-0001", "28085-0002"
DAYS, SEGMENT = timedelta(days=2), timedelta(minutes=10)
DATA = b"segment!"
KILLS = 20
PATIENCE_S = 180


@dataclass
class Site:
    """An estate with its shares on a cluster, as a recorder and a user see them."""

    record: Record
    estate: Path
    paths: dict[str, str]
    mount: cephfs.LibCephFS

    @property
    def folder(self) -> str:
        """Give the folder of the commune's recordings."""
        return self.paths["complete-28085"]

    def record_segment(self, camera: str, begin: datetime, data: bytes = DATA) -> str:
        """Write a segment as if its last image came now, and then let time be as it was."""
        path = f"{self.folder}/{path_of(camera, begin)}"
        self.mount.mkdirs(path.rpartition("/")[0], 0o755)
        handle = self.mount.open(path, "w", 0o644)
        if data:  # libcephfs 16.2 aborts the process on a write of nothing
            self.mount.write(handle, data, 0)
        self.mount.close(handle)
        ended = (begin + SEGMENT).timestamp()
        self.mount.utimes(path, (ended, ended))
        return path

    def segments(self, camera: str) -> list[str]:
        """Give the names of a camera's segments."""
        return sorted(
            name
            for day in names(self.mount, f"{self.folder}/{camera}")
            for name in names(self.mount, f"{self.folder}/{camera}/{day}")
        )

    def clear(self) -> None:
        """Take everything away, and the estate's own folder."""
        for commune in self.paths.values():
            for camera in names(self.mount, commune):
                for day in names(self.mount, f"{commune}/{camera}"):
                    for name in names(self.mount, f"{commune}/{camera}/{day}"):
                        self.mount.unlink(f"{commune}/{camera}/{day}/{name}")
                    self.mount.rmdir(f"{commune}/{camera}/{day}")
                self.mount.rmdir(f"{commune}/{camera}")
        subprocess.run(["rm", "-rf", str(self.estate / ".maille")], check=True)  # noqa: S607

    def maille(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of `maille storage`."""
        return subprocess.run(self.command(*words), capture_output=True, text=True, check=False)

    def command(self, *words: str) -> list[str]:
        """Give the command line of `maille storage`."""
        command, *more = words
        conf = str(self.record.conf)
        return [MAILLE, "storage", command, str(self.estate), "--conf", conf, *more]

    def asked(self, *words: str) -> Any:  # noqa: ANN401  # JSON
        """Run it for its JSON."""
        done = self.maille(*words, "--json")
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    def journal(self) -> list[dict[str, Any]]:
        """Give what was journaled."""
        return list(Journal(self.estate / ".maille" / "journal", "x").entries())

    def told(self, phase: str) -> Counter[str]:
        """Count segments of the journal by camera."""
        counted: Counter[str] = Counter()
        for entry in self.journal():
            if entry["phase"] == phase:
                counted[entry["camera"]] += entry["segments"]
        return counted

    def objects(self) -> int:
        """Count the objects of the commune's recordings."""
        with (
            connect(self.record.access()) as ceph,
            ceph.handle.open_ioctx("complete-ec-2-2") as pool,
        ):
            pool.set_namespace("fsvolumens_complete-28085")
            return sum(1 for _ in pool.list_objects())


def names(mount: cephfs.LibCephFS, path: str) -> list[str]:
    """Give the entries of a folder."""
    found = []
    with mount.opendir(path) as entries:
        while entry := entries.readdir():
            if entry.d_name not in (b".", b".."):
                found.append(entry.d_name.decode())
    return found


def now() -> datetime:
    return datetime.now(tz=UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def whole(testrun_uid: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = new_folder(testrun_uid)
    record = start(folder, Layout(hosts=4, racks=2))
    estate = copy(COMPLETE, tmp_path_factory.mktemp("estate"))
    replace(estate / "estate.yaml", "retention: {days: 15}", "retention: {days: 2}")
    layout = layout_of(built(estate).blueprint, parse_scale("1/20000"))
    with connect(record.access()) as ceph:
        paths = provision(ceph, layout)
    with mounted(record.access(), layout.filesystem.name) as mount:
        yield Site(
            record,
            estate,
            {name: path for name, path in paths.items() if not name.startswith("holds-")},
            mount,
        )
    stop(folder, erase=True)


@pytest.fixture
def site(whole: Site) -> Iterator[Site]:
    """Give the estate without any recording."""
    yield whole
    whole.clear()


def record_all(site: Site, camera: str, since: datetime, until: datetime) -> None:
    """Record without a break, in few segments: a file for every planned one is not needed."""
    begin = since
    while begin < until:
        site.record_segment(camera, begin)
        begin += SEGMENT


def test_recordings_as_promised_are_proved(site: Site) -> None:
    moment = now() + timedelta(days=3000)  # no camera of the sample filmed before that
    record_all(site, CAMERA, moment - DAYS - 2 * SEGMENT, moment)
    words = ("verify", "--camera", CAMERA, "--as-of-time", moment.isoformat(), "--containers")
    found = site.maille(*words)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.rstrip().endswith("kept as promised")
    document = site.asked(*words)
    (camera,) = document["cameras"]
    assert (camera["segments"], camera["missing_s"]) == (2 * 144 + 2, 0)
    assert document["holds"] is True


def test_what_is_wrong_is_named(site: Site) -> None:
    moment = now()
    record_all(site, CAMERA, moment - timedelta(hours=5), moment - timedelta(hours=3))
    record_all(site, CAMERA, moment - timedelta(hours=2), moment - timedelta(hours=1))
    site.record_segment(CAMERA, moment - timedelta(days=31))
    site.record_segment(CAMERA, moment + timedelta(hours=1))
    site.record_segment(OTHER, moment - timedelta(minutes=30), b"")
    site.record_segment("28085-0000", moment - timedelta(minutes=30))
    site.mount.mkdirs(f"{site.folder}/lost", 0o755)
    site.mount.close(site.mount.open(f"{site.folder}/index.db", "w", 0o644))
    try:
        found = site.maille("verify", "--commune", "Ici")
        document = site.asked("verify", "--commune", "28085")
        junit = site.maille("verify", "--commune", "28085", "--format", "junit").stdout
    finally:
        site.mount.rmdir(f"{site.folder}/lost")
        site.mount.unlink(f"{site.folder}/index.db")
    assert found.returncode == 1
    by_code: dict[str, set[str]] = {}
    for one in document["findings"]:
        by_code.setdefault(one["code"], set()).add(one["subject"])
    assert by_code["R102"] == by_code["R103"] == by_code["R104"] == {CAMERA}
    assert by_code["R107"] >= {CAMERA}
    assert by_code["R108"] >= {"28085-0005", "28085-0006", "n-03"}
    assert "28085-0003" not in by_code["R108"] | by_code["R107"]  # still to come
    assert "28085-0004" not in by_code["R108"]  # taken down long ago
    assert by_code["R109"] == {"28085-0000"}
    assert by_code["R110"] == {"lost", "complete-28085"}
    assert by_code["R111"] == {OTHER}
    assert '<testsuite name="complete-28085"' in junit


def test_a_snapshot_is_found_wherever_it_was_taken(site: Site) -> None:
    share = {"vol_name": "images", "group_name": "complete", "sub_name": "complete-28085"}
    with connect(site.record.access()) as ceph:
        ceph.mgr("fs subvolume snapshot create", snap_name="nightly", **share)
        site.mount.mkdir("/volumes/complete/.snap/all", 0o755)
        try:
            found = site.asked("verify")["findings"]
        finally:
            site.mount.rmdir("/volumes/complete/.snap/all")
            ceph.mgr("fs subvolume snapshot rm", snap_name="nightly", **share)
    told = {(one["subject"], one["what"]) for one in found if one["code"] == "R106"}
    assert {subject for subject, _ in told} == {"complete", "complete-28085"}
    assert sum("`nightly`" in what for _, what in told) == 1
    assert sum("`all`" in what for _, what in told) == 1


def test_segments_put_in_between_two_checks_are_told(site: Site) -> None:
    moment = now()
    site.record_segment(CAMERA, moment - timedelta(hours=3))
    site.record_segment(CAMERA, moment - timedelta(hours=1))
    first = site.asked("verify", "--camera", CAMERA)["findings"]
    site.record_segment(CAMERA, moment - timedelta(hours=2))
    second = site.asked("verify", "--camera", CAMERA)["findings"]
    assert "R113" not in {one["code"] for one in first}
    assert "R113" in {one["code"] for one in second}


def test_a_dry_run_takes_nothing_and_a_run_just_what_is_past(site: Site) -> None:
    moment = now()
    record_all(site, CAMERA, moment - DAYS - 12 * SEGMENT, moment - DAYS + 6 * SEGMENT)
    before = site.segments(CAMERA)
    dry = site.maille("expire")
    assert dry.returncode == 0
    assert "Ici (28085): 12 segments, 96 bytes" in dry.stdout
    assert "nothing was erased; do it with --yes" in dry.stdout
    assert site.segments(CAMERA) == before
    assert site.journal() == []
    assert not list((site.estate / ".maille").rglob("*.jsonl"))

    run = site.asked("expire", "--yes", "--rate", "1000", "--wait", str(PATIENCE_S))
    assert (run["segments"], run["erased"], run["unlinked_and_not_erased"]) == (12, 12, 0)
    assert site.segments(CAMERA) == before[12:]
    assert site.told("unlinked") == site.told("erased") == Counter({CAMERA: 12})
    first, second = site.journal()
    assert (first["phase"], second["phase"]) == ("unlinked", "erased")
    assert first["rule"] == "2 d + segment 10 min, at most 30 d, authorisation 28-2024-0001"
    assert first["first"].startswith(f"{moment - DAYS - 12 * SEGMENT:%Y-%m-%dT%H:%M}")
    assert site.objects() == 6

    again = site.asked("expire", "--yes")
    assert (again["segments"], again["erased"]) == (0, 0)


def test_a_file_that_is_held_open_is_unlinked_and_not_erased(site: Site) -> None:
    path = site.record_segment(CAMERA, now() - DAYS - 3 * SEGMENT)
    handle = site.mount.open(path, "r")
    try:
        told = site.maille("expire", "--yes", "--wait", "3")
    finally:
        site.mount.close(handle)
    assert "1 file unlinked and not erased yet" in told.stdout
    assert told.returncode == 1
    assert (site.told("unlinked"), site.told("erased")) == (Counter({CAMERA: 1}), Counter())
    assert site.objects() == 1
    assert site.asked("expire", "--yes", "--wait", str(PATIENCE_S))["erased"] == 1
    assert site.objects() == 0


def test_the_services_keys_can_do_no_more_than_their_work(site: Site, tmp_path: Path) -> None:
    path = site.record_segment(CAMERA, now())
    below = path.removeprefix("/volumes/complete")
    group = Group("complete", "images")
    with connect(site.record.access()) as ceph:
        with group.opened(ceph, "verifier", tmp_path) as tree:
            assert tree.read(below, 0, 8) == DATA
            with pytest.raises(Exception, match="the key may not do this"):
                tree.unlink(below)
        with (
            group.opened(ceph, "expirer", tmp_path) as tree,
            pytest.raises(Exception, match="not"),
        ):
            tree.read(below, 0, 8)
    assert len(site.segments(CAMERA)) == 1


def test_what_is_asked_for_while_others_expire_stays(site: Site, tmp_path: Path) -> None:
    begin = now() - DAYS - 62 * SEGMENT
    record_all(site, CAMERA, begin, begin + 60 * SEGMENT)
    expire = started(site, site.command("expire", "--yes", "--rate", "10", "--wait", "0"))
    while len(site.segments(CAMERA)) > 50:
        time.sleep(0.05)
    span = Span(camera=CAMERA, start=begin, end=begin + 60 * SEGMENT)
    asked = Asked(
        authority="gendarmerie",
        agent="Martin",
        reference="PV 1",
        cameras=(CAMERA,),
        windows=(Window(start=span.start, end=span.end),),
        deadline=now() + DAYS,
    )
    with (
        connect(site.record.access()) as ceph,
        opened(ceph, Group("complete", "images"), "exporter", tmp_path, "elsewhere") as desk,
        desk.recordings.alone(),
    ):
        there = site.segments(CAMERA)
        time.sleep(1)
        assert site.segments(CAMERA) == there
        name = desk.register.claim("PV 1")
        desk.register.save(Hold(name=name, asked=asked, owed=(span,), steps=()))
    out, _ = expire.communicate(timeout=PATIENCE_S)
    assert 0 < len(there) <= 50
    assert site.segments(CAMERA) == there
    assert f"{len(there)} segments" in out
    with connect(site.record.access()) as ceph, area_of(ceph, Group("complete", "images")) as area:
        assert area
        area.remove_below(f"/{name}")
        area.rmdir(f"/{name}")


def test_a_requisition_waits_for_the_batch_that_goes(site: Site, tmp_path: Path) -> None:
    moment = now()
    record_all(site, CAMERA, moment - 4 * SEGMENT, moment)
    words = [
        *(MAILLE, "hold", "add", str(site.estate), "--conf", str(site.record.conf)),
        *("--reference", "PV 2", "--authority", "gendarmerie", "--agent", "Martin"),
        *("--camera", CAMERA, "--deadline", f"{moment + DAYS:%Y-%m-%d}"),
        *("--from", f"{moment - 3 * SEGMENT:%Y-%m-%dT%H:%M:%SZ}"),
        *("--to", f"{moment - SEGMENT:%Y-%m-%dT%H:%M:%SZ}"),
    ]
    group = Group("complete", "images")
    with (
        connect(site.record.access()) as ceph,
        opened(ceph, group, "verifier", tmp_path, "elsewhere") as desk,
    ):
        with desk.recordings.alone():
            add = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            with pytest.raises(subprocess.TimeoutExpired):
                add.communicate(timeout=6)
            assert desk.register.holds() == []
        said = add.communicate(timeout=PATIENCE_S)[1]
        assert add.returncode == 0, said
        assert [hold.state for hold in desk.register.holds()] == ["copied"]
    with connect(site.record.access()) as ceph, area_of(ceph, group) as area:
        assert area
        area.remove_below("/pv-2")
        area.rmdir("/pv-2")


HOLDS_THE_LOCK = """
import sys
from pathlib import Path
from maille.ceph.connection import Access, connect
from maille.retention.places import Group

group = Group("complete", "images")
with connect(Access(Path(sys.argv[1]))) as ceph:
    with group.opened(ceph, "expirer", Path(sys.argv[2])) as tree, tree.alone():
        print("alone", flush=True)
        sys.stdin.read()
"""
"""An expiry on another workstation that hangs, or was killed."""


def test_a_requisition_ends_an_expiry_that_hangs(site: Site, tmp_path: Path) -> None:
    words = [sys.executable, "-c", HOLDS_THE_LOCK, str(site.record.conf), str(tmp_path)]
    hung = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert hung.stdout
    assert hung.stdout.readline() == "alone\n"
    hung.kill()
    hung.communicate()
    with (
        connect(site.record.access()) as ceph,
        opened(ceph, Group("complete", "images"), "exporter", tmp_path / "own", "me") as desk,
        desk.recordings.alone(desk.end_expiry),
    ):
        pass


def test_expire_refuses_a_time_that_is_only_supposed(site: Site) -> None:
    refused = site.maille("expire", "--yes", "--as-of-time", "2040-01-01T00:00:00Z")
    assert refused.returncode == 2
    assert "takes no --as-of-time" in refused.stderr


def test_killed_at_any_point_the_next_run_tells_of_every_file_once(site: Site) -> None:
    """Twenty times kill -9; nothing is lost, told twice, or left half done."""
    dice = random.Random(4)  # noqa: S311  # not for secrets
    words = site.command("expire", "--yes", "--rate", "200", "--wait", str(PATIENCE_S))
    expected = Counter({CAMERA: 1500, OTHER: 1500})
    begin = now() - DAYS - 1502 * SEGMENT
    for camera, count in expected.items():
        record_all(site, camera, begin, begin + count * SEGMENT)
    stay = site.record_segment(CAMERA, now() - DAYS + SEGMENT).rpartition("/")[2]
    journal = site.estate / ".maille" / "journal"
    kills = half_told = 0
    while kills < KILLS:
        run = started(site, words)
        time.sleep(dice.uniform(0, 0.8))
        kills += run.poll() is None
        run.kill()
        run.communicate()
        # nothing asks the file system here: it would wait for what the killed run holds
        assert site.told("unlinked") <= expected
        assert site.told("erased") <= site.told("unlinked")
        half_told += any(
            not json.loads(file.read_text())["unlinked"]
            for file in (journal / "pending").glob("*.json")
        )
    assert half_told, "no run was cut off between a file and its entry: kill elsewhere"
    last = site.asked("expire", "--yes", "--rate", "1000", "--wait", str(PATIENCE_S))
    assert last["unlinked_and_not_erased"] == 0
    assert site.told("unlinked") == site.told("erased") == expected
    assert (site.segments(CAMERA), site.segments(OTHER)) == ([stay], [])
    assert list((journal / "pending").iterdir()) == []
    assert site.objects() == 1
    assert site.asked("expire", "--yes")["segments"] == 0


def started(site: Site, words: list[str]) -> subprocess.Popen[str]:
    """Start a run, and wait until it has its session on the file system, or has ended."""
    before = sessions(site, "expirer")
    run = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    while run.poll() is None and sessions(site, "expirer") <= before:
        time.sleep(0.002)
    return run


def sessions(site: Site, service: str) -> set[str]:
    """Give what processes of this machine have written down of their sessions with a key."""
    found = set()
    for file in (site.estate / ".maille" / "sessions").rglob("*.ids"):
        with suppress(FileNotFoundError):
            lines = file.read_text().splitlines()
            found |= {line for line in lines if line.endswith(f".{service}")}
    return found


def test_a_metadata_server_that_dies_in_between_changes_nothing(site: Site) -> None:
    begin = now() - DAYS - timedelta(days=1)
    record_all(site, CAMERA, begin, begin + 100 * SEGMENT)
    words = site.command("expire", "--yes", "--rate", "60", "--wait", str(PATIENCE_S), "--json")
    run = started(site, words)
    time.sleep(0.5)
    faults.kill(site.record, "mds.a")
    faults.start(site.record, "mds.a")
    out, _ = run.communicate(timeout=2 * PATIENCE_S)
    document = json.loads(out)
    if document["unlinked_and_not_erased"]:
        site.asked("expire", "--yes", "--wait", str(PATIENCE_S))
    assert site.told("unlinked") == site.told("erased") == Counter({CAMERA: 100})
    assert site.objects() == 0
