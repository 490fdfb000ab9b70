"""The flow matrix (matrice de flux): who speaks to whom, on which port, and why.

Every session that the estate needs is a line, in the direction in which it is opened. What is
not written here is denied by the firewall and by the access lists.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, collapse_addresses
from typing import TYPE_CHECKING, Literal, NamedTuple

from maille.blueprint.model import Flow
from maille.topology.naming import centre_segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maille.allocation.lock import Lock
    from maille.blueprint.model import Host, Segment, Services, Switch
    from maille.inventory.schema.commune import Commune
    from maille.inventory.schema.estate import Estate

RTSP, HTTPS, SSH, SNMP, TRAP, NTP, SYSLOG = "554", "443", "22", "161", "162", "123", "6514"
RTP = "50000-50999"
RADIUS = "1812-1813"
CEPH = "3300,6789,6800-7568"


class Party(NamedTuple):
    """One side of a flow: its name, its prefixes, and the VRF it lives in."""

    name: str
    prefixes: tuple[IPv4Network, ...]
    vrf: str


def flow_matrix(
    estate: Estate,
    lock: Lock,
    members: Mapping[str, Commune],
    segments: Mapping[str, Segment],
    switches: Mapping[str, Switch],
    hosts: Mapping[str, Host],
    services: Services,
) -> tuple[Flow, ...]:
    """Give every flow, those of the communes first, by INSEE code."""
    parties = _Parties(estate, lock, segments, switches, hosts, services)
    flows = [
        flow
        for insee, commune in members.items()
        for flow in _of_commune(parties, insee, commune, estate)
    ]
    return (*flows, *_of_centre(parties), *_extra(estate))


class _Parties:
    """Names and prefixes of everybody in the matrix."""

    def __init__(
        self,
        estate: Estate,
        lock: Lock,
        segments: Mapping[str, Segment],
        switches: Mapping[str, Switch],
        hosts: Mapping[str, Host],
        services: Services,
    ) -> None:
        self.recorder_transport = {
            recorder.transport for recorder in estate.centre.recorders.values()
        }
        self._lock = lock
        self._segments = segments
        self._hosts = hosts
        self._video = {"VIDEO", "none"}
        self.routed = Party(
            "Routed switches",
            tuple(
                IPv4Network(switch.management)
                for switch in switches.values()
                if switch.loopback_video
            ),
            "MGMT",
        )
        self.services = services

    def hosts(self, role: str, name: str) -> Party:
        """Give all hosts of a role as one party."""
        found = [host for host in self._hosts.values() if host.role == role]
        vrf = self._segments[found[0].segment].vrf if found else "none"
        return Party(name, _collapsed(host.address for host in found), vrf)

    def cameras(self, insee: str, commune: Commune) -> Party:
        """Give the cameras of a commune: its video blocks."""
        return Party(
            f"Cameras of {commune.commune} ({insee})", self._blocks(insee, "video"), "VIDEO"
        )

    def switches(self, insee: str, commune: Commune) -> Party:
        """Give the switches of a commune: its management blocks."""
        name = f"Switches of {commune.commune} ({insee})"
        return Party(name, self._blocks(insee, "management"), "MGMT")

    def segment(self, key: str) -> Party:
        """Give everybody on a segment of the centre."""
        segment = self._segments[centre_segment(key)]
        return Party(segment.title, (segment.prefix,), segment.vrf)

    def _blocks(self, insee: str, pool: Literal["video", "management"]) -> tuple[IPv4Network, ...]:
        blocks = self._lock.communes[insee].blocks.values()
        return tuple(collapse_addresses(block.prefix for block in blocks if block.pool == pool))


def _collapsed(addresses: Iterable[IPv4Address]) -> tuple[IPv4Network, ...]:
    return tuple(collapse_addresses(IPv4Network(address) for address in addresses))


def _flow(
    source: Party, destination: Party, protocol: Literal["tcp", "udp", "icmp"], ports: str, why: str
) -> Iterator[Flow]:
    if source.prefixes and destination.prefixes:
        yield Flow(
            source=source.name,
            source_prefixes=source.prefixes,
            destination=destination.name,
            destination_prefixes=destination.prefixes,
            protocol=protocol,
            ports=ports,
            crosses_firewall=source.vrf != destination.vrf or source.vrf == "none",
            why=why,
        )


def _of_commune(parties: _Parties, insee: str, commune: Commune, estate: Estate) -> Iterator[Flow]:
    cameras, switches = parties.cameras(insee, commune), parties.switches(insee, commune)
    recorders = parties.hosts("recorder", "Recorders")
    ntp = parties.hosts("ntp", "Time servers")
    pollers = parties.hosts("poller", "SNMP pollers")
    management = parties.hosts("management", "Management hosts")
    yield from _flow(recorders, cameras, "tcp", RTSP, "video: RTSP from recorder to camera")
    if "udp" in parties.recorder_transport:
        yield from _flow(cameras, recorders, "udp", RTP, "video: RTP from camera to recorder")
    if estate.settings.live.mode == "direct":
        walls = parties.hosts("wall", "Wall decoders")
        yield from _flow(walls, cameras, "tcp", RTSP, "live viewing directly from the camera")
    yield from _flow(cameras, ntp, "udp", NTP, "one source of time for all cameras")
    yield from _flow(pollers, cameras, "udp", SNMP, "health: polling")
    yield from _flow(management, cameras, "tcp", HTTPS, "configuration of cameras")
    yield from _of_switches(parties, switches, ntp, pollers, management)


def _of_switches(
    parties: _Parties, switches: Party, ntp: Party, pollers: Party, management: Party
) -> Iterator[Flow]:
    yield from _flow(management, switches, "tcp", SSH, "configuration of switches")
    yield from _flow(pollers, switches, "udp", SNMP, "health: polling")
    yield from _flow(switches, pollers, "udp", TRAP, "health: SNMPv3 traps")
    yield from _flow(switches, ntp, "udp", NTP, "one source of time for all switches")
    syslog = parties.hosts("syslog", "Log servers")
    yield from _flow(switches, syslog, "udp", "514", "logs of switches")
    radius = parties.hosts("radius", "RADIUS servers")
    yield from _flow(switches, radius, "udp", RADIUS, "port access control and administrators")


def _of_centre(parties: _Parties) -> Iterator[Flow]:
    ntp = parties.hosts("ntp", "Time servers")
    pollers = parties.hosts("poller", "SNMP pollers")
    management = parties.hosts("management", "Management hosts")
    recorders = parties.hosts("recorder", "Recorders")
    vms = parties.hosts("vms", "Viewing software")
    yield from _of_switches(parties, parties.routed, ntp, pollers, management)
    yield from _flow(recorders, parties.hosts("ceph", "Ceph hosts"), "tcp", CEPH, "recording")
    yield from _flow(recorders, ntp, "udp", NTP, "recordings carry right times")
    yield from _flow(vms, recorders, "tcp", f"{RTSP},{HTTPS}", "live and recorded images")
    for role, name in (
        ("workstation", "Operators' workstations"),
        ("wall", "Wall decoders"),
        ("agency", "Agencies' workstations"),
    ):
        yield from _flow(parties.hosts(role, name), vms, "tcp", HTTPS, "viewing, by convention")


def _extra(estate: Estate) -> Iterator[Flow]:
    for flow in estate.centre.flows:
        yield Flow(
            source=flow.source,
            source_prefixes=(),
            destination=flow.destination,
            destination_prefixes=(),
            protocol=flow.protocol,
            ports=flow.ports,
            crosses_firewall=True,
            why=flow.why,
        )
