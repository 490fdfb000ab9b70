"""What an operator reads, made of plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.unit.health.seen import CAMERA, SURVEY, SWITCH
from tests.unit.health.states.chartres import Day, cameras_on
from tests.unit.health.terminal.scenes import Centre, after, chartres, drawn, one_camera

from maille.health.model import STATES
from maille.health.states.of_blueprint import topology_of
from maille.health.sweep.model import Learnt
from maille.health.terminal import communes, device, devices, overview, rings
from maille.health.terminal.devices import KINDS, Filter
from maille.health.terminal.lines import Teller
from maille.health.terminal.moment import banner, span
from maille.health.watching.model import Failed

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.health.snmp.model import Value
    from maille.health.states.topology import Topology
    from maille.health.watching.model import Watched

GOLDEN = Path(__file__).parents[3] / "golden" / "health" / "terminal"
CUT = "chartres-nord/3"
DEAD = "28085-stade"


@pytest.fixture(scope="module")
def watched() -> Watched:
    return chartres()


@pytest.fixture(scope="module")
def whole(watched: Watched) -> Topology:
    return topology_of(watched.blueprint)


def test_an_estate_with_a_dead_switch_and_a_cut_ring(
    watched: Watched, whole: Topology, assert_golden: Callable[[str, Path], None]
) -> None:
    moment = after(watched, Day(whole, dead={DEAD}, cut={"chartres-sud/2"}))
    found = overview.incidents(moment)
    parts = [
        *banner(watched, moment, None),
        drawn(found),
        *(overview.told(moment, row.key) for row in found.rows),
        drawn(communes.communes(moment)),
        drawn(rings.rings(moment)),
        rings.told(moment, "chartres-sud"),
        drawn(devices.devices(moment, Filter().next_states())),
        device.told(moment, cameras_on(whole, DEAD)[0]),
    ]
    assert_golden("\n\n".join(part.strip() for part in parts) + "\n", GOLDEN / "broken.txt")


def test_nothing_that_no_longer_holds_is_told_as_current(watched: Watched, whole: Topology) -> None:
    fresh = after(watched, Day(whole, dead={DEAD}, cut={"chartres-sud/2"}))
    stale = replace(fresh, stale=fresh.scene.at, now=fresh.now + timedelta(hours=1))
    for view in (overview.incidents, communes.communes, rings.rings):
        rows = view(stale).rows
        assert rows
        assert all(any(cell.startswith("was ") for cell in row.cells) for row in rows)
    assert all(row.cells[0] == f"was {row.tone}" for row in devices.devices(stale, Filter()).rows)
    when, counts = banner(watched, stale, Failed(stale.now, "no socket"))
    assert when == "STALE SINCE 09:03:00 (60 min): the last round failed: no socket"
    assert counts.startswith("as it was then: 1 down")
    assert "was unreachable since" in device.told(stale, cameras_on(whole, DEAD)[0])
    assert "was down" in rings.told(stale, "chartres-sud")


def test_before_the_first_round_nothing_is_claimed(watched: Watched) -> None:
    title, said = banner(watched, None, None)
    assert said == "the first round is under way"
    failed = Failed(Centre(watched).at, "no socket")
    assert banner(watched, None, failed)[1] == (
        "NOTHING IS KNOWN YET: the last round failed: no socket"
    )
    assert title == watched.blueprint.estate.settings.title


def test_what_one_poll_saw_is_told_as_seen_and_not_as_state(
    watched: Watched, whole: Topology
) -> None:
    moment = after(watched, Day(whole, dead={DEAD}), rounds=1)
    (row,) = devices.devices(moment, Filter(text=DEAD)).rows[:1]
    assert row.cells[0] == "up"
    assert row.cells[4].startswith("seen down in 1 of 2 polls")
    assert overview.incidents(moment).rows == ()


def test_a_filter_lets_through_what_passes_all_of_it(watched: Watched, whole: Topology) -> None:
    moment = after(watched, Day(whole, dead={DEAD}))

    def listed(wanted: Filter) -> list[str]:
        return [row.key for row in devices.devices(moment, wanted).rows]

    every = listed(Filter())
    assert len(every) == len(watched.targets)
    unwell = Filter().next_states()
    behind = cameras_on(whole, DEAD)
    assert listed(unwell) == [DEAD, *behind]
    assert listed(replace(unwell, kind="camera")) == behind
    assert listed(replace(unwell, kind="camera", text="BECAUSE of 28085-stade")) == behind
    assert listed(replace(unwell, text="nowhere")) == []
    assert listed(Filter(among=frozenset((DEAD,)), named="one")) == [DEAD]
    inside = communes.members(moment, "28218")
    assert 0 < len(inside) < len(every)
    assert set(listed(Filter(among=inside))) == inside


def test_the_keys_for_states_and_kinds_come_back_to_all() -> None:
    wanted, kinds = Filter(), []
    for _ in range(len(STATES) + 2):
        wanted = wanted.next_states()
    for _ in range(len(KINDS) + 1):
        wanted = wanted.next_kind()
        kinds.append(wanted.kind)
    assert wanted == Filter()
    assert kinds == [*KINDS, None]
    assert str(Filter(kind="camera", text="gare", named="commune 28085").next_states()) == (
        "state down, unreachable, degraded, unknown; kind camera; text “gare”; commune 28085"
    )


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "traffic  4.00 Mbit/s in of 4.00 planned"),
        ({}, "PoE      delivering, 7.4 W"),
        ({}, "MAC      ac:cc:8e:00:00:01, as recorded"),
        ({"ifOperStatus.3": 2}, "state    down (ifOperStatus 2)"),
        ({"ifHighSpeed.3": 10}, "speed    10 Mbit/s, at least 100 expected"),
        ({"pethPsePortDetectionStatus.1.3": 2}, "PoE      searching"),
        (
            {"ifHCInOctets.3": 1_000_000_000},
            "  ifHCInOctets.GigabitEthernet1/3 of 28085-ecole = 0.00 Mbit/s at 09:00:10",
        ),
        ({"ifHCInOctets.3": 1_000_000_000}, "degraded since 09:01:00 (65 s)"),
    ],
)
def test_a_cameras_port_is_told_with_what_was_read(
    watched: Watched, changed: dict[str, Value], told: str
) -> None:
    text = device.told(one_camera(watched, changed), CAMERA.id)
    assert told in text


def test_a_camera_elsewhere_is_told_with_where_it_is(watched: Watched) -> None:
    moment = one_camera(watched)
    now = moment.scene.observations[SWITCH.id]
    learnt = {"GigabitEthernet1/3": Learnt("Gi1/7", at_own=False, others=("00:11:22:33:44:55",))}
    moved = replace(now, survey=replace(SURVEY, learnt=learnt))
    seen = {**moment.scene.observations, SWITCH.id: moved}
    text = device.told(replace(moment, scene=replace(moment.scene, observations=seen)), CAMERA.id)
    assert "ac:cc:8e:00:00:01 is on Gi1/7; on this port: 00:11:22:33:44:55" in text


def test_a_port_that_was_not_read_is_named_all_the_same(watched: Watched) -> None:
    moment = one_camera(watched)
    blind = replace(moment, scene=replace(moment.scene, observations={}))
    text = device.told(blind, CAMERA.id)
    assert "port GigabitEthernet1/3 of 28085-ecole, camera 28085-0001: not read" in text
    assert "Mbit/s" not in text


def test_a_switch_is_told_with_all_its_ports(watched: Watched) -> None:
    text = device.told(one_camera(watched), SWITCH.id)
    assert "port GigabitEthernet1/3 of 28085-ecole, camera 28085-0001, read at" in text
    assert "port GigabitEthernet1/1 of 28085-ecole, link nord/3, read at" in text


def test_a_log_tells_each_change_once(watched: Watched, whole: Topology) -> None:
    centre, teller = Centre(watched), Teller()
    well, broken = Day(whole).picture(), Day(whole, dead={DEAD}).picture()
    first = list(teller.lines(centre.looks(well)))
    assert len(first) == 1
    assert first[0].startswith("2026-11-22T08:01:00Z first round: ")
    assert first[0].endswith(" up")
    assert list(teller.lines(centre.looks(broken))) == []
    told = list(teller.lines(centre.looks(broken)))
    assert told[0].startswith(f"2026-11-22T08:02:00Z {DEAD} down (was up)")
    assert len(told) == 2 + len(cameras_on(whole, DEAD))
    assert told[-1].startswith("2026-11-22T08:03:00Z incident 20261122T080200Z/28085-stade opened")
    assert list(teller.lines(centre.looks(broken))) == []
    failed = Failed(centre.at, "no socket")
    assert list(teller.lines(failed)) == [
        "2026-11-22T08:04:00Z stale since 2026-11-22T08:04:00Z: the round failed: no socket"
    ]
    assert list(teller.lines(failed)) == []
    centre.looks(well)
    again = list(teller.lines(centre.looks(well)))
    assert again[0] == "2026-11-22T08:06:00Z rounds go well again"
    assert again[-1].endswith("incident 20261122T080200Z/28085-stade closed")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(-3, "0 s"), (119, "119 s"), (120, "2 min"), (7200, "2 h"), (172800, "2 d")],
)
def test_a_duration_is_told_by_its_largest_unit(seconds: int, told: str) -> None:
    assert span(timedelta(seconds=seconds)) == told
