"""Addresses and MAC addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.netbox.devices import device_of
from maille.documents.netbox.form import cut, form
from maille.documents.netbox.interfaces import (
    CAMERA_INTERFACE,
    host_interface,
    loopback_name,
    svi_name,
    transit_name,
)
from maille.documents.netbox.vlans import vrf_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.blueprint.model import Blueprint, Segment
    from maille.documents.netbox.form import Form, Value

_COLUMNS = ("address", "vrf", "status", "role", "device", "interface", "description")


def addresses(blueprint: Blueprint) -> Iterator[Form]:
    """Give MAC addresses, the primary address of each device, then all other addresses."""
    yield form(
        "mac-addresses",
        ("mac_address", "device", "interface", "is_primary"),
        (
            {
                "mac_address": camera.mac,
                "device": camera.id,
                "interface": CAMERA_INTERFACE,
                "is_primary": True,
            }
            for camera in blueprint.cameras.values()
            if camera.mac
        ),
    )
    yield form(
        "primary-ip-addresses",
        (*_COLUMNS, "is_primary"),
        ({**row, "is_primary": True} for row in _primary(blueprint)),
    )
    yield form("ip-addresses", _COLUMNS, _others(blueprint))


def _primary(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    for switch in blueprint.switches.values():
        if switch.management_segment:
            segment = blueprint.segments[switch.management_segment]
            name = svi_name(switch, segment.vlan)
            address = f"{switch.management}/{segment.prefix.prefixlen}"
        else:
            name, address = loopback_name("MGMT"), f"{switch.management}/32"
        yield {
            "address": address,
            "vrf": "MGMT",
            "status": "active",
            "role": None if switch.management_segment else "loopback",
            "device": switch.hostname,
            "interface": name,
        }
    for camera in blueprint.cameras.values():
        if camera.address and camera.segment:
            yield {
                **_in(blueprint.segments[camera.segment], str(camera.address)),
                "device": camera.id,
                "interface": CAMERA_INTERFACE,
            }
    for host in blueprint.hosts.values():
        if host.role != "firewall":
            yield {
                **_in(blueprint.segments[host.segment], str(host.address)),
                "device": device_of(host),
                "interface": host_interface(host),
            }


def _in(segment: Segment, address: str) -> Mapping[str, Value]:
    return {
        "address": f"{address}/{segment.prefix.prefixlen}",
        "vrf": vrf_name(segment.vrf),
        "status": "active",
    }


def _others(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    yield from _gateways(blueprint)
    yield from _transit(blueprint)
    for switch in blueprint.switches.values():
        if switch.loopback_video:
            yield {
                "address": f"{switch.loopback_video}/32",
                "vrf": "VIDEO",
                "status": "active",
                "role": "loopback",
                "device": switch.hostname,
                "interface": loopback_name("VIDEO"),
            }
    for host in blueprint.hosts.values():
        if host.role == "firewall":
            yield {
                **_in(blueprint.segments[host.segment], str(host.address)),
                "device": device_of(host),
                "interface": host_interface(host),
            }
    for point in blueprint.points.values():
        if point.nomad is None:
            yield {
                **_in(blueprint.segments[point.segment], str(point.address)),
                "status": "reserved",
                "description": cut(f"attachment point {point.id}"),
            }


def _gateways(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    for segment in blueprint.segments.values():
        title = cut(f"gateway of {segment.title}")
        if segment.vrf == "none":
            yield {**_in(segment, str(segment.gateway)), "description": title}
            continue
        pair = blueprint.pairs[segment.pair]
        yield {**_in(segment, str(segment.gateway)), "role": "vrrp", "description": title}
        for ident, address in (
            (pair.primary, segment.primary),
            (pair.secondary, segment.secondary),
        ):
            switch = blueprint.switches[ident]
            yield {
                **_in(segment, str(address)),
                "device": switch.hostname,
                "interface": svi_name(switch, segment.vlan),
            }


def _transit(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    for link in blueprint.links.values():
        for net in link.transit:
            for end, address in ((link.a, net.a), (link.b, net.b)):
                switch = blueprint.switches[end.switch]
                yield {
                    "address": f"{address}/{net.prefix.prefixlen}",
                    "vrf": net.vrf,
                    "status": "active",
                    "device": switch.hostname,
                    "interface": transit_name(switch, link, end, net.vlan),
                    "description": cut(link.id),
                }
