"""The catalogue: models of cameras, switches, optics and servers, shared by the estates.

Every entry names the public data sheet it was read from (`source`). A figure that is an
estimate stands under `estimates`, by the name of its field.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from maille.inventory.schema.base import (
    Count,
    Flag,
    Id,
    Model,
    Number,
    Positive,
    Signed,
    Text,
    Whole,
    wrong,
)
from maille.inventory.schema.refs import OpticRef
from maille.platforms import dialects

PoeStandard = Literal["none", "af", "at", "bt-60", "bt-90"]
"""IEEE 802.3 af (15.4 W at the port), at (30 W), bt type 3 (60 W) and type 4 (90 W)."""

POE_WATTS: dict[str, float] = {"none": 0.0, "af": 15.4, "at": 30.0, "bt-60": 60.0, "bt-90": 90.0}

Codec = Literal["h264", "h265"]
SnmpAuth = Literal["md5", "sha1", "sha256", "sha512"]
SnmpPrivacy = Literal["des", "aes128", "aes256"]

if TYPE_CHECKING:
    Platform = str
    Dialect = str
else:
    Platform = Literal[tuple(dialects())]
    """A folder of `templates/`."""
    Dialect = Literal[tuple(sorted({name for known in dialects().values() for name in known}))]
    """A template in that folder."""


class Entry(Model):
    """What every model of the catalogue says of itself."""

    title: Text
    """The maker's name of the product."""
    maker: Text
    source: Text
    """The public document the figures were read from."""
    estimates: tuple[Text, ...] = ()
    """Fields of this entry that are estimates of ours, not figures of the source."""
    price_eur: Number | None = None
    """A price for the bill of materials, net, where one is known."""


class SnmpAbility(Model):
    """What an agent can do; a device without an agent says `snmp: none`."""

    auth: Annotated[tuple[SnmpAuth, ...], Field(min_length=1)]
    privacy: Annotated[tuple[SnmpPrivacy, ...], Field(min_length=1)]


class CameraModel(Entry):
    """A camera as its data sheet describes it."""

    kind: Literal["fixed", "dome", "ptz", "multisensor", "lpr"]
    sensors: Count = 1
    resolution: tuple[Count, Count]
    """Width and height in pixels of one sensor's largest stream."""
    max_fps: Count
    codecs: tuple[Codec, ...]
    poe: PoeStandard
    """The standard it needs at its worst moment: infrared, heater, motor."""
    worst_w: Positive
    """Largest draw at the switch port, in watts."""
    power_negotiation: Literal["class", "two-event", "lldp"] = "class"
    """How it asks for more than 15.4 W: by class, by two-event classification or by LLDP."""
    microphone: Flag = False
    dot1x: Flag = True
    snmp: SnmpAbility | Literal["none"] = "none"
    temperature_c: tuple[Signed, Signed]
    rtsp_path: Text
    """Path of the main stream behind rtsp://address:554."""
    tamper_alarm: Flag = False
    """It reports the opening of its housing (ANSSI R59)."""


class PortGroup(Model):
    """Ports of one kind, in the order of their names."""

    names: Text
    """One name, or a range in braces: `GigabitEthernet1/{3..10}`; several joined by commas."""
    speed_mbps: Count
    media: Literal["copper", "sfp"]
    poe: PoeStandard = "none"

    @cached_property
    def all(self) -> tuple[str, ...]:
        """Give every name of the group, in order."""
        return tuple(name for part in self.names.split(",") for name in _expand(part.strip()))


def _expand(pattern: str) -> list[str]:
    found = re.fullmatch(r"(.*)\{(\d+)\.\.(\d+)\}(.*)", pattern)
    if not found:
        return [pattern]
    before, first, last, after = found.groups()
    return [f"{before}{number}{after}" for number in range(int(first), int(last) + 1)]


class SwitchLimits(Model):
    """How much of each thing the hardware or its software carries."""

    vlans: Count
    pvst_instances: Count | None = None
    """Spanning-tree instances in the per-VLAN mode; maille renders MST, this warns others."""
    mac_addresses: Count
    acl_entries: Count
    """TCAM entries for IPv4 access lists, all ports together."""
    routes: Whole = 0
    vrfs: Whole = 0
    vrrp_groups: Whole = 0
    port_channels: Whole = 0


class SwitchAbility(Model):
    """What decides between mechanisms when a configuration is rendered."""

    snmp: SnmpAbility
    secret_type: Literal["5", "8", "9", "sha512"] = "9"  # noqa: S105 — a type, no secret
    """Strongest stored form of a local secret."""
    port_ipv6_acl: Flag = True
    """Inbound IPv6 access lists on a layer-2 port."""
    udld: Flag = True
    static_source_binding: Flag = True
    tagged_bundles: Flag = True
    """Tagged interfaces on a routed port channel, which a transit of several strands needs."""
    alarm_contact: Flag = False
    usb: Flag = False
    revert_timer: Flag = True
    """`configure terminal revert timer`, or sessions with a commit timer."""


class SwitchModel(Entry):
    """A switch: its ports, its power, its limits, and the language it speaks."""

    platform: Platform
    dialect: Dialect
    layer3: Flag = False
    access: tuple[PortGroup, ...] = ()
    """Ports for cameras and attachment points, position 1 first."""
    uplink: tuple[PortGroup, ...]
    """Ports for rings, spurs, transit and peers, position 1 first."""
    out_of_band: Text | None = None
    """Name of the port for management alone, which is shut: switches are managed in band."""
    poe_budget_w: Number = 0.0
    limits: SwitchLimits
    ability: SwitchAbility
    temperature_c: tuple[Signed, Signed]
    draw_w: Number = 0.0
    """Own consumption, without what it feeds to others."""
    rack_units: Whole = 0
    """Height in a rack; 0 for DIN rail or shelf."""

    @field_validator("dialect")
    @classmethod
    def _of_platform(cls, dialect: str, info: ValidationInfo) -> str:
        platform = info.data.get("platform")
        if platform and dialect not in dialects()[platform]:
            listed = ", ".join(f"`{name}`" for name in dialects()[platform])
            raise wrong(f"`{platform}` has no dialect `{dialect}`", f"it has {listed}")
        return dialect

    @cached_property
    def access_ports(self) -> tuple[tuple[str, PortGroup], ...]:
        """Give name and group of every access port; position n is index n - 1."""
        return tuple((name, group) for group in self.access for name in group.all)

    @cached_property
    def uplink_ports(self) -> tuple[tuple[str, PortGroup], ...]:
        """Give name and group of every uplink port; position n is index n - 1."""
        return tuple((name, group) for group in self.uplink for name in group.all)


class OpticModel(Entry):
    """A pluggable transceiver, or a direct-attach cable (no wavelengths, no budget)."""

    medium: Literal["smf", "mmf", "dac", "copper"]
    speed_mbps: Count
    tx_nm: Whole = 0
    rx_nm: Whole = 0
    pairs_with: OpticRef | None = None
    """The other end of a bidirectional pair; otherwise its own kind."""
    tx_min_dbm: Signed = 0.0
    tx_max_dbm: Signed = 0.0
    rx_sensitivity_dbm: Signed = 0.0
    rx_overload_dbm: Signed = 0.0
    reach_km: Number
    temperature_c: tuple[Signed, Signed]


class DiskGroup(Model):
    """Disks of one kind in a server."""

    kind: Literal["hdd", "ssd", "nvme"]
    count: Count
    size_tb: Positive
    """Size of one disk in decimal terabytes."""
    write_mb_s: Positive
    """Sustained writing of one disk, in decimal megabytes a second."""


class ServerModel(Entry):
    """A server of the centre: a Ceph host, a recorder, a management host."""

    disks: tuple[DiskGroup, ...] = ()
    network_mbps: Count
    cores: Count
    memory_gib: Count
    rack_units: Whole = 2
    draw_w: Number = 0.0


class Catalogue(Model):
    """All models by id."""

    cameras: dict[Id, CameraModel] = Field(default_factory=dict)
    switches: dict[Id, SwitchModel] = Field(default_factory=dict)
    optics: dict[Id, OpticModel] = Field(default_factory=dict)
    servers: dict[Id, ServerModel] = Field(default_factory=dict)
