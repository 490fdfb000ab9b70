"""The hours of a contract as spans of time: from the clock on the wall to UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, get_args

from maille.health.uptime.spans import common, joined
from maille.inventory.schema.centre import Weekday

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time
    from zoneinfo import ZoneInfo

    from maille.health.uptime.spans import Span, Spans
    from maille.inventory.schema.centre import Hours

_DAYS = get_args(Weekday)
_DAY = timedelta(days=1)


def spans_of(hours: Hours | None, window: Span, zone: ZoneInfo) -> Spans:
    """Give the time of a window that lies within some hours; without hours, all of it.

    An end at or before the start is on the next day. Hours on the day on which the clock is
    changed are as much shorter or longer as the clock makes them.
    """
    if hours is None:
        return (window,)
    return common((window,), joined(_openings(hours, window, zone)))


def _openings(hours: Hours, window: Span, zone: ZoneInfo) -> Iterator[Span]:
    day = window[0].astimezone(zone).date() - _DAY
    last = window[1].astimezone(zone).date()
    while day <= last:
        if _DAYS[day.weekday()] in hours.days:
            next_day = hours.closes <= hours.opens
            yield (
                _utc(day, hours.opens, zone),
                _utc(day + _DAY if next_day else day, hours.closes, zone),
            )
        day += _DAY


def _utc(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
