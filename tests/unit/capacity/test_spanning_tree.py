"""Elections: which links forward, and which of them nobody can foretell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.unit.capacity.builders import Plan

from maille.blueprint.capacity import capacity
from maille.blueprint.loads import settle
from maille.blueprint.network import network_of

if TYPE_CHECKING:
    from maille.blueprint.vlans import Forwarding


def ring_of(*members: str) -> Plan:
    plan = Plan()
    plan.pair("core", "c1", "c2")
    plan.ring("nord", "core", members)
    return plan


def forwarding(plan: Plan) -> Forwarding:
    network = network_of(plan.blueprint())
    return settle(network).layer2[network.centre].forwarding


def blocked(plan: Plan) -> set[str]:
    found = forwarding(plan)
    links = found.bridges.arcs.links
    return {link.id for number, link in enumerate(links) if not found.on_tree(number)}


def test_a_ring_blocks_where_the_ways_to_the_root_meet() -> None:
    """The peer link is ten times as fast, so the far half goes by the secondary."""
    assert blocked(ring_of("m1", "m2", "m3", "m4")) == {"nord/2"}


def test_a_path_cost_counts_at_the_port_that_receives() -> None:
    plan = ring_of("m1", "m2")
    toll = plan.links["nord/0"]
    plan.links["nord/0"] = replace(toll, a=replace(toll.a, stp_cost=10**6))
    assert blocked(plan) == {"nord/1"}
    plan.links["nord/0"] = replace(toll, b=replace(toll.b, stp_cost=10**6))
    assert blocked(plan) == {"nord/0"}


def test_the_lowest_priority_is_root_wherever_it_stands() -> None:
    plan = ring_of("m1", "m2", "m3")
    plan.switches["m2"] = replace(plan.switches["m2"], stp_priority=0)
    assert forwarding(plan).root("c1") == "m2"


def test_of_parallel_links_the_first_port_of_the_sender_decides() -> None:
    plan = Plan()
    plan.pair("core", "c1", "c2")
    plan.switch("m")
    plan.link("second", ("m", "c1"), pair="core")
    plan.link("first", ("m", "c1"), pair="core")
    ports = plan.switches["c1"].ports
    plan.switches["c1"] = replace(plan.switches["c1"], ports=(ports[0], ports[2], ports[1]))
    assert blocked(plan) == {"second"}
    assert capacity(plan.blueprint()).ties == ()


def test_equal_ways_from_equal_priorities_are_a_tie() -> None:
    plan = ring_of("m1", "m2", "m3", "m4")
    peer = plan.links["core-peer"]
    plan.links["core-peer"] = replace(peer, b=replace(peer.b, stp_cost=20_000))
    (tie,) = [found for found in capacity(plan.blueprint()).ties if found.failure is None]
    assert (tie.domain, tie.tie.switch, tie.tie.rivals) == ("core", "m3", ("m2", "m4"))


def test_a_tie_that_only_a_failure_brings_is_told_with_it() -> None:
    """Without the peer link, both rings are ways from the secondary to the root."""
    plan = ring_of("m1")
    plan.ring("sud", "core", ["n1"])
    (found,) = capacity(plan.blueprint()).ties
    assert found.failure is not None
    assert found.failure.id == "core-peer"
    assert (found.tie.switch, found.tie.rivals) == ("c2", ("m1", "n1"))


def test_priorities_break_a_tie() -> None:
    plan = ring_of("m1")
    plan.ring("sud", "core", ["n1"])
    plan.switches["n1"] = replace(plan.switches["n1"], stp_priority=28672)
    assert capacity(plan.blueprint()).ties == ()


def test_two_roots_of_one_priority_are_a_tie() -> None:
    plan = ring_of("m1")
    plan.switches["c2"] = replace(plan.switches["c2"], stp_priority=4096)
    ties = capacity(plan.blueprint()).ties
    assert [(tie.tie.kind, tie.tie.rivals) for tie in ties] == [("root", ("c1", "c2"))]


def test_nobody_cares_who_is_root_of_a_piece_without_a_gateway() -> None:
    """Cut off at both ends, the members elect one of them: no stream depends on it."""
    plan = Plan()
    plan.pair("core", "c1", "c2")
    plan.ring("nord", "core", ["m1", "m2"], cables=[("same",), ("between",), ("same",)])
    assert capacity(plan.blueprint()).ties == ()


def test_the_depth_is_that_of_the_worst_failure() -> None:
    """Without the peer link the secondary hangs at the far end of the ring: members + 1 hops."""
    depth = capacity(ring_of("m1", "m2", "m3").blueprint()).depths["core"]
    assert (depth.hops, depth.switch) == (4, "c2")
    assert depth.failure is not None
    assert depth.failure.id == "core-peer"
