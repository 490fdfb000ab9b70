"""Times as people write them: UTC, with an offset, or by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from maille.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

FORMS = "2026-11-20 18:00 by the local clock, 2026-11-20T17:00:00Z, or 2026-11-20T18:00+01:00"


def zone_named(name: str) -> ZoneInfo:
    """Give a time zone by its name; raises UsageError for one that there is not."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"'{name}' is no time zone", "write one like Europe/Paris") from None


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Give the time in UTC at which a local day begins."""
    return _utc(datetime.combine(day, time(), tzinfo=zone))


def earliest(text: str, zone: ZoneInfo) -> datetime:
    """Read when a window begins; of an hour that the clock shows twice, the first."""
    return min(_moments(text, zone))


def latest(text: str, zone: ZoneInfo) -> datetime:
    """Read when a window ends; of an hour that the clock shows twice, the second."""
    return max(_moments(text, zone))


def start_of(text: str, zone: ZoneInfo) -> datetime:
    """Read a time to begin at; a day means its beginning."""
    return _read(text, zone, earliest, timedelta())


def end_of(text: str, zone: ZoneInfo) -> datetime:
    """Read a time to end at; a day means its end."""
    return _read(text, zone, latest, timedelta(days=1))


def _read(
    text: str, zone: ZoneInfo, moment: Callable[[str, ZoneInfo], datetime], of_a_day: timedelta
) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return moment(text, zone)
    try:
        return midnight(day + of_a_day, zone)
    except OverflowError:
        raise UsageError(f"'{text}' is no time", f"write {FORMS}") from None


def _moments(text: str, zone: ZoneInfo) -> tuple[datetime, ...]:
    try:
        day, _, clock = text.replace("T", " ", 1).partition(" ")
        read = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock))
        if read.tzinfo:
            return (_utc(read),)
        return tuple(_utc(read.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
    except (ValueError, OverflowError):
        raise UsageError(f"'{text}' is no time", f"write {FORMS}") from None


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
