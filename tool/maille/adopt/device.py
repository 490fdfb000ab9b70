"""What one configuration says, as a value: nothing here is guessed or compared with others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from maille.adopt.names import base_port, is_physical, port_kind
from maille.adopt.shown import shown
from maille.errors import Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from ipaddress import IPv4Address, IPv4Interface, IPv4Network

    from maille.inventory.schema.catalogue import Platform

Mode: TypeAlias = Literal["", "access", "trunk", "routed"]
Method: TypeAlias = Literal["", "dot1x", "mab", "static_mac"]
Service: TypeAlias = Literal["ntp", "syslog", "radius", "dns", "poller"]

VRRP_DEFAULT = 100
"""Priority of VRRP, and of HSRP, where none is written."""


@dataclass(frozen=True, slots=True)
class Vlan:
    """A VLAN as its section has it."""

    id: int
    line: int
    name: str = ""
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class Interface:
    """A port, a bundle, a subinterface, a loopback or the interface of a VLAN."""

    name: str
    """The whole name."""
    line: int
    description: str = ""
    shutdown: bool = False
    mode: Mode = ""
    access_vlan: int | None = None
    native_vlan: int | None = None
    allowed: frozenset[int] | None = None
    """VLANs of a trunk; None for all."""
    lag: int | None = None
    tag: int | None = None
    """VLAN tag of a subinterface."""
    vrf: str = ""
    address: IPv4Interface | None = None
    address_line: int = 0
    virtual: tuple[IPv4Address, ...] = ()
    """Addresses that it shares with a partner, by VRRP, HSRP or VARP."""
    virtual_line: int = 0
    priority: int = VRRP_DEFAULT
    macs: tuple[str, ...] = ()
    """Of port security."""
    method: Method = ""
    edge: bool = False
    """Whether the spanning tree expects no bridge behind it."""
    power_mw: int = 0
    """Power set aside for the device; 0 where it negotiates."""

    @property
    def kind(self) -> str:
        """Give the word before the numbers of its name."""
        return port_kind(self.name)

    @property
    def physical(self) -> bool:
        """Say whether a cable goes into it."""
        return is_physical(self.name)

    @property
    def base(self) -> str:
        """Give the port that a subinterface is of; any other is its own."""
        return base_port(self.name)

    @property
    def vlan(self) -> int | None:
        """Give the VLAN that it is the interface of."""
        return int(self.name.removeprefix("Vlan")) if self.kind == "Vlan" else None


@dataclass(frozen=True, slots=True)
class Binding:
    """A device with its address, as source guard and ARP inspection know it."""

    mac: str
    address: IPv4Address
    line: int
    vlan: int | None = None
    port: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A static route."""

    vrf: str
    network: IPv4Network
    via: IPv4Address
    line: int


@dataclass(frozen=True, slots=True)
class Server:
    """An address that the device uses for a service."""

    service: Service
    address: IPv4Address
    vrf: str
    line: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What a device says about the other end of a port; either part may be missing."""

    port: str
    far: str
    """Host name, as it was written."""
    far_port: str
    source: Literal["lldp", "cdp"]
    line: int


@dataclass(frozen=True, slots=True)
class Secret:
    """A line that holds a secret: what for, never the secret."""

    what: str
    line: int


@dataclass(frozen=True, slots=True)
class Device:
    """Everything that was read of one device."""

    file: str
    lines: tuple[str, ...] = field(repr=False)
    """The text, for showing a line."""
    hostname: str
    hostname_line: int
    platform: Platform
    hints: tuple[str, ...] = ()
    """Words that may name its model: from the licence, the stack, a comment."""
    serial: str = ""
    interfaces: Mapping[str, Interface] = field(default_factory=dict)
    vlans: Mapping[int, Vlan] = field(default_factory=dict)
    bindings: tuple[Binding, ...] = ()
    routes: tuple[Route, ...] = ()
    gateway: IPv4Address | None = None
    source_interface: str = ""
    """From where it speaks to management: `Vlan112`."""
    servers: tuple[Server, ...] = ()
    claims: tuple[Claim, ...] = ()
    location: str = ""
    domain: str = ""
    region: str = ""
    """Name of its MST region."""
    bridge_priority: int = 32768
    routes_dynamically: bool = False
    secrets: tuple[Secret, ...] = ()
    unread: tuple[tuple[str, int], ...] = ()
    """Kinds of lines that were left aside, each with its line."""

    def place(self, line: int) -> Place:
        """Give the place of a line."""
        return Place(self.file, line, 1) if line else Place(self.file)

    def text(self, line: int) -> str:
        """Give a line as it may be shown: secrets are hidden."""
        return shown(self.lines[line - 1]) if 0 < line <= len(self.lines) else ""

    def vlan_name(self, vlan: int | None) -> str:
        """Give the name of a VLAN, empty if it has none."""
        known = self.vlans.get(vlan or 0)
        return known.name if known else ""

    @property
    def ports(self) -> tuple[Interface, ...]:
        """Give the sockets of the device, as they stand in the text."""
        return tuple(each for each in self.interfaces.values() if each.physical)

    @property
    def svis(self) -> tuple[Interface, ...]:
        """Give the interfaces of VLANs that have an address."""
        found = self.interfaces.values()
        return tuple(each for each in found if each.kind == "Vlan" and each.address)

    @property
    def model_is_hinted(self) -> str:
        """Give the best word for its model, empty if there is none."""
        return self.hints[0] if self.hints else ""
