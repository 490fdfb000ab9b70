"""What follows from faults, and which way video takes: pure, on plants of the sample estates."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.estates import INVENTORY, built

from maille.twin.agents.faults import Effects, Fault, effects, rebooting
from maille.twin.agents.planting import plant_of
from maille.twin.agents.traffic import rates

if TYPE_CHECKING:
    from maille.twin.agents.plant import Plant

_SMALL_BYTES_S = 10_000
"""More than any cable carries of what is no video."""


@cache
def plant(estate: str) -> Plant:
    return plant_of(built(INVENTORY / estate).blueprint, 99)


@cache
def ring_links() -> tuple[str, ...]:
    return tuple(name for name in plant("malataverne").links if name.startswith("village/"))


def reached_one_by_one(where: Plant, state: Effects, poller: str) -> set[str]:
    """Give what a poller reaches: every step spelt out, without a queue or an order."""
    reached = {poller}
    while True:
        more = {
            cable.far(here).device
            for here in reached
            if here == poller or where.devices[here].switches
            for cable in where.cables_of[here]
            if cable in state.cables
        }
        if more <= reached:
            return reached
        reached |= more


def test_nothing_is_wrong_with_a_plant_that_is_well() -> None:
    for estate in ("malataverne", "chartres"):
        state = effects(plant(estate), ())

        assert not state.silent
        assert state.cables == frozenset(plant(estate).cables)


@pytest.mark.parametrize("estate", ["malataverne", "chartres"])
def test_what_the_cameras_send_arrives_at_the_recorders(estate: str) -> None:
    where = plant(estate)
    flows = rates(where, effects(where, ()))
    sent = {name: 0.0 for name, one in where.devices.items() if one.make == "host"}
    for device in where.devices.values():
        if device.sends_to:
            sent[device.sends_to] += device.sends_mbps

    for host, mbps in sent.items():
        came = sum(bytes_in for (device, _), (bytes_in, _) in flows.items() if device == host)
        assert came * 8 / 1e6 == pytest.approx(mbps, abs=0.05)


@given(st.sets(st.sampled_from(ring_links()), max_size=3))
def test_a_ring_bears_one_cut_and_two_take_what_is_between_them(cut: set[str]) -> None:
    where = plant("malataverne")
    state = effects(where, [Fault("link-cut", link) for link in cut])
    reached = reached_one_by_one(where, state, "sonde-mgmt")

    assert state.silent == {name for name in where.devices if name not in reached}
    assert bool(state.silent) == (len(cut) > 1)


@given(st.sets(st.sampled_from(ring_links()), max_size=3))
def test_what_is_cut_off_sends_nothing_through_the_centre(cut: set[str]) -> None:
    where = plant("malataverne")
    state = effects(where, [Fault("link-cut", link) for link in cut])
    flows = rates(where, state)
    heard = sum(
        device.sends_mbps
        for device in where.devices.values()
        if device.is_camera and device.id not in state.silent
    )

    came = sum(rate[0] for (device, _), rate in flows.items() if device == "enregistreur-1")
    assert came * 8 / 1e6 == pytest.approx(heard, abs=0.05)


@settings(max_examples=20)
@given(st.data())
def test_a_dead_switch_takes_just_what_only_it_leads_to(data: st.DataObject) -> None:
    where = plant("chartres")
    switches = sorted(name for name, one in where.devices.items() if one.switches)
    dead = data.draw(st.sets(st.sampled_from(switches), max_size=4))
    state = effects(where, [Fault("switch-dead", switch) for switch in dead])

    reached = {
        vrf: set().union(*(reached_one_by_one(where, state, poller) for poller in pollers))
        for vrf, pollers in where.pollers.items()
    }
    assert state.silent == {
        device.id for device in where.devices.values() if device.id not in reached[device.vrf]
    } | (state.off & set(where.devices))
    assert dead <= state.off


def test_a_broken_cable_takes_the_power_too_and_lost_management_nothing() -> None:
    where = plant("malataverne")
    port = Fault("port-down", "26169-ecole", "GigabitEthernet0/1")

    assert effects(where, [port]).off == {"26169-0009"}
    assert not effects(where, [Fault("management-lost", "26169-ecole")]).off


def test_what_gets_power_again_starts_anew_and_what_was_silent_does_not() -> None:
    where = plant("malataverne")
    agents = list(where.agents.values())
    well = effects(where, ())
    dead = effects(where, [Fault("switch-dead", "26169-ecole")])
    cut = effects(where, [Fault("link-cut", "village/0"), Fault("link-cut", "village/1")])

    assert set(rebooting(dead, well, agents)) == {
        "26169-ecole",
        "26169-0009",
        "26169-0010",
        "26169-0011",
        "26169-0012",
    }
    assert rebooting(well, dead, agents) == ()
    assert rebooting(cut, well, agents) == ()


def test_faults_do_not_mind_their_order() -> None:
    where = plant("malataverne")
    faults = (
        Fault("switch-dead", "26169-ecole"),
        Fault("link-cut", "village/0"),
        Fault("poe-off", "26169-entree-nord", "GigabitEthernet1/3"),
    )

    for one, other in combinations(faults, 2):
        assert effects(where, [one, other]) == effects(where, [other, one])
