"""How recorders name their files: one adapter a convention.

Another convention is one more adapter in `ADAPTERS`; a name is read by the first that knows it,
so that no two may know the same name.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Protocol

from maille.retention.segments.model import Named

DAY_FORMAT = "%Y-%m-%d"
START_FORMAT = "%Y%m%dT%H%M%SZ"
_HIDDEN, _PART = ".", ".part"
_TIME = r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z"


class Adapter(Protocol):
    """One convention of naming."""

    title: str

    def read(self, name: str) -> Named | None:
        """Give what a file's name says, or None for a name of another convention."""


class Start:
    """`20261122T140000Z.mp4`: the UTC start. It ends when it was last written to."""

    title = "start"
    _pattern = re.compile(rf"{_TIME}\.mp4", re.ASCII)

    def read(self, name: str) -> Named | None:
        """Read the start."""
        found = self._pattern.fullmatch(name)
        start = _time(found.groups()) if found else None
        return Named(start) if start else None


class StartAndEnd:
    """`20261122T140000Z_20261122T141000Z.mp4`: the UTC start and end; also `.mkv`."""

    title = "start-and-end"
    _pattern = re.compile(rf"{_TIME}_{_TIME}\.(?:mp4|mkv)", re.ASCII)

    def read(self, name: str) -> Named | None:
        """Read start and end; an end that is not after the start makes it no segment."""
        found = self._pattern.fullmatch(name)
        if not found:
            return None
        start, end = _time(found.groups()[:6]), _time(found.groups()[6:])
        return Named(start, end) if start and end and start < end else None


ADAPTERS: tuple[Adapter, ...] = (Start(), StartAndEnd())


def read_name(name: str) -> Named | None:
    """Give what a file's name says, by whichever convention knows it."""
    for adapter in ADAPTERS:
        if named := adapter.read(name):
            return named
    return None


def is_unfinished(name: str) -> bool:
    """Say whether a file is no segment yet: a recorder writes `.20261122T140000Z.mp4.part`."""
    return name.startswith(_HIDDEN) and name.endswith(_PART)


def finished(name: str) -> str:
    """Give the name that an unfinished file gets when it is whole."""
    return name.removeprefix(_HIDDEN).removesuffix(_PART)


def read_day(name: str) -> date | None:
    """Read the name of a day's folder."""
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return None
    return day if day.isoformat() == name else None


def path_of(camera: str, start: datetime) -> str:
    """Give where a recorder puts the segment that begins at a UTC time, below its folder."""
    return f"{camera}/{start.strftime(DAY_FORMAT)}/{start.strftime(START_FORMAT)}.mp4"


def _time(parts: tuple[str, ...]) -> datetime | None:
    year, month, day, hour, minute, second = map(int, parts)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
