"""Chartres with something broken, and what is then seen of it from the centre."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from maille.health.model import Condition, Evidence, LinkCondition
from maille.health.states.tracker import derive

if TYPE_CHECKING:
    from maille.health.model import Life, Picture
    from maille.health.states.topology import Topology

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class Day:
    """Chartres with something broken, and what is then seen of it from the centre."""

    whole: Topology
    dead: set[str] = field(default_factory=set)
    """Switches without current."""
    cut: set[str] = field(default_factory=set)
    mute: set[str] = field(default_factory=set)
    """Agents, cameras and hosts that do not answer, though all around them works."""
    unseen: set[str] = field(default_factory=set)

    def picture(self) -> Picture:
        """Look at all of it."""
        there = self._there()
        conditions = [
            self._condition(switch, switch in there - self.mute) for switch in self.whole.switches
        ]
        for ident, leaf in self.whole.leaves.items():
            homes = {self.whole.switches[home] for home in leaf.homes}
            conditions.append(
                self._condition(ident, bool(homes & there) and ident not in self.mute)
            )
        return derive(self.whole, conditions, self.links())

    def _there(self) -> set[str]:
        whole, found, waiting = self.whole, set(), list(self.whole.first_hops["management"])
        while waiting:
            switch = waiting.pop()
            if switch not in found and whole.switches[switch] not in self.dead:
                found.add(switch)
                waiting += [
                    neighbour
                    for neighbour, link in whole.around[switch]
                    if whole.spans[link].id not in self.cut
                ]
        return {whole.switches[switch] for switch in found}

    def _condition(self, ident: str, answers: bool) -> Condition:  # noqa: FBT001  # of a table
        life: Life = "answers" if answers else "silent"
        return Condition(ident, "unseen" if ident in self.unseen else life)

    def links(self) -> list[LinkCondition]:
        """Give what the ends of all links say."""
        there = self._there()
        found = []
        for span in self.whole.spans:
            ends = {self.whole.switches[span.a], self.whole.switches[span.b]}
            up = span.id not in self.cut and not ends & self.dead
            speakers = sorted((ends & there) - self.mute)
            said = tuple(Evidence(AT, end, f"ifOperStatus.{span.id}", "down") for end in speakers)
            found.append(LinkCondition(span.id, up if speakers else None, () if up else said))
        return found


def cameras_on(whole: Topology, *switches: str) -> list[str]:
    """Give what hangs on some switches, sorted."""
    return sorted(leaf for switch in switches for leaf in whole.on[whole.number[switch]])
