"""Which images are missing, from segments in the order of their start; in constant memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from maille.retention.promise import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta

    from maille.retention.promise import Promise, Window

Where = Literal["begin", "middle", "end", "all"]


@dataclass(frozen=True, slots=True)
class Missing:
    """A span without images, and where it lies among those that there are."""

    begin: datetime
    end: datetime
    where: Where

    @property
    def length(self) -> timedelta:
        """Give how long it is."""
        return self.end - self.begin


@dataclass(slots=True)
class Coverage:
    """What has been covered so far."""

    promise: Promise
    now: datetime
    _windows: tuple[Window, ...] = field(init=False)
    _covered_to: datetime = ALWAYS[0]

    def __post_init__(self) -> None:
        """Cut the windows to what is promised today."""
        oldest = self.now - self.promise.rule.days
        cut = ((max(a, oldest), min(b, self.now)) for a, b in self.promise.windows)
        self._windows = tuple((a, b) for a, b in cut if a < b)

    def add(self, start: datetime, end: datetime) -> Iterator[Missing]:
        """Take the next segment; give what is missing before it."""
        if start > self._covered_to:
            where: Where = "begin" if self._covered_to == ALWAYS[0] else "middle"
            yield from self._missing(self._covered_to, start, where)
        self._covered_to = max(self._covered_to, end)

    def close(self) -> Iterator[Missing]:
        """Give what is missing after the last segment."""
        where: Where = "all" if self._covered_to == ALWAYS[0] else "end"
        yield from self._missing(self._covered_to, self.now, where)

    def _missing(self, begin: datetime, end: datetime, where: Where) -> Iterator[Missing]:
        rule = self.promise.rule
        for first, last in self._windows:
            a, b = max(begin, first), min(end, last)
            # what is being written may be seen only when it is whole
            tolerated = rule.longest_segment if b == self.now else rule.gap
            if b - a > tolerated:
                yield Missing(a, b, where)
