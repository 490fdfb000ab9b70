"""The lock: every number ever given, by the stable id of what it was given to.

One file a commune (`allocations/<insee>.lock.yaml`) and one for what communes share
(`allocations/shared.lock.yaml`), both committed. The lock is a value: the allocator takes
one and gives a new one; nothing here reads a clock or a disk.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from maille.inventory.schema.base import Address, Count, Day, Id, Insee, Model, Prefix, Text, VlanId


class State(StrEnum):
    """`planned` may still change by itself; `deployed` only by an explicit command."""

    PLANNED = "planned"
    DEPLOYED = "deployed"


class Given(Model):
    """What every entry carries."""

    state: State = State.PLANNED


class Block(Given):
    """A summarisable block of a commune, out of which its segments are cut."""

    pool: Literal["video", "management"]
    prefix: Prefix


class SegmentNumbers(Given):
    """VLAN and prefix of a segment. Gateways are the first three host addresses."""

    vlan: VlanId
    prefix: Prefix


class AccessNumbers(Given):
    """Name and management address of an access switch."""

    hostname: Text
    """Kept when communes merge or a cabinet is renamed: it is on the label."""

    management: Address


class RoutedNumbers(Given):
    """Addresses of a routed switch: loopbacks, one a VRF; it is managed by `loopback_mgmt`."""

    loopback_video: Address
    loopback_mgmt: Address


class Attachment(Given):
    """Where a camera or an attachment point hangs, and its address."""

    cabinet: Text
    """Of its commune; `<cabinet>@<insee>` of a former commune if the inventory lacks it."""
    position: Count
    """Access port of the cabinet's switch, counted from 1."""
    address: Address
    segment: Text
    """`<ring>/<function>` of the commune."""


class CameraNumbers(Attachment):
    """A camera's attachment, and the subvolume that keeps its images."""

    subvolume: Text


class ShareNumbers(Given):
    """A commune's share of the storage: its subvolume's name is the key."""

    recorder: Id


class TransitNumbers(Given):
    """The two /31 of a routed link; its first end has the even address."""

    video: Prefix
    mgmt: Prefix


class Socket(Given):
    """An uplink port: position on the switch, counted from 1.

    On an access switch that hosts a spur without a free uplink, `kind` is `access`.
    """

    position: Count
    kind: Literal["uplink", "access"] = "uplink"


class HostNumbers(Given):
    """First address of equal hosts of the centre; the others follow."""

    address: Address
    count: Count = 1
    """How many consecutive addresses are theirs."""


class Quarantined(Model):
    """Something given once and freed since: nobody else gets it until it is released."""

    section: Text
    key: Text
    numbers: dict[str, str | int]
    since: Day


class CommuneLock(Model):
    """`allocations/<insee>.lock.yaml`."""

    commune: Insee
    blocks: dict[Text, Block] = Field(default_factory=dict)
    """By `<pool>-<n>`, n counting from 1 in the order in which they were given."""
    segments: dict[Text, SegmentNumbers] = Field(default_factory=dict)
    """By `<ring>/<function>`."""
    switches: dict[Text, AccessNumbers] = Field(default_factory=dict)
    """By cabinet."""
    cameras: dict[Text, CameraNumbers] = Field(default_factory=dict)
    points: dict[Text, Attachment] = Field(default_factory=dict)
    """By `<cabinet>/<attachment point>`."""
    storage: dict[Text, ShareNumbers] = Field(default_factory=dict)
    """By subvolume; the first one takes new cameras, others came with merged communes."""
    quarantine: tuple[Quarantined, ...] = ()


class SharedLock(Model):
    """`allocations/shared.lock.yaml`."""

    segments: dict[Text, SegmentNumbers] = Field(default_factory=dict)
    """Of the centre, by segment."""
    hosts: dict[Text, HostNumbers] = Field(default_factory=dict)
    firewall: dict[Literal["VIDEO", "MGMT"], HostNumbers] = Field(default_factory=dict)
    switches: dict[Text, RoutedNumbers | AccessNumbers] = Field(default_factory=dict)
    transit: dict[Text, TransitNumbers] = Field(default_factory=dict)
    """By link."""
    sockets: dict[Annotated[str, Field(examples=["agg-nord-1/chartres-sud"])], Socket] = Field(
        default_factory=dict
    )
    """By `<switch>/<what>`: a ring's end, `<link>.<strand>`, a spur's child, a host or leg."""
    quarantine: tuple[Quarantined, ...] = ()


class Lock(Model):
    """The lock of an estate."""

    shared: SharedLock = SharedLock()
    communes: dict[Insee, CommuneLock] = Field(default_factory=dict)
