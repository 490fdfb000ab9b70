"""What is wrong with a device, by what was seen of it and of its port."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.unit.health.seen import (
    AT,
    CAMERA,
    CAMERA_WELL,
    SURVEY,
    SWITCH,
    observed,
    silent,
    twice,
)

from maille.health.judging.codes import HEALTH_RULES
from maille.health.judging.judge import Beside, Judgement, judge
from maille.health.profiles.library import shipped
from maille.health.snmp.model import REASONS, Silence
from maille.health.sweep.model import Learnt, Seen
from maille.health.sweep.plan import plan

if TYPE_CHECKING:
    from maille.health.model import Condition
    from maille.health.snmp.model import Reason, Value
    from maille.health.sweep.model import Survey
    from maille.health.targets.model import Target

NOTHING_ON_CAMERA = replace(CAMERA, profile=None, algorithms=None)


def judged(
    changed: dict[str, Value] | None = None,
    survey: Survey = SURVEY,
    camera: Target = CAMERA,
    camera_silent: Reason | None = None,
    beside: Beside | None = None,
) -> Judgement:
    before, now = twice(changed, survey)
    seen = {SWITCH.id: now}
    if camera.profile:
        seen[camera.id] = (
            silent(camera, Silence(camera_silent))
            if camera_silent
            else observed(camera, CAMERA_WELL)
        )
    return judge((SWITCH, camera), shipped(), seen, {SWITCH.id: before}, AT, beside)


def of(judgement: Judgement, target: Target) -> Condition:
    return next(one for one in judgement.conditions if one.target == target.id)


def codes(judgement: Judgement, target: Target = CAMERA) -> list[str]:
    return [trouble.code for trouble in of(judgement, target).troubles]


def test_what_is_as_planned_has_no_trouble() -> None:
    found = judged()
    assert [(one.life, one.troubles) for one in found.conditions] == [("answers", ())] * 2
    assert [(one.link, one.up) for one in found.links] == [("nord/3", True)]


@pytest.mark.parametrize(
    ("changed", "code", "what"),
    [
        ({"ifOperStatus.3": 2}, "H010", "its port 28085-ecole GigabitEthernet1/3 is down"),
        ({"ifHighSpeed.3": 10}, "H011", "negotiated 10 Mbit/s of 100"),
        ({"cpeExtPsePortPwrConsumption.1.3": 0}, "H012", "draws 0.0 W"),
        ({"pethPsePortDetectionStatus.1.3": 2}, "H012", "its port feeds nothing (searching)"),
        (
            {"ifHCInOctets.3": 1_000_250_000},
            "H013",
            "sends no video: 0.20 Mbit/s of 4.00 planned",
        ),
        (
            {"ifHCInOctets.3": 1_025_000_000},
            "H014",
            "sends too much: 20.00 Mbit/s of 4.00 planned",
        ),
        ({"ifInErrors.3": 50}, "H017", "5 broken frames a second on GigabitEthernet1/3"),
        ({"ifInDiscards.3": 500}, "H018", "50 discarded frames a second on GigabitEthernet1/3"),
    ],
)
def test_a_port_that_is_not_as_planned_is_the_cameras_trouble(
    changed: dict[str, Value], code: str, what: str
) -> None:
    troubles = {one.code: one for one in of(judged(changed), CAMERA).troubles}
    assert troubles[code].what == what
    assert troubles[code].evidence[0].source == SWITCH.id
    assert code in HEALTH_RULES


def test_without_a_reading_before_no_rate_is_judged() -> None:
    _, now = twice({"ifHCInOctets.3": 1_000_250_000})
    found = judge((SWITCH, CAMERA), shipped(), {SWITCH.id: now}, {}, AT)
    assert codes(found) == []


@pytest.mark.parametrize(
    "began",
    [
        {"snmpEngineBoots.0": 5, "sysUpTime.0": 300},
        {"ifCounterDiscontinuityTime.3": 1_000_500},
    ],
)
def test_a_counter_that_began_anew_is_no_missing_video(began: dict[str, Value]) -> None:
    found = judged({**began, "ifHCInOctets.3": 1000})
    assert codes(found) == []


def test_a_restart_is_told_of_the_device_that_restarted() -> None:
    found = judged({"snmpEngineBoots.0": 5, "sysUpTime.0": 300})
    assert codes(found, SWITCH) == ["H006"]


def test_another_device_on_the_port_is_told_with_its_address() -> None:
    stranger = Learnt(None, at_own=False, others=("02:00:00:00:00:99",))
    survey = replace(SURVEY, learnt={"GigabitEthernet1/3": stranger})
    assert [one.what for one in of(judged(survey=survey), CAMERA).troubles] == [
        "02:00:00:00:00:99 is on its port"
    ]


def test_a_camera_on_another_port_is_told_with_that_port() -> None:
    moved = Learnt("Gi1/7", at_own=False)
    survey = replace(SURVEY, learnt={"GigabitEthernet1/3": moved})
    assert [one.what for one in of(judged(survey=survey), CAMERA).troubles] == [
        "is on Gi1/7 of 28085-ecole, not on GigabitEthernet1/3"
    ]


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (Seen("28085-GARE", ("GigabitEthernet1/2",)), []),
        (Seen("28085-gare", ()), []),
        (Seen("28085-gare.video.example", ("Gi1/1",)), ["H016"]),
        (Seen("28085-mairie", ("Gi1/2",)), ["H016"]),
    ],
)
def test_a_neighbour_is_held_against_the_cabling_plan(seen: Seen, told: list[str]) -> None:
    survey = replace(SURVEY, neighbours={"GigabitEthernet1/1": (seen,)})
    assert codes(judged(survey=survey), SWITCH) == told


def test_a_port_that_the_switch_does_not_have_is_told() -> None:
    survey = replace(SURVEY, indexes={"GigabitEthernet1/1": 1})
    assert codes(judged(survey=survey), SWITCH) == ["H019"]


def test_another_kind_of_device_is_told() -> None:
    assert codes(judged({"sysObjectID.0": "1.3.6.1.4.1.30065.1.1"}), SWITCH) == ["H005"]
    assert codes(judged({"sysObjectID.0": "1.3.6.1.4.1.9.10"}), SWITCH) == ["H005"]


def test_a_silent_camera_whose_stream_flows_lives() -> None:
    found = of(judged(camera_silent="silent"), CAMERA)
    assert found.life == "answers"
    assert [one.code for one in found.troubles] == ["H001"]


def test_a_silent_camera_without_a_stream_is_silent() -> None:
    found = of(judged({"ifHCInOctets.3": 1_000_000_000}, camera_silent="silent"), CAMERA)
    assert found.life == "silent"


@pytest.mark.parametrize("reason", [one for one in REASONS if one not in {"silent", "refused"}])
def test_a_device_that_answers_anything_lives_and_is_in_trouble(reason: Reason) -> None:
    dark: dict[str, Value] = {"ifHCInOctets.3": 1_000_000_000}
    found = of(judged(dark, camera_silent=reason), CAMERA)
    assert found.life == "answers"
    assert found.troubles[0].what == REASONS[reason]


@pytest.mark.parametrize(
    ("changed", "beside", "life"),
    [
        ({}, Beside(), "answers"),
        ({"ifHCInOctets.3": 1_000_000_000}, Beside(), "silent"),
        ({"ifOperStatus.3": 2}, Beside(), "silent"),
        ({"ifOperStatus.3": 2}, Beside(newest_s={CAMERA.id: 30.0}), "answers"),
        ({"ifHCInOctets.3": 1_000_000_000}, Beside(rtsp={CAMERA.id: True}), "answers"),
    ],
)
def test_a_camera_without_snmp_lives_by_its_port_its_stream_and_its_segments(
    changed: dict[str, Value], beside: Beside, life: str
) -> None:
    assert of(judged(changed, camera=NOTHING_ON_CAMERA, beside=beside), CAMERA).life == life


def test_a_camera_without_snmp_whose_switch_is_silent_is_unseen() -> None:
    seen = {SWITCH.id: silent(SWITCH, Silence("silent"))}
    found = judge((SWITCH, NOTHING_ON_CAMERA), shipped(), seen, {}, AT)
    assert [one.life for one in found.conditions] == ["silent", "unseen"]


@pytest.mark.parametrize("age_s", [None, 3600.0])
def test_up_and_not_recording_is_told(age_s: float | None) -> None:
    assert codes(judged(beside=Beside(newest_s={CAMERA.id: age_s}))) == ["H022"]


def test_an_rtsp_server_that_does_not_answer_is_told() -> None:
    assert codes(judged(beside=Beside(rtsp={CAMERA.id: False}))) == ["H021"]


def test_a_link_is_down_as_soon_as_one_end_says_so() -> None:
    found = judged({"ifOperStatus.1": 2})
    assert [(one.link, one.up) for one in found.links] == [("nord/3", False)]


@pytest.mark.parametrize(("value", "told"), [(3, []), (5, ["its output comes from the battery"])])
def test_a_supply_on_its_battery_says_so(value: int, told: list[str]) -> None:
    supply = replace(CAMERA, id="ups-1", kind="ups", profile="ups", rtsp=None)
    seen = {supply.id: observed(supply, {"sysUpTime.0": 5, "upsOutputSource.0": value})}
    found = judge((supply,), shipped(), seen, {}, AT)
    assert [trouble.what for trouble in of(found, supply).troubles] == told


def test_a_plan_asks_no_more_by_one_message_than_the_profile_allows() -> None:
    profile = shipped().profiles["cisco-ios"]
    made = plan(profile, SWITCH.ports, SURVEY)
    assert max(map(len, made.messages)) <= profile.family.largest_message
    assert len({oid for message in made.messages for oid in message}) == sum(
        map(len, made.messages)
    )
