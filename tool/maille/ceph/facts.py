"""What a cluster is made of and how it is, read in one go: hosts, disks, health, releases."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from maille.ceph.errors import CephOutOfReachError
from maille.ceph.speeds import speeds

if TYPE_CHECKING:
    from maille.ceph.connection import Cluster
    from maille.ceph.speeds import Speed

KIB = 1024


@dataclass(frozen=True, slots=True)
class Osd:
    """One disk and its daemon."""

    id: int
    host: str
    device_class: str
    size_bytes: int
    used_bytes: int
    up: bool
    """Its daemon runs."""
    taken: bool
    """It is `in`: data is placed on it."""
    placement_groups: int
    rotational: bool | None = None
    """None: its cluster does not tell."""
    sequential_mb_s: float | None = None
    """What it writes in sequence, as somebody has set."""
    write_iops: float | None = None
    """Operations a second, as it has measured."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A health check that is not at peace: `OSD_NEARFULL`."""

    code: str
    severe: bool
    told: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A cluster as it was at one moment."""

    fsid: str
    release: int
    """16 is Pacific, 18 Reef."""
    version: str
    osds: tuple[Osd, ...]
    racks: int
    problems: tuple[Problem, ...]
    nearfull_ratio: float
    backfillfull_ratio: float
    full_ratio: float

    def of_class(self, device_class: str | None) -> tuple[Osd, ...]:
        """Give the disks of a class, or all."""
        return tuple(osd for osd in self.osds if device_class in (None, osd.device_class))

    def hosts_of(self, device_class: str | None) -> dict[str, tuple[Osd, ...]]:
        """Give the disks of a class by host."""
        hosts: dict[str, list[Osd]] = {}
        for osd in self.of_class(device_class):
            hosts.setdefault(osd.host, []).append(osd)
        return {host: tuple(osds) for host, osds in hosts.items()}


def read(cluster: Cluster) -> Facts:
    """Ask a cluster for its facts.

    Raises:
        CephOutOfReachError: monitors or manager do not answer, or no metadata server is up.
    """
    status = cluster.mon("status")
    if not status["mgrmap"]["available"]:
        raise CephOutOfReachError(
            f"cluster {cluster.name} has no active manager",
            "start one, or see why none takes over: `ceph mgr stat`",
        )
    if not _metadata_servers(status["fsmap"]):
        raise CephOutOfReachError(
            f"cluster {cluster.name} has no metadata server that is up",
            "start one, or deploy some: `ceph orch apply mds`",
        )
    dump = cluster.mon("osd dump")
    version = str(cluster.mon("version")["version"])
    nodes = cluster.mgr("osd df", output_method="tree")["nodes"]
    return Facts(
        fsid=str(status["fsid"]),
        release=_release(version),
        version=version,
        osds=_osds(nodes, {osd["osd"]: osd for osd in dump["osds"]}, speeds(cluster)),
        racks=sum(node["type"] == "rack" for node in nodes),
        problems=_problems(status["health"]["checks"]),
        nearfull_ratio=float(dump["nearfull_ratio"]),
        backfillfull_ratio=float(dump["backfillfull_ratio"]),
        full_ratio=float(dump["full_ratio"]),
    )


def _metadata_servers(fsmap: dict[str, Any]) -> int:
    """Count those that serve a file system or stand by."""
    serving = [one for one in fsmap.get("by_rank", ()) if one["status"].startswith("up:")]
    return len(serving) + int(fsmap.get("up:standby", 0))


def _release(version: str) -> int:
    """Read 16 out of `ceph version 16.2.15 (…) pacific (stable)`."""
    found = re.search(r"version (\d+)\.", version)
    return int(found[1]) if found else 0


def _osds(
    nodes: list[dict[str, Any]], dumped: dict[int, dict[str, Any]], known: dict[int, Speed]
) -> tuple[Osd, ...]:
    host_of = {
        child: str(node["name"])
        for node in nodes
        if node["type"] == "host"
        for child in node["children"]
    }
    return tuple(
        Osd(
            id=node["id"],
            host=host_of.get(node["id"], ""),
            device_class=str(node.get("device_class", "")),
            size_bytes=int(node["kb"]) * KIB,
            used_bytes=int(node["kb_used"]) * KIB,
            up=bool(dumped.get(node["id"], {}).get("up")),
            taken=bool(dumped.get(node["id"], {}).get("in")),
            placement_groups=int(node["pgs"]),
            **asdict(known[node["id"]]) if node["id"] in known else {},
        )
        for node in nodes
        if node["type"] == "osd"
    )


def _problems(checks: dict[str, Any]) -> tuple[Problem, ...]:
    return tuple(
        Problem(code, check["severity"] == "HEALTH_ERR", str(check["summary"]["message"]))
        for code, check in sorted(checks.items())
    )
