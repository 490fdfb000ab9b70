"""Times of a requisition: by the clock on the wall, with an offset, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.errors import UsageError
from maille.holds.model import Window
from maille.holds.times import merged, windows_of
from maille.local_time import earliest, end_of, latest, start_of, zone_named

PARIS = ZoneInfo("Europe/Paris")
BEGIN = datetime(2026, 11, 20, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20 18:00",
        "2026-11-20T18:00:00",
        "2026-11-20T17:00:00Z",
        "2026-11-20 18:00+01:00",
    ],
)
def test_local_time_and_utc_are_told_apart_by_the_zone(text: str) -> None:
    assert earliest(text, PARIS) == latest(text, PARIS) == utc(2026, 11, 20, 17)


def test_an_hour_that_the_clock_shows_twice_is_asked_for_whole() -> None:
    assert earliest("2026-10-25 02:30", PARIS) == utc(2026, 10, 25, 0, 30)
    assert latest("2026-10-25 02:30", PARIS) == utc(2026, 10, 25, 1, 30)


def test_an_hour_that_the_clock_skips_loses_no_image() -> None:
    assert earliest("2026-03-29 02:30", PARIS) == utc(2026, 3, 29, 0, 30)
    assert latest("2026-03-29 02:30", PARIS) == utc(2026, 3, 29, 1, 30)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2026-11-20", "2026-11-31 10:00", "2026-11-20 25:00", "20/11/2026 18:00"],
)
def test_what_is_no_time_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(UsageError, match="is no time") as caught:
        earliest(text, PARIS)
    assert "2026-11-20 18:00" in caught.value.how


@pytest.mark.parametrize("text", ["0001-01-01 00:00", "9999-12-31 23:59:59-12:00"])
def test_the_ends_of_the_calendar_give_no_traceback(text: str) -> None:
    with pytest.raises(UsageError):
        earliest(text, PARIS)


def test_a_deadline_that_is_a_day_ends_with_it() -> None:
    assert end_of("2026-12-01", PARIS) == utc(2026, 12, 1, 23)
    assert end_of("2026-12-01 12:00", PARIS) == utc(2026, 12, 1, 11)
    with pytest.raises(UsageError):
        end_of("9999-12-31", PARIS)


def test_days_begin_and_end_by_the_local_clock_whatever_their_length() -> None:
    begin, end = start_of("2026-03-29", PARIS), end_of("2026-03-29", PARIS)
    assert (begin, end) == (utc(2026, 3, 28, 23), utc(2026, 3, 29, 22))
    begin, end = start_of("2026-10-25", PARIS), end_of("2026-10-25", PARIS)
    assert end - begin == timedelta(hours=25)
    assert start_of("2026-03-29 06:30", PARIS) == utc(2026, 3, 29, 4, 30)


def test_windows_need_both_ends_in_order() -> None:
    with pytest.raises(UsageError, match="2 times to begin at and 1 to end at"):
        windows_of(["2026-11-20 18:00", "2026-11-20 20:00"], ["2026-11-20 19:00"], PARIS)
    with pytest.raises(UsageError, match="holds no time"):
        windows_of(["2026-11-20 18:00"], ["2026-11-20 18:00"], PARIS)


def test_a_zone_that_there_is_not_is_refused() -> None:
    for name in ("Europe/Chartres", "", "../etc/passwd"):
        with pytest.raises(UsageError, match="is no time zone"):
            zone_named(name)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    start = draw(st.integers(0, 200))
    length = draw(st.integers(1, 50))
    return Window(
        start=BEGIN + timedelta(minutes=start), end=BEGIN + timedelta(minutes=start + length)
    )


@given(st.lists(windows(), max_size=8))
def test_merging_keeps_every_minute_and_leaves_nothing_that_touches(asked: list[Window]) -> None:
    found = merged(asked)
    for minute in range(260):
        at = BEGIN + timedelta(minutes=minute)
        assert any(one.start <= at < one.end for one in asked) == any(
            one.start <= at < one.end for one in found
        )
    assert all(one.end < after.start for one, after in pairwise(found))
