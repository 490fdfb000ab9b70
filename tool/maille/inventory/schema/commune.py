"""A commune's file: its membership, its authorisation, its cabinets and their cameras."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from maille.inventory.schema.base import (
    Address,
    Count,
    Day,
    Flag,
    Id,
    Insee,
    LatLon,
    Mac,
    Model,
    Number,
    Positive,
    Prefix,
    Signed,
    Text,
    VlanId,
    Whole,
)
from maille.inventory.schema.network import Power, Spur, SwitchPins
from maille.inventory.schema.refs import (
    CameraModelRef,
    CameraRef,
    ContactRef,
    ContractRef,
    ConventionRef,
    OwnerRef,
    ProfileRef,
    RecorderRef,
    RingRef,
    SwitchModelRef,
    WaveRef,
)

CameraId = Annotated[
    str,
    Field(strict=True, pattern=r"^[a-z0-9][a-z0-9-]{0,47}$", examples=["28085-0001"]),
]

View = Literal[
    "square", "road", "entrance", "plate", "school", "station", "building", "car-park", "event"
]
"""What a camera looks at; the estate gives each view its profile."""


class Member(Model):
    """Membership of the intercommunal service."""

    since: Day
    until: Day | None = None
    """The last day of membership; empty while no end is agreed."""
    convention: ConventionRef
    """The convention with the host commune (CSI L132-14)."""


class Authorisation(Model):
    """The prefect's authorisation of an installation (CSI L252-1 to L252-6)."""

    number: Text
    granted: Day
    expires: Day
    retention_max_days: Count
    retention_min_days: Count | None = None
    gathering_ends: Day | None = None
    """For a large gathering (L252-6): the day it ends, and with it the installation."""


class CameraPins(Model):
    """What a camera or an attachment point keeps from an earlier plan."""

    position: Count | None = None
    """The access port of the cabinet's switch, counted from 1."""
    address: Address | None = None


class Camera(Model):
    """One camera at its place."""

    model: CameraModelRef
    place: Text
    view: View
    mac: Mac | None = None
    """Empty until enrolment; until then its port is shut."""
    in_service: Day | None = None
    """The first day on which it films for the service."""
    out_of_service: Day | None = None
    """The first day on which it does no longer."""
    wave: WaveRef | None = None
    profile: ProfileRef | None = None
    """In place of the profile that the estate gives its view."""
    position: LatLon | None = None
    height_m: Positive | None = None
    masks: tuple[Text, ...] = ()
    """Privacy masks drawn over private space in view."""
    private_space: Flag = True
    """Whether private space lies in view; masks are then required."""
    owner: OwnerRef | None = None
    sector: Id | None = None
    authorisation: Id | None = None
    """One of the commune's further authorisations, in place of its main one."""
    measured_mbps: Positive | None = None
    """Measured mean bitrate of the recorded stream; replaces the estimate."""
    audio: Flag = False
    """Always off (CSI R253-1)."""
    covers: tuple[Id, ...] = ()
    """Places to cover that it covers, besides those at its own cabinet."""
    serial: Text | None = None
    pins: CameraPins = CameraPins()


class AttachmentPoint(Model):
    """A port prepared for nomad cameras: it has an address, the camera has the identity."""

    place: Text
    position: LatLon | None = None
    poe: Literal["af", "at", "bt-60", "bt-90"] = "at"
    pins: CameraPins = CameraPins()


class Ppms(Model):
    """A site under a plan particulier de mise en sûreté: a school, a college, a crèche."""

    site: Literal["school", "college", "lycee", "creche", "other"]
    pupils: Whole
    risks: tuple[Text, ...] = ()


class Cabinet(Model):
    """A cabinet in a street or a building: one access switch and what hangs on it."""

    place: Text
    position: LatLon
    synthetic: Flag = False
    """Set where the place is invented, as in the sample estates."""
    switch: SwitchModelRef
    formerly: Annotated[
        str | None,
        Field(strict=True, pattern=r"^[0-9AB]{5}/[a-z0-9-]+$", examples=["28001/mairie"]),
    ] = None
    """`<insee>/<cabinet>` under which it was known before: its allocations stay its own."""
    ring: RingRef | None = None
    at_km: Number | None = None
    """Where on the ring's route it sits, from the primary's end."""
    spur: Spur | None = None
    """In place of ring and at_km."""
    power: Power
    street: Flag = True
    """Out of doors: hardened against those who open it."""
    temperature_c: tuple[Signed, Signed] = (-25.0, 60.0)
    """Inside the cabinet, at its worst."""
    in_service: Day | None = None
    ppms: Ppms | None = None
    sector: Id | None = None
    owner: OwnerRef | None = None
    contract: ContractRef | None = None
    cameras: dict[CameraId, Camera] = Field(default_factory=dict)
    attachment_points: dict[Id, AttachmentPoint] = Field(default_factory=dict)
    serial: Text | None = None
    extra_config: tuple[Text, ...] = ()
    """Lines of this switch alone, rendered as they stand."""
    unmanaged: tuple[Text, ...] = ()
    """Sections of this switch that maille leaves alone."""
    pins: SwitchPins = SwitchPins()


class Sector(Model):
    """A sensitive sector: watched first, alarmed before others."""

    title: Text
    priority: Literal[1, 2, 3]


class PlaceToCover(Model):
    """A place that somebody expects a camera to see: a bus station, a school gate."""

    title: Text
    kind: Literal["bus-station", "rail-station", "school", "square", "road", "building"]
    position: LatLon
    synthetic: Flag = False


class Event(Model):
    """A gathering for which a mayor asks operators to watch cameras live."""

    title: Text
    first: Day
    last: Day
    cameras: tuple[CameraRef, ...]
    requested_by: Text


class SegmentPins(Model):
    """What a segment keeps from an earlier plan."""

    vlan: VlanId | None = None
    prefix: Prefix | None = None


class CommunePins(Model):
    """What a commune keeps from an earlier plan."""

    blocks: tuple[Prefix, ...] = ()
    segments: dict[Annotated[str, Field(examples=["chartres-sud/cameras"])], SegmentPins] = Field(
        default_factory=dict
    )
    """By `<ring>/<function>`; functions are cameras, ppms and management."""


class RetentionWish(Model):
    """What a commune sets in place of the estate's retention."""

    days: Count
    margin: Positive | None = None


class Commune(Model):
    """One commune, one file."""

    commune: Text
    insee: Insee
    formerly: tuple[Insee, ...] = ()
    """Communes merged into this one: their allocations stay theirs."""
    population: Whole | None = None
    position: LatLon | None = None
    zone: Id | None = None
    wave: WaveRef | None = None
    member: Member | None = None
    """Nothing is provisioned for a commune that is not a member."""
    authorisation: Authorisation | None = None
    further_authorisations: dict[Id, Authorisation] = Field(default_factory=dict)
    retention: RetentionWish | None = None
    recorder: RecorderRef | None = None
    """Pins its recorder; otherwise the lock gives one."""
    owner: OwnerRef | None = None
    contract: ContractRef | None = None
    call: tuple[ContactRef, ...] = ()
    """Contacts to be called, first one first."""
    sectors: dict[Id, Sector] = Field(default_factory=dict)
    places: dict[Id, PlaceToCover] = Field(default_factory=dict)
    cabinets: dict[Id, Cabinet] = Field(default_factory=dict)
    events: dict[Id, Event] = Field(default_factory=dict)
    pins: CommunePins = CommunePins()
