"""How fast recordings are proved and erased on a real CephFS, and what bounds it.

Proving: every segment of an estate is listed, looked at and judged; the memory stays the same.
Erasing: objects a second until the last one is gone, beside taking the names away as `rm` does.

The tree is as Chartres has it (500 cameras, segments of 15 minutes), with fewer days unless
`--segments 720000` asks for all: making that many files takes far longer than reading them.
Memory is that of a process which proves and does nothing else, once for a tenth of the cameras.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import os
import shutil
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from maille.ceph.connection import Cluster, connect
from maille.ceph.mount import mounted
from maille.retention.expire.drain import Drain
from maille.retention.expire.evidence import CephEvidence
from maille.retention.expire.holds import HoldsInMemory
from maille.retention.expire.pace import Pace
from maille.retention.expire.pending import Pending
from maille.retention.expire.planner import Planner
from maille.retention.expire.run import Expirer
from maille.retention.journal import Journal
from maille.retention.places import Place
from maille.retention.promise import ALWAYS, Area, Promise, Rule
from maille.retention.segments.cephfs import CephTree
from maille.retention.segments.names import path_of
from maille.retention.verify.run import Verifier
from maille.twin.cluster.layout import Layout
from maille.twin.cluster.lifecycle import start, stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import cephfs

    from maille.twin.cluster.record import Record

RESULTS = Path(__file__).parent / "results" / "retention.json"
CAMERAS = 500
RECORDERS = 4
"""Mounts that write at once."""
SEGMENT = timedelta(minutes=15)
SEGMENT_BYTES = 450_000_000
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LEAST_VERIFIED_PER_S = 1_000
"""720,000 in twelve minutes, within one expiry period."""
MOST_GROWTH_MIB = 64
ERASED_FILES, OBJECTS_A_FILE, OBJECT_BYTES = 1_500, 4, 65_536
PGS = 64
OLD = timedelta(days=40)


def rule(days: timedelta) -> Rule:
    """Give a rule as Chartres has it."""
    hour = timedelta(hours=1)
    return Rule(days, SEGMENT, hour, timedelta(seconds=30), timedelta(days=30), "28-1")


def area_of(cameras: list[str], days: timedelta) -> Area:
    """Give a subvolume with cameras that have always filmed."""
    kept = rule(days)
    promises = {camera: Promise(camera, kept, (ALWAYS,)) for camera in cameras}
    return Area("s", "28085", "Chartres", "cephfs", "maille", promises, kept)


@contextmanager
def cluster() -> Iterator[Record]:
    """Run a small cluster with one file system."""
    folder = Path(tempfile.mkdtemp(prefix="maille-bench-"))
    folder.rmdir()
    try:
        record = start(folder, Layout(hosts=3, racks=3))
        with connect(record.access()) as ceph:
            for pool in ("meta", "data"):
                ceph.mon("osd pool create", pool=pool, pg_num=PGS, pool_type="replicated")
            ceph.mon("fs new", fs_name="video", metadata="meta", data="data")
            ceph.root("video").mkdirs("/v", 0o755)
        yield record
    finally:
        stop(folder, erase=True)


def put(mount: cephfs.LibCephFS, path: str, end: datetime, objects: int) -> None:
    """Write a segment: sparse, or with a byte in each of its objects."""
    handle = mount.open(path, "w", 0o644)
    for number in range(objects):
        mount.write(handle, b"x", number * OBJECT_BYTES)
    if not objects:
        mount.ftruncate(handle, SEGMENT_BYTES)
    mount.futimens(handle, (end.timestamp(), end.timestamp()))
    mount.close(handle)


def record_segments(
    mount: cephfs.LibCephFS, starts: list[tuple[str, datetime]], objects: int = 0
) -> None:
    """Write segments of cameras."""
    made = set()
    for camera, begin in starts:
        path = f"/v/{path_of(camera, begin)}"
        folder = path.rpartition("/")[0]
        if folder not in made:
            mount.mkdirs(folder, 0o755)
            made.add(folder)
        put(mount, path, begin + SEGMENT, objects)
    mount.sync_fs()


def record_cameras(record: Record, cameras: list[str], each: int) -> None:
    """Write as many segments of each camera, through a mount of its own."""
    with mounted(record.access(), "video") as mount:
        for camera in cameras:
            starts = [(camera, NOW - (number + 1) * SEGMENT) for number in range(each)]
            record_segments(mount, starts)


def cpu_s(record: Record) -> float:
    """Give the processor time of the metadata server so far."""
    pid = int((record.folder / "run" / "mds.a.pid").read_text())
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_mib() -> float:
    """Give this process's largest memory so far; `getrusage` counts its parent's, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def measure_verify(record: Record, count: int) -> dict[str, object]:
    """Prove a tree, a tenth of it first."""
    cameras = [f"28085-{number:04}" for number in range(1, CAMERAS + 1)]
    each = count // CAMERAS
    began = time.perf_counter()
    with ThreadPoolExecutor(RECORDERS) as recorders:
        for done in [
            recorders.submit(record_cameras, record, cameras[number::RECORDERS], each)
            for number in range(RECORDERS)
        ]:
            done.result()
    making_s = time.perf_counter() - began
    days = SEGMENT * (each - 1)
    tenth = apart(record, cameras[: CAMERAS // 10], days)
    server = cpu_s(record)
    found = apart(record, cameras, days)
    return {
        "segments": found.segments,
        "making_s": round(making_s, 1),
        "wall_s": round(found.wall_s, 2),
        "segments_per_s": round(found.segments / found.wall_s),
        "own_processor_s": round(found.own_s, 2),
        "metadata_server_processor_s": round(cpu_s(record) - server, 2),
        "segments_of_a_tenth": tenth.segments,
        "segments_per_s_of_a_tenth": round(tenth.segments / tenth.wall_s),
        "peak_mib_of_a_tenth": round(tenth.peak_mib, 1),
        "peak_mib_of_all": round(found.peak_mib, 1),
    }


class Proved(NamedTuple):
    """What a process took that proved recordings and did nothing else."""

    segments: int
    wall_s: float
    own_s: float
    peak_mib: float


def apart(record: Record, cameras: list[str], days: timedelta) -> Proved:
    """Prove cameras in a new process: its memory and its client's cache begin empty."""
    new = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=new) as process:
        return process.submit(prove, record, cameras, days).result()


def prove(record: Record, cameras: list[str], days: timedelta) -> Proved:
    """Prove cameras as `maille storage verify` does."""
    with mounted(record.access(), "video") as mount:
        verifier = Verifier(CephTree(mount), NOW, {}, containers=False)
        own_s, began = time.process_time(), time.perf_counter()
        segments = _run(verifier, cameras, days)
        wall_s = time.perf_counter() - began
        return Proved(segments, wall_s, time.process_time() - own_s, peak_mib())


def _run(verifier: Verifier, cameras: list[str], days: timedelta) -> int:
    asked = frozenset(cameras)
    (found,) = verifier.verify([Place(area_of(cameras, days), "/v")], asked)
    if found.findings or any(one.findings for one in found.verdicts):
        raise SystemExit(f"findings on faultless recordings: {found.all_findings[:3]}")
    return sum(one.segments for one in found.verdicts)


def measure_erasing(record: Record, take_away: Callable[[CephTree, Cluster], None]) -> float:
    """Make a tree of old segments, take it away, and give objects a second until all are gone."""
    starts = [
        (f"old-{number % 10}", NOW - OLD - number // 10 * SEGMENT) for number in range(ERASED_FILES)
    ]
    with connect(record.access()) as ceph, mounted(record.access(), "video") as mount:
        mount.setxattr("/v", "ceph.dir.layout", _LAYOUT, 0)
        record_segments(mount, starts, OBJECTS_A_FILE)
        with ceph.handle.open_ioctx("data") as pool:
            before = sum(1 for _ in pool.list_objects())
        began = time.perf_counter()
        take_away(CephTree(mount), ceph)
        with CephEvidence(ceph, "video") as evidence:
            while not evidence.backlog().clear:
                time.sleep(0.05)
        wall_s = time.perf_counter() - began
        with ceph.handle.open_ioctx("data") as pool:
            gone = before - sum(1 for _ in pool.list_objects())
    return gone / wall_s


_LAYOUT = f"stripe_unit={OBJECT_BYTES} object_size={OBJECT_BYTES}".encode()


def as_rm(tree: CephTree, _: Cluster) -> None:
    """Take names away one after the other, and write nothing down."""
    for camera in tree.list("/v"):
        if camera.name.startswith("old-"):
            for day in tree.list(f"/v/{camera.name}"):
                for one in tree.list(f"/v/{camera.name}/{day.name}"):
                    tree.unlink(f"/v/{camera.name}/{day.name}/{one.name}")
                tree.rmdir(f"/v/{camera.name}/{day.name}")
    tree.sync()


def as_expire(tree: CephTree, ceph: Cluster) -> None:
    """Run the expirer as the command does, with no bound on its rate."""
    folder = Path(tempfile.mkdtemp(prefix="maille-bench-"))
    ids = map(str, itertools.count())
    try:
        journal = Journal(folder, "benchmark")
        with journal.writing(NOW), CephEvidence(ceph, "video") as evidence:
            pending = Pending(folder / "pending")
            planner = Planner(tree, HoldsInMemory(), NOW)
            Expirer(
                tree, journal, pending, planner, Pace(1e9), lambda: NOW, lambda: next(ids)
            ).expire(area_of([], timedelta(days=15)), "/v")
            drain = Drain(journal, pending, evidence, lambda: NOW, time.monotonic, time.sleep)
            left = drain.wait(600).left
            if left:
                raise SystemExit(f"{left} files are not erased after ten minutes")
    finally:
        shutil.rmtree(folder)


def main() -> int:
    """Measure both on one cluster."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--segments", type=int, default=36_000)
    count = parser.parse_args().segments
    with cluster() as record:
        erasing = {
            name: round(measure_erasing(record, work))
            for name, work in (("rm", as_rm), ("expire", as_expire))
        }
        proving = measure_verify(record, count)
    result = {
        "verify": proving,
        "erased_objects_per_s": erasing,
        "placement_groups": PGS,
        "load_average": os.getloadavg(),
    }
    RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))
    growth = float(str(proving["peak_mib_of_all"])) - float(str(proving["peak_mib_of_a_tenth"]))
    fast = int(str(proving["segments_per_s"])) >= LEAST_VERIFIED_PER_S
    return 0 if fast and growth <= MOST_GROWTH_MIB else 1


if __name__ == "__main__":
    raise SystemExit(main())
