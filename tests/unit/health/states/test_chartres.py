"""What is said of Chartres when something in it fails: whom it blames, and what hangs behind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from tests.estates import INVENTORY, built
from tests.unit.health.states.chartres import Day, cameras_on

from maille.health.model import Cause, Condition, Trouble
from maille.health.states.of_blueprint import topology_of
from maille.health.states.tracker import derive

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint
    from maille.health.model import Picture
    from maille.health.states.topology import Topology


@pytest.fixture(scope="module")
def chartres() -> Blueprint:
    return built(INVENTORY / "chartres").blueprint


@pytest.fixture(scope="module")
def whole(chartres: Blueprint) -> Topology:
    return topology_of(chartres)


def states_of(picture: Picture) -> dict[str, list[str]]:
    """Give the devices of each state that is not up, sorted."""
    found: dict[str, list[str]] = {}
    for device, state in sorted(picture.states.items()):
        if state.state != "up":
            found.setdefault(state.state, []).append(device)
    return found


def test_all_is_up_when_nothing_fails(whole: Topology) -> None:
    picture = Day(whole).picture()
    assert states_of(picture) == {}
    assert (picture.cuts, picture.blind) == ((), ())
    assert (
        Counter(whole.leaves[each].graph for each in picture.states if each in whole.leaves)[
            "video"
        ]
        > 250
    )


def test_a_dead_switch_is_blamed_by_its_neighbours_and_blamed_for_its_cameras(
    whole: Topology,
) -> None:
    picture = Day(whole, dead={"28085-stade"}).picture()
    assert states_of(picture) == {
        "down": ["28085-stade"],
        "unreachable": cameras_on(whole, "28085-stade"),
    }
    behind = {picture.states[each].cause for each in cameras_on(whole, "28085-stade")}
    assert behind == {Cause(("28085-stade",))}
    assert {said.source for said in picture.states["28085-stade"].evidence} == {
        "28085-ecole-tilleuls",
        "28085-tilleuls",
    }
    assert picture.cuts == ()


def test_a_cut_ring_link_harms_nobody_and_is_told(whole: Topology) -> None:
    picture = Day(whole, cut={"chartres-nord/3"}).picture()
    assert states_of(picture) == {}
    (cut,) = picture.cuts
    assert (cut.link, cut.ring, cut.suspected) == (
        "chartres-nord/3",
        "chartres-nord",
        "cable chartres-nord-04",
    )
    assert len(cut.evidence) == 2


def test_two_cuts_take_away_what_lies_between_and_are_blamed_together(whole: Topology) -> None:
    picture = Day(whole, cut={"chartres-nord/3", "chartres-nord/5"}).picture()
    between = ["28085-stade", "28085-tilleuls"]
    assert states_of(picture) == {
        "unreachable": sorted(between + cameras_on(whole, *between)),
    }
    causes = {picture.states[each].cause for each in states_of(picture)["unreachable"]}
    assert causes == {Cause((), ("chartres-nord/3", "chartres-nord/5"))}
    assert picture.cuts == ()


def test_a_trench_that_takes_several_links_is_suspected_for_all_of_them(whole: Topology) -> None:
    (duct,) = [event for event in whole.events if event.id == "depart-ouest"]
    links = {whole.spans[link].id for link in duct.links}
    picture = Day(whole, cut=links).picture()
    assert len(links) > 1
    assert {cut.link: cut.suspected for cut in picture.cuts} == dict.fromkeys(
        links, "duct depart-ouest"
    )


def test_a_supply_is_suspected_where_all_it_feeds_is_dark(whole: Topology) -> None:
    fed = ["28085-marche", "28085-theatre", "28085-mediatheque"]
    picture = Day(whole, dead=set(fed)).picture()
    assert states_of(picture) == {"unreachable": sorted(fed + cameras_on(whole, *fed))}
    causes = {picture.states[each].cause for each in states_of(picture)["unreachable"]}
    assert causes == {
        Cause((), ("chartres-centre/0", "chartres-centre/3"), "supply enedis-chartres-coeur-est")
    }


def test_a_supply_is_not_suspected_while_something_it_feeds_runs(whole: Topology) -> None:
    picture = Day(whole, dead={"28085-marche", "28085-theatre"}).picture()
    causes = {state.cause for state in picture.states.values() if state.cause}
    assert {cause.suspected for cause in causes} == {None}


def test_a_lost_management_is_no_outage(whole: Topology) -> None:
    picture = Day(whole, mute={"28085-stade"}).picture()
    assert states_of(picture) == {"degraded": ["28085-stade"]}
    assert picture.states["28085-stade"].cause == Cause(("28085-stade",))


def test_agents_of_both_gateways_may_fall_silent_while_the_ring_behind_answers(
    whole: Topology,
) -> None:
    both = {"core-1", "core-2"}
    picture = Day(whole, mute=both).picture()
    assert states_of(picture) == {"degraded": sorted(both)}


def test_a_camera_behind_a_switch_without_management_is_down_by_itself(whole: Topology) -> None:
    camera, *others = cameras_on(whole, "28085-stade")
    assert others
    picture = Day(whole, mute={"28085-stade", camera}).picture()
    assert states_of(picture) == {"degraded": ["28085-stade"], "down": [camera]}


def test_a_poller_whose_first_hops_are_gone_says_one_thing(whole: Topology) -> None:
    picture = Day(whole, dead={"csi-acces-1", "csi-acces-2"}).picture()
    assert set(states_of(picture)) == {"unknown"}
    assert {blind.graph: blind.first_hops for blind in picture.blind} == {
        "management": ("csi-acces-1", "csi-acces-2"),
        "video": ("csi-acces-1", "csi-acces-2"),
    }
    assert sum(len(blind.unknown) for blind in picture.blind) == len(picture.states)


def test_a_video_leg_that_hears_nobody_leaves_the_switches_alone(whole: Topology) -> None:
    video = {ident for ident, leaf in whole.leaves.items() if leaf.graph == "video"}
    picture = Day(whole, mute=video).picture()
    assert states_of(picture) == {"unknown": sorted(video)}
    assert [blind.graph for blind in picture.blind] == ["video"]


def test_one_first_hop_of_two_is_down_and_no_more(whole: Topology) -> None:
    picture = Day(whole, dead={"csi-acces-1"}).picture()
    assert states_of(picture)["down"] == ["csi-acces-1"]
    assert picture.blind == ()


def test_a_camera_alone_is_its_own_cause(whole: Topology) -> None:
    picture = Day(whole, mute={"28085-0001"}).picture()
    assert states_of(picture) == {"down": ["28085-0001"]}
    assert picture.states["28085-0001"].cause == Cause(("28085-0001",))


def test_a_camera_that_nobody_can_ask_is_unknown_until_its_switch_dies(whole: Topology) -> None:
    camera = cameras_on(whole, "28085-stade")[0]
    assert states_of(Day(whole, unseen={camera}).picture()) == {"unknown": [camera]}
    picture = Day(whole, unseen={camera}, dead={"28085-stade"}).picture()
    assert picture.states[camera].state == "unreachable"


def test_a_host_on_two_switches_is_lost_with_both_alone(whole: Topology) -> None:
    one = Day(whole, dead={"core-1"}).picture()
    assert one.states["enregistreur-1"].state == "up"
    both = Day(whole, dead={"core-1", "core-2"}).picture()
    assert both.states["enregistreur-1"].state == "unreachable"
    assert both.states["enregistreur-1"].cause == Cause(("core-1", "core-2"))


def test_a_device_with_troubles_is_degraded_and_keeps_them(whole: Topology) -> None:
    trouble = Trouble("H099", "28085-0001", "draws 0 W", ())
    picture = derive(whole, [Condition("28085-0001", "answers", (trouble,))])
    assert (picture.states["28085-0001"].state, picture.states["28085-0001"].troubles) == (
        "degraded",
        (trouble,),
    )


def test_a_nomad_follows_the_switch_it_hangs_on_today_and_one_that_is_nowhere_hangs_on_none() -> (
    None
):
    chalon = built(INVENTORY / "chalon").blueprint
    whole = topology_of(chalon)
    nomads = [camera for camera in chalon.cameras.values() if camera.nomad]
    placed = next(camera for camera in nomads if camera.switch and camera.connected)
    away = next(camera for camera in nomads if camera.switch is None)
    assert placed.switch
    picture = Day(whole, dead={placed.switch}).picture()
    assert picture.states[placed.id].cause == Cause((placed.switch,))
    assert away.id not in picture.states
    (alone,) = derive(whole, [Condition(away.id, "silent")]).states.values()
    assert (alone.state, alone.cause) == ("down", Cause((away.id,)))


@pytest.mark.parametrize("estate", ["chartres", "chalon", "malataverne", "cecos"])
def test_every_estate_has_a_first_hop_and_a_way_to_everything(estate: str) -> None:
    whole = topology_of(built(INVENTORY / estate).blueprint)
    assert states_of(Day(whole).picture()) == {}
    for graph, hops in whole.first_hops.items():
        assert hops
        assert whole.entries[graph][: len(hops)] == hops
