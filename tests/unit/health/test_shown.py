"""A look as the terminal, programs and monitoring systems get it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.unit.health.seen import AT, CAMERA, CAMERA_WELL, SWITCH, observed, silent, twice

from maille.health.judging.judge import Judgement, judge
from maille.health.look import Look
from maille.health.model import Blind, Cause, Cut, DeviceState, LinkCondition, Picture
from maille.health.profiles.library import shipped
from maille.health.shown.as_document import as_document
from maille.health.shown.as_text import as_text
from maille.health.shown.plugin import line
from maille.health.snmp.model import Silence

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.health.model import State
    from maille.health.snmp.model import Value
    from maille.health.targets.model import Target

GOLDEN = Path(__file__).parents[2] / "golden" / "health"
FAR = replace(CAMERA, id="28085-0002", place="28085 Chartres, gare", severity="normal")
LOST = replace(SWITCH, id="28085-gare", place="28085 Chartres, gare", ports=(), severity="normal")
WELL = replace(CAMERA, id="28085-0003", place="28085 Chartres, parvis", severity="normal")


def taken(changed: dict[str, Value]) -> Look:
    before, now = twice(changed)
    seen = {SWITCH.id: now, CAMERA.id: observed(CAMERA, CAMERA_WELL)}
    seen |= {far.id: silent(far, Silence("silent")) for far in (FAR, LOST)}
    seen[WELL.id] = replace(observed(WELL, CAMERA_WELL), target=WELL.id)
    targets = (SWITCH, LOST, CAMERA, FAR, WELL)
    judgement = judge(targets, shipped(), seen, {SWITCH.id: before}, AT)
    gone = Cause((LOST.id,), suspected="cable nord-7")
    states = {one.target: _state(judgement, one.target, gone) for one in judgement.conditions}
    cut = Cut("nord/3", "nord", "cable nord-3", ())
    blind = Blind("management", ("core-1", "core-2"), ("agg-nord-1", "agg-nord-2"))
    return Look(
        AT, targets, seen, {SWITCH.id: before}, judgement, Picture(states, (cut,), (blind,))
    )


def _state(judgement: Judgement, target: str, gone: Cause) -> DeviceState:
    condition = next(one for one in judgement.conditions if one.target == target)
    state: State = "degraded" if condition.troubles else "up"
    away: dict[str, State] = {FAR.id: "unreachable", LOST.id: "down"}
    return DeviceState(
        target,
        away.get(target, state),
        gone if target in away else None,
        condition.troubles,
        condition.evidence,
    )


CHANGED: dict[str, Value] = {"ifHCInOctets.3": 1_000_250_000, "cpeExtPsePortPwrConsumption.1.3": 0}


@pytest.mark.parametrize("every", [False, True])
def test_the_table_leads_with_what_is_wrong(
    every: bool,  # noqa: FBT001 - a parameter of pytest
    assert_golden: Callable[[str, Path], None],
) -> None:
    text = as_text(taken(CHANGED), "Chartres métropole", "agents.json", every=every)
    assert_golden(text + "\n", GOLDEN / f"sweep{'-all' if every else ''}.txt")


def test_the_document_holds_all_devices_with_cause_trouble_and_evidence(
    assert_golden: Callable[[str, Path], None],
) -> None:
    document = as_document(taken(CHANGED), "chartres", "gufo")
    text = json.dumps(document, indent=2, ensure_ascii=False, default=str)
    assert_golden(text + "\n", GOLDEN / "sweep.json")


@pytest.mark.parametrize(
    ("target", "status", "words"),
    [
        (WELL, 0, "OK - 28085-0003 up"),
        (CAMERA, 1, "WARNING - 28085-0001 degraded: H012 draws 0.0 W"),
        (LOST, 2, "CRITICAL - 28085-gare down: snmp does not answer"),
        (FAR, 2, "CRITICAL - 28085-0002 unreachable: because of 28085-gare (suspected: cable"),
    ],
)
def test_the_plugin_answers_in_one_line_with_the_status_of_nagios(
    target: Target, status: int, words: str
) -> None:
    said, code = line(taken(CHANGED), target.id)
    assert code == status
    assert said.startswith(words)
    assert "\n" not in said


def with_state(look: Look, state: DeviceState, *cuts: Cut) -> Look:
    """Give a look in which one device has another state, and nothing else is cut."""
    states = {**look.picture.states, state.target: state}
    return replace(look, picture=Picture(states, cuts))


def test_lost_management_is_told_as_such_by_table_and_plugin() -> None:
    own = DeviceState(LOST.id, "degraded", Cause((LOST.id,)), (), ())
    look = with_state(taken({}), own)
    assert "management lost, forwards still" in as_text(look, "Chartres")
    assert line(look, LOST.id) == (
        "WARNING - 28085-gare degraded: management lost, forwards still",
        1,
    )
    behind = replace(own, cause=Cause(("core-1",)))
    said, _ = line(with_state(taken({}), behind), LOST.id)
    assert said.endswith("management lost, forwards still because of core-1")


def test_links_that_take_devices_away_are_named_and_counted_once() -> None:
    gone = DeviceState(FAR.id, "unreachable", Cause((), ("nord/1", "nord/4")), (), ())
    told = as_text(with_state(taken({}), gone), "Chartres").splitlines()
    assert "1 unreachable because of link nord/1, link nord/4" in told


def test_a_switch_with_a_link_down_is_a_warning_of_the_plugin() -> None:
    link = next(port.subject for port in SWITCH.ports if port.kind == "link")
    up = DeviceState(SWITCH.id, "up", None, (), ())
    well = with_state(taken({}), up, Cut(link, "nord", None, ()))
    assert line(well, SWITCH.id)[1] == 0
    down = replace(well.judgement, links=(LinkCondition(link, up=False),))
    said, code = line(replace(well, judgement=down), SWITCH.id)
    assert code == 1
    assert said.startswith(f"WARNING - {SWITCH.id} up: no longer redundant: link {link} of ring")
    alone = replace(with_state(taken({}), up), judgement=down)
    assert line(alone, SWITCH.id)[0].startswith(f"WARNING - {SWITCH.id} up: link {link} is down")


def test_performance_data_are_label_value_and_unit() -> None:
    said, _ = line(taken(CHANGED), CAMERA.id)
    data = said.partition(" | ")[2].split()
    assert "uptime=5000s;;;0" in data
    assert "'traffic'=0.200;;;0" in data
    assert "'power'=0.0;;;0" in data
