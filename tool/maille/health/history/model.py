"""What history keeps of a target: its states, and the spans in which it was polled.

Spans are half open, `[began, ended)`, in UTC. A state that lasts has no end yet; a span of polling
ends with the last poll made: what comes after it nobody has seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from maille.health.model import Cause, Evidence, State

Origin = Literal["own", "upstream", "power"]
"""Whose fault it is that a target was away: its own, of what it hangs on, of what feeds it."""


@dataclass(frozen=True, slots=True)
class StateInterval:
    """A target in one state, for one cause."""

    target: str
    state: State
    began: datetime
    """The first poll that showed it."""
    ended: datetime | None
    """The first poll that showed another; None while it lasts."""
    origin: Origin = "own"
    cause: Cause | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class PolledInterval:
    """A span in which a target was polled at least as often as was agreed."""

    target: str
    began: datetime
    ended: datetime
    """The last poll made."""
