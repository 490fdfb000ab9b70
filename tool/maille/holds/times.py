"""The windows that a requisition asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import UsageError
from maille.holds.model import Window
from maille.local_time import earliest, latest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo


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
