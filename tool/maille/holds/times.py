"""Times as a requisition has them: UTC, with an offset, or by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from maille.errors import UsageError
from maille.holds.model import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORMS = "2026-11-20 18:00 by the local clock, 2026-11-20T17:00:00Z, or 2026-11-20T18:00+01:00"


def zone_named(name: str) -> ZoneInfo:
    """Give a time zone by its name; raises UsageError for one that there is not."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"'{name}' is no time zone", "write one like Europe/Paris") from None


def earliest(text: str, zone: ZoneInfo) -> datetime:
    """Read when a window begins; of an hour that the clock shows twice, the first."""
    return min(_moments(text, zone))


def latest(text: str, zone: ZoneInfo) -> datetime:
    """Read when a window ends; of an hour that the clock shows twice, the second."""
    return max(_moments(text, zone))


def deadline_of(text: str, zone: ZoneInfo) -> datetime:
    """Read a deadline; a day means its end."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return latest(text, zone)
    try:
        return _utc(datetime.combine(day + timedelta(days=1), time(), tzinfo=zone))
    except OverflowError:
        raise UsageError(f"'{text}' is no time", f"write {FORMS}") from None


def windows_of(begins: Sequence[str], ends: Sequence[str], zone: ZoneInfo) -> tuple[Window, ...]:
    """Give the windows of several `--from` and `--to`, in order, those that touch as one.

    Raises:
        UsageError: a time cannot be read, has no partner, or ends before it begins.
    """
    if len(begins) != len(ends):
        raise UsageError(
            f"{len(begins)} times to begin at and {len(ends)} to end at",
            "give one --to for every --from, in the same order",
        )
    return merged(map(_window, begins, ends, [zone] * len(begins)))


def merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Give the same time as windows that neither overlap nor touch."""
    found: list[Window] = []
    for one in sorted(windows, key=lambda window: window.start):
        if found and one.start <= found[-1].end:
            found[-1] = Window(start=found[-1].start, end=max(found[-1].end, one.end))
        else:
            found.append(one)
    return tuple(found)


def _window(begin: str, end: str, zone: ZoneInfo) -> Window:
    start, stop = earliest(begin, zone), latest(end, zone)
    if start >= stop:
        raise UsageError(
            f"a window from {begin} to {end} holds no time", "--to must be later than --from"
        )
    return Window(start=start, end=stop)


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
