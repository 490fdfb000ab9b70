"""From the blueprint to the targets: whatever is in service and answers to the pollers' legs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.snmp import Algorithms, algorithms
from maille.health.targets.model import ExpectedPort, Neighbour, Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.blueprint.model import Blueprint, Camera, Host, Port, Switch
    from maille.health.model import Kind, Severity
    from maille.health.profiles.library import Library

_RANKS: tuple[Severity, ...] = ("normal", "sensitive", "ppms")
_KINDS: Mapping[str, Kind] = {"recorder": "recorder", "ceph": "ceph"}
_DESKS = frozenset({"workstation", "wall", "agency", "firewall"})
"""Roles that are no targets: desks are switched off, and a firewall's model is not known."""
_NET_SNMP = Algorithms("sha256", "aes128")
"""What an agent of a host of the centre is set up with; the catalogue has nothing on it."""
_CAMERA_MBPS = 100
"""A camera that negotiates less has a bad cable [est]: its stream alone takes 4 to 30."""


def targets(blueprint: Blueprint, library: Library) -> tuple[Target, ...]:
    """Give every target, switches first, by id within each kind."""
    return (
        *(_switch(blueprint, library, each) for each in _switches(blueprint)),
        *(_camera(blueprint, library, each) for each in _cameras(blueprint)),
        *(_host(blueprint, library, each) for each in _hosts(blueprint)),
    )


def _switches(blueprint: Blueprint) -> Iterator[Switch]:
    return (switch for switch in blueprint.switches.values() if switch.in_service)


def _cameras(blueprint: Blueprint) -> Iterator[Camera]:
    for camera in blueprint.cameras.values():
        home = blueprint.switches.get(camera.switch or "")
        if camera.connected and camera.address and home and home.in_service:
            yield camera


def _hosts(blueprint: Blueprint) -> Iterator[Host]:
    return (host for host in blueprint.hosts.values() if kind_of_role(host.role))


def kind_of_role(role: str) -> Kind | None:
    """Give the kind of target that hosts of a role are; None for those that are no targets."""
    return None if role in _DESKS else _KINDS.get(role, "host")


def _switch(blueprint: Blueprint, library: Library, switch: Switch) -> Target:
    ports = tuple(
        expected
        for port in switch.ports
        if not port.shutdown and (expected := _expected(blueprint, port))
    )
    watched = [blueprint.cameras[port.subject].severity for port in ports if port.kind == "camera"]
    return Target(
        id=switch.id,
        kind="switch",
        graph="management",
        address=str(switch.management),
        profile=library.of_switch(switch.model),
        algorithms=algorithms(switch.model.ability.snmp),
        place=_place(blueprint, switch.commune, switch.place),
        commune=switch.commune,
        severity=max(watched, key=_RANKS.index, default="normal"),
        ports=ports,
    )


def _expected(blueprint: Blueprint, port: Port) -> ExpectedPort | None:
    """Give what is expected of a port in service; None where nothing is."""
    if port.camera:
        camera = blueprint.cameras[port.camera]
        return _camera_port(blueprint, port, camera) if camera.connected else None
    if port.link and blueprint.links[port.link].in_service:
        far = blueprint.switches.get(port.far_switch or "")
        if far is None or not far.in_service:
            return None
        neighbour = Neighbour(far.id, far.hostname, port.far_port or "")
        speed_mbps = blueprint.links[port.link].speed_mbps
        return ExpectedPort(port.name, "link", port.link, speed_mbps, neighbour=neighbour)
    if port.host and blueprint.hosts[port.host].role not in _DESKS:
        return ExpectedPort(port.name, "host", port.host, 0)
    return None


def _camera_port(blueprint: Blueprint, port: Port, camera: Camera) -> ExpectedPort:
    segment = blueprint.segments.get(port.segment or "")
    return ExpectedPort(
        name=port.name,
        kind="camera",
        subject=camera.id,
        speed_mbps=min(_CAMERA_MBPS, port.speed_mbps),
        feeds=port.poe != "none" and camera.model.poe != "none",
        mac=camera.mac,
        vlan=segment.vlan if segment else None,
        bitrate_mbps=camera.bitrate.mbps,
    )


def _camera(blueprint: Blueprint, library: Library, camera: Camera) -> Target:
    ability = camera.model.snmp
    silent = ability == "none"
    return Target(
        id=camera.id,
        kind="camera",
        graph="video",
        address=str(camera.address),
        profile=None if silent else library.of_camera(camera.model),
        algorithms=None if ability == "none" else algorithms(ability),
        place=_place(blueprint, camera.commune, camera.place),
        commune=camera.commune,
        severity=camera.severity,
        rtsp=camera.model.rtsp_path,
    )


def _host(blueprint: Blueprint, library: Library, host: Host) -> Target:
    kind = kind_of_role(host.role) or "host"
    return Target(
        id=host.id,
        kind=kind,
        graph="video" if blueprint.segments[host.segment].vrf == "VIDEO" else "management",
        address=str(host.address),
        profile=library.of_kind(kind),
        algorithms=_NET_SNMP,
        place=host.title,
        commune=None,
        severity="normal",
    )


def _place(blueprint: Blueprint, commune: str | None, place: str) -> str:
    known = blueprint.communes.get(commune or "")
    return f"{commune} {known.name}, {place}" if known else place
