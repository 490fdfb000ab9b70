"""What covers a requisition: held against a count of minutes, whatever was recorded."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.recordings import FOLDER, MINUTE, NOW, RULE

from maille.holds.coverage import Coverage, Question
from maille.holds.model import Copy, Window
from maille.retention.segments.model import Named, Segment
from maille.retention.segments.names import path_of

CAMERA = "a"
SPAN = 400
"""Minutes before now in which segments lie; the rule keeps them for two days."""


def segment(start: datetime, minutes: int = 10, size_bytes: int = 1000) -> Segment:
    path = f"{FOLDER}/{path_of(CAMERA, start)}"
    return Segment(path, Named(start), start + minutes * MINUTE, size_bytes, 1)


def copied(one: Segment) -> Copy:
    return Copy(
        camera=CAMERA,
        path="/".join(one.path.split("/")[-3:]),
        source=one.path,
        start=one.start,
        end=one.mtime,
        size_bytes=one.size_bytes,
        sha256="0" * 64,
        at=NOW,
    )


def ask(
    begin: int, end: int, segments: list[Segment], copies: list[Segment] | None = None
) -> Coverage:
    """Ask for the time between two minutes before now."""
    window = Window(start=NOW - begin * MINUTE, end=NOW - end * MINUTE)
    question = Question(CAMERA, (window,), RULE, NOW)
    return question.answer(segments, {one.path: copied(one) for one in copies or ()})


@st.composite
def recordings(draw: st.DrawFn) -> list[Segment]:
    """Give segments of up to ten minutes, with breaks of whole minutes between."""
    found, at = [], SPAN
    while at > 0:
        at -= draw(st.sampled_from([0, 0, 0, 1, 7, 40]))
        length = min(draw(st.integers(1, 10)), at)
        if length <= 0:
            break
        found.append(segment(NOW - at * MINUTE, length))
        at -= length
    return found


BOUNDS = st.tuples(st.integers(-60, SPAN), st.integers(-60, SPAN)).filter(lambda it: it[0] > it[1])


@given(recordings(), BOUNDS)
def test_every_minute_asked_for_is_copied_missing_or_still_to_come(
    segments: list[Segment], bounds: tuple[int, int]
) -> None:
    begin, end = bounds
    found = ask(begin, end, segments)
    for minute in range(end + 1, begin + 1):
        at = NOW - minute * MINUTE
        there = any(one.start <= at < one.mtime for one in segments)
        wanted = any(one.segment.start <= at < one.end for one in found.wanted)
        gap = any(one.start <= at < one.end for one in found.gaps)
        owed = any(one.start <= at < one.end for one in found.owed)
        assert wanted == there
        may_come = minute * MINUTE <= RULE.longest_segment
        assert gap == (not there and not may_come)
        if there or may_come:
            assert owed, "what is not copied must not expire"


@given(recordings(), BOUNDS)
def test_when_all_is_copied_only_what_may_come_is_owed(
    segments: list[Segment], bounds: tuple[int, int]
) -> None:
    before = ask(*bounds, segments)
    done = [one.segment for one in before.wanted]
    after = ask(*bounds, segments, done)
    assert after.wanted == ()
    assert after.gaps == before.gaps
    horizon = NOW - RULE.longest_segment
    assert all(one.start >= min(horizon, one.end) for one in after.owed)
    if NOW - bounds[1] * MINUTE <= horizon:
        assert after.owed == ()


@given(recordings(), BOUNDS)
def test_copies_count_when_the_recording_is_gone(
    segments: list[Segment], bounds: tuple[int, int]
) -> None:
    before = ask(*bounds, segments)
    done = [one.segment for one in before.wanted]
    assert ask(*bounds, [], done).gaps == before.gaps


def test_what_is_still_written_waits_and_does_not_expire() -> None:
    growing = segment(NOW - 5 * MINUTE, minutes=5)
    found = ask(10, 0, [segment(NOW - 15 * MINUTE), growing])
    assert [one.segment for one in found.ready] == [segment(NOW - 15 * MINUTE)]
    assert found.owed[0].start <= growing.start


def test_an_empty_segment_is_a_gap() -> None:
    found = ask(60, 50, [segment(NOW - 60 * MINUTE, size_bytes=0)])
    assert found.wanted == ()
    assert [gap.why for gap in found.gaps] == ["missing"]


def test_what_had_expired_is_told_apart_from_what_is_missing() -> None:
    days = round(RULE.days / MINUTE)
    found = ask(days + 120, days - 120, [segment(NOW - (days - 60) * MINUTE, 60)])
    expired, missing, rest = found.gaps
    assert (expired.why, missing.why, rest.why) == ("expired", "missing", "missing")
    assert expired.end == missing.start == NOW - RULE.days


def test_the_first_erasure_is_that_of_the_oldest_segment_not_copied() -> None:
    old, new = segment(NOW - 200 * MINUTE), segment(NOW - 100 * MINUTE)
    assert ask(300, 60, [old, new]).expires == old.mtime + RULE.days
    assert ask(300, 60, [old, new], [old]).expires == new.mtime + RULE.days


def test_a_time_to_come_is_owed_to_its_end() -> None:
    found = ask(0, -600, [])
    assert found.gaps == ()
    assert [(one.start, one.end) for one in found.owed] == [(NOW, NOW + timedelta(hours=10))]
