"""What is known of the past of a device, and what operators add to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from maille.health.model import Cause, DeviceState, Evidence, Severity, State
    from maille.inventory.schema.governance import Contact
    from maille.inventory.schema.health import Callee

IncidentKind = Literal["outage", "degraded", "flapping", "cut", "blind"]
KINDS: tuple[IncidentKind, ...] = ("outage", "blind", "flapping", "degraded", "cut")
"""The first that fits is what an incident is called."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is told of a device, and what the rounds since then saw."""

    told: DeviceState
    since: datetime
    """When the first of the polls was that saw it, not that which confirmed it."""
    seen: State
    seen_since: datetime
    polls: int
    """In how many rounds on end `seen` was seen."""
    departures: float
    """How often it went away, each time counted less as it lies longer back."""
    at: datetime
    """When it was looked at last, and the departures counted."""
    flapping: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A state that is told instead of another one."""

    target: str
    before: State
    after: State
    at: datetime
    """When it was seen first."""
    cause: Cause | None
    evidence: tuple[Evidence, ...]
    flapping: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Announced maintenance: what somebody works at, and when."""

    subjects: frozenset[str]
    """Devices and links."""
    starts: datetime
    ends: datetime
    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Somebody has seen an incident and sees to it: nobody else is called."""

    incident: str
    author: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Silence:
    """Nobody is called about some devices or links until a certain time."""

    subjects: frozenset[str]
    starts: datetime
    ends: datetime
    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class Incident:
    """One cause, and all that hangs on it."""

    id: str
    """When it was opened, and its first root."""
    kind: IncidentKind
    roots: frozenset[str]
    """The devices and links that the cause is made of; a leg of the poller as `poller/video`."""
    suspected: str | None
    hit: frozenset[str]
    """Roots that are targets themselves."""
    children: frozenset[str]
    """What is unreachable by it."""
    severity: Severity
    opened: datetime
    closed: datetime | None
    """When its end was confirmed."""
    evidence: tuple[Evidence, ...]
    """Of what was seen first."""


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to be called about a device."""

    contact: str
    entry: Contact
    why: Callee | Literal["named"]
    there: bool
    """Whether the contact's hours, and for an integrator those of the contract, include now."""
