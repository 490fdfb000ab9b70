"""The fast computation and a plain simulation of the protocols come to the same result."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.unit.capacity.reference import Simulation
from tests.unit.capacity.worlds import worlds

from maille.allocation.lock import Lock
from maille.allocation.settle import settle as settle_lock
from maille.blueprint.arcs import NOTHING, lost_by
from maille.blueprint.build import build
from maille.blueprint.capacity import capacity
from maille.blueprint.loads import settle, settle_after
from maille.blueprint.model import FailureGroup
from maille.blueprint.network import network_of
from maille.blueprint.spanning_tree import elect, reelect
from maille.inventory.load import load

if TYPE_CHECKING:
    from tests.unit.capacity.builders import Plan
    from tests.unit.capacity.reference import Outcome

    from maille.blueprint.capacity import Outage
    from maille.blueprint.loads import State
    from maille.blueprint.model import Blueprint

INVENTORY = Path(__file__).parents[3] / "inventory"
AS_OF = date(2026, 11, 22)

ROUNDING_MBPS = 1e-4
"""Loads are whole bit/s, shared among equal ways."""

thorough = settings(
    max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def events(blueprint: Blueprint) -> st.SearchStrategy[FailureGroup]:
    """Draw a single failure, or several at once."""
    single = st.sampled_from(blueprint.failures)
    several = st.lists(single, min_size=2, max_size=3).map(together)
    return single | several


def together(groups: list[FailureGroup]) -> FailureGroup:
    switches = dict.fromkeys(switch for group in groups for switch in group.switches)
    strands = dict.fromkeys(strand for group in groups for strand in group.links)
    return FailureGroup("site", "several", "several", tuple(switches), tuple(strands))


def assert_same_loads(state: State, outcome: Outcome) -> None:
    arcs = state.network.arcs
    for arc, switch in enumerate(arcs.tail):
        expected = float(outcome.mbps.get((arcs.links[arc >> 1].id, switch), 0))
        assert state.loads.get(arc, 0) / 1e6 == pytest.approx(expected, abs=ROUNDING_MBPS), (
            arcs.links[arc >> 1].id,
            switch,
        )


def assert_same_tree(state: State, simulation: Simulation) -> None:
    for domain in state.layer2:
        tree, arcs = domain.forwarding.tree, domain.domain.bridges.arcs
        assert set(tree.cost) == set(domain.domain.bridges.order) & simulation.switches
        for switch in tree.cost:
            heard = simulation.heard[switch]
            up = tree.up.get(switch)
            assert (heard and heard[1]) == (None if up is None else arcs.links[up >> 1].id)


@thorough
@given(data=st.data(), plan=worlds())
def test_every_state_has_the_trees_and_loads_of_the_simulation(
    data: st.DataObject, plan: Plan
) -> None:
    blueprint = plan.blueprint()
    normal = settle(network_of(blueprint))
    simulation = Simulation(blueprint)
    assert_same_tree(normal, simulation)
    assert_same_loads(normal, simulation.run())
    for _ in range(4):
        failure = data.draw(events(blueprint))
        after = settle_after(normal, lost_by(normal.network.arcs, failure))
        simulation = Simulation(blueprint, failure)
        assert_same_tree(after, simulation)
        assert_same_loads(after, simulation.run())


def expected_outage(before: Outcome, after: Outcome, plan: Plan) -> dict[str, list[str]]:
    detached = after.detached - before.detached
    recorded = {key: camera.recorder for key, camera in plan.cameras.items()}
    return {
        "cameras": sorted(
            camera for camera in after.lost - before.lost if recorded[camera] not in detached
        ),
        "switches": sorted(
            set() if "management" in detached else after.unmanaged - before.unmanaged
        ),
        "detached": sorted(detached),
        "stranded": sorted(after.stranded - before.stranded),
        "split": sorted(after.split - before.split),
    }


def told(outage: Outage | None) -> dict[str, list[str]]:
    names = ("cameras", "switches", "detached", "stranded", "split")
    return {name: list(getattr(outage, name)) if outage else [] for name in names}


@thorough
@given(data=st.data(), plan=worlds())
def test_the_report_tells_what_each_failure_takes_away(data: st.DataObject, plan: Plan) -> None:
    blueprint = plan.blueprint()
    outages = {outage.failure: outage for outage in capacity(blueprint).outages}
    before = Simulation(blueprint).run()
    failures = data.draw(st.lists(st.sampled_from(blueprint.failures), max_size=5, unique=True))
    for failure in failures:
        after = Simulation(blueprint, failure).run()
        assert told(outages.get(failure)) == expected_outage(before, after, plan), failure


@thorough
@given(data=st.data(), plan=worlds())
def test_electing_what_is_left_is_electing_anew(data: st.DataObject, plan: Plan) -> None:
    blueprint = plan.blueprint()
    network = network_of(blueprint)
    failure = data.draw(events(blueprint))
    lost = lost_by(network.arcs, failure)
    for domain in network.domains:
        anew = elect(domain.bridges, lost)
        after = reelect(domain.bridges, elect(domain.bridges, NOTHING), lost)
        assert (after.cost, after.up, after.hops) == (anew.cost, anew.up, anew.hops)


@pytest.mark.parametrize("name", ["malataverne", "cecos"])
def test_the_estates_that_come_along_have_the_loads_of_the_simulation(name: str) -> None:
    estate = load(INVENTORY / name).whole()
    blueprint = build(estate, settle_lock(estate, Lock(), as_of=AS_OF).lock, AS_OF)
    normal = settle(network_of(blueprint))
    for failure in (None, *blueprint.failures[::6]):
        lost = lost_by(normal.network.arcs, failure) if failure else NOTHING
        simulation = Simulation(blueprint, failure)
        after = settle_after(normal, lost)
        assert_same_tree(after, simulation)
        assert_same_loads(after, simulation.run())
