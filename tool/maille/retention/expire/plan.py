"""Which segments of a camera may go: past days and segment, and asked for by nobody. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from maille.retention.ends import end_of, past
from maille.retention.promise import DAY

if TYPE_CHECKING:
    from datetime import datetime

    from maille.retention.expire.holds import Holds
    from maille.retention.promise import Area, Rule
    from maille.retention.segments.model import Day, Segment


@dataclass(frozen=True, slots=True)
class Due:
    """A segment that may go, with what the journal tells of it."""

    camera: str
    segment: Segment
    end: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of the segments of one camera's day."""

    due: tuple[Due, ...]
    held: Counter[str] = field(default_factory=Counter)
    """Segments that are kept back, by the reference of the requisition."""


def decide(camera: str, day: Day, rule: Rule, holds: Holds, now: datetime) -> Decision:
    """Decide on one camera's day."""
    due, held = [], Counter[str]()
    for segment in (*day.segments, *day.unfinished):
        if not past(segment, rule, now):
            continue
        end = max(end_of(segment, rule), segment.start + rule.segment)
        reference = holds.on(camera, segment.start, end)
        if reference is None:
            due.append(Due(camera, segment, end))
        else:
            held[reference] += 1
    return Decision(tuple(due), held)


def rule_for(area: Area, camera: str) -> Rule:
    """Give the rule of a camera's images; of one that is unknown, the commune's."""
    promise = area.promises.get(camera)
    return promise.rule if promise else area.rule


def last_day(rule: Rule, now: datetime) -> date:
    """Give the last day of which any segment can be past; later ones need not be read."""
    return (now - rule.days - rule.segment).date()


def empties(day: Day, decision: Decision, rule: Rule, now: datetime) -> bool:
    """Say whether a day's folder is empty afterwards, and nobody writes there any more."""
    over = date.fromisoformat(day.name) + DAY < (now - rule.days).date()
    return over and not day.foreign and len(decision.due) == len(day.segments) + len(day.unfinished)
