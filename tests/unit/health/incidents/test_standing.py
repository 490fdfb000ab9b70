"""When a state is believed, and when it is held back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from maille.health.incidents.standing import follow
from maille.health.model import DeviceState, Evidence
from maille.inventory.schema.health import Health

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.health.incidents.model import Change, Standing
    from maille.health.model import State

START = datetime(2026, 11, 22, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DEFAULTS = Health()
CALM: list[State] = ["up"]
BLIPS: list[State] = ["down", "up"]
DEPARTURES: list[State] = ["down", "down", "up", "up"]
LOSSES: list[State] = ["unreachable", "unreachable", "up", "up"]


def seen(state: State, number: int) -> DeviceState:
    evidence = Evidence(START + number * MINUTE, "c", "sysUpTime", str(number))
    return DeviceState("c", state, None, (), (evidence,))


def told(
    states: Iterable[State],
    settings: Health = DEFAULTS,
    every: timedelta = MINUTE,
) -> tuple[list[Change], Standing]:
    """Follow a device through some rounds; give what was told, and how it stands."""
    standing, changes = None, []
    for number, state in enumerate(states):
        standing, change = follow(standing, seen(state, number), START + number * every, settings)
        changes += [change] if change else []
    assert standing
    return changes, standing


def words(changes: list[Change]) -> list[tuple[str, str, int, bool]]:
    """Give each change with the minute at which it was seen first."""
    return [
        (change.before, change.after, (change.at - START) // MINUTE, change.flapping)
        for change in changes
    ]


def test_a_single_missed_poll_is_not_told() -> None:
    changes, standing = told(["up", "up", "down", "up", "up"])
    assert words(changes) == [("unknown", "up", 0, False)]
    assert standing.told.state == "up"


def test_an_outage_is_told_when_confirmed_and_begins_with_the_first_poll_that_saw_it() -> None:
    changes, standing = told(["up", "up", "down", "down", "down"])
    assert words(changes)[1:] == [("up", "down", 2, False)]
    assert standing.since == START + 2 * MINUTE
    assert changes[1].evidence[0].value == "3"


def test_what_interrupts_a_state_is_counted_anew() -> None:
    settings = Health(confirm_polls=3)
    changes, _ = told(["up", "down", "down", "unreachable", "down", "down"], settings)
    assert words(changes) == [("unknown", "up", 0, False)]


def test_a_device_that_was_never_seen_alive_needs_confirmation_too() -> None:
    assert words(told(["down"])[0]) == []
    assert words(told(["down", "down"])[0]) == [("unknown", "down", 0, False)]


def test_maintenance_is_told_at_once_for_it_was_announced() -> None:
    assert words(told(["up", "maintenance"])[0])[1:] == [("up", "maintenance", 1, False)]


def test_one_that_comes_and_goes_is_told_once_and_not_as_back() -> None:
    coming_and_going: list[State] = ["up", *DEPARTURES * 4]
    changes, standing = told(coming_and_going)
    assert words(changes) == [
        ("unknown", "up", 0, False),
        ("up", "down", 1, False),
        ("down", "up", 3, False),
        ("up", "down", 5, False),
        ("down", "up", 7, False),
        ("up", "up", 9, True),
        ("up", "down", 9, True),
    ]
    assert (standing.flapping, standing.told.state, standing.seen) == (True, "down", "up")


def test_blips_that_no_two_polls_confirm_are_flapping_all_the_same() -> None:
    changes, standing = told(["up", *BLIPS * 4])
    assert words(changes) == [("unknown", "up", 0, False), ("up", "up", 5, True)]
    assert standing.told.state == "up"


def test_it_is_told_as_back_when_it_has_been_quiet_for_long_enough() -> None:
    coming_and_going: list[State] = ["up", *DEPARTURES * 4]
    changes, standing = told([*coming_and_going, *CALM * 60])
    assert not standing.flapping
    assert words(changes)[-1][:2] == ("down", "up")
    assert changes[-1].flapping is False


def test_whatever_came_before_calm_is_over_after_four_half_lives() -> None:
    always: list[State] = ["up", *DEPARTURES * 200]
    _, standing = told([*always, *CALM * 60])
    assert not standing.flapping
    assert standing.told.state == "up"


def test_the_same_departures_far_apart_are_no_flapping() -> None:
    coming_and_going: list[State] = ["up", *DEPARTURES * 4]
    _, standing = told(coming_and_going, every=timedelta(minutes=15))
    assert not standing.flapping


def test_a_device_lost_by_another_has_not_departed() -> None:
    _, standing = told(["up", *LOSSES * 6])
    assert (standing.flapping, standing.departures) == (False, 0)
