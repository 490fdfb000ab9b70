"""Ports and bundles towards other switches."""

from __future__ import annotations

from ipaddress import IPv4Interface
from typing import TYPE_CHECKING

from maille.configs.device_ports import feeds
from maille.configs.views import Adjacency, MemberPort, RoutedPort, TrunkPort
from maille.configs.vrfs import PROCESS
from maille.topology.build import LONG_COST_MBPS

if TYPE_CHECKING:
    from maille.blueprint.model import Link, LinkEnd, Port, TransitNet
    from maille.configs.here import Here

_WORDS = {
    "ring": "ring",
    "spur-up": "spur",
    "spur-down": "spur",
    "trunk": "trunk",
    "peer": "peer link",
    "transit": "transit",
}


def link_port(here: Here, port: Port) -> TrunkPort | RoutedPort | MemberPort:
    """Give a port of a link."""
    link, near, there = _ends(here, port)
    described = _towards(here, port, link, there, port.far_port or "")
    if near.lag is not None:
        return MemberPort(
            name=port.name,
            description=described,
            lag=near.lag,
            allowed="" if port.kind == "transit" else _allowed(here, link),
            udld=_udld(here, link),
            fibre=link.medium == "fibre",
            link=port.kind,
        )
    return _logical(here, port, port.name, described)


def bundle(here: Here, port: Port) -> TrunkPort | RoutedPort | None:
    """Give the bundle that a port is the first member of, if it is."""
    _, near, there = _ends(here, port)
    if near.lag is None or port.strand:
        return None
    link = here.facts.blueprint.links[port.link or ""]
    far = here.facts.blueprint.switches[there.switch]
    far_name = here.facts.driver(far).bundle.format(there.lag)
    described = _towards(here, port, link, there, far_name)
    return _logical(here, port, here.driver.bundle.format(near.lag), described)


def peers(here: Here, port: Port) -> tuple[Adjacency, ...]:
    """Give the VLANs by which the two of a pair route to each other, from their first port."""
    if port.kind != "peer" or port.strand:
        return ()
    link, _, _ = _ends(here, port)
    return tuple(
        _adjacency(
            here,
            link,
            transit,
            here.driver.svi(transit.vlan),
            f"transit to the pair's other switch {transit.vrf}",
        )
        for transit in link.transit
    )


def _ends(here: Here, port: Port) -> tuple[Link, LinkEnd, LinkEnd]:
    link = here.facts.blueprint.links[port.link or ""]
    if link.a.switch == here.switch.id:
        return link, link.a, link.b
    return link, link.b, link.a


def _logical(here: Here, port: Port, name: str, described: str) -> TrunkPort | RoutedPort:
    """Give what carries traffic: a port by itself, or a bundle."""
    link, near, there = _ends(here, port)
    if port.kind == "transit":
        far = here.facts.blueprint.switches[there.switch].hostname
        adjacencies = tuple(
            _adjacency(
                here,
                link,
                transit,
                f"{name}.{transit.vlan}",
                here.short(f"transit to {far} {transit.vrf}"),
            )
            for transit in link.transit
        )
        return RoutedPort(name, described, adjacencies, near.lag or 0)
    own = max(1, round(LONG_COST_MBPS / _port_mbps(here, port)))
    return TrunkPort(
        name=name,
        description=described,
        link=port.kind,
        allowed=_allowed(here, link),
        guard=_guard(here, port),
        cost=near.stp_cost if near.lag or near.stp_cost != own else 0,
        udld=_udld(here, link),
        fibre=link.medium == "fibre",
        poe=feeds(port),
        lag=near.lag or 0,
    )


def _port_mbps(here: Here, port: Port) -> int:
    """Give the speed of a port: its transceiver's, or its own where it has none."""
    optics = here.facts.blueprint.estate.catalogue.optics
    return optics[port.optic].speed_mbps if port.optic else port.speed_mbps


def _adjacency(here: Here, link: Link, transit: TransitNet, name: str, text: str) -> Adjacency:
    mine = transit.a if link.a.switch == here.switch.id else transit.b
    return Adjacency(
        name=name,
        description=text,
        vrf=transit.vrf,
        process=PROCESS[transit.vrf],
        vlan=transit.vlan,
        address=here.driver.address(IPv4Interface(f"{mine}/{transit.prefix.prefixlen}")),
        cost=link.ospf_cost,
    )


def _towards(here: Here, port: Port, link: Link, there: LinkEnd, far_port: str) -> str:
    """Describe a link: what it is, where it goes, and by which cables."""
    far = here.facts.blueprint.switches[there.switch]
    ring = f" {link.ring}" if port.kind == "ring" else ""
    cables = link.strands[port.strand].cables
    way = f", cable {' '.join(cables)}" if cables else ""
    if link.medium in {"radio", "leased"}:
        way += f", {link.medium}"
    return here.short(f"{_WORDS[port.kind]}{ring} to {far.hostname} {far_port}{way}")


def _allowed(here: Here, link: Link) -> str:
    segments = here.facts.blueprint.segments
    ids = {segments[ident].vlan for ident in link.segments}
    return here.vlans(ids | {transit.vlan for transit in link.transit})


def _guard(here: Here, port: Port) -> str:
    """Give the guard of a trunk; docs/configurations/ring.md defends each of them.

    Only what may become a root port, or block, is watched for BPDUs that stay away; a spur's
    child has one way and nothing to block.
    """
    if port.kind == "spur-down":
        return "root"
    if port.kind in {"peer", "spur-up"}:
        return ""
    return "root" if here.primary else "loop"


def _udld(here: Here, link: Link) -> bool:
    return link.medium == "fibre" and here.switch.model.ability.udld
