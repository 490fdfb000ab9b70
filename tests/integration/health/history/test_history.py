"""What is recorded is read again: against a plain model in memory, on both databases."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from tests.examples import examples

from maille.health.history.compacting import age, compact
from maille.health.history.leases import leave, shard_of, tend
from maille.health.history.model import (
    Measure,
    PolledInterval,
    Round,
    Samples,
    StateInterval,
)
from maille.health.history.reading import Reading
from maille.health.history.recording import History
from maille.health.history.tables import chunk, lease, metadata, tail
from maille.health.model import STATES, Cause, Condition, Evidence, LinkCondition

if TYPE_CHECKING:
    from maille.health.history.database import Database
    from maille.health.history.model import Value

START = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
VALIDITY = timedelta(minutes=10)
LONG = timedelta(days=1)
ALWAYS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
TARGETS = ("28085-0001", "as-épars", "cs-1")
MEASURES = (
    (Measure("ifHCInOctets.Gi1/3", "counter", "octets"), Measure("draw", "gauge", "W")),
    (Measure("temperature", "gauge", "°C"),),
)


@dataclass
class Plain:
    """The history as it would be kept if memory lasted."""

    states: defaultdict[str, list[StateInterval]] = field(default_factory=lambda: defaultdict(list))
    polled: defaultdict[str, list[PolledInterval]] = field(
        default_factory=lambda: defaultdict(list)
    )
    samples: defaultdict[str, dict[tuple[Measure, datetime], Value]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def record(self, round_: Round) -> None:
        for target in round_.polled:
            spans = self.polled[target]
            if spans and spans[-1].ended >= round_.at - round_.validity:
                spans[-1] = replace(spans[-1], ended=round_.at)
            else:
                spans.append(PolledInterval(target, round_.at, round_.at))
        for change in round_.changes:
            states = self.states[change.target]
            if states:
                last = states[-1]
                if (last.state, last.cause) == (change.state, change.cause):
                    continue
                later = change.began if change.began > last.began else round_.at
                change = replace(change, began=later)  # noqa: PLW2901
                states[-1] = replace(last, ended=later)
            states.append(change)
        for one in round_.samples:
            for measure, value in zip(one.measures, one.values, strict=True):
                self.samples[one.target][measure, round_.at] = value


@st.composite
def rounds(draw: st.DrawFn) -> list[Round]:
    """Draw rounds of several shards, each later than the one before, some after a long pause."""
    at, found = START, list[Round]()
    for _ in range(draw(st.integers(1, 12))):
        at += timedelta(
            microseconds=draw(st.integers(1, 3 * VALIDITY // timedelta(microseconds=1)))
        )
        target = draw(st.sampled_from(TARGETS))
        changes, samples = [], []
        if draw(st.booleans()):
            began = at - timedelta(seconds=draw(st.integers(0, 1200)))
            state = draw(st.sampled_from(STATES))
            cause = draw(st.sampled_from((None, Cause(("cs-1",), ("l",), "cable"))))
            evidence = (Evidence(at, "cs-1", "ifOperStatus.1", "2"),)
            changes.append(StateInterval(target, state, began, None, "own", cause, evidence))
        if draw(st.booleans()):
            measures = draw(st.sampled_from(MEASURES))
            numbers = {
                "counter": st.none() | st.integers(0, 2**64 - 1),
                "gauge": st.none() | st.floats(allow_nan=False, allow_infinity=False),
            }
            values = tuple(draw(numbers[measure.kind]) for measure in measures)
            samples.append(Samples(target, measures, values))
        found.append(
            Round(
                shard_of(target),
                1,
                len(found) + 1,
                at,
                VALIDITY,
                (target,),
                tuple(changes),
                tuple(samples),
            )
        )
    return found


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_=rounds(), data=st.data())
def test_history_is_what_a_plain_model_is(
    database: Database, given_: list[Round], data: st.DataObject
) -> None:
    _empty(database)
    tend(database, "me", LONG)
    history, plain = History(database), Plain()
    for number, round_ in enumerate(given_):
        assert history.record(round_) == "recorded"
        plain.record(round_)
        if data.draw(st.booleans()):
            history = History(database)  # as after a restart
        again = data.draw(st.sampled_from(given_[: number + 1]))
        assert history.record(again) == "known"
        if data.draw(st.booleans()):
            compact(database, range(16), round_.at)
    reading = Reading(database)
    assert reading.states(TARGETS, ALWAYS) == plain.states
    assert reading.polled(TARGETS, ALWAYS) == plain.polled
    for target in TARGETS:
        found = {
            (series.measure, at): value
            for series in reading.samples(target, ALWAYS)
            for at, value in zip(series.times, series.values, strict=True)
        }
        assert found == plain.samples[target]
    begin, end = sorted(data.draw(st.sampled_from(given_)).at for _ in range(2))
    for target, spans in reading.states(TARGETS, (begin, end)).items():
        touching = [
            one
            for one in plain.states[target]
            if one.began < end and (one.ended is None or one.ended > begin)
        ]
        assert spans == touching


def _empty(database: Database) -> None:
    with database.writing() as connection:
        for table in metadata.sorted_tables:
            if table is not lease:
                connection.execute(delete(table))
        connection.execute(update(lease).values(holder=None, epoch=0, until=0, seq=0, at=0))


def a_round(seq: int, *, epoch: int = 1, minutes: int | None = None) -> Round:
    at = START + timedelta(minutes=seq if minutes is None else minutes)
    samples = Samples("28085-0001", MEASURES[1], (float(seq),))
    shard = shard_of("28085-0001")
    return Round(shard, epoch, seq, at, VALIDITY, ("28085-0001",), samples=(samples,))


def test_who_lost_the_lease_records_nothing(database: Database) -> None:
    tend(database, "a", LONG)
    history = History(database)
    assert history.record(a_round(1)) == "recorded"
    leave(database, "a")
    taken = {each.shard: each for each in tend(database, "b", LONG)}[a_round(1).shard]
    assert (taken.epoch, taken.seq, taken.at) == (2, 1, a_round(1).at)
    assert history.record(a_round(2)) == "lost"
    assert History(database).record(a_round(2, epoch=2)) == "recorded"
    (span,) = Reading(database).polled(["28085-0001"], ALWAYS)["28085-0001"]
    assert (span.began, span.ended) == (a_round(1).at, a_round(2).at)


def test_who_gets_a_shard_back_goes_on_where_the_other_ended(database: Database) -> None:
    first, second = History(database), History(database)
    for name, history, round_ in (
        ("a", first, a_round(1)),
        ("b", second, a_round(2, epoch=2, minutes=60)),
        ("a", first, a_round(3, epoch=3, minutes=65)),
    ):
        tend(database, name, LONG)
        assert history.record(round_) == "recorded"
        leave(database, name)
    spans = Reading(database).polled(["28085-0001"], ALWAYS)["28085-0001"]
    lengths = [(span.ended - span.began) // timedelta(minutes=1) for span in spans]
    assert lengths == [0, 5]


def test_a_clock_that_went_back_does_not_write_into_the_past(database: Database) -> None:
    tend(database, "a", LONG)
    history = History(database)
    assert history.record(a_round(1)) == "recorded"
    assert history.record(a_round(2, minutes=-5)) == "late"
    (series,) = Reading(database).samples("28085-0001", ALWAYS)
    assert series.values == (1.0,)


def test_a_state_from_the_future_is_refused_and_nothing_of_its_round_is_kept(
    database: Database,
) -> None:
    tend(database, "a", LONG)
    later = StateInterval("28085-0001", "down", START + LONG, None)
    with pytest.raises(ValueError, match="28085-0001 begins after the round"):
        History(database).record(replace(a_round(1), changes=(later,)))
    assert History(database).record(a_round(1)) == "recorded"


def test_conditions_are_those_of_the_last_rounds_as_long_as_they_hold(database: Database) -> None:
    tend(database, "a", LONG)
    now = datetime.now(UTC)
    silent = (Condition("28085-0001", "silent"),)
    links = (LinkCondition("l-1", up=False, evidence=(Evidence(now, "as-1", "if", "2"),)),)
    for shard, held in ((1, VALIDITY), (2, VALIDITY), (3, timedelta())):
        round_ = Round(shard, 1, 1, now, held, (), conditions=silent, links=links)
        assert History(database).record(round_) == "recorded"
    said = Reading(database).conditions()
    assert (said.conditions, said.links) == (silent * 2, links * 2)


def test_samples_age_by_the_hour_and_states_and_polling_stay(database: Database) -> None:
    tend(database, "a", LONG)
    history = History(database)
    for seq in range(1, 200):
        change = StateInterval("28085-0001", "up" if seq % 2 else "down", a_round(seq).at, None)
        assert history.record(replace(a_round(seq), changes=(change,))) == "recorded"
    assert compact(database, range(16), START + timedelta(hours=3)) == 149
    assert age(database, START + timedelta(hours=1)) == 1
    reading = Reading(database)
    (series,) = reading.samples("28085-0001", ALWAYS)
    assert series.times == tuple(a_round(seq).at for seq in range(30, 200))
    assert len(reading.states(["28085-0001"], ALWAYS)["28085-0001"]) == 199
    assert len(reading.polled(["28085-0001"], ALWAYS)["28085-0001"]) == 1
    assert reading.lasting()["28085-0001"].state == "up"
    with database.reading() as connection:
        assert len(connection.execute(chunk.select()).all()) == 2
        assert len(connection.execute(tail.select()).all()) == 50


def test_rounds_that_come_after_their_hour_was_made_a_chunk_are_added(database: Database) -> None:
    tend(database, "a", LONG)
    history = History(database)
    history.record(a_round(1))
    compact(database, range(16), START + timedelta(hours=3))
    history.record(a_round(2))
    compact(database, range(16), START + timedelta(hours=3))
    (series,) = Reading(database).samples("28085-0001", ALWAYS)
    assert series.values == (1.0, 2.0)
