"""Distances on the ground and lengths of fibre, and places beside other places."""

from __future__ import annotations

from functools import cache
from math import asin, atan2, ceil, cos, radians, sin, sqrt
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
"""Latitude and longitude in degrees."""

EARTH_KM = 6371.0
DEGREE_KM = 111.2
"""One degree of latitude."""
DETOUR = 1.3
"""Fibre follows roads: longer than the great circle by this factor (estimate)."""
STEP_KM = 0.125
"""Lengths of fibre are rounded up to eighths of a kilometre."""


def distance_km(one: Point, other: Point) -> float:
    """Give the great-circle distance."""
    north, east = radians(other[0] - one[0]), radians(other[1] - one[1])
    chord = sin(north / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(chord))


@cache
def fibre_km(one: Point, other: Point) -> float:
    """Give the length of a cable between two places, at least one step."""
    return max(1, ceil(distance_km(one, other) * DETOUR / STEP_KM)) * STEP_KM


def bearing(one: Point, other: Point) -> float:
    """Give the direction from one place to another in radians, clockwise from north."""
    return atan2((other[1] - one[1]) * cos(radians(one[0])), other[0] - one[0])


def beside(place: Point, direction: float, km: float) -> Point:
    """Give the place some way off in a direction (radians, clockwise from north)."""
    latitude = place[0] + km * cos(direction) / DEGREE_KM
    longitude = place[1] + km * sin(direction) / DEGREE_KM / cos(radians(place[0]))
    return (round(latitude, 4), round(longitude, 4))
