"""Links of `network/links.yaml`: between gateways, and to the switches of their own rooms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from maille.adopt.cabling import bundle
from maille.adopt.codes import CONTRADICTION, NUMBER_NOT_KEPT, finding
from maille.adopt.names import port_order, slug, unique
from maille.adopt.uses import function_in
from maille.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from ipaddress import IPv4Network

    from maille.adopt.cabling import Cable
    from maille.adopt.device import Device, Interface
    from maille.adopt.survey import Survey
    from maille.errors import Finding

Role: TypeAlias = Literal["peer", "transit", "trunk"]
Part: TypeAlias = Literal["video", "mgmt"]

_NAMED: Final = re.compile(r"([a-z0-9][a-z0-9-]{2,47}) to \S+ \S+")
_GENERIC: Final = frozenset({"transit", "trunk", "link", "uplink", "peer", "ring", "downlink"})
_TRANSIT_LENGTH: Final = 31


@dataclass(frozen=True, slots=True)
class Transit:
    """A network between the ends of a link, in one VRF."""

    network: IPv4Network
    host: str
    line: int


@dataclass(frozen=True, slots=True)
class Joint:
    """A link with its strands; the first end has the even addresses."""

    id: str
    ends: tuple[str, str]
    """Hosts."""
    role: Role
    strands: tuple[Cable, ...]
    transit: Mapping[Part, Transit]

    def ports(self, host: str) -> list[str]:
        """Give the port of each strand at one end, empty where it is not known."""
        return [cable.seen_from(host)[0].port for cable in self.strands]


@dataclass(frozen=True, slots=True)
class Joints:
    """All links."""

    joints: tuple[Joint, ...]
    findings: tuple[Finding, ...]


def vrf_part(vrf: str) -> Part:
    """Say which of the two VRFs of maille a VRF is."""
    return "mgmt" if function_in(vrf) == "management" else "video"


def joints(survey: Survey) -> Joints:
    """Sort the cables between gateways, and to switches beside them, into links."""
    groups: dict[tuple[str, str, Role], list[Cable]] = {}
    findings: list[Finding] = []
    for cable in survey.shape.cables:
        role = _role(survey, cable)
        if role is None:
            findings.append(_between_pairs(survey, cable))
        else:
            groups.setdefault((cable.a.host, cable.b.host, role), []).append(cable)
    taken: set[str] = set()
    found = tuple(
        _joint(survey, (a, b), role, cables, taken, findings)
        for (a, b, role), cables in groups.items()
    )
    ordered = tuple(sorted(found, key=lambda joint: _lags(survey, joint)))
    findings += _renumbered(survey, ordered)
    return Joints(ordered, tuple(findings))


def _lags(survey: Survey, joint: Joint) -> tuple[int, ...]:
    """Order links by the numbers of their bundles: the draft counts them in its order."""
    known = [lag for host in joint.ends if (lag := _lag(survey, joint, host))]
    return (max(known, default=0), *sorted(known))


def _lag(survey: Survey, joint: Joint, host: str) -> int | None:
    device = survey.devices.get(host)
    ports = [device.interfaces.get(port) for port in joint.ports(host)] if device else []
    return next((port.lag for port in ports if port and port.lag), None)


def _renumbered(survey: Survey, ordered: tuple[Joint, ...]) -> Iterator[Finding]:
    """Tell of bundles whose number will be another one."""
    counted: dict[str, int] = {}
    for joint in ordered:
        for host in joint.ends if len(joint.strands) > 1 else ():
            counted[host] = counted.get(host, 0) + 1
            lag = _lag(survey, joint, host)
            if lag is None or lag == counted[host]:
                continue
            device = survey.devices[host]
            line = device.interfaces[joint.ports(host)[0]].line
            yield finding(
                NUMBER_NOT_KEPT,
                f"bundle {lag} of {host} will be bundle {counted[host]}",
                "the draft counts the bundles of a switch in the order of its links",
                device.place(line),
                device.hostname,
                device.text(line),
            )


def _role(survey: Survey, cable: Cable) -> Role | None:
    """Say what a cable is for; nothing for a trunk between two pairs."""
    hosts = (cable.a.host, cable.b.host)
    if not set(hosts) <= survey.gateways.routed:
        return "trunk"
    if any(_is_routed(survey.devices.get(end.host), end.port) for end in (cable.a, cable.b)):
        return "transit"
    same = survey.gateways.pair_of(hosts[0]) == survey.gateways.pair_of(hosts[1])
    if same:
        return "peer"
    known = [survey.devices[host] for host in hosts if host in survey.devices]
    return None if known else "transit"


def _is_routed(device: Device | None, port: str) -> bool:
    carrier = bundle(device, port) if device else None
    if device is None or carrier is None:
        return False
    tagged = any(each.tag and each.base == carrier.name for each in device.interfaces.values())
    return carrier.mode == "routed" or carrier.address is not None or tagged


def _between_pairs(survey: Survey, cable: Cable) -> Finding:
    end = cable.a if cable.a.host in survey.devices else cable.b
    device = survey.devices.get(end.host)
    port = device.interfaces.get(end.port) if device else None
    return finding(
        CONTRADICTION,
        f"a trunk joins {cable.a.host} and {cable.b.host}, gateways of two pairs",
        "between pairs everything is routed in the draft",
        device.place(port.line) if device and port else Place(""),
        cable.a.host,
        device.text(port.line) if device and port else "",
    )


def _joint(
    survey: Survey,
    hosts: tuple[str, str],
    role: Role,
    cables: list[Cable],
    taken: set[str],
    findings: list[Finding],
) -> Joint:
    cables = sorted(cables, key=lambda cable: port_order(cable.a.port))
    ends, transit = hosts, dict[Part, Transit]()
    if role != "trunk":
        ends, transit = _transit(survey, hosts, role, cables, findings)
    return Joint(
        unique(_id(survey, hosts, role, cables), taken), ends, role, tuple(cables), transit
    )


def _id(survey: Survey, hosts: tuple[str, str], role: Role, cables: list[Cable]) -> str:
    """Name a link as its descriptions do, or after its ends."""
    for cable in cables:
        for end in (cable.a, cable.b):
            device = survey.devices.get(end.host)
            port = device.interfaces.get(end.port) if device else None
            named = _NAMED.match(port.description) if port else None
            if named and named[1] not in _GENERIC:
                return named[1]
    first, second = (survey.indoors[host] for host in hosts)
    return slug(f"{first}-{second}") if role != "peer" else slug(f"{first}-{second}-peer")


def _transit(
    survey: Survey,
    hosts: tuple[str, str],
    role: Role,
    cables: list[Cable],
    findings: list[Finding],
) -> tuple[tuple[str, str], dict[Part, Transit]]:
    """Give the networks of a link, and its ends so that the first has the even addresses."""
    even: dict[Part, str] = {}
    found: dict[Part, Transit] = {}
    for host, each in _routed_ends(survey, hosts, role, cables):
        if each.address is None:
            continue
        device, part = survey.devices[host], vrf_part(each.vrf)
        network = each.address.network
        if network.prefixlen != _TRANSIT_LENGTH:
            findings.append(_not_kept(device, each, f"{network} is no /31"))
            continue
        known = found.setdefault(part, Transit(network, host, each.address_line))
        if known.network != network:
            findings.append(_not_kept(device, each, f"VRF {part} has {known.network} there, too"))
            continue
        other = next(end for end in hosts if end != host)
        even[part] = host if each.address.ip == network.network_address else other
    first = even.get("video") or even.get("mgmt") or hosts[0]
    for part, host in even.items():
        if host != first:
            gone = found.pop(part)
            findings.append(_turned(survey.devices[gone.host], gone))
    ends = hosts if first == hosts[0] else hosts[::-1]
    return ends, found


def _routed_ends(
    survey: Survey, hosts: tuple[str, str], role: Role, cables: list[Cable]
) -> Iterator[tuple[str, Interface]]:
    """Give the interfaces with the addresses of a link: of its ports, or VLANs of a peer."""
    for host in hosts:
        device = survey.devices.get(host)
        if device is None:
            continue
        ports = {cable.seen_from(host)[0].port for cable in cables}
        carriers = {carrier.name for port in ports if (carrier := bundle(device, port))}
        for each in device.interfaces.values():
            of_ports = role == "transit" and each.base in carriers
            of_peer = role == "peer" and each.kind == "Vlan" and not each.virtual
            short = each.address is not None and each.address.network.prefixlen >= 30
            if each.address and short and (of_ports or of_peer):
                yield host, each


def _not_kept(device: Device, each: Interface, why: str) -> Finding:
    return finding(
        NUMBER_NOT_KEPT,
        f"the transit network of {each.name} is not kept: {why}",
        "the lock gives a /31 out of pools.prefixes.transit",
        device.place(each.address_line),
        device.hostname,
        device.text(each.address_line),
    )


def _turned(device: Device, transit: Transit) -> Finding:
    return finding(
        NUMBER_NOT_KEPT,
        f"{transit.network} is not kept: its even address is at the other end than that of the"
        " link's other VRF",
        "the first end of a link has the even address in both",
        device.place(transit.line),
        device.hostname,
        device.text(transit.line),
    )
