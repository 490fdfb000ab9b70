"""The estate on a map: communes by cameras and state, rings by their members, sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.maps import layers
from maille.documents.maps.names import Box, Place, place_names
from maille.documents.maps.projection import fit, scale_bar
from maille.documents.maps.spots import Circles, cabinet_spots, commune_spots
from maille.documents.plots.svg import Drawing, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from maille.blueprint.model import Blueprint, Camera
    from maille.documents.maps.projection import Projection
    from maille.documents.maps.spots import Spot
    from maille.tongue import Tongue

_WIDTH = 1100.0
_MARGIN = 44.0
_LEAST_KM = 3.0
_TYPE_PX = 12.0
_RADIUS_PX = 2.3
_LEAST_RADIUS_PX = 3.0
_BADGE_PX, _SITE_PX = 10.0, 7.0
_ROOT = ""
_FEW_COMMUNES = 3
"""Of so few the cabinets are shown: a circle or two would tell nothing."""


def shows_cabinets(blueprint: Blueprint) -> bool:
    """Say whether the map of an estate shows cabinets in place of communes."""
    return len(blueprint.communes) <= _FEW_COMMUNES


def estate_map(
    blueprint: Blueprint, on_switch: Mapping[str, Sequence[Camera]], tongue: Tongue
) -> Drawing:
    """Draw the estate, for a page at the book's front; `on_switch` holds cameras by switch."""
    spots = tuple(_spots(blueprint, on_switch))
    positions = [spot.position for spot in spots]
    positions += [switch.location for switch in blueprint.switches.values()]
    projection = fit(positions, _WIDTH, margin=_MARGIN, least_km=_LEAST_KM)
    circles = Circles(spots, projection, radius_px=_RADIUS_PX, least_px=_LEAST_RADIUS_PX)
    sites = list(_sites(blueprint, projection))
    badges = layers.badges(blueprint, projection, [*circles.places, *sites])
    names = place_names(
        circles.places,
        Box(0, 0, projection.width, projection.height - 30),
        type_px=_TYPE_PX,
        taken=[
            *(_square(x, y, _BADGE_PX) for x, y in badges.values()),
            *(_square(site.x, site.y, _SITE_PX) for site in sites),
        ],
    )
    return Drawing(
        title=tongue.gettext("Map of the communes and rings"),
        description=_description(blueprint, tongue),
        width=projection.width,
        height=projection.height,
        body=together(
            [
                *circles.draw_large(tongue, _ROOT),
                layers.rings(blueprint, projection, _ROOT),
                layers.spurs(blueprint, projection),
                *circles.draw_small(tongue, _ROOT),
                layers.sites(blueprint, projection, _ROOT),
                layers.numbers(blueprint, badges),
                layers.written(circles.places, names),
                scale_bar(projection, tongue),
            ]
        ),
    )


def _spots(blueprint: Blueprint, on_switch: Mapping[str, Sequence[Camera]]) -> Iterator[Spot]:
    if shows_cabinets(blueprint):
        cabinets = (switch for switch in blueprint.switches.values() if switch.cabinet)
        return cabinet_spots(blueprint, cabinets, on_switch)
    return commune_spots(blueprint)


def _sites(blueprint: Blueprint, projection: Projection) -> Iterator[Place]:
    for key, site in blueprint.estate.network.sites.items():
        yield Place(key, site.title, *projection.at(site.position), _SITE_PX + 2)


def _square(x: float, y: float, half: float) -> Box:
    return Box(x - half, y - half, x + half, y + half)


def _description(blueprint: Blueprint, tongue: Tongue) -> str:
    cameras = blueprint.cameras.values()
    return tongue.gettext(
        "{communes} communes, {rings} rings; {connected} of {planned} cameras are connected."
        " The list of communes says the same in words."
    ).format(
        communes=len(blueprint.communes),
        rings=len(blueprint.rings),
        connected=tongue.number(sum(camera.connected for camera in cameras)),
        planned=tongue.number(len(cameras)),
    )
