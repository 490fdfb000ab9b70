"""Rings as fibre people see them: a cable from each cabinet to the next, and back."""

from __future__ import annotations

from itertools import accumulate, pairwise
from math import pi
from typing import TYPE_CHECKING, NamedTuple

from inventory.generate.geography import bearing, beside, fibre_km
from inventory.generate.writing import Flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventory.generate.geography import Point

RING_OPTIC = "1000base-lx"
RING_SPEED_MBPS = 1000
APART_KM = 0.6
"""Between two cabinets of one commune."""


class Stop(NamedTuple):
    """A place on a route, as the cable's title names it."""

    title: str
    at: Point


class Route(NamedTuple):
    """A ring's route: its cables in order and where on it each cabinet sits."""

    cables: dict[str, Flow]
    sections: list[Flow]
    at_km: list[float]


def route(ring: str, start: Stop, stops: Sequence[Stop], end: Stop, fibres: int = 24) -> Route:
    """Lay a cable from stop to stop, so that one cut opens the ring at one place only."""
    cables: dict[str, Flow] = {}
    lengths: list[float] = []
    for number, (near, far) in enumerate(pairwise((start, *stops, end)), start=1):
        km = fibre_km(near.at, far.at)
        title = f"{near.title} - {far.title}"
        cables[f"{ring}-{number:02d}"] = Flow(title=title, length_km=km, fibres=fibres)
        lengths.append(km)
    sections = [Flow(cable=key, km=cable["length_km"]) for key, cable in cables.items()]
    return Route(cables, sections, list(accumulate(lengths))[:-1])


def along(before: Point, centre: Point, after: Point, count: int) -> list[Point]:
    """Give places for the cabinets of one commune, in the direction in which the cable runs."""
    direction = bearing(before, after)
    if count == 1:
        return [beside(centre, direction + pi / 2, APART_KM / 3)]
    first = -APART_KM * (count - 1) / 2
    return [beside(centre, direction, first + APART_KM * number) for number in range(count)]
