"""Segments of a camera: nothing is left out between them, and cameras do not change together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.twin.recorder.spans import Span, phase_of, spans

BEGIN = datetime(2026, 11, 22, 23, 59, 58, tzinfo=UTC)


@given(
    total=st.integers(0, 4000),
    length=st.integers(1, 700),
    number=st.integers(0, 600),
    count=st.integers(1, 600),
)
def test_they_cover_the_whole_time_once(total: int, length: int, number: int, count: int) -> None:
    end = BEGIN + timedelta(seconds=total)
    first = phase_of(number % count, count, length).first_s
    found = list(spans(BEGIN, end, length, first))
    assert sum(span.seconds for span in found) == total
    assert all(0 < span.seconds <= length for span in found)
    assert all(before.end == after.start for before, after in pairwise(found))
    if found:
        assert (found[0].start, found[-1].end) == (BEGIN, end)


def test_without_an_end_they_go_on() -> None:
    found = list(islice(spans(BEGIN, None, 5, 2), 3))
    assert [span.seconds for span in found] == [2, 5, 5]


@given(count=st.integers(1, 600), length=st.integers(1, 700))
def test_cameras_change_segments_evenly_one_after_the_other(count: int, length: int) -> None:
    phases = [phase_of(number, count, length) for number in range(count)]
    assert all(1 <= phase.first_s <= length and 0 <= phase.lag_s < 1 for phase in phases)
    turns = sorted((phase.first_s + phase.lag_s) % length for phase in phases)
    steps = [after - before for before, after in pairwise([*turns, turns[0] + length])]
    assert all(step == pytest.approx(length / count, abs=1e-6) for step in steps)


def test_a_segment_is_cut_at_a_whole_second() -> None:
    span = Span(BEGIN, 5)
    assert span.cut(BEGIN + timedelta(seconds=2, milliseconds=999)) == Span(BEGIN, 2)
    assert span.cut(BEGIN + timedelta(seconds=60)) == span
    assert span.cut(BEGIN + timedelta(milliseconds=999)) is None
    assert span.cut(BEGIN - timedelta(seconds=1)) is None
