"""Hosts of the centre, by the descriptions of their ports."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from maille.adopt.centre.model import CentreHost, Socket
from maille.adopt.centre.rooms import leads_to_firewall, not_placed, open_ports
from maille.adopt.names import slug

if TYPE_CHECKING:
    from maille.adopt.centre.book import SegmentBook
    from maille.adopt.device import Interface
    from maille.adopt.survey import Survey
    from maille.inventory.schema.centre import HostRole

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
_NAME: Final = re.compile(r"([A-Za-z][\w-]*?)(?:\.(\d{1,3}))?(?:[\s,;:(]+(.*))?$")


def hosts(survey: Survey, book: SegmentBook) -> list[CentreHost]:
    """Give the hosts that ports are described after."""
    finder = _Finder(survey, book)
    for host, port in open_ports(survey):
        if not leads_to_firewall(port):
            finder.add(host, port)
    return finder.whole()


class _Finder:
    def __init__(self, survey: Survey, book: SegmentBook) -> None:
        self._survey = survey
        self._book = book
        self._hosts: dict[str, CentreHost] = {}

    def add(self, switch: str, port: Interface) -> None:
        """Take a port of a switch."""
        segment = self._book.of_vlan(port.access_vlan)
        if segment is None or port.mode in {"trunk", "routed"}:
            why = "a host of the draft is in one segment of the centre"
            if port.access_vlan and port.mode != "trunk":
                why = f"VLAN {port.access_vlan} is no segment of the centre"
            self._tell(switch, port, why)
            return
        name, number, title = host_in(port.description or port.name)
        socket = Socket(switch, port.name, number, port.line)
        known = self._hosts.get(name)
        if known is None:
            role = role_in(f"{name} {title}") or role_in(segment.title)
            self._hosts[name] = CentreHost(
                name, title, role or "workstation", segment.id, (socket,)
            )
            if role is None:
                self._book.fill_in(f"host `{name}` is taken for a workstation")
        elif known.segment != segment.id or _has_port(known, socket):
            self._tell(switch, port, f"host `{name}` has a port on {switch} already")
        else:
            self._hosts[name] = replace(known, sockets=(*known.sockets, socket))

    def whole(self) -> list[CentreHost]:
        """Give all hosts, each on the switches on which all of its equals have a port."""
        return [self._even(host) for host in self._hosts.values()]

    def _even(self, host: CentreHost) -> CentreHost:
        wanted = set(range(1, host.count + 1))
        on: dict[str, set[int]] = {}
        for socket in host.sockets:
            on.setdefault(socket.host, set()).add(socket.number)
        whole = tuple(socket for socket in host.sockets if on[socket.host] == wanted)
        for socket in host.sockets:
            if socket not in whole:
                port = self._survey.devices[socket.host].interfaces[socket.port]
                why = f"not all hosts `{host.id}` have a port on {socket.host}"
                self._tell(socket.host, port, why)
        return replace(host, sockets=whole or (replace(host.sockets[0], number=1),))

    def _tell(self, switch: str, port: Interface, why: str) -> None:
        self._book.findings.append(not_placed(self._survey, switch, port, why))


def _has_port(host: CentreHost, socket: Socket) -> bool:
    return any((s.host, s.number) == (socket.host, socket.number) for s in host.sockets)


def host_in(text: str) -> tuple[str, int, str]:
    """Read a description as a host's id, its number among equal ones, and its title.

    `ceph.3, Storage` is the third of several; `nvr-1 Recorder` is one.
    """
    found = _NAME.match(text)
    if found and re.search(r"[\d.-]", found[1] + (found[2] or "")):
        title = (found[3] or "").strip(" )") or found[1]
        return slug(found[1], "host"), max(int(found[2] or 1), 1), title
    if found and "," in text:
        return slug(found[1], "host"), 1, text.partition(",")[2].strip() or found[1]
    return slug(text, "host"), 1, text


def role_in(text: str) -> HostRole | None:
    """Guess what a host is for."""
    return next((role for words, role in _ROLES if re.search(words, text, re.IGNORECASE)), None)
