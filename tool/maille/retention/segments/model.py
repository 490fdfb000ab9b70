"""What a scan gives: segments, and what is none. Times are UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Named:
    """What a file's name says: when its images begin and, in some conventions, end."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A file of recorded images. `path` is that in the tree it was found in."""

    path: str
    named: Named
    mtime: datetime
    size_bytes: int
    inode: int

    @property
    def start(self) -> datetime:
        """Give when its images begin, as its name says."""
        return self.named.start


@dataclass(frozen=True, slots=True)
class Foreign:
    """What lies among segments and is none of them."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Day:
    """A camera's folder of one day: its segments by start, and what else lies in it."""

    path: str
    segments: tuple[Segment, ...]
    foreign: tuple[Foreign, ...]
    unfinished: tuple[Segment, ...] = ()
    """What a recorder is writing, or left behind when it was cut off: images, but no segments."""

    @property
    def name(self) -> str:
        """Give the day, `2026-11-22`."""
        return self.path.rpartition("/")[2]
