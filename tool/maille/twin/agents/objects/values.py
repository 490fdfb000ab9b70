"""Values of objects, with their types as SNMP and AgentX have them."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple, TypeAlias

Oid: TypeAlias = tuple[int, ...]


class Type(IntEnum):
    """Types of values, by their numbers in AgentX (RFC 2741, section 5.4)."""

    INTEGER = 2
    OCTETS = 4
    OID = 6
    COUNTER32 = 65
    GAUGE32 = 66
    TIME_TICKS = 67
    COUNTER64 = 70


class Value(NamedTuple):
    """A value that stays until the plant changes."""

    type: Type
    value: int | bytes | Oid


Read: TypeAlias = Callable[[], Value]
"""A value that moves with time."""
Objects: TypeAlias = dict[Oid, Value | Read]
Contexts: TypeAlias = dict[str, Objects]

_GAUGE_MAX = 2**32 - 1


def oid(dotted: str) -> Oid:
    """Read an object identifier."""
    return tuple(int(arc) for arc in dotted.split("."))


def integer(value: int) -> Value:
    """Give an INTEGER, or a member of an enumeration."""
    return Value(Type.INTEGER, value)


def gauge(value: float) -> Value:
    """Give a Gauge32, which stays at its largest where there is more."""
    return Value(Type.GAUGE32, min(round(value), _GAUGE_MAX))


def counter(value: int) -> Value:
    """Give a Counter32."""
    return Value(Type.COUNTER32, value & _GAUGE_MAX)


def ticks(hundredths: int) -> Value:
    """Give TimeTicks."""
    return Value(Type.TIME_TICKS, hundredths & _GAUGE_MAX)


def text(value: str) -> Value:
    """Give an octet string of UTF-8."""
    return Value(Type.OCTETS, value.encode())


def octets(value: bytes) -> Value:
    """Give an octet string."""
    return Value(Type.OCTETS, value)


def identifier(value: Oid) -> Value:
    """Give an object identifier as a value."""
    return Value(Type.OID, value)


def mac(address: str) -> bytes:
    """Give the six octets of a MAC address; of an empty one none."""
    return bytes.fromhex(address.replace(":", ""))
