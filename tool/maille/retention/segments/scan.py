"""Reading a subvolume's folder: cameras, their days, and in them segments by their start.

A day is held in memory, never more: a camera's segments come one day after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from maille.retention.segments.model import Day, Foreign, Segment
from maille.retention.segments.names import finished, is_unfinished, read_day, read_name

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
    entries = _sorted(tree, folder)
    return Listing(
        tuple(entry.name for entry in entries if entry.kind == "folder"),
        tuple(
            Foreign(f"{folder}/{entry.name}", "it lies beside the cameras' folders")
            for entry in entries
            if entry.kind != "folder"
        ),
    )


def foreign_of(tree: Tree, folder: str) -> Iterator[Foreign]:
    """Give what lies in a camera's folder and is no day."""
    for entry in _sorted(tree, folder):
        if _day_named(entry) is None:
            yield Foreign(f"{folder}/{entry.name}", "it is no folder of a day")


def days_of(
    tree: Tree, folder: str, until: date = date.max, *, since: date = date.min
) -> Iterator[Day]:
    """Read the days of a camera's folder from one to another, the oldest first.

    What goes away while it is read is left out: it was erased.
    """
    for entry in _sorted(tree, folder):
        day = _day_named(entry)
        if day is not None and since <= day <= until:
            try:
                yield _day(tree, f"{folder}/{entry.name}")
            except FileNotFoundError:
                continue


def _sorted(tree: Tree, folder: str) -> list[Entry]:
    return sorted(tree.list(folder), key=lambda entry: entry.name)


def _day_named(entry: Entry) -> date | None:
    return read_day(entry.name) if entry.kind == "folder" else None


def _day(tree: Tree, folder: str) -> Day:
    name = folder.rpartition("/")[2]
    segments, unfinished, foreign = [], [], []
    for entry in tree.list(folder):
        try:
            found = _entry(tree, folder, name, entry)
        except FileNotFoundError:
            continue
        if isinstance(found, Foreign):
            foreign.append(found)
        elif is_unfinished(entry.name):
            unfinished.append(found)
        else:
            segments.append(found)
    segments.sort(key=lambda segment: (segment.start, segment.path))
    return Day(
        folder,
        tuple(segments),
        tuple(sorted(foreign, key=lambda one: one.path)),
        tuple(unfinished),
    )


def _entry(tree: Tree, folder: str, day: str, entry: Entry) -> Segment | Foreign:
    path = f"{folder}/{entry.name}"
    written = finished(entry.name) if is_unfinished(entry.name) else entry.name
    named = read_name(written) if entry.kind == "file" else None
    if named is None:
        return Foreign(path, "its name is that of no segment")
    if named.start.date().isoformat() != day:
        return Foreign(path, "it begins on another day than its folder says")
    stat = tree.stat(path)
    return Segment(path, named, stat.mtime, stat.size_bytes, stat.inode)
