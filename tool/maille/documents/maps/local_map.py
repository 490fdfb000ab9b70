"""One commune on a map: its cabinets by cameras and state, the rings that pass, its places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.maps import layers
from maille.documents.maps.names import Box, place_names
from maille.documents.maps.projection import fit, scale_bar
from maille.documents.maps.spots import Circles, cabinet_spots
from maille.documents.plots.svg import Drawing, tag, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markupsafe import Markup

    from maille.blueprint.model import Blueprint, Camera, CommuneShare
    from maille.documents.maps.projection import Projection
    from maille.tongue import Tongue

_WIDTH = 760.0
_MARGIN = 48.0
_LEAST_KM = 3.0
_TYPE_PX = 13.0
_RADIUS_PX = 3.4
_LEAST_RADIUS_PX = 4.0
_ROOT = "../"
"""The pages of communes lie one folder down."""


def local_map(
    blueprint: Blueprint,
    share: CommuneShare,
    on_switch: Mapping[str, Sequence[Camera]],
    tongue: Tongue,
) -> Drawing | None:
    """Draw a commune; None where it has no cabinet. `on_switch` holds cameras by switch."""
    own = [blueprint.switches[ident] for ident in share.switches]
    if not own:
        return None
    positions = [switch.location for switch in own]
    positions += [place.position for place in share.entry.places.values()]
    projection = fit(positions, _WIDTH, margin=_MARGIN, least_km=_LEAST_KM)
    circles = Circles(
        cabinet_spots(blueprint, own, on_switch),
        projection,
        radius_px=_RADIUS_PX,
        least_px=_LEAST_RADIUS_PX,
    )
    frame = Box(0, 0, projection.width, projection.height - 30)
    names = place_names(circles.places, frame, type_px=_TYPE_PX)
    return Drawing(
        title=tongue.gettext("Map of {commune}").format(commune=share.name),
        description=tongue.gettext("Cabinets, the rings that pass, and places to cover."),
        width=projection.width,
        height=projection.height,
        body=together(
            [
                *circles.draw_large(tongue, _ROOT),
                layers.rings(blueprint, projection, _ROOT),
                layers.spurs(blueprint, projection),
                *_passing(blueprint, share, projection),
                *circles.draw_small(tongue, _ROOT),
                layers.sites(blueprint, projection, _ROOT),
                *_wanted(share, projection),
                layers.written(circles.places, names),
                scale_bar(projection, tongue),
            ]
        ),
    )


def _passing(blueprint: Blueprint, share: CommuneShare, projection: Projection) -> Iterator[Markup]:
    """Draw the cabinets of other communes small."""
    for switch in blueprint.switches.values():
        if switch.cabinet and switch.commune != share.insee:
            x, y = projection.at(switch.location)
            if 0 <= x <= projection.width and 0 <= y <= projection.height:
                title = tag("title", switch.place)
                yield tag("circle", title, cx=x, cy=y, r=3.0, class_="outsider")


def _wanted(share: CommuneShare, projection: Projection) -> Iterator[Markup]:
    for place in share.entry.places.values():
        x, y = projection.at(place.position)
        title = tag("title", place.title)
        yield tag("path", title, d=f"M{x:.1f},{y - 7:.1f}l7,7l-7,7l-7,-7z", class_="wanted")
