"""The time inside an MP4 file, whatever its bytes are."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from maille.retention.segments.container import created

START = datetime(2026, 11, 22, 14, tzinfo=UTC)
SECONDS = int((START - datetime(1904, 1, 1, tzinfo=UTC)).total_seconds())


def box(kind: bytes, content: bytes, *, large: bool = False) -> bytes:
    if large:
        return struct.pack(">I4sQ", 1, kind, 16 + len(content)) + content
    return struct.pack(">I4s", 8 + len(content), kind) + content


def mvhd(seconds: int, *, version: int = 0) -> bytes:
    head = struct.pack(">I", version << 24)
    return box(b"mvhd", head + struct.pack(">QQ" if version else ">II", seconds, seconds))


def time_in(file: bytes) -> datetime | None:
    return created(lambda offset, length: file[offset : offset + length], len(file))


def test_it_is_found_behind_the_images_and_before_them() -> None:
    moov = box(b"moov", box(b"free", b"1234") + mvhd(SECONDS))
    images = box(b"mdat", bytes(1000), large=True)
    head = box(b"ftyp", b"isom")
    assert time_in(head + images + moov) == time_in(head + moov + images) == START


def test_both_versions_of_the_box_are_read() -> None:
    assert time_in(box(b"moov", mvhd(SECONDS, version=1))) == START


def test_a_recorder_that_says_nothing_says_nothing() -> None:
    assert time_in(box(b"moov", mvhd(0))) is None


def test_what_was_cut_off_says_nothing() -> None:
    whole = box(b"ftyp", b"isom") + box(b"moov", mvhd(SECONDS))
    assert [time_in(whole[:cut]) for cut in range(len(whole) - 8)] == [None] * (len(whole) - 8)


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(file: bytes) -> None:
    found = time_in(file)
    assert found is None or found.tzinfo is UTC
