"""`maille storage plan|up|refresh|import|destroy` on a real cluster, as a user runs them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.estates import AS_OF, INVENTORY, MAILLE, built, copy, maille
from tests.provisioning import provision

from maille.ceph import clients, subvolumes
from maille.ceph.connection import connect
from maille.ceph.fingerprints import fingerprint
from maille.ceph.making import create
from maille.ceph.model import Subvolume
from maille.ceph.mount import mounted
from maille.ceph.subvolumes import SUBVOLUME
from maille.layout.build import layout_of
from maille.layout.scale import parse_scale
from maille.recording.assembly import assemble
from maille.recording.engine.find import find
from maille.retention.journal import Journal
from maille.retention.segments.names import path_of
from maille.twin.cluster.layout import GIB
from maille.twin.cluster.layout import Layout as ClusterLayout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from maille.ceph.connection import Cluster
    from maille.layout.model import Layout
    from maille.twin.cluster.record import Record

GOLDEN = Path(__file__).parents[1] / "golden" / "storage"
SCALE = "1/20000"
MIB = 1 << 20
SHARE = "malataverne-26169"


@dataclass
class Site:
    """The village and a cluster of its own."""

    record: Record
    estate: Path
    golden: Callable[[str, Path], None]

    def run(
        self, command: str, *words: str, scale: str = SCALE
    ) -> subprocess.CompletedProcess[str]:
        return maille("storage", command, self.estate, *words, env=self.env(scale))

    def env(self, scale: str = SCALE) -> dict[str, str]:
        return {"CEPH_CONF": str(self.record.conf), "MAILLE_STORAGE_SCALE": scale}

    def done(self, command: str, *words: str, scale: str = SCALE) -> str:
        found = self.run(command, *words, scale=scale)
        assert found.returncode == 0, found.stderr
        return found.stdout

    def told(self, name: str, text: str) -> None:
        self.golden(text, GOLDEN / f"{name}.txt")

    def layout(self) -> Layout:
        with connect(self.record.access()) as cluster:
            blueprint = built(self.estate).blueprint
            return assemble(blueprint, cluster, parse_scale(SCALE)).layout

    def journal(self, part: str) -> list[dict[str, Any]]:
        """Give what was journaled in a part of the journal."""
        return list(Journal(self.estate / ".maille" / "journal" / part, "x").entries())

    def record_into(self, share: str, size_bytes: int) -> None:
        with connect(self.record.access()) as cluster:
            path = subvolumes.path(cluster, "enregistrements", "malataverne", share)
            root = cluster.root("enregistrements")
            root.mkdirs(f"{path}/26169-0001/2026-11-01", 0o755)
            file = root.open(f"{path}/26169-0001/2026-11-01/segment", "w", 0o600)
            root.write(file, b"x" * size_bytes, 0)
            root.fsync(file, syncdataonly=False)
            root.close(file)


@pytest.fixture
def site(
    make_cluster: Callable[[ClusterLayout], Record],
    tmp_path: Path,
    assert_golden: Callable[[str, Path], None],
) -> Site:
    record = make_cluster(ClusterLayout(hosts=5, racks=1, osd_size_bytes=8 * GIB))
    return Site(record, copy(INVENTORY / "malataverne", tmp_path), assert_golden)


@pytest.fixture
def ceph(site: Site) -> Iterator[Cluster]:
    with connect(site.record.access()) as cluster:
        yield cluster


def test_from_nothing_to_nothing(site: Site, ceph: Cluster) -> None:
    before = left_on(ceph)
    planned = site.run("plan")
    assert planned.returncode == 3, planned.stderr
    site.told("plan", planned.stdout)
    site.told("up", site.done("up", "--yes"))
    assert site.done("plan") == site.done("up", "--yes")
    assert "no drift: " in site.done("refresh")
    wrong = site.run("destroy", "--name", "chartres")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "'chartres' is not the estate's name" in wrong.stderr
    site.told("destroy", site.done("destroy", "--name", "malataverne"))
    assert left_on(ceph) == before
    assert site.run("plan").returncode == 3
    site.done("up", "--yes")


def left_on(ceph: Cluster) -> dict[str, object]:
    """Give all that a stack could leave behind."""
    return {
        "pools": [pool["pool_name"] for pool in ceph.mon("osd dump")["pools"]],
        "rules": ceph.mon("osd crush rule ls"),
        "profiles": ceph.mon("osd erasure-code-profile ls"),
        "file systems": ceph.mon("fs ls"),
        "clients": sorted(one["entity"] for one in ceph.mon("auth ls")["auth_dump"]),
        "marks": [key for key in ceph.mon("config-key ls") if key.startswith("maille/")],
    }


def test_what_was_changed_behind_its_back_is_told_and_mended(site: Site, ceph: Cluster) -> None:
    site.done("up", "--yes")
    share = {"vol_name": "enregistrements", "group_name": "malataverne", "sub_name": SHARE}
    ceph.mgr("fs subvolume resize", **share, new_size=str(64 * MIB))
    ceph.mgr("fs subvolume snapshot create", **share, snap_name="kept")
    ceph.mon("auth rm", entity="client.malataverne.verifier")
    ceph.mon("auth caps", entity=f"client.{SHARE}.recorder", caps=["mon", "allow *"])
    ceph.mon("auth add", entity="client.curious", caps=["mon", "allow r", "osd", "allow r"])
    ceph.mon("osd pool set", pool="malataverne-ec-2-2", var="nodelete", val="false")
    ceph.mgr("fs subvolume create", **(share | {"sub_name": "foreign"}), size=MIB)
    found = site.run("refresh")
    assert found.returncode == 1, found.stderr
    site.told("refresh", found.stdout)
    site.done("up", "--yes")
    ceph.mgr("fs subvolume snapshot rm", **share, snap_name="kept")
    ceph.mon("auth rm", entity="client.curious")
    ceph.mgr("fs subvolume rm", **(share | {"sub_name": "foreign"}))
    assert "no drift: " in site.done("refresh")


def test_a_key_that_somebody_replaced_is_told_until_it_is_rotated(
    site: Site, ceph: Cluster, tmp_path: Path
) -> None:
    site.done("up", "--yes")
    entity = f"client.{SHARE}.recorder"
    (found,) = ceph.mon("auth get", entity=entity)
    ceph.mon("auth rm", entity=entity)
    caps = [word for pair in found["caps"].items() for word in pair]
    ceph.mon("auth add", entity=entity, caps=caps)
    theirs = clients.key(ceph, entity)
    for _ in range(2):
        refreshed = site.run("refresh")
        assert refreshed.returncode == 1, refreshed.stderr
        told = refreshed.stdout.replace(fingerprint(theirs), "FINGERPRINT")
        assert told == (
            f"error R027  key {entity} was replaced by somebody (fingerprint FINGERPRINT): its"
            " recorder, which has the old one, is refused when it connects again; affects"
            " Malataverne (26169)\n"
            "    take the new one for stolen: `maille storage rotate ESTATE --commune 26169 --out"
            " FOLDER`\n"
            "1 found\n"
        )
        assert theirs not in refreshed.stdout + refreshed.stderr
        again = site.run("up", "--yes")
        assert again.returncode == 0, again.stderr
        assert f"R027  key {entity} was replaced by somebody" in again.stderr
        assert clients.key(ceph, entity) == theirs
    keys = tmp_path / "keys"
    keys.mkdir()
    words = ("storage", "rotate", site.estate, "--commune", "26169", "--out", keys)
    rotated = maille(*words, env=site.env())
    assert rotated.returncode == 0, rotated.stderr
    assert clients.key(ceph, entity) != theirs
    assert "no drift: " in site.done("refresh")


def test_a_quota_that_changes_changes_no_key(site: Site) -> None:
    site.done("up", "--yes")
    planned = site.run("plan", "--json", scale="1/19000")
    assert planned.returncode == 3, planned.stderr
    changed = {(one["kind"], one["operation"]) for one in json.loads(planned.stdout)["resources"]}
    assert changed <= {("Subvolume", "update"), ("Pool", "update"), ("HealthGate", "update")}


def test_a_share_stays_as_large_as_what_it_holds(site: Site, ceph: Cluster) -> None:
    site.done("up", "--yes")
    site.record_into(SHARE, 64 * MIB)
    wait_for_usage(ceph, SHARE, 64 * MIB)
    held = site.run("plan", scale="1/200000")
    assert held.returncode == 3
    site.told("held", held.stdout)
    site.done("up", "--yes", scale="1/200000")
    found = subvolumes.read(ceph, "enregistrements", "malataverne", SHARE)
    assert found
    assert found.quota_bytes > 64 * MIB


def test_a_share_that_leaves_goes_when_it_is_empty_or_is_named(site: Site, ceph: Cluster) -> None:
    site.done("up", "--yes")
    left = Subvolume(
        filesystem="enregistrements",
        group="malataverne",
        name="malataverne-26999",
        quota_bytes=64 * MIB,
    )
    create(ceph, SUBVOLUME, left, owner="malataverne")
    site.record_into(left.name, MIB)
    wait_for_usage(ceph, left.name, MIB)
    assert "! malataverne-26999: 67.11 MB, wanted nothing; holds" in site.done("up", "--yes")
    refused = site.run("destroy", "--name", "malataverne")
    assert refused.returncode == 1
    assert "malataverne holds recordings in 1 share: malataverne-26999" in refused.stderr
    assert SUBVOLUME.read(ceph, left) == left
    assert site.journal("shares") == []
    told = site.done("up", "--yes", "--erase", left.name)
    assert SUBVOLUME.read(ceph, left) is None
    assert "  malataverne-26999: 1 file of 2026-11-01 to 2026-11-01, 1,048,576 bytes: era" in told
    entries = site.journal("shares")
    assert [one["phase"] for one in entries] == ["unlinking", "unlinked", "erased"]
    for one in entries:
        assert (one["share"], one["commune"], one["rule"]) == (
            "malataverne-26999",
            "26999",
            "erased by name",
        )
        assert (one["files"], one["size_bytes"]) == (1, MIB)
        assert "@" in one["author"]
    assert "erased by name" not in site.done("up", "--yes")
    assert site.journal("shares") == entries


def test_a_share_that_left_expires_and_then_goes(site: Site, ceph: Cluster) -> None:
    site.done("up", "--yes")
    name, camera = "malataverne-26999", "26999-0001"
    left = Subvolume(
        filesystem="enregistrements", group="malataverne", name=name, quota_bytes=64 * MIB
    )
    create(ceph, SUBVOLUME, left, owner="malataverne")
    foreign = left.model_copy(update={"name": "malataverne-26998"})
    ceph.mgr(
        "fs subvolume create",
        vol_name=foreign.filesystem,
        group_name=foreign.group,
        sub_name=foreign.name,
    )
    path = subvolumes.path(ceph, "enregistrements", "malataverne", name)
    begin = datetime.now(tz=UTC) - timedelta(days=60)
    file = f"{path}/{path_of(camera, begin)}"
    with mounted(site.record.access(), "enregistrements") as root:
        root.mkdirs(file.rpartition("/")[0], 0o755)
        handle = root.open(file, "w", 0o644)
        root.write(handle, b"segment!", 0)
        root.close(handle)
        ended = (begin + timedelta(minutes=10)).timestamp()
        root.utimes(file, (ended, ended))
    wait_for_usage(ceph, name, 8)
    assert f"! {name}: " in site.done("up", "--yes")
    verified = by_the_clock(site, "verify")
    assert verified.returncode == 1
    assert f"camera {camera}: 1 segment kept beyond the authorised maximum" in verified.stdout
    assert "malataverne-26998" not in verified.stdout
    expired = by_the_clock(site, "expire", "--yes")
    assert expired.returncode == 0, expired.stdout + expired.stderr
    assert f"is no member any more: its share {name} expires after" in expired.stdout
    assert "1 segment, 8 bytes unlinked, 1 file erased" in expired.stdout
    site.done("up", "--yes")
    assert SUBVOLUME.read(ceph, left) is None
    assert site.journal("shares") == []
    assert foreign.name in subvolumes.names(ceph, "enregistrements", "malataverne")


def by_the_clock(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    """Run what takes no day to judge by."""
    return subprocess.run(
        [MAILLE, "storage", words[0], site.estate, *words[1:]],
        env={**os.environ, **site.env()},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def wait_for_usage(ceph: Cluster, share: str, size_bytes: int) -> None:
    end = time.monotonic() + 180
    while subvolumes.info(ceph, "enregistrements", "malataverne", share)["bytes_used"] < size_bytes:  # type: ignore[index]
        assert time.monotonic() < end
        time.sleep(0.2)


def test_a_run_on_some_communes_does_not_pass_over_a_removal(site: Site, ceph: Cluster) -> None:
    site.done("up", "--yes")
    left = Subvolume(
        filesystem="enregistrements",
        group="malataverne",
        name="malataverne-26999",
        quota_bytes=64 * MIB,
    )
    create(ceph, SUBVOLUME, left, owner="malataverne")
    site.record_into(left.name, MIB)
    assert "! malataverne-26999: " in site.done("up", "--yes")
    path = subvolumes.path(ceph, left.filesystem, left.group, left.name)
    ceph.root(left.filesystem).unlink(f"{path}/26169-0001/2026-11-01/segment")
    for command in ("plan", "up"):
        refused = site.run(command, "--commune", "26169", *(["--yes"] if command == "up" else []))
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "other removals are pending" in refused.stderr
        assert left.name in refused.stderr
        assert "run it without --commune" in refused.stderr
    assert SUBVOLUME.read(ceph, left) == left
    site.done("up", "--yes")
    assert SUBVOLUME.read(ceph, left) is None
    assert "nothing changes" in site.done("plan", "--commune", "26169")


def test_only_the_named_commune_is_run(site: Site, ceph: Cluster) -> None:
    site.done("up", "--yes", "--commune", "26169")
    names = {entity for entity in clients_of(ceph) if "malataverne" in entity}
    assert names == {f"client.{SHARE}.recorder"}
    unknown = site.run("up", "--yes", "--commune", "26196")
    assert unknown.returncode == 2
    assert "26196" in unknown.stderr
    site.done("up", "--yes")
    assert len({entity for entity in clients_of(ceph) if "malataverne" in entity}) == 4


def clients_of(ceph: Cluster) -> list[str]:
    return [one["entity"] for one in ceph.mon("auth ls")["auth_dump"]]


def test_what_was_made_by_hand_is_taken_over(site: Site, ceph: Cluster) -> None:
    provision(ceph, site.layout())
    for key in ceph.mon("config-key ls"):
        if key.startswith("maille/owner/"):
            ceph.mon("config-key rm", key=key)
    refused = site.run("up", "--yes")
    assert refused.returncode == 1
    assert "`maille storage import` takes it over" in refused.stderr
    ceph.mon("osd pool set", pool="malataverne-ec-2-2", var="min_size", val="2")
    differs = site.run("import", "--yes")
    assert (differs.returncode, differs.stdout) == (1, "")
    site.told("import-differs", differs.stderr)
    assert not [key for key in ceph.mon("config-key ls") if key.startswith("maille/owner/")]
    ceph.mon("osd pool set", pool="malataverne-ec-2-2", var="min_size", val="3")
    site.told("import", site.done("import", "--yes"))
    assert site.done("import", "--yes").startswith("nothing to take over: 15 things")
    assert "nothing changes" in site.done("plan")


def test_no_key_is_written_down_anywhere(site: Site, ceph: Cluster, tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    env = {**os.environ, **site.env(), "TMPDIR": str(temporary), "PULUMI_KEEP_LOGS": "1"}
    said = b""
    for words in (("up", "--yes", "--json"), ("refresh",), ("plan", "--json")):
        done = subprocess.run(
            [MAILLE, "storage", words[0], site.estate, *words[1:], "--as-of", str(AS_OF)],
            env=env,
            capture_output=True,
            check=True,
        )
        said += done.stdout + done.stderr
    keys = [one["key"].encode() for one in ceph.mon("auth ls")["auth_dump"]]
    assert len(keys) > 10
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(".pulumi" in file.parts for file in files)
    assert not [file for file in files if "logs" in file.parts]  # nobody could search them
    for file in files:
        content = file.read_bytes()
        assert not [key for key in keys if key in content], file
    assert not [key for key in keys if key in said]


def test_ctrl_c_ends_in_good_order_and_the_next_run_goes_on(site: Site) -> None:
    for after_s in (0.5, 3.0, 5.0):
        with subprocess.Popen(
            [MAILLE, "storage", "up", site.estate, "--yes", "--as-of", str(AS_OF)],
            env={**os.environ, **site.env()},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        ) as process:
            time.sleep(after_s)
            os.killpg(process.pid, signal.SIGINT)
            _, said = process.communicate(timeout=60)
        assert process.returncode in (0, 130), said
        assert "Traceback" not in said
        if process.returncode == 130 and "stopping" in said:
            assert re.search(r"interrupted: \d+ changes are done; the next run goes on", said)
    site.done("up", "--yes")
    assert "nothing changes" in site.done("plan")


def test_the_schema_is_one_that_the_engine_accepts(tmp_path: Path) -> None:
    engine = find()
    assert engine.program
    env = {**os.environ, "PULUMI_HOME": str(tmp_path), "PULUMI_SKIP_UPDATE_CHECK": "true"}
    provider = Path(layout_of.__code__.co_filename).parents[1] / "infra" / "provider"
    got = subprocess.run(
        [engine.program, "package", "get-schema", str(provider / "pulumi-resource-ceph")],
        env=env,
        capture_output=True,
        check=True,
    )
    schema = tmp_path / "schema.json"
    schema.write_bytes(got.stdout)
    assert set(json.loads(got.stdout)["resources"]) >= {"ceph:index:Pool", "ceph:index:Client"}
    subprocess.run([engine.program, "schema", "check", str(schema)], env=env, check=True)
