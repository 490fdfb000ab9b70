"""The centre's hosts with their addresses and ports, and the services they give."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import TYPE_CHECKING

from maille.blueprint.model import Host, Services
from maille.blueprint.segments import not_in_lock
from maille.topology.naming import centre_segment, host_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.allocation.lock import Lock
    from maille.blueprint.ports import Sockets
    from maille.inventory.schema.estate import Estate

_SERVICE_ROLES = {
    "ntp": "ntp",
    "syslog": "syslog",
    "radius": "radius",
    "dns": "dns",
    "pollers": "poller",
    "management": "management",
    "recorders": "recorder",
    "vms": "vms",
}


def hosts(estate: Estate, lock: Lock, sockets: Sockets) -> dict[str, Host]:
    """Give every host of the centre; the firewall's legs are hosts of role `firewall`."""
    found = [*_hosts(estate, lock, sockets), *_legs(estate, lock, sockets)]
    return {host.id: host for host in found}


def _hosts(estate: Estate, lock: Lock, sockets: Sockets) -> Iterator[Host]:
    centre = estate.centre
    default = (estate.network.pairs[centre.pair].primary,)
    for key, entry in centre.hosts.items():
        given = lock.shared.hosts.get(key)
        if given is None:
            raise not_in_lock(f"host `{key}` of the centre")
        switches = entry.attached_to or default
        for number, ident in enumerate(host_ids(key, entry.count)):
            yield Host(
                id=ident,
                title=entry.title,
                role=entry.role,
                segment=centre_segment(entry.segment),
                address=IPv4Address(int(given.address) + number),
                switch=switches[0],
                ports=_ports(sockets, switches, f"{key}.{number + 1}"),
            )


def _legs(estate: Estate, lock: Lock, sockets: Sockets) -> Iterator[Host]:
    pair = estate.network.pairs[estate.centre.pair]
    for vrf, leg in estate.centre.firewall.legs.items():
        given = lock.shared.firewall.get(vrf)
        if given is None:
            raise not_in_lock(f"the firewall's leg in {vrf}")
        yield Host(
            id=f"firewall-{vrf}",
            title=estate.centre.firewall.title,
            role="firewall",
            segment=centre_segment(leg.segment),
            address=given.address,
            switch=pair.primary,
            ports=_ports(sockets, (pair.primary, pair.secondary), f"firewall-{vrf}"),
        )


def _ports(sockets: Sockets, switches: tuple[str, ...], socket: str) -> tuple[tuple[str, str], ...]:
    return tuple((switch, sockets.name(switch, socket)) for switch in switches)


def services(found: Iterable[Host]) -> Services:
    """Sort the addresses of the hosts by what they give to the estate."""
    of_role: dict[str, list[IPv4Address]] = {}
    for host in found:
        of_role.setdefault(host.role, []).append(host.address)
    return Services(
        **{name: tuple(sorted(of_role.get(role, ()))) for name, role in _SERVICE_ROLES.items()}
    )
