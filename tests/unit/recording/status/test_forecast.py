"""A share's course: when it fills, whatever was written when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.recording.status.forecast import Course, Written, fills_at

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LONGEST = 15 * DAY
A_DAY = 86_400


def history(days: int, a_day: int) -> tuple[Written, ...]:
    """Give days that were written evenly, up to now."""
    return tuple(Written(NOW - (n + 1) * DAY, NOW - n * DAY, a_day) for n in range(days))


def course(quota: int, held: tuple[Written, ...], rate: float, *, more: int = 0) -> Course:
    used = sum(one.size_bytes for one in held) + more
    return Course(quota, used, rate, held, LONGEST)


@st.composite
def courses(draw: st.DrawFn) -> Course:
    ages = st.integers(0, 18 * 24)
    held = []
    for _ in range(draw(st.integers(0, 6))):
        old, young = sorted((draw(ages), draw(ages)))
        began = NOW - (young + 1) * HOUR
        held.append(Written(began, NOW - old * HOUR, draw(st.integers(0, 10**6))))
    return course(
        draw(st.integers(1, 10**7)), tuple(held), draw(st.integers(0, 20)), more=draw(st.just(0))
    )


@given(courses())
def test_it_is_below_the_quota_until_it_fills_and_at_it_then(one: Course) -> None:
    full = fills_at(one, NOW)
    end = full or NOW + one.longest
    slack = 1e-6 * one.quota_bytes
    hour = NOW
    while hour < end:
        assert one.level(NOW, hour) < one.quota_bytes + slack
        hour += 7 * HOUR
    if full and full > NOW:
        assert one.level(NOW, full) == pytest.approx(
            one.quota_bytes, rel=1e-4, abs=one.rate_bytes_s
        )


@given(courses(), st.integers(1, 10**6))
def test_a_larger_quota_never_fills_earlier(one: Course, more: int) -> None:
    larger = Course(one.quota_bytes + more, one.used_bytes, one.rate_bytes_s, one.held, LONGEST)
    first, second = fills_at(one, NOW), fills_at(larger, NOW)
    assert second is None or (first is not None and first <= second)


@given(courses())
def test_what_is_there_is_gone_once_the_longest_time_is_over(one: Course) -> None:
    young = [part for part in one.held if part.begin >= NOW - one.longest]
    stays = one.used_bytes - sum(part.size_bytes for part in young)
    written = one.rate_bytes_s * one.longest.total_seconds()
    old = sum(part.size_bytes for part in one.held if part.end <= NOW - one.longest)
    level = one.level(NOW, NOW + one.longest)
    assert level <= written + stays + 1e-3
    assert level >= written + old - 1e-3


def test_steady_state_at_four_fifths_is_no_alarm() -> None:
    assert fills_at(course(15 * A_DAY * 5 // 4, history(15, A_DAY), 1.0), NOW) is None


def test_a_rate_that_doubled_fills_though_old_images_go_at_once() -> None:
    # 12 days at the planned rate, 3 at twice as much: 18 of 18.75 days are used
    held = (*history(3, 2 * A_DAY), *history(15, A_DAY)[3:])
    full = fills_at(course(15 * A_DAY * 5 // 4, held, 2.0), NOW)
    assert full == NOW + timedelta(days=0.75)  # 2 a day come, 1 goes


def test_a_young_share_fills_before_anything_of_it_may_go() -> None:
    full = fills_at(course(10 * A_DAY, history(4, A_DAY), 1.0), NOW)
    assert full == NOW + 6 * DAY


def test_what_nobody_erases_stays() -> None:
    foreign = course(5 * A_DAY, history(2, A_DAY), 0.25, more=2 * A_DAY)
    assert fills_at(foreign, NOW) == NOW + 4 * DAY
    overdue = tuple(
        Written(one.begin - 20 * DAY, one.end - 20 * DAY, A_DAY) for one in history(2, 0)
    )
    assert fills_at(course(3 * A_DAY, overdue, 0.5), NOW) == NOW + 2 * DAY


@pytest.mark.parametrize(("quota", "full"), [(0, None), (A_DAY, NOW), (A_DAY // 2, NOW)])
def test_without_a_quota_never_and_at_it_now(quota: int, full: datetime | None) -> None:
    assert fills_at(course(quota, history(1, A_DAY), 0.0), NOW) == full
