"""The network behind a blueprint: what stays the same in every state of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.blueprint.arcs import arcs_of
from maille.blueprint.demands import attachments, destinations, domains
from maille.blueprint.routing import routed_graph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.blueprint.arcs import Arcs
    from maille.blueprint.demands import Destination
    from maille.blueprint.gateways import Attachment, Domain
    from maille.blueprint.model import Blueprint
    from maille.blueprint.routing import RoutedGraph


@dataclass(frozen=True, slots=True)
class Network:
    """What stays the same in every state."""

    arcs: Arcs
    domains: tuple[Domain, ...]
    home: Mapping[str, int]
    """The domain of a switch."""
    homeless: frozenset[Attachment]
    """What hangs on switches that are in no domain: nothing serves it, ever."""
    centre: int
    """The domain of the core pair."""
    cores: tuple[str, str]
    routers: tuple[str, ...]
    """Switches that are managed by a loopback."""
    destinations: Mapping[str, Destination]
    graphs: Mapping[str, RoutedGraph]
    """Routed links by VRF."""
    bridged: tuple[tuple[int, int], ...]
    """Domain and number of the layer-2 links over which routers meet as well: peer links."""


def network_of(blueprint: Blueprint) -> Network:
    """Take from a blueprint what loads and ways follow from."""
    arcs = arcs_of(blueprint.links.values())
    ends = destinations(blueprint)
    hanging = attachments(blueprint, ends)
    found = domains(blueprint, arcs, hanging)
    home = {
        switch: number for number, domain in enumerate(found) for switch in domain.bridges.order
    }
    pair = blueprint.pairs[blueprint.estate.centre.pair]
    return Network(
        arcs=arcs,
        domains=found,
        home=home,
        homeless=frozenset(at for key in hanging.keys() - home.keys() for at in hanging[key]),
        centre=home[pair.primary],
        cores=(pair.primary, pair.secondary),
        routers=tuple(
            switch.id for switch in blueprint.switches.values() if switch.management_segment is None
        ),
        destinations=ends,
        graphs={vrf: routed_graph(arcs, vrf) for vrf in ("VIDEO", "MGMT")},
        bridged=tuple(
            (number, link)
            for number, domain in enumerate(found)
            for link in domain.carried
            if arcs.links[link].transit
        ),
    )
