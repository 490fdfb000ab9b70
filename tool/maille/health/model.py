"""The words of health, from what is polled to what is said of it.

A *target* is polled and gives an *observation*; what the observations of one round say of one
device is its *condition*; the two reachability graphs turn all conditions into *states*, each
with the cause it has. Times are UTC; ids are the blueprint's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Kind = Literal["switch", "camera", "recorder", "ceph", "host", "ups"]
Graph = Literal["video", "management"]
"""Cameras and recorders answer in VRF VIDEO, switches and what feeds them in MGMT."""
Life = Literal["answers", "silent", "unseen"]
"""`unseen`: nobody looked, or nobody could have seen a sign of life; never taken for silence."""
State = Literal["up", "degraded", "down", "unreachable", "unknown", "maintenance"]
STATES: tuple[State, ...] = ("down", "unreachable", "degraded", "unknown", "maintenance", "up")
"""In the order in which a table shows them: what wants a hand goes first."""
Severity = Literal["ppms", "sensitive", "normal"]
"""As the inventory ranks a camera's place; a switch ranks as the highest one behind it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing seen, by which a state can be held to account."""

    at: datetime
    source: str
    """The device that said it."""
    what: str
    """An object by name and instance (`ifOperStatus.Gi1/3`), `rtsp` or `segment`."""
    value: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong with one device that does not take it away."""

    code: str
    """`H012`; `maille health` explains it by `--explain`."""
    subject: str
    """The device, or the link."""
    what: str
    """One clause, without a full stop: `draws 0 W`."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What one round says of one device by itself, before anybody asks why."""

    target: str
    life: Life
    troubles: tuple[Trouble, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    """Why it is taken to live, or to be silent."""


@dataclass(frozen=True, slots=True)
class LinkCondition:
    """What its ends say of a link: one end that says down is enough; none that speaks is None."""

    link: str
    up: bool | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Cause:
    """What takes devices away: a device, a link, or several of them together."""

    devices: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    suspected: str | None = None
    """The one event of the blueprint's failure groups that would explain them all: a cable, a
    site, a supply."""


@dataclass(frozen=True, slots=True)
class DeviceState:
    """A device's state in one round."""

    target: str
    state: State
    cause: Cause | None
    """None where it is up, degraded by its own troubles, or unknown."""
    troubles: tuple[Trouble, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A link that is down although nothing is lost by it: what it closed is no longer redundant."""

    link: str
    ring: str | None
    """None for a link that is part of no ring."""
    suspected: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Blind:
    """A leg of the poller by which nobody answers at all: it knows nothing, and says so once."""

    graph: Graph
    first_hops: tuple[str, ...]
    unknown: tuple[str, ...]
    """The targets that were silent, of which nothing is known for that reason."""


@dataclass(frozen=True, slots=True)
class Picture:
    """All that one round says of the estate."""

    states: Mapping[str, DeviceState]
    """Of every target of which there is a condition."""
    cuts: tuple[Cut, ...] = ()
    blind: tuple[Blind, ...] = ()
