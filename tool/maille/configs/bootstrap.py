"""Day 0: which ports of a fresh switch are up, so that the first push reaches it.

A fresh switch carries the management VLAN and no segment. Closed into a ring it might be on
the tree while every camera behind it is cut off, so it hangs on one side until its first push
(docs/configurations/bootstrap.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from maille.configs.views import Boot, BootPort, MemberPort, RoutedPort, ServerPort, TrunkPort
from maille.topology.naming import centre_segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.configs.here import Here
    from maille.configs.views import PortView, Svi, SwitchView

Way = Literal["access", "transit", "centre"]
"""How a switch is first reached: over a trunk, over its transits, on the centre's segment."""

UPLINKS = frozenset({"ring", "spur-up", "trunk"})
CLOSED = "bootstrap"
"""Description of a port that is shut until the first push."""


def boot(here: Here, view: SwitchView) -> Boot:
    """Give how a switch stands after its bootstrap."""
    segment = here.facts.blueprint.segments.get(_managed_on(here))
    svi = _svi(view, segment.vlan) if segment else None
    way: Way = "transit" if segment is None else "centre" if svi else "access"
    up = _up(here, way)
    return Boot(
        ports=tuple(_ports(view, way, up)),
        vlan=segment.vlan if segment else 0,
        vlan_name=segment.vlan_name if segment else "",
        svi=svi,
    )


def _managed_on(here: Here) -> str:
    """Give the segment over which a switch is first reached; none for a gateway elsewhere.

    A gateway of the centre has no neighbour yet: it is reached on the segment from which maille
    pushes, whose gateway it is.
    """
    centre = here.facts.blueprint.estate.centre
    if here.routed and here.switch.pair == centre.pair:
        return centre_segment(centre.management_segment)
    return here.switch.management_segment or ""


def _svi(view: SwitchView, vlan: int) -> Svi | None:
    svis = view.routing.svis if view.routing else ()
    return next((svi for svi in svis if svi.vlan == vlan), None)


def _up(here: Here, way: Way) -> frozenset[str]:
    """Give the ports that are up: towards who pushes, and of one uplink or of all transits."""
    ports, hosts = here.switch.ports, here.facts.blueprint.hosts
    found = [port for port in ports if port.host and hosts[port.host].role == "management"]
    if way == "access":
        link = _first_uplink(here)
        found += (port for port in ports if port.link == link and port.kind in UPLINKS)
    elif way == "transit":
        found = [port for port in ports if port.kind == "transit"]
    elif not found:
        found = [port for port in ports if port.kind == "trunk"]
    return frozenset(port.name for port in found)


def _first_uplink(here: Here) -> str | None:
    """Give the link over which a layer-2 switch is first reached: in a ring the nearer side."""
    switch = here.switch
    ring = here.facts.blueprint.rings.get(switch.ring or "")
    if ring and switch.id in ring.members:
        place = ring.members.index(switch.id)
        nearer_to_primary = place + 1 <= len(ring.members) - place
        return ring.links[place if nearer_to_primary else place + 1]
    return next((port.link for port in switch.ports if port.kind in UPLINKS), None)


def _ports(view: SwitchView, way: Way, up: frozenset[str]) -> Iterator[BootPort]:
    members = [port for port in view.ports if isinstance(port, MemberPort)]
    lags_up = {port.lag for port in members if port.name in up}
    bundles = [_logical(each, way, is_up=each.lag in lags_up) for each in view.bundles]
    kept = [bundle for bundle in bundles if bundle]
    yield from kept
    lags = {bundle.lag for bundle in kept}
    for port in view.ports:
        yield _physical(port, way, lags, is_up=port.name in up) or BootPort(port.name, CLOSED)


def _physical(port: PortView, way: Way, lags: set[int], *, is_up: bool) -> BootPort | None:
    if isinstance(port, MemberPort):
        member = BootPort(port.name, port.description, "member", is_up, lag=port.lag)
        return member if port.lag in lags else None
    if isinstance(port, ServerPort):
        return BootPort(port.name, port.description, "server", is_up) if is_up else None
    return _logical(port, way, is_up=is_up)


def _logical(port: PortView, way: Way, *, is_up: bool) -> BootPort | None:
    """Give a trunk or a transit that has a part in the bootstrap."""
    if isinstance(port, RoutedPort) and way == "transit":
        adjacency = next(each for each in port.adjacencies if each.vrf == "MGMT")
        return BootPort(
            port.name, port.description, "routed", is_up, lag=port.lag, adjacency=adjacency
        )
    if isinstance(port, TrunkPort) and port.link in UPLINKS and (way == "access" or is_up):
        guard = port.guard if way == "access" else ""
        return BootPort(port.name, port.description, "trunk", is_up, guard, port.lag)
    return None
