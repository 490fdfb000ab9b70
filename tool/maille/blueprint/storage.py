"""Sizing of the recordings: need, quota, raw capacity, placement groups, throughput.

All formulas take plain numbers, so that a what-if is a call. Sizes are bytes, rates Mbit/s
(10^6 bit/s) unless a name says otherwise. TB is 10^12 bytes, TiB is 2^40.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.inventory.schema.catalogue import ServerModel
    from maille.inventory.schema.commune import Commune
    from maille.inventory.schema.settings import Settings

TB = 10**12
TIB = 2**40
SECONDS_PER_DAY = 86_400
MINUTES_PER_DAY = 1_440

NEARFULL_RATIO = 0.85
"""Ceph's default `mon_osd_nearfull_ratio`."""

PGS_PER_OSD = 100
"""Ceph's `mon_target_pg_per_osd`: the autoscaler's aim."""

MAX_PGS_PER_OSD = 250
"""Ceph's `mon_max_pg_per_osd`."""

HEAL_SHARE = 0.25
"""Share of the disks' sustained rate that healing is counted with (estimate)."""

WRITE_HEADROOM = 1.5
"""Writing is sized for this multiple of the mean, beside playback and recovery."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long something is kept, in days: the promise, one segment and one expiry period."""

    days: float
    segment_days: float
    expiry_days: float
    margin: float

    @property
    def longest_days(self) -> float:
        """Age of the oldest start of a segment just before it is erased."""
        return self.days + self.segment_days + self.expiry_days


@dataclass(frozen=True, slots=True)
class ClusterShape:
    """What a cluster is made of, as far as sizing asks."""

    k: int
    m: int
    hosts: int
    osds_per_host: int
    osd_bytes: int
    """Raw size of one recording disk."""
    disk_write_mb_s: float
    fill_target: float


@dataclass(frozen=True, slots=True)
class StoragePlan:
    """What the recordings of an estate ask of its cluster."""

    shape: ClusterShape
    server: str
    mbps: float
    need_bytes: int
    quota_bytes: int
    """Sum of the communes' quotas."""
    hold_bytes: int
    """Set aside for legal holds."""
    raw_needed_bytes: int
    raw_bytes: int
    hosts_needed: int
    """Smallest number of hosts that is large enough, and can heal."""
    placement_groups: int
    write_mb_s: float
    """Sustained writing to the cluster's disks, coding chunks included, in MB/s."""
    disks_mb_s: float
    """What the disks write together, in MB/s."""
    heal_hours: float
    """Estimate of the hours to heal the loss of one full host."""

    @property
    def usable_bytes(self) -> int:
        """What may be promised of the raw capacity: coded, filled to target, one host less."""
        return usable_bytes(self.shape)

    @property
    def fits(self) -> bool:
        """Say whether the cluster of the inventory carries the need."""
        return self.raw_bytes >= self.raw_needed_bytes


def in_both_units(size_bytes: float) -> str:
    """Write a size decimal and binary, each with its name: `5.21 TB (4.74 TiB)`."""
    return f"{size_bytes / TB:.2f} TB ({size_bytes / TIB:.2f} TiB)"


def bytes_for(mbps: float, days: float) -> int:
    """Give the bytes that a mean rate writes in a span: rate x 86,400 s x days / 8."""
    return round(mbps * 1e6 * SECONDS_PER_DAY * days / 8)


def quota_bytes(mbps: float, keeping: Keeping) -> int:
    """Give the quota: need for (days + segment + expiry period) x (1 + margin)."""
    return round(bytes_for(mbps, keeping.longest_days) * (1 + keeping.margin))


def raw_bytes_for(quota: int, shape: ClusterShape) -> int:
    """Give the raw bytes behind a sum of quotas.

    quotas x (k + m) / k / fill target x N / (N - 1): filled below nearfull and able to heal
    the loss of one of N hosts. Raises ValueError for fewer than two hosts.
    """
    if shape.hosts < 2:
        raise ValueError("a cluster that can heal needs at least two hosts")
    coded = quota * (shape.k + shape.m) / shape.k / shape.fill_target
    return round(coded * shape.hosts / (shape.hosts - 1))


def usable_bytes(shape: ClusterShape) -> int:
    """Give the sum of quotas that a cluster carries: the inverse of `raw_bytes_for`."""
    raw = shape.hosts * shape.osds_per_host * shape.osd_bytes
    coded = raw * (shape.hosts - 1) / shape.hosts * shape.fill_target
    return math.floor(coded * shape.k / (shape.k + shape.m))


def hosts_for(quota: int, shape: ClusterShape) -> int:
    """Give the smallest number of such hosts: large enough, and k + m + 1 to heal."""
    per_host = shape.osds_per_host * shape.osd_bytes
    coded = quota * (shape.k + shape.m) / shape.k / shape.fill_target
    return max(math.ceil(coded / per_host) + 1, shape.k + shape.m + 1)


def placement_groups(shape: ClusterShape) -> int:
    """Give pg_num of the data pool: about 100 x OSDs / (k + m), to the nearest power of two.

    The nearest is at most 1.41 times as many, so an OSD never carries more than 142 of the 250
    that Ceph allows.
    """
    osds = shape.hosts * shape.osds_per_host
    wanted = max(1.0, PGS_PER_OSD * osds / (shape.k + shape.m))
    return 1 << round(math.log2(wanted))


def heal_hours(shape: ClusterShape) -> float:
    """Estimate the hours to rebuild one full host on the others, at a quarter of their rate."""
    lost = shape.osds_per_host * shape.osd_bytes * shape.fill_target
    rate = (shape.hosts - 1) * shape.osds_per_host * shape.disk_write_mb_s * 1e6 * HEAL_SHARE
    return lost / rate / 3600


def shape_of(settings: Settings, server: ServerModel) -> ClusterShape:
    """Read a cluster's shape from the inventory: the recordings live on the largest disks."""
    storage = settings.storage
    disks = max(server.disks, key=lambda group: group.count * group.size_tb)
    return ClusterShape(
        k=storage.ec.k,
        m=storage.ec.m,
        hosts=storage.hosts,
        osds_per_host=disks.count,
        osd_bytes=round(disks.size_tb * TB),
        disk_write_mb_s=disks.write_mb_s,
        fill_target=storage.full_ratio_target,
    )


def keeping_of(settings: Settings, days: int | None = None, margin: float | None = None) -> Keeping:
    """Give how long images are kept, for the estate or with a commune's own wish."""
    retention = settings.retention
    return Keeping(
        days=days if days is not None else retention.days,
        segment_days=retention.segment_minutes / MINUTES_PER_DAY,
        expiry_days=retention.expiry_period_minutes / MINUTES_PER_DAY,
        margin=margin if margin is not None else retention.margin,
    )


def keeping_for(settings: Settings, commune: Commune | None = None) -> Keeping:
    """Give how long images of a commune are kept: as it wishes, else as the estate says."""
    wish = commune.retention if commune else None
    return keeping_of(settings, wish.days if wish else None, wish.margin if wish else None)


def plan_storage(
    shares: Iterable[tuple[float, Keeping]], shape: ClusterShape, server: str, hold_share: float
) -> StoragePlan:
    """Size a cluster for shares of (Mbit/s, keeping)."""
    shares = tuple(shares)
    mbps = sum(rate for rate, _ in shares)
    need = sum(bytes_for(rate, keeping.days) for rate, keeping in shares)
    quota = sum(quota_bytes(rate, keeping) for rate, keeping in shares)
    hold = round(need * hold_share)
    coding = (shape.k + shape.m) / shape.k
    return StoragePlan(
        shape=shape,
        server=server,
        mbps=mbps,
        need_bytes=need,
        quota_bytes=quota,
        hold_bytes=hold,
        raw_needed_bytes=raw_bytes_for(quota + hold, shape) if shape.hosts > 1 else 0,
        raw_bytes=shape.hosts * shape.osds_per_host * shape.osd_bytes,
        hosts_needed=hosts_for(quota + hold, shape),
        placement_groups=placement_groups(shape),
        write_mb_s=mbps / 8 * WRITE_HEADROOM * coding,
        disks_mb_s=shape.hosts * shape.osds_per_host * shape.disk_write_mb_s,
        heal_hours=heal_hours(shape) if shape.hosts > 1 else math.inf,
    )
