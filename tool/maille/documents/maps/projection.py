"""From degrees to the plane: good enough for an estate, some tens of kilometres wide."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maille.documents.plots.svg import tag, together

if TYPE_CHECKING:
    from collections.abc import Collection

    from markupsafe import Markup

    from maille.inventory.schema.base import Position
    from maille.tongue import Tongue

KM_PER_DEGREE: Final = 6371.0 * math.pi / 180
_BARS_KM = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200)
_BAR_SHARE = 0.22
"""Longest scale bar, as a share of the map's width."""


@dataclass(frozen=True, slots=True)
class Projection:
    """An equirectangular projection, true in the middle of the map."""

    centre: Position
    px_per_km: float
    width: float
    height: float

    def at(self, position: Position) -> tuple[float, float]:
        """Give the place of a position, in pixels from the upper left."""
        east = (position[1] - self.centre[1]) * math.cos(math.radians(self.centre[0]))
        north = position[0] - self.centre[0]
        scale = KM_PER_DEGREE * self.px_per_km
        return self.width / 2 + east * scale, self.height / 2 - north * scale


def fit(
    positions: Collection[Position], width: float, *, margin: float, least_km: float
) -> Projection:
    """Fit positions into a map of some width; its height follows, within reason.

    `margin` is kept free at each edge, in pixels; `least_km` is the least that the map spans.
    """
    north, south = max(p[0] for p in positions), min(p[0] for p in positions)
    east, west = max(p[1] for p in positions), min(p[1] for p in positions)
    centre_latitude, centre_longitude = (north + south) / 2, (east + west) / 2
    wide_km = (east - west) * KM_PER_DEGREE * math.cos(math.radians(centre_latitude))
    high_km = (north - south) * KM_PER_DEGREE
    inner = width - 2 * margin
    tallest = 1.2 * inner
    px_per_km = min(inner / max(wide_km, least_km), tallest / max(high_km, least_km / 2))
    height = max(high_km * px_per_km, 0.45 * inner) + 2 * margin
    return Projection(
        centre=type(next(iter(positions)))(centre_latitude, centre_longitude),
        px_per_km=px_per_km,
        width=width,
        height=height,
    )


def scale_bar(projection: Projection, tongue: Tongue) -> Markup:
    """Draw a bar of a round length in the lower left corner."""
    longest = projection.width * _BAR_SHARE / projection.px_per_km
    km = max((length for length in _BARS_KM if length <= longest), default=_BARS_KM[0])
    x, y, length = 16.0, projection.height - 16, km * projection.px_per_km
    text = f"{tongue.short(km)} km" if km >= 1 else f"{tongue.number(km * 1000)} m"
    return together(
        [
            tag("path", d=f"M{x},{y - 5}v5h{length:.1f}v-5", class_="scale"),
            tag("text", text, x=x + length + 6, y=y + 1, class_="note"),
        ]
    )
