"""Reading a subvolume's folder: cameras, their days, and in them segments by their start.

A day is held in memory, never more: a camera's segments come one day after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.retention.segments.model import Day, Foreign, Segment
from maille.retention.segments.names import read_day, read_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.retention.segments.tree import Entry, Tree


@dataclass(frozen=True, slots=True)
class Listing:
    """What a subvolume's folder holds: a folder a camera, and what is none."""

    cameras: tuple[str, ...]
    foreign: tuple[Foreign, ...]


def listing_of(tree: Tree, folder: str) -> Listing:
    """List a subvolume's folder."""
    entries = sorted(tree.list(folder), key=lambda entry: entry.name)
    return Listing(
        tuple(entry.name for entry in entries if entry.kind == "folder"),
        tuple(
            Foreign(f"{folder}/{entry.name}", "it lies beside the cameras' folders")
            for entry in entries
            if entry.kind != "folder"
        ),
    )


def days_of(tree: Tree, folder: str) -> Iterator[Day | Foreign]:
    """Read a camera's folder: first what is no day, then its days, the oldest first.

    What goes away while it is read is left out: it was erased.
    """
    entries = sorted(tree.list(folder), key=lambda entry: entry.name)
    days = [entry for entry in entries if entry.kind == "folder" and read_day(entry.name)]
    for entry in entries:
        if entry not in days:
            yield Foreign(f"{folder}/{entry.name}", "it is no folder of a day")
    for entry in days:
        try:
            yield _day(tree, f"{folder}/{entry.name}")
        except FileNotFoundError:
            continue


def _day(tree: Tree, folder: str) -> Day:
    name = folder.rpartition("/")[2]
    segments, foreign = [], []
    for entry in tree.list(folder):
        try:
            found = _entry(tree, folder, name, entry)
        except FileNotFoundError:
            continue
        if isinstance(found, Segment):
            segments.append(found)
        else:
            foreign.append(found)
    segments.sort(key=lambda segment: (segment.start, segment.path))
    return Day(folder, tuple(segments), tuple(sorted(foreign, key=lambda one: one.path)))


def _entry(tree: Tree, folder: str, day: str, entry: Entry) -> Segment | Foreign:
    path = f"{folder}/{entry.name}"
    named = read_name(entry.name) if entry.kind == "file" else None
    if named is None:
        return Foreign(path, "its name is that of no segment")
    if named.start.date().isoformat() != day:
        return Foreign(path, "it begins on another day than its folder says")
    stat = tree.stat(path)
    return Segment(path, named, stat.mtime, stat.size_bytes, stat.inode)
