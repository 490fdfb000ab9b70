"""From what was read to what needs a person; pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from maille.errors import Finding, Severity
from maille.recording.status.codes import CODES
from maille.recording.status.forecast import Course, fills_at
from maille.recording.status.headroom import usable_bytes, working, worst_loss
from maille.recording.status.model import ClusterStatus, ShareStatus, Silent, Status
from maille.recording.terms.as_text import size
from maille.retention import said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from maille.ceph.facts import Facts
    from maille.ceph.usage import Usage
    from maille.layout.model import Layout, Share
    from maille.recording.status.model import CameraSeen, Seen, ShareSeen
    from maille.retention.promise import Area, Promise

_NAMED = 5
"""As many cameras are named in a sentence."""
_FULL = 0.999
"""CephFS refuses what would pass a quota; the last part of an object may be left."""


def judge(
    layout: Layout, areas: Mapping[str, Area], seen: Seen, communes: Collection[str] = ()
) -> Status:
    """Give how the recordings are.

    Args:
        layout: what is to be there.
        areas: what is promised, by share.
        seen: what is there.
        communes: those that are asked for; all, and the holds, if none is named.
    """
    asked = [
        share
        for share in layout.subvolumes.values()
        if not communes or (share.commune or "") in communes
    ]
    shares = (
        *(_share(one, areas.get(one.name), seen) for one in asked),
        *(_other(one.usage) for name, one in seen.shares.items() if name not in layout.subvolumes),
    )
    return Status(
        estate=layout.estate,
        title=layout.title,
        scale=layout.scale,
        at=seen.at,
        hours=seen.hours,
        shares=shares,
        cluster=_cluster(layout, areas, seen),
    )


def _finding(code: str, subject: str, what: str, how: str) -> Finding:
    return Finding(code, CODES[code].severity, what, how, subject=subject)


def _share(share: Share, area: Area | None, seen: Seen) -> ShareStatus:
    found = seen.shares.get(share.name)
    promises = area.promises if area and area.ours else {}
    in_service = [one for one in promises.values() if _begun(one, seen.at)]
    cameras = found.cameras if found else {}
    silent = tuple(_silent(in_service, cameras, seen.at))
    course = _course(share, found, seen.at) if found else None
    full = fills_at(course, seen.at) if course else None
    return ShareStatus(
        name=share.name,
        title=share.title,
        commune=share.commune,
        quota_bytes=found.usage.quota_bytes if found else None,
        used_bytes=found.usage.used_bytes if found else 0,
        rate_mbps=course.rate_bytes_s * 8 / 1e6 if course and promises else None,
        planned_mbps=share.mbps,
        oldest=min((one.oldest for one in cameras.values() if one.oldest), default=None),
        newest_end=max(
            (one.newest_end for one in cameras.values() if one.newest_end), default=None
        ),
        cameras=len(in_service),
        silent=silent,
        fills_at=full,
        findings=tuple(_share_findings(share, course, full, silent, len(in_service), seen.at)),
    )


def _other(usage: Usage) -> ShareStatus:
    """Tell of a share that the inventory does not have, or has no more."""
    return ShareStatus(
        name=usage.name,
        title=f"{usage.name}, not in the inventory",
        commune=None,
        quota_bytes=usage.quota_bytes,
        used_bytes=usage.used_bytes,
        rate_mbps=None,
        planned_mbps=0.0,
        oldest=None,
        newest_end=None,
        cameras=0,
        silent=(),
        fills_at=None,
        findings=(),
    )


def _course(share: Share, found: ShareSeen, now: datetime) -> Course:
    return Course(
        quota_bytes=found.usage.quota_bytes,
        used_bytes=found.usage.used_bytes,
        rate_bytes_s=sum(_rate(camera, now) for camera in found.cameras.values()),
        held=found.held,
        longest=timedelta(days=share.longest_days),
    )


def _rate(camera: CameraSeen, now: datetime) -> float:
    if camera.recent_from is None:
        return 0.0
    return camera.recent_bytes / max(1.0, (now - camera.recent_from).total_seconds())


def _begun(promise: Promise, now: datetime) -> datetime | None:
    """Give since when a camera is in service without a break; None if it is not."""
    return next((begin for begin, end in promise.windows if begin <= now < end), None)


def _silent(
    promises: list[Promise], cameras: Mapping[str, CameraSeen], now: datetime
) -> Iterator[Silent]:
    for promise in promises:
        camera, begun = cameras.get(promise.camera), _begun(promise, now)
        newest = camera.newest_end if camera else None
        since = max(newest, begun) if newest and begun else begun
        if since and now - since > promise.rule.longest_segment:
            yield Silent(promise.camera, newest)


def _share_findings(
    share: Share,
    course: Course | None,
    full: datetime | None,
    silent: tuple[Silent, ...],
    cameras: int,
    now: datetime,
) -> Iterator[Finding]:
    whom = f"{share.title} ({share.commune})" if share.commune else share.title
    if course is None:
        yield _finding(
            "R042",
            share.name,
            f"{whom}: its share {share.name} is not on the cluster",
            "make it: `maille storage up`",
        )
        return
    used = f"{size(course.used_bytes)} of {size(course.quota_bytes)}"
    if course.quota_bytes and course.used_bytes >= course.quota_bytes * _FULL:
        yield _finding(
            "R041",
            share.name,
            f"{whom}: its share is full, {used}: nothing more is recorded",
            "erase what is past its retention (`maille storage expire`), or give it more",
        )
    elif full:
        yield _finding(
            "R040",
            share.name,
            f"{whom}: its share is full in {said.span(full - now)}, on {said.at(full)};"
            f" {_before(course, full)}; {used}, {course.rate_bytes_s * 8 / 1e6:,.2f} Mbit/s",
            "see why the rate is above the planned one; measure it into the inventory, then"
            " `maille storage up`",
        )
    if silent:
        yield _finding("R043", share.name, f"{whom}: {_told(silent, cameras)}", _SILENT_HOW)


_SILENT_HOW = "see the cameras, their ports and the recorder: `maille show`, then its key"


def _before(course: Course, full: datetime) -> str:
    """Tell how that is to what may be erased."""
    begins = [one.begin for one in course.held]
    if not begins:
        return "nothing of it may be erased before"
    expires = min(begins) + course.longest
    if full <= expires:
        return f"its oldest image may go {said.span(expires - full)} later"
    return "more is written by then than is erased"


def _told(silent: tuple[Silent, ...], cameras: int) -> str:
    never = sum(one.since is None for one in silent)
    if never == cameras:
        return f"nothing was ever recorded of its {said.many(cameras, 'camera')}"
    named = ", ".join(
        one.camera + (f" since {said.at(one.since)}" if one.since else "")
        for one in silent[:_NAMED]
    )
    more = f" and {len(silent) - _NAMED} more" if len(silent) > _NAMED else ""
    ever = f", {never} of them ever" if never else ""
    count = f"{len(silent)} of {said.many(cameras, 'camera')}"
    return f"{count} wrote nothing lately{ever}: {named}{more}"


def _cluster(layout: Layout, areas: Mapping[str, Area], seen: Seen) -> ClusterStatus:
    facts = seen.facts
    osds = working(facts.of_class(layout.profile.device_class))
    loss = worst_loss(osds)
    return ClusterStatus(
        fsid=facts.fsid,
        raw_bytes=sum(osd.size_bytes for osd in osds),
        raw_used_bytes=sum(osd.used_bytes for osd in osds),
        usable_bytes=usable_bytes(osds, layout.profile, layout.fill_target),
        loss=loss,
        nearfull_ratio=facts.nearfull_ratio,
        backlog=seen.backlog,
        problems=facts.problems,
        pool=layout.data_pool.name,
        left=seen.left,
        findings=(
            *_health(facts),
            *_healing(layout, facts),
            *_lag(layout, areas, seen),
        ),
    )


def _health(facts: Facts) -> Iterator[Finding]:
    for problem in facts.problems:
        yield Finding(
            "R046",
            Severity.ERROR if problem.severe else Severity.WARNING,
            f"cluster {facts.fsid[:8]}: {problem.code}: {problem.told}",
            "`ceph health detail` tells more; runbooks/ has what to do",
            subject=problem.code,
        )


def _healing(layout: Layout, facts: Facts) -> Iterator[Finding]:
    loss = worst_loss(facts.of_class(layout.profile.device_class))
    chunks = layout.profile.k + layout.profile.m
    if loss is None or (layout.profile.failure_domain == "host" and loss.hosts_left < chunks):
        left = loss.hosts_left if loss else 0
        yield _finding(
            "R044",
            facts.fsid[:8],
            f"the loss of one host could not be healed now: {said.many(left, 'host')} would be"
            f" left for {chunks} chunks, one each",
            "bring hosts back, or add one",
        )
    elif loss.fullest > facts.nearfull_ratio:
        yield _finding(
            "R044",
            facts.fsid[:8],
            f"healing the loss of host {loss.host} would fill a disk to {loss.fullest:.0%};"
            f" nearfull is {facts.nearfull_ratio:.0%}",
            "add hosts or disks before one is lost",
        )


def _lag(layout: Layout, areas: Mapping[str, Area], seen: Seen) -> Iterator[Finding]:
    a_period = _files_a_period(areas)
    waiting = seen.backlog.strays + seen.backlog.purging
    if waiting > a_period:
        yield _finding(
            "R045",
            layout.filesystem.name,
            f"{waiting:,} files wait to be erased, an expiry period unlinks {a_period:,}:"
            f" {seen.backlog}",
            "see who holds them open (`ceph tell mds.… client ls`), and the load of the disks",
        )


def _files_a_period(areas: Mapping[str, Area]) -> int:
    """Give the segments that expire in one period, by the plan: as many as are written."""
    return round(
        sum(
            promise.rule.period / promise.rule.segment
            for area in areas.values()
            for promise in area.promises.values()
        )
    )
