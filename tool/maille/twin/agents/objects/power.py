"""POWER-ETHERNET-MIB (RFC 3621), and Cisco's extension of it, which has the watts of a port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.twin.agents.objects.entity import port_index
from maille.twin.agents.objects.values import counter, gauge, integer, oid, text

if TYPE_CHECKING:
    from maille.twin.agents.objects.values import Objects, Value
    from maille.twin.agents.shown import PortShown, Shown

POWER_ETHERNET = oid("1.3.6.1.2.1.105")
CISCO_POWER_EXT = oid("1.3.6.1.4.1.9.9.402")
_PORT_ENTRY = (*POWER_ETHERNET, 1, 1, 1)
_MAIN_ENTRY = (*POWER_ETHERNET, 1, 3, 1, 1)
_CISCO_ENTRY = (*CISCO_POWER_EXT, 1, 2, 1)

_TRUE, _FALSE = 1, 2
_DISABLED, _SEARCHING, _DELIVERING = 1, 2, 3
_CLASS0, _CLASS3, _CLASS4 = 1, 4, 5
_CLASS3_W = 15.4
_CLASS4_W = 30.0
_USAGE_ALARM_PERCENT = 80


def objects(seen: Shown) -> Objects:
    """Give the power of a switch and its ports; of one that does not feed, nothing."""
    found: Objects = {}
    for port in seen.ports:
        if not port.port.poe:
            continue
        found |= {
            (*_PORT_ENTRY, column, *port.port.poe): value
            for column, value in enumerate(_row(port), start=3)
        }
        if seen.device.make == "cisco":
            found |= {
                (*_CISCO_ENTRY, column, *port.port.poe): value for column, value in _cisco_row(port)
            }
    for group in {port.port.poe[0] for port in seen.ports if port.port.poe}:
        drawn_w = sum(port.power_w or 0.0 for port in seen.ports)
        main = (
            gauge(seen.device.poe_budget_w),
            integer(1),
            gauge(drawn_w),
            integer(_USAGE_ALARM_PERCENT),
        )
        found |= {
            (*_MAIN_ENTRY, column, group): value for column, value in enumerate(main, start=2)
        }
    return found


def _row(port: PortShown) -> tuple[Value, ...]:
    """Give a port's columns, from pethPsePortAdminEnable on."""
    off = port.starved or port.port.shutdown
    status = _DISABLED if off else _SEARCHING if port.power_w is None else _DELIVERING
    drawn = port.power_w or 0.0
    power_class = _CLASS0 if not drawn else _CLASS4 if drawn > _CLASS3_W else _CLASS3
    return (
        integer(_FALSE if off else _TRUE),
        integer(_FALSE),
        integer(1),
        integer(status),
        integer(3),
        counter(0),
        text(port.port.alias),
        integer(power_class),
        *(counter(0) for _ in range(4)),
    )


def _cisco_row(port: PortShown) -> list[tuple[int, Value]]:
    """Give cpeExtPsePortTable's columns of power, in milliwatts, and the port's entity."""
    drawn = port.power_w or 0.0
    allocated = 0.0 if port.power_w is None else _CLASS4_W if drawn > _CLASS3_W else _CLASS3_W
    return [
        (6, gauge(_CLASS4_W * 1000)),
        (7, gauge(allocated * 1000)),
        (8, gauge(allocated * 1000)),
        (9, gauge(drawn * 1000)),
        (10, gauge(drawn * 1000)),
        (11, integer(port_index(port.port))),
    ]
