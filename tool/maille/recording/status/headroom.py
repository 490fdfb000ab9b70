"""What a cluster can carry, and whether it could lose a host now; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maille.ceph.facts import Osd
    from maille.ceph.model import ErasureCodeProfile


@dataclass(frozen=True, slots=True)
class Loss:
    """The host whose loss would be the worst, and what it would mean."""

    host: str
    hosts_left: int
    fullest: float
    """Share of its size that the fullest disk left would hold once all is healed."""


def working(osds: Sequence[Osd]) -> tuple[Osd, ...]:
    """Give the disks that run and take data."""
    return tuple(osd for osd in osds if osd.up and osd.taken and osd.size_bytes)


def usable_bytes(osds: Sequence[Osd], code: ErasureCodeProfile, fill_target: float) -> int:
    """Give the quotas that disks carry: coded, filled to target, with the largest host lost."""
    sizes: dict[str, int] = {}
    for osd in working(osds):
        sizes[osd.host] = sizes.get(osd.host, 0) + osd.size_bytes
    left = sum(sizes.values()) - max(sizes.values(), default=0)
    return int(left * fill_target * code.k / (code.k + code.m))


def worst_loss(osds: Sequence[Osd]) -> Loss | None:
    """Give the worst loss of one host; None if there is no other to heal on.

    What the lost host held goes to the others by their size, as CRUSH places it.
    """
    hosts = sorted({osd.host for osd in working(osds)})
    losses = [_loss(host, osds) for host in hosts] if len(hosts) > 1 else []
    return max(losses, key=lambda loss: loss.fullest, default=None)


def _loss(host: str, osds: Sequence[Osd]) -> Loss:
    kept = [osd for osd in working(osds) if osd.host != host]
    moved = sum(osd.used_bytes for osd in working(osds) if osd.host == host)
    more = moved / sum(osd.size_bytes for osd in kept)
    fullest = max(osd.used_bytes / osd.size_bytes for osd in kept) + more
    return Loss(host, len({osd.host for osd in kept}), fullest)
