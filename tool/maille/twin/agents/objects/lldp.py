"""LLDP-MIB (IEEE 802.1AB-2005): the own ports, and the switches at their other ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.twin.agents.objects.values import integer, mac, octets, oid, text

if TYPE_CHECKING:
    from maille.twin.agents.objects.values import Objects, Value
    from maille.twin.agents.plant import Device, Port
    from maille.twin.agents.shown import PortShown, Shown

LLDP = oid("1.0.8802.1.1.2")
_LOCAL = (*LLDP, 1, 3)
_LOCAL_PORT = (*_LOCAL, 7, 1)
_REMOTE = (*LLDP, 1, 4, 1, 1)

_BY_MAC, _BY_INTERFACE_NAME = 4, 5
_BRIDGE_AND_ROUTER = bytes([0x28, 0x00])


def objects(seen: Shown) -> Objects:
    """Give what a switch says of itself, and what its neighbours told it."""
    device = seen.device
    found: Objects = {
        (*_LOCAL, 1, 0): integer(_BY_MAC),
        (*_LOCAL, 2, 0): octets(mac(device.mac)),
        (*_LOCAL, 3, 0): text(device.name),
        (*_LOCAL, 4, 0): text(device.title),
        (*_LOCAL, 5, 0): octets(_BRIDGE_AND_ROUTER),
        (*_LOCAL, 6, 0): octets(_BRIDGE_AND_ROUTER),
    }
    for port in seen.ports:
        number = _local_number(device, port.port)
        found |= {
            (*_LOCAL_PORT, 2, number): integer(_BY_INTERFACE_NAME),
            (*_LOCAL_PORT, 3, number): text(port.port.short),
            (*_LOCAL_PORT, 4, number): text(port.port.alias or port.port.name),
        }
        if port.neighbour:
            found |= {
                (*_REMOTE, column, 0, number, 1): value
                for column, value in enumerate(_remote(port), start=4)
            }
    return found


def _local_number(device: Device, port: Port) -> int:
    """Give lldpLocPortNum: EOS takes the ifIndex, IOS counts its ports."""
    return port.index if device.make == "arista" else port.base


def _remote(port: PortShown) -> tuple[Value, ...]:
    """Give the columns from lldpRemChassisIdSubtype on."""
    assert port.neighbour  # noqa: S101 - for the types: the caller has asked
    device, far = port.neighbour
    return (
        integer(_BY_MAC),
        octets(mac(device.mac)),
        integer(_BY_INTERFACE_NAME),
        text(far.short),
        text(far.alias or far.name),
        text(device.name),
        text(device.title),
        octets(_BRIDGE_AND_ROUTER),
        octets(_BRIDGE_AND_ROUTER),
    )
