"""What counters tell between two readings: never a number that the device did not count.

A counter begins anew when its agent or its device does (snmpEngineBoots, sysUpTime) and when
its interface is changed (ifCounterDiscontinuityTime, RFC 2863); between two such moments it
wraps at its width. sysUpTime itself wraps after 497 days, and that is no restart.
"""

from __future__ import annotations

from dataclasses import dataclass

_TICKS_BITS = 32
_TICKS_A_SECOND = 100
_CLOCK_SLACK_S = 60.0
"""How far an agent's clock and ours may drift apart between two readings."""


@dataclass(frozen=True, slots=True)
class Epoch:
    """Since when a device counts; None where it does not say."""

    boots: int | None = None
    uptime_ticks: int | None = None


def same_epoch(before: Epoch, after: Epoch, elapsed_s: float) -> bool:
    """Say whether a device went on counting between two readings, so many seconds apart."""
    if None not in (before.boots, after.boots) and before.boots != after.boots:
        return False
    if before.uptime_ticks is None or after.uptime_ticks is None:
        return True
    went_on_s = _increase(before.uptime_ticks, after.uptime_ticks, _TICKS_BITS) / _TICKS_A_SECOND
    return went_on_s <= elapsed_s + _CLOCK_SLACK_S


def per_second(
    before: int, after: int, elapsed_s: float, bits: int, most_per_s: float = float("inf")
) -> float | None:
    """Give how much a counter grew a second, within one epoch.

    Args:
        before: the first reading.
        after: the second one.
        elapsed_s: seconds between them.
        bits: the counter's width.
        most_per_s: what it cannot exceed, such as a port's speed: a counter that was set back
            without saying so would seem to have wrapped.

    Returns:
        None where nothing can be said: no time went by, or more than it can have counted.
    """
    if elapsed_s <= 0:
        return None
    grown = _increase(before, after, bits) / elapsed_s
    return grown if grown <= most_per_s else None


def _increase(before: int, after: int, bits: int) -> int:
    return (after - before) % (1 << bits)
