"""The topology of a blueprint: what of it is in service today, and from where it is watched."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from maille.health.states.topology import GRAPHS, EventKind, topology

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Blueprint, FailureGroup, Host
    from maille.health.model import Graph
    from maille.health.states.topology import Topology

_EVENTS: dict[str, EventKind] = {
    "cable": "cable",
    "duct": "duct",
    "supply": "supply",
    "site": "site",
}
"""Failure groups that are more than the loss of a link or a switch, which are told as such."""


def topology_of(blueprint: Blueprint) -> Topology:
    """Take what is in service: switches, the links between them, cameras and hosts.

    A nomad that is nowhere is no part of it, and neither is a camera on a switch that is not in
    service yet. Neither is a poller, for that it answers itself proves no way.
    """
    switches = [key for key, switch in blueprint.switches.items() if switch.in_service]
    known = set(switches)
    links = [
        (key, link.a.switch, link.b.switch, link.ring)
        for key, link in blueprint.links.items()
        if link.in_service and {link.a.switch, link.b.switch} <= known
    ]
    return topology(
        switches,
        links,
        dict(_leaves(blueprint, known)),
        {graph: _first_hops(blueprint, graph, known) for graph in GRAPHS},
        _events(blueprint, known, {link[0] for link in links}),
    )


def _leaves(
    blueprint: Blueprint, known: set[str]
) -> Iterator[tuple[str, tuple[Graph, tuple[str, ...]]]]:
    for key, camera in blueprint.cameras.items():
        if camera.connected and camera.switch in known:
            yield key, ("video", (camera.switch,))
    for key, host in blueprint.hosts.items():
        if host.role != "poller" and (homes := _homes(host, known)):
            yield key, (_graph(blueprint, host), homes)


def _graph(blueprint: Blueprint, host: Host) -> Graph:
    """Say by which leg a host is asked; those behind the firewall by that of management."""
    return "video" if blueprint.segments[host.segment].vrf == "VIDEO" else "management"


def _homes(host: Host, known: set[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(switch for switch, _ in host.ports if switch in known))


def _first_hops(blueprint: Blueprint, graph: Graph, known: set[str]) -> tuple[str, ...]:
    """Give the switches of the pollers with a leg in a graph.

    Where none has one, those of all pollers; where there are none, the centre's pair.
    """
    pollers = [host for host in blueprint.hosts.values() if host.role == "poller"]
    legs = [host for host in pollers if _graph(blueprint, host) == graph] or pollers
    hops = dict.fromkeys(switch for host in legs for switch in _homes(host, known))
    if not hops:
        core = blueprint.pairs[blueprint.estate.centre.pair]
        hops = dict.fromkeys(key for key in (core.primary, core.secondary) if key in known)
    return tuple(hops)


def _events(
    blueprint: Blueprint, known: set[str], links: set[str]
) -> Iterator[tuple[EventKind, str, tuple[str, ...], tuple[str, ...]]]:
    for group in blueprint.failures:
        kind = _EVENTS.get(group.kind)
        switches = tuple(switch for switch in group.switches if switch in known)
        cut = tuple(link for link in _severed(blueprint, group) if link in links)
        if kind and (switches or cut):
            yield kind, group.id, switches, cut


def _severed(blueprint: Blueprint, group: FailureGroup) -> Iterator[str]:
    """Give the links of which a failure leaves no strand."""
    for link, gone in Counter(link for link, _ in set(group.links)).items():
        if gone >= len(blueprint.links[link].strands):
            yield link
