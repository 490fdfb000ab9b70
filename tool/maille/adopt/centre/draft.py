"""The centre put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.adopt.centre.book import SegmentBook
from maille.adopt.centre.firewall import legs, shared_ports
from maille.adopt.centre.hosts import hosts
from maille.adopt.centre.model import CentreDraft
from maille.adopt.centre.servers import servers, with_addresses

if TYPE_CHECKING:
    from maille.adopt.segments import Segments
    from maille.adopt.survey import Survey


def centre(survey: Survey, found: Segments) -> CentreDraft:
    """Draft the centre."""
    book = SegmentBook(survey, found)
    firewall = legs(survey, book)
    management = _management(survey, found, book)
    named = with_addresses(survey, book, hosts(survey, book))
    findings = (*book.findings, *shared_ports(survey, book, firewall))
    return CentreDraft(tuple(book.all), tuple(named), firewall, management, findings)


def _management(survey: Survey, found: Segments, book: SegmentBook) -> str:
    """Find where the switches of sites are managed, or else where most servers are."""
    managed = [svi for host, svi in found.management.items() if host in survey.indoors]
    addresses = [svi.address.ip for svi in managed if svi.address]
    inside = [segment.id for each in addresses if (segment := book.of_address(each))]
    inside += [
        segment.id
        for _, server in servers(survey)
        if (segment := book.of_address(server.address)) and segment.vrf == "MGMT"
    ]
    if inside:
        return max(sorted(set(inside)), key=inside.count)
    ready = [each.id for each in book.all if each.vrf == "MGMT" and each.at]
    if ready:
        return ready[0]
    return book.made_up("services", "Time, logs, accounts, management", "MGMT").id
