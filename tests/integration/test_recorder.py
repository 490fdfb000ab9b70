"""Recorders on a real cluster: what they say is stored is there, whatever breaks meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.clusters import new_folder
from tests.estates import AS_OF, INVENTORY, MAILLE, copy, maille
from tests.integration.recording_places import ESTATE, at_half, from_now_on, now, place_on

from maille.ceph.connection import connect
from maille.ceph.errors import CephError
from maille.ceph.own_sessions import own_sessions
from maille.ceph.sessions import sessions, shut_out
from maille.errors import UsageError
from maille.retention.segments.cephfs import CephTree
from maille.retention.segments.container import created
from maille.retention.segments.scan import days_of, listing_of
from maille.twin.cluster import faults
from maille.twin.cluster.layout import Layout
from maille.twin.cluster.lifecycle import start, stop
from maille.twin.recorder.content import content_of
from maille.twin.recorder.recorder import Order
from maille.twin.recorder.spans import Span
from maille.twin.recorder.vacancy import require_vacant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.integration.recording_places import Place

    from maille.retention.segments.model import Segment
    from maille.twin.cluster.record import Record
    from maille.twin.recorder.ledger import Entry
    from maille.twin.recorder.posts import Manned

SMALL, OTHER = "28229", "28209"
"""18 and 12 cameras in service."""
MANY = ("28218", "28229")
"""42 cameras in service."""
SEGMENT_S = 2
SESSION_S = 300
"""So long CephFS holds here what a client had that is gone; a minute where nobody says so."""
PATIENCE_S = 180
AWAY_S = 2
"""How long a daemon is away that comes back."""


@pytest.fixture(scope="module")
def record(testrun_uid: str) -> Iterator[Record]:
    """Give a cluster that the tests of this file share."""
    folder = new_folder(testrun_uid)
    yield start(folder, Layout())
    stop(folder, erase=True)


@pytest.fixture
def place(record: Record, tmp_path: Path) -> Place:
    """Give two communes' shares on it; estate and ledger are the test's own."""
    estate = copy(INVENTORY / ESTATE, tmp_path)
    found = place_on(record, estate / "ledger.jsonl", (SMALL, OTHER))
    with connect(record.access()) as cluster:
        cluster.mon("fs set", fs_name=found.filesystem, var="session_timeout", val=str(SESSION_S))
    return found


def by_camera(entries: list[Entry]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for entry in sorted(entries, key=lambda one: one.start):
        span = Span(datetime.fromisoformat(entry.start), entry.seconds)
        found.setdefault(entry.camera, []).append(span)
    return found


def assert_whole(place: Place, order: Order) -> None:
    """See that every camera's time is accounted for from begin to end, and nothing is lost."""
    recorded = by_camera(place.entries())
    assert recorded.keys() == {feed.camera for one in place.posts for feed in one.post.feeds}
    for found in recorded.values():
        assert (found[0].start, found[-1].end) == (order.since, order.until)
        assert all(before.end == after.start for before, after in pairwise(found))
    assert place.lost() == []


def segments(tree: CephTree, folder: str) -> Iterator[Segment]:
    """Give all segments below a folder."""
    for camera in listing_of(tree, folder).cameras:
        for day in days_of(tree, f"{folder.rstrip('/')}/{camera}"):
            yield from day.segments


def unfinished(place: Place) -> list[str]:
    """Give the paths of what is no segment yet; who verifies does not take it for one."""
    found = []
    for one in place.posts:
        with place.folder_of(one) as mount:
            tree = CephTree(mount)
            for camera in listing_of(tree, "/").cameras:
                for day in days_of(tree, f"/{camera}"):
                    assert day.foreign == ()
                    names = {entry.name for entry in tree.list(day.path)}
                    whole = {segment.path.rpartition("/")[2] for segment in day.segments}
                    found += [f"{day.path}/{name}" for name in names - whole]
    return found


def evict(record: Record, one: Manned) -> None:
    """End a recorder's session, as who revokes its key does."""
    filesystem = one.post.share.filesystem
    with connect(record.access()) as cluster:
        found = [each for each in sessions(cluster, filesystem) if each.entity == one.post.entity]
        assert found
        shut_out(cluster, filesystem, found, now())


def test_every_camera_of_a_commune_is_recorded_without_a_gap(place: Place) -> None:
    order = from_now_on(6, SEGMENT_S)
    outcome = place.work(order)
    assert outcome.failed == {}
    assert outcome.count.segments == len(place.entries()) > 3 * place.cameras
    assert_whole(place, order)


def test_name_container_and_time_of_a_file_agree(place: Place) -> None:
    begun = now().replace(microsecond=0)
    day = timedelta(days=1)
    outcome = place.work(Order(begun - 2 * day, begun, 4 * 3600))
    assert outcome.failed == {}
    assert_whole(place, Order(begun - 2 * day, begun, 4 * 3600))
    promised = {entry.path: entry for entry in place.entries()}
    for one in place.posts:
        with place.folder_of(one) as mount:
            tree = CephTree(mount)
            for segment in segments(tree, "/"):
                entry = promised.pop(one.folder + segment.path, None)
                if entry:
                    assert segment.start == datetime.fromisoformat(entry.start)
                    assert segment.mtime == segment.start + timedelta(seconds=entry.seconds)
                    read = partial(tree.read, segment.path)
                    assert created(read, segment.size_bytes) == segment.start
    assert promised == {}


def test_the_key_of_another_commune_is_refused(place: Place) -> None:
    mine, other = place.posts
    with (
        pytest.raises(CephError, match="may not use"),
        place.folder_of(type(mine)(mine.post, other.folder, mine.key)),
    ):
        pass


def test_what_is_gone_or_changed_is_found(place: Place) -> None:
    place.work(from_now_on(2, SEGMENT_S))
    gone, changed, shorter, *_ = [
        entry for entry in place.entries() if entry.subvolume == place.posts[0].post.share.name
    ]
    root = place.posts[0].folder
    with place.folder_of(place.posts[0]) as mount:
        mount.unlink(gone.path.removeprefix(root))
        handle = mount.open(changed.path.removeprefix(root), "r+")
        mount.write(handle, bytes(1), changed.size_bytes - 1)
        mount.close(handle)
        handle = mount.open(shorter.path.removeprefix(root), "r+")
        mount.ftruncate(handle, 1000)
        mount.close(handle)
    assert {one.entry.path: one.why for one in place.lost()} == {
        gone.path: "it is not there",
        changed.path: "its contents are others",
        shorter.path: f"it has 1,000 bytes, not {shorter.size_bytes:,}",
    }


@pytest.mark.parametrize(
    "fault", ["an OSD killed", "a host down", "the mon restarted", "the MDS restarted"]
)
def test_no_segment_is_lost_whatever_breaks(
    fault: str,
    make_cluster: Callable[[Layout], Record],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    record = make_cluster(Layout(osds_per_host=2 if fault == "a host down" else 1))

    def away(name: str) -> None:
        faults.kill(record, name)
        time.sleep(AWAY_S)
        faults.start(record, name)

    acts: dict[str, Callable[[], None]] = {
        "an OSD killed": lambda: faults.kill(record, "osd.3"),
        "a host down": lambda: faults.kill(record, *record.layout.on_host("host4")),
        "the mon restarted": lambda: away("mon.a"),
        "the MDS restarted": lambda: away("mds.a"),
    }
    place = place_on(record, tmp_path / "ledger.jsonl", MANY)
    assert place.cameras >= 30
    order = from_now_on(10, SEGMENT_S)
    outcome = at_half(place, order, acts[fault])
    assert outcome.failed == {}
    assert_whole(place, order)
    worst = outcome.count.worst
    assert worst is not None
    with capsys.disabled():
        print(  # noqa: T201  # a figure to be read, not to be judged
            f"\n{fault}: {place.cameras} cameras, {outcome.count.segments} segments, longest wait"
            f" {worst.ms:.0f} ms in {worst.call}, {outcome.count.repeats} begun anew"
        )


def test_a_full_quota_stops_its_commune_and_says_so(place: Place) -> None:
    full, other = place.posts
    share = full.post.share
    volume = {"vol_name": share.filesystem, "sub_name": share.name, "group_name": share.group}
    with connect(place.record.access()) as cluster:
        used = cluster.mgr("fs subvolume info", **volume)["bytes_used"]
        cluster.mgr("fs subvolume resize", new_size=str(used + (64 << 10)), **volume)
        begun = now().replace(microsecond=0)
        order = Order(begun - timedelta(hours=6), begun, 600)
        try:
            outcome = place.work(order)
        finally:
            cluster.mgr("fs subvolume resize", new_size=str(share.quota_bytes), **volume)
    assert list(outcome.failed) == [share.title]
    told = outcome.failed[share.title]
    assert told.what == f"{share.title} records no more: its quota is full"
    assert "maille storage expire" in told.how
    stored = [entry.subvolume for entry in place.entries()]
    assert 0 < stored.count(share.name) < 36 * len(full.post.feeds)
    assert stored.count(other.post.share.name) >= 36 * len(other.post.feeds)
    assert place.lost() == []
    assert unfinished(place) == []


def test_an_evicted_recorder_says_so_and_the_others_go_on(place: Place) -> None:
    evicted, other = place.posts
    order = from_now_on(8, SEGMENT_S)
    outcome = at_half(place, order, lambda: evict(place.record, evicted))
    title = evicted.post.share.title
    assert list(outcome.failed) == [title]
    assert outcome.failed[title].what == (
        f"{title} records no more: the cluster has evicted its session"
    )
    ends = {
        span.end
        for camera, found in by_camera(place.entries()).items()
        for span in found[-1:]
        if camera in {feed.camera for feed in other.post.feeds}
    }
    assert ends == {order.until}
    assert place.lost() == []


def command(place: Place, *words: str) -> list[str]:
    communes = [word for code in (SMALL, OTHER) for word in ("--commune", code)]
    return [
        *(MAILLE, "twin", "record", str(place.ledger.parent), *communes),
        *("--conf", str(place.record.conf), "--scale", "1/20000", "--ledger", str(place.ledger)),
        *("--segment-s", str(SEGMENT_S), "--as-of", AS_OF.isoformat(), *words),
    ]


def until_recording(place: Place, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + PATIENCE_S
    while len(place.entries()) < place.cameras:
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_command_with_all_that_was_filmed(
    number: signal.Signals, place: Place
) -> None:
    process = subprocess.Popen(
        command(place, "--seconds", "600", "--json"), stdout=subprocess.PIPE, encoding="utf-8"
    )
    until_recording(place, process)
    asked = datetime.now(tz=UTC)
    process.send_signal(number)
    out, _ = process.communicate(timeout=PATIENCE_S)
    document = json.loads(out)
    assert process.returncode == 0
    assert document["segments"] == len(place.entries())
    assert document["failed"] == []
    for found in by_camera(place.entries()).values():
        assert found[-1].end > asked - timedelta(seconds=3)
    assert unfinished(place) == []
    read_back = maille(
        *("twin", "recorded", INVENTORY / ESTATE, "--conf", place.record.conf),
        *("--ledger", place.ledger, "--json"),
    )
    assert json.loads(read_back.stdout)["segments"] == document["segments"]
    assert read_back.returncode == 0


def test_who_is_killed_leaves_whole_segments_and_files_that_the_next_start_removes(
    place: Place,
) -> None:
    process = subprocess.Popen(
        command(place, "--seconds", "600", "--quiet"), stdout=subprocess.DEVNULL, encoding="utf-8"
    )
    until_recording(place, process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=PATIENCE_S)
    begun = time.monotonic()
    with (
        connect(place.record.access()) as cluster,
        own_sessions(cluster, place.filesystem, place.own),
    ):
        require_vacant(cluster, place.filesystem, [one.post for one in place.posts])
    left = unfinished(place)
    assert left
    assert all(path.endswith(".mp4.part") for path in left)
    assert_segments_whole(place)
    outcome = place.work(from_now_on(2, SEGMENT_S))
    assert time.monotonic() - begun < SESSION_S / 2
    assert outcome.removed == len(left)
    assert unfinished(place) == []
    assert place.lost() == []


def test_a_key_that_is_in_use_is_not_used_again(place: Place) -> None:
    one, other = place.posts
    with place.folder_of(one) as mount, connect(place.record.access()) as cluster:
        with pytest.raises(UsageError, match=rf"`{one.post.entity}` is in use from "):
            require_vacant(cluster, place.filesystem, [one.post, other.post])
        require_vacant(cluster, place.filesystem, [other.post])
        mount.mkdirs("/still-at-work", 0o750)
        mount.rmdir("/still-at-work")


def assert_segments_whole(place: Place) -> None:
    """See that what has a segment's name is one, in the ledger or just not yet."""
    since = datetime.fromisoformat(min(entry.start for entry in place.entries()))
    known = {entry.path for entry in place.entries()}
    rates = {feed.camera: feed.mbps for one in place.posts for feed in one.post.feeds}
    for one in place.posts:
        with place.folder_of(one) as mount:
            tree = CephTree(mount)
            for segment in segments(tree, "/"):
                if segment.start < since:
                    continue  # of another test
                camera = segment.path.split("/")[1]
                lasts = int((segment.mtime - segment.start).total_seconds())
                content = content_of(camera, Span(segment.start, lasts), rates[camera])
                held = tree.read(segment.path, 0, content.size_bytes + 1)
                assert held == content.read(0, content.size_bytes)
                known.discard(one.folder + segment.path)
    assert known == set()
