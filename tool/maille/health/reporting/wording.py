"""Shares, spans and times of a report in the words of a language."""

from __future__ import annotations

import math
from datetime import time, timedelta
from typing import TYPE_CHECKING, Final

from maille.documents.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from maille.health.uptime.spans import Span
    from maille.tongue import Tongue


ORIGIN: Final[Mapping[str, str]] = {
    "own": N_("its own fault"),
    "upstream": N_("upstream"),
    "power": N_("power"),
}
KIND: Final[Mapping[str, str]] = {
    "switch": N_("switches"),
    "camera": N_("cameras"),
    "recorder": N_("recorders"),
    "ceph": N_("storage hosts"),
    "host": N_("other hosts"),
    "ups": N_("uninterruptible supplies"),
}
STATE: Final[Mapping[str, str]] = {
    "down": N_("down"),
    "unreachable": N_("unreachable"),
    "degraded": N_("degraded"),
    "unknown": N_("unknown"),
    "maintenance": N_("maintenance"),
    "up": N_("up"),
}
NOTHING: Final = "–"
_DIGITS: Final = 2
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def share(value: float | None, tongue: Tongue) -> str:
    """Write an availability, rounded down: what lacks a minute is never 100 %."""
    if value is None:
        return NOTHING
    unit = 10 ** (_DIGITS + 2)
    return tongue.percent(math.floor(value * unit + 1e-9) / unit, _DIGITS)


def owed(value: float, tongue: Tongue) -> str:
    """Write what a contract owes, with the decimals that it has."""
    digits = next(digits for digits in range(4) if round(value, digits + 2) == round(value, 5))
    return tongue.percent(value, digits)


def span(length: timedelta | None, tongue: Tongue) -> str:
    """Write a time in its two largest units: `3 d 4 h`, `12 min`."""
    if length is None:
        return NOTHING
    _ = tongue.gettext
    day, hour, minute, second = _("d"), _("h"), _("min"), _("s")
    if length >= _DAY:
        days, rest = divmod(length, _DAY)
        return _two(days, day, rest // _HOUR, hour, tongue)
    seconds = round(length.total_seconds())
    if seconds >= 3600:
        return _two(seconds // 3600, hour, seconds % 3600 // 60, minute, tongue)
    if seconds >= 60:
        return _two(seconds // 60, minute, seconds % 60, second, tongue)
    return f"{seconds}\N{NO-BREAK SPACE}{second}"


def brief(length: timedelta | None, tongue: Tongue) -> str:
    """Write a time in its largest unit, to be seen at once: `7.9 h`, `83 d`."""
    _ = tongue.gettext
    if length is None:
        return NOTHING
    space = "\N{NO-BREAK SPACE}"
    if length >= _DAY:
        days = length / _DAY
        return f"{tongue.number(days, 0 if days >= 10 else 1)}{space}{_('d')}"
    if length >= _HOUR:
        return f"{tongue.number(length / _HOUR, 1)}{space}{_('h')}"
    return span(length, tongue)


def hours(length: timedelta) -> float:
    """Give a time as hours."""
    return length / _HOUR


def moment(at: datetime, zone: ZoneInfo, tongue: Tongue) -> str:
    """Write a time by the clock on the wall; in an hour that it shows twice, with its offset."""
    local = at.astimezone(zone)
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    offset = f" (UTC{local.isoformat(timespec='minutes')[-6:]})" if twice else ""
    return f"{tongue.brief_day(local.date())} {local:%H:%M}{offset}"


def window(given: Span, zone: ZoneInfo, tongue: Tongue) -> str:
    """Write a window: whole days by their dates, the last one included; else with times."""
    begin, end = (edge.astimezone(zone) for edge in given)
    if begin.time() != time() or end.time() != time():
        return tongue.gettext("from {begin} to {end}").format(
            begin=moment(given[0], zone, tongue), end=moment(given[1], zone, tongue)
        )
    last = (end - _DAY).date()
    if last <= begin.date():
        return tongue.gettext("on {day}").format(day=tongue.day(begin.date()))
    return tongue.gettext("from {begin} to {end}").format(
        begin=tongue.day(begin.date()), end=tongue.day(last)
    )


def plain(text: str) -> str:
    """Give a text for a terminal, where nothing is broken into lines: its spaces are spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def capital(text: str) -> str:
    """Begin a text with a capital."""
    return text[:1].upper() + text[1:]


def _two(whole: int, unit: str, part: int, part_unit: str, tongue: Tongue) -> str:
    space = "\N{NO-BREAK SPACE}"
    first = f"{tongue.number(whole)}{space}{unit}"
    return f"{first} {part}{space}{part_unit}" if part else first
