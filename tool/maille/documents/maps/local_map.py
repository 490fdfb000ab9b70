"""One commune on a map: its cabinets by cameras and state, the rings that pass, its places."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from maille.documents.maps import layers
from maille.documents.maps.names import Box, Place, place_names
from maille.documents.maps.projection import fit, scale_bar
from maille.documents.naming import switch_page
from maille.documents.plots.svg import Drawing, tag, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from maille.blueprint.model import Blueprint, Camera, CommuneShare
    from maille.documents.maps.projection import Projection
    from maille.inventory.schema.base import Position
    from maille.tongue import Tongue

_WIDTH = 760.0
_MARGIN = 48.0
_LEAST_KM = 3.0
_TYPE_PX = 13.0
_RADIUS_PX = 3.4
_LEAST_RADIUS_PX = 4.0


def local_map(blueprint: Blueprint, share: CommuneShare, tongue: Tongue) -> Drawing | None:
    """Draw a commune; None where it has no cabinet. The page is one folder down."""
    own = [blueprint.switches[ident] for ident in share.switches]
    if not own:
        return None
    wanted = [*share.entry.places.values()]
    positions: list[Position] = [switch.location for switch in own]
    positions += [place.position for place in wanted]
    projection = fit(positions, _WIDTH, margin=_MARGIN, least_km=_LEAST_KM)
    cameras = _by_switch(blueprint)
    places = [
        Place(
            switch.id,
            switch.place,
            *projection.at(switch.location),
            max(_LEAST_RADIUS_PX, _RADIUS_PX * math.sqrt(len(cameras.get(switch.id, ())))),
        )
        for switch in own
    ]
    places.sort(key=lambda place: -place.radius)
    frame = Box(0, 0, projection.width, projection.height - 30)
    names = place_names(places, frame, type_px=_TYPE_PX)
    return Drawing(
        title=tongue.gettext("Map of {commune}").format(commune=share.name),
        description=tongue.gettext("Cabinets, the rings that pass, and places to cover."),
        width=projection.width,
        height=projection.height,
        body=together(
            [
                layers.rings(blueprint, projection, "../"),
                layers.spurs(blueprint, projection),
                together(_passing(blueprint, share, projection)),
                together(_cabinets(blueprint, places, cameras, tongue)),
                layers.sites(blueprint, projection, "../"),
                together(_wanted(share, projection)),
                layers.written(places, names),
                scale_bar(projection, tongue),
            ]
        ),
    )


def _by_switch(blueprint: Blueprint) -> dict[str, list[Camera]]:
    found: dict[str, list[Camera]] = {}
    for camera in blueprint.cameras.values():
        if camera.switch:
            found.setdefault(camera.switch, []).append(camera)
    return found


def _passing(blueprint: Blueprint, share: CommuneShare, projection: Projection) -> Iterator[Markup]:
    """Draw the cabinets of other communes small."""
    for switch in blueprint.switches.values():
        if switch.cabinet and switch.commune != share.insee:
            x, y = projection.at(switch.location)
            if 0 <= x <= projection.width and 0 <= y <= projection.height:
                yield tag(
                    "circle", tag("title", switch.place), cx=x, cy=y, r=3.0, class_="outsider"
                )


def _cabinets(
    blueprint: Blueprint,
    places: list[Place],
    cameras: Mapping[str, list[Camera]],
    tongue: Tongue,
) -> Iterator[Markup]:
    for place in places:
        here = cameras.get(place.key, [])
        connected = sum(camera.connected for camera in here)
        page = f"../{switch_page(blueprint, place.key)}"
        yield layers.cameras_at(place, connected, len(here), tongue, page)


def _wanted(share: CommuneShare, projection: Projection) -> Iterator[Markup]:
    for place in share.entry.places.values():
        x, y = projection.at(place.position)
        yield tag(
            "path",
            tag("title", place.title),
            d=f"M{x:.1f},{y - 7:.1f}l7,7l-7,7l-7,-7z",
            class_="wanted",
        )
