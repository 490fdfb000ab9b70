"""The files of profiles: objects of MIBs, and the families that ask for them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from maille.inventory.schema.base import Count, Flag, Id, Model, Positive, Signed, Text
from maille.inventory.schema.catalogue import Platform

Oid = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^[0-2](\.(0|[1-9][0-9]*)){2,}$"),
    Field(examples=["1.3.6.1.2.1.1.3.0"]),
]
"""An object identifier in numbers, without a leading dot."""
Instance = Annotated[
    str, StringConstraints(strict=True, pattern=r"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))*$")
]
Name = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z][A-Za-z0-9]*$")]
"""An object's descriptor, as its MIB writes it."""
TroubleCode = Annotated[str, StringConstraints(strict=True, pattern=r"^H0[0-9]{2}$")]
Number = Annotated[str, StringConstraints(strict=True, pattern=r"^-?[0-9]+$")]

Kind = Literal["switch", "camera", "recorder", "ceph", "host", "ups"]
Type = Literal["integer", "gauge", "counter32", "counter64", "ticks", "octets", "oid"]
ScalarMeasure = Literal["uptime", "identity", "name", "boots", "clock"]
PortMeasure = Literal[
    "admin",
    "status",
    "speed",
    "in_octets",
    "out_octets",
    "in_errors",
    "out_errors",
    "in_discards",
    "out_discards",
    "discontinuity",
]


class Object(Model):
    """One object of a MIB."""

    oid: Oid
    """Of a scalar and of a column without its instance."""
    type: Type
    unit: Text | None = None
    scale: Positive = 1.0
    """What a value is multiplied with to be in its unit."""
    mib: Text
    """The module, and where it is published."""
    verified: Flag = True
    """Read in the module itself; otherwise from others that use it, who may be wrong."""


class ObjectsFile(Model):
    """`objects.yaml`: objects that several families ask for."""

    objects: dict[Name, Object]


class Check(Model):
    """One value of a device by which it may be in trouble."""

    object: Name
    instance: Instance = "0"
    code: TroubleCode
    says: Text
    """One clause without a full stop; `{value}` stands for the value in its unit."""
    wrong: dict[Number, Text] = Field(default_factory=dict)
    """Values that are wrong, and what they mean: `{meaning}` in `says`."""
    at_least: Signed | None = None
    at_most: Signed | None = None


class Power(Model):
    """Where a switch tells what its ports feed."""

    status: Name
    """pethPsePortDetectionStatus of RFC 3621, indexed by group and port."""
    watts: Name | None = None
    """A maker's own: RFC 3621 has no watts for a port."""
    index: Literal["entity", "number"]
    """`entity`: a column names each port's entPhysicalEntry, whose name is the port's; `number`:
    group 1 and the last number in the port's name."""
    entity: Name | None = None


class Family(Model):
    """`families/<id>.yaml`: what is asked of one family of models."""

    title: Text
    source: Text
    """The public documents it was written from."""
    platform: Platform | None = None
    """Switches of the catalogue that it is for."""
    maker: Text | None = None
    """Cameras of the catalogue that it is for."""
    kinds: tuple[Kind, ...] = ()
    """Other devices that it is for."""
    sys_object_ids: tuple[Oid, ...] = ()
    """What sysObjectID may begin with; anything else is another device than the inventory's."""
    poll_interval_s: Count = 60
    largest_message: Count = 24
    """Objects asked for by one message, so that its answer fits into one frame."""
    scalars: dict[ScalarMeasure, Name] = Field(default_factory=dict)
    ports: dict[PortMeasure, Name] = Field(default_factory=dict)
    """Columns by ifIndex, asked for each port that the plan expects something of."""
    power: Power | None = None
    addresses: Literal["bridge_by_vlan", "q_bridge"] | None = None
    """Where the MAC address on a port is looked up: BRIDGE-MIB in a context for each VLAN
    (`vlan-101`), or Q-BRIDGE-MIB."""
    neighbours: Flag = False
    """It offers LLDP-MIB."""
    shortened: dict[Text, Text] = Field(default_factory=dict)
    """How ifName shortens the names of ports: `GigabitEthernet: Gi`."""
    checks: tuple[Check, ...] = ()
    objects: dict[Name, Object] = Field(default_factory=dict)
    """Of its makers' own MIBs."""


class Thresholds(Model):
    """Where judging draws its lines; estimates, until an estate knows better."""

    floor_of_bitrate: Positive = 0.1
    ceiling_of_bitrate: Positive = 3.0
    errors_per_s: Positive = 1.0
    discards_per_s: Positive = 10.0
    least_w: Positive = 0.5
    newest_segment_s: Count = 900


FamilyId = Id
