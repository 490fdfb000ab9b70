"""Counters that move: what was counted, at which rate it goes on, since when."""

from __future__ import annotations

from dataclasses import dataclass, field

_FRAME_BYTES = 1_100
"""Mean length of a frame where video is most of what goes."""
_ERRORS_S = 5.0
"""Damaged frames a second on a port that errs."""


@dataclass(slots=True)
class Meter:
    """A total that grows at a rate; times in seconds of any one clock."""

    total: float = 0.0
    rate: float = 0.0
    since_s: float = 0.0

    def at(self, now_s: float) -> int:
        """Give the total."""
        return int(self.total + self.rate * (now_s - self.since_s))

    def turn(self, rate: float, now_s: float) -> None:
        """Go on at another rate; what was counted stays."""
        self.total += self.rate * (now_s - self.since_s)
        self.rate, self.since_s = rate, now_s


@dataclass(slots=True)
class PortCounters:
    """What a port counts, and when it last went up or down."""

    bytes_in: Meter = field(default_factory=Meter)
    bytes_out: Meter = field(default_factory=Meter)
    errors_in: Meter = field(default_factory=Meter)
    changed_ticks: int = 0
    """sysUpTime at its last change, in hundredths of a second."""
    now_s: float = 0.0
    """Set before it is read: all of one answer is of one moment."""

    def turn(self, rates: tuple[float, float], *, errs: bool, now_s: float) -> None:
        """Go on at other rates, in bytes a second."""
        self.bytes_in.turn(rates[0], now_s)
        self.bytes_out.turn(rates[1], now_s)
        self.errors_in.turn(_ERRORS_S if errs else 0.0, now_s)


def frames(size_bytes: int) -> int:
    """Give how many frames a number of bytes comes in."""
    return size_bytes // _FRAME_BYTES
