"""Ports: every one of a switch, with what hangs on it and how it is to stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maille.blueprint.model import Link, LinkEnd, Port, Strand, TransitNet
from maille.blueprint.segments import not_in_lock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from ipaddress import IPv4Address, IPv4Network

    from maille.allocation.lock import Lock, Socket
    from maille.blueprint.model import Camera, Host, Point, PortKind
    from maille.blueprint.segments import Membership
    from maille.inventory.schema.catalogue import PortGroup, SwitchModel
    from maille.topology.build import End, PlannedLink

FIRST_LAG = 1

_SPUR_KINDS: dict[bool, PortKind] = {True: "spur-up", False: "spur-down"}
"""The kind of a spur's port, by whether it is the child's."""


class Sockets:
    """Finds the ports that the lock (or convention) gives to the ends of links."""

    def __init__(self, lock: Lock, models: dict[str, SwitchModel]) -> None:
        """Keep the lock's sockets and the model of every switch."""
        self._lock = lock
        self._models = models

    def names(self, end: End) -> tuple[str, ...]:
        """Give the port of every strand at one end of a link."""
        if end.fixed is not None:
            return (self._models[end.switch].uplink_ports[end.fixed - 1][0],)
        return tuple(self.name(end.switch, socket) for socket in end.sockets)

    def name(self, switch: str, socket: str) -> str:
        """Give the port under `<switch>/<socket>`; raises AllocationError if none is given."""
        given = self._lock.shared.sockets.get(f"{switch}/{socket}")
        if given is None:
            raise not_in_lock(f"`{socket}` on switch {switch}")
        return self._port(switch, given)

    def _port(self, switch: str, given: Socket) -> str:
        model = self._models[switch]
        ports = model.access_ports if given.kind == "access" else model.uplink_ports
        return ports[given.position - 1][0]


def links(
    planned: Iterable[PlannedLink],
    sockets: Sockets,
    membership: Membership,
    lock: Lock,
    transit_vlans: dict[str, int],
) -> dict[str, Link]:
    """Give every link with its ports, its VLANs and its transit networks."""
    found: dict[str, Link] = {}
    lags: dict[str, int] = {}
    for plan in planned:
        found[plan.id] = Link(
            id=plan.id,
            role=plan.role,
            a=_end(plan, plan.a, sockets, lags),
            b=_end(plan, plan.b, sockets, lags),
            medium=plan.medium,
            speed_mbps=plan.speed_mbps,
            capacity_mbps=plan.capacity_mbps,
            strands=tuple(
                Strand(
                    s.cables,
                    s.length_km,
                    s.optic_a,
                    s.optic_b,
                    s.loss_db,
                    s.loss_measured,
                    s.passages,
                )
                for s in plan.strands
            ),
            ring=plan.ring,
            pair=plan.pair,
            segments=membership.of_link(plan),
            transit=_transit(plan, lock, transit_vlans),
            ospf_cost=plan.ospf_cost,
            in_service=plan.in_service,
        )
    return found


def _end(plan: PlannedLink, end: End, sockets: Sockets, lags: dict[str, int]) -> LinkEnd:
    lag = None
    if len(plan.strands) > 1:
        lag = lags[end.switch] = lags.get(end.switch, FIRST_LAG - 1) + 1
    return LinkEnd(end.switch, sockets.names(end), plan.stp_cost, lag)


def _transit(
    plan: PlannedLink, lock: Lock, transit_vlans: dict[str, int]
) -> tuple[TransitNet, ...]:
    if plan.role not in {"transit", "peer"}:
        return ()
    given = lock.shared.transit.get(plan.id)
    if given is None:
        raise not_in_lock(f"transit link {plan.id}")
    return (
        TransitNet("VIDEO", transit_vlans["VIDEO"], given.video, *_two(given.video)),
        TransitNet("MGMT", transit_vlans["MGMT"], given.mgmt, *_two(given.mgmt)),
    )


def _two(prefix: IPv4Network) -> tuple[IPv4Address, IPv4Address]:
    return prefix[0], prefix[1]


class PortBoard:
    """Collects what hangs on each port, then gives all ports of a switch."""

    def __init__(self) -> None:
        """Start with nothing attached."""
        self._taken: dict[tuple[str, str], Port] = {}

    def attach_cameras(self, cameras: Iterable[Camera], points: Iterable[Point]) -> None:
        """Take cameras and points; without an enrolled MAC, or retired, a port stays shut."""
        nomads: dict[str, Camera] = {}
        for camera in cameras:
            if camera.nomad and camera.point:
                nomads[camera.point] = camera
            elif camera.switch and camera.port:
                self._taken[camera.switch, camera.port] = Port(
                    camera.port,
                    "camera",
                    f"{camera.id} {camera.place}",
                    shutdown=camera.mac is None or camera.retired,
                    camera=camera.id,
                    segment=camera.segment,
                )
        for point in points:
            nomad = nomads.get(point.id)
            self._taken[point.switch, point.port] = Port(
                point.port,
                "point",
                f"point {point.id} {point.entry.place}",
                shutdown=nomad is None or nomad.mac is None,
                camera=nomad.id if nomad else None,
                point=point.id,
                segment=point.segment,
            )

    def attach_links(self, links: Iterable[Link]) -> None:
        """Take both ends of every link."""
        for link in links:
            self._attach_end(link, link.a, link.b, [strand.optic_a for strand in link.strands])
            self._attach_end(link, link.b, link.a, [strand.optic_b for strand in link.strands])

    def _attach_end(
        self, link: Link, here: LinkEnd, there: LinkEnd, optics: list[str | None]
    ) -> None:
        kind = _SPUR_KINDS[here is link.a] if link.role == "spur" else link.role
        ends = zip(here.ports, there.ports, optics, strict=True)
        for strand, (name, far, optic) in enumerate(ends):
            self._taken[here.switch, name] = Port(
                name,
                kind,
                f"{link.id} to {there.switch} {far}",
                link=link.id,
                strand=strand,
                far_switch=there.switch,
                far_port=far,
                optic=optic,
            )

    def attach_hosts(self, hosts: Iterable[Host]) -> None:
        """Take the hosts of the centre, the firewall's legs among them."""
        for host in hosts:
            for switch, name in host.ports:
                self._taken[switch, name] = Port(
                    name,
                    "firewall" if host.role == "firewall" else "host",
                    f"{host.id} {host.title}",
                    host=host.id,
                    segment=host.segment,
                )

    def of(self, switch: str, model: SwitchModel) -> tuple[Port, ...]:
        """Give all ports of a switch; what nothing hangs on is spare and shut."""
        return (
            *self._group(switch, model.access_ports, uplink=False),
            *self._group(switch, model.uplink_ports, uplink=True),
        )

    def _group(
        self, switch: str, ports: tuple[tuple[str, PortGroup], ...], *, uplink: bool
    ) -> Iterable[Port]:
        for index, (name, group) in enumerate(ports, start=1):
            taken = self._taken.get((switch, name)) or Port(name, "spare", shutdown=True)
            yield replace(
                taken, index=index, uplink=uplink, speed_mbps=group.speed_mbps, poe=group.poe
            )
