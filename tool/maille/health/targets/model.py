"""A target, and what its inventory says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from maille.blueprint.snmp import Algorithms
    from maille.health.model import Graph, Kind, Severity


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The other end of a cable, as LLDP is expected to tell of it."""

    switch: str
    hostname: str
    port: str


@dataclass(frozen=True, slots=True)
class ExpectedPort:
    """One port of a switch, and what the plan has behind it."""

    name: str
    """As the configuration says it: `GigabitEthernet1/3`."""
    kind: Literal["camera", "link", "host"]
    subject: str
    """The camera, the link or the host."""
    speed_mbps: int
    """The least that it may have negotiated."""
    feeds: bool = False
    """It powers what hangs on it."""
    mac: str | None = None
    vlan: int | None = None
    """Of a camera's port: where its MAC address is looked for."""
    bitrate_mbps: float | None = None
    """Of a camera's port: the mean rate of its stream by the blueprint."""
    neighbour: Neighbour | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One device that is polled."""

    id: str
    kind: Kind
    graph: Graph
    address: str
    profile: str | None
    """The profile of its model family; None: it offers no SNMP, others tell of it."""
    algorithms: Algorithms | None
    place: str
    """For people: `28085 Lucé, école`."""
    commune: str | None
    severity: Severity
    ports: tuple[ExpectedPort, ...] = ()
    rtsp: str | None = None
    """Of a camera: the path of its main stream."""
