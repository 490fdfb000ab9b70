"""All ports of a switch, as its template writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.configs.device_ports import device_port, feeds
from maille.configs.facts import MARKED_ROLES
from maille.configs.link_ports import bundle, link_port, peers
from maille.configs.views import ClosedPort, FirewallPort, ServerPort

if TYPE_CHECKING:
    from maille.blueprint.model import Port
    from maille.configs.here import Here
    from maille.configs.views import Adjacency, PortView, RoutedPort, TrunkPort

LINKS = frozenset({"ring", "spur-up", "spur-down", "trunk", "peer", "transit"})


@dataclass(frozen=True, slots=True)
class Wiring:
    """Ports and bundles, each in the order in which the device prints them."""

    bundles: tuple[TrunkPort | RoutedPort, ...]
    ports: tuple[PortView, ...]
    peers: tuple[Adjacency, ...]


def wiring(here: Here) -> Wiring:
    """Give all ports of a switch."""
    links = [port for port in here.switch.ports if port.kind in LINKS]
    bundles = [made for port in links if (made := bundle(here, port))]
    ports = sorted(here.switch.ports, key=lambda port: here.driver.port_order(port.name))
    return Wiring(
        bundles=tuple(sorted(bundles, key=lambda each: each.lag)),
        ports=tuple(_port(here, port) for port in ports),
        peers=tuple(found for port in links for found in peers(here, port)),
    )


def _port(here: Here, port: Port) -> PortView:
    if port.kind == "spare":
        return ClosedPort(port.name, "unused", feeds(port))
    if port.kind in LINKS:
        return link_port(here, port)
    if port.kind in {"camera", "point"}:
        return device_port(here, port)
    return _host_port(here, port)


def _host_port(here: Here, port: Port) -> ServerPort | FirewallPort:
    host = here.facts.blueprint.hosts[port.host or ""]
    described = here.short(f"{host.id}, {host.title}")
    vlan = here.facts.blueprint.segments[host.segment].vlan
    if port.kind == "firewall":
        behind = here.facts.behind_firewall if here.facts.legs[host.segment] == "VIDEO" else ()
        allowed = here.vlans({vlan, *(segment.vlan for segment in behind)})
        return FirewallPort(port.name, described, allowed, feeds(port))
    marked = host.role in MARKED_ROLES
    return ServerPort(port.name, described, vlan, marked, feeds(port))
