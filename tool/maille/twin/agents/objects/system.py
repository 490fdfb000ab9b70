"""The system group (RFC 3418), for when it is not to come from `snmpd` itself, and hrSystemUptime.

A host's `snmpd` would tell how long this machine runs, not the device.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.twin.agents.objects.values import identifier, integer, oid, text, ticks

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.twin.agents.objects.values import Objects, Oid
    from maille.twin.agents.plant import Device

CONTACT = "NOC"
_SYSTEM = oid("1.3.6.1.2.1.1")
_SCALARS = 7
HOST_SYSTEM = oid("1.3.6.1.2.1.25.1")
_HR_SYSTEM_UPTIME = (*HOST_SYSTEM, 1, 0)


def services(device: Device) -> int:
    """Give sysServices: layer 2 and 3 of a switch, 4 and 7 of all others."""
    return 6 if device.switches else 72


def scalars() -> tuple[Oid, ...]:
    """Give the objects of the group, from sysDescr to sysServices."""
    return tuple((*_SYSTEM, number, 0) for number in range(1, _SCALARS + 1))


def objects(device: Device, uptime_ticks: Callable[[], int]) -> Objects:
    """Give the group as the agent's own configuration has it."""
    values = (
        text(device.title),
        identifier(oid(device.object_id)),
        lambda: ticks(uptime_ticks()),
        text(CONTACT),
        text(device.name),
        text(device.location),
        integer(services(device)),
    )
    return dict(zip(scalars(), values, strict=True))


def uptime(device: Device, uptime_ticks: Callable[[], int]) -> Objects:
    """Give hrSystemUptime (RFC 2790), which IOS does not have."""
    return {} if device.make == "cisco" else {_HR_SYSTEM_UPTIME: lambda: ticks(uptime_ticks())}
