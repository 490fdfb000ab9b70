"""What is asked of the history: states and polling for uptime, samples for plots, what holds."""

from __future__ import annotations

import zlib
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import or_, select

from maille.health.history.chunks import decode
from maille.health.history.compacting import layouts_in
from maille.health.history.database import now_us
from maille.health.history.documents import CAUSE, CONDITIONS, EVIDENCE
from maille.health.history.events import events, holding
from maille.health.history.leases import shard_of
from maille.health.history.model import (
    Conditions,
    Escalation,
    PolledInterval,
    Series,
    StateInterval,
)
from maille.health.history.rows import unpack
from maille.health.history.tables import chunk, latest, polled, state, tail
from maille.health.history.times import HOUR_US, hour_of, micros, moment
from maille.health.incidents.model import Acknowledgement, Silence, Window

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Connection, Row, Table
    from sqlalchemy.sql import ColumnElement

    from maille.health.history.database import Database
    from maille.health.history.model import Measure, Value
    from maille.health.history.rows import Layouts
    from maille.health.uptime.spans import Span

    Found = defaultdict[Measure, dict[int, Value]]
    """By measure, and then by time."""

T = TypeVar("T", Window, Silence)

_FEW = 500
"""Targets that are named in a question; of more all are asked for."""
_MANY_HOURS = 1000
"""Hours that are named in a question, for a chunk is found by its hour; of more their span."""


class Reading:
    """Answers from a database whose tables are up to date; windows are half open."""

    def __init__(self, database: Database) -> None:
        """Read from a database."""
        self._database = database

    def states(
        self, targets: Collection[str], window: Span
    ) -> Mapping[str, Sequence[StateInterval]]:
        """Give the states of some targets that touch a window, whole and in order."""
        begin, end = micros(window[0]), micros(window[1])
        inside = (state.c.began < end) & or_(state.c.ended.is_(None), state.c.ended > begin)
        found = defaultdict(list)
        for row in self._rows(state, targets, inside):
            found[row.target].append(_interval(row))
        return dict(found)

    def polled(
        self, targets: Collection[str], window: Span
    ) -> Mapping[str, Sequence[PolledInterval]]:
        """Give the spans that touch a window in which some targets were polled, in order."""
        begin, end = micros(window[0]), micros(window[1])
        inside = (polled.c.began < end) & (polled.c.ended >= begin)
        found = defaultdict(list)
        for row in self._rows(polled, targets, inside):
            span = PolledInterval(row.target, moment(row.began), moment(row.ended))
            found[row.target].append(span)
        return dict(found)

    def lasting(self) -> Mapping[str, StateInterval]:
        """Give the state that every target is in: what a poller that starts goes on from."""
        asked = select(state).where(state.c.ended.is_(None))
        with self._database.reading() as connection:
            return {row.target: _interval(row) for row in connection.execute(asked)}

    def conditions(self) -> Conditions:
        """Give what the last rounds of all shards said, as far as it holds by now."""
        with self._database.reading() as connection:
            asked = select(latest.c.conditions).where(latest.c.until > now_us())
            said = [
                CONDITIONS.validate_json(zlib.decompress(one))
                for one in connection.scalars(asked.order_by(latest.c.shard))
            ]
        return Conditions(
            tuple(condition for one in said for condition in one.conditions),
            tuple(link for one in said for link in one.links),
        )

    def samples(self, target: str, window: Span) -> tuple[Series, ...]:
        """Give all that was measured of one target in a window, by the names of the measures."""
        begin, end = micros(window[0]), micros(window[1])
        found: Found = defaultdict(dict)
        with self._database.reading() as connection:
            layouts = layouts_in(connection)
            # The rounds first: what is made into a chunk meanwhile is seen twice, and not missed.
            _of_rounds(connection, layouts, target, (begin, end), found)
            _of_chunks(connection, layouts, target, (begin, end), found)
        return tuple(
            Series(
                measure, tuple(map(moment, sorted(rows))), tuple(rows[at] for at in sorted(rows))
            )
            for measure, rows in sorted(found.items(), key=lambda entry: entry[0].name)
        )

    def maintenance(self, window: Span) -> Sequence[Window]:
        """Give the windows of maintenance that touch a window, by their start."""
        return _touching(holding(events(self._database), Window), window)

    def silences(self, window: Span) -> Sequence[Silence]:
        """Give the silences that touch a window, by their start."""
        return _touching(holding(events(self._database), Silence), window)

    def acknowledgements(self, window: Span) -> Sequence[Acknowledgement]:
        """Give those made before the end of a window, by time: of whatever incident."""
        found = holding(events(self._database, window[1]), Acknowledgement)
        return sorted(found, key=lambda one: one.at)

    def escalations(self, window: Span) -> Sequence[Escalation]:
        """Give the steps of the escalation that were taken within a window, by time."""
        found = holding(events(self._database), Escalation)
        inside = [one for one in found if window[0] <= one.at < window[1]]
        return sorted(inside, key=lambda one: one.at)

    def _rows(
        self, table: Table, targets: Collection[str], inside: ColumnElement[bool]
    ) -> Sequence[Row[tuple[object, ...]]]:
        asked = select(table).where(inside).order_by(table.c.target, table.c.began)
        wanted = set(targets)
        if len(wanted) <= _FEW:
            asked = asked.where(table.c.target.in_(wanted))
        with self._database.reading() as connection:
            return [row for row in connection.execute(asked) if row.target in wanted]


def _touching(found: Sequence[T], window: Span) -> Sequence[T]:
    touching = [one for one in found if one.starts < window[1] and one.ends > window[0]]
    return sorted(touching, key=lambda one: one.starts)


def _interval(row: Row[tuple[object, ...]]) -> StateInterval:
    return StateInterval(
        row.target,
        row.state,
        moment(row.began),
        None if row.ended is None else moment(row.ended),
        row.origin,
        CAUSE.validate_json(row.cause) if row.cause else None,
        EVIDENCE.validate_json(row.evidence),
    )


def _of_rounds(
    connection: Connection,
    layouts: Layouts,
    target: str,
    inside: tuple[int, int],
    found: Found,
) -> None:
    begin, end = inside
    here = (tail.c.shard == shard_of(target)) & (tail.c.at >= begin) & (tail.c.at < end)
    for at, packed in connection.execute(select(tail.c.at, tail.c.samples).where(here)):
        for row in unpack(packed, layouts):
            if row.target == target:
                for measure, value in zip(layouts[row.layout], row.values, strict=True):
                    found[measure][at] = value


def _of_chunks(
    connection: Connection,
    layouts: Layouts,
    target: str,
    inside: tuple[int, int],
    found: Found,
) -> None:
    begin, end = inside
    hours = range(hour_of(begin), end, HOUR_US)
    within = chunk.c.hour.between(hour_of(begin), end)
    if len(hours) <= _MANY_HOURS:
        within = chunk.c.hour.in_(hours)
    here = within & (chunk.c.target == target)
    for number, packed in connection.execute(select(chunk.c.layout, chunk.c.samples).where(here)):
        times, columns = decode([one.kind for one in layouts[number]], packed)
        for measure, column in zip(layouts[number], columns, strict=True):
            found[measure] |= {
                at: value for at, value in zip(times, column, strict=True) if begin <= at < end
            }
