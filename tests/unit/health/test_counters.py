"""What counters tell between two readings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.health.sweep.counters import Epoch, per_second, same_epoch

WIDTHS = st.sampled_from((32, 64))
YEAR_S = 365 * 86_400


@given(WIDTHS, st.data())
def test_a_rate_is_what_was_counted_wherever_the_counter_wraps(
    bits: int, data: st.DataObject
) -> None:
    before = data.draw(st.integers(0, 2**bits - 1))
    counted = data.draw(st.integers(0, 2**bits - 1))
    elapsed_s = data.draw(st.floats(0.1, YEAR_S))
    after = (before + counted) % 2**bits
    assert per_second(before, after, elapsed_s, bits) == pytest.approx(counted / elapsed_s)


@given(st.integers(1, 2**64 - 1), st.floats(0.1, 3600), st.floats(1, 1e10))
def test_a_counter_set_back_in_silence_gives_no_rate_beyond_the_ports_speed(
    before: int, elapsed_s: float, most_per_s: float
) -> None:
    rate = per_second(before, 0, elapsed_s, 64, most_per_s)
    assert rate is None or rate <= most_per_s


@given(WIDTHS, st.floats(max_value=0, allow_nan=False))
def test_no_time_gives_no_rate(bits: int, elapsed_s: float) -> None:
    assert per_second(1, 2, elapsed_s, bits) is None


@given(st.integers(0, 2**32 - 1), st.floats(0, 86_400))
def test_an_uptime_that_wraps_is_no_restart(uptime: int, elapsed_s: float) -> None:
    after = (uptime + round(elapsed_s * 100)) % 2**32
    assert same_epoch(Epoch(7, uptime), Epoch(7, after), elapsed_s)


@given(st.integers(8_000, 2**31), st.integers(0, 1000))
def test_an_uptime_that_goes_back_is_a_restart(before: int, after: int) -> None:
    assert not same_epoch(Epoch(None, before), Epoch(None, after), 60.0)


def test_another_boot_is_a_restart_whatever_the_uptime_says() -> None:
    assert not same_epoch(Epoch(7, 100), Epoch(8, 6100), 60.0)


def test_who_tells_nothing_of_itself_is_taken_at_its_counters() -> None:
    assert same_epoch(Epoch(), Epoch(), 60.0)
