"""The tree that each layer-2 domain elects in the normal state, and the ports that block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.network import network_of
from maille.blueprint.spanning_tree import elect

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint
    from maille.blueprint.spanning_tree import Bridges, Tree


def blocked_ends(blueprint: Blueprint) -> dict[str, str]:
    """Give, by link, the switch whose port blocks; links that forward are left out."""
    found = {}
    for domain in network_of(blueprint).domains:
        tree = elect(domain.bridges)
        for arc in sorted(
            arc for arcs in domain.bridges.out.values() for arc in arcs if arc % 2 == 0
        ):
            blocked = _blocked(domain.bridges, tree, arc)
            if blocked:
                found[domain.bridges.arcs.links[arc >> 1].id] = blocked
    return found


def _blocked(bridges: Bridges, tree: Tree, arc: int) -> str | None:
    """Give the end of a link whose offer is the worse one, where no end has its way up by it."""
    tail, head = bridges.arcs.tail[arc], bridges.arcs.head[arc]
    if tree.up.get(tail) == arc or tree.up.get(head) == arc ^ 1:
        return None
    offer_of_head = tree.cost[head], bridges.sender[arc]
    offer_of_tail = tree.cost[tail], bridges.sender[arc ^ 1]
    return tail if offer_of_head < offer_of_tail else head
