"""Incidents of Chartres: one cause, one incident, from its first poll to its last."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.estates import INVENTORY, built
from tests.unit.health.states.chartres import Day, cameras_on

from maille.health.incidents.escalation import due
from maille.health.incidents.model import Acknowledgement, Silence, Window
from maille.health.incidents.severity import of_parts, severities
from maille.health.incidents.watch import Known, watch
from maille.health.states.of_blueprint import topology_of
from maille.inventory.schema.health import EscalationStep, Health

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint
    from maille.health.incidents.model import Incident
    from maille.health.states.topology import Topology

START = datetime(2026, 11, 22, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def chartres() -> Blueprint:
    return built(INVENTORY / "chartres").blueprint


@pytest.fixture(scope="module")
def whole(chartres: Blueprint) -> Topology:
    return topology_of(chartres)


@dataclass
class Watch:
    """A centre that polls once a minute."""

    chartres: Blueprint
    whole: Topology
    windows: tuple[Window, ...] = ()
    known: Known = field(default_factory=Known)
    at: datetime = START

    def polls(self, day: Day, rounds: int = 1) -> tuple[Incident, ...]:
        """Look some times; give the incidents of the last round."""
        severity = partial(of_parts, self.whole, severities(self.chartres, self.whole))
        for _ in range(rounds):
            picture = day.picture()
            self.known = watch(self.known, picture, self.at, Health(), severity, self.windows)
            self.at += MINUTE
        return self.known.incidents


@pytest.fixture
def centre(chartres: Blueprint, whole: Topology) -> Watch:
    watching = Watch(chartres, whole)
    assert watching.polls(Day(whole), 2) == ()
    return watching


def test_a_dead_switch_is_one_incident_with_its_cameras_as_children(
    centre: Watch, whole: Topology
) -> None:
    broken = Day(whole, dead={"28085-stade"})
    assert centre.polls(broken) == ()
    (incident,) = centre.polls(broken)
    assert incident.kind == "outage"
    assert incident.roots == incident.hit == {"28085-stade"}
    assert sorted(incident.children) == cameras_on(whole, "28085-stade")
    assert incident.opened == START + 2 * MINUTE
    assert incident.evidence
    assert centre.polls(broken, 3)[0].id == incident.id
    assert centre.polls(Day(whole))[0].closed is None
    (closed,) = centre.polls(Day(whole))
    assert (closed.id, closed.closed) == (incident.id, START + 8 * MINUTE)
    assert centre.polls(Day(whole)) == ()


def test_both_cores_are_one_incident_for_all_that_hangs_on_them(
    centre: Watch, whole: Topology
) -> None:
    (incident,) = centre.polls(Day(whole, dead={"core-1", "core-2"}), 2)
    assert incident.roots == {"core-1", "core-2"}
    assert len(incident.children) > 300
    assert incident.severity == "ppms"


def test_two_faults_far_apart_are_two_incidents(centre: Watch, whole: Topology) -> None:
    found = centre.polls(Day(whole, dead={"28085-stade", "28218-marche"}), 2)
    assert {min(incident.roots) for incident in found} == {"28085-stade", "28218-marche"}


def test_a_trench_is_one_incident_for_all_links_in_it(centre: Watch, whole: Topology) -> None:
    (duct,) = [event for event in whole.events if event.id == "depart-ouest"]
    links = {whole.spans[link].id for link in duct.links}
    (incident,) = centre.polls(Day(whole, cut=links), 2)
    assert (incident.kind, incident.suspected) == ("cut", "duct depart-ouest")
    assert incident.roots == links


def test_an_incident_goes_on_while_its_cause_grows(centre: Watch, whole: Topology) -> None:
    (first,) = centre.polls(Day(whole, cut={"chartres-nord/3"}), 2)
    (second,) = centre.polls(Day(whole, cut={"chartres-nord/3", "chartres-nord/6"}), 2)
    assert (first.kind, second.kind) == ("cut", "outage")
    assert second.id == first.id
    assert second.roots == {"chartres-nord/3", "chartres-nord/6"}


def test_a_blind_poller_is_one_incident_and_hides_none_that_was_open(
    centre: Watch, whole: Topology
) -> None:
    found = centre.polls(Day(whole, dead={"csi-acces-1", "csi-acces-2"}), 2)
    assert {(incident.kind, min(incident.roots)) for incident in found} == {
        ("blind", "poller/management"),
        ("blind", "poller/video"),
    }


def test_a_flapping_camera_is_one_incident_though_no_two_polls_agree(
    centre: Watch, whole: Topology
) -> None:
    for _ in range(4):
        centre.polls(Day(whole, mute={"28085-0001"}))
        found = centre.polls(Day(whole))
    (incident,) = found
    assert (incident.kind, min(incident.roots)) == ("flapping", "28085-0001")


def test_work_that_was_announced_is_no_incident_nor_is_what_it_takes_away(
    centre: Watch, whole: Topology
) -> None:
    ends = START + timedelta(hours=1)
    work = Window(frozenset({"28085-stade"}), START, ends, "astreinte", "new switch")
    centre.windows = (work,)
    working = Day(whole, dead={"28085-stade"})
    assert centre.polls(working, 3) == ()
    states = {centre.known.standings[each].told.state for each in cameras_on(whole, "28085-stade")}
    assert states == {"maintenance"}
    centre.at = ends
    (incident,) = centre.polls(working, 2)
    assert incident.opened == ends


def test_work_does_not_hide_what_fails_besides(centre: Watch, whole: Topology) -> None:
    work = Window(frozenset({"chartres-nord/3"}), START, START + 60 * MINUTE, "x", "splicing")
    centre.windows = (work,)
    assert centre.polls(Day(whole, cut={"chartres-nord/3"}), 2) == ()
    (incident,) = centre.polls(Day(whole, cut={"chartres-nord/3", "chartres-nord/6"}), 2)
    assert incident.kind == "outage"


def test_severity_is_that_of_the_gravest_place_behind(
    centre: Watch, chartres: Blueprint, whole: Topology
) -> None:
    ranked = severities(chartres, whole)
    school = next(
        camera for camera in chartres.cameras.values() if camera.ppms and camera.id in whole.leaves
    )
    (incident,) = centre.polls(Day(whole, dead={school.switch or ""}), 2)
    assert (incident.severity, ranked[school.switch or ""]) == ("ppms", "ppms")
    plain = next(
        camera
        for camera in chartres.cameras.values()
        if camera.severity == "normal" and camera.id in whole.leaves
    )
    (alone,) = Watch(chartres, whole).polls(Day(whole, mute={plain.id}), 2)
    assert alone.severity == "normal"


STEPS = (
    EscalationStep(who=("commune",)),
    EscalationStep(after_minutes=30, who=("owner",), severities=("ppms",)),
    EscalationStep(after_minutes=60, contacts=("astreinte",)),
)


@pytest.fixture
def incident(centre: Watch, whole: Topology) -> Incident:
    (found,) = centre.polls(Day(whole, dead={"28085-ecole-tilleuls"}), 2)
    assert found.severity == "ppms"
    return found


def test_steps_are_due_in_their_time_and_each_once(incident: Incident) -> None:
    def now(minutes: int, *taken: int) -> tuple[int, ...]:
        at = incident.opened + minutes * MINUTE
        return due(incident, STEPS, frozenset(taken), (), (), at)

    assert (now(0), now(29, 0), now(30, 0), now(61, 0, 1)) == ((0,), (), (1,), (2,))


def test_who_acknowledges_stops_the_calls_for_that_incident_alone(incident: Incident) -> None:
    at = incident.opened + 90 * MINUTE
    own = Acknowledgement(incident.id, "nadia", "on the way", at)
    other = Acknowledgement("another", "nadia", "on the way", at)
    assert due(incident, STEPS, frozenset(), (), (own,), at) == ()
    assert due(incident, STEPS, frozenset(), (), (other,), at) == (0, 1, 2)


def test_a_silence_puts_calls_off_to_its_end(incident: Incident) -> None:
    ends = incident.opened + 20 * MINUTE
    silence = Silence(incident.roots, incident.opened, ends, "nadia", "known")
    assert due(incident, STEPS, frozenset(), (silence,), (), ends - MINUTE) == ()
    assert due(incident, STEPS, frozenset(), (silence,), (), ends) == (0,)


def test_a_silenced_camera_does_not_silence_its_switch(incident: Incident) -> None:
    later = incident.opened + timedelta(days=1)
    silence = Silence(incident.children, incident.opened, later, "nadia", "x")
    assert due(incident, STEPS, frozenset(), (silence,), (), incident.opened) == (0,)
