"""What people and the escalation did: added, numbered, never changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from maille.health.history.documents import EVENTS, kind_of
from maille.health.history.model import Escalation, Kept, Withdrawal
from maille.health.history.tables import event as table
from maille.health.history.times import micros
from maille.health.incidents.model import Acknowledgement, Silence, Window

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from maille.health.history.database import Database
    from maille.health.history.model import Event

T = TypeVar("T", bound=Acknowledgement | Silence | Window | Escalation)


def add(database: Database, event: Event, at: datetime) -> int | None:
    """Keep an event, and give its number; None for an escalation that another has taken already.

    Raises:
        OutOfReachError: the database does not answer: whoever asked for it has to be told.
    """
    escalation = f"{event.incident} {event.step}" if isinstance(event, Escalation) else None
    values = {
        "kind": kind_of(event),
        "at": micros(at),
        "once": escalation,
        "body": EVENTS[kind_of(event)].dump_json(event).decode(),
    }
    with database.writing() as connection:
        own = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        fresh = own(table).values(values).on_conflict_do_nothing(index_elements=["once"])
        return connection.execute(fresh.returning(table.c.number)).scalar()


def events(database: Database, until: datetime | None = None) -> tuple[Kept, ...]:
    """Give all events in their order, or those that were kept before a time."""
    asked = select(table).order_by(table.c.number)
    if until is not None:
        asked = asked.where(table.c.at < micros(until))
    with database.reading() as connection:
        rows = connection.execute(asked).all()
    return tuple(Kept(row.number, EVENTS[row.kind].validate_json(row.body)) for row in rows)


def holding(kept: Iterable[Kept], kind: type[T]) -> tuple[T, ...]:
    """Give the events of one kind, those that were withdrawn only as long as they held."""
    all_ = tuple(kept)
    withdrawn = {one.event.event: one.event.at for one in all_ if isinstance(one.event, Withdrawal)}
    found = []
    for one in all_:
        if not isinstance(one.event, kind):
            continue
        until = withdrawn.get(one.number)
        left = one.event if until is None else _until(one.event, until)
        if left is not None:
            found.append(left)
    return tuple(found)


def _until(event: T, until: datetime) -> T | None:
    """Give what is left of an event that was withdrawn; None if that is nothing."""
    if isinstance(event, Silence | Window) and until > event.starts:
        return replace(event, ends=min(event.ends, until))
    return None
