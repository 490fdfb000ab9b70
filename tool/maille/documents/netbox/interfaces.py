"""Interfaces of devices, and the cables between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maille.configs.platforms import drivers
from maille.configs.vrfs import PROCESS
from maille.documents.netbox.devices import device_of
from maille.documents.netbox.form import cut, form
from maille.documents.netbox.vlans import group_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.blueprint.model import Blueprint, Host, Link, LinkEnd, Port, Switch
    from maille.configs.platforms.base import Driver
    from maille.documents.netbox.form import Form, Value

CAMERA_INTERFACE: Final = "eth0"

_COPPER: Final = {
    100: "100base-tx",
    1000: "1000base-t",
    2500: "2.5gbase-t",
    5000: "5gbase-t",
    10000: "10gbase-t",
}
_PLUGGABLE: Final = {
    100: "100base-x-sfp",
    1000: "1000base-x-sfp",
    2500: "2.5gbase-x-sfp",
    10000: "10gbase-x-sfpp",
    25000: "25gbase-x-sfp28",
    40000: "40gbase-x-qsfpp",
    50000: "50gbase-x-sfp28",
    100000: "100gbase-x-qsfp28",
}
_POE: Final = {
    "af": "type1-ieee802.3af",
    "at": "type2-ieee802.3at",
    "bt-60": "type3-ieee802.3bt",
    "bt-90": "type4-ieee802.3bt",
}
_CABLE_TYPE: Final = {"smf": "smf-os2", "mmf": "mmf", "dac": "dac-passive"}


def interfaces(blueprint: Blueprint) -> Iterator[Form]:
    """Give interfaces and cables."""
    yield form(
        "interfaces",
        (
            "device",
            "name",
            "parent",
            "lag",
            "type",
            "speed",
            "enabled",
            "mgmt_only",
            "description",
            "poe_mode",
            "poe_type",
            "mode",
            "vlan_group",
            "untagged_vlan",
            "tagged_vlans",
        ),
        _interfaces(blueprint),
    )
    yield form(
        "cables",
        (
            "side_a_device",
            "side_a_type",
            "side_a_name",
            "side_b_device",
            "side_b_type",
            "side_b_name",
            "type",
            "status",
            "label",
            "length",
            "length_unit",
            "description",
        ),
        (*_strands(blueprint), *_cords(blueprint)),
    )


def loopback_name(vrf: str) -> str:
    """Name a gateway's loopback in a VRF, as its configuration does."""
    return f"Loopback{PROCESS[vrf]}"


def svi_name(switch: Switch, vlan: int) -> str:
    """Name the interface of a VLAN, as the switch's platform does."""
    return drivers()[switch.model.platform].svi(vlan)


def transit_name(switch: Switch, link: Link, end: LinkEnd, vlan: int) -> str:
    """Name where a transit network ends: an interface of its VLAN, or a subinterface."""
    if link.role == "peer":
        return svi_name(switch, vlan)
    return f"{_trunk_name(switch, end)}.{vlan}"


def host_interface(host: Host) -> str:
    """Name the interface that has a host's address: its only port, or the bond of several."""
    leg = f"{host.id.partition('-')[2]}-" if host.role == "firewall" else ""
    return f"{leg}bond0" if len(host.ports) > 1 else f"{leg}eth0"


def host_port(host: Host, number: int) -> str:
    """Name one port of a host."""
    return host_interface(host).replace("bond0", f"eth{number}")


def _trunk_name(switch: Switch, end: LinkEnd) -> str:
    if end.lag is None:
        return end.ports[0]
    return _driver(switch).bundle.format(end.lag)


def _driver(switch: Switch) -> Driver:
    return drivers()[switch.model.platform]


def _interfaces(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    for switch in blueprint.switches.values():
        yield from _bundles(blueprint, switch)
        yield from (_port(blueprint, switch, port) for port in switch.ports)
        yield from _virtual(blueprint, switch)
    for camera in blueprint.cameras.values():
        yield {
            "device": camera.id,
            "name": CAMERA_INTERFACE,
            "type": "other",
            "enabled": True,
            "mgmt_only": False,
            "poe_mode": "pd" if camera.model.poe != "none" else None,
            "poe_type": _POE.get(camera.model.poe),
        }
    for host in blueprint.hosts.values():
        yield from _of_host(host)


def _ends(blueprint: Blueprint, switch: Switch) -> Iterator[tuple[Link, LinkEnd]]:
    for link in blueprint.links.values():
        for end in (link.a, link.b):
            if end.switch == switch.id:
                yield link, end


def _bundles(blueprint: Blueprint, switch: Switch) -> Iterator[Mapping[str, Value]]:
    for link, end in _ends(blueprint, switch):
        if end.lag is not None:
            yield {
                "device": switch.hostname,
                "name": _trunk_name(switch, end),
                "type": "lag",
                "enabled": True,
                "mgmt_only": False,
                "description": cut(link.id),
                **_trunk(blueprint, link),
            }


def _trunk(blueprint: Blueprint, link: Link) -> Mapping[str, Value]:
    if link.role == "transit" or link.pair is None:
        return {}
    vlans = [blueprint.segments[segment].vlan for segment in link.segments]
    vlans += [net.vlan for net in link.transit]
    return {
        "mode": "tagged",
        "vlan_group": group_name(blueprint, link.pair),
        "untagged_vlan": blueprint.estate.settings.pools.vlans.native,
        "tagged_vlans": ",".join(str(vlan) for vlan in sorted(vlans)),
    }


def _port(blueprint: Blueprint, switch: Switch, port: Port) -> Mapping[str, Value]:
    link = blueprint.links[port.link] if port.link else None
    end = None
    if link:
        end = link.a if link.a.switch == switch.id and port.name in link.a.ports else link.b
    bundled = end is not None and end.lag is not None
    return {
        "device": switch.hostname,
        "name": port.name,
        "lag": _trunk_name(switch, end) if end and bundled else None,
        "type": _type(switch, port),
        "speed": port.speed_mbps * 1000,  # NetBox counts kbit/s
        "enabled": not port.shutdown,
        "mgmt_only": False,
        "description": cut(port.description),
        "poe_mode": "pse" if port.poe != "none" else None,
        "poe_type": _POE.get(port.poe),
        **(_trunk(blueprint, link) if link and not bundled else _access(blueprint, switch, port)),
    }


def _type(switch: Switch, port: Port) -> str:
    groups = switch.model.uplink_ports if port.uplink else switch.model.access_ports
    media = dict(groups)[port.name].media
    known = _COPPER if media == "copper" else _PLUGGABLE
    return known.get(port.speed_mbps, "other")


def _access(blueprint: Blueprint, switch: Switch, port: Port) -> Mapping[str, Value]:
    """Give the VLAN of a port: its segment's; of a free one, the VLAN that goes nowhere."""
    if port.segment:
        segment = blueprint.segments[port.segment]
        vlan, pair = segment.vlan, segment.pair
    elif port.kind == "spare" and switch.pair:
        vlan, pair = blueprint.estate.settings.pools.vlans.blackhole, switch.pair
    else:
        return {}
    return {
        "mode": "access",
        "vlan_group": group_name(blueprint, pair),
        "untagged_vlan": vlan,
    }


def _virtual(blueprint: Blueprint, switch: Switch) -> Iterator[Mapping[str, Value]]:
    """Give interfaces of VLANs, loopbacks and subinterfaces."""
    names: dict[str, Mapping[str, Value]] = {}
    if switch.management_segment:
        segment = blueprint.segments[switch.management_segment]
        names[svi_name(switch, segment.vlan)] = {"description": cut(segment.title)}
    for pair in blueprint.pairs.values():
        if switch.id in {pair.primary, pair.secondary}:
            for ident in pair.segments:
                segment = blueprint.segments[ident]
                if segment.vrf != "none":
                    names[svi_name(switch, segment.vlan)] = {"description": cut(segment.title)}
    if switch.loopback_video:
        names |= {loopback_name(vrf): {"description": vrf} for vrf in PROCESS}
    for link, end in _ends(blueprint, switch):
        for net in link.transit:
            above = _trunk_name(switch, end) if link.role == "transit" else None
            name = transit_name(switch, link, end, net.vlan)
            names[name] = {"parent": above, "description": f"transit {net.vrf}"}
    for name, more in names.items():
        yield {
            "device": switch.hostname,
            "name": name,
            "type": "virtual",
            "enabled": True,
            "mgmt_only": False,
            **more,
        }


def _of_host(host: Host) -> Iterator[Mapping[str, Value]]:
    same: Mapping[str, Value] = {
        "device": device_of(host),
        "enabled": True,
        "mgmt_only": False,
    }
    if len(host.ports) > 1:
        yield {**same, "name": host_interface(host), "type": "lag"}
    for number in range(len(host.ports)):
        bond = host_interface(host) if len(host.ports) > 1 else None
        yield {**same, "name": host_port(host, number), "type": "other", "lag": bond}


def _strands(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    """Give a cable a strand; radio and leased lines are told of in the description."""
    optics = blueprint.estate.catalogue.optics
    for link in blueprint.links.values():
        a, b = blueprint.switches[link.a.switch], blueprint.switches[link.b.switch]
        for number, strand in enumerate(link.strands):
            medium = optics[strand.optic_a].medium if strand.optic_a else ""
            yield {
                **_sides(a.hostname, link.a.ports[number], b.hostname, link.b.ports[number]),
                "type": _CABLE_TYPE.get(medium),
                "status": "connected" if a.in_service and b.in_service else "planned",
                "label": cut(link.id if len(link.strands) == 1 else f"{link.id}.{number}", 100),
                "length": round(strand.length_km * 1000, 2),
                "length_unit": "m",
                "description": cut(", ".join(strand.cables) or link.medium),
            }


def _cords(blueprint: Blueprint) -> Iterator[Mapping[str, Value]]:
    for camera in blueprint.cameras.values():
        if camera.switch and camera.port:
            switch = blueprint.switches[camera.switch]
            yield {
                **_sides(switch.hostname, camera.port, camera.id, CAMERA_INTERFACE),
                "status": "connected" if camera.connected else "planned",
                "label": camera.id,
            }
    for host in blueprint.hosts.values():
        for number, (ident, port) in enumerate(host.ports):
            switch = blueprint.switches[ident]
            yield {
                **_sides(switch.hostname, port, device_of(host), host_port(host, number)),
                "status": "connected",
                "label": host.id,
            }


def _sides(a: str, a_port: str, b: str, b_port: str) -> Mapping[str, Value]:
    return {
        "side_a_device": a,
        "side_a_type": "dcim.interface",
        "side_a_name": a_port,
        "side_b_device": b,
        "side_b_type": "dcim.interface",
        "side_b_name": b_port,
    }
