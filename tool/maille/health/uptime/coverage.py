"""When somebody looked, and when nobody did."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from maille.health.uptime.spans import joined, without

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maille.health.history.model import PolledInterval
    from maille.health.uptime.spans import Span, Spans

LISTED = timedelta(minutes=5)
"""A shorter time in which nobody looked is counted, but not told: a round has its length."""


def not_polled(polled: Mapping[str, Sequence[PolledInterval]], window: Span) -> Spans:
    """Give when nobody looked at any of some targets."""
    looked = joined((span.began, span.ended) for spans in polled.values() for span in spans)
    gaps = without((window,), looked)
    return tuple(gap for gap in gaps if gap[1] - gap[0] >= LISTED)


def is_seen(polled: Sequence[PolledInterval], at_end_of: Span) -> bool:
    """Say whether a target was still polled at the end of a window."""
    return any(at_end_of[1] - span.ended < LISTED for span in polled)
