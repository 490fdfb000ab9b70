"""How far two places are apart."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.inventory.schema.base import Position

_EARTH_KM = 6371.0


def distance_km(one: Position, other: Position) -> float:
    """Give the great-circle distance in kilometres."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    parallels = cos(radians(one.latitude)) * cos(radians(other.latitude))
    return 2 * _EARTH_KM * asin(sqrt(sin(north / 2) ** 2 + parallels * sin(east / 2) ** 2))
