"""What the maps show as circles: communes, or cabinets, each with its cameras."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from maille.documents.maps.names import Place
from maille.documents.naming import commune_page, switch_page
from maille.documents.plots.svg import tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markupsafe import Markup

    from maille.blueprint.model import Blueprint, Camera, Switch
    from maille.documents.maps.projection import Projection
    from maille.inventory.schema.base import Position
    from maille.inventory.schema.commune import Commune
    from maille.tongue import Tongue


_LARGE_PX = 14.0
"""Radius from which a circle holds several stops of a line."""


class Spot(NamedTuple):
    """A place with cameras."""

    key: str
    name: str
    position: Position
    connected: int
    planned: int
    page: str | None
    """From the book's front; None for a commune that is no member."""


def commune_spots(blueprint: Blueprint) -> Iterator[Spot]:
    """Give the communes that have a position, members or not."""
    for insee, entry in blueprint.estate.communes.items():
        position = _position(entry)
        share = blueprint.communes.get(insee)
        if position and share:
            yield Spot(
                insee,
                entry.commune,
                position,
                share.connected,
                share.planned,
                commune_page(insee),
            )
        elif position:
            yield Spot(insee, entry.commune, position, 0, 0, None)


def cabinet_spots(
    blueprint: Blueprint, switches: Iterable[Switch], on_switch: Mapping[str, Sequence[Camera]]
) -> Iterator[Spot]:
    """Give the cabinets of some switches; `on_switch` holds the cameras of each."""
    for switch in switches:
        here = [camera.connected for camera in on_switch.get(switch.id, ())]
        page = switch_page(blueprint, switch.id)
        yield Spot(switch.id, switch.place, switch.location, sum(here), len(here), page)


def _position(commune: Commune) -> Position | None:
    """Give the place of a commune; without one of its own, that of its first cabinet."""
    first = next(iter(commune.cabinets.values()), None)
    return commune.position or (first.position if first else None)


class Circles:
    """Spots on a map, the largest first: circles with the area of their numbers."""

    def __init__(
        self, spots: Iterable[Spot], projection: Projection, *, radius_px: float, least_px: float
    ) -> None:
        """Place the spots; `radius_px` is that of one camera's circle."""
        self._spots = {spot.key: spot for spot in spots}
        self.places = sorted(
            (
                Place(
                    spot.key,
                    spot.name,
                    *projection.at(spot.position),
                    max(least_px, radius_px * math.sqrt(spot.planned)),
                )
                for spot in self._spots.values()
            ),
            key=lambda place: -place.radius,
        )

    def draw_large(self, tongue: Tongue, root: str) -> Iterator[Markup]:
        """Draw those that belong below the lines, which they would hide."""
        return self._draw(tongue, root, (it for it in self.places if it.radius > _LARGE_PX))

    def draw_small(self, tongue: Tongue, root: str) -> Iterator[Markup]:
        """Draw those that belong above the lines, which would keep the pointer from them."""
        return self._draw(tongue, root, (it for it in self.places if it.radius <= _LARGE_PX))

    def _draw(self, tongue: Tongue, root: str, places: Iterable[Place]) -> Iterator[Markup]:
        """Draw planned cameras as a circle, connected ones as another within it."""
        for place in places:
            spot = self._spots[place.key]
            yield (
                _outsider(place, tongue)
                if spot.page is None
                else _linked(place, spot, tongue, f"{root}{spot.page}")
            )


def _outsider(place: Place, tongue: Tongue) -> Markup:
    text = tongue.gettext("{name}: not a member").format(name=place.name)
    return tag(
        "circle", tag("title", text), cx=place.x, cy=place.y, r=place.radius, class_="outsider"
    )


def _linked(place: Place, spot: Spot, tongue: Tongue, page: str) -> Markup:
    text = tongue.gettext("{name}: {connected} of {planned} cameras connected").format(
        name=place.name, connected=spot.connected, planned=spot.planned
    )
    circles = [tag("circle", cx=place.x, cy=place.y, r=place.radius, class_="planned")]
    if spot.connected:
        inner = place.radius * math.sqrt(spot.connected / spot.planned)
        circles.append(tag("circle", cx=place.x, cy=place.y, r=inner, class_="connected"))
    return tag("a", tag("title", text), *circles, href=page)
