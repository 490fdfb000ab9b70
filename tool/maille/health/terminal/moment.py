"""What is known at a moment, and whether it still is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.health.model import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from maille.health.model import State
    from maille.health.watching.model import Failed, Scene, Watched


@dataclass(frozen=True, slots=True)
class Moment:
    """A scene, and a later time at which somebody reads it."""

    watched: Watched
    scene: Scene
    now: datetime
    stale: datetime | None = None
    """Since when nothing is known."""

    def word(self, state: State) -> str:
        """Name a state; what no longer holds is told as past."""
        return f"was {state}" if self.stale else state

    def clock(self, at: datetime) -> str:
        """Give a time by the centre's clock, with the day where it is not today's."""
        local, today = at.astimezone(self.watched.zone), self.now.astimezone(self.watched.zone)
        if local.date() == today.date():
            return f"{local:%H:%M:%S}"
        return f"{local:%Y-%m-%d %H:%M:%S}"

    def since(self, at: datetime) -> str:
        """Give a time, and how long ago it was."""
        return f"{self.clock(at)} ({span(self.now - at)})"

    def state_of(self, target: str) -> State:
        """Give the state that is told of a device; unknown where it was not looked at yet."""
        standing = self.scene.standings.get(target)
        return standing.told.state if standing else "unknown"

    def counted(self, targets: Iterable[str]) -> Counter[State]:
        """Count some devices by the states that are told of them."""
        return Counter(self.state_of(target) for target in targets)


def span(duration: timedelta) -> str:
    """Give a duration by its largest unit that fills up."""
    seconds = max(int(duration.total_seconds()), 0)
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"


def worst(counted: Counter[State]) -> State:
    """Give the first state, in the order of urgency, that anything is in."""
    return next((state for state in STATES if counted[state]), "up")


def summary(counted: Counter[State]) -> str:
    """Write counts: `1 down, 4 unreachable, 31 up`."""
    return ", ".join(f"{counted[state]} {state}" for state in STATES if counted[state])


def banner(watched: Watched, moment: Moment | None, failed: Failed | None) -> tuple[str, str]:
    """Give the lines above every view: of when what is seen is, and what it comes to.

    Args:
        watched: the estate.
        moment: what is known; None before the first round has ended.
        failed: the last round, if it failed.
    """
    title = watched.blueprint.estate.settings.title
    where = f"; addresses of {watched.where}" if watched.where else ""
    reason = f": the last round failed: {failed.why}" if failed else ""
    if moment is None:
        begun = f"NOTHING IS KNOWN YET{reason}" if failed else "the first round is under way"
        return title, begun + where
    counts = f"{summary(moment.counted(watched.by_id))}{where}"
    if moment.stale:
        reason = reason or ": no round has ended since"
        return f"STALE SINCE {moment.since(moment.stale)}{reason}", f"as it was then: {counts}"
    scene = moment.scene
    when = f"{moment.clock(scene.at)}, round {scene.number}"
    return f"{title}, {when}", f"{len(watched.targets)} devices: {counts}"
