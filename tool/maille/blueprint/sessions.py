"""Sessions: who opens what to whom. Everything that filters is made from these.

A session goes from the client, who opens it, to the server. The flow matrix for the firewall,
the lists on camera ports and those on gateways are three views of the same sessions; what is
not written here is denied by all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, collapse_addresses
from itertools import chain
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maille.blueprint.model import Host, Segment
    from maille.inventory.schema.centre import Centre, ExtraFlow
    from maille.inventory.schema.estate import Estate

Protocol = Literal["tcp", "udp", "icmp"]
Traffic = Literal["video", "control", "management"]
"""How it is treated on the way: DSCP CS5, CS3, CS2."""

RTSP, HTTPS, SSH, SNMP, TRAP = "554", "443", "22", "161", "162"
NTP, SYSLOG, DNS, RADIUS = "123", "514", "53", "1812,1813"
RTP = "50000-50999"
"""Where recorders take RTP over UDP."""
CEPH = "3300,6789,6800-7568"
ECHO = ""

ONE_WAY = frozenset({TRAP, SYSLOG})
"""UDP ports that never answer."""

VIEWERS = "Viewing software"
NAMES = {
    "recorder": "Recorders",
    "vms": VIEWERS,
    "ntp": "Time servers",
    "syslog": "Log servers",
    "radius": "RADIUS servers",
    "dns": "Name servers",
    "poller": "SNMP pollers",
    "management": "Management hosts",
    "ceph": "Ceph hosts",
    "workstation": "Operators' workstations",
    "wall": "Wall decoders",
    "agency": "Agencies' workstations",
}
SERVERS = ("recorder", "vms", "ceph")
DESKS = ("workstation", "wall", "agency")


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a session: its name, its prefixes, and where it lives."""

    name: str
    prefixes: tuple[IPv4Network, ...]
    vrf: str
    """`none` behind the firewall."""
    segments: frozenset[str] = frozenset()
    """The centre's segments that it is in."""


@dataclass(frozen=True, slots=True)
class Session:
    """One kind of session, in the direction in which it is opened."""

    client: Party
    server: Party
    protocol: Protocol
    ports: str
    """Of the server: single ones and ranges by commas; for ICMP empty, an echo."""
    why: str
    traffic: Traffic = "management"

    @property
    def one_way(self) -> bool:
        """Say whether nothing comes back."""
        return self.protocol == "udp" and self.ports in ONE_WAY

    @property
    def crosses_firewall(self) -> bool:
        """Say whether it goes from one VRF to the other, or to what is behind the firewall."""
        if self.client.vrf != self.server.vrf:
            return True
        return self.client.vrf == "none" and self.client.segments != self.server.segments


@dataclass(frozen=True, slots=True)
class Needs:
    """What the cameras of a segment need besides what all of them need."""

    ptz: bool = False
    """Somebody steers them."""
    rtp: bool = False
    """They send RTP over UDP to their recorder."""

    def __or__(self, other: Needs) -> Needs:
        """Give what either needs."""
        return Needs(self.ptz or other.ptz, self.rtp or other.rtp)


class HostBook:
    """The hosts of the centre, by their role and by where they are."""

    def __init__(
        self, centre: Centre, hosts: Iterable[Host], segments: Mapping[str, Segment]
    ) -> None:
        """Sort the hosts; the firewall is none of them."""
        self._of: dict[str, dict[str, list[Host]]] = {}
        self._near: dict[tuple[str, str], Party] = {}
        rtp = {entry.host for entry in centre.recorders.values() if entry.transport == "udp"}
        self._rtp: list[Host] = []
        self._named: dict[str, list[tuple[Host, str]]] = {}
        for host in hosts:
            vrf = segments[host.segment].vrf
            for known_as in {host.id, host.id.partition(".")[0]}:
                self._named.setdefault(known_as, []).append((host, vrf))
            self._of.setdefault(host.role, {}).setdefault(vrf, []).append(host)
            if host.role == "recorder" and host.id.partition(".")[0] in rtp:
                self._rtp.append(host)

    def near(self, role: str, vrf: str) -> Party:
        """Give the hosts of a role that are in a VRF; where there are none, all of the role."""
        known = self._near.get((role, vrf))
        if known is None:
            found = self._hosts(role, vrf)
            of_vrf = self._of.get(role, {})
            where = vrf if vrf in of_vrf else next(iter(of_vrf), vrf)
            known = self._near[role, vrf] = _party(NAMES[role], found, where)
        return known

    def addresses(self, role: str, vrf: str) -> tuple[IPv4Address, ...]:
        """Give the addresses of the hosts that `near` gives, sorted."""
        return tuple(sorted(host.address for host in self._hosts(role, vrf)))

    def _hosts(self, role: str, vrf: str) -> list[Host]:
        of_vrf = self._of.get(role, {})
        return of_vrf.get(vrf) or list(chain.from_iterable(of_vrf.values()))

    def each(self, role: str) -> Iterator[Party]:
        """Give the hosts of a role, one party a VRF that some of them are in."""
        for vrf in self._of.get(role, {}):
            yield self.near(role, vrf)

    def named(self, text: str) -> Party:
        """Give whom a text means: a host, equal hosts, prefixes by commas; else a mere name."""
        if found := self._named.get(text):
            return _party(text, [host for host, _ in found], found[0][1])
        return Party(text, _prefixes(text), "none")

    def rtp_recorders(self) -> Party:
        """Give the recorders to which cameras send RTP over UDP."""
        return _party(NAMES["recorder"], self._rtp, "VIDEO")


def _party(name: str, hosts: list[Host], vrf: str) -> Party:
    return Party(
        name, collapsed(h.address for h in hosts), vrf, frozenset(h.segment for h in hosts)
    )


def collapsed(addresses: Iterable[IPv4Address]) -> tuple[IPv4Network, ...]:
    """Give the fewest prefixes that hold these addresses and no other."""
    return tuple(collapse_addresses(IPv4Network(address) for address in addresses))


def camera_sessions(book: HostBook, cameras: Party, needs: Needs, live: str) -> Iterator[Session]:
    """Give the sessions of cameras; `live` is the estate's mode of live viewing."""
    recorders = book.near("recorder", cameras.vrf)
    why = "video: RTSP from recorder to camera"
    yield from _session(recorders, cameras, "tcp", RTSP, why, "video")
    if needs.rtp:
        why = "video: RTP from camera to recorder"
        yield from _session(cameras, book.rtp_recorders(), "udp", RTP, why, "video")
    if live == "direct":
        walls, why = book.near("wall", cameras.vrf), "live viewing directly from the camera"
        yield from _session(walls, cameras, "tcp", RTSP, why, "video")
    if needs.ptz:
        yield from _session(recorders, cameras, "tcp", HTTPS, "steering of cameras", "control")
    ntp, pollers = book.near("ntp", cameras.vrf), book.near("poller", cameras.vrf)
    yield from _session(cameras, ntp, "udp", NTP, "one source of time for all cameras")
    yield from _session(pollers, cameras, "udp", SNMP, "health: polling")
    management = book.near("management", cameras.vrf)
    yield from _session(management, cameras, "tcp", HTTPS, "configuration of cameras")
    yield from _session(pollers, cameras, "icmp", ECHO, "health: reachability")


def switch_sessions(book: HostBook, switches: Party) -> Iterator[Session]:
    """Give the sessions of switches with what manages them."""
    vrf = switches.vrf
    pollers = book.near("poller", vrf)
    management = book.near("management", vrf)
    yield from _session(management, switches, "tcp", SSH, "configuration of switches")
    yield from _session(pollers, switches, "udp", SNMP, "health: polling")
    yield from _session(switches, pollers, "udp", TRAP, "health: SNMPv3 traps")
    yield from _session(switches, book.near("syslog", vrf), "udp", SYSLOG, "logs of switches")
    ntp = book.near("ntp", vrf)
    yield from _session(switches, ntp, "udp", NTP, "one source of time for all switches")
    radius = book.near("radius", vrf)
    why = "port access control and administrators"
    yield from _session(switches, radius, "udp", RADIUS, why)
    yield from _session(pollers, switches, "icmp", ECHO, "health: reachability")


def centre_sessions(book: HostBook) -> Iterator[Session]:
    """Give the sessions of the centre's hosts among themselves."""
    for recorders in book.each("recorder"):
        storage = book.near("ceph", recorders.vrf)
        yield from _session(recorders, storage, "tcp", CEPH, "recording")
    for vms in book.each("vms"):
        recorders = book.near("recorder", vms.vrf)
        why = "live and recorded images"
        yield from _session(vms, recorders, "tcp", RTSP, why, "video")
        yield from _session(vms, recorders, "tcp", HTTPS, why)
    for management in book.each("management"):
        storage = book.near("ceph", management.vrf)
        why = "quotas, retention and keys of the storage"
        yield from _session(management, storage, "tcp", CEPH, why)
    for role in DESKS:
        for desks in book.each(role):
            vms = book.near("vms", desks.vrf)
            yield from _session(desks, vms, "tcp", HTTPS, "viewing, by convention")
    for role in (*SERVERS, *DESKS):
        for party in book.each(role):
            yield from _upkeep(book, party, logs=role in SERVERS)


def _upkeep(book: HostBook, party: Party, *, logs: bool) -> Iterator[Session]:
    """Give the sessions that keep a host running: time, names, health; of a server more."""
    vrf = party.vrf
    pollers = book.near("poller", vrf)
    yield from _session(party, book.near("ntp", vrf), "udp", NTP, "recordings carry right times")
    yield from _session(party, book.near("dns", vrf), "udp", DNS, "names of the estate")
    yield from _session(pollers, party, "icmp", ECHO, "health: reachability")
    if logs:
        yield from _session(pollers, party, "udp", SNMP, "health: polling")
        yield from _session(party, book.near("syslog", vrf), "udp", SYSLOG, "logs of servers")
        management = book.near("management", vrf)
        yield from _session(management, party, "tcp", SSH, "administration of servers")


def estate_sessions(estate: Estate, book: HostBook, access: Party) -> Iterator[Session]:
    """Give every session that a host of the centre has a part in, as the centre sees it.

    Cameras and switches stand there as the pools that their prefixes are given from, so that
    a new commune changes nothing at the centre. `access` are the centre's access switches.
    """
    pools = estate.settings.pools.prefixes
    profiles = estate.settings.profiles.values()
    needs = Needs(
        ptz=any(profile.ptz_control for profile in profiles),
        rtp=any(entry.transport == "udp" for entry in estate.centre.recorders.values()),
    )
    cameras = Party("Cameras", pools.video, "VIDEO")
    switches = Party("Switches", (*pools.management, *pools.loopbacks), "MGMT")
    yield from camera_sessions(book, cameras, needs, estate.settings.live.mode)
    yield from switch_sessions(book, switches)
    yield from switch_sessions(book, access)
    yield from centre_sessions(book)
    yield from extra_sessions(estate.centre.flows, book)


def extra_sessions(flows: Iterable[ExtraFlow], book: HostBook) -> Iterator[Session]:
    """Give the sessions that the inventory adds; what is a mere name opens nothing."""
    for flow in flows:
        yield Session(
            client=book.named(flow.source),
            server=book.named(flow.destination),
            protocol=flow.protocol,
            ports=flow.ports,
            why=flow.why,
        )


def _prefixes(text: str) -> tuple[IPv4Network, ...]:
    try:
        return tuple(IPv4Network(part.strip()) for part in text.split(","))
    except ValueError:  # a name: it is for people
        return ()


def _session(
    client: Party,
    server: Party,
    protocol: Protocol,
    ports: str,
    why: str,
    traffic: Traffic = "management",
) -> Iterator[Session]:
    if client.prefixes and server.prefixes:
        yield Session(client, server, protocol, ports, why, traffic)
