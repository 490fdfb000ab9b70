"""An estate moves to a larger erasure code, on a real cluster, while it records."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace as replace_access
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cephfs
import pytest
import rados
from tests.estates import AS_OF, INVENTORY, MAILLE, copy, replace, settle
from tests.integration import intruder
from tests.integration.intruder import allowed

from maille.ceph import clients, groups, pools, subvolumes, tell
from maille.ceph.connection import connect
from maille.ceph.contents import BlindError, drain, holds_objects
from maille.ceph.mount import mounted
from maille.ceph.names import namespace
from maille.ceph.usage import usage as all_usage
from maille.ceph.waiting import wait_until
from maille.retention.expire.evidence import CephEvidence
from maille.retention.expire.pending import Item
from maille.retention.journal import Journal
from maille.twin.cluster.layout import GIB
from maille.twin.cluster.layout import Layout as ClusterLayout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from maille.ceph.connection import Cluster
    from maille.twin.cluster.record import Record

FILESYSTEM, ESTATE = "enregistrements", "malataverne"
SHARE, AREA = "malataverne-26169", "holds-malataverne"
SMALL, LARGE = "malataverne-ec-2-2", "malataverne-ec-4-2"
RECORDER, VERIFIER = f"client.{SHARE}.recorder", f"client.{ESTATE}.verifier"
CAMERA = "26169-0001"
LATE_S = 120
_DATED = ("plan", "up", "refresh")
"""Commands that judge by a day, as `twin` does."""
MIB = 1 << 20


@dataclass
class Site:
    """The village, on seven hosts."""

    record: Record
    estate: Path
    ceph: Cluster
    ledger: Path

    def maille(self, *words: str, ends: int = 0) -> str:
        group, name, *more = words
        dated = ["--as-of", str(AS_OF)] if group == "twin" or name in _DATED else []
        done = subprocess.run(
            [MAILLE, group, name, str(self.estate), *more, *dated],
            env=os.environ
            | {"CEPH_CONF": str(self.record.conf), "MAILLE_STORAGE_SCALE": "1/20000"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == ends, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def asked(self, *words: str, ends: int = 0) -> Any:  # noqa: ANN401  # JSON
        return json.loads(self.maille(*words, "--json", ends=ends))

    def use(self, k: int, *, was: int) -> None:
        """Write another code into the inventory."""
        replace(self.estate / "estate.yaml", f"ec: {{k: {was}, m: 2}}", f"ec: {{k: {k}, m: 2}}")

    def path(self, group: str, name: str) -> str:
        return subvolumes.path(self.ceph, FILESYSTEM, group, name) or ""

    @contextmanager
    def recorder(self) -> Iterator[cephfs.LibCephFS]:
        """Mount the commune's folder as its recorder does."""
        key = clients.key(self.ceph, RECORDER)
        at = self.path(ESTATE, SHARE)
        with intruder.in_files(self.record.conf, RECORDER, key, FILESYSTEM, at) as mount:
            yield mount

    @contextmanager
    def objects(self, entity: str) -> Iterator[rados.Rados]:
        key = clients.key(self.ceph, entity)
        with intruder.in_objects(self.record.conf, entity, key) as handle:
            yield handle


@pytest.fixture
def site(make_cluster: Callable[[ClusterLayout], Record], tmp_path: Path) -> Iterator[Site]:
    record = make_cluster(ClusterLayout(hosts=7, racks=3, osd_size_bytes=8 * GIB))
    estate = copy(INVENTORY / ESTATE, tmp_path)
    replace(estate / "estate.yaml", "  hosts: 5 ", "  hosts: 7 ")
    replace(estate / "estate.yaml", "segment_minutes: 10", "segment_minutes: 120")
    replace(estate / "centre.yaml", "count: 5", "count: 7")
    settle(estate)
    with connect(record.access()) as ceph:
        yield Site(record, estate, ceph, tmp_path / "ledger.jsonl")


def pools_with(ceph: Cluster, inode: int, space: str) -> set[str]:
    """Give the pools that hold the first object of a file."""
    found = set()
    for pool in (SMALL, LARGE):
        with ceph.handle.open_ioctx(pool) as io:
            io.set_namespace(space)
            if _there(io, f"{inode:x}.00000000"):
                found.add(pool)
    return found


def _gone(ceph: Cluster, inode: int) -> bool:
    """Say whether a file's objects are gone, where CephFS tells its pool by the number."""
    number = next(pool["id"] for pool in ceph.mon("df")["pools"] if pool["name"] == LARGE)
    now = datetime.now(UTC)
    layout = f"object_size={4 * MIB} pool={number} pool_namespace={namespace(SHARE)}"
    item = Item(
        camera=CAMERA,
        path="/after",
        inode=inode,
        size_bytes=len(intruder.DATA),
        start=now,
        end=now,
        layout=layout,
        rule="",
    )
    with CephEvidence(ceph, FILESYSTEM) as evidence:
        return evidence.gone(item)


def _look(io: rados.Ioctx) -> None:
    _there(io, "x")


def _there(io: rados.Ioctx, name: str) -> bool:
    try:
        io.stat(name)
    except rados.ObjectNotFound:
        return False
    return True


def test_recordings_move_to_a_larger_code_by_their_retention(site: Site) -> None:
    site.maille("storage", "up", "--yes")
    account = ("--ledger", str(site.ledger))
    site.maille("twin", "record", "--days", "18", "--ago", "16", *account)
    _hold_a_segment(site)

    with site.recorder() as mount:
        intruder.write(mount, "/before", os.O_CREAT)
        under_way = mount.open("/under-way", os.O_CREAT | os.O_RDWR, 0o644)
        mount.write(under_way, intruder.DATA, 0)

        site.use(4, was=2)
        assert LARGE in site.maille("storage", "plan", ends=3)
        told = site.maille("storage", "up", "--yes")
        assert f"  ! pool {SMALL} (2 + 2): " in told
        assert "no drift: " in site.maille("storage", "refresh")
        assert "nothing changes: " in site.maille("storage", "plan")

        # The recorder's session is that of before: it goes on, in both pools.
        mount.write(under_way, intruder.DATA, len(intruder.DATA))
        mount.fsync(under_way, syncdataonly=False)
        mount.close(under_way)
        intruder.write(mount, "/after", os.O_CREAT)
        lies = {
            name: pools_with(site.ceph, mount.stat(f"/{name}").st_ino, namespace(SHARE))
            for name in ("before", "under-way", "after")
        }
        assert lies == {"before": {SMALL}, "under-way": {SMALL}, "after": {LARGE}}
        assert intruder.read(mount, "/before") == intruder.DATA
        assert not _gone(site.ceph, mount.stat("/after").st_ino)
        _every_key_is_confined_in_both(site)
        site.maille("twin", "recorded", *account)  # reads all of it back, with the verifier's key
        (former,) = site.asked("storage", "status", ends=1)["cluster"]["former_pools"]
        assert former["name"] == SMALL
        assert former["objects"] > 0

        # Sixteen days ago stands for what is past its retention, when that time has passed.
        site.maille("storage", "expire", "--yes")
        mount.unlink("/before")
        mount.unlink("/under-way")
        site.maille("hold", "move")
        assert "nothing to move" in site.maille("hold", "move")
        assert "as they were copied" in site.maille("hold", "verify")
        (moved,) = (one for one in _journal(site) if one["phase"] == "moved")
        assert moved["files"] >= 3  # its file, its digests, its image

        wait_until(lambda: not holds_objects(site.ceph, SMALL), LATE_S, "the pool is not empty")
        assert f"  - pool {SMALL}" in site.maille("storage", "up", "--yes")
        assert f"{SMALL}" not in json.dumps(_left_on(site.ceph))
        intruder.write(mount, "/at-last", os.O_CREAT)
    assert "nothing changes: " in site.maille("storage", "plan")
    assert "no drift: " in site.maille("storage", "refresh")


def _hold_a_segment(site: Site) -> None:
    """Let a requisition ask for images that are in the former pool, and copy them."""
    root = site.ceph.root(FILESYSTEM)
    folder = f"{site.path(ESTATE, SHARE)}/{CAMERA}"
    day = min(name.decode() for name in intruder.listed(root, folder) if name[:1] != b".")
    file = max(name.decode() for name in intruder.listed(root, f"{folder}/{day}"))
    begin = f"{day}T{file[9:11]}:{file[11:13]}:{file[13:15]}Z"
    end = f"{day}T{file[9:11]}:{file[11:13]}:59Z"
    words = ("--authority", "gendarmerie", "--agent", "Martin", "--reference", "PV 1")
    when = ("--from", begin, "--to", end, "--deadline", "2099-12-01")
    site.maille("hold", "add", *words, "--camera", CAMERA, *when)


def _every_key_is_confined_in_both(site: Site) -> None:
    site.ceph.mon("osd pool create", pool="neighbour", pg_num=8)
    for entity, rights in ((RECORDER, "rw"), (VERIFIER, "r")):
        with site.objects(entity) as handle:
            for pool in (SMALL, LARGE, "neighbour"):
                for space in (namespace(SHARE), namespace(AREA), ""):
                    own = space == namespace(SHARE) or (entity == VERIFIER and space)
                    given = rights if own and pool != "neighbour" else ""
                    with handle.open_ioctx(pool) as io:
                        io.set_namespace(space)
                        found = {
                            "r": allowed(partial(_look, io)),
                            "w": allowed(partial(io.write_full, "x", b"x")),
                        }
                    expected = {"r": "r" in given, "w": "w" in given}
                    assert found == expected, (entity, pool, space)
    for pool in (SMALL, LARGE):
        with site.ceph.handle.open_ioctx(pool) as io:
            io.set_namespace(namespace(SHARE))
            io.remove_object("x")


def _journal(site: Site) -> list[dict[str, Any]]:
    return list(Journal(site.estate / ".maille" / "journal" / "holds", "x").entries())


def _left_on(ceph: Cluster) -> dict[str, object]:
    """Give all that a former code could leave behind."""
    return {
        "pools": [pool["pool_name"] for pool in ceph.mon("osd dump")["pools"]],
        "rules": ceph.mon("osd crush rule ls"),
        "profiles": ceph.mon("osd erasure-code-profile ls"),
        "file systems": ceph.mon("fs ls"),
        "marks": [key for key in ceph.mon("config-key ls") if key.startswith("maille/owner/")],
    }


TURN_KILLED = """
import os, signal, sys
from pathlib import Path
from maille.ceph import folder_pools
from maille.ceph.connection import Access, connect

conf, group, pool, left = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])

class Counted:
    def __init__(self, root):
        self.root = root
    def __getattr__(self, name):
        done = getattr(self.root, name)
        def call(*args, **more):
            global left
            left -= name in ("setxattr", "open", "write", "fsync", "rename", "unlink")
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return done(*args, **more)
        return call

with connect(Access(conf)) as cluster:
    briefly = cluster.briefly
    cluster.briefly = lambda filesystem, work, longest_s: briefly(
        filesystem, lambda root: work(Counted(root)), longest_s
    )
    folder_pools.turn(cluster, "enregistrements", group, pool)
"""
"""Turns a group to another pool, and ends itself with SIGKILL before its n-th call that matters."""


def test_a_turn_that_is_killed_anywhere_is_done_by_the_next(site: Site) -> None:
    site.maille("storage", "up", "--yes")
    site.use(4, was=2)
    site.maille("storage", "up", "--yes")
    note_path, kills = f"/volumes/{ESTATE}/{SHARE}/.meta", 0
    note = _read(site.ceph, note_path)
    while _turn_killed(site, SMALL, kills + 1):
        kills += 1
        _evict_killed(site.ceph)
        found = groups.read(site.ceph, FILESYSTEM, ESTATE)
        assert found
        assert set(found.pool.split("+")) <= {SMALL, LARGE}
        assert _read(site.ceph, note_path) == note
        assert site.path(ESTATE, SHARE).startswith(f"/volumes/{ESTATE}/{SHARE}/")
    assert kills >= 6
    assert f"pool is {SMALL}, was {LARGE}" in site.maille("storage", "refresh", ends=1)
    assert _turn_killed(site, LARGE, 6)  # and nobody ends its session: it is waited for
    site.maille("storage", "up", "--yes")
    wait_until(lambda: not holds_objects(site.ceph, SMALL), LATE_S, "the pool is not empty")
    site.maille("storage", "up", "--yes")
    assert "nothing changes: " in site.maille("storage", "plan")
    assert "no drift: " in site.maille("storage", "refresh")


def _turn_killed(site: Site, pool: str, count: int) -> bool:
    """Turn the village's group; say whether it came to the n-th call, and was killed."""
    words = [str(site.record.conf), ESTATE, pool, str(count)]
    done = subprocess.run(
        [sys.executable, "-c", TURN_KILLED, *words], capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


def _evict_killed(ceph: Cluster) -> None:
    """End the sessions of processes that are gone; by itself a server waits a minute for each."""
    for one in tell.mds(ceph, FILESYSTEM, 0, "session ls"):
        pid = one["client_metadata"].get("pid")
        if pid and not Path(f"/proc/{pid}").exists():
            tell.mds(ceph, FILESYSTEM, 0, "session evict", filters=[f"id={one['id']}"])


def _read(ceph: Cluster, path: str) -> bytes:
    with mounted(ceph.access, FILESYSTEM) as root:
        handle = root.open(path, os.O_RDONLY)
        try:
            return root.read(handle, 0, MIB)
        finally:
            root.close(handle)


def test_a_key_cannot_fill_more_than_its_estates_pool(site: Site) -> None:
    site.maille("storage", "up", "--yes")
    pool = pools.read(site.ceph, SMALL)
    assert pool
    quotas = sum(
        usage.quota_bytes
        for group in (ESTATE, f"{ESTATE}-holds")
        for usage in all_usage(site.ceph, FILESYSTEM, group).values()
    )
    assert pool.quota_bytes == pytest.approx(1.1 * quotas, rel=0.001)
    site.ceph.mon("osd pool create", pool="neighbour", pg_num=8)
    with site.objects(RECORDER) as handle, handle.open_ioctx(SMALL) as io:
        io.set_namespace(namespace(SHARE))
        written = _fill(io, 20 * pool.quota_bytes)
        assert pool.quota_bytes <= written < 20 * pool.quota_bytes
        with site.ceph.handle.open_ioctx("neighbour") as other:
            other.write_full("x", intruder.DATA)
        assert site.ceph.mon("df")["stats"]["total_used_raw_ratio"] < 0.8
        _bound(site.ceph, 0)  # a full pool takes no order of RADOS, not even to remove
        _empty(site.ceph, SMALL)
        _bound(site.ceph, pool.quota_bytes)
        wait_until(
            lambda: "POOL_FULL" not in site.ceph.mon("health")["checks"], LATE_S, "still full"
        )
        io.write_full("x", intruder.DATA)


def _fill(io: rados.Ioctx, most: int) -> int:
    """Write objects until no more are taken; give how many bytes were."""
    block = bytes(4 * MIB)
    for written in range(0, most, len(block)):
        try:
            io.write_full(f"{written}", block)
        except (rados.TimedOut, rados.NoSpace, rados.Error):
            return written
    return most


def test_a_pool_that_is_full_is_emptied_by_what_expires(site: Site) -> None:
    site.maille("storage", "up", "--yes")
    with site.recorder() as mount:
        intruder.write(mount, "/old", os.O_CREAT)
        _bound(site.ceph, 1000)
        full = "POOL_FULL"
        wait_until(lambda: full in site.ceph.mon("health")["checks"], LATE_S, "not full yet")
        wait_until(lambda: _no_space(mount), LATE_S, "it takes files")
        for name in ("/old", "/new"):
            mount.unlink(name)
        wait_until(lambda: full not in site.ceph.mon("health")["checks"], LATE_S, "still full")
        assert f"quotaBytes is {1000}" in site.maille("storage", "refresh", ends=1)
        site.maille("storage", "up", "--yes")
        intruder.write(mount, "/new", os.O_CREAT)


def _no_space(mount: cephfs.LibCephFS) -> bool:
    """Say whether a file is refused; clients hear of it a moment after the monitors."""
    try:
        intruder.write(mount, "/new", os.O_CREAT)
    except cephfs.NoSpace:
        return True
    return False


def _bound(ceph: Cluster, size_bytes: int) -> None:
    ceph.mon("osd pool set-quota", pool=SMALL, field="max_bytes", val=str(size_bytes))


def _empty(ceph: Cluster, pool: str) -> None:
    with ceph.handle.open_ioctx(pool) as io:
        io.set_namespace(namespace(SHARE))
        for one in io.list_objects():
            io.remove_object(one.key)


def test_a_key_that_sees_nothing_does_not_take_a_pool_for_empty(site: Site) -> None:
    site.maille("storage", "up", "--yes")
    assert holds_objects(site.ceph, SMALL)
    access = replace_access(site.record.access(), client=VERIFIER, key=_key(site, VERIFIER))
    with connect(access) as blind:
        for look in (holds_objects, drain):
            with pytest.raises(BlindError, match="may not look into pool"):
                look(blind, SMALL)


def _key(site: Site, entity: str) -> str:
    return clients.key(site.ceph, entity)
