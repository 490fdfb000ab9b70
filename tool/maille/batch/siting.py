"""Guess where on a ring a new cabinet sits, from the positions of those that are known."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from maille.inventory.distance import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.schema.base import Position
    from maille.inventory.schema.commune import Cabinet
    from maille.inventory.schema.estate import Estate


class Spot(NamedTuple):
    """A place on a ring's route, and how far off it a cabinet is that is put there."""

    at_km: float
    detour_km: float


class _Known(NamedTuple):
    at_km: float
    position: Position


def spot_on(estate: Estate, ring: str, position: Position) -> Spot | None:
    """Give the place on a ring at which a cabinet lengthens it least; an estimate.

    It lies between the two neighbours to which the way is shortest, in proportion to the
    distances. None if the ring's ends are at no known site.
    """
    spots = (_between(near, far, position) for near, far in pairwise(_known(estate, ring)))
    return min(spots, key=lambda spot: spot.detour_km, default=None)


def nearest_ring(estate: Estate, position: Position) -> str | None:
    """Give the ring that a cabinet lengthens least."""
    spots = {ring: spot_on(estate, ring, position) for ring in estate.network.rings}
    found = {ring: spot.detour_km for ring, spot in spots.items() if spot}
    return min(found, key=lambda ring: found[ring], default=None)


def nearest_cabinet(estate: Estate, position: Position) -> Cabinet | None:
    """Give the cabinet that stands nearest."""
    cabinets = (c for commune in estate.communes.values() for c in commune.cabinets.values())
    return min(cabinets, key=lambda one: distance_km(one.position, position), default=None)


def _between(near: _Known, far: _Known, position: Position) -> Spot:
    to, on = distance_km(near.position, position), distance_km(position, far.position)
    share = to / (to + on) if to + on else 0.5
    at_km = near.at_km + (far.at_km - near.at_km) * share
    return Spot(round(at_km, 3), to + on - distance_km(near.position, far.position))


def _known(estate: Estate, ring: str) -> list[_Known]:
    entry = estate.network.rings[ring]
    pair = estate.network.pairs.get(entry.pair)
    ends = (pair.primary, pair.secondary) if pair else ()
    sites = {
        switch: site.position for site in estate.network.sites.values() for switch in site.switches
    }
    known = [
        _Known(at, sites[end])
        for at, end in zip((0.0, entry.length_km), ends, strict=False)
        if end in sites
    ]
    return sorted([*known, *_members(estate, ring)], key=lambda one: one.at_km)


def _members(estate: Estate, ring: str) -> Iterator[_Known]:
    for commune in estate.communes.values():
        for cabinet in commune.cabinets.values():
            if cabinet.ring == ring:
                yield _Known(cabinet.at_km or 0.0, cabinet.position)
