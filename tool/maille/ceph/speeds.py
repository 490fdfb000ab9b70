"""How fast disks are, as far as their cluster tells: it is asked, and nothing is measured.

An OSD measures its disk when it starts, and writes operations a second (of 4 KiB) into the
cluster's settings where they are plausible; what a disk writes in sequence somebody sets there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.ceph.connection import Cluster

_IOPS = "osd_mclock_max_capacity_iops_"
_SEQUENTIAL = "osd_mclock_max_sequential_bandwidth_"
_MB = 10**6


@dataclass(frozen=True, slots=True)
class Speed:
    """Of one disk; what its cluster does not tell is None."""

    rotational: bool | None
    sequential_mb_s: float | None
    write_iops: float | None


def speeds(cluster: Cluster) -> dict[int, Speed]:
    """Give what is known of each OSD, by its number."""
    settings = {
        (one["section"], one["name"]): one["value"]
        for one in cluster.mon("config dump") or ()
        if not one.get("mask") and one["name"].startswith((_IOPS, _SEQUENTIAL))
    }
    return {one["id"]: _speed(one, settings) for one in cluster.mon("osd metadata") or ()}


def _speed(told: dict[str, Any], settings: Mapping[tuple[str, str], str]) -> Speed:
    rotational = {"1": True, "0": False}.get(str(told.get("rotational", "")))
    kind = "hdd" if rotational else "ssd"

    def setting(name: str) -> float | None:
        """Give a setting of this OSD, or of all: the closest counts."""
        for section in (f"osd.{told['id']}", "osd", "global"):
            if (section, name + kind) in settings:
                return float(settings[section, name + kind])
        return None

    sequential = setting(_SEQUENTIAL)
    return Speed(rotational, sequential / _MB if sequential is not None else None, setting(_IOPS))
