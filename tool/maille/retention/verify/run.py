"""All cameras of an estate, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from maille.retention import said
from maille.retention.promise import Promise
from maille.retention.segments.container import created
from maille.retention.segments.model import Foreign
from maille.retention.segments.scan import days_of, foreign_of, listing_of
from maille.retention.verify.judge import Verdict, judge
from maille.retention.verify.tally import finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from maille.errors import Finding
    from maille.retention.places import Place
    from maille.retention.promise import Area, Rule
    from maille.retention.segments.model import Segment
    from maille.retention.segments.tree import Tree
    from maille.retention.verify.judge import Seen

SNAPSHOTS = ".snap"


@dataclass(frozen=True, slots=True)
class AreaVerdict:
    """What became of one subvolume: its cameras, and what is about none of them."""

    area: Area
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Give the findings, those of the cameras last."""
        return (*self.findings, *chain.from_iterable(one.findings for one in self.verdicts))


@dataclass(frozen=True, slots=True)
class Verifier:
    """How a check is done: by which time, and what it may look up."""

    tree: Tree
    now: datetime
    seen: Mapping[str, Seen]
    """What an earlier check saw, by camera."""
    containers: bool
    """Whether every segment is opened for the time inside; otherwise none is."""
    step: Callable[[], None] = lambda: None
    """Told after every camera."""

    def verify(
        self, places: Iterable[Place], cameras: frozenset[str] | None = None
    ) -> Iterator[AreaVerdict]:
        """Judge subvolumes; `cameras` are those that are asked for, all of them by default."""
        for place in places:
            yield self._area(place, cameras)

    def _area(self, place: Place, cameras: frozenset[str] | None) -> AreaVerdict:
        area, folder = place.area, place.folder
        asked = [p for p in area.promises.values() if cameras is None or p.camera in cameras]
        if area.access == "rbd":
            return AreaVerdict(area, (), (_elsewhere(area),))
        if folder is None:
            return AreaVerdict(area, (), (_no_folder(area),))
        listing = listing_of(self.tree, folder)
        verdicts = tuple(self._camera(folder, promise, listing.cameras) for promise in asked)
        others: list[Finding] = [_left(area)] if area.left else []
        if cameras is None:
            others += snapshots(self.tree, area.subvolume, *_levels(folder))
            others += _beside(area, listing.foreign)
            unknown = [name for name in listing.cameras if name not in area.promises]
            others += chain.from_iterable(self._unknown(area, folder, name) for name in unknown)
        return AreaVerdict(area, verdicts, tuple(others))

    def _camera(self, folder: str, promise: Promise, there: tuple[str, ...]) -> Verdict:
        found = (
            self._found(f"{folder}/{promise.camera}", promise.rule)
            if promise.camera in there
            else ()
        )
        verdict = judge(
            promise,
            found,
            self.now,
            seen=self.seen.get(promise.camera),
            container=self._created if self.containers else lambda _: None,
        )
        self.step()
        return verdict

    def _found(self, folder: str, rule: Rule) -> Iterator[Segment | Foreign]:
        yield from foreign_of(self.tree, folder)
        for day in days_of(self.tree, folder):
            yield from day.foreign
            for one in day.unfinished:
                if one.mtime + rule.longest_segment < self.now:
                    yield Foreign(one.path, "a recorder never finished it")
            yield from day.segments

    def _created(self, segment: Segment) -> datetime | None:
        try:
            return created(
                lambda offset, length: self.tree.read(segment.path, offset, length),
                segment.size_bytes,
            )
        except FileNotFoundError:
            return None  # it was erased in between

    def _unknown(self, area: Area, folder: str, name: str) -> Iterator[Finding]:
        """Tell of an unknown camera, and what is too old of it; it is promised nothing."""
        path = f"{folder}/{name}"
        verdict = judge(Promise(name, area.rule, ()), self._found(path, area.rule), self.now)
        shown = said.name(name)
        if area.left:
            pass  # whose cameras these were is not known any more
        elif verdict.segments:
            yield finding(
                "R109",
                shown,
                f"`{shown}` has {said.many(verdict.segments, 'segment')} in the folder of"
                f" {area.title}, and is no camera that records there",
                "write it into the inventory, or find out who records there",
                path,
            )
        elif not verdict.findings:
            yield finding(
                "R110",
                shown,
                f"the folder `{shown}` of {area.title} belongs to no camera",
                "see what put it there, and take it away by hand",
                path,
            )
        yield from verdict.findings


def snapshots(tree: Tree, subject: str, *folders: str) -> Iterator[Finding]:
    """Tell of the snapshots of folders; one that is a folder's above is told there."""
    for folder in folders:
        try:
            names = [entry.name for entry in tree.list(f"{folder}/{SNAPSHOTS}")]
        except FileNotFoundError:
            continue
        for name in sorted(names):
            if folder and name.startswith("_"):
                continue  # `_<name>_<inode>`: inherited
            yield finding(
                "R106",
                subject,
                f"snapshot `{said.name(name)}` keeps every recording that expires"
                f" ({folder.lstrip('/') or 'the whole estate'})",
                "remove it: `ceph fs subvolume snapshot rm`, or `rmdir` in `.snap`",
                f"{folder}/{SNAPSHOTS}/{name}",
            )


def _levels(folder: str) -> tuple[str, str]:
    """Give a subvolume's own folder and, in it, that of its files: both may be snapshotted."""
    return folder.rpartition("/")[0], folder


def _beside(area: Area, foreign: Iterable[Foreign]) -> Iterator[Finding]:
    for one in foreign:
        yield finding(
            "R110",
            area.subvolume,
            f"{said.name(one.path)}: {one.why}",
            "see what put it there, and take it away by hand",
            one.path,
        )


def _left(area: Area) -> Finding:
    return finding(
        "R116",
        area.subvolume,
        f"{area.title} ({area.commune}) is no member any more, and its share {area.subvolume} is"
        " there still",
        f"`maille storage expire` empties it within {said.span(area.rule.days)}, then `maille"
        " storage up` removes it",
    )


def _elsewhere(area: Area) -> Finding:
    return finding(
        "R112",
        area.subvolume,
        f"the images of {area.title} lie in a block device of their recorder",
        "ask its software for the oldest image of every camera",
    )


def _no_folder(area: Area) -> Finding:
    return finding(
        "R115",
        area.subvolume,
        f"the subvolume {area.subvolume} of {area.title} is not on the cluster",
        "`maille storage up` makes it",
    )
