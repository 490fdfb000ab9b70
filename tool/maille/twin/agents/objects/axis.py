"""AXIS-VIDEO-MIB: the health of a camera's parts, as Axis cameras tell it; all of them are well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.twin.agents.objects.values import integer, oid

if TYPE_CHECKING:
    from maille.twin.agents.objects.values import Objects
    from maille.twin.agents.shown import Shown

AXIS = oid("1.3.6.1.4.1.368")
_VIDEO = (*AXIS, 4, 1)
_POWER_SUPPLY_STATUS = (*_VIDEO, 1, 1, 2, 1)
_TEMPERATURE_STATUS = (*_VIDEO, 3, 1, 3, 1, 1)
_TEMPERATURE_C = (*_VIDEO, 3, 1, 4, 1, 1)
_VIDEO_SIGNAL_STATUS = (*_VIDEO, 4, 1, 2, 1)
_STORAGE_DISRUPTION = (*_VIDEO, 8, 1, 3, 1)
_WELL = 1


def objects(seen: Shown) -> Objects:
    """Give the states of an Axis camera."""
    return {
        _POWER_SUPPLY_STATUS: integer(_WELL),
        _TEMPERATURE_STATUS: integer(_WELL),
        _TEMPERATURE_C: integer(round(seen.device.temperature_c)),
        _VIDEO_SIGNAL_STATUS: integer(_WELL),
        _STORAGE_DISRUPTION: integer(_WELL),
    }
