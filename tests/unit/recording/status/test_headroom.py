"""Whether a cluster could lose a host now."""

from __future__ import annotations

import pytest

from maille.ceph.facts import Osd
from maille.ceph.model import ErasureCodeProfile
from maille.recording.status.headroom import usable_bytes, worst_loss


def osds(*used: int, size: int = 100, up: bool = True) -> list[Osd]:
    """Give one disk a host."""
    return [
        Osd(n, f"host{n}", "hdd", size, part, up, taken=True, placement_groups=1)
        for n, part in enumerate(used)
    ]


def test_what_a_lost_host_held_comes_to_the_others_by_their_size() -> None:
    loss = worst_loss(osds(60, 30, 30, 30, 30))
    assert loss is not None
    # not the fullest host's loss is the worst (30 + 15), but another's: 60 + 30 / 4
    assert loss.hosts_left == 4
    assert loss.fullest == pytest.approx(0.675)
    assert loss.host != "host0"


def test_disks_that_are_down_heal_nothing() -> None:
    loss = worst_loss([*osds(50, 50), *osds(0, 0, 0, up=False)[2:]])
    assert loss is not None
    assert loss.hosts_left == 1
    assert loss.fullest == pytest.approx(1.0)
    assert worst_loss(osds(10)) is None


def test_quotas_are_carried_coded_filled_to_target_and_with_the_largest_host_lost() -> None:
    code = ErasureCodeProfile(name="c", k=4, m=2, failure_domain="host", device_class="hdd")
    disks = [*osds(*[0] * 6), *osds(*[0] * 7, size=200)[6:]]
    assert usable_bytes(disks, code, 0.75) == 300
