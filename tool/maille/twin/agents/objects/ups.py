"""UPS-MIB (RFC 1628): a supply that runs on the mains, with a full battery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.twin.agents.objects.values import gauge, integer, oid, text

if TYPE_CHECKING:
    from maille.twin.agents.objects.values import Objects
    from maille.twin.agents.shown import Shown

UPS = oid("1.3.6.1.2.1.33")
_IDENT = (*UPS, 1, 1)
_BATTERY = (*UPS, 1, 2)
_INPUT = (*UPS, 1, 3)
_OUTPUT = (*UPS, 1, 4)
_ALARMS_PRESENT = (*UPS, 1, 6, 1, 0)

_BATTERY_NORMAL = 2
_FROM_MAINS = 3
_MAINS_V = 230
_FULL_PERCENT = 100
_LOAD_PERCENT = 35


def objects(seen: Shown) -> Objects:
    """Give the objects of a UPS."""
    device = seen.device
    return {
        (*_IDENT, 2, 0): text(device.title),
        (*_IDENT, 5, 0): text(device.name),
        (*_BATTERY, 1, 0): integer(_BATTERY_NORMAL),
        (*_BATTERY, 2, 0): integer(0),
        (*_BATTERY, 3, 0): integer(device.battery_minutes),
        (*_BATTERY, 4, 0): integer(_FULL_PERCENT),
        (*_BATTERY, 7, 0): integer(round(device.temperature_c)),
        (*_INPUT, 2, 0): integer(1),
        (*_INPUT, 3, 1, 3, 1): integer(_MAINS_V),
        (*_OUTPUT, 1, 0): integer(_FROM_MAINS),
        (*_OUTPUT, 3, 0): integer(1),
        (*_OUTPUT, 4, 1, 2, 1): integer(_MAINS_V),
        (*_OUTPUT, 4, 1, 5, 1): integer(_LOAD_PERCENT),
        _ALARMS_PRESENT: gauge(0),
    }
