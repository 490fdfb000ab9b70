"""The legs of the firewall: where default routes lead, and the ports towards it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maille.adopt.centre.model import Leg, Socket
from maille.adopt.centre.rooms import carried, leads_to_firewall, not_placed, open_ports
from maille.adopt.links import vrf_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.adopt.centre.book import SegmentBook
    from maille.adopt.centre.model import Vrf
    from maille.adopt.survey import Survey
    from maille.errors import Finding


def legs(survey: Survey, book: SegmentBook) -> dict[Vrf, Leg]:
    """Find the legs by the default routes of the centre's pair; make up those that lack."""
    found = dict(_by_routes(survey, book))
    if "VIDEO" not in found:
        found["VIDEO"] = Leg(book.made_up("firewall-video", "Firewall, VIDEO", "VIDEO").id)
    if "MGMT" not in found:
        found["MGMT"] = Leg(book.made_up("firewall-mgmt", "Firewall, MGMT", "MGMT").id)
    vlans = {vrf: book.by_id(leg.segment).vlan for vrf, leg in found.items()}
    return {
        vrf: replace(found[vrf], sockets=tuple(_sockets(survey, vrf, vlans)))
        for vrf in ("VIDEO", "MGMT")
    }


def _by_routes(survey: Survey, book: SegmentBook) -> Iterator[tuple[Vrf, Leg]]:
    pairs = [pair for pair in survey.gateways.pairs if pair.id == survey.gateways.centre]
    seen: set[Vrf] = set()
    for host in pairs[0].hosts if pairs else ():
        device = survey.devices.get(host)
        for route in device.routes if device else ():
            segment = book.of_address(route.via)
            vrf: Vrf = "MGMT" if vrf_part(route.vrf) == "mgmt" else "VIDEO"
            if route.network.prefixlen or segment is None or vrf in seen:
                continue
            seen.add(vrf)
            yield vrf, Leg(segment.id, route.via, host, route.line)


def _sockets(survey: Survey, vrf: Vrf, vlans: Mapping[Vrf, int | None]) -> Iterator[Socket]:
    """Find the ports of a leg: towards the firewall, with its VLAN and not the other's."""
    others = {vlan for key, vlan in vlans.items() if key != vrf}
    for host, port in open_ports(survey):
        known = carried(port)
        if leads_to_firewall(port) and vlans[vrf] in known and not others & known:
            yield Socket(host, port.name, 1, port.line)


def shared_ports(survey: Survey, book: SegmentBook, found: Mapping[Vrf, Leg]) -> Iterator[Finding]:
    """Tell of ports towards the firewall that carry both legs, or none."""
    vlans = {book.by_id(leg.segment).vlan for leg in found.values()} - {None}
    for host, port in open_ports(survey):
        if leads_to_firewall(port) and len(vlans & carried(port)) != 1:
            why = "a port of the draft carries one leg of the firewall"
            yield not_placed(survey, host, port, why)
