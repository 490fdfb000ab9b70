"""The clip that every segment shows, stamped with the segment's own time (ISO/IEC 14496-12).

Its eight frames are spread over the segment: it plays, in whatever player, and lasts as long as
it says.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
_TIMESCALE = 1000
"""Of the film and its one track: units a second."""
_MEDIA = (b"moov", b"trak", b"mdia")
_CREATED = 4
"""Where a header of version 0 has the times of its making and of its last change."""
_DURATIONS = (
    ((b"moov", b"mvhd"), 16),
    ((b"moov", b"trak", b"tkhd"), 20),
    ((*_MEDIA, b"mdhd"), 16),
)
"""The headers that bear the times, and where each has its duration."""


@cache
def clip() -> bytes:
    """Give the clip as `clip.sh` made it."""
    return Path(__file__).with_name("clip.mp4").read_bytes()


def stamped(start: datetime, seconds: int) -> bytes:
    """Give the clip as it begins at a UTC time and lasts some seconds; always of one size."""
    film = bytearray(clip())
    created = int((start - _EPOCH).total_seconds())
    for path, duration in _DURATIONS:
        header = _contents(film, path)
        struct.pack_into(">II", film, header + _CREATED, created, created)
        struct.pack_into(">I", film, header + duration, seconds * _TIMESCALE)
    times = _contents(film, (*_MEDIA, b"minf", b"stbl", b"stts"))
    (frames,) = struct.unpack_from(">I", film, times + 8)
    struct.pack_into(">I", film, times + 12, seconds * _TIMESCALE // frames)
    return bytes(film)


def _contents(film: bytearray, path: Sequence[bytes]) -> int:
    """Give where the contents of a box begin, by its place among the boxes."""
    at = 0
    for wanted in path:
        length, kind = struct.unpack_from(">I4s", film, at)
        while kind != wanted:
            at += length
            length, kind = struct.unpack_from(">I4s", film, at)
        at += 8
    return at
