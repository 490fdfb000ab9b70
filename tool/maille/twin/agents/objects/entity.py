"""ENTITY-MIB (RFC 6933), the way from entities to interfaces, and temperatures.

IOS has the temperature in CISCO-ENVMON-MIB, EOS in ENTITY-SENSOR-MIB (RFC 3433).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.twin.agents.objects.values import gauge, identifier, integer, oid, text

if TYPE_CHECKING:
    from maille.twin.agents.objects.values import Objects
    from maille.twin.agents.plant import Device, Port
    from maille.twin.agents.shown import Shown

ENTITY = oid("1.3.6.1.2.1.47")
SENSORS = oid("1.3.6.1.2.1.99")
CISCO_ENVMON = oid("1.3.6.1.4.1.9.9.13")
_PHYSICAL = (*ENTITY, 1, 1, 1, 1)
_ALIAS = (*ENTITY, 1, 3, 2, 1, 2)
_SENSOR = (*SENSORS, 1, 1, 1)
_ENVMON_TEMPERATURE = (*CISCO_ENVMON, 1, 3, 1)
_IF_INDEX = oid("1.3.6.1.2.1.2.2.1.1")

_CHASSIS_INDEX, _SENSOR_INDEX, _FIRST_PORT_INDEX = 1, 900, 1000
_CHASSIS, _SENSOR_CLASS, _PORT = 3, 8, 10
_CELSIUS, _UNITS, _TENTHS, _OK = 8, 9, 1, 1
_THRESHOLD_C = 85
_NORMAL = 1


def port_index(port: Port) -> int:
    """Give the entPhysicalIndex of a port."""
    return _FIRST_PORT_INDEX + port.base


def objects(seen: Shown) -> Objects:
    """Give the entities of a switch: the chassis, a thermometer, the ports."""
    device = seen.device
    found = _entity(_CHASSIS_INDEX, device.title, _CHASSIS, 0, 0, "Switch 1")
    found |= _entity(_SENSOR_INDEX, "Inlet temperature", _SENSOR_CLASS, _CHASSIS_INDEX, 1, "inlet")
    found |= _temperature(device)
    for shown in seen.ports:
        port = shown.port
        index = port_index(port)
        found |= _entity(index, port.name, _PORT, _CHASSIS_INDEX, port.base, port.name)
        found[*_ALIAS, index, 0] = identifier((*_IF_INDEX, port.index))
    return found


def _entity(index: int, title: str, kind: int, inside: int, position: int, name: str) -> Objects:
    return {
        (*_PHYSICAL, 2, index): text(title),
        (*_PHYSICAL, 4, index): integer(inside),
        (*_PHYSICAL, 5, index): integer(kind),
        (*_PHYSICAL, 6, index): integer(position),
        (*_PHYSICAL, 7, index): text(name),
    }


def _temperature(device: Device) -> Objects:
    if device.make == "cisco":
        return {
            (*_ENVMON_TEMPERATURE, 2, _SENSOR_INDEX): text("Inlet temperature"),
            (*_ENVMON_TEMPERATURE, 3, _SENSOR_INDEX): gauge(device.temperature_c),
            (*_ENVMON_TEMPERATURE, 4, _SENSOR_INDEX): integer(_THRESHOLD_C),
            (*_ENVMON_TEMPERATURE, 6, _SENSOR_INDEX): integer(_NORMAL),
        }
    return {
        (*_SENSOR, 1, _SENSOR_INDEX): integer(_CELSIUS),
        (*_SENSOR, 2, _SENSOR_INDEX): integer(_UNITS),
        (*_SENSOR, 3, _SENSOR_INDEX): integer(_TENTHS),
        (*_SENSOR, 4, _SENSOR_INDEX): integer(round(device.temperature_c * 10)),
        (*_SENSOR, 5, _SENSOR_INDEX): integer(_OK),
        (*_SENSOR, 6, _SENSOR_INDEX): text("Celsius"),
    }
