"""Whether the live disks write as fast as the cameras do, with the loss of a host; pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.errors import Finding
from maille.recording.preflight.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.ceph.facts import Facts, Osd
    from maille.layout.model import Layout

MB = 10**6
ROTATING_MB_S = 150 * 2**20 / MB
"""Ceph's own figure for a disk that rotates: `osd_mclock_max_sequential_bandwidth_hdd`."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What the inventory says of throughput, in MB/s."""

    disk_mb_s: float
    """What a disk of its servers writes, by the catalogue."""
    playback_mb_s: float
    """Reading at the busiest hour, at the layout's scale."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What a disk writes, in MB/s, and who says so."""

    mb_s: float
    source: str


def too_slow(layout: Layout, facts: Facts, planned: Planned) -> Iterator[Finding]:
    """Give a finding if the disks that are up cannot keep up once the fastest host is lost.

    Args:
        layout: what is to be there.
        facts: the cluster as it is.
        planned: what the inventory says.
    """
    chunk_bytes = layout.recordings.object_size_bytes / layout.profile.k
    hosts = {
        host: [rate_of(osd, planned, chunk_bytes) for osd in osds if osd.up and osd.taken]
        for host, osds in facts.hosts_of(layout.profile.device_class).items()
    }
    if not any(hosts.values()):
        return  # told already: there are no hosts
    lost = max(hosts, key=lambda host: sum(rate.mb_s for rate in hosts[host]))
    left = [rate for host, rates in hosts.items() if host != lost for rate in rates]
    can, asked = sum(rate.mb_s for rate in left), layout.write_mb_s + planned.playback_mb_s
    if can < asked:
        info = CODES["R009"]
        yield Finding(
            info.code,
            info.severity,
            f"{_mb_s(asked)} of writing and playback, coding and headroom among it, are more than"
            f" {len(left)} disks do with {lost} lost, {_mb_s(can)}: {_told(left)}{_at(layout)}",
            "add hosts or faster disks, or replace the slow ones; of a figure that is wrong, see"
            " `ceph config dump` and the catalogue",
            subject=lost,
        )


def rate_of(osd: Osd, planned: Planned, chunk_bytes: float) -> Rate:
    """Give what a disk writes in chunks: the least that its cluster or the inventory says of it.

    Args:
        osd: which.
        planned: what the inventory says.
        chunk_bytes: what is written to one disk of an object.
    """
    known = [Rate(planned.disk_mb_s, "by the catalogue")]
    if osd.sequential_mb_s is not None:
        known = [Rate(osd.sequential_mb_s, "as set on the cluster")]
    elif osd.rotational:
        known.append(Rate(ROTATING_MB_S, "which rotate"))
    if osd.write_iops is not None:
        measured = osd.write_iops * chunk_bytes / MB
        known.append(Rate(measured, "by their measured operations a second"))
    return min(known, key=lambda rate: rate.mb_s)


def _told(rates: list[Rate]) -> str:
    """Write `20 at 157 MB/s, which rotate; 4 at 40 MB/s, by their measured operations`."""
    counted = Counter((_mb_s(rate.mb_s), rate.source) for rate in rates)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return "; ".join(f"{count} at {each}, {source}" for (each, source), count in ordered)


def _mb_s(rate: float) -> str:
    return f"{rate:,.0f} MB/s" if rate >= 10 else f"{rate:.3g} MB/s"


def _at(layout: Layout) -> str:
    return "" if layout.scale == "1" else f" (at scale {layout.scale})"
