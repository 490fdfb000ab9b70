"""What is read of the recordings, and what is made of it. Times are UTC, rates bytes a second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from maille.ceph.facts import Facts, Problem
    from maille.ceph.usage import Usage
    from maille.errors import Finding
    from maille.recording.former import Left
    from maille.recording.status.forecast import Written
    from maille.recording.status.headroom import Loss
    from maille.retention.expire.evidence import Backlog

RATE_FROM = "segments that began in the last {hours} h, by their names and sizes"


@dataclass(frozen=True, slots=True)
class CameraSeen:
    """A camera's folder: its oldest and its newest image, and what it wrote lately."""

    camera: str
    oldest: datetime | None
    newest_end: datetime | None
    recent_bytes: int
    recent_from: datetime | None
    """Start of the first segment that is counted as recent."""


@dataclass(frozen=True, slots=True)
class ShareSeen:
    """A share as it lies on the cluster."""

    usage: Usage
    cameras: Mapping[str, CameraSeen]
    """Those that have a folder; none is looked up where a recorder has files of its own kind."""
    held: tuple[Written, ...]
    """Bytes by the day they were recorded."""


@dataclass(frozen=True, slots=True)
class Seen:
    """All that was read, at one moment."""

    at: datetime
    hours: int
    """Over which rates were taken."""
    shares: Mapping[str, ShareSeen]
    facts: Facts
    backlog: Backlog
    left: tuple[Left, ...] = ()
    """Former pools that are not empty."""


@dataclass(frozen=True, slots=True)
class Silent:
    """A camera in service that wrote nothing lately."""

    camera: str
    since: datetime | None
    """None: it never wrote anything that is still there."""


@dataclass(frozen=True, slots=True)
class ShareStatus:
    """How a share is."""

    name: str
    title: str
    commune: str | None
    quota_bytes: int | None
    """None: the share is not on the cluster."""
    used_bytes: int
    rate_mbps: float | None
    """None: its files are not read."""
    planned_mbps: float
    oldest: datetime | None
    newest_end: datetime | None
    cameras: int
    """In service."""
    silent: tuple[Silent, ...]
    fills_at: datetime | None
    findings: tuple[Finding, ...]

    def held(self, now: datetime) -> timedelta | None:
        """Give how far back its images reach."""
        return max(timedelta(), now - self.oldest) if self.oldest else None


@dataclass(frozen=True, slots=True)
class ClusterStatus:
    """How the cluster is, as far as its disks for recordings are concerned."""

    fsid: str
    raw_bytes: int
    raw_used_bytes: int
    usable_bytes: int
    """Quotas that it carries, with the largest host lost."""
    loss: Loss | None
    nearfull_ratio: float
    backlog: Backlog
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    pool: str
    """Where new recordings go."""
    left: tuple[Left, ...] = ()
    """Former pools that are not empty yet."""


@dataclass(frozen=True, slots=True)
class Status:
    """How the recordings of an estate are."""

    estate: str
    title: str
    scale: str
    at: datetime
    hours: int
    shares: tuple[ShareStatus, ...]
    cluster: ClusterStatus

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Give what needs a person: the cluster first, for it is everybody's; then what fills."""
        of_shares = (finding for share in self.shares for finding in share.findings)
        return (*self.cluster.findings, *sorted(of_shares, key=lambda finding: finding.code))
