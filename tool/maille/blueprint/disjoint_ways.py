"""Disjoint ways: whether two ways are really two, by the plan alone.

A ring member has one way to either gateway of its pair, and a pair has the routed ways of its
two switches to the centre. Two ways that run through one trench are one way to a digger.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from maille.blueprint.arcs import arcs_of, extent, lost_by
from maille.blueprint.routing import routed_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.blueprint.model import Blueprint, Pair, Ring, Switch

RiskKind = Literal["link", "switch", "cable", "duct", "site", "supply"]
_Risk = tuple[RiskKind, str]


@dataclass(frozen=True, slots=True)
class SharedFate:
    """Something whose loss takes both ways at once."""

    subject: str
    """A ring, or a pair."""
    kind: RiskKind
    id: str
    switches: tuple[str, ...]
    """The ring's members, or the pair's two, whose ways share it."""


def disjoint_ways(blueprint: Blueprint) -> tuple[SharedFate, ...]:
    """Tell what two ways share that ought to share nothing.

    A ring member has one way to either gateway of its pair. They are to share no cable, duct,
    site or supply. Its own site and supply do not count, and neither do those without which
    there is no recorder to reach. A pair has two ways to the centre if no single failure
    leaves both of its switches without one.
    """
    risks, ways = _Risks(blueprint), _WaysToCentre(blueprint)
    return (
        *(fate for ring in blueprint.rings.values() for fate in risks.of_ring(ring)),
        *(fate for pair in blueprint.pairs.values() for fate in ways.of_pair(pair)),
    )


class _Risks:
    """What links and switches depend on, by the plan."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.cables = blueprint.estate.network.cables
        self.inherent = self._of_recorders()

    def of_ring(self, ring: Ring) -> Iterator[SharedFate]:
        """Compare the two ways of every member."""
        pair = self.blueprint.pairs[ring.pair]
        stations = (pair.primary, *ring.members, pair.secondary)
        shared: dict[_Risk, list[str]] = {}
        for number, member in enumerate(ring.members, start=1):
            to_primary = self._of_switches(stations[:number])
            to_secondary = self._of_switches(stations[number + 1 :])
            own = self._of_switch(self.blueprint.switches[member])
            common = to_primary & to_secondary
            common |= self._dug_up(ring.links[:number], ring.links[number:])
            for risk in common - own - self.inherent:
                shared.setdefault(risk, []).append(member)
        for (kind, ident), members in sorted(shared.items()):
            yield SharedFate(ring.id, kind, ident, tuple(members))

    def _of_switches(self, switches: Iterable[str]) -> set[_Risk]:
        return {
            risk for switch in switches for risk in self._of_switch(self.blueprint.switches[switch])
        }

    def _dug_up(self, one: Iterable[str], other: Iterable[str]) -> set[_Risk]:
        """Give the cables and ducts by which one cut takes both ways.

        Where a cabinet sits in the middle of a cable, both of its ways run through it, each on
        its own side: a cut meets one of them. That is the same passage, and no shared risk.
        """
        risks: set[_Risk] = set()
        theirs = self._passages(other)
        for mine in self._passages(one):
            for passage in theirs - {mine}:
                if mine[0] == passage[0]:
                    risks.add(("cable", mine[0]))
                duct = self.cables[mine[0]].duct
                if duct and duct == self.cables[passage[0]].duct:
                    risks.add(("duct", duct))
        return risks

    def _passages(self, links: Iterable[str]) -> set[tuple[str, int | str]]:
        """Give the cables that all strands of a link run through.

        Each with the ring's passage through it; without one, with the link.
        """
        found: set[tuple[str, int | str]] = set()
        for link in links:
            strands = self.blueprint.links[link].strands
            common = set.intersection(*(set(strand.cables) for strand in strands))
            if strands[0].passages:
                found.update(strands[0].passages)
            else:
                found.update((cable, link) for cable in common)
        return found

    def _of_switch(self, switch: Switch) -> set[_Risk]:
        risks: set[_Risk] = {("site", switch.site)}
        if len(switch.supplies) == 1:
            risks.add(("supply", switch.supplies[0]))
        return risks

    def _of_recorders(self) -> set[_Risk]:
        """Give what all hosts of all recorders depend on."""
        blueprint = self.blueprint
        switches = {
            switch
            for host in blueprint.hosts.values()
            if host.role == "recorder"
            for switch, _ in host.ports
        }
        risks = [self._of_switch(blueprint.switches[switch]) for switch in switches]
        return set.intersection(*risks) if risks else set()


class _WaysToCentre:
    """The routed ways between pairs and the core pair, without what each failure takes."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.links = blueprint.links
        arcs = arcs_of(blueprint.links.values())
        self.graph = routed_graph(arcs, "VIDEO")
        losses = [(failure, lost_by(arcs, failure)) for failure in blueprint.failures]
        self.losses = [
            (failure, lost)
            for failure, lost in losses
            if self.graph.links & lost.links or lost.switches & self.graph.out.keys()
        ]
        core = blueprint.pairs[blueprint.estate.centre.pair]
        self.cores = {core.primary, core.secondary}

    def of_pair(self, pair: Pair) -> Iterator[SharedFate]:
        """Give the failures that leave a pair without a way, unless a part of one does too."""
        members = (pair.primary, pair.secondary)
        fatal = []
        for failure, lost in self.losses:
            goals = self.cores - lost.switches
            starts = set(members) - lost.switches
            if goals and goals.isdisjoint(self._reached(starts, lost.links)):
                fatal.append(failure)
        extents = [extent(self.links, failure) for failure in fatal]
        for failure, whole in zip(fatal, extents, strict=True):
            if not any(part < whole for part in extents):
                yield SharedFate(pair.id, failure.kind, failure.id, members)

    def _reached(self, starts: set[str], down: frozenset[int]) -> set[str]:
        reached, waiting = set(starts), list(starts)
        while waiting:
            for arc in self.graph.out.get(waiting.pop(), ()):
                router = self.graph.arcs.head[arc]
                if arc >> 1 not in down and router not in reached:
                    reached.add(router)
                    waiting.append(router)
        return reached
