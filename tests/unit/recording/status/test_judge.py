"""What of the recordings needs a person, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests import estates
from tests.recordings import NOW, RULE, area

from maille.ceph.facts import Facts, Osd, Problem
from maille.ceph.usage import Usage
from maille.layout.build import layout_of
from maille.layout.scale import Scale
from maille.recording.status.as_document import as_document
from maille.recording.status.as_text import as_text
from maille.recording.status.forecast import Written
from maille.recording.status.judge import judge
from maille.recording.status.model import CameraSeen, Seen, ShareSeen, Status
from maille.retention.expire.evidence import Backlog

if TYPE_CHECKING:
    from maille.layout.model import Layout

SHARE = "malataverne-26169"
CAMERAS = ("26169-0001", "26169-0002")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MB = 10**6


@pytest.fixture(scope="module")
def layout() -> Layout:
    whole = layout_of(estates.built(estates.INVENTORY / "malataverne").blueprint, Scale())
    share = next(one for one in whole.subvolumes.values() if one.commune)
    ours = share.model_copy(update={"name": SHARE, "longest_days": 15.0, "title": "Malataverne"})
    return whole.model_copy(update={"subvolumes": {SHARE: ours}})


def camera(name: str, *, silent_for: timedelta = MINUTE, written: int = 6 * MB) -> CameraSeen:
    """Give a camera that began two hours ago."""
    return CameraSeen(name, NOW - 2 * HOUR, NOW - silent_for, written, NOW - 2 * HOUR)


def facts(*problems: Problem, hosts: int = 7, used: int = 10) -> Facts:
    osds = tuple(
        Osd(n, f"host{n}", "hdd", 100, used, up=True, taken=True, placement_groups=1)
        for n in range(hosts)
    )
    return Facts(
        fsid="0000",
        release=16,
        version="16.2.15",
        osds=osds,
        racks=3,
        problems=problems,
        nearfull_ratio=0.85,
        backfillfull_ratio=0.9,
        full_ratio=0.95,
    )


def seen(*cameras: CameraSeen, quota: int = 1000 * MB, used: int = 12 * MB) -> Seen:
    usage = Usage(SHARE, "/p", quota, used, 1, 0, empty=False)
    share = ShareSeen(
        usage,
        {one.camera: one for one in cameras},
        (Written(NOW - 2 * HOUR, NOW, used),),
    )
    return Seen(NOW, 6, {SHARE: share}, facts(), Backlog(0, 0, 0))


BOTH = tuple(map(camera, CAMERAS))


def judged(layout: Layout, found: Seen) -> Status:
    return judge(layout, {SHARE: area(*CAMERAS)}, found)


def codes(status: Status) -> list[str]:
    return [finding.code for finding in status.findings]


def test_a_share_that_is_written_to_and_has_room_needs_nobody(layout: Layout) -> None:
    quiet = judged(layout, seen(*BOTH, quota=10_000 * MB))
    assert codes(quiet) == []
    (share,) = quiet.shares
    assert share.rate_mbps == pytest.approx(2 * 6 * 8 / 7200)
    assert (share.held(NOW), share.cameras, share.fills_at) == (2 * HOUR, 2, None)
    assert "nothing needs a person" in as_text(quiet)


def test_a_share_that_fills_before_its_oldest_image_may_go_is_told_with_both(
    layout: Layout,
) -> None:
    status = judged(layout, seen(*BOTH, quota=12 * MB + 12 * MB * 12))
    assert codes(status) == ["R040"]
    assert status.shares[0].fills_at == NOW + 24 * HOUR
    (finding,) = status.findings
    # the oldest goes 15 d after its start, so 14 d less two hours later
    assert "is full in 1 d" in finding.what
    assert "its oldest image may go 13 d 22 h later" in finding.what


def test_a_full_share_is_told_as_full_alone(layout: Layout) -> None:
    status = judged(layout, seen(*BOTH, quota=12 * MB))
    assert codes(status) == ["R041"]


def test_a_share_that_is_not_there_is_told(layout: Layout) -> None:
    status = judged(layout, replace(seen(), shares={}))
    assert codes(status) == ["R042"]
    assert "missing" in as_text(status)


def test_cameras_are_silent_after_a_segment_and_the_threshold(layout: Layout) -> None:
    just = RULE.longest_segment
    quota = 10_000 * MB
    on_time = [camera(one, silent_for=just) for one in CAMERAS]
    assert codes(judged(layout, seen(*on_time, quota=quota))) == []
    late = camera(CAMERAS[1], silent_for=just + MINUTE)
    status = judged(layout, seen(on_time[0], late, quota=quota))
    assert codes(status) == ["R043"]
    assert "1 of 2 cameras wrote nothing lately: 26169-0002 since 2026-11-22 11:48" in str(
        status.findings[0].what
    )
    status = judged(layout, seen(on_time[0], quota=quota))
    assert "1 of them ever: 26169-0002" in status.findings[0].what


def test_a_share_that_the_inventory_has_no_more_is_listed(layout: Layout) -> None:
    found = seen(*BOTH, quota=10_000 * MB)
    left = ShareSeen(Usage("malataverne-26000", "/q", 5 * MB, 3 * MB, 1, 0, empty=False), {}, ())
    status = judged(layout, replace(found, shares={**found.shares, "malataverne-26000": left}))
    assert codes(status) == []
    assert [share.used_bytes for share in status.shares] == [12 * MB, 3 * MB]
    assert "malataverne-26000" in as_text(status, every=True)


def test_files_of_a_vms_are_not_read_and_its_cameras_not_judged(layout: Layout) -> None:
    theirs = replace(area(*CAMERAS), owner="vms")
    found = seen(used=900 * MB)
    status = judge(layout, {SHARE: theirs}, found)
    assert codes(status) == []
    assert status.shares[0].rate_mbps is None


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"facts": facts(hosts=4)}, "3 hosts would be left for 4 chunks"),
        ({"facts": facts(used=80)}, "would fill a disk to 93%; nearfull is 85%"),
        ({"facts": facts(Problem("OSD_NEARFULL", False, "1 nearfull"))}, "OSD_NEARFULL: 1"),
        ({"backlog": Backlog(8, 5, 0)}, "13 files wait to be erased, an expiry period unlinks 12"),
    ],
)
def test_the_cluster_comes_first(layout: Layout, changed: dict[str, object], told: str) -> None:
    found = replace(seen(*BOTH, quota=12 * MB), **changed)  # type: ignore[arg-type]
    first, second = judged(layout, found).findings
    assert told in first.what
    assert second.code == "R041"


def test_erasing_as_much_as_expires_in_a_period_is_no_lag(layout: Layout) -> None:
    found = replace(seen(*BOTH, quota=10_000 * MB), backlog=Backlog(6, 6, 2))
    assert codes(judged(layout, found)) == []


def test_a_wide_estate_is_cut_to_what_needs_a_person_and_says_so(layout: Layout) -> None:
    share = layout.subvolumes[SHARE]
    many = {
        f"wide-{n:05}": share.model_copy(
            update={"name": f"wide-{n:05}", "title": f"Commune-du-Bout-du-Monde-{n}"}
        )
        for n in range(640)
    }
    wide = layout.model_copy(update={"subvolumes": many})
    one = seen(*BOTH, quota=10_000 * MB).shares[SHARE]
    found = replace(seen(), shares=dict.fromkeys(many, one))
    del found.shares["wide-00007"]  # type: ignore[attr-defined]  # a dict that a test made
    status = judge(wide, {}, found)
    short, whole = as_text(status), as_text(status, every=True)
    assert len(short.splitlines()) < 20
    assert "639 more: --all lists them" in short
    assert "Commune-du-Bout-du-Monde-7" in short
    assert len(whole.splitlines()) > 640
    assert max(map(len, whole.splitlines())) <= 100
    document = as_document(status)
    assert len(document["shares"]) == 640
    assert document["findings"][0]["code"] == "R042"
