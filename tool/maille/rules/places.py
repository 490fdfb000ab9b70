"""Positions that cannot be meant: C003."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.inventory.distance import distance_km
from maille.inventory.schema.base import Position
from maille.rule_info import RuleInfo
from maille.rules.model import EstateRule, Hit
from maille.topology.naming import cabinet_switch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from maille.inventory.schema.estate import Estate
    from maille.rules.model import EstateContext, LogicalPath

FAR_KM = 500
"""No camera of an intercommunal estate is farther from every room with a routed switch."""


def _far_away(context: EstateContext) -> Iterator[Hit]:
    rooms = [site.position for site in context.estate.network.sites.values()]
    for path, title, subject, position in _positions(context.estate):
        if rooms and not _near(position, rooms):
            yield Hit(
                (*path, "position"),
                f"{title} lies {min(distance_km(position, room) for room in rooms):,.0f} km from"
                " the nearest room of the network",
                _remedy(position, rooms),
                subject,
            )


def _positions(estate: Estate) -> Iterator[tuple[LogicalPath, str, str, Position]]:
    """Give every position of the communes: its path, whose it is, its subject, itself."""
    for insee, commune in estate.communes.items():
        at = ("communes", insee)
        if commune.position:
            yield at, commune.commune, insee, commune.position
        for key, place in commune.places.items():
            yield (*at, "places", key), place.title, insee, place.position
        for key, cabinet in commune.cabinets.items():
            switch = cabinet_switch(insee, key)
            yield (*at, "cabinets", key), f"cabinet {switch}", switch, cabinet.position


def _near(position: Position, rooms: Collection[Position]) -> bool:
    return any(distance_km(position, room) <= FAR_KM for room in rooms)


def _remedy(position: Position, rooms: Collection[Position]) -> str:
    if abs(position.longitude) <= 90:
        turned = Position(position.longitude, position.latitude)
        if _near(turned, rooms):
            return f"the latitude stands first: [{turned.latitude:g}, {turned.longitude:g}]"
    return "correct it: [latitude, longitude] in degrees"


RULES = (
    EstateRule(
        RuleInfo(
            "C003",
            "place far from everything",
            Severity.ERROR,
            "maille",
            f"A commune, a public place or a cabinet lies more than {FAR_KM} km from every room "
            "of the network. Mostly latitude and longitude have changed places, or a digit is "
            "missing.",
        ),
        _far_away,
        judges=("commune", "switch"),
    ),
)
