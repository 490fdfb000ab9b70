"""What may go of a subvolume, read day by day: the dry run, and the first half of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.retention.expire.plan import decide, empties, last_day, rule_for
from maille.retention.expire.sums import Sum
from maille.retention.segments.scan import days_of, listing_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from maille.retention.expire.holds import Holds
    from maille.retention.expire.plan import Due
    from maille.retention.promise import Area, Rule
    from maille.retention.segments.tree import Tree


@dataclass(frozen=True, slots=True)
class DueDay:
    """What may go of one camera's day."""

    path: str
    rule: Rule
    due: tuple[Due, ...]
    empties: bool
    """Whether its folder may go after them."""


@dataclass(frozen=True, slots=True)
class Planner:
    """Who decides, by which time and under which holds."""

    tree: Tree
    holds: Holds
    now: datetime

    def days(self, area: Area, folder: str, counted: Sum) -> Iterator[DueDay]:
        """Give day by day what may go of a subvolume, and count what may not."""
        for camera in listing_of(self.tree, folder).cameras:
            rule = rule_for(area, camera)
            path = f"{folder}/{camera}"
            for day in days_of(self.tree, path, until=last_day(rule, self.now)):
                decision = decide(camera, day, rule, self.holds, self.now)
                counted.held.update(decision.held)
                gone = empties(day, decision, rule, self.now)
                if decision.due or gone:
                    yield DueDay(day.path, rule, decision.due, gone)

    def sum(self, area: Area, folder: str) -> Sum:
        """Add up what may go of a subvolume, and take nothing away."""
        counted = Sum(area)
        for day in self.days(area, folder, counted):
            counted.take(day.due)
        return counted

    def held_since(self, one: Due) -> str | None:
        """Give the reference of a requisition that has come since a segment was decided on."""
        return self.holds.on(one.camera, one.segment.start, one.end)
