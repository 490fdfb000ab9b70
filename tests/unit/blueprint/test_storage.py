"""The sizing formulas against the reference vector, and their properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.blueprint.storage import (
    TB,
    TIB,
    ClusterShape,
    Keeping,
    bytes_for,
    heal_hours,
    hosts_for,
    placement_groups,
    plan_storage,
    quota_bytes,
    raw_bytes_for,
    usable_bytes,
)

REFERENCE_MBPS = 225 * 3 + 150 * 4 + 50 * 12 + 75 * 4


def shape(k: int, m: int, hosts: int, osds: int = 24, osd_tb: float = 16) -> ClusterShape:
    return ClusterShape(k, m, hosts, osds, round(osd_tb * TB), 150.0, 0.80)


def test_reference_vector() -> None:
    """500 cameras write 2,175 Mbit/s: 23.49 TB a day, 352.35 TB (320.5 TiB) in 15 days."""
    assert REFERENCE_MBPS == 2175
    assert bytes_for(REFERENCE_MBPS, 1) / TB == pytest.approx(23.49)
    need = bytes_for(REFERENCE_MBPS, 15)
    assert need / TB == pytest.approx(352.35)
    assert round(need / TIB, 1) == 320.5


@pytest.mark.parametrize(("k", "m", "hosts", "raw_tb"), [(4, 2, 7, 770.8), (8, 3, 12, 660.7)])
def test_raw_capacity_of_the_reference_vector(k: int, m: int, hosts: int, raw_tb: float) -> None:
    raw = raw_bytes_for(bytes_for(REFERENCE_MBPS, 15), shape(k, m, hosts))
    assert round(raw / TB, 1) == raw_tb


def test_one_mbps_is_ten_point_eight_gigabytes_a_day() -> None:
    assert bytes_for(1, 1) == 10_800_000_000


def test_quota_covers_the_segment_being_written_and_the_period_until_erasure() -> None:
    keeping = Keeping(days=15, segment_days=10 / 1440, expiry_days=60 / 1440, margin=0.25)
    assert quota_bytes(1, keeping) == round(bytes_for(1, 15 + 70 / 1440) * 1.25)


def test_a_cluster_that_cannot_heal_is_refused() -> None:
    with pytest.raises(ValueError, match="two hosts"):
        raw_bytes_for(1, shape(1, 1, 1))


@pytest.mark.parametrize(
    ("k", "m", "hosts", "osds", "groups"),
    [
        (4, 2, 7, 12, 1024),  # 84 x 100 / 6 = 1,400: nearer to 1,024 than to 2,048
        (8, 3, 12, 24, 2048),  # 288 x 100 / 11 = 2,618
        (2, 2, 5, 1, 128),  # 5 x 100 / 4 = 125
        (2, 1, 3, 1, 128),  # 3 x 100 / 3 = 100
    ],
)
def test_placement_groups_are_the_nearest_power_of_two(
    k: int, m: int, hosts: int, osds: int, groups: int
) -> None:
    assert placement_groups(shape(k, m, hosts, osds)) == groups


def test_healing_a_host_takes_what_the_others_can_write_beside_their_work() -> None:
    """24 disks of 16 TB, 80 % full, on 6 x 24 disks at a quarter of 150 MB/s."""
    assert heal_hours(shape(4, 2, 7)) == pytest.approx(307.2e12 / (144 * 37.5e6) / 3600)


def test_what_is_written_is_coded_and_has_headroom() -> None:
    keeping = Keeping(15, 0, 0, 0)
    plan = plan_storage([(2175, keeping)], shape(4, 2, 7), "server", 0.02)

    # 271.9 MB/s x 1.5 x (4 + 2) / 4
    assert plan.write_mb_s == pytest.approx(611.7, abs=0.1)
    assert plan.hold_bytes == round(plan.need_bytes * 0.02)


def test_hosts_are_never_fewer_than_healing_needs() -> None:
    assert hosts_for(1, shape(4, 2, 7)) == 7


@given(
    quota=st.integers(10**9, 10**18),
    k=st.integers(2, 10),
    m=st.integers(2, 4),
    osds=st.integers(1, 60),
)
def test_hosts_for_is_the_smallest_number_that_carries_the_quota(
    quota: int, k: int, m: int, osds: int
) -> None:
    hosts = hosts_for(quota, shape(k, m, 2, osds))
    assert usable_bytes(shape(k, m, hosts, osds)) >= quota * (1 - 1e-9)
    if hosts > k + m + 1:
        assert usable_bytes(shape(k, m, hosts - 1, osds)) < quota


@given(
    k=st.integers(2, 12), m=st.integers(2, 4), hosts=st.integers(7, 200), osds=st.integers(1, 60)
)
def test_placement_groups_are_a_power_of_two_within_the_limit(
    k: int, m: int, hosts: int, osds: int
) -> None:
    groups = placement_groups(shape(k, m, hosts, osds))
    assert groups & (groups - 1) == 0
    assert groups == 1 or groups * (k + m) <= 250 * hosts * osds
