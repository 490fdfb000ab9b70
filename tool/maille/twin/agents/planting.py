"""From the blueprint to the plant: what is in service, on the ports and cables it has."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from maille.blueprint.snmp import Algorithms, algorithms, engine_id
from maille.errors import MailleError
from maille.inventory.schema.catalogue import SnmpAbility
from maille.topology.naming import host_ids
from maille.twin.agents import makers
from maille.twin.agents.plant import Cable, Device, End, Plant, Port, Snmp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from ipaddress import IPv4Address

    from maille.blueprint.model import Blueprint, Camera, Host, Link, Switch
    from maille.blueprint.model import Port as PlannedPort
    from maille.twin.agents.plant import Make, Vrf

_HOSTS = Algorithms("sha256", "aes128")
"""What net-snmp is set up with on a host."""
_DESKS = frozenset({"workstation", "wall", "agency", "firewall"})
"""Roles without an agent: who polls asks nothing of them."""
_AXIS = "Axis Communications"
_DRAW_OF_WORST = 0.6
"""Of a camera's worst draw, what it takes on a mild day without heating [est]."""
_CABINET_C, _ROOM_C, _CAMERA_C = 41.0, 29.0, 38.0
_HOST_MBPS = 10_000
_CAMERA_MBPS = 100
_CAMERA_PORT, _LOOPBACK = "eth0", "lo"
_HOSTS_A_BLOCK = 250


def plant_of(blueprint: Blueprint, block: int, traps_to: str | None = None) -> Plant:
    """Give the plant of an estate.

    Args:
        blueprint: the estate.
        block: the second number of the loopback addresses that its agents answer on.
        traps_to: `host:port` of whoever receives their traps.

    Raises:
        MailleError: two devices have the same id, so that neither can be told.
    """
    found: dict[str, Device] = {}
    for number, device in enumerate(_devices(blueprint)):
        if device.id in found:
            raise MailleError(
                f"two devices are called `{device.id}`",
                "give one of them another id in the inventory: agents are found by it",
            )
        third, fourth = divmod(number, _HOSTS_A_BLOCK)
        found[device.id] = replace(device, host=f"127.{block}.{third}.{fourth + 1}")
    cables = (
        cable for cable in _cables(blueprint) if {cable.a.device, cable.b.device} <= set(found)
    )
    pollers: dict[Vrf, tuple[str, ...]] = {
        vrf: tuple(
            host.id
            for host in blueprint.hosts.values()
            if host.role == "poller" and _vrf(blueprint, host) == vrf
        )
        for vrf in ("VIDEO", "MGMT")
    }
    return Plant(blueprint.estate.settings.estate, found, tuple(cables), pollers, traps_to)


def _devices(blueprint: Blueprint) -> Iterator[Device]:
    for switch in blueprint.switches.values():
        if switch.in_service:
            yield _switch(blueprint, switch)
    for camera in blueprint.cameras.values():
        if camera.connected and camera.switch and blueprint.switches[camera.switch].in_service:
            yield _camera(blueprint, camera)
    for host in blueprint.hosts.values():
        yield _host(blueprint, host)


def _switch(blueprint: Blueprint, switch: Switch) -> Device:
    model = switch.model
    make: Make = "arista" if model.platform == "arista_eos" else "cisco"
    in_order = sorted(switch.ports, key=lambda port: makers.place(port.name, port.speed_mbps))
    ports = tuple(
        _port(blueprint, switch, port, position, make)
        for position, port in enumerate(in_order, start=1)
    )
    return Device(
        id=switch.id,
        make=make,
        vrf="MGMT",
        snmp=_snmp(make, algorithms(model.ability.snmp), switch.management),
        host="",
        name=f"{switch.hostname}.{blueprint.estate.settings.management.domain_name}",
        title=makers.system_title(model.title, make, model.dialect),
        object_id=makers.object_id(switch.model_id, make),
        location=switch.place,
        mac=_mac(switch.id),
        ports=ports,
        temperature_c=_CABINET_C if switch.street else _ROOM_C,
        poe_budget_w=model.poe_budget_w,
    )


def _port(
    blueprint: Blueprint, switch: Switch, port: PlannedPort, position: int, make: Make
) -> Port:
    return Port(
        name=port.name,
        short=makers.short_name(port.name, make),
        index=makers.interface_index(port.name, position, make, switch.model.dialect),
        alias=port.description,
        mac=_mac(switch.id, position),
        speed_mbps=port.speed_mbps,
        shutdown=port.shutdown,
        vlan=blueprint.segments[port.segment].vlan if port.segment else None,
        poe=makers.power_index(port.name) if port.poe != "none" else None,
        base=position,
    )


def _camera(blueprint: Blueprint, camera: Camera) -> Device:
    ability, address = camera.model.snmp, camera.address
    make: Make = "axis" if camera.model.maker == _AXIS else "camera"
    snmp = None
    if isinstance(ability, SnmpAbility) and address:
        snmp = _snmp(make, algorithms(ability), address)
    mac = camera.mac or _mac(camera.id)
    return Device(
        id=camera.id,
        make=make,
        vrf="VIDEO",
        snmp=snmp,
        host="",
        name=camera.id,
        title=camera.model.title,
        object_id=makers.NET_SNMP,
        location=camera.place,
        mac=mac,
        ports=(
            Port(_LOOPBACK, _LOOPBACK, 1, "", "", 10),
            Port(_CAMERA_PORT, _CAMERA_PORT, 2, "", mac, _CAMERA_MBPS),
        ),
        temperature_c=_CAMERA_C,
        draw_w=round(camera.model.worst_w * _DRAW_OF_WORST, 1),
        sends_mbps=camera.bitrate.mbps,
        sends_to=_recording_host(blueprint, camera.recorder),
    )


def _host(blueprint: Blueprint, host: Host) -> Device:
    ports = [Port(_LOOPBACK, _LOOPBACK, 1, "", "", 10)]
    for number in range(len(host.ports)):
        name = _host_port(number)
        ports.append(Port(name, name, number + 2, "", _mac(host.id, number), _HOST_MBPS))
    return Device(
        id=host.id,
        make="host",
        vrf=_vrf(blueprint, host),
        snmp=None if host.role in _DESKS else _snmp("host", _HOSTS, host.address),
        host="",
        name=host.id,
        title=f"Linux {host.id} 6.1.0-28-amd64 #1 SMP PREEMPT_DYNAMIC Debian x86_64",
        object_id=makers.NET_SNMP,
        location=host.title,
        mac=_mac(host.id, 0),
        ports=tuple(ports),
        temperature_c=_ROOM_C,
    )


def _cables(blueprint: Blueprint) -> Iterator[Cable]:
    for link in blueprint.links.values():
        if link.in_service:
            yield from _strands(link)
    for camera in blueprint.cameras.values():
        if camera.switch and camera.port:
            far = End(camera.id, _CAMERA_PORT)
            port = blueprint.switches[camera.switch].port(camera.port)
            yield Cable(End(camera.switch, camera.port), far, feeds=port.poe != "none")
    for host in blueprint.hosts.values():
        for number, (switch, name) in enumerate(host.ports):
            yield Cable(End(switch, name), End(host.id, _host_port(number)))


def _strands(link: Link) -> Iterator[Cable]:
    for one, other in zip(link.a.ports, link.b.ports, strict=True):
        yield Cable(End(link.a.switch, one), End(link.b.switch, other), link.id)


def _snmp(make: Make, spoken: Algorithms, address: IPv4Address) -> Snmp:
    engine = engine_id(makers.ENTERPRISES[make], address)
    return Snmp(engine, spoken.auth, spoken.privacy)


def _vrf(blueprint: Blueprint, host: Host) -> Vrf:
    """Give where a host is polled; what only the firewall reaches, from the management."""
    return "VIDEO" if blueprint.segments[host.segment].vrf == "VIDEO" else "MGMT"


def _recording_host(blueprint: Blueprint, recorder: str) -> str | None:
    centre = blueprint.estate.centre
    name = centre.recorders[recorder].host
    return next(iter(host_ids(name, centre.hosts[name].count)), None)


def _host_port(number: int) -> str:
    return f"eno{number + 1}"


def _mac(device: str, number: int = 0) -> str:
    """Give a locally administered address, always the same for a port."""
    digest = hashlib.sha256(f"{device} {number}".encode()).digest()
    return ":".join(f"{byte:02x}" for byte in (0x02, *digest[:5]))
