"""When a camera's segments begin and end: one after the other, without a gap, by whole seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Span:
    """A segment's time; the start is UTC and has no fraction of a second."""

    start: datetime
    seconds: int

    @property
    def end(self) -> datetime:
        """Give when the next one begins."""
        return self.start + timedelta(seconds=self.seconds)

    def cut(self, now: datetime) -> Span | None:
        """Give what of it is over, in whole seconds; None if that is nothing yet."""
        over = min(self.seconds, int((now - self.start).total_seconds()))
        return Span(self.start, over) if over > 0 else None


def spans(begin: datetime, end: datetime | None, length_s: int, first_s: int) -> Iterator[Span]:
    """Give the segments from one time to another, or for ever.

    Args:
        begin: when the first one starts.
        end: when the last one is cut off; None: never.
        length_s: of a segment.
        first_s: of the first one, so that not all cameras change at the same moment.
    """
    start, seconds = begin, first_s
    while end is None or start < end:
        if end is not None:
            seconds = min(seconds, int((end - start).total_seconds()))
        span = Span(start, seconds)
        yield span
        start, seconds = span.end, length_s


@dataclass(frozen=True, slots=True)
class Phase:
    """A camera's turn: the length of its first segment, and by how much it is late with all."""

    first_s: int
    lag_s: float


def phase_of(number: int, count: int, length_s: int) -> Phase:
    """Give the turn of one of many cameras, so that their segments end evenly one after the other.

    Segments begin at whole seconds, as their names tell; of hundreds of cameras many begin at
    the same one, and each hands its own over a little later than the one before.
    """
    ideal_s = length_s * (1 - number / count)
    first_s = int(ideal_s)
    return Phase(first_s or length_s, ideal_s - first_s)
