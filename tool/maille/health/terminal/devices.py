"""All devices, or those that a filter lets through."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maille.health.model import STATES
from maille.health.shown.why import why
from maille.health.terminal.table import Row, Table

if TYPE_CHECKING:
    from maille.health.incidents.model import Standing
    from maille.health.model import Kind, State
    from maille.health.targets.model import Target
    from maille.health.terminal.moment import Moment

KINDS: tuple[Kind, ...] = ("switch", "camera", "recorder", "ceph", "host", "ups")
_WELL = ("up", "maintenance")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which devices are listed: those that pass all of it."""

    states: frozenset[State] = frozenset(STATES)
    kind: Kind | None = None
    text: str = ""
    """Found in the id, the place, or why it is in its state; case does not count."""
    among: frozenset[str] | None = None
    """Only these."""
    named: str = ""
    """What these are."""

    def next_states(self) -> Filter:
        """Let through all states, then those that want a hand, then one after another."""
        unwell = frozenset(state for state in STATES if state not in _WELL)
        steps = (frozenset(STATES), unwell, *(frozenset((state,)) for state in STATES))
        return replace(self, states=steps[(steps.index(self.states) + 1) % len(steps)])

    def next_kind(self) -> Filter:
        """Let through all kinds, then one after another."""
        steps = (None, *KINDS)
        return replace(self, kind=steps[(steps.index(self.kind) + 1) % len(steps)])

    def __str__(self) -> str:
        """Say what passes."""
        states = [state for state in STATES if state in self.states]
        parts = [
            "" if len(states) == len(STATES) else f"state {', '.join(states)}",
            f"kind {self.kind}" if self.kind else "",
            f"text “{self.text}”" if self.text else "",
            self.named,
        ]
        return "; ".join(part for part in parts if part) or "all devices"


def devices(moment: Moment, wanted: Filter) -> Table:
    """List devices, the most urgent first."""
    standings = moment.scene.standings
    behind = Counter(
        device
        for standing in standings.values()
        if standing.told.state == "unreachable" and standing.told.cause
        for device in standing.told.cause.devices
    )
    rows = [
        _row(moment, target, standings.get(target.id), behind[target.id])
        for target in moment.watched.targets
        if wanted.among is None or target.id in wanted.among
        if wanted.kind in {None, target.kind}
    ]
    text = wanted.text.casefold()
    found = [
        row
        for row in rows
        if row.tone in wanted.states and (text in " ".join(row.cells[1:]).casefold())
    ]
    ranks = moment.watched.ranks
    found.sort(key=lambda row: (STATES.index(row.tone), ranks[row.key], row.key))
    return Table(("state", "device", "kind", "since", "why", "place"), tuple(found))


def _row(moment: Moment, target: Target, standing: Standing | None, behind: int) -> Row:
    if standing is None:
        cells = ("unknown", target.id, target.kind, "", "not looked at yet", target.place)
        return Row(target.id, cells, "unknown")
    told = standing.told
    reasons = [_unsure(moment, standing), why(told, behind)]
    cells = (
        moment.word(told.state),
        target.id,
        target.kind,
        moment.clock(standing.since),
        "; ".join(reason for reason in reasons if reason),
        target.place,
    )
    return Row(target.id, cells, told.state)


def _unsure(moment: Moment, standing: Standing) -> str:
    """Say what is seen and not believed yet."""
    if standing.flapping:
        return f"flapping, {standing.seen} in the last {standing.polls} polls"
    if standing.seen == standing.told.state:
        return ""
    wanted = moment.watched.blueprint.estate.settings.health.confirm_polls
    return f"seen {standing.seen} in {standing.polls} of {wanted} polls"
