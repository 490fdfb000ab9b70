"""A segment's bytes: a film that plays, with its own time, of the size that its rate asks."""

from __future__ import annotations

import hashlib
import json
import subprocess
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.retention.segments.container import created
from maille.twin.recorder.content import content_of, least_bytes
from maille.twin.recorder.spans import Span

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2026, 11, 22, 14, 0, 7, tzinfo=UTC)
CAMERA = "28085-0001"
REAL_SECONDS = 600


def probed(film: bytes, folder: Path) -> dict[str, Any]:
    """Decode every frame, and give what ffprobe says of the film."""
    file = folder / "segment.mp4"
    file.write_bytes(film)
    asked = "stream=codec_name,nb_read_frames:format=duration:format_tags=creation_time"
    told = subprocess.run(
        ["ffprobe", "-v", "error", "-count_frames", "-show_entries", asked, "-of", "json", file],  # noqa: S607
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stderr == ""
    found: dict[str, Any] = json.loads(told.stdout)
    return found


@pytest.mark.parametrize(("seconds", "mbps"), [(1, 0.0), (5, 0.0002), (REAL_SECONDS, 0.5)])
def test_a_player_plays_it_for_as_long_as_it_lasts(
    seconds: int, mbps: float, tmp_path: Path
) -> None:
    content = content_of(CAMERA, Span(START, seconds), mbps)
    told = probed(content.read(0, content.size_bytes), tmp_path)
    assert told["streams"] == [{"codec_name": "h264", "nb_read_frames": "8"}]
    assert float(told["format"]["duration"]) == seconds
    assert told["format"]["tags"]["creation_time"] == "2026-11-22T14:00:07.000000Z"


def test_a_reader_of_segments_finds_its_time_in_it() -> None:
    content = content_of(CAMERA, Span(START, 5), 2.0)
    assert created(content.read, content.size_bytes) == START


def test_its_size_is_what_its_rate_asks() -> None:
    assert content_of(CAMERA, Span(START, REAL_SECONDS), 4.0).size_bytes == 300_000_000
    assert content_of(CAMERA, Span(START, 1), 0.0).size_bytes == least_bytes()


@given(size=st.integers(least_bytes(), 300_000), cuts=st.lists(st.integers(0, 300_000), max_size=8))
def test_parts_make_up_the_whole(size: int, cuts: list[int]) -> None:
    content = content_of(CAMERA, Span(START, 1), size * 8 / 1e6)
    whole = content.read(0, content.size_bytes)
    assert len(whole) == content.size_bytes == size
    places = sorted({0, size, *(min(cut, size) for cut in cuts)})
    parts = [content.read(at, end - at) for at, end in pairwise(places)]
    assert b"".join(parts) == whole
    assert content.sha256() == hashlib.sha256(whole).hexdigest()


def test_no_part_of_any_segment_is_another_one_or_a_hole() -> None:
    """A lost object of a file reads as zeros, and a misplaced one as another's contents."""
    part = 1 << 14
    spans = [Span(START, 1), Span(START + timedelta(seconds=1), 1)]
    contents = [content_of(camera, span, 8.0) for camera in ("a", "b") for span in spans]
    parts = [
        content.read(at, part)
        for content in contents
        for at in range(part, content.size_bytes - part, part)
    ]
    assert len(parts) == len(set(parts)) > 200
    assert not any(bytes(64) in one for one in parts)
