"""What an access switch knows of its devices: bindings, ARP lists, lists on ports, marking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.configs import vlans as vlan_lists
from maille.configs.views import ArpList, Binding, DevicePort, Devices, Marking, ServerPort

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.configs.acl import AccessList
    from maille.configs.here import Here
    from maille.configs.views import PortView

NO_DEVICES = Devices(vlans="")


def devices(here: Here, ports: Iterable[PortView]) -> Devices:
    """Give what watches over the devices in service on a switch."""
    taken = {port.name for port in ports if isinstance(port, DevicePort)}
    if not taken:
        return NO_DEVICES
    lists: dict[str, AccessList] = {}
    bindings: list[Binding] = []
    for port in here.switch.ports:
        if port.name in taken:
            camera = here.facts.blueprint.cameras[port.camera or ""]
            segment = here.facts.blueprint.segments[port.segment or ""]
            made = here.lists.port(camera, segment)
            lists[made.name] = made
            mac = here.driver.mac(camera.mac or "")
            name = here.driver.short_name(port.name)
            bindings.append(Binding(mac.upper(), mac, segment.vlan, str(camera.address), name))
    vlans = sorted({binding.vlan for binding in bindings})
    ability = here.switch.model.ability
    return Devices(
        vlans=vlan_lists.write(vlans, pairs_as_range=True) if vlans else "",
        bindings=tuple(bindings) if ability.static_source_binding else (),
        arp=tuple(_arp(here, vlan, bindings) for vlan in vlans),
        lists=tuple(lists.values()),
        no_ipv6=here.lists.no_ipv6 if ability.port_ipv6_acl else None,
    )


def _arp(here: Here, vlan: int, bindings: Iterable[Binding]) -> ArpList:
    entries = (
        f"permit ip host {binding.address} mac host {binding.mac}"
        for binding in bindings
        if binding.vlan == vlan
    )
    return ArpList(vlan, here.lists.arp(vlan, tuple(entries)))


def marking(here: Here, ports: Iterable[PortView]) -> Marking:
    """Give the lists by which a switch marks: of devices, or of the centre's hosts."""
    found = Marking()
    for port in ports:
        if isinstance(port, DevicePort):
            return here.lists.device_marking
        if isinstance(port, ServerPort) and port.marked:
            found = here.lists.server_marking
    return found
