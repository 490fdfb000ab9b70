"""The judge of a camera, against a model that counts minutes one by one; and case by case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.recordings import MINUTE, NOW, RULE, promise

from maille.retention.promise import ALWAYS, Promise
from maille.retention.segments.model import Foreign, Named, Segment
from maille.retention.verify.judge import Seen, judge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.retention.verify.judge import Verdict

SHORT = replace(RULE, days=120 * MINUTE, maximum=150 * MINUTE, period=10 * MINUTE)
"""Two hours are promised: few enough minutes to count them."""

Span = tuple[int, int]
"""First minute and the one after the last, counted back from now: (-30, -20)."""

SPANS = st.tuples(st.integers(-200, 0), st.integers(1, 60)).map(lambda one: (one[0], sum(one)))


def at(minute: int) -> datetime:
    return NOW + minute * MINUTE


def segment(begin: int, end: int, **more: int) -> Segment:
    return Segment(
        f"/{begin}", Named(at(begin)), at(end), more.get("size_bytes", 10), more.get("inode", 1)
    )


def judged(segments: Iterable[Segment | Foreign], promised: Promise | None = None) -> Verdict:
    return judge(promised or promise("c", SHORT), segments, NOW)


def codes(verdict: Verdict) -> list[str]:
    return sorted(finding.code for finding in verdict.findings)


def end_by_model(begin: int, end: int) -> int:
    """Give the minute a segment ends: ten and a half minutes may be written, else ten count."""
    return end if end - begin <= 10 else begin + 10


def missing_by_model(spans: list[Span], windows: list[Span]) -> int:
    """Count promised minutes without an image, in stretches that are not tolerated."""
    covered = {minute for a, b in spans for minute in range(a, end_by_model(a, b)) if a <= 0}
    missing = 0
    for first, last in windows:
        minutes = range(max(first, -120), min(last, 0))
        stretch = 0
        for minute in minutes:
            if minute in covered:
                missing += stretch if stretch >= 1 else 0
                stretch = 0
            else:
                stretch += 1
        ends_now = bool(minutes) and minutes[-1] == -1
        missing += stretch if stretch >= (11 if ends_now else 1) else 0
    return missing


@given(st.lists(SPANS, max_size=12), st.lists(SPANS, max_size=3))
def test_as_much_is_missing_as_a_count_of_minutes_says(
    spans: list[Span], windows: list[Span]
) -> None:
    windows = [(a, b) for a, b in sorted(windows)]
    promised = Promise("c", SHORT, tuple((at(a), at(b)) for a, b in windows))
    found = judged([segment(a, b) for a, b in sorted(spans)], promised)
    assert found.missing == missing_by_model(spans, windows) * MINUTE
    told = {"R101", "R103", "R107", "R108"}.intersection(codes(found))
    assert bool(told) is bool(found.missing)


@given(st.lists(SPANS, max_size=12))
def test_too_old_and_overdue_are_what_their_starts_say(spans: list[Span]) -> None:
    found = judged([segment(a, b) for a, b in sorted(spans)])
    assert ("R102" in codes(found)) is any(a < -150 for a, _ in spans)
    overdue = any(a >= -150 and -a * 60 > (120 + 10.5 + 10) * 60 for a, _ in spans)
    assert ("R114" in codes(found)) is overdue


def whole(**changed: tuple[int, int] | None) -> list[Segment]:
    """Give a camera's recordings without fault, some of them changed or left out."""
    spans = {f"s{-begin}": (begin, begin + 10) for begin in range(-130, 0, 10)}
    kept = {name: changed.get(name, span) for name, span in spans.items()}
    return [segment(*span) for span in kept.values() if span]


def in_order(*segments: Segment) -> list[Segment]:
    return sorted(segments, key=lambda one: one.start)


def test_recordings_without_fault_are_found_to_be_so() -> None:
    found = judged(whole())
    assert found.findings == ()
    assert (found.segments, found.size_bytes) == (13, 130)
    assert (found.oldest, found.newest, found.newest_end) == (at(-130), at(-10), at(0))


@pytest.mark.parametrize(
    ("changed", "code", "told"),
    [
        ({"s130": None, "s120": None}, "R101", "10 min are missing from 2026-11-22 10:00:00Z on"),
        ({"s50": None}, "R103", "2026-11-22 11:10:00Z to 2026-11-22 11:20:00Z"),
        ({"s50": (-50, -41)}, "R103", "1 gap: 2026-11-22 11:19:00Z to 2026-11-22 11:20:00Z"),
        ({"s20": None, "s10": None}, "R107", "has not recorded since 2026-11-22 11:40:00Z"),
    ],
)
def test_what_is_missing_is_told_by_where_it_is(
    changed: dict[str, tuple[int, int] | None], code: str, told: str
) -> None:
    (finding,) = judged(whole(**changed)).findings
    assert (finding.code, finding.subject) == (code, "c")
    assert told in finding.what


def test_a_camera_in_service_that_never_recorded_is_told() -> None:
    (finding,) = judged([]).findings
    assert finding.code == "R108"


def test_before_its_first_day_and_after_its_last_nothing_is_asked_of_a_camera() -> None:
    promised = Promise("c", SHORT, ((at(-60), at(-30)),))
    kept = [one for one in whole() if at(-60) <= one.start < at(-30)]
    assert judged(kept, promised).findings == ()
    assert codes(judged(kept[1:], promised)) == ["R101"]
    assert codes(judged([], Promise("c", SHORT, ()))) == []


def test_the_segment_that_is_being_written_may_be_unseen() -> None:
    assert judged(whole(s10=None)).findings == ()


def test_a_clock_that_is_ahead_hides_no_silence() -> None:
    silent = [one for one in whole() if one.start < at(-40)]
    found = judged([*silent, segment(30, 40)])
    assert codes(found) == ["R104", "R107"]
    assert found.newest == at(-50)


def test_a_segment_written_in_the_future_is_told() -> None:
    touched = replace(segment(-50, -40), mtime=at(90))
    found = judged(in_order(*whole(s50=None), touched))
    assert codes(found) == ["R104"]


def test_a_copied_file_proves_its_planned_length_only() -> None:
    copied = replace(segment(-50, -40), mtime=at(-1))
    found = judged(in_order(*whole(s50=None, s40=None), copied))
    assert codes(found) == ["R103", "R105"]
    assert found.missing == 10 * MINUTE


def test_an_end_in_the_name_counts_and_is_compared() -> None:
    named = replace(segment(-50, -40), named=Named(at(-50), at(-42)))
    found = judged(in_order(*whole(s50=None), named))
    assert codes(found) == ["R103", "R105"]
    assert found.missing == 2 * MINUTE


def test_the_time_inside_is_compared_with_the_name() -> None:
    found = judge(
        promise("c", SHORT),
        whole(),
        NOW,
        container=lambda one: one.start + timedelta(hours=one.start == at(-50)),
    )
    (finding,) = found.findings
    assert finding.code == "R105"
    assert "2026-11-22 11:10:00Z says inside 2026-11-22 12:10:00Z" in finding.what


def test_an_empty_segment_covers_nothing_unless_it_was_just_begun() -> None:
    recordings = whole(s50=None, s10=None)
    recordings.insert(8, segment(-50, -40, size_bytes=0))
    recordings.append(segment(-10, -10, size_bytes=0))
    assert codes(judged(recordings)) == ["R103", "R111"]


def test_segments_put_in_later_are_told() -> None:
    earlier = judged(whole(s50=None))
    seen = earlier.seen(at(-1))
    assert seen == Seen(at(-1), at(-10), 12)
    assert codes(judge(promise("c", SHORT), whole(), NOW, seen=seen)) == ["R113"]
    again = [one for one in whole(s50=None) if one.start > at(-130)]
    assert codes(judge(promise("c", SHORT), again, NOW, seen=seen)) == ["R103"]


def test_foreign_files_are_named_so_that_they_drive_no_terminal() -> None:
    found = judged([Foreign("/c/\x1b[2J\udcff", "its name is that of no segment"), *whole()])
    (finding,) = found.findings
    assert finding.code == "R110"
    assert finding.what.isprintable()
    assert finding.place.file.isprintable()


def test_many_faults_of_one_kind_are_one_finding_with_examples() -> None:
    every_other = whole()[::2]
    (finding,) = judged(every_other).findings
    assert finding.what.count(" to ") == 3
    assert finding.what.endswith("and 3 more")
    assert "6 gaps" in finding.what


def test_memory_does_not_grow_with_the_segments() -> None:
    """Only what is asked for is held: the segments come and go."""
    alive = peak = 0

    class Counted(Segment):
        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def stream() -> Iterable[Segment]:
        nonlocal alive, peak
        for number in range(5000):
            one = Counted("/s", Named(ALWAYS[0] + number * MINUTE), NOW, 1, 1)
            alive += 1
            peak = max(peak, alive)
            yield one

    assert judged(stream()).segments == 5000
    assert peak <= 3
