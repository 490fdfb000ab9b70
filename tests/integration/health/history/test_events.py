"""What operators do is kept, in order, and holds until it ends or is withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from maille.health.history.events import add, events
from maille.health.history.model import Escalation, Withdrawal
from maille.health.history.reading import Reading
from maille.health.incidents.model import Acknowledgement, Silence, Window

if TYPE_CHECKING:
    from maille.health.history.database import Database
    from maille.health.uptime.reader import Journal

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = (NOON - 12 * HOUR, NOON + 12 * HOUR)
WORK = Window(frozenset({"as-1", "as-2/as-3"}), NOON, NOON + 4 * HOUR, "élise", "new supply")
QUIET = Silence(frozenset({"28085-0001"}), NOON, NOON + 4 * HOUR, "noc", "fairground")
SEEN = Acknowledgement("20260301T110000Z/as-1", "noc", "on their way", NOON)


def test_events_are_given_back_as_they_were_with_rising_numbers(database: Database) -> None:
    numbers = [add(database, event, NOON) for event in (WORK, QUIET, SEEN)]
    kept = events(database)
    assert [one.event for one in kept] == [WORK, QUIET, SEEN]
    assert [one.number for one in kept] == numbers == sorted(set(numbers), key=str)
    assert events(database, NOON) == ()


def test_reports_get_what_touches_their_window(database: Database) -> None:
    for event in (SEEN, QUIET, WORK):
        add(database, event, NOON)
    reading: Journal = Reading(database)
    assert reading.maintenance(DAY) == [WORK]
    assert reading.silences(DAY) == [QUIET]
    assert reading.acknowledgements(DAY) == [SEEN]
    after, before = (NOON + 4 * HOUR, NOON + 9 * HOUR), (NOON - HOUR, NOON)
    assert [*reading.maintenance(after), *reading.silences(after)] == []
    assert [*reading.maintenance(before), *reading.acknowledgements(before)] == []


def test_what_was_withdrawn_held_until_then(database: Database) -> None:
    early, late = NOON - HOUR, NOON + HOUR
    for event, until in ((WORK, late), (QUIET, early), (SEEN, late)):
        number = add(database, event, NOON)
        assert number
        add(database, Withdrawal(number, "noc", "done", until), until)
    reading = Reading(database)
    (work,) = reading.maintenance(DAY)
    assert (work.starts, work.ends) == (NOON, late)
    assert reading.silences(DAY) == []
    assert reading.acknowledgements(DAY) == []


def test_of_two_pollers_one_takes_a_step_of_the_escalation(database: Database) -> None:
    step = Escalation(SEEN.incident, 0, NOON)
    assert add(database, step, NOON)
    assert add(database, Escalation(SEEN.incident, 0, NOON + HOUR), NOON + HOUR) is None
    assert add(database, Escalation(SEEN.incident, 1, NOON + HOUR), NOON + HOUR)
    assert [one.step for one in Reading(database).escalations(DAY)] == [0, 1]
    assert Reading(database).escalations((NOON, NOON + HOUR)) == [step]
