"""Ports that block: what is left without them is a tree, and nothing but a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import estates

from maille.documents.tree import blocked_ends

if TYPE_CHECKING:
    from maille.check.built import Built


@pytest.mark.parametrize("estate", ["chartres", "chalon", "malataverne", "cecos"])
def test_what_forwards_joins_every_switch_of_a_domain_without_a_loop(estate: str) -> None:
    blueprint = estates.built(estates.INVENTORY / estate).blueprint
    blocked = blocked_ends(blueprint)
    joined: dict[str, str] = {}

    def root(switch: str) -> str:
        while joined.setdefault(switch, switch) != switch:
            switch = joined[switch]
        return switch

    for link in blueprint.links.values():
        if link.role != "transit" and link.id not in blocked:
            a, b = root(link.a.switch), root(link.b.switch)
            assert a != b, f"{link.id} closes a loop"
            joined[a] = b
    for pair in blueprint.pairs.values():
        assert len({root(switch) for switch in pair.switches}) == 1


def test_each_ring_blocks_at_one_port(chartres: Built) -> None:
    blueprint = chartres.blueprint
    blocked = blocked_ends(blueprint)
    for ring in blueprint.rings.values():
        found = [blocked[link] for link in ring.links if link in blocked]
        assert len(found) == 1
        assert found[0] in ring.members
