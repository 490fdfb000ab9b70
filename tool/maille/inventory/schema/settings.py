"""`estate.yaml`: what holds for the whole estate, and the defaults of what lies below."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from maille.inventory.schema.base import (
    Count,
    Flag,
    Id,
    Model,
    Number,
    Positive,
    Prefix,
    SecretRef,
    Share,
    Text,
    UnixId,
    VlanId,
    Whole,
    wrong,
)
from maille.inventory.schema.catalogue import Codec
from maille.inventory.schema.commune import View
from maille.inventory.schema.health import Health
from maille.inventory.schema.refs import ProfileRef, ServerRef

VlanRange = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^[0-9]{1,4}-[0-9]{1,4}$"),
    Field(examples=["100-899"]),
]


class VlanPools(Model):
    """From where VLAN ids are given; ids are unique within a layer-2 domain (a pair)."""

    access: VlanRange
    centre: VlanRange
    transit: VlanRange
    """Its first is VRF VIDEO's, its second MGMT's: tags of the routed subinterfaces, and the
    VLANs by which the two of a pair route to each other over their peer link."""
    blackhole: VlanId
    """Access VLAN of unused ports; it goes nowhere."""
    native: VlanId
    """Native VLAN of trunks; it carries nothing."""

    @staticmethod
    def bounds(text: str) -> range:
        """Read `first-last` as a range of VLAN ids."""
        first, last = (int(part) for part in text.split("-"))
        if not 1 <= first <= last <= 4094:
            raise wrong(f"`{text}` is no range of VLAN ids", "write first-last within 2-4094")
        return range(first, last + 1)


class PrefixPools(Model):
    """From where addresses are given; each list may grow at its end."""

    video: Annotated[tuple[Prefix, ...], Field(min_length=1)]
    """Blocks of communes for cameras and PPMS sites."""
    management: Annotated[tuple[Prefix, ...], Field(min_length=1)]
    """Blocks of communes for switches."""
    centre: Annotated[tuple[Prefix, ...], Field(min_length=1)]
    transit: Annotated[tuple[Prefix, ...], Field(min_length=1)]
    loopbacks: Annotated[tuple[Prefix, ...], Field(min_length=1)]


class Pools(Model):
    """Everything that the lock gives out of."""

    vlans: VlanPools
    prefixes: PrefixPools
    camera_headroom: Positive = 2.0
    """Addresses a segment is sized for, as a multiple of today's cameras."""
    smallest_segment: Annotated[int, Field(strict=True, ge=16, le=30)] = 28
    """Longest prefix length of a segment."""


class Profile(Model):
    """How a camera films: what its bitrate and its quality follow from."""

    codec: Codec
    resolution: tuple[Count, Count]
    fps: Count
    activity: Literal["low", "medium", "high"] = "medium"
    identifies_persons: Flag = True
    """At least 704 x 576 is then required (arrêté du 3 août 2007)."""
    fast_movers: Flag = False
    """Narrow view of fast movers: at least 12 frames a second, otherwise 6."""
    ptz_control: Flag = False
    audio: Flag = False


class Retention(Model):
    """How long images are kept, and how the quota follows."""

    days: Count
    segment_minutes: Count = 10
    expiry_period_minutes: Count = 60
    """How often what is past its retention is erased."""
    longest_gap_s: Count = 30
    """Seconds between two segments of a camera from which on images are missing."""
    margin: Share = 0.25


class LiveViewing(Model):
    """How live images reach the wall."""

    mode: Literal["relayed", "direct"]
    """`relayed`: by the recorder, at no cost to the network; `direct`: a second stream."""
    viewed_share: Share = 1.0
    """Largest share of a commune's cameras that is watched directly at one time."""


class ErasureCode(Model):
    """Data and coding chunks of the recording pool."""

    k: Count
    m: Count


class CephAccess(Model):
    """How maille reaches the cluster."""

    conf: Text = "/etc/ceph/ceph.conf"
    client: Annotated[str, StringConstraints(strict=True, pattern=r"^client\.[A-Za-z0-9._-]+$")] = (
        "client.admin"
    )
    key: SecretRef | None = None
    """The client's key; otherwise it stands in a keyring that `conf` names."""


class StackState(Model):
    """Where the state of what was provisioned is kept; it holds no key."""

    backend: Text | None = None
    """The URL of a Pulumi backend; otherwise a folder of the estate."""
    passphrase: SecretRef | None = None
    """What the state's secrets provider asks for; otherwise it is empty."""


class Storage(Model):
    """The Ceph cluster that the recordings live on."""

    cluster: Id
    filesystem: Id
    ec: ErasureCode
    hosts: Count
    server: ServerRef
    """The hosts' model in the catalogue."""
    failure_domain: Literal["host", "rack"] = "host"
    device_class: Id = "hdd"
    """Of the disks that recordings lie on, as Ceph names it."""
    metadata_class: Id | None = None
    """Of the disks of the file system's metadata; otherwise any."""
    access: CephAccess = CephAccess()
    state: StackState = StackState()
    object_size_mib: Count = 4
    full_ratio_target: Share = 0.80
    """Fill of the raw capacity that sizing aims at; nearfull is 0.85."""
    hold_share: Share = 0.02
    """Share of the need that is set aside for legal holds."""
    uid: UnixId = 0
    """The user that recorders run as, by number: theirs are the communes' folders."""
    gid: UnixId = 0
    """Its group, which may read in them."""
    playback_mb_s: Number = 0.0
    """Reading by operators and investigators at the busiest hour."""


class SnmpCredentials(Model):
    """A user of SNMPv3 with its passphrases; authPriv only."""

    user: Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_-]{1,32}$")]
    auth: SecretRef
    privacy: SecretRef


class SnmpUser(SnmpCredentials):
    """The SNMPv3 user of the pollers."""

    next: SnmpCredentials | None = None
    """What devices are being changed to: pollers try it where the user above is refused, so that
    none is lost while its credentials change. Once all have it, it takes the place of the above."""


class LocalUser(Model):
    """The account that remains when RADIUS is away."""

    name: Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
    secret: SecretRef
    """Pre-hashed, once for each form that a model stores."""


class NtpKey(Model):
    """The key that authenticates time."""

    id: Count
    """Of the key with this `type`. A server has one algorithm for each id, so the next id is
    that of HMAC-SHA-2 (IOS-XE) and the one after it that of MD5 (IOS 15)."""
    type: Literal["md5", "sha1"] = "sha1"
    """The algorithm of EOS, which has the choice of two."""
    key: SecretRef


class Management(Model):
    """How switches are managed: names, accounts, keys.

    A reference to a secret is a stem: what a device stores of it (a hash, an encrypted text) is
    kept beside it under its form, `env:RADIUS_KEY` as RADIUS_KEY_TYPE7 and RADIUS_KEY_EOS7.
    """

    domain_name: Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9.-]{1,253}$")]
    banner: Text
    local_user: LocalUser
    enable_secret: SecretRef
    radius_key: SecretRef
    snmp: SnmpUser
    ntp_key: NtpKey
    ospf_key: SecretRef
    mst_region: Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9-]{1,32}$")]
    archive_path: Text = "flash:maille-archive"


class PortSecurity(Model):
    """How a camera's port knows its camera: one method a port."""

    access: Literal["dot1x", "mab", "static_mac"] = "mab"
    critical_auth: Flag = True
    """Cameras known before keep their port while RADIUS is away."""


class Requests(Model):
    """Requests for images that the centre answered, by year."""

    by_year: dict[Annotated[str, Field(pattern=r"^[0-9]{4}$")], Whole] = Field(default_factory=dict)


class Settings(Model):
    """`estate.yaml`."""

    estate: Id
    title: Text
    language: Literal["fr", "en"] = "fr"
    siren: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{9}$")] | None = None
    """SIREN of the intercommunal body."""
    synthetic: Flag = False
    """Set for sample estates whose places are invented."""
    pools: Pools
    profiles: dict[Id, Profile]
    views: dict[View, ProfileRef]
    """The profile of each view."""
    retention: Retention
    live: LiveViewing
    storage: Storage
    management: Management
    port_security: PortSecurity = PortSecurity()
    health: Health = Health()
    max_load: Share = 0.60
    """Largest load of a link, as a share of its capacity."""
    growth_cameras_per_year: Whole = 0
    """Planned growth beyond the waves, for the dates on which pools and disks run out."""
    expiry_warning_days: Count = 180
    """How long before its end an authorisation or a convention is told."""
    requests: Requests = Requests()
