"""What a routed switch has beyond a layer-2 one: gateways, loopbacks, OSPF, the way out."""

from __future__ import annotations

from ipaddress import IPv4Interface, IPv4Network
from typing import TYPE_CHECKING

from maille.configs.views import DefaultRoute, Loopback, OspfProcess, RoutedPort, Routing, Svi
from maille.configs.vrfs import PROCESS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Segment
    from maille.configs.acl import AccessList
    from maille.configs.here import Here
    from maille.configs.ports import Wiring

MASTER_PRIORITY = 200
"""Of VRRP; the partner keeps the default of 100."""


def routing(here: Here, wiring: Wiring) -> Routing:
    """Give the routing of a gateway."""
    svis = tuple(_svis(here))
    lists = [each for svi in svis for each in (svi.inbound, svi.outbound) if each]
    at_centre = here.switch.pair == here.facts.blueprint.estate.centre.pair
    return Routing(
        loopbacks=tuple(_loopbacks(here)),
        svis=svis,
        peers=wiring.peers,
        ospf=tuple(_processes(here, wiring, originates=at_centre)),
        defaults=tuple(_defaults(here)) if at_centre else (),
        video_plane=_video_plane(here),
        lists=tuple(lists),
    )


def own_addresses(here: Here, vrf: str) -> tuple[IPv4Network, ...]:
    """Give what a gateway itself answers to in a VRF, and every transit with it."""
    switch, blueprint = here.switch, here.facts.blueprint
    loopback = switch.loopback_video if vrf == "VIDEO" else switch.management
    found = [IPv4Network(loopback)] if loopback else []
    for segment in (blueprint.segments[ident] for ident in switch.segments):
        if segment.vrf == vrf:
            own = segment.primary if here.primary else segment.secondary
            found += [IPv4Network(segment.gateway), IPv4Network(own)]
    return (*found, *here.facts.settings.pools.prefixes.transit)


def _video_plane(here: Here) -> AccessList:
    if here.dialect.tracks_sessions:
        return here.lists.video_plane
    return here.lists.video_passing(own_addresses(here, "VIDEO"))


def _svis(here: Here) -> Iterator[Svi]:
    segments = here.facts.blueprint.segments
    for ident in here.switch.segments:
        segment = segments[ident]
        if segment.vrf != "none":
            yield _svi(here, segment)


def _svi(here: Here, segment: Segment) -> Svi:
    own, partner = segment.primary, segment.secondary
    if not here.primary:
        own, partner = partner, own
    leg = here.facts.legs.get(segment.id)
    lists: tuple[AccessList | None, AccessList | None] = (None, None)
    if leg is None:
        lists = here.lists.gateway(segment, partner)
    return Svi(
        vlan=segment.vlan,
        description=f"leg of the firewall, {leg}" if leg else segment.vlan_name,
        vrf=segment.vrf,
        process=PROCESS[segment.vrf],
        address=here.driver.address(IPv4Interface(f"{own}/{segment.prefix.prefixlen}")),
        virtual=str(segment.gateway),
        priority=MASTER_PRIORITY if here.primary else 0,
        inbound=lists[0],
        outbound=lists[1],
    )


def _loopbacks(here: Here) -> Iterator[Loopback]:
    held = (
        ("VIDEO", "router id VIDEO", here.switch.loopback_video),
        ("MGMT", "management address", here.switch.management),
    )
    for vrf, described, address in held:
        written = here.driver.address(IPv4Interface(f"{address}/32"))
        yield Loopback(PROCESS[vrf], described, vrf, written)


def _processes(here: Here, wiring: Wiring, *, originates: bool) -> Iterator[OspfProcess]:
    routed = [each for each in (*wiring.bundles, *wiring.ports) if isinstance(each, RoutedPort)]
    spoken = [*(adj for port in routed for adj in port.adjacencies), *wiring.peers]
    ids = {"VIDEO": here.switch.loopback_video, "MGMT": here.switch.management}
    for vrf, number in PROCESS.items():
        yield OspfProcess(
            number=number,
            vrf=vrf,
            router_id=str(ids[vrf]),
            active=tuple(adjacency.name for adjacency in spoken if adjacency.vrf == vrf),
            originates_default=originates,
        )


def _defaults(here: Here) -> Iterator[DefaultRoute]:
    firewall = here.facts.blueprint.firewall
    for vrf in sorted(firewall):
        yield DefaultRoute(vrf, str(firewall[vrf]))
