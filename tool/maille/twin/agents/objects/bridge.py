"""Forwarding tables: which address is behind which port.

EOS has Q-BRIDGE-MIB. IOS has BRIDGE-MIB (RFC 4188) once a VLAN, in a context of its own that is
called `vlan-401`; its default context is VLAN 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.twin.agents.objects.values import integer, mac, octets, oid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.twin.agents.objects.values import Contexts, Objects
    from maille.twin.agents.shown import PortShown, Shown

BRIDGE = oid("1.3.6.1.2.1.17")
_BASE_ADDRESS = (*BRIDGE, 1, 1, 0)
_BASE_NUM_PORTS = (*BRIDGE, 1, 2, 0)
_BASE_PORT = (*BRIDGE, 1, 4, 1)
_FDB = (*BRIDGE, 4, 3, 1)
_Q_FDB = (*BRIDGE, 7, 1, 2, 2, 1)

_LEARNED = 3


def objects(seen: Shown) -> Contexts:
    """Give the forwarding tables of a switch, by context."""
    if seen.device.make == "arista":
        return {"": _base(seen, seen.ports) | _by_vlan(seen.ports)}
    vlans = sorted({port.port.vlan for port in seen.ports if port.port.vlan})
    found = {"": _base(seen, ())}
    for vlan in vlans:
        members = [port for port in seen.ports if port.port.vlan == vlan]
        found[f"vlan-{vlan}"] = _base(seen, members) | _of_one_vlan(members)
    return found


def _base(seen: Shown, ports: Iterable[PortShown]) -> Objects:
    numbers = [(port.port.base, port.port.index) for port in ports]
    found: Objects = {
        _BASE_ADDRESS: octets(mac(seen.device.mac)),
        _BASE_NUM_PORTS: integer(len(numbers)),
    }
    for base, index in numbers:
        found[*_BASE_PORT, 1, base] = integer(base)
        found[*_BASE_PORT, 2, base] = integer(index)
    return found


def _by_vlan(ports: Iterable[PortShown]) -> Objects:
    found: Objects = {}
    for port in ports:
        if port.learned and port.port.vlan:
            index = (port.port.vlan, *mac(port.learned))
            found[*_Q_FDB, 2, *index] = integer(port.port.base)
            found[*_Q_FDB, 3, *index] = integer(_LEARNED)
    return found


def _of_one_vlan(ports: Iterable[PortShown]) -> Objects:
    found: Objects = {}
    for port in ports:
        if port.learned:
            address = mac(port.learned)
            found[*_FDB, 1, *address] = octets(address)
            found[*_FDB, 2, *address] = integer(port.port.base)
            found[*_FDB, 3, *address] = integer(_LEARNED)
    return found
