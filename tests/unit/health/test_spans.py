"""Spans are sets of minutes, whatever their order and overlap."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from maille.health.uptime.spans import Spans, common, joined, length, without

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))).map(
    lambda pairs: joined((NOON + a * MINUTE, NOON + b * MINUTE) for a, b in pairs)
)


def minutes(spans: Spans) -> set[int]:
    return {
        number
        for begin, end in spans
        for number in range((begin - NOON) // MINUTE, (end - NOON) // MINUTE)
    }


@given(SPANS, SPANS)
def test_spans_are_sets_of_minutes(ones: Spans, others: Spans) -> None:
    assert minutes(common(ones, others)) == minutes(ones) & minutes(others)
    assert minutes(without(ones, others)) == minutes(ones) - minutes(others)
    assert minutes(joined((*ones, *others))) == minutes(ones) | minutes(others)
    assert length(ones) == len(minutes(ones)) * MINUTE


@given(SPANS, SPANS)
def test_results_are_in_order_and_none_touches_the_next(ones: Spans, others: Spans) -> None:
    for spans in (joined((*ones, *others)), common(ones, others), without(ones, others)):
        assert all(begin < end for begin, end in spans)
        assert all(one[1] < next_[0] for one, next_ in itertools.pairwise(spans))
