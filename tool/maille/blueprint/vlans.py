"""Layer 2 down to the VLAN: how far each reaches along the tree, in one state of a domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.blueprint.arcs import Lost
    from maille.blueprint.spanning_tree import Bridges, Sender, Tree

_NO_ARC = -1


@dataclass(frozen=True, slots=True)
class Forwarding:
    """What forwards in a layer-2 domain: its tree, and the trunks' lists of VLANs on it."""

    bridges: Bridges
    tree: Tree
    lost: Lost
    carried: Mapping[int, frozenset[str]]
    """Segments that a link's trunk allows, by number of the link."""

    def way(self, start: str, end: str, segment: str) -> tuple[int, ...] | None:
        """Give the arcs from one live switch to another within a VLAN, if it joins them."""
        rise, fall = self._climb(start, segment), self._climb(end, segment)
        if rise[-1] != fall[-1]:
            return None
        while rise and fall and rise[-1] == fall[-1]:
            rise.pop()
            fall.pop()
        return (*(arc for _, arc in rise), *(arc ^ 1 for _, arc in reversed(fall)))

    def _climb(self, switch: str, segment: str) -> list[tuple[str, int]]:
        """Give switches and arcs from a switch towards the root, as far as the VLAN goes."""
        head, up, carried = self.bridges.arcs.head, self.tree.up, self.carried
        steps = []
        while (arc := up.get(switch, _NO_ARC)) >= 0 and segment in carried[arc >> 1]:
            steps.append((switch, arc))
            switch = head[arc]
        steps.append((switch, _NO_ARC))
        return steps

    def root(self, switch: str) -> str:
        """Give the root of the tree that a live switch is in."""
        while (arc := self.tree.up.get(switch)) is not None:
            switch = self.bridges.arcs.head[arc]
        return switch

    def on_tree(self, link: int) -> bool:
        """Say whether a link forwards at both of its ends."""
        tail, up = self.bridges.arcs.tail, self.tree.up
        return any(up.get(tail[arc]) == arc for arc in (2 * link, 2 * link + 1))

    def reaches_out(self, switch: str, segment: str) -> bool:
        """Say whether a live switch has a trunk port that forwards a VLAN.

        The far end may block: that is what decides whether the interface of the VLAN is up.
        """
        return any(
            segment in self.carried[arc >> 1] and self._port_forwards(arc)
            for arc in self.bridges.out[switch]
            if arc >> 1 not in self.lost.links
        )

    def _port_forwards(self, arc: int) -> bool:
        """Say whether the port that an arc leaves by is a root port or designated."""
        if self.on_tree(arc >> 1):
            return True
        return self._offer(arc ^ 1) < self._offer(arc)

    def _offer(self, arc: int) -> tuple[int, Sender]:
        """Give what the switch that an arc comes to says on it."""
        return self.tree.cost[self.bridges.arcs.head[arc]], self.bridges.sender[arc]
