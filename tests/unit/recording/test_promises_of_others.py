"""Two estates on one cluster are sized for each other's quotas, used or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.estates import INVENTORY, built

from maille.ceph.facts import Facts, Osd
from maille.ceph.promises import Promise
from maille.layout.build import layout_of
from maille.recording.preflight.judge import judge, raw_elsewhere

if TYPE_CHECKING:
    from maille.layout.model import Layout

GIB = 1 << 30
OTHER = "chartres-sud-ec-4-2"


@pytest.fixture(scope="module")
def layout() -> Layout:
    return layout_of(built(INVENTORY / "chartres").blueprint)


def facts_of(raw_bytes: int) -> Facts:
    """Give a cluster of eight hosts, with one disk each."""
    osds = tuple(
        Osd(n, f"host{n}", device_class, size, 0, up=True, taken=True, placement_groups=0)
        for n in range(8)
        for device_class, size in (("hdd", raw_bytes // 8), ("ssd", GIB))
    )
    return Facts("0" * 36, 16, "16.2.15", osds, 3, (), 0.85, 0.9, 0.95)


def short_of_room(layout: Layout, facts: Facts, *promised: Promise) -> bool:
    return "R004" in {one.code for one in judge(layout, facts, {}, promised)}


def test_a_cluster_that_one_estate_fills_has_no_room_for_another(layout: Layout) -> None:
    just = int(layout.quota_bytes * 1.5 / layout.fill_target * 8 / 7) + 8 * GIB
    facts = facts_of(just)
    theirs = Promise(OTHER, "hdd", used_bytes=0, quotas_bytes=layout.quota_bytes * 3 // 2)
    assert not short_of_room(layout, facts)
    assert short_of_room(layout, facts, theirs)
    assert not short_of_room(layout, facts_of(2 * just), theirs)


def test_what_others_use_and_may_use_counts_once(layout: Layout) -> None:
    assert raw_elsewhere(layout, [Promise(OTHER, "hdd", 3, 5)]) == 5
    assert raw_elsewhere(layout, [Promise(OTHER, "hdd", 7, 5)]) == 7
    assert raw_elsewhere(layout, [Promise("any", None, 2, 0), Promise(OTHER, "hdd", 0, 5)]) == 7


def test_own_pools_and_disks_of_another_class_do_not_count(layout: Layout) -> None:
    own = [Promise(pool.name, "hdd", 9, 9) for pool in layout.pools]
    assert raw_elsewhere(layout, [*own, Promise("block", "ssd", 9, 0)]) == 0
