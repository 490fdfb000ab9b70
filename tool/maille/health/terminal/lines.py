"""What changes, one line each: for logs, and wherever there is no terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from maille.health.shown.why import why
from maille.health.terminal.moment import summary
from maille.health.terminal.overview import cause
from maille.health.watching.model import Failed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from maille.health.incidents.model import Change, Incident
    from maille.health.model import State
    from maille.health.watching.model import Scene


class Teller:
    """Tells each thing once: when it changes, and not while it stays."""

    def __init__(self) -> None:
        """Begin without having told anything."""
        self._last: Scene | None = None
        self._failing = False

    def lines(self, seen: Scene | Failed) -> Iterator[str]:
        """Give what is new, times in UTC.

        Of the first round, that devices are up is told by their number alone.
        """
        if isinstance(seen, Failed):
            yield from self._failed(seen)
            return
        if self._failing:
            yield _line(seen.at, "rounds go well again")
        self._failing = False
        if self._last is None:
            yield _line(seen.at, f"first round: {summary(_counted(seen)) or 'nothing to look at'}")
        for change in seen.known.changes:
            if self._last or change.after != "up":
                yield _line(change.at, _changed(seen, change))
        yield from self._incidents(seen)
        self._last = seen

    def _failed(self, failed: Failed) -> Iterator[str]:
        if not self._failing:
            since = f"{_stamp(self._last.at)}" if self._last else "the beginning"
            yield _line(failed.at, f"stale since {since}: the round failed: {failed.why}")
        self._failing = True

    def _incidents(self, scene: Scene) -> Iterator[str]:
        known = {one.id for one in self._last.incidents} if self._last else set()
        for one in scene.known.incidents:
            if one.closed:
                yield _line(one.closed, f"incident {one.id} closed")
            elif one.id not in known:
                yield _line(scene.at, _opened(one))


def _counted(scene: Scene) -> Counter[State]:
    return Counter(standing.told.state for standing in scene.standings.values())


def _opened(incident: Incident) -> str:
    behind = f", {len(incident.children)} unreachable behind it" if incident.children else ""
    kind = f"{incident.kind}, severity {incident.severity}"
    return f"incident {incident.id} opened: {kind}: {cause(incident)}{behind}"


def _changed(scene: Scene, change: Change) -> str:
    reason = why(scene.standings[change.target].told)
    flapping = ", flapping" if change.flapping else ""
    told = f"{change.target} {change.after}{flapping} (was {change.before})"
    return f"{told}: {reason}" if reason else told


def _line(at: datetime, text: str) -> str:
    return f"{_stamp(at)} {text}"


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
