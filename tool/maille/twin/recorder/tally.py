"""What recorders count while they run: segments, bytes, repeats, and the worst wait of all."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Stall:
    """A wait for the cluster: how long, in which call, and for which camera."""

    ms: float
    call: str
    camera: str


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted so far."""

    segments: int = 0
    stored_bytes: int = 0
    repeats: int = 0
    """Segments that were begun anew after the cluster had failed."""
    worst: Stall | None = None


class Tally:
    """A count that many threads add to."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._turn = threading.Lock()
        self._count = Count()
        self._waiting: dict[int, tuple[float, str, str]] = {}

    @property
    def count(self) -> Count:
        """Give what was counted so far; a call that still waits counts as it is now."""
        with self._turn:
            count, waiting = self._count, list(self._waiting.values())
        stalls = [_stall(*call) for call in waiting]
        if count.worst:
            stalls.append(count.worst)
        return replace(count, worst=max(stalls, key=lambda stall: stall.ms, default=None))

    def stored(self, size_bytes: int) -> None:
        """Count a segment."""
        with self._turn:
            now = self._count
            self._count = replace(
                now, segments=now.segments + 1, stored_bytes=now.stored_bytes + size_bytes
            )

    def repeated(self) -> None:
        """Count a segment that is begun anew."""
        with self._turn:
            self._count = replace(self._count, repeats=self._count.repeats + 1)

    @contextmanager
    def timed(self, call: str, camera: str) -> Iterator[None]:
        """Measure a call, whether it succeeds or not."""
        own = threading.get_ident()
        begun = time.monotonic()
        with self._turn:
            self._waiting[own] = (begun, call, camera)
        try:
            yield
        finally:
            stall = _stall(begun, call, camera)
            with self._turn:
                del self._waiting[own]
                worst = self._count.worst
                if worst is None or stall.ms > worst.ms:
                    self._count = replace(self._count, worst=stall)


def _stall(begun: float, call: str, camera: str) -> Stall:
    return Stall((time.monotonic() - begun) * 1000, call, camera)
