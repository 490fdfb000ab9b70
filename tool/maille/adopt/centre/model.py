"""The centre as far as configurations tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from ipaddress import IPv4Address, IPv4Network

    from maille.adopt.device import Server
    from maille.adopt.segments import Known, VlanOf
    from maille.errors import Finding
    from maille.inventory.schema.centre import HostRole

Vrf: TypeAlias = Literal["VIDEO", "MGMT"]


@dataclass(frozen=True, slots=True)
class CentreSegment:
    """A segment of the centre."""

    id: str
    title: str
    vrf: Literal["VIDEO", "MGMT", "none"]
    hosts: int
    at: VlanOf | None = None
    """Its VLAN; None for one that is made up."""
    prefix: IPv4Network | None = None
    known: Known | None = None

    @property
    def vlan(self) -> int | None:
        """Give its VLAN id."""
        return self.at.vlan if self.at else None


@dataclass(frozen=True, slots=True)
class Socket:
    """A port of a host, by the number of the host among its equals."""

    host: str
    """The switch, by host."""
    port: str
    number: int
    line: int


@dataclass(frozen=True, slots=True)
class CentreHost:
    """A host of the centre, or several equal ones."""

    id: str
    title: str
    role: HostRole
    segment: str
    sockets: tuple[Socket, ...] = ()
    address: IPv4Address | None = None
    """The first one."""
    server: Server | None = None
    """What said the address, on which device."""
    server_host: str = ""

    @property
    def count(self) -> int:
        """Count them."""
        return max((socket.number for socket in self.sockets), default=1)

    @property
    def attached_to(self) -> tuple[str, ...]:
        """Give the switches they are on, by host."""
        return tuple(dict.fromkeys(sorted(socket.host for socket in self.sockets)))


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg of the firewall, with what said its address."""

    segment: str
    address: IPv4Address | None = None
    host: str = ""
    line: int = 0
    sockets: tuple[Socket, ...] = ()


@dataclass(frozen=True, slots=True)
class CentreDraft:
    """All of the centre."""

    segments: tuple[CentreSegment, ...]
    hosts: tuple[CentreHost, ...]
    legs: Mapping[Vrf, Leg]
    management_segment: str
    findings: tuple[Finding, ...]
