"""What a device showed of itself: its survey, seldom, and an observation each round."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from maille.health.profiles.schema import Check, Object, PortMeasure, ScalarMeasure
    from maille.health.snmp.model import Silence, Value
    from maille.health.targets.model import ExpectedPort


@dataclass(frozen=True, slots=True)
class Seen:
    """A neighbour as LLDP told of it."""

    hostname: str
    ports: tuple[str, ...]
    """What it calls its port: id and description."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """Where a switch has learnt an expected MAC address, and what it learnt on its port instead."""

    at_port: str | None
    """ifName; None: nowhere."""
    at_own: bool
    """It is the camera's own port."""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """What changes seldom: how a switch numbers its ports, and who is behind them."""

    indexes: Mapping[str, int] = field(default_factory=dict)
    """ifIndex by the name that the configuration has for a port."""
    feeding: Mapping[str, str] = field(default_factory=dict)
    """By the same name, the instance (group.port) of a port that feeds."""
    neighbours: Mapping[str, tuple[Seen, ...]] = field(default_factory=dict)
    learnt: Mapping[str, Learnt] = field(default_factory=dict)
    """By port, for those that a camera with a recorded MAC address hangs on."""


@dataclass(frozen=True, slots=True)
class PortSlot:
    """Where a port's values stand among all that a plan asks for."""

    port: ExpectedPort
    start: int
    status: int = -1
    """Of its power; -1: not asked for."""
    watts: int = -1


@dataclass(frozen=True, slots=True)
class CheckSlot:
    """Where a check's value stands."""

    check: Check
    object: Object
    at: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of one device each round, and where each answer stands."""

    messages: tuple[tuple[str, ...], ...]
    """Object ids, one tuple a message; the answers stand one behind the other."""
    scalars: Mapping[ScalarMeasure, int]
    columns: Mapping[PortMeasure, int]
    """Where a measure stands behind the start of a port's slot."""
    ports: tuple[PortSlot, ...]
    missing: tuple[ExpectedPort, ...]
    """Ports of the plan that the device does not have."""
    checks: tuple[CheckSlot, ...]
    watts_scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Observation:
    """What one round saw of one device.

    `values` are in the order of the plan; where the device was silent there are none.
    """

    target: str
    at: datetime
    ticked_s: float
    """A clock that never goes back, for what is counted between two observations."""
    plan: Plan
    survey: Survey
    values: tuple[Value, ...] = ()
    silence: Silence | None = None
    renewed: bool = False
    user: int = 0
