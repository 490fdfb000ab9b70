"""Which devices route, and which two of them are a pair of gateways."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from maille.adopt.cabling import bundle
from maille.adopt.codes import CONTRADICTION, finding
from maille.adopt.device import VRRP_DEFAULT
from maille.adopt.names import slug, unique

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from ipaddress import IPv4Address

    from maille.adopt.cabling import Cable
    from maille.adopt.device import Device, Interface
    from maille.errors import Finding

_INTERFACES_OF_A_ROUTER: Final = 2
UNKNOWN_BRIDGE: Final = 32768
"""Priority of a bridge that does not say one."""
_CENTRE: Final = re.compile(r"core|c(?:oe|œ)ur|centr|csi|csu|cvpu|dc\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two gateways, by host; a gateway without a partner is both."""

    id: str
    primary: str
    secondary: str

    @property
    def hosts(self) -> tuple[str, ...]:
        """Give its hosts, the primary first."""
        return tuple(dict.fromkeys((self.primary, self.secondary)))


@dataclass(frozen=True, slots=True)
class Gateways:
    """Every device that routes."""

    routed: frozenset[str]
    """Hosts, those known by name alone among them."""
    pairs: tuple[Pair, ...]
    centre: str
    """Id of the pair that is the centre's; empty if no device routes."""
    findings: tuple[Finding, ...]

    def pair_of(self, host: str) -> Pair | None:
        """Give the pair of a host."""
        return next((pair for pair in self.pairs if host in pair.hosts), None)


def gateways(devices: Mapping[str, Device], cables: Iterable[Cable]) -> Gateways:
    """Find the devices that route, and their pairs."""
    cables = tuple(cables)
    known = {key for key, device in devices.items() if _routes(device)}
    routed = known | _unknown_gateways(devices, known, cables)
    findings: list[Finding] = []
    partners = _partners(devices, known)
    partners |= _joined(devices, cables, routed - {host for both in partners for host in both})
    alone = routed - {host for both in partners for host in both}
    taken: set[str] = set()
    pairs = tuple(
        _pair(tuple(sorted(hosts)), devices, taken, findings)
        for hosts in sorted([*partners, *(frozenset({host}) for host in alone)], key=sorted)
    )
    return Gateways(frozenset(routed), pairs, _centre(pairs, devices), tuple(findings))


def _routes(device: Device) -> bool:
    """Say whether a device routes: it shares addresses, speaks OSPF, or has several networks."""
    found = [
        each
        for each in device.interfaces.values()
        if each.address and not each.shutdown and each.kind != "Management"
    ]
    shares = any(each.virtual for each in found)
    return shares or device.routes_dynamically or len(found) >= _INTERFACES_OF_A_ROUTER


def _unknown_gateways(
    devices: Mapping[str, Device], known: set[str], cables: Iterable[Cable]
) -> set[str]:
    """Find gateways without a configuration: routed to, bundled with, or named like known ones."""
    stems = {_stem(host) for host in known} - {_stem(h) for h in devices.keys() - known}
    found = set()
    for cable in cables:
        for near, far in ((cable.a, cable.b), (cable.b, cable.a)):
            if far.host in devices:
                continue
            carrier = bundle(devices[near.host], near.port) if near.host in devices else None
            joined = near.host in known and carrier and _joins_gateways(carrier)
            if joined or _stem(far.host) in stems or not known:
                found.add(far.host)
    return found


def _joins_gateways(carrier: Interface) -> bool:
    return carrier.mode == "routed" or _is_lag(carrier.name)


def _is_lag(name: str) -> bool:
    return name.startswith("Port-channel")


def _stem(host: str) -> str:
    """Give a host name without the number at its end."""
    return re.sub(r"[-_.]?\d+[a-z]?$", "", host)


def _partners(devices: Mapping[str, Device], known: set[str]) -> set[frozenset[str]]:
    """Pair gateways that share virtual addresses, those who share most first."""
    shared: dict[IPv4Address, set[str]] = {}
    for host in known:
        for each in devices[host].interfaces.values():
            for virtual in each.virtual:
                shared.setdefault(virtual, set()).add(host)
    counted = Counter(
        frozenset(both) for hosts in shared.values() for both in combinations(sorted(hosts), 2)
    )
    found: set[frozenset[str]] = set()
    for both, _ in sorted(counted.items(), key=lambda item: (-item[1], sorted(item[0]))):
        if not any(both & other for other in found):
            found.add(both)
    return found


def _joined(
    devices: Mapping[str, Device], cables: Iterable[Cable], alone: set[str]
) -> set[frozenset[str]]:
    """Pair gateways without a partner that a trunk joins, bundles first."""
    found: set[frozenset[str]] = set()
    trunks = [
        (not _is_lag(carrier.name), frozenset((cable.a.host, cable.b.host)))
        for cable in cables
        for near in (cable.a, cable.b)
        if {cable.a.host, cable.b.host} <= alone
        and near.host in devices
        and (carrier := bundle(devices[near.host], near.port))
        and carrier.mode == "trunk"
    ]
    for _, both in sorted(trunks, key=lambda item: (item[0], sorted(item[1]))):
        if len(both) == 2 and not any(both & other for other in found):
            found.add(both)
    return found


def _pair(
    hosts: tuple[str, ...], devices: Mapping[str, Device], taken: set[str], findings: list[Finding]
) -> Pair:
    """Name a pair after what its hosts have in common; the VRRP master is its primary."""
    ident = unique(_common(hosts), taken)
    if len(hosts) == 1:
        return Pair(ident, hosts[0], hosts[0])
    first, second = sorted(hosts, key=lambda host: _order(host, hosts, devices))
    findings += _mixed_masters(first, second, devices)
    return Pair(ident, first, second)


def _common(hosts: tuple[str, ...]) -> str:
    return slug(_beginning(hosts).rstrip("0123456789-_.")) or slug(hosts[0], "pair")


def _beginning(hosts: tuple[str, ...]) -> str:
    """Give the letters that all names begin with."""
    first, last = min(hosts), max(hosts)
    same = (a == b for a, b in zip(first, last, strict=False))
    return first[: next((at for at, equal in enumerate(same) if not equal), len(first))]


def _order(host: str, hosts: tuple[str, ...], devices: Mapping[str, Device]) -> tuple[object, ...]:
    """Order the two of a pair: who is master of more VLANs, then the better bridge."""
    other = next(each for each in hosts if each != host)
    device = devices.get(host)
    if device is None:
        return (_mastered(devices.get(other), None) > 0, UNKNOWN_BRIDGE, host)
    return (_mastered(device, devices.get(other)) < 0, device.bridge_priority, host)


def _mastered(device: Device | None, partner: Device | None) -> int:
    """Count the VLANs of which a device is master, less those of which it is not."""
    balance = 0
    for each in device.svis if device else ():
        if not each.virtual:
            continue
        other = partner.interfaces.get(each.name) if partner else None
        theirs = other.priority if other and other.virtual else VRRP_DEFAULT
        balance += (each.priority > theirs) - (each.priority < theirs)
    return balance


def _mixed_masters(first: str, second: str, devices: Mapping[str, Device]) -> Iterator[Finding]:
    """Tell of VLANs whose master is the secondary: maille has one master for all."""
    device, partner = devices.get(first), devices.get(second)
    for each in device.svis if device and partner else ():
        other = partner.interfaces.get(each.name) if partner else None
        if device and other and each.virtual and other.virtual and each.priority < other.priority:
            yield finding(
                CONTRADICTION,
                f"{second} is the master of {each.name}, {first} that of most others",
                "one switch of a pair is master and root for all VLANs; the draft says which",
                device.place(each.line),
                device.hostname,
                device.text(each.line),
            )


def _centre(pairs: tuple[Pair, ...], devices: Mapping[str, Device]) -> str:
    """Find the pair of the centre: it has the way out, the servers, or the name."""
    if not pairs:
        return ""
    return max(pairs, key=lambda pair: (_centrality(pair, devices), pair.id)).id


def _centrality(pair: Pair, devices: Mapping[str, Device]) -> int:
    found = [devices[host] for host in pair.hosts if host in devices]
    ways_out = sum(route.network.prefixlen == 0 for device in found for route in device.routes)
    servers = {server.address for device in devices.values() for server in device.servers}
    served = sum(
        server in svi.address.network
        for server in servers
        for svi in (found[0].svis if found else ())
        if svi.address
    )
    named = any(_CENTRE.search(host) for host in pair.hosts)
    return 4 * min(ways_out, 1) + 3 * min(served, 1) + 2 * named
