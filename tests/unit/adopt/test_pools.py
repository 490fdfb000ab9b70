"""Pools around what runs: they hold it, touch nothing else, and leave room."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from maille.adopt.pools import prefix_pools, vlan_pools
from maille.inventory.schema.settings import VlanPools

POOLS = ("video", "management", "centre", "transit", "loopbacks")


@st.composite
def plans(draw: st.DrawFn) -> dict[str, list[IPv4Network]]:
    """Draw disjoint private prefixes, each for a pool."""
    found: dict[str, list[IPv4Network]] = {name: [] for name in POOLS}
    for _ in range(draw(st.integers(0, 14))):
        length = draw(st.integers(22, 32))
        base = draw(
            st.sampled_from((10 << 24, (172 << 24) + (16 << 16), (192 << 24) + (168 << 16)))
        )
        net = IPv4Network((base + (draw(st.integers(0, 2**14 - 1)) << 2), length), strict=False)
        if not any(net.overlaps(other) for nets in found.values() for other in nets):
            found[draw(st.sampled_from(POOLS))].append(net)
    return found


@given(plans())
def test_prefix_pools_hold_what_runs_and_do_not_overlap(plan: dict[str, list[IPv4Network]]) -> None:
    pools = prefix_pools(plan)
    for name, nets in plan.items():
        assert all(any(net.subnet_of(pool) for pool in pools[name]) for net in nets)
        assert pools[name]
    every = [pool for nets in pools.values() for pool in nets]
    assert not [(a, b) for a, b in combinations(every, 2) if a.overlaps(b)]
    assert all(pool.is_private for pool in every)


def test_a_pool_is_joined_and_has_room() -> None:
    running = {"video": [IPv4Network("10.28.0.0/26"), IPv4Network("10.28.3.0/25")]}
    (video,) = prefix_pools(running)["video"]
    assert video == IPv4Network("10.28.0.0/18")


def test_what_lies_between_two_prefixes_is_left_alone() -> None:
    running = {
        "video": [IPv4Network("10.0.0.0/24"), IPv4Network("10.0.2.0/24")],
        "management": [IPv4Network("10.0.1.0/24")],
    }
    pools = prefix_pools(running)
    assert pools["video"] == [IPv4Network("10.0.0.0/24"), IPv4Network("10.0.2.0/23")]
    assert pools["management"] == [IPv4Network("10.0.1.0/24")]


@given(
    st.sets(st.integers(2, 4094), max_size=20),
    st.sets(st.integers(2, 4094), max_size=8),
    st.none() | st.integers(2, 900),
    st.lists(st.integers(2, 4094), max_size=2, unique=True),
)
def test_vlan_pools_are_ranges_that_do_not_meet(
    access: set[int], centre: set[int], transit: int | None, nowhere: list[int]
) -> None:
    pools = vlan_pools(access, centre, transit, nowhere)
    spans = [set(VlanPools.bounds(str(pools[name]))) for name in ("access", "centre", "transit")]
    assert not [1 for a, b in combinations(spans, 2) if a & b]
    reserved = {1, 1002, 1003, 1004, 1005, pools["blackhole"], pools["native"]}
    assert not set.union(*spans) & reserved
    assert pools["blackhole"] != pools["native"]


def test_the_transit_pool_begins_with_the_tags_that_run() -> None:
    pools = vlan_pools([100], [700], 750, [998, 999])
    assert str(pools["transit"]).startswith("750-")
    assert (pools["blackhole"], pools["native"]) == (998, 999)
