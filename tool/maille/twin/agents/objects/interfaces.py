"""IF-MIB (RFC 2863): ifTable and ifXTable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.twin.agents.counters import frames
from maille.twin.agents.objects.values import (
    Type,
    Value,
    counter,
    gauge,
    identifier,
    integer,
    mac,
    octets,
    oid,
    text,
    ticks,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maille.twin.agents.counters import Meter, PortCounters
    from maille.twin.agents.objects.values import Objects, Oid, Read
    from maille.twin.agents.shown import PortShown, Shown

INTERFACES = oid("1.3.6.1.2.1.2")
IF_MIB = oid("1.3.6.1.2.1.31")
_NUMBER = (*INTERFACES, 1, 0)
_ENTRY = (*INTERFACES, 2, 1)
_X_ENTRY = (*IF_MIB, 1, 1, 1)
_TABLE_LAST_CHANGE = (*IF_MIB, 1, 5, 0)

_TRAPS = oid("1.3.6.1.6.3.1.1.5")
_TRAP_OID = oid("1.3.6.1.6.3.1.1.4.1.0")
_LINK_DOWN, _LINK_UP = 3, 4

_UP, _DOWN = 1, 2
_ETHERNET, _LOOPBACK = 6, 24
_MTU_BYTES = 1500
_BITS_A_MEGABIT = 1_000_000


def objects(seen: Shown, counters: Mapping[str, PortCounters]) -> Objects:
    """Give the interfaces of a device."""
    found: Objects = {
        _NUMBER: integer(len(seen.ports)),
        _TABLE_LAST_CHANGE: lambda: ticks(max(port.changed_ticks for port in counters.values())),
    }
    for port in seen.ports:
        counted = counters[port.port.name]
        index = port.port.index
        found |= {(*_ENTRY, column, index): value for column, value in _row(port, counted)}
        found |= {(*_X_ENTRY, column, index): value for column, value in _x_row(port, counted)}
    return found


def _row(shown: PortShown, counted: PortCounters) -> list[tuple[int, Value | Read]]:
    port = shown.port
    in32, out32 = _narrow(counted, counted.bytes_in), _narrow(counted, counted.bytes_out)
    return [
        (1, integer(port.index)),
        (2, text(port.name)),
        (3, integer(_ETHERNET if port.mac else _LOOPBACK)),
        (4, integer(_MTU_BYTES)),
        (5, gauge(port.speed_mbps * _BITS_A_MEGABIT)),
        (6, octets(mac(shown.mac))),
        (7, integer(_DOWN if port.shutdown else _UP)),
        (8, integer(_UP if shown.up else _DOWN)),
        (9, lambda: ticks(counted.changed_ticks)),
        (10, in32),
        (11, _narrow(counted, counted.bytes_in, frames)),
        (13, counter(0)),
        (14, _narrow(counted, counted.errors_in)),
        (15, counter(0)),
        (16, out32),
        (17, _narrow(counted, counted.bytes_out, frames)),
        (19, counter(0)),
        (20, counter(0)),
    ]


def _x_row(shown: PortShown, counted: PortCounters) -> list[tuple[int, Value | Read]]:
    port = shown.port
    return [
        (1, text(port.short)),
        *((column, counter(0)) for column in range(2, 6)),
        (6, _wide(counted, counted.bytes_in)),
        (7, _wide(counted, counted.bytes_in, frames)),
        *((column, Value(Type.COUNTER64, 0)) for column in (8, 9)),
        (10, _wide(counted, counted.bytes_out)),
        (11, _wide(counted, counted.bytes_out, frames)),
        *((column, Value(Type.COUNTER64, 0)) for column in (12, 13)),
        (14, integer(1)),
        (15, gauge(port.speed_mbps)),
        (16, integer(2)),
        (17, integer(1 if port.mac else 2)),
        (18, text(port.alias)),
        (19, ticks(0)),
    ]


def change(shown: PortShown) -> list[tuple[Oid, Value]]:
    """Give the notification that a port has gone down or up: linkDown, linkUp."""
    index = shown.port.index
    kind = (*_TRAPS, _LINK_UP if shown.up else _LINK_DOWN)
    return [
        (_TRAP_OID, identifier(kind)),
        ((*_ENTRY, 1, index), integer(index)),
        ((*_ENTRY, 7, index), integer(_DOWN if shown.port.shutdown else _UP)),
        ((*_ENTRY, 8, index), integer(_UP if shown.up else _DOWN)),
    ]


def _same(number: int) -> int:
    return number


def _narrow(counted: PortCounters, meter: Meter, unit: Callable[[int], int] = _same) -> Read:
    return lambda: counter(unit(meter.at(counted.now_s)))


def _wide(counted: PortCounters, meter: Meter, unit: Callable[[int], int] = _same) -> Read:
    return lambda: Value(Type.COUNTER64, unit(meter.at(counted.now_s)))
