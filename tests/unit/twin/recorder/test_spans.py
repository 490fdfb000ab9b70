"""Segments of a camera: nothing is left out between them, and cameras do not change together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

from hypothesis import given
from hypothesis import strategies as st

from maille.twin.recorder.spans import Span, first_seconds, spans

BEGIN = datetime(2026, 11, 22, 23, 59, 58, tzinfo=UTC)


@given(
    total=st.integers(0, 4000),
    length=st.integers(1, 700),
    number=st.integers(0, 600),
    count=st.integers(1, 600),
)
def test_they_cover_the_whole_time_once(total: int, length: int, number: int, count: int) -> None:
    end = BEGIN + timedelta(seconds=total)
    first = first_seconds(number % count, count, length)
    found = list(spans(BEGIN, end, length, first))
    assert sum(span.seconds for span in found) == total
    assert all(0 < span.seconds <= length for span in found)
    assert all(before.end == after.start for before, after in pairwise(found))
    if found:
        assert (found[0].start, found[-1].end) == (BEGIN, end)


def test_without_an_end_they_go_on() -> None:
    found = list(islice(spans(BEGIN, None, 5, 2), 3))
    assert [span.seconds for span in found] == [2, 5, 5]


def test_cameras_change_segments_one_after_the_other() -> None:
    assert [first_seconds(number, 4, 600) for number in range(4)] == [600, 450, 300, 150]
    assert {first_seconds(number, 500, 600) for number in range(500)} <= set(range(1, 601))
    assert len({first_seconds(number, 500, 600) for number in range(500)}) == 500


def test_a_segment_is_cut_at_a_whole_second() -> None:
    span = Span(BEGIN, 5)
    assert span.cut(BEGIN + timedelta(seconds=2, milliseconds=999)) == Span(BEGIN, 2)
    assert span.cut(BEGIN + timedelta(seconds=60)) == span
    assert span.cut(BEGIN + timedelta(milliseconds=999)) is None
    assert span.cut(BEGIN - timedelta(seconds=1)) is None
