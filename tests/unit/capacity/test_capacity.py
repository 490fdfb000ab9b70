"""Loads and outages, case by case, with numbers that can be checked by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.unit.capacity.builders import RECORDERS, Plan

from maille.blueprint.capacity import capacity
from maille.inventory.schema.settings import LiveViewing

if TYPE_CHECKING:
    from maille.blueprint.capacity import CapacityReport, Outage


def estate(*, mbps: float = 100, uplinks: bool = True, peer: bool = True) -> Plan:
    """Draw a ring of three members with a camera each, on an aggregation pair."""
    plan = Plan()
    plan.pair("core", "c1", "c2")
    plan.pair("agg", "a1", "a2")
    plan.recorders = {"rec": (("c1", "c2"),)}
    if uplinks:
        plan.transit("a1", "c1")
        plan.transit("a2", "c2")
    plan.transit("c1", "c2")
    if peer:
        plan.transit("a1", "a2")
    plan.ring("nord", "agg", ["m1", "m2", "m3"])
    for member in ("m1", "m2", "m3"):
        plan.camera(f"cam-{member}", member, mbps=mbps)
    return plan


def loads(report: CapacityReport, *links: str) -> list[float]:
    return [report.normal[link].load_mbps for link in links]


def outage(report: CapacityReport, kind: str, ident: str) -> Outage:
    for found in report.outages:
        if found.failure and (found.failure.kind, found.failure.id) == (kind, ident):
            return found
    raise KeyError(ident)


def test_streams_add_up_on_their_way_to_the_recorder() -> None:
    report = capacity(estate().blueprint())
    assert loads(report, "nord/0", "nord/1", "nord/2", "nord/3") == [200, 100, 0, 100]
    assert loads(report, "agg-peer", "a1-c1", "a2-c2") == [100, 300, 0]


def test_a_cut_ring_sends_all_its_cameras_one_way_and_the_cut_is_named() -> None:
    report = capacity(estate(mbps=250).blueprint())
    worst = report.worst_by_link["nord/3"]
    assert (worst.load_mbps, worst.capacity_mbps, worst.share) == (750, 1000, 0.75)
    assert worst.failure is not None
    assert (worst.failure.kind, worst.failure.id) == ("link", "nord/0")
    named = {load.failure.id for load in report.overloads if load.failure}
    cuts = {"nord/0", "cable-nord-0", "nord/3", "cable-nord-3"}
    assert named == cuts | {"agg-peer", "a1", "a2"}
    assert {load.link for load in report.overloads} == {"nord/0", "nord/3"}


@pytest.mark.parametrize(("mbps", "above"), [(200.0, False), (200.001, True)])
def test_the_limit_itself_is_not_above_the_limit(mbps: float, *, above: bool) -> None:
    report = capacity(estate(mbps=mbps).blueprint())
    assert bool(report.overloads) is above


def test_what_is_overloaded_already_is_told_once() -> None:
    """The uplink carries 900 of 1,000 Mbit/s, whatever fails further down."""
    plan = estate(mbps=300)
    plan.links["a1-c1"] = replace(plan.links["a1-c1"], capacity_mbps=1000.0)
    report = capacity(plan.blueprint())
    uplink = [load for load in report.overloads if load.link == "a1-c1"]
    assert [load.failure for load in uplink] == [None]


@pytest.mark.parametrize(
    ("live", "expected"),
    [
        (LiveViewing(mode="relayed"), 300),
        (LiveViewing(mode="direct", viewed_share=1.0), 600),
        (LiveViewing(mode="direct", viewed_share=0.5), 450),
    ],
)
def test_only_direct_viewing_costs_the_network(live: LiveViewing, expected: float) -> None:
    plan = estate()
    plan.live = live
    assert loads(capacity(plan.blueprint()), "a1-c1") == [expected]


def test_direct_viewing_ends_at_the_core_and_recording_at_its_switch() -> None:
    plan = estate()
    plan.live = LiveViewing(mode="direct", viewed_share=1.0)
    plan.recorders = {"rec": (("c2",),)}
    report = capacity(plan.blueprint())
    assert loads(report, "a1-c1", "core-peer") == [600, 300]


def test_the_two_directions_of_a_link_are_not_added() -> None:
    """Each core has a recorder that the other's cameras use."""
    plan = Plan()
    plan.pair("core", "c1", "c2")
    plan.recorders = {"rec": (("c1",),), "other": (("c2",),)}
    plan.ring("nord", "core", ["m1", "m2"])
    plan.camera("here", "m1", mbps=100, recorder="other")
    plan.camera("there", "m2", mbps=70)
    assert loads(capacity(plan.blueprint()), "core-peer") == [100]


def test_equal_uplinks_share_and_a_dearer_one_waits() -> None:
    plan = estate()
    plan.transit("a1", "c2")
    report = capacity(plan.blueprint())
    assert loads(report, "a1-c1", "a1-c2") == [150, 150]
    plan.links["a1-c2"] = replace(plan.links["a1-c2"], ospf_cost=11)
    assert loads(capacity(plan.blueprint()), "a1-c1", "a1-c2") == [300, 0]


def test_half_an_aggregated_link_has_half_its_capacity_and_keeps_its_place() -> None:
    plan = estate(mbps=350)
    plan.link(
        "nord/0",
        ("a1", "m1"),
        role="ring",
        pair="agg",
        ring="nord",
        segments=("nord/cam", "nord/mgmt"),
        strands=[("east",), ("west",)],
    )
    report = capacity(plan.blueprint())
    thinned = [load for load in report.overloads if load.failure and load.failure.id == "east"]
    assert [(load.link, load.load_mbps, load.capacity_mbps) for load in thinned] == [
        ("nord/0", 700, 1000)
    ]
    assert report.worst_by_link["nord/0"].share == 0.7


def test_one_cable_for_two_links_of_a_ring_cuts_off_who_is_between() -> None:
    plan = estate()
    for link in ("nord/1", "nord/2"):
        strand = replace(plan.links[link].strands[0], cables=("shared",))
        plan.links[link] = replace(plan.links[link], strands=(strand,))
    found = outage(capacity(plan.blueprint()), "cable", "shared")
    assert (found.cameras, found.switches) == (("cam-m2",), ("m2",))
    assert found.stranded == ()


def test_a_supply_takes_its_switches_and_who_is_between_them() -> None:
    plan = estate()
    for member in ("m1", "m3"):
        plan.switches[member] = replace(plan.switches[member], supplies=("lamp",))
    found = outage(capacity(plan.blueprint()), "supply", "lamp")
    assert found.cameras == ("cam-m1", "cam-m2", "cam-m3")
    assert found.switches == ("m2",)


def test_a_second_feed_keeps_a_switch_running() -> None:
    plan = estate()
    for member in ("m1", "m3"):
        plan.switches[member] = replace(plan.switches[member], supplies=("lamp", f"own-{member}"))
    with pytest.raises(KeyError):
        outage(capacity(plan.blueprint()), "supply", "lamp")


def test_a_trunk_without_the_vlan_strands_a_segment_though_the_tree_is_whole() -> None:
    plan = estate()
    plan.allow("nord/2", "nord/mgmt")
    found = outage(capacity(plan.blueprint()), "link", "nord/0")
    assert found.cameras == ("cam-m1", "cam-m2")
    assert found.stranded == ("nord/cam",)
    assert found.switches == ()


def test_a_peer_link_that_lacks_a_vlan_splits_it() -> None:
    """The tree runs over the peer link; the far half of the ring has the other gateway."""
    plan = estate()
    plan.allow("agg-peer", "nord/mgmt")
    report = capacity(plan.blueprint())
    assert (report.outages[0].failure, report.outages[0].split) == (None, ("nord/cam",))
    assert report.outages[0].cameras == ()
    assert loads(report, "a1-c1", "a2-c2") == [200, 100]


def test_a_cut_peer_link_splits_what_no_other_link_carries() -> None:
    """One ring takes over for the peer link: the VLANs of the other ring are not on it."""
    plan = estate()
    plan.ring("sud", "agg", ["n1"])
    plan.switches["n1"] = replace(plan.switches["n1"], stp_priority=28672)
    plan.camera("cam-n1", "n1", mbps=10)
    found = outage(capacity(plan.blueprint()), "link", "agg-peer")
    assert found.split == ("nord/cam", "nord/mgmt")
    assert found.cameras == ()


def test_a_master_without_routes_loses_its_cameras() -> None:
    report = capacity(estate(peer=False).blueprint())
    found = outage(report, "link", "a1-c1")
    assert found.cameras == ("cam-m1", "cam-m2", "cam-m3")
    assert found.switches == ("a1", "m1", "m2", "m3")


def test_a_master_without_uplink_routes_by_its_peer() -> None:
    report = capacity(estate().blueprint())
    assert report.worst_by_link["a1-a2"].load_mbps == 300
    with pytest.raises(KeyError):
        outage(report, "link", "a1-c1")


def test_an_adjacency_over_a_blocked_peer_link_comes_up_when_the_ring_is_cut() -> None:
    """The ring is the cheaper way between the two, so the peer link blocks until it is cut."""
    plan = estate()
    peer, routed = plan.links["agg-peer"], plan.links.pop("a1-a2")
    dear = replace(peer.b, stp_cost=10**6)
    plan.links["agg-peer"] = replace(peer, b=dear, transit=routed.transit, ospf_cost=10)
    del plan.links["a1-c1"]
    report = capacity(plan.blueprint())
    assert report.outages[0].cameras == ("cam-m1", "cam-m2", "cam-m3")
    cut = report.worst_by_link["a2-c2"]
    assert (cut.load_mbps, cut.failure and cut.failure.id) == (300, "nord/0")


def test_the_secondary_takes_over_for_the_primary() -> None:
    report = capacity(estate().blueprint())
    assert report.worst_by_link["a2-c2"].load_mbps == 300
    with pytest.raises(KeyError):
        outage(report, "switch", "a1")


def test_a_lost_recorder_is_told_as_one_thing() -> None:
    plan = estate()
    plan.recorders = {"rec": (("c2",),)}
    found = outage(capacity(plan.blueprint()), "switch", "c2")
    assert (found.cameras, found.detached) == ((), ("rec",))


def test_a_recorder_on_both_cores_outlives_either() -> None:
    detached = {
        found.failure.id: found.detached
        for found in capacity(estate().blueprint()).outages
        if found.failure and "rec" in found.detached
    }
    assert detached == {}


def test_a_recorder_that_two_cores_claim_is_out_of_reach_for_half_the_ways() -> None:
    """Without the peer link the standby core still answers for the recorders' segment."""
    plan = estate()
    plan.transit("a1", "c2")
    found = outage(capacity(plan.blueprint()), "link", "core-peer")
    assert found.split == (RECORDERS,)
    assert found.cameras == ("cam-m1", "cam-m2", "cam-m3")


def test_equal_recorder_hosts_share_and_stand_in_for_each_other() -> None:
    plan = estate()
    plan.recorders = {"rec": (("c1",), ("c2",))}
    report = capacity(plan.blueprint())
    assert loads(report, "core-peer") == [150]
    with pytest.raises(KeyError):
        outage(report, "switch", "c2")


def test_cameras_without_a_way_are_told_of_the_normal_state_alone() -> None:
    report = capacity(estate(uplinks=False).blueprint())
    assert report.outages[0].failure is None
    assert report.outages[0].cameras == ("cam-m1", "cam-m2", "cam-m3")
    assert all(not found.cameras for found in report.outages[1:])


@pytest.mark.parametrize("linked", [True, False])
def test_a_switch_that_no_link_leads_to_has_nothing_to_send_by(*, linked: bool) -> None:
    """Whether it counts as one of a pair's switches, or of nobody's."""
    plan = estate()
    plan.switch("lonely", management="nord/mgmt")
    plan.camera("cam-x", "lonely", segment="nord/cam")
    if linked:
        pair = plan.pairs["agg"]
        plan.pairs["agg"] = replace(pair, switches=(*pair.switches, "lonely"))
    found = capacity(plan.blueprint()).outages[0]
    assert (found.failure, found.cameras, found.switches) == (None, ("cam-x",), ("lonely",))


def test_a_camera_in_stock_hangs_nowhere_and_costs_nothing() -> None:
    plan = estate()
    plan.cameras["cam-m1"] = replace(plan.cameras["cam-m1"], switch=None, segment=None)
    report = capacity(plan.blueprint())
    assert loads(report, "a1-c1") == [200]
    assert "cam-m1" not in {camera for found in report.outages for camera in found.cameras}
