"""A status for programs; its keys are a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.recording.status.model import RATE_FROM
from maille.recording.terms.as_document import former_document
from maille.report.as_json import brief_document

if TYPE_CHECKING:
    from datetime import datetime

    from maille.recording.status.model import ClusterStatus, ShareStatus, Status

_DAY_S = 86_400


def as_document(status: Status) -> dict[str, Any]:
    """Give all of a status: bytes, Mbit/s, days, and times in UTC."""
    return {
        "estate": status.estate,
        "scale": status.scale,
        "at": _time(status.at),
        "rate_from": RATE_FROM.format(hours=status.hours),
        "findings": [brief_document(finding) for finding in status.findings],
        "shares": [_share(share, status.at) for share in status.shares],
        "cluster": _cluster(status.cluster),
    }


def _share(share: ShareStatus, now: datetime) -> dict[str, Any]:
    held = share.held(now)
    return {
        "name": share.name,
        "title": share.title,
        "commune": share.commune,
        "quota_bytes": share.quota_bytes,
        "used_bytes": share.used_bytes,
        "rate_mbps": share.rate_mbps,
        "planned_mbps": share.planned_mbps,
        "oldest": _time(share.oldest),
        "newest_end": _time(share.newest_end),
        "days_held": held.total_seconds() / _DAY_S if held is not None else None,
        "fills_at": _time(share.fills_at),
        "cameras": share.cameras,
        "silent": [{"camera": one.camera, "since": _time(one.since)} for one in share.silent],
    }


def _cluster(cluster: ClusterStatus) -> dict[str, Any]:
    loss = cluster.loss
    return {
        "fsid": cluster.fsid,
        "raw_bytes": cluster.raw_bytes,
        "raw_used_bytes": cluster.raw_used_bytes,
        "usable_bytes": cluster.usable_bytes,
        "nearfull_ratio": cluster.nearfull_ratio,
        "worst_loss": loss
        and {"host": loss.host, "hosts_left": loss.hosts_left, "fullest_ratio": loss.fullest},
        "to_erase": {
            "strays": cluster.backlog.strays,
            "purging": cluster.backlog.purging,
            "trimming": cluster.backlog.trimming,
        },
        "pool": cluster.pool,
        "former_pools": [former_document(one) for one in cluster.left],
        "problems": [
            {"code": one.code, "severe": one.severe, "told": one.told} for one in cluster.problems
        ],
    }


def _time(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
