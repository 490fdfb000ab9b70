"""The estate on a map: communes by cameras and state, rings by their members, sites."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from maille.documents.maps import layers
from maille.documents.maps.names import Box, Place, place_names
from maille.documents.maps.projection import fit, scale_bar
from maille.documents.naming import commune_page
from maille.documents.plots.svg import Drawing, tag, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from maille.blueprint.model import Blueprint
    from maille.documents.maps.names import Name
    from maille.documents.maps.projection import Projection
    from maille.inventory.schema.base import Position
    from maille.inventory.schema.commune import Commune
    from maille.tongue import Tongue

_WIDTH = 1100.0
_MARGIN = 44.0
_LEAST_KM = 3.0
_TYPE_PX = 12.0
_RADIUS_PX = 2.3
"""Radius of the circle of one camera; areas are as the numbers of cameras."""
_LEAST_RADIUS_PX = 3.0


def estate_map(blueprint: Blueprint, tongue: Tongue, root: str = "") -> Drawing:
    """Draw the estate; `root` leads from the page to the book's front."""
    communes = {
        insee: (commune, position)
        for insee, commune in blueprint.estate.communes.items()
        if (position := _position(commune))
    }
    positions = [position for _, position in communes.values()]
    positions += [switch.location for switch in blueprint.switches.values()]
    projection = fit(positions, _WIDTH, margin=_MARGIN, least_km=_LEAST_KM)
    places = [_place(blueprint, insee, *communes[insee], projection) for insee in communes]
    places.sort(key=lambda place: -place.radius)
    sites = [
        Place(key, site.title, *projection.at(site.position), 9.0)
        for key, site in blueprint.estate.network.sites.items()
    ]
    badges = layers.badges(blueprint, projection, [*places, *sites])
    names = _names(blueprint, places, projection, badges)
    connected = sum(camera.connected for camera in blueprint.cameras.values())
    return Drawing(
        title=tongue.gettext("Map of the communes and rings"),
        description=tongue.gettext(
            "{communes} communes, {rings} rings; {connected} of {planned} cameras are connected."
            " The list of communes says the same in words."
        ).format(
            communes=len(communes),
            rings=len(blueprint.rings),
            connected=tongue.number(connected),
            planned=tongue.number(len(blueprint.cameras)),
        ),
        width=projection.width,
        height=projection.height,
        body=together(
            [
                together(_circles(blueprint, places, tongue, root)),
                layers.rings(blueprint, projection, root),
                layers.spurs(blueprint, projection),
                layers.sites(blueprint, projection, root),
                layers.numbers(blueprint, badges),
                layers.written(places, names),
                scale_bar(projection, tongue),
            ]
        ),
    )


def _position(commune: Commune) -> Position | None:
    """Give the place of a commune; without one of its own, that of its first cabinet."""
    first = next(iter(commune.cabinets.values()), None)
    return commune.position or (first.position if first else None)


def _place(
    blueprint: Blueprint,
    insee: str,
    commune: Commune,
    position: Position,
    projection: Projection,
) -> Place:
    share = blueprint.communes.get(insee)
    radius = max(_LEAST_RADIUS_PX, _RADIUS_PX * math.sqrt(share.planned if share else 0))
    return Place(insee, commune.commune, *projection.at(position), radius)


def _names(
    blueprint: Blueprint,
    places: list[Place],
    projection: Projection,
    badges: Mapping[str, tuple[float, float]],
) -> Mapping[str, Name]:
    taken = [Box(x - 10, y - 10, x + 10, y + 10) for x, y in badges.values()]
    taken += [
        Box(x - 7, y - 7, x + 7, y + 7)
        for site in blueprint.estate.network.sites.values()
        for x, y in [projection.at(site.position)]
    ]
    frame = Box(0, 0, projection.width, projection.height - 30)
    return place_names(places, frame, type_px=_TYPE_PX, taken=taken)


def _circles(
    blueprint: Blueprint, places: list[Place], tongue: Tongue, root: str
) -> Iterator[Markup]:
    for place in places:
        share = blueprint.communes.get(place.key)
        if share is None:
            text = tongue.gettext("{name}: not a member").format(name=place.name)
            yield tag(
                "circle",
                tag("title", text),
                cx=place.x,
                cy=place.y,
                r=place.radius,
                class_="outsider",
            )
            continue
        page = f"{root}{commune_page(place.key)}"
        yield layers.cameras_at(place, share.connected, share.planned, tongue, page)
