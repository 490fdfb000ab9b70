"""Addresses of hosts, by what devices use: their time, their logs, their accounts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from maille.adopt.centre.model import CentreHost
from maille.adopt.codes import GUESSED, NUMBER_NOT_KEPT, finding
from maille.adopt.names import unique

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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
    known = list(_matched(book, hosts, every))
    used = {host.address + number for host in known if host.address for number in range(host.count)}
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


def _matched(
    book: SegmentBook, hosts: Iterable[CentreHost], every: Iterable[tuple[str, Server]]
) -> Iterator[CentreHost]:
    """Give addresses to the hosts of a role in a segment, if there are as many of both.

    The first host, by its id, has the lowest address; equal hosts have consecutive ones.
    """
    alike: dict[tuple[HostRole, str], list[CentreHost]] = {}
    for host in hosts:
        alike.setdefault((host.role, host.segment), []).append(host)
    for (role, segment), group in alike.items():
        prefix = book.by_id(segment).prefix
        left = [
            (speaker, server)
            for speaker, server in every
            if _ROLES[server.service] == role and prefix and server.address in prefix
        ]
        if len(left) != sum(host.count for host in group):
            yield from group
            continue
        if len(group) > 1:
            book.findings.append(_in_order(group, left))
        for host in sorted(group, key=lambda host: host.id):
            run, left = left[: host.count], left[host.count :]
            speaker, first = run[0]
            follow = all(s.address == first.address + n for n, (_, s) in enumerate(run))
            if follow:
                address = first.address
                yield replace(host, address=address, server=first, server_host=speaker)
            else:
                yield host


def _in_order(group: Iterable[CentreHost], left: Iterable[tuple[str, Server]]) -> Finding:
    ids = ", ".join(sorted(host.id for host in group))
    addresses = ", ".join(str(server.address) for _, server in left)
    return finding(
        GUESSED,
        f"hosts {ids} have {addresses}, taken in this order",
        "exchange `address` in centre.yaml where it is otherwise",
    )


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
