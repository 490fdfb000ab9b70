"""The centre (CSI, CSU, CVPU): its rooms, staff, segments, hosts, recorders and firewall."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from maille.inventory.schema.base import (
    Address,
    Clock,
    Count,
    Day,
    Id,
    Model,
    Positive,
    Text,
    Whole,
)
from maille.inventory.schema.commune import SegmentPins
from maille.inventory.schema.refs import (
    AgencyRef,
    HostRef,
    OwnerRef,
    PairRef,
    SegmentRef,
    ServerRef,
    SiteRef,
    SwitchRef,
)

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Hours(Model):
    """When people are there; an end before the start is on the next day."""

    days: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    opens: Clock
    closes: Clock


class Premises(Model):
    """Where the centre is, or was: it can move, the estate's addresses stay."""

    site: SiteRef
    since: Day
    until: Day | None = None


class Team(Model):
    """People of one agency or owner who work in the room."""

    agency: AgencyRef
    people: Count
    duty: Text


class Room(Model):
    """A room of the centre."""

    title: Text
    segment: SegmentRef | None = None
    screens: Whole = 0
    seats: Whole = 0


class CentreSegment(Model):
    """A segment of the centre: one VLAN, one prefix."""

    title: Text
    vrf: Literal["VIDEO", "MGMT", "none"]
    """The VRF whose gateway the core pair is; `none`: behind the firewall."""
    hosts: Count
    """For how many hosts the prefix is sized, growth included."""
    pins: SegmentPins = SegmentPins()


HostRole = Literal[
    "recorder",
    "vms",
    "ntp",
    "syslog",
    "radius",
    "dns",
    "poller",
    "management",
    "ceph",
    "workstation",
    "wall",
    "agency",
]


class Host(Model):
    """A host of the centre that others must reach, or that reaches others."""

    title: Text
    role: HostRole
    segment: SegmentRef
    model: ServerRef | None = None
    count: Count = 1
    """Equal hosts at consecutive addresses: 7 Ceph hosts, 12 wall decoders."""
    address: Address | None = None
    """Pins the (first) address."""
    in_service: Day | None = None
    attached_to: tuple[SwitchRef, ...] = ()
    """Switches of the centre it has a port on, one each; otherwise the pair's primary."""


class Recorder(Model):
    """A recording service: where the streams of its communes end."""

    host: HostRef
    access: Literal["cephfs", "smb", "rbd"]
    retention_owner: Literal["maille", "vms"]
    capacity_mbps: Positive
    transport: Literal["tcp", "udp"] = "tcp"
    """RTSP interleaved in its TCP session, or RTP over UDP."""
    owner: OwnerRef | None = None
    """Where several owners share the platform: whose images it keeps."""


class FirewallLeg(Model):
    """Where the firewall touches a VRF or a segment."""

    segment: SegmentRef
    address: Address | None = None
    """Pins its address; otherwise the lock gives the first host address."""


class Firewall(Model):
    """The one place where VIDEO and MGMT meet."""

    title: Text
    site: SiteRef
    legs: dict[Literal["VIDEO", "MGMT"], FirewallLeg]


class ExtraFlow(Model):
    """A flow that the model cannot know: it goes into the flow matrix as it stands."""

    source: Text
    """A host of the centre, prefixes separated by commas, or a name for people alone."""
    destination: Text
    protocol: Literal["tcp", "udp", "icmp"]
    ports: Annotated[str, Field(strict=True, pattern=r"^[0-9,-]*$")] = ""
    why: Text


class Centre(Model):
    """`centre.yaml`: the supervision centre of the estate."""

    title: Text
    kind: Literal["CSI", "CSU", "CVPU", "Cecos"]
    premises: Annotated[tuple[Premises, ...], Field(min_length=1)]
    """In order of time; the last one without an end is today's."""
    hours: Hours
    teams: tuple[Team, ...] = ()
    rooms: dict[Id, Room] = Field(default_factory=dict)
    pair: PairRef
    """The pair that is the gateway of the centre's segments."""
    management_segment: SegmentRef
    """Where the access switches of the sites are managed, and from where maille pushes."""
    segments: dict[Id, CentreSegment]
    hosts: dict[Id, Host] = Field(default_factory=dict)
    recorders: dict[Id, Recorder] = Field(default_factory=dict)
    firewall: Firewall
    flows: tuple[ExtraFlow, ...] = ()
