"""What is decided before and after a run, without a cluster: room, shares that stay, reach."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.estates import INVENTORY, built

from maille.ceph.errors import CephError
from maille.ceph.facts import Facts, Osd, Problem
from maille.ceph.usage import Usage
from maille.errors import UsageError
from maille.layout.build import layout_of
from maille.recording.drift.reaching import reaches
from maille.recording.leaving import hold_back
from maille.recording.preflight.judge import judge, require_fit
from maille.recording.preflight.throughput import Planned, too_slow
from maille.recording.stack.place import Place, release_dead_locks
from maille.recording.stack.targets import targets_of

if TYPE_CHECKING:
    from pathlib import Path

    from maille.layout.model import Layout

SHARE = "malataverne-26169"
TB = 10**12


@pytest.fixture(scope="module")
def layout() -> Layout:
    whole = layout_of(built(INVENTORY / "malataverne").blueprint)
    pool = whole.data_pool.model_copy(update={"pg_num": 128})  # for one disk a host
    return whole.model_copy(update={"data_pool": pool})


def facts(hosts: int = 5, size_bytes: int = 20 * TB, **changed: Any) -> Facts:  # noqa: ANN401
    osds = tuple(
        Osd(number, f"host{number}", "hdd", size_bytes, 0, up=True, taken=True, placement_groups=9)
        for number in range(hosts)
    )
    whole = Facts("f" * 32, 16, "16.2.15", osds, 1, (), 0.85, 0.9, 0.95)
    return replace(whole, **changed)


def codes(layout: Layout, found: Facts) -> list[str]:
    return [finding.code for finding in judge(layout, found, {})]


def test_a_cluster_that_is_large_enough_lacks_nothing(layout: Layout) -> None:
    assert codes(layout, facts()) == []


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (facts(release=15), "R001"),
        (facts(problems=(Problem("OSD_FULL", True, "1 full"),)), "R002"),
        (facts(hosts=4), "R003"),
        (facts(size_bytes=TB // 10), "R004"),
        (facts(hosts=2), "R006"),
        (facts(problems=(Problem("OSD_NEARFULL", False, "1 nearfull"),)), "R008"),
    ],
)
def test_each_lack_has_its_code(layout: Layout, found: Facts, code: str) -> None:
    assert code in codes(layout, found)


def test_disks_that_carry_too_many_placement_groups_are_told(layout: Layout) -> None:
    busy = tuple(replace(osd, placement_groups=400) for osd in facts().osds)
    assert "R005" in codes(layout, facts(osds=busy))


def test_disks_that_cannot_keep_up_are_told_with_the_numbers(layout: Layout) -> None:
    fast = layout.model_copy(update={"write_mb_s": 700.0})
    planned = Planned(disk_mb_s=261.0, playback_mb_s=100.0)
    assert list(too_slow(fast, facts(), planned)) == []
    assert list(too_slow(fast, facts(), replace(planned, playback_mb_s=345.0))) != []
    osds = [replace(osd, rotational=True) for osd in facts().osds]
    osds[1] = replace(osds[1], write_iops=20.0)
    osds[2] = replace(osds[2], sequential_mb_s=200.0)
    osds[3] = replace(osds[3], sequential_mb_s=200.0)
    (told,) = too_slow(fast, facts(osds=tuple(osds)), planned)
    assert (told.code, told.fails, told.subject) == ("R009", True, "host2")
    assert told.what == (
        "800 MB/s of writing and playback, coding and headroom among it, are more than 4 disks do"
        " with host2 lost, 557 MB/s: 2 at 157 MB/s, which rotate; 1 at 200 MB/s, as set on the"
        " cluster; 1 at 42 MB/s, by their measured operations a second"
    )


def test_disks_that_are_down_or_out_do_not_count(layout: Layout) -> None:
    osds = list(facts().osds)
    osds[0] = replace(osds[0], up=False)
    assert "R003" in codes(layout, facts(osds=tuple(osds)))


def test_all_that_speaks_against_a_cluster_is_told_and_warnings_pass(layout: Layout) -> None:
    with pytest.raises(CephError, match=r"(?s)R001.*R004"):
        require_fit(judge(layout, facts(release=15, size_bytes=TB // 10), {}))
    warned = judge(layout, facts(problems=(Problem("OSD_NEARFULL", False, "1"),)), {})
    assert require_fit(warned) == warned


def usage(name: str, used: int, files: int, quota: int = 10**12) -> Usage:
    return Usage(name, f"/volumes/malataverne/{name}/x", quota, used, files, 0, empty=not files)


def test_a_share_that_is_wanted_no_more_stays_while_it_holds_a_file(layout: Layout) -> None:
    live = {"gone": usage("gone", 0, 1), "empty": usage("empty", 0, 0), "theirs": usage("t", 9, 9)}
    ours = frozenset({"gone", "empty"})
    kept, held = hold_back(layout, live, ours)
    assert [one.share.name for one in held] == ["gone"]
    assert held[0].leaving
    assert kept.subvolumes["gone"].quota_bytes == 10**12
    assert hold_back(layout, live, ours, erase={"gone"}) == (layout, ())


def test_a_quota_is_not_lowered_below_what_is_in_use(layout: Layout) -> None:
    wanted = layout.subvolumes[SHARE].quota_bytes
    before = 2 * wanted
    kept, held = hold_back(layout, {SHARE: usage(SHARE, wanted + 1, 3, before)}, frozenset({SHARE}))
    assert kept.subvolumes[SHARE].quota_bytes == before
    assert held[0].wanted_bytes == wanted
    assert hold_back(layout, {SHARE: usage(SHARE, wanted, 3, before)}, frozenset())[1] == ()


@pytest.mark.parametrize(
    ("caps", "reached"),
    [
        ({"osd": "allow r"}, True),
        ({"osd": "allow *"}, True),
        ({"osd": "allow r pool=malataverne-ec-2-2"}, True),
        ({"osd": f"allow r pool=malataverne-ec-2-2 namespace=fsvolumens_{SHARE}"}, True),
        ({"osd": "allow r namespace=fsvolumens_malataverne-*"}, True),
        ({"osd": "allow r pool=other"}, False),
        ({"osd": "allow r pool=malataverne-ec-2-2 namespace=other"}, False),
        ({"osd": "profile rbd"}, False),
        ({"mds": "allow r"}, True),
        ({"mds": "allow r path=/"}, True),
        ({"mds": "allow rw path=/volumes/malataverne/x"}, True),
        ({"mds": "allow r path=/volumes/malataverne-2"}, False),
        ({"mds": "allow r fsname=other"}, False),
        ({"mon": "allow *"}, False),
    ],
)
def test_a_key_reaches_recordings_by_pool_and_namespace_or_by_folder(
    layout: Layout, caps: dict[str, str], *, reached: bool
) -> None:
    assert reaches(caps, layout) is reached


def test_a_run_is_limited_to_the_communes_that_are_named(layout: Layout) -> None:
    assert targets_of(layout, []) == ()
    found = targets_of(layout, ["26169"])
    assert f"**ceph:index:Subvolume::{SHARE}" in found
    assert not [one for one in found if "holds" in one]
    with pytest.raises(UsageError, match="26196"):
        targets_of(layout, ["26196"])


def test_only_locks_of_engines_that_are_gone_are_removed(tmp_path: Path) -> None:
    place = Place(tmp_path / "work", f"file://{tmp_path}", "")
    locks = tmp_path / ".pulumi" / "locks" / "organization"
    locks.mkdir(parents=True)
    here = socket.gethostname()
    for name, pid, host in (
        ("dead", 2**22 + 1, here),
        ("another-program", os.getpid(), here),
        ("elsewhere", 2**22 + 1, "another-machine"),
    ):
        text = json.dumps({"pid": pid, "hostname": host})
        (locks / f"{name}.json").write_text(text, encoding="utf-8")
    (locks / "damaged.json").write_text("{", encoding="utf-8")
    release_dead_locks(place)
    assert sorted(lock.stem for lock in locks.iterdir()) == ["damaged", "elsewhere"]
