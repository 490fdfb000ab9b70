"""Layer 3: the shortest ways from the gateways to a destination, as OSPF finds them.

A destination is a prefix; the routers that have an interface in it are its *owners*. Every
other router sends to the neighbours that are nearest to an owner, in equal shares where
several are equally near (ECMP), link by link.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from maille.blueprint.arcs import Arcs


@dataclass(frozen=True, slots=True)
class RoutedGraph:
    """The routed links of one VRF."""

    arcs: Arcs
    out: Mapping[str, tuple[int, ...]]
    """Arcs that leave a router."""
    links: frozenset[int]


@dataclass(frozen=True, slots=True)
class Routes:
    """The ways of all routers to one destination."""

    order: tuple[str, ...]
    """Routers that have a way, the nearest first; owners lead."""
    onward: Mapping[str, tuple[int, ...]]
    """By router the arcs of its equally good ways; an owner has none."""


def routed_graph(arcs: Arcs, vrf: str) -> RoutedGraph:
    """Take the links that have a transit network in the VRF."""
    links = frozenset(
        number
        for number, link in enumerate(arcs.links)
        if any(transit.vrf == vrf for transit in link.transit)
    )
    out = {
        switch: tuple(arc for arc in leaving if arc >> 1 in links)
        for switch, leaving in arcs.at.items()
    }
    return RoutedGraph(arcs, {switch: leaving for switch, leaving in out.items() if leaving}, links)


def shortest_ways(graph: RoutedGraph, owners: Iterable[str], down: Collection[int]) -> Routes:
    """Find the ways to the owners, without the links that are down.

    The links of a lost router count as down; a lost router is no owner.
    """
    arcs = graph.arcs
    distance: dict[str, int] = {}
    onward: dict[str, list[int]] = {}
    heap = [(0, owner, -1) for owner in sorted(owners)]
    while heap:
        cost, router, by = heappop(heap)
        if router not in distance:
            distance[router] = cost
            onward[router] = []
            for arc in graph.out.get(router, ()):
                neighbour = arcs.head[arc]
                if arc >> 1 not in down and neighbour not in distance:
                    step = max(1, arcs.links[arc >> 1].ospf_cost)
                    heappush(heap, (cost + step, neighbour, arc ^ 1))
        if by >= 0 and cost == distance[router]:
            onward[router].append(by)
    return Routes(tuple(distance), {router: tuple(ways) for router, ways in onward.items()})


def delivering(routes: Routes, owners: Collection[str], arcs: Arcs) -> frozenset[str]:
    """Give the routers all of whose equally good ways end at one of these owners.

    Which of several ways a stream takes, a hash decides: it must be well on each of them.
    """
    good: set[str] = set()
    for router in routes.order:
        onward = routes.onward[router]
        ends_well = all(arcs.head[arc] in good for arc in onward) if onward else router in owners
        if ends_well:
            good.add(router)
    return frozenset(good)


def spread(
    routes: Routes, demand: Mapping[str, int], arcs: Arcs
) -> tuple[dict[int, int], dict[str, int]]:
    """Send demands (bit/s by router) on their ways.

    Returns the load of each arc and what arrives at each owner, in bit/s. Equal shares are
    whole bits; what is left over goes on the first way.
    """
    loads: dict[int, int] = {}
    arrived: dict[str, int] = {}
    passing = dict(demand)
    for router in reversed(routes.order):
        amount = passing.get(router, 0)
        if not amount:
            continue
        onward = routes.onward[router]
        if not onward:
            arrived[router] = amount
        for number, arc in enumerate(onward):
            share = amount // len(onward) + (amount % len(onward) if number == 0 else 0)
            loads[arc] = share
            passing[arcs.head[arc]] = passing.get(arcs.head[arc], 0) + share
    return loads, arrived
