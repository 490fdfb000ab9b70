"""Shares that go with all that they hold: journaled before, and until nothing of them is left.

`unlinking` is written before the engine runs, `unlinked` when the share is not on the cluster any
more, `erased` when neither its trash nor any file without a name is left. A run that was cut off
in between is taken up by the next one; a share that did not go after all is told as `kept`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maille.ceph import subvolumes
from maille.ceph.errors import CephError
from maille.ceph.trash import empty
from maille.ceph.usage import folders
from maille.layout.names import commune_of
from maille.retention.expire.evidence import CephEvidence
from maille.retention.segments.names import read_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    import cephfs

    from maille.ceph.connection import Cluster
    from maille.ceph.usage import Usage
    from maille.retention.journal import Entry, Journal

FOLDER = "shares"
"""Below the estate's journal; it is one of its own, for `expire` may run meanwhile."""
RULE = "erased by name"
ASK_EVERY_S = 0.5
_OPEN = ("unlinking", "unlinked")


@dataclass(frozen=True, slots=True)
class Erasures:
    """What the journal tells of shares; its one writer."""

    journal: Journal
    clock: Callable[[], datetime]

    def begin(
        self, cluster: Cluster, filesystem: str, estate: str, given_up: Iterable[Usage]
    ) -> None:
        """Write down what is about to go; when this returns it is on the disk."""
        entries = [
            {
                "phase": "unlinking",
                "share": one.name,
                "commune": commune_of(estate, one.name),
                "files": one.files,
                "size_bytes": one.used_bytes,
                **_span(cluster, filesystem, one.path),
                "rule": RULE,
            }
            for one in given_up
        ]
        self.journal.append(self.clock(), entries)

    def go_on(
        self, cluster: Cluster, filesystem: str, estate: str, longest_s: float
    ) -> tuple[Entry, ...]:
        """Write down how far what was begun has come; give the last entry of each share.

        Args:
            cluster: open.
            filesystem: where the shares are, or were.
            estate: whose.
            longest_s: how long to wait until the contents are erased, too.
        """
        begun = {entry["share"]: entry for entry in self._open()}
        if not begun:
            return ()
        there = subvolumes.names(cluster, filesystem, estate)
        told = [self._told(entry, "kept") for share, entry in begun.items() if share in there]
        gone = {share: entry for share, entry in begun.items() if share not in there}
        for share, entry in gone.items():
            if entry["phase"] == "unlinking":
                gone[share] = self._told(entry, "unlinked")
        if gone and _erased(cluster, filesystem, longest_s):
            return (*told, *(self._told(entry, "erased") for entry in gone.values()))
        return (*told, *gone.values())

    def _open(self) -> Iterator[Entry]:
        last = {entry["share"]: entry for entry in self.journal.entries() if "share" in entry}
        return (entry for entry in last.values() if entry["phase"] in _OPEN)

    def _told(self, entry: Entry, phase: str) -> Entry:
        changed = {name: value for name, value in entry.items() if name not in ("at", "author")}
        changed["phase"] = phase
        self.journal.append(self.clock(), [changed])
        return changed


def _erased(cluster: Cluster, filesystem: str, longest_s: float) -> bool:
    """Wait until nothing that was unlinked is left, for so many seconds at the most."""
    end = time.monotonic() + longest_s
    with CephEvidence(cluster, filesystem) as evidence:
        while not (empty(cluster, filesystem) and _clear(evidence)):
            if time.monotonic() >= end:
                return False
            time.sleep(ASK_EVERY_S)
    return True


def _clear(evidence: CephEvidence) -> bool:
    try:
        return evidence.backlog().clear
    except CephError:
        return False  # a server that is away is asked again


def _span(cluster: Cluster, filesystem: str, path: str) -> dict[str, Any]:
    """Give the first and the last day that folders are named by; nothing where there are none."""
    days = cluster.briefly(filesystem, lambda root: sorted(_days(root, path)))
    return {"first": days[0], "last": days[-1]} if days else {}


def _days(root: cephfs.LibCephFS, path: str) -> Iterator[str]:
    for camera in folders(root, path):
        yield from (day for day in folders(root, f"{path}/{camera}") if read_day(day))
