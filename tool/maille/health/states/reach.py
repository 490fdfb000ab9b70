"""What one of the two graphs says of the switches: who passes on, who is down, who is cut off.

docs/decisions/0016-who-is-down.md has the reasons. In short: a switch that is silent *forwards*
if somebody who answers could not be reached without it; it is *down* if it can be reached and
does not forward; it is *lost* if it cannot be reached, by the fault of those down switches and
links at the edge of the lost part of which any one, mended, would bring it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from maille.health.states.dominators import dominators

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from maille.health.states.dominators import Tree
    from maille.health.states.topology import Topology


class Blockers(NamedTuple):
    """What keeps something from being reached: all of it is broken, and any of it is enough."""

    switches: frozenset[int]
    links: frozenset[int] = frozenset()

    def and_(self, other: Blockers) -> Blockers:
        """Put together what blocks two ways."""
        return Blockers(self.switches | other.switches, self.links | other.links)


@dataclass(frozen=True, slots=True)
class Signs:
    """Who gave a sign of life in one graph."""

    answers: Sequence[bool]
    """By the number of the switch."""
    silent: Sequence[bool]
    """Neither of both: nobody looked, and it is taken to pass on."""
    heard: Sequence[int]
    """How many leaves that hang on this switch alone answer."""
    several: Collection[tuple[int, ...]] = ()
    """Of leaves that answer and hang on several switches: those switches."""
    forwarding: frozenset[int] = frozenset()
    """Silent switches known to forward by other means."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the poller gets in one graph."""

    tree: Tree
    passes: Sequence[bool]
    """Reached, and passing on."""
    forwarding: frozenset[int]
    """Of those the silent ones: they lost their management, not their duty."""
    down: Mapping[int, frozenset[int]]
    """Switches that are down; with links where these, all seen down, are the proof."""
    lost: Mapping[int, Blockers]
    """Switches that cannot be reached, by no fault of their own."""

    def way_to(self, homes: Iterable[int]) -> Blockers | None:
        """Give what keeps a leaf from being reached; None if nothing does."""
        found = Blockers(frozenset())
        for switch in homes:
            if self.passes[switch]:
                return None
            found = found.and_(self.blocked(switch))
        return found

    def blocked(self, switch: int) -> Blockers:
        """Give what keeps a way from leading through a switch that does not pass on."""
        return self.lost.get(switch) or Blockers(frozenset((switch,)))


def reach(
    topology: Topology,
    entries: tuple[int, ...],
    signs: Signs,
    down: frozenset[int],
    tree: Tree | None = None,
) -> Reach:
    """Judge the switches; `down` are links that a switch which answers says are down.

    `tree` may be given where it is known: that of these entries and links.
    """
    search = _Search(topology, entries, signs, down, tree or dominators(topology, entries, down))
    search.prove_each()
    search.flood(entries)
    search.prove_together()
    search.start_from_the_stranded()
    return search.judged()


class _Search:
    """One search; it keeps what is reached and known to pass so far."""

    def __init__(
        self,
        topology: Topology,
        entries: tuple[int, ...],
        signs: Signs,
        down: frozenset[int],
        tree: Tree,
    ) -> None:
        self.topology, self.signs, self.down, self.tree = topology, signs, down, tree
        self.entries = frozenset(entries)
        self.forwarding = set(signs.forwarding)
        self.reached = [False] * len(topology.switches)

    def prove_each(self) -> None:
        """Find the silent switches that alone lead to somebody who answers."""
        answers, heard, above = self.signs.answers, self.signs.heard, self.tree.above
        alive = [bool(one or count) for one, count in zip(answers, heard, strict=True)]
        for homes in self.signs.several:
            if (nearest := self.tree.nearest(homes)) >= 0:
                alive[nearest] = True
        for switch in reversed(self.tree.order):
            if alive[switch]:
                if above[switch] >= 0:
                    alive[above[switch]] = True
                if self.signs.silent[switch]:
                    self.forwarding.add(switch)

    def flood(self, starts: Iterable[int]) -> None:
        """Reach all that can be reached from some switches, through those that pass on."""
        silent, forwarding, reached = self.signs.silent, self.forwarding, self.reached
        around, down = self.topology.around, self.down
        waiting = [
            each
            for each in starts
            if not reached[each] and (not silent[each] or each in forwarding)
        ]
        for each in waiting:
            reached[each] = True
        while waiting:
            for neighbour, link in around[waiting.pop()]:
                if (
                    not reached[neighbour]
                    and link not in down
                    and (not silent[neighbour] or neighbour in forwarding)
                ):
                    reached[neighbour] = True
                    waiting.append(neighbour)

    def prove_together(self) -> None:
        """Let those forward of which one must, where none does so for certain.

        Somebody answers behind several silent switches, any of which may be the one that leads
        there. All of their links are up as far as anybody says, so none is taken for dead.
        """
        while stranded := self._stranded():
            gates = {
                switch
                for part in self._parts(dict.fromkeys(self._unreached()))
                if not stranded.isdisjoint(part)
                for switch in part
                if self._at_edge(switch)
            }
            if not gates:
                return
            self.forwarding |= gates
            self.flood(gates)

    def start_from_the_stranded(self) -> None:
        """Reach on from those that answer although all their ways are said to be down."""
        signs = self.signs
        alive = [
            switch
            for switch in self._unreached()
            if signs.answers[switch] or signs.heard[switch] or switch in self.forwarding
        ]
        self.forwarding.update(switch for switch in alive if signs.silent[switch])
        self.flood(alive)

    def judged(self) -> Reach:
        """Divide what is not reached into what is down and what is lost by it."""
        down = {switch: frozenset[int]() for switch in self._unreached() if self._at_edge(switch)}
        down |= self._dropped_by_several(down)
        lost: dict[int, Blockers] = {}
        unreached = [switch for switch in self._unreached() if switch not in down]
        for part in self._parts(dict.fromkeys(unreached)):
            blockers, met = self._edge_of(part, down)
            if not blockers.switches and len(met) == 1 and self.signs.silent[min(met)]:
                (switch,) = met
                down[switch] = blockers.links
                part.discard(switch)
                blockers = Blockers(frozenset((switch,)))
            lost.update(dict.fromkeys(part, blockers))
        return Reach(
            self.tree,
            self.reached,
            frozenset(switch for switch in self.forwarding if self.reached[switch]),
            down,
            lost,
        )

    def _dropped_by_several(self, down: Mapping[int, frozenset[int]]) -> dict[int, frozenset[int]]:
        """Find what is cut off by two links or more of its own: rather it died than they all."""
        found = {}
        for switch in self._unreached():
            if switch not in down and self.signs.silent[switch]:
                links = self.down.intersection(link for _, link in self.topology.around[switch])
                if len(links) > 1:
                    found[switch] = links
        return found

    def _unreached(self) -> Iterator[int]:
        return (switch for switch, here in enumerate(self.reached) if not here)

    def _at_edge(self, switch: int) -> bool:
        """Say whether a switch that is not reached itself is the next one on a way."""
        return switch in self.entries or any(
            self.reached[neighbour] and link not in self.down
            for neighbour, link in self.topology.around[switch]
        )

    def _stranded(self) -> set[int]:
        """Give the switches out of reach at which somebody answers."""
        answers, heard, reached = self.signs.answers, self.signs.heard, self.reached
        found = {switch for switch in self._unreached() if answers[switch] or heard[switch]}
        for homes in self.signs.several:
            if not any(reached[switch] for switch in homes):
                found.update(homes)
        return found

    def _parts(self, switches: dict[int, None]) -> Iterator[set[int]]:
        """Take switches apart into those that hang together."""
        around, down = self.topology.around, self.down
        left = set(switches)
        for switch in switches:
            if switch not in left:
                continue
            left.discard(switch)
            part, waiting = {switch}, [switch]
            while waiting:
                for neighbour, link in around[waiting.pop()]:
                    if neighbour in left and link not in down:
                        left.discard(neighbour)
                        part.add(neighbour)
                        waiting.append(neighbour)
            yield part

    def _edge_of(
        self, part: set[int], down: Mapping[int, frozenset[int]]
    ) -> tuple[Blockers, set[int]]:
        """Give what blocks the ways into a part, and its switches at which links are down."""
        switches, links, met = set(), set(), set()
        for switch in part:
            for neighbour, link in self.topology.around[switch]:
                if link in self.down:
                    links.add(link)
                    met.add(switch)
                elif neighbour in down:
                    switches.add(neighbour)
        return Blockers(frozenset(switches), frozenset(links)), met
