"""What templates read: every value as it is written, so that a template has loops and ifs only.

Text that people wrote has passed `words`; lists carry their names; addresses, VLAN lists and
port names are in the dialect's form. A template that needs something else asks for a field
here, and gets it by name: there are no defaults in templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

if TYPE_CHECKING:
    from maille.configs.acl import AccessList


@dataclass(frozen=True, slots=True)
class Vlan:
    """A VLAN of the switch."""

    id: int
    name: str
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class DevicePort:
    """An access port in service: a camera with a known MAC, at home or as a nomad."""

    kind: ClassVar[str] = "device"

    name: str
    description: str
    vlan: int
    method: str
    """`dot1x`, `mab` or `static_mac`."""
    mac: str
    """As port security writes it."""
    acl: str
    static_mw: int
    """Power that is set aside for it; 0 where the port negotiates."""
    poe: bool


@dataclass(frozen=True, slots=True)
class ClosedPort:
    """A port that nothing may use: spare, or its device has no MAC yet, or is retired."""

    kind: ClassVar[str] = "closed"

    name: str
    description: str
    poe: bool


@dataclass(frozen=True, slots=True)
class TrunkPort:
    """A trunk of the layer-2 domain: a port, or a bundle of ports."""

    kind: ClassVar[str] = "trunk"

    name: str
    description: str
    link: str
    """`ring`, `spur-up`, `spur-down`, `trunk` or `peer`."""
    allowed: str
    guard: str
    """`root`, `loop` or empty."""
    cost: int
    """Path cost that is written; 0 where it is the device's own for the port's speed."""
    udld: bool
    fibre: bool
    poe: bool
    lag: int = 0
    """Number of the bundle that this is; 0 for a single port."""


@dataclass(frozen=True, slots=True)
class MemberPort:
    """A port that belongs to a bundle."""

    kind: ClassVar[str] = "member"

    name: str
    description: str
    lag: int
    allowed: str
    """Empty where the bundle is routed."""
    udld: bool
    fibre: bool
    link: str


@dataclass(frozen=True, slots=True)
class Adjacency:
    """An interface on which routing is spoken: a tagged one of a transit, or a peer's VLAN."""

    name: str
    description: str
    vrf: str
    process: int
    """Of OSPF."""
    vlan: int
    address: str
    """With mask or prefix length, as the dialect writes it."""
    cost: int


@dataclass(frozen=True, slots=True)
class RoutedPort:
    """A transit: a routed port or bundle with one tagged interface a VRF."""

    kind: ClassVar[str] = "routed"

    name: str
    description: str
    adjacencies: tuple[Adjacency, ...]
    lag: int = 0


@dataclass(frozen=True, slots=True)
class ServerPort:
    """A port of a host of the centre, in a locked room."""

    kind: ClassVar[str] = "server"

    name: str
    description: str
    vlan: int
    marked: bool
    """Whether what it sends is marked where it enters."""
    poe: bool


@dataclass(frozen=True, slots=True)
class FirewallPort:
    """A leg of the firewall, tagged; the segments behind it come with the leg in VIDEO."""

    kind: ClassVar[str] = "firewall"

    name: str
    description: str
    allowed: str
    poe: bool


PortView: TypeAlias = (
    DevicePort | ClosedPort | TrunkPort | MemberPort | RoutedPort | ServerPort | FirewallPort
)


@dataclass(frozen=True, slots=True)
class Binding:
    """A device with the one address it may use, and its port."""

    mac_upper: str
    """As a source binding writes it."""
    mac: str
    """As an ARP list writes it."""
    vlan: int
    address: str
    port: str
    """Short name."""


@dataclass(frozen=True, slots=True)
class ArpList:
    """The ARP list of a VLAN."""

    vlan: int
    list: AccessList


@dataclass(frozen=True, slots=True)
class Devices:
    """What watches over the devices of an access switch; empty where it has none."""

    vlans: str
    """VLANs in which DHCP and ARP are inspected."""
    bindings: tuple[Binding, ...] = ()
    arp: tuple[ArpList, ...] = ()
    lists: tuple[AccessList, ...] = ()
    """Lists on their ports."""
    no_ipv6: AccessList | None = None
    """The list that drops IPv6; None where the model cannot apply one."""


@dataclass(frozen=True, slots=True)
class Marking:
    """Lists by which traffic is marked where it enters; empty lists are left out."""

    video: AccessList | None = None
    control: AccessList | None = None
    management: AccessList | None = None

    @property
    def lists(self) -> tuple[AccessList, ...]:
        """Give the lists that there are."""
        found = (self.control, self.management, self.video)
        return tuple(each for each in found if each)


@dataclass(frozen=True, slots=True)
class Management:
    """Where the switch is managed, and by whom."""

    interface: str
    """What it sends from: an SVI or a loopback."""
    vlan: int
    """VLAN of the SVI; 0 for a loopback."""
    description: str
    address: str
    """With mask or prefix length, as the dialect writes it."""
    gateway: str
    ssh: AccessList
    snmp: AccessList
    inbound: AccessList
    """What reaches the switch itself; of a gateway that cannot tell, also what passes it."""
    ntp: tuple[str, ...]
    syslog: tuple[str, ...]
    radius: tuple[str, ...]
    traps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Secrets:
    """Tokens of what the switch stores, in its forms."""

    local: str
    enable: str
    radius: str
    ntp: str
    ospf: str
    snmp_auth: str
    snmp_privacy: str


@dataclass(frozen=True, slots=True)
class Ntp:
    """The key that authenticates time."""

    key: int
    algorithm: str


@dataclass(frozen=True, slots=True)
class Snmp:
    """The SNMPv3 user."""

    user: str
    auth: str
    privacy: str
    engine: str
    """Engine id in hexadecimal digits where it is configured."""


@dataclass(frozen=True, slots=True)
class Svi:
    """The gateway of a segment on one switch of its pair."""

    vlan: int
    description: str
    vrf: str
    process: int
    """Of OSPF."""
    address: str
    """With mask or prefix length, as the dialect writes it."""
    virtual: str
    priority: int
    """Of VRRP; 0 where it is the default."""
    inbound: AccessList | None
    """None on a leg of the firewall, which filters there itself."""
    outbound: AccessList | None


@dataclass(frozen=True, slots=True)
class Loopback:
    """A loopback in one VRF."""

    number: int
    """Also of the OSPF process of its VRF."""
    description: str
    vrf: str
    address: str


@dataclass(frozen=True, slots=True)
class OspfProcess:
    """OSPF in one VRF."""

    number: int
    vrf: str
    router_id: str
    active: tuple[str, ...]
    """Interfaces on which it is spoken."""
    originates_default: bool


@dataclass(frozen=True, slots=True)
class DefaultRoute:
    """The way out of a VRF, at the centre."""

    vrf: str
    via: str
    """Address of the firewall's leg."""


@dataclass(frozen=True, slots=True)
class Routing:
    """What a routed switch has beyond a layer-2 one."""

    loopbacks: tuple[Loopback, ...]
    svis: tuple[Svi, ...]
    peers: tuple[Adjacency, ...]
    """The VLANs by which the two of a pair route to each other."""
    ospf: tuple[OspfProcess, ...]
    defaults: tuple[DefaultRoute, ...]
    video_plane: AccessList
    """What reaches the switch itself in VRF VIDEO; see `Management.inbound`."""
    lists: tuple[AccessList, ...]
    """Lists of the segments."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What the model can do, as far as templates ask."""

    alarm_contact: bool
    udld: bool
    poe: bool
    source_guard: bool
    port_ipv6_acl: bool


@dataclass(frozen=True, slots=True)
class BootPort:
    """How a port stands after the bootstrap."""

    name: str
    description: str
    kind: str = "closed"
    """`closed`, `trunk`, `member`, `routed` or `server`."""
    up: bool = False
    guard: str = ""
    lag: int = 0
    adjacency: Adjacency | None = None
    """In VRF MGMT, of a routed port."""


@dataclass(frozen=True, slots=True)
class Boot:
    """Day 0: as much as the first push needs to reach the switch."""

    ports: tuple[BootPort, ...]
    """Bundles first."""
    vlan: int
    """Of the segment it is managed on; 0 where it is reached over its transits."""
    vlan_name: str
    svi: Svi | None
    """Gateway of that segment, on a gateway of the centre."""


@dataclass(frozen=True, slots=True)
class SwitchView:
    """One switch, as its template writes it."""

    hostname: str
    dialect: str
    """As the catalogue has it."""
    domain: str
    location: str
    contact: str
    banner: tuple[str, ...]
    street: bool
    role: str
    """`routed` or `access`."""
    root: str
    """Part in the spanning tree: `primary`, `secondary` or empty."""
    priority: int
    region: str
    native: int
    blackhole: int
    archive: str
    local_user: str
    secret_type: str
    critical: bool
    """Whether a port stays open to a known device while RADIUS is away."""
    able: Abilities
    vlans: tuple[Vlan, ...]
    bundles: tuple[TrunkPort | RoutedPort, ...]
    ports: tuple[PortView, ...]
    out_of_band: str
    """Name of the port for management alone; empty if there is none."""
    devices: Devices
    marking: Marking
    management: Management
    secrets: Secrets
    ntp: Ntp
    snmp: Snmp
    standard_lists: tuple[AccessList, ...]
    extended_lists: tuple[AccessList, ...]
    routing: Routing | None
    extra: tuple[str, ...]
    unmanaged: tuple[str, ...]
