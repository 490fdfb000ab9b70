"""Addresses of hosts, by what devices use: their time, their logs, their accounts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from maille.adopt.centre.model import CentreHost
from maille.adopt.codes import GUESSED, NUMBER_NOT_KEPT, finding
from maille.adopt.names import unique

if TYPE_CHECKING:
    from collections.abc import Iterable
    from ipaddress import IPv4Address

    from maille.adopt.centre.book import SegmentBook
    from maille.adopt.device import Device, Server
    from maille.adopt.survey import Survey
    from maille.errors import Finding
    from maille.inventory.schema.centre import HostRole

_ROLES: Final[dict[str, HostRole]] = {
    "ntp": "ntp",
    "syslog": "syslog",
    "radius": "radius",
    "dns": "dns",
    "poller": "poller",
}


def servers(survey: Survey) -> list[tuple[str, Server]]:
    """Give every server once, with the host of a device that uses it."""
    found: dict[tuple[str, IPv4Address], tuple[str, Server]] = {}
    for host, device in sorted(survey.devices.items()):
        for server in device.servers:
            found.setdefault((server.service, server.address), (host, server))
    return sorted(found.values(), key=lambda item: (item[1].service, item[1].address))


def with_addresses(
    survey: Survey, book: SegmentBook, hosts: Iterable[CentreHost]
) -> list[CentreHost]:
    """Give hosts the addresses of the services they are named after; add those unknown."""
    every = servers(survey)
    used: set[IPv4Address] = set()
    known = []
    for host in hosts:
        run = _run_of(book, host, [item for item in every if item[1].address not in used])
        used |= {server.address for _, server in run}
        known.append(
            replace(host, address=run[0][1].address, server=run[0][1], server_host=run[0][0])
            if run
            else host
        )
    ids = {host.id for host in known}
    for speaker, server in every:
        if server.address in used:
            continue
        used.add(server.address)
        segment = book.of_address(server.address)
        if segment is None:
            book.findings.append(_elsewhere(survey.devices[speaker], server))
            continue
        role = _ROLES[server.service]
        ident = unique(f"{role}-1", ids)
        known.append(CentreHost(ident, role, role, segment.id, (), server.address, server, speaker))
        book.findings.append(_own(survey.devices[speaker], server, ident))
    return known


def _run_of(
    book: SegmentBook, host: CentreHost, left: Iterable[tuple[str, Server]]
) -> list[tuple[str, Server]]:
    """Find consecutive addresses of a host's service in its segment, as many as it counts."""
    prefix = book.by_id(host.segment).prefix
    run = [
        (speaker, server)
        for speaker, server in left
        if _ROLES[server.service] == host.role and prefix and server.address in prefix
    ]
    consecutive = all(
        server.address == run[0][1].address + number for number, (_, server) in enumerate(run)
    )
    return run if len(run) == host.count and consecutive else []


def _own(device: Device, server: Server, ident: str) -> Finding:
    return finding(
        GUESSED,
        f"{server.address} is a host of its own, `{ident}`: no port is named after it",
        "join it with another host in centre.yaml if it is one, and name its ports",
        device.place(server.line),
        ident,
    )


def _elsewhere(device: Device, server: Server) -> Finding:
    return finding(
        NUMBER_NOT_KEPT,
        f"{server.address} ({server.service}) lies in no segment of the centre",
        "add the configuration of its gateway, or describe it in centre.yaml",
        device.place(server.line),
        device.hostname,
        device.text(server.line),
    )
