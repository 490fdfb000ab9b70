"""Spans of time: half open, in order, and none touching the next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

Span: TypeAlias = "tuple[datetime, datetime]"
Spans: TypeAlias = "tuple[Span, ...]"


def joined(spans: Iterable[Span]) -> Spans:
    """Give the same time in order, with what overlaps or touches made one; empty ones go."""
    found: list[Span] = []
    for begin, end in sorted(span for span in spans if span[0] < span[1]):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return tuple(found)


def common(ones: Spans, others: Spans) -> Spans:
    """Give the time that is in both."""
    found = []
    left, right = 0, 0
    while left < len(ones) and right < len(others):
        begin = max(ones[left][0], others[right][0])
        end = min(ones[left][1], others[right][1])
        if begin < end:
            found.append((begin, end))
        if ones[left][1] < others[right][1]:
            left += 1
        else:
            right += 1
    return tuple(found)


def without(ones: Spans, others: Spans) -> Spans:
    """Give the time of the first that is not in the second."""
    found = []
    rest = iter(others)
    hole = next(rest, None)
    for begin, end in ones:
        at = begin
        while hole and hole[0] < end:
            if hole[1] > at:
                if at < hole[0]:
                    found.append((at, hole[0]))
                at = hole[1]
            if hole[1] > end:
                break
            hole = next(rest, None)
        if at < end:
            found.append((at, end))
    return tuple(found)


def length(spans: Spans) -> timedelta:
    """Give how long they are together."""
    return sum((end - begin for begin, end in spans), timedelta())
