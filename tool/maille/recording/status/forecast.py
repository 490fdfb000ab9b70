"""Whether a share fills before what is in it may be erased; pure.

A straight line through the use of a share says nothing: at steady state as much is erased as is
written, and the line is flat until the rate changes. What is known is better: when everything
that is there was written, and so when each part of it goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes that were written evenly over a span of time, and are there still."""

    begin: datetime
    end: datetime
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Course:
    """How a share is used, and what will change it."""

    quota_bytes: int
    """0: none."""
    used_bytes: int
    rate_bytes_s: float
    held: Sequence[Written]
    """What is there by the time it was written; what is used beyond it stays."""
    longest: timedelta
    """Age of the oldest image just before it is erased."""

    def level(self, now: datetime, at: datetime) -> float:
        """Give the bytes in use at a time to come, up to `longest` from now."""
        written = self.rate_bytes_s * (at - now).total_seconds()
        return self.used_bytes + written - sum(self._erased(one, now, at) for one in self.held)

    def _erased(self, one: Written, now: datetime, at: datetime) -> float:
        """Give what is erased of a part by then.

        What should be gone already counts as staying: nothing says when it will go.
        """
        length = max(one.end - one.begin, _SECOND)
        due = max(one.begin, now - self.longest)
        gone = min(at - self.longest, one.begin + length) - due
        return one.size_bytes * max(0.0, gone / length)


def fills_at(course: Course, now: datetime) -> datetime | None:
    """Give when a share will be full; None if it never is, as long as the rate stays.

    Everything that is there is erased after `longest`, and from then on as much is erased as is
    written: beyond that the level stays. In between it is straight from one change to the next.
    """
    quota = course.quota_bytes
    if not quota:
        return None
    if course.used_bytes >= quota:
        return now
    end = now + course.longest
    changes = {
        edge + course.longest
        for one in course.held
        for edge in (one.begin, max(one.end, one.begin + _SECOND))
    }
    times = [now, *sorted(time for time in changes if now < time < end), end]
    for before, after in pairwise(times):
        low, high = course.level(now, before), course.level(now, after)
        if high >= quota:
            return before + (after - before) * ((quota - low) / (high - low))
    return None
