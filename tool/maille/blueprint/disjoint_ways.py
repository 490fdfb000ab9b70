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

    from maille.blueprint.model import Blueprint, Link, Pair, Ring, Switch

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
            to_primary = self._of_way(ring.links[:number], stations[:number])
            to_secondary = self._of_way(ring.links[number:], stations[number + 1 :])
            own = self._of_switch(self.blueprint.switches[member])
            for risk in (to_primary & to_secondary) - own - self.inherent:
                shared.setdefault(risk, []).append(member)
        for (kind, ident), members in sorted(shared.items()):
            yield SharedFate(ring.id, kind, ident, tuple(members))

    def _of_way(self, links: Iterable[str], switches: Iterable[str]) -> set[_Risk]:
        return {risk for link in links for risk in self._of_link(self.blueprint.links[link])} | {
            risk for switch in switches for risk in self._of_switch(self.blueprint.switches[switch])
        }

    def _of_link(self, link: Link) -> set[_Risk]:
        """Give the cables and ducts that all strands of a link run through."""
        return set.intersection(*(self._of_strand(strand.cables) for strand in link.strands))

    def _of_strand(self, cables: Iterable[str]) -> set[_Risk]:
        risks: set[_Risk] = {("cable", cable) for cable in cables}
        ducts = {self.cables[cable].duct for cable in cables}
        return risks | {("duct", duct) for duct in ducts if duct}

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
