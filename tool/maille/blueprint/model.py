"""The blueprint: one immutable value from which every part of the tool reads.

Ids are those of the inventory: a commune by its INSEE code, a camera by its id, a switch of a
site by its id and of a cabinet by `<insee>-<cabinet>`, a segment by `<insee>/<ring>/<function>`
or `centre/<segment>`, a link by its id in the inventory, `<ring>/<n>` in a ring (n counts from
0 at the primary's end) or `<switch>--<parent>` for a spur.

Rates are in Mbit/s (10^6 bit/s), sizes in bytes, lengths in kilometres, powers in watts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from ipaddress import IPv4Address, IPv4Network

    from maille.allocation.lock import Lock
    from maille.blueprint.storage import StoragePlan
    from maille.inventory.schema.base import Position
    from maille.inventory.schema.catalogue import CameraModel, SwitchModel
    from maille.inventory.schema.commune import AttachmentPoint, Commune, View
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.settings import Profile
    from maille.topology.naming import Function

Vrf = Literal["VIDEO", "MGMT", "none"]
Role = Literal["core", "aggregation", "access"]
LinkRole = Literal["ring", "spur", "trunk", "peer", "transit"]
PortKind = Literal[
    "camera",
    "point",
    "spare",
    "ring",
    "spur-up",
    "spur-down",
    "trunk",
    "peer",
    "transit",
    "host",
    "firewall",
]


@dataclass(frozen=True, slots=True)
class Segment:
    """One VLAN with one prefix: (commune, function, ring), or a segment of the centre."""

    id: str
    title: str
    function: Function
    commune: str | None
    ring: str | None
    pair: str
    """The pair that is its gateway; VLAN ids are unique among the segments of a pair."""
    vrf: Vrf
    """`none`: the firewall is its gateway, by the first address."""
    vlan: int
    vlan_name: str
    """At most 32 characters of `A-Z0-9-_`, unique within the pair."""
    prefix: IPv4Network
    gateway: IPv4Address
    """Virtual address (VRRP), the first of the prefix."""
    primary: IPv4Address
    """Own address of the pair's primary, the second."""
    secondary: IPv4Address


@dataclass(frozen=True, slots=True)
class Bitrate:
    """Mean rate of a camera's recorded stream, all its sensors together."""

    mbps: float
    source: Literal["measured", "estimated"]
    formula: str
    """How it was found, for people: `4 × 5 MP × 2 Mbit/s × 15/15 × 0.5 (H.265) × 0.6 (low)`."""


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera where it hangs today (a nomad: at its assignment of the day, if any)."""

    id: str
    model_id: str
    model: CameraModel
    commune: str
    place: str
    view: View
    profile_id: str
    profile: Profile
    bitrate: Bitrate
    switch: str | None
    """None for a nomad that is nowhere."""
    port: str | None
    """The port's name on its switch."""
    position: int | None
    """The access port's position, counted from 1."""
    segment: str | None
    address: IPv4Address | None
    mac: str | None
    location: Position | None
    owner: str | None
    sector: str | None
    wave: str | None
    in_service: date | None
    connected: bool
    """In service at the blueprint's date."""
    ppms: bool
    severity: Literal["ppms", "sensitive", "normal"]
    recorder: str
    subvolume: str
    retention_days: int
    nomad: bool
    point: str | None
    """For a nomad: `<insee>/<cabinet>/<point>`."""
    retired: bool = False
    """Out of service at the blueprint's date: its port is shut."""


@dataclass(frozen=True, slots=True)
class Point:
    """An attachment point, free or taken by a nomad."""

    id: str
    """`<insee>/<cabinet>/<point>`."""
    entry: AttachmentPoint
    switch: str
    port: str
    position: int
    segment: str
    address: IPv4Address
    nomad: str | None


@dataclass(frozen=True, slots=True)
class Port:
    """One physical port of a switch, as it is to be configured."""

    name: str
    kind: PortKind
    description: str = ""
    shutdown: bool = False
    index: int = 0
    """Position in its group of ports, counted from 1: access or uplink."""
    uplink: bool = False
    speed_mbps: int = 0
    poe: str = "none"
    """PoE standard the port offers."""
    camera: str | None = None
    point: str | None = None
    segment: str | None = None
    """The access segment of a camera, point or host port."""
    link: str | None = None
    strand: int = 0
    far_switch: str | None = None
    far_port: str | None = None
    optic: str | None = None
    host: str | None = None
    """Host of the centre, or `firewall`."""


@dataclass(frozen=True, slots=True)
class Switch:
    """A switch with everything that its configuration follows from."""

    id: str
    hostname: str
    model_id: str
    model: SwitchModel
    role: Role
    site: str
    """Site id, or `<insee>/<cabinet>`."""
    place: str
    location: Position
    synthetic: bool
    street: bool
    commune: str | None
    cabinet: str | None
    pair: str | None
    """The pair whose layer-2 domain it is in; of a member of several, None (a core pair that
    has no rings is still a pair)."""
    ring: str | None
    """The ring it is a member of, itself or through the parent of its spur."""
    supplies: tuple[str, ...]
    """Its feeds: it fails when all of them do."""
    management: IPv4Address
    """Address on the management segment, or the loopback of VRF MGMT."""
    management_segment: str | None
    loopback_video: IPv4Address | None
    stp_priority: int
    ports: tuple[Port, ...]
    """All ports, access ports first, in the order of the model."""
    segments: tuple[str, ...]
    """Segments whose VLANs it knows, by VLAN id."""
    in_service: bool
    serial: str | None
    extra_config: tuple[str, ...]
    unmanaged: tuple[str, ...]

    def port(self, name: str) -> Port:
        """Give a port by its name; raises KeyError."""
        for port in self.ports:
            if port.name == name:
                return port
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """One end of a link: the switch and a port for each strand."""

    switch: str
    ports: tuple[str, ...]
    stp_cost: int
    """Long path cost of the end's port as rendered (20,000,000 / Mbit/s, IEEE 802.1D-2004);
    0 for routed links."""
    lag: int | None
    """Port-channel number where there are several strands."""


@dataclass(frozen=True, slots=True)
class Strand:
    """One physical way of a link, with its optics and its budget."""

    cables: tuple[str, ...]
    length_km: float
    optic_a: str | None
    optic_b: str | None
    loss_db: float | None
    """None where there is no fibre budget (radio, leased, DAC)."""
    loss_measured: bool
    passages: tuple[tuple[str, int], ...] = ()
    """Of a ring's link: each cable, with the number of the route's passage through it."""


@dataclass(frozen=True, slots=True)
class TransitNet:
    """A /31 in one VRF: of a routed link, tagged; of a peer link, in a VLAN of its own.

    The peer's are what a VRRP master routes by that has lost its own ways to the centre.
    """

    vrf: Literal["VIDEO", "MGMT"]
    vlan: int
    prefix: IPv4Network
    a: IPv4Address
    b: IPv4Address


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two switches."""

    id: str
    role: LinkRole
    a: LinkEnd
    b: LinkEnd
    medium: Literal["fibre", "dac", "copper", "radio", "leased"]
    speed_mbps: int
    """Of one port."""
    capacity_mbps: float
    """Of all strands together; less than the ports where the medium carries less."""
    strands: tuple[Strand, ...]
    ring: str | None
    pair: str | None
    """The layer-2 domain it belongs to; None for routed links."""
    segments: tuple[str, ...]
    """The allowed VLANs of a trunk, by segment, sorted by VLAN id."""
    transit: tuple[TransitNet, ...]
    ospf_cost: int
    in_service: bool


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring, closed: its members in order and its links, one more than members."""

    id: str
    title: str
    pair: str
    members: tuple[str, ...]
    links: tuple[str, ...]
    length_km: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two gateways and their layer-2 domain."""

    id: str
    primary: str
    secondary: str
    rings: tuple[str, ...]
    segments: tuple[str, ...]
    switches: tuple[str, ...]
    """All switches of the domain, the pair's first."""
    links: tuple[str, ...]
    """All layer-2 links of the domain."""


@dataclass(frozen=True, slots=True)
class Host:
    """One host of the centre (of equal ones, each by itself)."""

    id: str
    """`ntp-1`, or `<id>.<n>` of several."""
    title: str
    role: str
    segment: str
    address: IPv4Address
    switch: str
    """The first switch it is on."""
    ports: tuple[tuple[str, str], ...]
    """Every switch it is on, with the port there."""


@dataclass(frozen=True, slots=True)
class Services:
    """Addresses that configurations and access lists need, sorted."""

    ntp: tuple[IPv4Address, ...]
    syslog: tuple[IPv4Address, ...]
    radius: tuple[IPv4Address, ...]
    dns: tuple[IPv4Address, ...]
    pollers: tuple[IPv4Address, ...]
    management: tuple[IPv4Address, ...]
    recorders: tuple[IPv4Address, ...]
    vms: tuple[IPv4Address, ...]


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """What one event takes away: the failures that capacity and redundancy are tried with."""

    kind: Literal["link", "switch", "cable", "duct", "site", "supply"]
    id: str
    title: str
    switches: tuple[str, ...]
    links: tuple[tuple[str, int], ...]
    """Strands lost, as (link, strand index)."""


@dataclass(frozen=True, slots=True)
class CommuneShare:
    """A member commune: its cameras, its load and its part of the storage."""

    insee: str
    name: str
    entry: Commune
    cameras: tuple[str, ...]
    planned: int
    connected: int
    mbps: float
    retention_days: int
    margin: float
    recorder: str
    subvolumes: tuple[str, ...]
    need_bytes: int
    """For the promised days alone."""
    quota_bytes: int
    """For days, segment and expiry period, with margin."""
    segments: tuple[str, ...]
    switches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """One line of the flow matrix (matrice de flux)."""

    source: str
    source_prefixes: tuple[IPv4Network, ...]
    destination: str
    destination_prefixes: tuple[IPv4Network, ...]
    protocol: Literal["tcp", "udp", "icmp"]
    ports: str
    """`554`, `50000-50999`, or empty for all."""
    crosses_firewall: bool
    why: str


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Everything that follows from an estate, its lock and a date."""

    as_of: date
    estate: Estate
    lock: Lock
    communes: Mapping[str, CommuneShare]
    """Member communes by INSEE code."""
    segments: Mapping[str, Segment]
    switches: Mapping[str, Switch]
    cameras: Mapping[str, Camera]
    points: Mapping[str, Point]
    links: Mapping[str, Link]
    rings: Mapping[str, Ring]
    pairs: Mapping[str, Pair]
    hosts: Mapping[str, Host]
    services: Services
    firewall: Mapping[str, IPv4Address]
    """Address of the firewall by VRF."""
    failures: tuple[FailureGroup, ...]
    flows: tuple[Flow, ...]
    storage: StoragePlan
