"""Random small networks for the property tests, sound ones and odd ones."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Literal

from hypothesis import strategies as st
from tests.unit.capacity.builders import ADDRESS, PREFIX, Plan

from maille.blueprint.model import TransitNet
from maille.inventory.schema.settings import LiveViewing

VRFS: tuple[Literal["VIDEO", "MGMT"], ...] = ("VIDEO", "MGMT")
COSTS = (2, 4, 4, 4, 20)
"""Few values, so that equal ways are common."""


@st.composite
def worlds(draw: st.DrawFn, *, odd: bool = True) -> Plan:
    """Draw a core pair, up to two further pairs, rings, spurs and cameras on them.

    An odd one has random costs and priorities, trunks that lack VLANs, and shared sites.
    """
    plan = Plan()
    if draw(st.booleans()):
        share = draw(st.sampled_from((0.0, 0.25, 1.0)))
        plan.live = LiveViewing(mode="direct", viewed_share=share)
    plan.pair("core", "c1", "c2")
    pairs = ["core", *[f"agg{n}" for n in range(draw(st.integers(0, 2)))]]
    for number, pair in enumerate(pairs[1:]):
        plan.pair(pair, f"a{number}", f"b{number}")
    if draw(st.booleans()):
        plan.pair("mixed", "c1", "d")
        pairs.append("mixed")
    _routed(draw, plan)
    _recorders(draw, plan)
    for number in range(draw(st.integers(1, 3))):
        _ring(draw, plan, f"r{number}", draw(st.sampled_from(pairs)), number)
    if odd:
        _distort(draw, plan)
    return plan


def _routed(draw: st.DrawFn, plan: Plan) -> None:
    """Link routers at random, and let OSPF use some of the peer links."""
    ends = st.sampled_from(list(combinations(sorted(plan.switches), 2)))
    for a, b in draw(st.lists(ends, unique=True, max_size=8)):
        cables = draw(st.lists(st.sampled_from(("x", "y", "z")), min_size=1, max_size=3))
        strands = [(cable,) for cable in cables]
        plan.transit(a, b, cost=draw(st.sampled_from((10, 10, 20))), strands=strands)
    for pair in plan.pairs:
        if draw(st.booleans()):
            peer = plan.links[f"{pair}-peer"]
            nets = tuple(TransitNet(vrf, 4000, PREFIX, ADDRESS, ADDRESS) for vrf in VRFS)
            plan.links[peer.id] = replace(peer, transit=nets, ospf_cost=10)


def _recorders(draw: st.DrawFn, plan: Plan) -> None:
    plan.switch("cs")
    allowed = ("centre/rec",)
    plan.link("cs-1", ("c1", "cs"), pair="core", mbps=10_000, segments=allowed)
    if draw(st.booleans()):
        plan.link("cs-2", ("cs", "c2"), pair="core", mbps=10_000, segments=allowed)
    places = st.lists(
        st.lists(st.sampled_from(("c1", "c2", "cs")), min_size=1, max_size=2, unique=True),
        min_size=1,
        max_size=3,
    ).map(lambda hosts: [tuple(switches) for switches in hosts])
    plan.recorders = {"rec": tuple(draw(places)), "other": tuple(draw(places))}


def _ring(draw: st.DrawFn, plan: Plan, ring: str, pair: str, number: int) -> None:
    members = [f"m{number}{n}" for n in range(draw(st.integers(1, 5)))]
    cables = [
        tuple(draw(st.lists(st.sampled_from(("x", f"u{number}", f"v{number}")), max_size=2)))
        for _ in range(len(members) + 1)
    ]
    plan.ring(ring, pair, members, cables=cables)
    if draw(st.booleans()):
        plan.spur(f"s{number}", draw(st.sampled_from(members)), ring)
        plan.spur(f"t{number}", f"s{number}", ring)
    switches = [*members, *(key for key in (f"s{number}", f"t{number}") if key in plan.switches)]
    for switch in switches:
        for count in range(draw(st.integers(0, 2))):
            plan.camera(
                f"{switch}-{count}",
                switch,
                mbps=draw(st.sampled_from((1.5, 4.0, 12.0))),
                segment=f"{ring}/cam",
                recorder=draw(st.sampled_from(("rec", "other"))),
            )


def _distort(draw: st.DrawFn, plan: Plan) -> None:
    for key, switch in plan.switches.items():
        priority, site = switch.stp_priority, switch.site
        if draw(st.integers(0, 5)) == 0:
            priority = draw(st.sampled_from((0, 4096, 8192, 16384)))
        if draw(st.integers(0, 5)) == 0:
            site = draw(st.sampled_from(("here", "there")))
        plan.switches[key] = replace(switch, stp_priority=priority, site=site)
    for key, link in plan.links.items():
        known = link.segments or tuple(s.id for s in plan.segments.values() if s.pair == link.pair)
        if not known:
            continue
        dropped = draw(st.sets(st.sampled_from(known), max_size=2)) if draw(st.booleans()) else ()
        plan.links[key] = replace(
            link,
            a=replace(link.a, stp_cost=draw(st.sampled_from(COSTS))),
            b=replace(link.b, stp_cost=draw(st.sampled_from(COSTS))),
            segments=tuple(segment for segment in known if segment not in dropped),
        )
