"""The centre: its segments, its hosts and their ports, the legs of its firewall."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from maille.adopt.codes import (
    GUESSED,
    NUMBER_NOT_KEPT,
    PORT_NOT_PLACED,
    TO_FILL_IN,
    finding,
)
from maille.adopt.descriptions import use_in
from maille.adopt.links import vrf_part
from maille.adopt.names import port_order, slug, unique
from maille.adopt.segments import VlanOf, is_management, of_centre

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from ipaddress import IPv4Address, IPv4Network

    from maille.adopt.device import Device, Interface, Server
    from maille.adopt.segments import Known, Segments
    from maille.adopt.survey import Survey
    from maille.errors import Finding
    from maille.inventory.schema.centre import HostRole

Vrf: TypeAlias = Literal["VIDEO", "MGMT"]

_FIREWALL: Final = re.compile(
    r"fire-?wall|pare-?feu|\bfw\b|\basa\b|forti|stormshield|palo|check-?point", re.IGNORECASE
)
_ROLES: Final[tuple[tuple[str, HostRole], ...]] = (
    (r"ceph|stock|storage|\bosd", "ceph"),
    (r"record|enreg|nvr|dvr", "recorder"),
    (r"\bntp|\btime\b|\btemps\b|horloge", "ntp"),
    (r"syslog|\blogs?\b|journaux", "syslog"),
    (r"radius|\baaa\b|\bnps\b", "radius"),
    (r"dns|noms?\b|names?\b", "dns"),
    (r"poll|sonde|superv.*snmp|zabbix|centreon", "poller"),
    (r"\bvms|viewing software|milestone|genetec|nedap", "vms"),
    (r"wall|mur", "wall"),
    (r"maille|manage|admin|bastion|gestion", "management"),
    (r"agenc|police|gendarm|prefect|consult|partenaire|relecture", "agency"),
    (r"poste|desk|workstation|op[ée]rateur", "workstation"),
)
_SERVICE_ROLES: Final[dict[str, HostRole]] = {
    "ntp": "ntp",
    "syslog": "syslog",
    "radius": "radius",
    "dns": "dns",
    "poller": "poller",
}
_HOST_NAME: Final = re.compile(r"([A-Za-z][\w-]*?)(?:\.(\d{1,3}))?(?:[\s,;:(]+(.*))?$")
_GATEWAYS: Final = 5
"""Addresses of a prefix that no host gets: network, three gateways, broadcast."""
_UNKNOWN_HOSTS: Final = 8
"""For how many hosts a segment is drafted whose prefix no configuration knows."""


@dataclass(frozen=True, slots=True)
class CentreSegment:
    """A segment of the centre."""

    id: str
    title: str
    vrf: Literal["VIDEO", "MGMT", "none"]
    hosts: int
    at: VlanOf | None
    """Its VLAN; None for one that is made up."""
    prefix: IPv4Network | None
    known: Known | None


@dataclass(frozen=True, slots=True)
class Socket:
    """A port of a host, by the number of the host among its equals."""

    host: str
    port: str
    number: int
    line: int


@dataclass(frozen=True, slots=True)
class CentreHost:
    """A host of the centre, or several equal ones."""

    id: str
    title: str
    role: HostRole
    segment: str
    sockets: tuple[Socket, ...] = ()
    address: IPv4Address | None = None
    server: Server | None = None
    """What said the address."""
    server_host: str = ""

    @property
    def count(self) -> int:
        """Count them."""
        return max((socket.number for socket in self.sockets), default=1)

    @property
    def attached_to(self) -> tuple[str, ...]:
        """Give the switches they are on, by host."""
        return tuple(dict.fromkeys(sorted(socket.host for socket in self.sockets)))


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg of the firewall."""

    segment: str
    address: IPv4Address | None = None
    host: str = ""
    line: int = 0
    sockets: tuple[Socket, ...] = ()


@dataclass(frozen=True, slots=True)
class CentreDraft:
    """The centre as far as the configurations tell."""

    segments: tuple[CentreSegment, ...]
    hosts: tuple[CentreHost, ...]
    legs: Mapping[Vrf, Leg]
    management_segment: str
    findings: tuple[Finding, ...]


def centre(survey: Survey, found: Segments) -> CentreDraft:
    """Draft the centre."""
    maker = _Maker(survey, found)
    return maker.draft()


class _Maker:
    def __init__(self, survey: Survey, found: Segments) -> None:
        self._survey = survey
        self._found = found
        self._findings: list[Finding] = []
        self._taken: set[str] = set()
        self._legs: dict[Vrf, Leg] = {}
        self._segments = [self._segment(at, vlan) for at, vlan in of_centre(survey, found).items()]

    def draft(self) -> CentreDraft:
        self._legs = self._found_legs()
        management = self._management()
        hosts = self._with_addresses(self._hosts())
        legs = {vrf: self._with_sockets(vrf, leg) for vrf, leg in self._legs.items()}
        return CentreDraft(
            tuple(self._segments), tuple(hosts), legs, management, tuple(self._findings)
        )

    # Segments

    def _segment(self, at: VlanOf, vlan: Known) -> CentreSegment:
        name = re.sub(r"^csi[-_]", "", vlan.name, flags=re.IGNORECASE)
        prefix = vlan.prefix if vlan.gateways else None
        hosts = max(prefix.num_addresses - _GATEWAYS, 1) if prefix else _UNKNOWN_HOSTS
        vrf: Literal["VIDEO", "MGMT", "none"] = "none"
        if vlan.gateways:
            vrf = "MGMT" if is_management(vlan) else "VIDEO"
        ident = unique(slug(name, f"vlan-{at.vlan}"), self._taken)
        return CentreSegment(ident, vlan.name or f"VLAN {at.vlan}", vrf, hosts, at, prefix, vlan)

    def _made_up(self, ident: str, title: str, vrf: Vrf) -> CentreSegment:
        segment = CentreSegment(
            unique(ident, self._taken), title, vrf, _UNKNOWN_HOSTS, None, None, None
        )
        self._segments.append(segment)
        self._fill_in(f"segment `{segment.id}` of the centre is made up: {title}")
        return segment

    def _fill_in(self, what: str) -> None:
        self._findings.append(finding(TO_FILL_IN, what, "correct it in centre.yaml"))

    def _of_vlan(self, vlan: int | None) -> CentreSegment | None:
        return next((each for each in self._segments if each.at and each.at.vlan == vlan), None)

    def _of_address(self, address: IPv4Address) -> CentreSegment | None:
        return next((e for e in self._segments if e.prefix and address in e.prefix), None)

    def _management(self) -> str:
        """Find where the switches of sites are managed: there, or where most servers are."""
        inside = [
            segment.id
            for host, svi in sorted(self._found.management.items())
            if host in self._survey.indoors
            and svi.address
            and (segment := self._of_address(svi.address.ip))
        ]
        inside += [
            segment.id
            for server in self._servers()
            if (segment := self._of_address(server[1].address)) and segment.vrf == "MGMT"
        ]
        if inside:
            return max(sorted(set(inside)), key=inside.count)
        ready = [each.id for each in self._segments if each.vrf == "MGMT"]
        if ready:
            return ready[0]
        return self._made_up("services", "Time, logs, accounts, management", "MGMT").id

    # The firewall

    def _found_legs(self) -> dict[Vrf, Leg]:
        """Find the legs by the default routes of the centre's pair."""
        pair = next(
            (p for p in self._survey.gateways.pairs if p.id == self._survey.gateways.centre), None
        )
        legs: dict[Vrf, Leg] = {}
        for host in pair.hosts if pair else ():
            device = self._survey.devices.get(host)
            for route in device.routes if device else ():
                segment = self._of_address(route.via)
                if route.network.prefixlen or segment is None:
                    continue
                vrf: Vrf = "MGMT" if vrf_part(route.vrf) == "mgmt" else "VIDEO"
                legs.setdefault(vrf, Leg(segment.id, route.via, host, route.line))
        if "VIDEO" not in legs:
            legs["VIDEO"] = Leg(self._made_up("firewall-video", "Firewall, VIDEO", "VIDEO").id)
        if "MGMT" not in legs:
            legs["MGMT"] = Leg(self._made_up("firewall-mgmt", "Firewall, MGMT", "MGMT").id)
        return {"VIDEO": legs["VIDEO"], "MGMT": legs["MGMT"]}

    def _with_sockets(self, vrf: Vrf, leg: Leg) -> Leg:
        """Find the ports of a leg: towards the firewall, with its VLAN and not the other's."""
        mine = self._vlan_of(leg.segment)
        sockets = []
        for host, port in self._firewall_ports():
            carried = _carried(port)
            others = {self._vlan_of(each.segment) for key, each in self._legs.items() if key != vrf}
            if mine in carried and not others & carried:
                sockets.append(Socket(host, port.name, 1, port.line))
        return replace(leg, sockets=tuple(sockets))

    def _vlan_of(self, segment: str) -> int | None:
        found = next((each for each in self._segments if each.id == segment), None)
        return found.at.vlan if found and found.at else None

    def _firewall_ports(self) -> Iterator[tuple[str, Interface]]:
        for host, port in self._open_ports():
            if _FIREWALL.search(port.description):
                yield host, port

    # Hosts

    def _open_ports(self) -> Iterator[tuple[str, Interface]]:
        """Give the ports of the centre's rooms that are in use and lead to no switch."""
        cabled = self._survey.ends()
        for host in sorted(self._survey.indoors):
            device = self._survey.devices.get(host)
            pair = self._survey.pair_of(host)
            if device is None or pair is None or pair.id != self._survey.gateways.centre:
                continue
            for port in sorted(device.ports, key=lambda port: port_order(port.name)):
                used = use_in(port.description) != "unused" or port.access_vlan
                if (host, port.name) not in cabled and used and not port.shutdown and not port.lag:
                    yield host, port

    def _hosts(self) -> list[CentreHost]:
        """Give the hosts that ports are described after."""
        hosts: dict[str, CentreHost] = {}
        firewall = {(host, port.name) for host, port in self._firewall_ports()}
        for host, port in self._open_ports():
            segment = self._of_vlan(port.access_vlan)
            if (host, port.name) in firewall:
                self._tell_shared_legs(host, port)
                continue
            if segment is None or port.mode in {"trunk", "routed"}:
                self._not_placed(host, port, "a host of the draft is in one segment of the centre")
                continue
            name, number, title = _host_in(port.description or port.name)
            socket = Socket(host, port.name, number, port.line)
            known = hosts.get(name)
            if known is None:
                role = _role_in(f"{name} {title}") or _role_in(segment.title)
                hosts[name] = CentreHost(name, title, role or "workstation", segment.id, (socket,))
                if role is None:
                    self._fill_in(f"host `{name}` is taken for a workstation")
            elif known.segment != segment.id or any(
                (each.host, each.number) == (host, number) for each in known.sockets
            ):
                self._not_placed(host, port, f"host `{name}` has a port on {host} already")
            else:
                hosts[name] = replace(known, sockets=(*known.sockets, socket))
        return [self._even(host) for host in hosts.values()]

    def _even(self, host: CentreHost) -> CentreHost:
        """Keep the switches on which all of some equal hosts have a port."""
        wanted = set(range(1, host.count + 1))
        whole = tuple(
            socket
            for socket in host.sockets
            if {each.number for each in host.sockets if each.host == socket.host} == wanted
        )
        for socket in host.sockets:
            if socket not in whole:
                port = self._survey.devices[socket.host].interfaces[socket.port]
                self._not_placed(
                    socket.host, port, f"not all hosts `{host.id}` have a port on {socket.host}"
                )
        return replace(host, sockets=whole or (replace(host.sockets[0], number=1),))

    def _tell_shared_legs(self, host: str, port: Interface) -> None:
        legs = {self._vlan_of(leg.segment) for leg in self._legs.values()} - {None}
        if len(legs & _carried(port)) != 1:
            self._not_placed(host, port, "a port of the draft carries one leg of the firewall")

    def _not_placed(self, host: str, port: Interface, why: str) -> None:
        device = self._survey.devices[host]
        self._findings.append(
            finding(
                PORT_NOT_PLACED,
                f"{port.name} is not in the draft: {why}",
                "describe what hangs on it in centre.yaml",
                device.place(port.line),
                device.hostname,
                device.text(port.line),
            )
        )

    # Addresses of hosts

    def _servers(self) -> list[tuple[str, Server]]:
        """Give every server once, with a device that speaks with it."""
        found: dict[tuple[str, IPv4Address], tuple[str, Server]] = {}
        for host, device in sorted(self._survey.devices.items()):
            for server in device.servers:
                found.setdefault((server.service, server.address), (host, server))
        return sorted(found.values(), key=lambda item: (item[1].service, item[1].address))

    def _with_addresses(self, hosts: list[CentreHost]) -> list[CentreHost]:
        """Give hosts the addresses of the services they are named after; add those unknown."""
        servers = self._servers()
        used: set[IPv4Address] = set()
        known = []
        for host in hosts:
            run = self._run_of(host, servers, used)
            used |= {server.address for _, server in run}
            known.append(
                replace(host, address=run[0][1].address, server=run[0][1], server_host=run[0][0])
                if run
                else host
            )
        ids = {host.id for host in known}
        for speaker, server in servers:
            if server.address in used:
                continue
            used.add(server.address)
            segment = self._of_address(server.address)
            if segment is None:
                self._findings.append(_elsewhere(self._survey.devices[speaker], server))
                continue
            role = _SERVICE_ROLES[server.service]
            ident = unique(f"{role}-1", ids)
            known.append(
                CentreHost(ident, role, role, segment.id, (), server.address, server, speaker)
            )
            self._findings.append(
                finding(
                    GUESSED,
                    f"{server.address} is a host of its own, `{ident}`: no port is named after it",
                    "join it with another host in centre.yaml if it is one, and name its ports",
                    self._survey.devices[speaker].place(server.line),
                    ident,
                )
            )
        return known

    def _run_of(
        self, host: CentreHost, servers: Iterable[tuple[str, Server]], used: set[IPv4Address]
    ) -> list[tuple[str, Server]]:
        """Find consecutive addresses of a host's service in its segment, as many as it counts."""
        segment = next(each for each in self._segments if each.id == host.segment)
        mine = [
            item
            for item in servers
            if _SERVICE_ROLES[item[1].service] == host.role
            and item[1].address not in used
            and segment.prefix
            and item[1].address in segment.prefix
        ]
        run = mine[: host.count]
        consecutive = all(
            server.address == run[0][1].address + number for number, (_, server) in enumerate(run)
        )
        return run if len(run) == len(mine) == host.count and consecutive else []


def _carried(port: Interface) -> frozenset[int]:
    """Give the VLANs of a port."""
    if port.mode == "trunk":
        return port.allowed or frozenset()
    return frozenset({port.access_vlan} if port.access_vlan else ())


def _host_in(text: str) -> tuple[str, int, str]:
    """Read a description as a host's id, its number among equal ones, and its title."""
    found = _HOST_NAME.match(text)
    if found and re.search(r"[\d.-]", found[1] + (found[2] or "")):
        title = (found[3] or "").strip(" )") or found[1]
        return slug(found[1], "host"), int(found[2] or 1), title
    if found and "," in text:
        return slug(found[1], "host"), 1, text.partition(",")[2].strip() or found[1]
    return slug(text, "host"), 1, text


def _role_in(text: str) -> HostRole | None:
    return next((role for words, role in _ROLES if re.search(words, text, re.IGNORECASE)), None)


def _elsewhere(device: Device, server: Server) -> Finding:
    return finding(
        NUMBER_NOT_KEPT,
        f"{server.address} ({server.service}) lies in no segment of the centre",
        "add the configuration of its gateway, or describe it in centre.yaml",
        device.place(server.line),
        device.hostname,
        device.text(server.line),
    )
