"""Both graphs put together: what is true of the switches, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maille.health.model import Cause
from maille.health.states.reach import reach
from maille.health.states.suspects import Failures, suspects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.health.model import Graph
    from maille.health.states.dominators import Tree
    from maille.health.states.reach import Blockers, Reach, Signs
    from maille.health.states.suspects import Suspects
    from maille.health.states.topology import Topology


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking in one graph."""

    signs: Signs
    answered: int
    """How many of those that are asked in this graph answered."""
    mute_on: frozenset[int]
    """If nobody did: the switches on which those leaves of this graph hang that are silent."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """All that a device's state needs to be known besides its own condition."""

    topology: Topology
    cut: frozenset[int]
    """Links that are down: one end that answers says so."""
    reach: Mapping[Graph, Reach]
    blind: frozenset[Graph]
    naming: Naming
    ways: Mapping[Graph, Mapping[int, Cause]]
    """For every switch through which no way leads in a graph, the reason."""

    def way(self, graph: Graph, homes: tuple[int, ...]) -> Cause | None:
        """Give what keeps something on these switches from being reached; None if nothing does."""
        if len(homes) == 1:
            return self.ways[graph].get(homes[0])
        blockers = self.reach[graph].way_to(homes)
        return self.naming.cause(blockers) if blockers else None

    def harmless(self) -> list[int]:
        """Give the links that are down although both of their ends are in use."""
        passes, spans = self.reach["video"].passes, self.topology.spans
        return sorted(link for link in self.cut if passes[spans[link].a] and passes[spans[link].b])


class Naming:
    """Causes by the ids of their parts; things that are lost together share one value."""

    def __init__(self, topology: Topology, suspected: Suspects) -> None:
        """Begin without any cause."""
        self.suspected = suspected
        self._topology = topology
        self._causes: dict[Blockers, Cause] = {}

    def cause(self, blockers: Blockers) -> Cause:
        """Name what blocks a way."""
        known = self._causes.get(blockers)
        if known is None:
            switches, spans = self._topology.switches, self._topology.spans
            known = self._causes[blockers] = Cause(
                tuple(sorted(switches[switch] for switch in blockers.switches)),
                tuple(sorted(spans[link].id for link in blockers.links)),
                self.suspected.of(blockers.switches, blockers.links),
            )
        return known

    def ways(self, found: Reach) -> dict[int, Cause]:
        """Name the cause of every switch that passes nothing on."""
        return {
            **{switch: self.cause(found.blocked(switch)) for switch in found.down},
            **{switch: self.cause(blockers) for switch, blockers in found.lost.items()},
        }


def skeleton(
    topology: Topology,
    asked: Mapping[Graph, Asked],
    cut: frozenset[int],
    trees: Mapping[Graph, Tree],
) -> Skeleton:
    """Judge the management graph, and with what it proves the video graph.

    `trees` are the dominators of both graphs without the links that are cut.
    """
    management, video = asked["management"], asked["video"]
    blind: set[Graph] = set()
    if _without_first_hop(topology, "management", management):
        blind.add("management")
        nobody = [False] * len(topology.switches)
        management = replace(
            management, signs=replace(management.signs, answers=nobody, silent=nobody)
        )
    managed = _reach(topology, "management", management.signs, cut, trees)
    signs = replace(
        video.signs,
        answers=management.signs.answers,
        silent=management.signs.silent,
        forwarding=managed.forwarding,
    )
    seen = _reach(topology, "video", signs, cut, trees)
    if _all_mute(management, managed):
        blind.add("management")
    if _without_first_hop(topology, "video", video) or _all_mute(video, seen):
        blind.add("video")
    failures = _failures(topology, cut, seen)
    naming = Naming(
        topology, suspects(topology, failures, lambda switch: not seen.passes[switch], cut)
    )
    return Skeleton(
        topology,
        cut,
        {"management": managed, "video": seen},
        frozenset(blind),
        naming,
        {"management": naming.ways(managed), "video": naming.ways(seen)},
    )


def _reach(
    topology: Topology,
    graph: Graph,
    signs: Signs,
    cut: frozenset[int],
    trees: Mapping[Graph, Tree],
) -> Reach:
    return reach(topology, topology.entries[graph], signs, cut, trees[graph])


def _without_first_hop(topology: Topology, graph: Graph, asked: Asked) -> bool:
    """Say whether nobody answers in a graph, and its first hops do not either."""
    signs, hops = asked.signs, topology.first_hops[graph]
    return (
        not asked.answered
        and any(signs.silent[hop] for hop in hops)
        and not any(signs.answers[hop] for hop in hops)
    )


def _all_mute(asked: Asked, found: Reach) -> bool:
    """Say whether nobody answers although several running switches lead to somebody.

    What they have in common is the poller's leg, not a fault of each.
    """
    if asked.answered:
        return False
    return sum(found.passes[switch] for switch in asked.mute_on) > 1


def _failures(topology: Topology, cut: frozenset[int], seen: Reach) -> Failures:
    of_switches = {link for switch in seen.down for _, link in topology.around[switch]}
    return Failures(seen.down, cut - of_switches)
