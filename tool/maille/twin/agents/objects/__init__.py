"""The objects of an agent, one file a MIB: from what a device shows to object ids and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.twin.agents.objects import axis, bridge, entity, interfaces, lldp, power, system

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.twin.agents.counters import PortCounters
    from maille.twin.agents.objects.values import Contexts
    from maille.twin.agents.shown import Shown

ROOTS = (
    interfaces.INTERFACES,
    interfaces.IF_MIB,
    power.POWER_ETHERNET,
    power.CISCO_POWER_EXT,
    lldp.LLDP,
    bridge.BRIDGE,
    entity.ENTITY,
    entity.SENSORS,
    entity.CISCO_ENVMON,
    axis.AXIS,
    system.HOST_SYSTEM,
)
"""The branches that agents are asked for; one without any object is no device's."""


def objects(seen: Shown, counters: Mapping[str, PortCounters]) -> Contexts:
    """Give all objects of a device, by context; the empty one is the default."""
    device = seen.device
    found: Contexts = {"": dict(interfaces.objects(seen, counters))}
    if device.switches:
        found[""] |= power.objects(seen)
        found[""] |= lldp.objects(seen)
        found[""] |= entity.objects(seen)
        for context, learned in bridge.objects(seen).items():
            found.setdefault(context, {}).update(learned)
    if device.make == "axis":
        found[""] |= axis.objects(seen)
    return found
