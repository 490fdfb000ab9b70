"""What the maps have in common: rings through their real members, and sites."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from maille.documents.naming import ring_page
from maille.documents.plots.svg import path, tag, together

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from markupsafe import Markup

    from maille.blueprint.model import Blueprint, Ring
    from maille.documents.maps.names import Name, Place
    from maille.documents.maps.projection import Projection
    from maille.inventory.schema.base import Position

RING_COLOURS = 12
"""Colours of rings in the style sheet; more rings begin anew."""


def ring_class(blueprint: Blueprint, ring: str) -> str:
    """Give the class that colours a ring: by its place in the inventory."""
    return f"ring-{list(blueprint.rings).index(ring) % RING_COLOURS}"


def ring_route(blueprint: Blueprint, ring: Ring) -> list[Position]:
    """Give the places that a ring passes: its gateways' sites and its members."""
    pair = blueprint.pairs[ring.pair]
    stops = (pair.primary, *ring.members, pair.secondary)
    return [blueprint.switches[stop].location for stop in stops]


def rings(blueprint: Blueprint, projection: Projection, root: str) -> Markup:
    """Draw every ring that passes as a line that leads to its page."""
    lines = []
    for ring in blueprint.rings.values():
        points = [projection.at(position) for position in ring_route(blueprint, ring)]
        if not _passes(points, projection):
            continue
        line = tag("path", d=path(points), class_=f"ring {ring_class(blueprint, ring.id)}")
        lines.append(tag("a", tag("title", ring.title), line, href=f"{root}{ring_page(ring.id)}"))
    return together(lines)


def _passes(points: Sequence[tuple[float, float]], projection: Projection) -> bool:
    """Say whether the smallest box around a line meets the map."""
    across, down = [x for x, _ in points], [y for _, y in points]
    return (
        max(across) >= 0
        and min(across) <= projection.width
        and max(down) >= 0
        and min(down) <= projection.height
    )


def spurs(blueprint: Blueprint, projection: Projection) -> Markup:
    """Draw every spur that passes as a dashed line."""
    lines = []
    for link in blueprint.links.values():
        if link.role == "spur":
            ends = (blueprint.switches[end.switch].location for end in (link.a, link.b))
            points = [projection.at(place) for place in ends]
            if _passes(points, projection):
                lines.append(tag("path", d=path(points), class_="spur"))
    return together(lines)


def sites(blueprint: Blueprint, projection: Projection, root: str) -> Markup:
    """Draw the centre and the aggregation sites as squares."""
    return together(_sites(blueprint, projection, root))


def _sites(blueprint: Blueprint, projection: Projection, root: str) -> Iterator[Markup]:
    for key, site in blueprint.estate.network.sites.items():
        x, y = projection.at(site.position)
        half = 8.0 if site.kind == "centre" else 6.0
        square = tag(
            "rect",
            x=x - half,
            y=y - half,
            width=2 * half,
            height=2 * half,
            class_=f"site {site.kind}",
        )
        yield tag("a", tag("title", site.title), square, href=f"{root}sites/{key}.html")


def badges(
    blueprint: Blueprint, projection: Projection, places: Collection[Place]
) -> dict[str, tuple[float, float]]:
    """Find where each ring's number stands: on the ring, as far as can be from all places."""
    found = {}
    for ring in blueprint.rings.values():
        points = [projection.at(position) for position in ring_route(blueprint, ring)]
        middles = [((x1 + x2) / 2, (y1 + y2) / 2) for (x1, y1), (x2, y2) in pairwise(points)]
        found[ring.id] = max(middles, key=lambda at: _clearance(at, places))
    return found


def _clearance(at: tuple[float, float], places: Collection[Place]) -> float:
    return min((math.dist(at, (place.x, place.y)) - place.radius for place in places), default=0)


def numbers(blueprint: Blueprint, where: Mapping[str, tuple[float, float]]) -> Markup:
    """Write the numbers of the rings."""
    parts = []
    for number, (ring, (x, y)) in enumerate(where.items(), start=1):
        colour = ring_class(blueprint, ring)
        parts.append(tag("circle", cx=x, cy=y, r=9.0, class_=f"badge {colour}"))
        parts.append(tag("text", str(number), x=x, y=y + 4, class_="badge-text"))
    return together(parts)


def written(places: Iterable[Place], names: Mapping[str, Name]) -> Markup:
    """Write the names that have found room."""
    return together(
        tag("text", place.name, x=name.x, y=name.y, class_=f"name {name.side}")
        for place in places
        if (name := names.get(place.key))
    )
