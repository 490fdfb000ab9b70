"""Single points of failure, and ways that are two only on paper."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.capacity.builders import Plan

from maille.blueprint.capacity import capacity
from maille.blueprint.disjoint_ways import disjoint_ways
from maille.blueprint.single_points import single_points


def estate() -> Plan:
    plan = Plan()
    plan.pair("core", "c1", "c2")
    plan.pair("agg", "a1", "a2")
    plan.recorders = {"rec": (("c1", "c2"),)}
    for a, b in (("a1", "c1"), ("a2", "c2"), ("a1", "a2"), ("c1", "c2")):
        plan.transit(a, b, strands=[(f"trench-{a}-{b}",)])
    plan.ring("nord", "agg", ["m1", "m2", "m3"])
    for member in ("m1", "m2", "m3"):
        plan.camera(f"cam-{member}", member)
    return plan


def run_through(plan: Plan, link: str, *cables: str) -> None:
    strand = replace(plan.links[link].strands[0], cables=cables)
    plan.links[link] = replace(plan.links[link], strands=(strand,))


def points(plan: Plan, scope: str) -> dict[tuple[str, str], tuple[str, ...]]:
    blueprint = plan.blueprint()
    return {
        (point.failure.kind, point.failure.id): point.cameras + point.detached
        for point in single_points(blueprint, capacity(blueprint))
        if point.scope == scope
    }


def fates(plan: Plan) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [
        (fate.subject, fate.kind, fate.id, fate.switches)
        for fate in disjoint_ways(plan.blueprint())
    ]


def test_a_sound_ring_has_no_single_point_but_its_cabinets() -> None:
    plan = estate()
    assert points(plan, "upstream") == points(plan, "spur") == {}
    own = points(plan, "own")
    assert own == {("switch", member): (f"cam-{member}",) for member in ("m1", "m2", "m3")}


def test_a_supply_is_the_own_one_of_some_and_upstream_of_others() -> None:
    plan = estate()
    for member in ("m1", "m3"):
        plan.switches[member] = replace(plan.switches[member], supplies=("lamp",))
    assert points(plan, "own")["supply", "lamp"] == ("cam-m1", "cam-m3")
    assert points(plan, "upstream") == {("supply", "lamp"): ("cam-m2",)}


def test_everything_on_the_way_of_a_spur_is_told_as_the_spurs() -> None:
    plan = estate()
    plan.spur("s", "m2", "nord", cables=("drop",))
    plan.spur("t", "s", "nord")
    plan.camera("cam-t", "t", segment="nord/cam")
    assert points(plan, "upstream") == {}
    assert points(plan, "spur") == {
        ("link", "s--m2"): ("cam-t",),
        ("link", "t--s"): ("cam-t",),
        ("switch", "m2"): ("cam-t",),
        ("switch", "s"): ("cam-t",),
        ("cable", "drop"): ("cam-t",),
    }


def test_a_duct_is_told_of_what_no_cable_in_it_cuts_by_itself() -> None:
    plan = estate()
    run_through(plan, "nord/0", "one")
    run_through(plan, "nord/3", "two", "three")
    run_through(plan, "nord/1", "two")
    plan.ducts = dict.fromkeys(("one", "two"), "road")
    assert points(plan, "upstream") == {
        ("cable", "two"): ("cam-m2", "cam-m3"),
        ("duct", "road"): ("cam-m1",),
    }


def test_a_recorder_on_one_switch_is_a_point_of_the_centre() -> None:
    plan = estate()
    plan.recorders = {"rec": (("c2",),)}
    assert points(plan, "centre")["switch", "c2"] == ("rec",)


def test_a_site_adds_nothing_to_the_switch_that_is_fatal_alone() -> None:
    plan = estate()
    plan.recorders = {"rec": (("c2",),)}
    for core in ("c1", "c2"):
        plan.switches[core] = replace(plan.switches[core], site="centre")
    centre = points(plan, "centre")
    assert centre["switch", "c1"] == ("management",)
    assert ("site", "centre") not in centre


def test_two_ways_that_share_nothing_are_two() -> None:
    assert fates(estate()) == []


def test_what_both_ways_of_a_member_share_is_named() -> None:
    plan = estate()
    run_through(plan, "nord/0", "one")
    run_through(plan, "nord/2", "one", "two")
    run_through(plan, "nord/3", "three")
    plan.ducts = {"one": "road", "three": "road", "two": "lane"}
    assert fates(plan) == [
        ("nord", "cable", "one", ("m1", "m2")),
        ("nord", "duct", "road", ("m1", "m2", "m3")),
    ]


def test_two_strands_in_two_cables_depend_on_neither() -> None:
    plan = estate()
    run_through(plan, "nord/3", "one")
    link = plan.links["nord/0"]
    strands = tuple(replace(link.strands[0], cables=(cable,)) for cable in ("one", "other"))
    plan.links["nord/0"] = replace(link, strands=strands)
    assert fates(plan) == []


def test_neighbours_on_one_supply_share_it_only_for_who_is_between() -> None:
    plan = estate()
    for member in ("m1", "m3"):
        plan.switches[member] = replace(plan.switches[member], supplies=("lamp",))
    assert fates(plan) == [("nord", "supply", "lamp", ("m2",))]


def test_a_second_feed_makes_up_for_a_shared_one() -> None:
    plan = estate()
    plan.switches["m1"] = replace(plan.switches["m1"], supplies=("lamp", "grid"))
    plan.switches["m3"] = replace(plan.switches["m3"], supplies=("lamp",))
    assert fates(plan) == []


def test_a_pair_in_one_site_is_shared_by_its_ring_and_by_its_ways() -> None:
    plan = estate()
    for switch in ("a1", "a2"):
        plan.switches[switch] = replace(plan.switches[switch], site="depot")
    assert fates(plan) == [
        ("nord", "site", "depot", ("m1", "m2", "m3")),
        ("agg", "site", "depot", ("a1", "a2")),
    ]


def test_the_site_of_all_recorders_is_no_news() -> None:
    """Without the centre there is nothing to have a way to."""
    plan = Plan()
    plan.pair("core", "c1", "c2")
    plan.recorders = {"rec": (("c1", "c2"),)}
    plan.ring("nord", "core", ["m1"])
    for switch in ("c1", "c2"):
        plan.switches[switch] = replace(plan.switches[switch], site="centre", supplies=("grid",))
    assert fates(plan) == []


def test_uplinks_in_one_cable_are_one_way() -> None:
    plan = estate()
    run_through(plan, "a1-c1", "trunk-cable")
    run_through(plan, "a2-c2", "trunk-cable")
    assert fates(plan) == [("agg", "cable", "trunk-cable", ("a1", "a2"))]


def test_a_pair_with_one_uplink_hangs_on_all_of_it() -> None:
    plan = estate()
    del plan.links["a2-c2"]
    kinds = {(kind, ident) for _, kind, ident, _ in fates(plan)}
    assert kinds == {
        ("link", "a1-c1"),
        ("switch", "a1"),
        ("switch", "c1"),
        ("cable", "trench-a1-c1"),
    }
