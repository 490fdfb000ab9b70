"""The time that an MP4 file itself bears (ISO/IEC 14496-12, box `mvhd`).

A recorder's clock wrote it, as it wrote the name; if the two differ, one of them was changed.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
_HEAD_BYTES = 16
_MVHD_BYTES = 12
_MOST_BOXES = 64
"""Of a file at its top, and of its `moov`; in front of what is looked for there are few."""


def created(read: Callable[[int, int], bytes], size_bytes: int) -> datetime | None:
    """Give when a file's images begin as its container says; None if it says nothing.

    Args:
        read: gives a part of the file, by offset and length.
        size_bytes: of the file.
    """
    moov = _find(read, b"moov", 0, size_bytes)
    mvhd = _find(read, b"mvhd", *moov) if moov else None
    if mvhd is None or mvhd[1] - mvhd[0] < _MVHD_BYTES:
        return None
    head = read(mvhd[0], _MVHD_BYTES)
    if len(head) < _MVHD_BYTES:
        return None
    (seconds,) = struct.unpack_from(">Q" if head[0] == 1 else ">I", head, 4)
    try:
        return _EPOCH + timedelta(seconds=seconds) if seconds else None
    except OverflowError:
        return None


def _find(
    read: Callable[[int, int], bytes], wanted: bytes, at: int, end: int
) -> tuple[int, int] | None:
    """Give begin and end of a box's contents among those of a stretch."""
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return None
        head = read(at, _HEAD_BYTES)
        if len(head) < 8:
            return None
        length, kind = struct.unpack_from(">I4s", head)
        skipped = 8
        if length == 1 and len(head) == _HEAD_BYTES:
            (length,) = struct.unpack_from(">Q", head, 8)
            skipped = _HEAD_BYTES
        length = length or end - at
        if length < skipped:
            return None
        if kind == wanted:
            return at + skipped, min(at + length, end)
        at += length
    return None
