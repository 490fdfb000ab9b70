"""Reading the recordings: sums that CephFS keeps, names of files, and few of their sizes."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import cephfs

from maille.ceph import facts as cluster_facts
from maille.ceph.own_sessions import own_sessions
from maille.ceph.servers import require_served
from maille.ceph.usage import usage
from maille.recording.former import left_of
from maille.recording.status.forecast import Written
from maille.recording.status.model import CameraSeen, Seen, ShareSeen
from maille.retention.ends import end_of
from maille.retention.expire.evidence import CephEvidence
from maille.retention.segments.cephfs import CephTree
from maille.retention.segments.model import Segment
from maille.retention.segments.names import read_day, read_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from maille.ceph.connection import Cluster
    from maille.ceph.usage import Usage
    from maille.layout.model import Layout, Share
    from maille.retention.promise import Area, Rule
    from maille.retention.segments.model import Named
    from maille.retention.segments.tree import Entry

_DAY = timedelta(days=1)


def read(
    layout: Layout,
    areas: Mapping[str, Area],
    cluster: Cluster,
    own: Path,
    now: datetime,
    hours: int,
    communes: Collection[str] = (),
    step: Callable[[], None] = lambda: None,
) -> Seen:
    """Read shares and cluster.

    Args:
        layout: where everything is to be.
        areas: what is promised, by share.
        cluster: open, with a client that may read the file system and ask the servers.
        own: the estate's own folder on this machine.
        now: the time to judge by.
        hours: over which rates are taken.
        communes: those whose files are read; all if none is named.
        step: called after each share.

    Raises:
        CephOutOfReachError: monitors, manager or metadata servers do not answer.
        CephError: there is no file system yet.
    """
    name = layout.filesystem.name
    require_served(cluster, name)
    facts = cluster_facts.read(cluster)
    with CephEvidence(cluster, name) as evidence:
        backlog = evidence.backlog()
    found: dict[str, Usage] = {}
    for group in layout.groups:
        found |= usage(cluster, name, group.name)
    shares: dict[str, ShareSeen] = {}
    with own_sessions(cluster, name, own) as sessions, sessions.mounted(cluster.access) as root:
        reader = _Reader(root, now, now - timedelta(hours=hours))
        for share in _asked(layout, communes):
            if share.name in found:
                shares[share.name] = reader.seen(found[share.name], areas.get(share.name))
            step()
    if not communes:
        others = found.keys() - layout.subvolumes.keys()
        shares |= {name: ShareSeen(found[name], {}, ()) for name in sorted(others)}
    return Seen(now, hours, shares, facts, backlog, left_of(cluster, layout))


def _asked(layout: Layout, communes: Collection[str]) -> Iterator[Share]:
    for share in layout.subvolumes.values():
        if not communes or share.commune in communes:
            yield share


class _Reader:
    """Reads the folders of shares: one listing a camera, and one of its newest and oldest day."""

    def __init__(self, root: cephfs.LibCephFS, now: datetime, recent_from: datetime) -> None:
        self._root = root
        self._tree = CephTree(root)
        self._now = now
        self._recent_from = recent_from

    def seen(self, folder: Usage, area: Area | None) -> ShareSeen:
        """Read a share if its images are ours to judge."""
        cameras, held = self._share(folder.path, area.rule) if area and area.ours else ({}, ())
        return ShareSeen(folder, cameras, held)

    def _share(self, path: str, rule: Rule) -> tuple[dict[str, CameraSeen], tuple[Written, ...]]:
        """Read a share: its cameras, and its bytes by day."""
        cameras: dict[str, CameraSeen] = {}
        sizes: dict[date, int] = {}
        for name in self._folders(path):
            days = self._days(f"{path}/{name}")
            cameras[name] = self._camera(name, f"{path}/{name}", sorted(days), rule)
            for day, size_bytes in days.items():
                sizes[day] = sizes.get(day, 0) + size_bytes
        oldest = min((one.oldest for one in cameras.values() if one.oldest), default=None)
        return cameras, tuple(self._held(day, sizes[day], oldest) for day in sorted(sizes))

    def _held(self, day: date, size_bytes: int, oldest: datetime | None) -> Written:
        begin = datetime.combine(day, time(), tzinfo=UTC)
        end = begin + _DAY
        if oldest and begin < oldest < end:
            begin = oldest
        return Written(begin, max(begin, min(end, self._now)), size_bytes)

    def _folders(self, path: str) -> list[str]:
        return [entry.name for entry in self._entries(path) if entry.kind == "folder"]

    def _days(self, camera: str) -> dict[date, int]:
        """Give the days of a camera with the bytes below each, as CephFS sums them up."""
        named = {day: name for name in self._folders(camera) if (day := read_day(name))}
        return {day: self._bytes(f"{camera}/{name}") for day, name in named.items()}

    def _bytes(self, path: str) -> int:
        try:
            return int(self._root.getxattr(path, "ceph.dir.rbytes"))
        except cephfs.ObjectNotFound:
            return 0  # erased since it was listed

    def _camera(self, name: str, path: str, days: list[date], rule: Rule) -> CameraSeen:
        recent = [
            segment
            for day in days
            if day >= self._recent_from.date()
            for segment in self._segments(f"{path}/{day}", self._recent_from)
        ]
        newest = recent or self._newest(path, days)
        return CameraSeen(
            camera=name,
            oldest=self._oldest(path, days),
            newest_end=max((end_of(one, rule) for one in newest), default=None),
            recent_bytes=sum(one.size_bytes for one in recent),
            recent_from=min((one.start for one in recent), default=None),
        )

    def _oldest(self, path: str, days: list[date]) -> datetime | None:
        for day in days:
            if named := self._named(f"{path}/{day}"):
                return min(one.start for one in named.values())
        return None

    def _newest(self, path: str, days: list[date]) -> list[Segment]:
        """Give the last segment of the last day that has one."""
        for day in reversed(days):
            if named := self._named(f"{path}/{day}"):
                last = max(one.start for one in named.values())
                return list(self._segments(f"{path}/{day}", last))
        return []

    def _named(self, day: str) -> dict[str, Named]:
        """Give a day's segments by their file; one in the future proves nothing."""
        files = (entry.name for entry in self._entries(day) if entry.kind == "file")
        found = {name: named for name in files if (named := read_name(name))}
        return {name: named for name, named in found.items() if named.start <= self._now}

    def _segments(self, day: str, begin: datetime) -> Iterator[Segment]:
        for name, named in self._named(day).items():
            if named.start < begin:
                continue
            try:
                stat = self._tree.stat(f"{day}/{name}")
            except FileNotFoundError:
                continue  # erased since it was listed
            yield Segment(f"{day}/{name}", named, stat.mtime, stat.size_bytes, stat.inode)

    def _entries(self, path: str) -> Iterator[Entry]:
        try:
            yield from self._tree.list(path)
        except FileNotFoundError:
            return
