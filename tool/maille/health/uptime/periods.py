"""A window in periods that a plot has room for: local hours, days, weeks or months."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Literal

from maille.local_time import midnight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from maille.health.uptime.spans import Span, Spans

Grain = Literal["hour", "day", "week", "month"]
_LONGEST: tuple[tuple[Grain, timedelta], ...] = (
    ("hour", timedelta(hours=49)),
    ("day", timedelta(days=62)),
    ("week", timedelta(weeks=62)),
)
"""Up to which length a window is parted so: two local days with the longest of them, two months,
a good year."""
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def grain_of(window: Span) -> Grain:
    """Give how a window is parted."""
    length = window[1] - window[0]
    return next((grain for grain, most in _LONGEST if length <= most), "month")


def periods(window: Span, zone: ZoneInfo) -> Spans:
    """Part a window at whole local hours, days, weeks (from Monday) or months."""
    found, at = [], window[0]
    for edge in _edges(window, zone):
        if at < edge < window[1]:
            found.append((at, edge))
            at = edge
    return (*found, (at, window[1]))


def _edges(window: Span, zone: ZoneInfo) -> Iterator[datetime]:
    grain = grain_of(window)
    local = window[0].astimezone(zone)
    if grain == "hour":
        # An hour of the clock is an hour of time, also where it is shown twice or left out.
        edge = local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
        while edge < window[1]:
            yield edge
            edge += _HOUR
        return
    day = local.date()
    while (edge := midnight(day, zone)) < window[1]:
        if grain == "day" or _opens(day, grain):
            yield edge
        day += _DAY


def _opens(day: date, grain: Grain) -> bool:
    return day.weekday() == 0 if grain == "week" else day.day == 1
