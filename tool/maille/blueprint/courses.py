"""Courses: how the gateways reach each destination, in one state of the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.blueprint.routing import delivering, shortest_ways

if TYPE_CHECKING:
    from maille.blueprint.demands import Destination
    from maille.blueprint.gateways import DomainState
    from maille.blueprint.network import Network
    from maille.blueprint.routing import Routes


@dataclass(frozen=True, slots=True)
class Course:
    """How one destination is reached, in one state."""

    hosts: tuple[str, ...]
    """Switches of its hosts, as far as a router with an interface in its segment reaches them."""
    detached: bool
    """Nobody reaches it, wherever from."""
    routes: Routes
    serving: frozenset[str]
    """Routers from which all that goes out arrives."""


def find_courses(network: Network, centre: DomainState, down: frozenset[int]) -> dict[str, Course]:
    """Find the courses to all destinations.

    Args:
        network: the network.
        centre: the state of the domain of the core pair.
        down: numbers of the links that route nothing, those of lost routers included.
    """
    ways: dict[tuple[str, tuple[str, ...]], Routes] = {}
    found = {}
    for key, end in network.destinations.items():
        owners = tuple(_owners(network, end, centre))
        if (end.vrf, owners) not in ways:
            ways[end.vrf, owners] = shortest_ways(network.graphs[end.vrf], owners, down)
        found[key] = _course(network, end, centre, owners, ways[end.vrf, owners])
    return found


def _course(
    network: Network,
    end: Destination,
    centre: DomainState,
    owners: tuple[str, ...],
    routes: Routes,
) -> Course:
    active = [host for switches in end.hosts if (host := _active(centre, switches))]
    reached = {
        owner: [host for host in active if _reaches(centre, owner, host, end)] for owner in owners
    }
    hosts = tuple(host for host in active if any(host in found for found in reached.values()))
    detached = not owners or bool(end.hosts and not hosts)
    good = [owner for owner, found in reached.items() if len(found) == len(hosts)]
    serving = delivering(routes, [] if detached else good, network.arcs)
    return Course(hosts=hosts, detached=detached, routes=routes, serving=serving)


def _owners(network: Network, end: Destination, centre: DomainState) -> list[str]:
    if end.segment is None:
        return [core for core in network.cores if core in centre.forwarding.tree.cost]
    pair = centre.domain.gateways.get(end.segment, ())
    return [gateway for gateway in pair if centre.interface_up(gateway, end.segment)]


def _active(centre: DomainState, switches: tuple[str, ...]) -> str | None:
    return next((switch for switch in switches if switch in centre.forwarding.tree.cost), None)


def _reaches(centre: DomainState, owner: str, host: str, end: Destination) -> bool:
    if end.segment is None:
        return False
    return centre.forwarding.way(owner, host, end.segment) is not None
