"""Lines of a whole device, of either platform."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from maille.adopt.device import Binding, Interface, Route, Server, Vlan
from maille.adopt.names import full_port
from maille.adopt.parsing.interfaces import read_interface
from maille.adopt.parsing.reader import Log, Patterns
from maille.adopt.parsing.values import address, mac, network, vlan_id, vlan_ids

if TYPE_CHECKING:
    from ipaddress import IPv4Address

    from maille.adopt.device import Service
    from maille.adopt.parsing.reader import Take
    from maille.adopt.parsing.tree import Line


@dataclass(slots=True)
class System:
    """A device while its lines are read."""

    log: Log = field(default_factory=Log)
    hostname: str = ""
    hostname_line: int = 0
    hints: list[str] = field(default_factory=list)
    serial: str = ""
    interfaces: dict[str, Interface] = field(default_factory=dict)
    vlans: dict[int, Vlan] = field(default_factory=dict)
    bindings: list[Binding] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    gateway: IPv4Address | None = None
    source_interface: str = ""
    servers: list[Server] = field(default_factory=list)
    location: str = ""
    domain: str = ""
    region: str = ""
    bridge_priority: int = 32768
    routes_dynamically: bool = False
    only_eos: int = 0
    """Lines that only EOS has."""
    only_ios: int = 0


def read_system(lines: tuple[Line, ...]) -> System:
    """Read the lines of a configuration."""
    found = System()
    _PATTERNS.read(lines, found, found.log)
    return found


def _hostname(into: System, match: re.Match[str], line: Line) -> None:
    if not into.hostname:
        into.hostname, into.hostname_line = match[1], line.number


def _interface(into: System, _match: re.Match[str], line: Line) -> bool:
    found = read_interface(line, into.log)
    if found is None:
        into.log.leave(line)
        return False
    into.interfaces.setdefault(found.name, found)
    return True


def _vlan(into: System, match: re.Match[str], line: Line) -> bool:
    ids = vlan_ids(match[1])
    if ids is None:
        return False
    words = {below.text.partition(" ")[0]: below.text.partition(" ")[2] for below in line.below}
    for ident in sorted(ids):
        into.vlans[ident] = Vlan(
            ident,
            line.number,
            words.get("name", "").strip('"'),
            suspended=words.get("state") == "suspend",
        )
    return True


def _binding_ios(into: System, match: re.Match[str], line: Line) -> bool:
    return _bind(into, match[1], match[3], match[2], match[4], line)


def _binding_eos(into: System, match: re.Match[str], line: Line) -> bool:
    return _bind(into, match[2], match[1], match[3], match[4], line)


def _bind(into: System, label: str, at: str, vlan: str, port: str, line: Line) -> bool:
    hardware, where, segment = mac(label), address(at), vlan_id(vlan)
    if not (hardware and where and segment):
        return False
    into.bindings.append(Binding(hardware, where, line.number, segment, full_port(port)))
    return True


def _arp_list(into: System, _match: re.Match[str], line: Line) -> None:
    """Take a list of ARP: addresses with their MAC, whose ports are told elsewhere."""
    for below in line.below:
        found = re.search(r"permit ip host (\S+) mac host (\S+)", below.text)
        at, label = (address(found[1]), mac(found[2])) if found else (None, "")
        if at and label:
            into.bindings.append(Binding(label, at, below.number))
        elif not below.text.startswith("deny"):
            into.log.odd.append(below.number)


def _route(into: System, match: re.Match[str], line: Line) -> bool:
    vrf, to, via = match[1] or "", network(match[2]), address(match[3])
    if to is None or via is None:
        return False
    into.routes.append(Route(vrf, to, via, line.number))
    return True


def _gateway(into: System, match: re.Match[str], _line: Line) -> bool:
    into.gateway = address(match[1])
    return into.gateway is not None


def _server(service: Service) -> Take[System]:
    """Take a line with the address of a server, and its VRF if there is one."""

    def take(into: System, match: re.Match[str], line: Line) -> bool:
        at = address(match["at"])
        if at is None:
            return False
        into.servers.append(Server(service, at, match.groupdict().get("vrf") or "", line.number))
        return True

    return take


def _radius(into: System, _match: re.Match[str], line: Line) -> None:
    """Take a section `radius server NAME`."""
    _RADIUS.read(line.below, into, into.log, "radius server")


def _source(into: System, match: re.Match[str], _line: Line) -> None:
    into.source_interface = full_port(match[1]) or into.source_interface


def _mst(into: System, _match: re.Match[str], line: Line) -> None:
    for below in line.below:
        if below.text.startswith("name "):
            into.region = below.text.removeprefix("name ").strip('"')


def _priority(into: System, match: re.Match[str], _line: Line) -> None:
    into.bridge_priority = min(into.bridge_priority, int(match[1]))


def _hint(into: System, match: re.Match[str], _line: Line) -> None:
    into.hints.append(match[1])


def _licence(into: System, match: re.Match[str], _line: Line) -> None:
    into.hints.insert(0, match[1])
    into.serial = match[2] or into.serial


def _text(key: str) -> Take[System]:
    def take(into: System, match: re.Match[str], _line: Line) -> None:
        setattr(into, key, match[1].strip('"'))

    return take


def _routing(into: System, match: re.Match[str], line: Line) -> None:
    into.routes_dynamically = True
    _leave_below(into, match, line)


def _eos(into: System, match: re.Match[str], line: Line) -> None:
    into.only_eos += 1
    _leave_below(into, match, line)


def _ios(into: System, match: re.Match[str], line: Line) -> None:
    into.only_ios += 1
    _leave_below(into, match, line)


def _leave_below(into: System, match: re.Match[str], line: Line) -> None:
    for below in line.below:
        into.log.leave(below, match[1])


_VRF = r"(?:vrf (?P<vrf>\S+) )?"
_AT = r"(?P<at>\d+\.\d+\.\d+\.\d+)"

_RADIUS: Final[Patterns[System]] = Patterns(
    (rf"address ipv4 {_AT}\b.*", _server("radius")),
    (r"(?:timeout|retransmit|automate-tester|key) .*", lambda *_: None),
)
_PATTERNS: Final[Patterns[System]] = Patterns(
    (r"hostname \"?([A-Za-z0-9][\w.-]*)\"?", _hostname),
    (r"interface .+", _interface),
    (r"vlan (\d[\d,-]*)", _vlan),
    (
        r"ip source binding ([0-9A-Fa-f]+[.:-]\S+) vlan (\d+) (\d+\.\S+) interface (.+)",
        _binding_ios,
    ),
    (r"ip source binding (\d+\.\S+) (\S+) vlan (\d+) interface (.+)", _binding_eos),
    (r"arp access-list \S+", _arp_list),
    (r"ip route (?:vrf (\S+) )?(\S+/\d+|\d\S+ \d\S+) (\d+\.\S+)\b.*", _route),
    (r"ip default-gateway (\S+)", _gateway),
    (rf"ntp server {_VRF}{_AT}\b.*", _server("ntp")),
    (rf"logging {_VRF}host {_AT}\b.*", _server("syslog")),
    (rf"logging {_AT}", _server("syslog")),
    (rf"radius-server host {_AT}(?: vrf (?P<vrf>\S+))?\b.*", _server("radius")),
    (r"radius server \S+", _radius),
    (rf"snmp-server host {_AT}(?: vrf (?P<vrf>\S+))?\b.*", _server("poller")),
    (rf"ip name-server {_VRF}{_AT}\b.*", _server("dns")),
    (r"(?:logging|ntp|snmp-server trap-|ip ssh) ?source(?:-interface)? (\S+)", _source),
    (r"logging vrf \S+ (?:source|local)-interface (\S+)", _source),
    (r"snmp-server location (.+)", _text("location")),
    (r"(?:ip domain[ -]name|dns domain) (\S+)", _text("domain")),
    (r"spanning-tree mst configuration", _mst),
    (r"spanning-tree (?:mst|vlan-id|vlan) \S+ priority (\d+)", _priority),
    (r"spanning-tree priority (\d+)", _priority),
    (r"switch \d+ provision (\S+)", _hint),
    (r"license udi pid (\S+)(?: sn (\S+))?", _licence),
    (r"(router ospf)\b.*", _routing),
    (r"(vrf instance|management security|management console|management ssh)\b.*", _eos),
    (r"(service routing protocols model) .*", _eos),
    (r"(service timestamps|line vty|vtp|version|errdisable detect)\b.*", _ios),
)
