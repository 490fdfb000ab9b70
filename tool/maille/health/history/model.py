"""What history keeps: states, polling, samples, and what operators add to it.

Spans are half open, `[began, ended)`, in UTC. A state that lasts has no end yet; a span of polling
ends with the last poll made: what comes after it nobody has seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from maille.health.incidents.model import Acknowledgement, Silence, Window

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from maille.health.model import Cause, Condition, Evidence, LinkCondition, State

Origin = Literal["own", "upstream", "power"]
"""Whose fault it is that a target was away: its own, of what it hangs on, of what feeds it."""
MeasureKind = Literal["counter", "gauge"]
"""A counter is an unsigned integer of 64 bits, a gauge a finite float of 64
bits."""
Value: TypeAlias = int | float | None
"""None: the target gave no value."""


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


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number means."""

    name: str
    """An object by name and instance: `ifHCInOctets.Gi1/3`."""
    kind: MeasureKind
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Samples:
    """The numbers that one poll gave of one target; a value to each measure."""

    target: str
    measures: tuple[Measure, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One measure of one target over a time, in order."""

    measure: Measure
    times: tuple[datetime, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """What one poll of a shard of the estate has to be recorded for, together or not at all."""

    shard: int
    epoch: int
    """Of the lease by which the shard was polled."""
    seq: int
    """Counts the shard's rounds, and never begins anew."""
    at: datetime
    validity: timedelta
    """How long it counts as polled: a longer gap to the next round begins another span."""
    polled: tuple[str, ...]
    changes: tuple[StateInterval, ...] = ()
    """States that are told from now on; none begins after the round."""
    samples: tuple[Samples, ...] = ()
    conditions: tuple[Condition, ...] = ()
    """All that is known of the shard's targets now: what pollers of other shards need."""
    links: tuple[LinkCondition, ...] = ()


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the last round of each shard said, as far as it still holds."""

    conditions: tuple[Condition, ...]
    links: tuple[LinkCondition, ...]
    """Of a link as many as pollers that spoke of it."""


@dataclass(frozen=True, slots=True)
class Escalation:
    """A step of the escalation that was taken for an incident."""

    incident: str
    step: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An earlier event does not hold any more."""

    event: int
    author: str
    reason: str
    at: datetime


Event: TypeAlias = Acknowledgement | Silence | Window | Escalation | Withdrawal


@dataclass(frozen=True, slots=True)
class Kept:
    """An event as it was kept; numbers rise, and none is given twice."""

    number: int
    event: Event
