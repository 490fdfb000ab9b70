"""What a shift hands over: what is open and over, what people did, what is ahead."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.pages import read
from tests.unit.health.reporting.memory import Memory, utc
from tests.unit.health.reporting.month import PARIS

from maille.errors import UsageError
from maille.health.history.model import Escalation
from maille.health.incidents.model import Acknowledgement, Silence, Window
from maille.health.reporting.files import shift_file
from maille.health.reporting.past_incidents import is_about, past_incidents
from maille.health.reporting.shift import compile_shift
from maille.health.reporting.shift_as_text import shift_as_text
from maille.health.uptime.attribution import stints
from maille.tongue import tongue

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.health.reporting.memory import Fault

    from maille.blueprint.model import Blueprint
    from maille.health.reporting.shift import Shift

GOLDEN = Path(__file__).parents[3] / "golden" / "health" / "report"
DAY = date(2026, 3, 29)
NIGHT = (utc(2026, 3, 28, 21), utc(2026, 3, 29, 4))
"""The night in which the clock is put forward: from 22:00 to 06:00, of seven hours."""
SWITCH = "28085-jardin"


@pytest.fixture
def told(blueprint: Blueprint) -> Memory:
    """Tell of a night.

    A cabinet loses its power and both its devices are away; a camera is down since the afternoon;
    another was for ten minutes; from half past three nobody looked for half an hour.
    """
    memory = Memory()
    targets = {one.target for one in stints(blueprint, PARIS)}
    begin = utc(2026, 3, 28)
    memory.poll(targets, (begin, utc(2026, 3, 29, 1, 30)), (utc(2026, 3, 29, 2), NIGHT[1]))
    away: Fault = ("power", (SWITCH,))
    memory.tell(SWITCH, (begin, "up"), (utc(2026, 3, 29, 0, 30), "down", away))
    memory.tell("28085-0005", (begin, "up"), (utc(2026, 3, 29, 0, 31), "unreachable", away))
    memory.tell("28110-0003", (begin, "up"), (utc(2026, 3, 28, 15), "down"))
    memory.tell(
        "28085-0002",
        (begin, "up"),
        (utc(2026, 3, 28, 23), "down"),
        (utc(2026, 3, 28, 23, 10), "up"),
    )
    for target in sorted(targets - memory.every_state.keys()):
        memory.tell(target, (begin, "up"))
    memory.acknowledged.append(
        Acknowledgement(
            "20260328T150000Z/28110-0003", "j. petit", "lens broken, ordered", utc(2026, 3, 28, 16)
        )
    )
    memory.escalated.append(Escalation(f"20260329T003000Z/{SWITCH}", 0, utc(2026, 3, 29, 0, 32)))
    subjects = frozenset({"28110-mairie"})
    memory.windows.append(
        Window(subjects, utc(2026, 3, 29, 7), utc(2026, 3, 29, 9), "m. martin", "new supply")
    )
    memory.windows.append(
        Window(subjects, utc(2026, 4, 29, 7), utc(2026, 4, 29, 9), "m. martin", "far ahead")
    )
    memory.silenced.append(
        Silence(frozenset({"28110-0003"}), begin, utc(2026, 3, 30), "j. petit", "known")
    )
    memory.silenced.append(Silence(subjects, begin, utc(2026, 3, 29, 1), "j. petit", "past"))
    return memory


@pytest.fixture
def night(blueprint: Blueprint, told: Memory) -> Shift:
    return compile_shift(blueprint, told, NIGHT, PARIS)


def test_a_shift_begins_with_what_is_open_and_gravest(night: Shift) -> None:
    assert [(one.incident.id, one.when, one.new) for one in night.affairs] == [
        ("20260328T150000Z/28110-0003", "open", False),
        (f"20260329T003000Z/{SWITCH}", "open", True),
        ("20260328T230000Z/28085-0002", "over", True),
    ]
    school, power, _ = (one.incident for one in night.affairs)
    assert (school.severity, power.severity) == ("ppms", "normal")
    assert power.hit == frozenset({SWITCH})
    assert power.children == frozenset({"28085-0005"})


def test_what_people_did_stands_with_what_they_did_it_about(night: Shift) -> None:
    school, power, over = night.affairs
    assert school.acknowledged is not None
    assert school.acknowledged.author == "j. petit"
    assert [(one.at, one.who, one.how) for one in power.contacted] == [
        (utc(2026, 3, 29, 0, 32), "Hotline", "+33 1 99 00 28 40")
    ]
    assert (power.acknowledged, school.contacted, over.contacted) == (None, (), ())


def test_what_was_done_before_the_shift_is_known(blueprint: Blueprint, told: Memory) -> None:
    """Down since the day before, degraded since the night: one incident, by its first id."""
    ident = "20260327T100000Z/28085-0006"
    down = utc(2026, 3, 27, 10)
    told.every_state["28085-0006"].clear()
    told.tell("28085-0006", (down, "down"), (utc(2026, 3, 28, 20), "degraded"))
    told.escalated.append(Escalation(ident, 0, down))
    told.acknowledged.append(Acknowledgement(ident, "a. roy", "seen", down))
    night = compile_shift(blueprint, told, NIGHT, PARIS)
    (found,) = (one for one in night.affairs if one.incident.id == ident)
    assert (found.when, found.new, found.incident.kind) == ("open", False, "outage")
    assert [one.at for one in found.contacted] == [down]
    assert found.acknowledged is not None


def test_what_was_over_before_the_shift_is_not_told(blueprint: Blueprint, told: Memory) -> None:
    later = (utc(2026, 3, 29, 2), NIGHT[1])
    night = compile_shift(blueprint, told, later, PARIS)
    assert {one.when for one in night.affairs} == {"open"}


def test_only_what_still_matters_is_told(night: Shift) -> None:
    assert [one.reason for one in night.maintenance] == ["new supply"]
    assert [one.reason for one in night.silences] == ["known"]
    assert night.unseen == ((utc(2026, 3, 29, 1, 30), utc(2026, 3, 29, 2)),)


def test_devices_are_counted_as_they_were_last_seen(
    blueprint: Blueprint, told: Memory, night: Shift
) -> None:
    assert (night.counts["down"], night.counts["unreachable"]) == (2, 1)
    assert "unknown" not in night.counts
    later = (NIGHT[0], NIGHT[1] + timedelta(hours=1))
    assert compile_shift(blueprint, told, later, PARIS).counts.keys() == {"unknown"}


def test_what_was_away_twice_are_two_incidents(told: Memory) -> None:
    states = {"28085-0002": told.every_state["28085-0002"]}
    (first,) = past_incidents(states, lambda _: "normal")
    again = [replace(one, began=one.began + timedelta(hours=2)) for one in states["28085-0002"]]
    again = [replace(one, ended=one.began + timedelta(minutes=5)) for one in again]
    both = past_incidents({"28085-0002": [*states["28085-0002"], again[1]]}, lambda _: "normal")
    assert [one.opened for one in both] == [first.opened, first.opened + timedelta(hours=2)]
    assert is_about(first.id, both[0])
    assert not is_about(first.id, both[1])
    assert not is_about("20260328T230000Z/28085-0001", both[0])


def test_text(night: Shift, assert_golden: Callable[[str, Path], None]) -> None:
    assert_golden(f"{shift_as_text(night)}\n", GOLDEN / "shift.txt")


def test_document(night: Shift, assert_golden: Callable[[str, Path], None]) -> None:
    written = shift_file(night, ".json", DAY, tongue("en"))
    assert len(json.loads(written)["open"]) == 2
    assert_golden(written, GOLDEN / "shift.json")


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Relève de la vacation"), ("en", "Hand-over of the shift")],
)
def test_page_has_room_to_sign(night: Shift, language: str, words: str) -> None:
    page = read(shift_file(night, ".html", DAY, tongue(language)))
    assert words in page.seen
    assert sum("signature)" in text for text in page.seen) == 2
    assert page.loads == ["data:,"]


def test_a_hand_over_is_no_table(night: Shift) -> None:
    with pytest.raises(UsageError, match="no table"):
        shift_file(night, ".csv", DAY, tongue("en"))
