"""Which segments cover what is asked of one camera, what is missing, what may still come. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from maille.holds.model import Gap, Span
from maille.retention.ends import end_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from maille.holds.model import Copy, Window
    from maille.retention.promise import Rule
    from maille.retention.segments.model import Segment

NOTHING = timedelta()
Covered = tuple[datetime, datetime]
"""A time, by its begin and its end."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A segment that is asked for and not copied yet."""

    camera: str
    segment: Segment
    end: datetime
    settled: bool
    """Whether nobody writes to it any more."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What there is of one camera's images in the windows."""

    camera: str
    wanted: tuple[Wanted, ...]
    copied: tuple[Copy, ...]
    gaps: tuple[Gap, ...]
    owed: tuple[Span, ...]
    expires: datetime | None
    """From when on what is not copied yet may be erased."""

    @property
    def ready(self) -> tuple[Wanted, ...]:
        """Give what can be copied now."""
        return tuple(one for one in self.wanted if one.settled)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of one camera, and when."""

    camera: str
    windows: tuple[Window, ...]
    rule: Rule
    now: datetime

    def answer(self, segments: Iterable[Segment], copies: Mapping[str, Copy]) -> Coverage:
        """Compare with the segments that are there, and those that are copied by their source."""
        wanted = tuple(
            self._wanted(one)
            for one in segments
            if one.path not in copies and one.size_bytes and self._within(one)
        )
        copied = tuple(one for one in copies.values() if one.camera == self.camera)
        spans = [(one.segment.start, one.end) for one in wanted]
        spans += [(one.start, one.end) for one in copied]
        holes = [hole for window in self.windows for hole in _holes(window, spans, self.rule.gap)]
        return Coverage(
            self.camera,
            wanted,
            copied,
            tuple(gap for hole in holes for gap in self._gaps(*hole)),
            tuple(self._owed(wanted, spans)),
            min((self._expiry(one) for one in wanted), default=None),
        )

    @property
    def _known_until(self) -> datetime:
        """Give the time up to which all images are in segments that can be seen."""
        return self.now - self.rule.longest_segment

    def _within(self, segment: Segment) -> bool:
        end = end_of(segment, self.rule)
        return any(segment.start < one.end and one.start < end for one in self.windows)

    def _wanted(self, segment: Segment) -> Wanted:
        settled = (
            segment.start <= self._known_until
            or segment.mtime + self.rule.gap <= self.now
            or (segment.named.end is not None and segment.named.end <= self.now)
        )
        return Wanted(self.camera, segment, end_of(segment, self.rule), settled)

    def _expiry(self, wanted: Wanted) -> datetime:
        return max(wanted.end, wanted.segment.start + self.rule.segment) + self.rule.days

    def _gaps(self, start: datetime, end: datetime) -> Iterator[Gap]:
        """Part a hole: what had expired, what is missing; what may still come is no gap."""
        end = min(end, self._known_until)
        expired = min(end, self.now - self.rule.days)
        if start < expired:
            yield Gap(camera=self.camera, start=start, end=expired, why="expired")
        if (begin := max(start, expired)) < end:
            yield Gap(camera=self.camera, start=begin, end=end, why="missing")

    def _owed(self, wanted: tuple[Wanted, ...], spans: Sequence[Covered]) -> Iterator[Span]:
        """Give of each window the time from the first image that is still to be copied."""
        for window in self.windows:
            begins = [
                max(one.segment.start, window.start)
                for one in wanted
                if one.segment.start < window.end and window.start < one.end
            ]
            begins += [
                max(start, self._known_until)
                for start, end in _holes(window, spans, NOTHING)
                if end > self._known_until
            ]
            if begins:
                yield Span(camera=self.camera, start=min(begins), end=window.end)


def _holes(window: Window, spans: Iterable[Covered], longest: timedelta) -> Iterator[Covered]:
    """Give the times of a window that nothing covers for longer than a threshold."""
    bounds = [(window.start, window.start)]
    for start, end in sorted(spans):
        if start < window.end and window.start < end:
            bounds.append((start, max(end, bounds[-1][1])))
    bounds.append((window.end, window.end))
    for (_, before), (after, _) in pairwise(bounds):
        if after - before > longest:
            yield before, after
