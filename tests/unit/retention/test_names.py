"""What names of files say, in every convention."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.retention.segments.names import ADAPTERS, is_unfinished, path_of, read_day, read_name

TIMES = st.integers(946_684_800, 4_102_444_800).map(lambda at: datetime.fromtimestamp(at, UTC))


@given(TIMES)
def test_what_a_recorder_writes_is_read_again(start: datetime) -> None:
    camera, day, name = path_of("28001-0001", start).split("/")
    named = read_name(name)
    assert named is not None
    assert (camera, named.start, named.end) == ("28001-0001", start, None)
    assert read_day(day) == start.date()


@given(TIMES, st.integers(1, 86_400))
def test_an_end_in_the_name_is_read(start: datetime, length_s: int) -> None:
    end = start + timedelta(seconds=length_s)
    named = read_name(f"{start:%Y%m%dT%H%M%SZ}_{end:%Y%m%dT%H%M%SZ}.mkv")
    assert named is not None
    assert (named.start, named.end) == (start, end)


@pytest.mark.parametrize(
    "name",
    [
        "20261122T140000Z.mp4.part",
        "20261122T140000.mp4",
        "20261322T140000Z.mp4",
        "20261122T140000Z.MP4",
        "\uff12\uff10\uff12\uff161122T140000Z.mp4",
        "20261122T140000Z.mp4\n",
        "20261122T141000Z_20261122T140000Z.mp4",
        "",
    ],
)
def test_what_is_no_segment_is_read_as_none(name: str) -> None:
    assert read_name(name) is None


@pytest.mark.parametrize("name", ["2026-11-31", "20261122", "2026-W47-7", "lost+found"])
def test_what_is_no_day_is_read_as_none(name: str) -> None:
    assert read_day(name) is None


@pytest.mark.parametrize("name", ["20261122T140000Z.mp4", "20261122T140000Z_20261122T141000Z.mp4"])
def test_no_name_is_known_to_two_conventions(name: str) -> None:
    assert [bool(adapter.read(name)) for adapter in ADAPTERS].count(True) == 1


@given(TIMES)
def test_what_is_still_written_is_no_segment_yet(start: datetime) -> None:
    name = path_of("c", start).rpartition("/")[2]
    assert is_unfinished(f".{name}.part")
    assert not is_unfinished(name)
    assert not is_unfinished(f"{name}.part")
    assert read_name(f".{name}.part") is None
