"""On what does every way from the poller to a switch depend: the dominator tree of the network.

Links go both ways, so one depth-first search finds it: each block (biconnected component)
hangs on the one switch by which it is entered, and that switch dominates all others of it
(Hopcroft and Tarjan, Algorithm 447, CACM 16/6, 1973).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.health.states.topology import Topology

ROOT = -1
"""The poller itself, above all entries."""
NOWHERE = -2
"""Of a switch to which no way is left."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Every switch under the last one that all ways to it pass through."""

    above: tuple[int, ...]
    """By the switch's number: a switch, ROOT or NOWHERE."""
    order: tuple[int, ...]
    """Switches that a way leads to, each after the one above it."""

    def chain(self, switch: int) -> Iterator[int]:
        """Give the switch itself, then all that dominate it, up to the poller."""
        while switch >= 0:
            yield switch
            switch = self.above[switch]

    def nearest(self, switches: Iterable[int]) -> int:
        """Give the last switch that all ways to any of some switches have in common.

        ROOT where there is none, NOWHERE where no way leads to any of them.
        """
        chains = [tuple(self.chain(each)) for each in switches if self.above[each] != NOWHERE]
        if not chains:
            return NOWHERE
        common = set[int](chains[0]).intersection(*chains[1:])
        return next((each for each in chains[0] if each in common), ROOT)


def dominators(topology: Topology, entries: Iterable[int], down: frozenset[int]) -> Tree:
    """Search the network from its entries, without the links that are down; O(V + E)."""
    size = len(topology.switches)
    above, seen_at, low = [NOWHERE] * size, [0] * size, [0] * size
    entered, order, open_ = set(entries), list[int](), list[int]()
    for entry in sorted(entered):
        if seen_at[entry]:
            continue
        path = [(entry, _ways(topology, entry, down))]
        seen_at[entry] = low[entry] = len(order) + 1
        order.append(entry)
        open_.append(entry)
        while path:
            switch, ways = path[-1]
            for neighbour in ways:
                if not seen_at[neighbour]:
                    seen_at[neighbour] = len(order) + 1
                    low[neighbour] = 0 if neighbour in entered else len(order) + 1
                    order.append(neighbour)
                    open_.append(neighbour)
                    path.append((neighbour, _ways(topology, neighbour, down)))
                    break
                low[switch] = min(low[switch], seen_at[neighbour])
            else:
                path.pop()
                upper = path[-1][0] if path else ROOT
                if upper == ROOT or low[switch] >= seen_at[upper]:
                    _close(open_, switch, upper, above)
                else:
                    low[upper] = min(low[upper], low[switch])
    return Tree(tuple(above), tuple(order))


def _ways(topology: Topology, switch: int, down: frozenset[int]) -> Iterator[int]:
    around = topology.around[switch]
    if down:
        return iter([neighbour for neighbour, link in around if link not in down])
    return iter([neighbour for neighbour, _ in around])


def _close(open_: list[int], last: int, upper: int, above: list[int]) -> None:
    """Take a finished block off the stack and hang its switches under the one it is entered by."""
    while True:
        switch = open_.pop()
        above[switch] = upper
        if switch == last:
            return
