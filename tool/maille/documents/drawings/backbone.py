"""The backbone as a drawing: the sites with their switches, and the rings between them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from maille.documents.drawings.dot import (
    ACCENT,
    PANEL,
    SOFT,
    attributes,
    bold,
    cell,
    graph,
    quoted,
    row,
    small,
    table,
)
from maille.documents.naming import ring_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Blueprint, Ring
    from maille.tongue import Tongue


_PEER_WIDTH: Final = 3


def backbone_graph(blueprint: Blueprint, tongue: Tongue) -> str:
    """Draw the sites, the links between them added up, and each ring below its gateways."""
    return graph(_lines(blueprint, tongue), rankdir="LR", nodesep=0.15, ranksep=1.2, pad=0.1)


def _lines(blueprint: Blueprint, tongue: Tongue) -> Iterator[str]:
    for site in blueprint.estate.network.sites:
        yield _site(blueprint, site)
    for (a, b, role, speed_mbps), strands in _links(blueprint).items():
        gbit = f"{tongue.short(speed_mbps / 1000, 1)} Gbit/s"
        yield f"{quoted(a)} -> {quoted(b)} " + attributes(
            label=None if role == "peer" else f"{strands} × {gbit}" if strands > 1 else gbit,
            color=ACCENT if role == "peer" else SOFT,
            penwidth=_PEER_WIDTH if role == "peer" else None,
            constraint="false" if role == "peer" else None,
            # To the right of the sites: on the left stand the rates.
            tailport="e" if role == "peer" else None,
            headport="e" if role == "peer" else None,
        )
    for ring in blueprint.rings.values():
        yield from _ring(blueprint, ring, tongue)


def _links(blueprint: Blueprint) -> Counter[tuple[str, str, str, int]]:
    """Add up the strands between two sites; the centre comes first, so that it stands on top."""
    centre = blueprint.switches[blueprint.pairs[blueprint.estate.centre.pair].primary].site
    found: Counter[tuple[str, str, str, int]] = Counter()
    for link in blueprint.links.values():
        ends = [blueprint.switches[end.switch] for end in (link.a, link.b)]
        if any(end.cabinet for end in ends) or ends[0].site == ends[1].site:
            continue
        a, b = sorted((end.site for end in ends), key=lambda site: (site != centre, site))
        found[a, b, link.role, link.speed_mbps] += len(link.strands)
    return found


def _site(blueprint: Blueprint, site: str) -> str:
    title = blueprint.estate.network.sites[site].title
    switches = [s for s in blueprint.switches.values() if s.site == site and s.cabinet is None]
    label = table(
        row(cell(bold(title))),
        *(row(cell(small(f"{s.hostname} · {s.model.title}"))) for s in switches),
        colour=ACCENT,
        background=PANEL,
    )
    return f"{quoted(site)} {attributes(label=label, URL=f'sites/{site}.html', tooltip=title)}"


def _ring(blueprint: Blueprint, ring: Ring, tongue: Tongue) -> Iterator[str]:
    count = len(ring.members)
    members = tongue.ngettext("{count} cabinet", "{count} cabinets", count).format(count=count)
    length = f"{tongue.short(ring.length_km, 1)} km"
    label = table(
        row(cell(bold(ring.title))), row(cell(small(f"{members} · {length}"))), colour=SOFT
    )
    node = quoted(f"ring {ring.id}")
    yield f"{node} {attributes(label=label, URL=ring_page(ring.id), tooltip=ring.title)}"
    pair = blueprint.pairs[ring.pair]
    for site in dict.fromkeys(
        blueprint.switches[end].site for end in (pair.primary, pair.secondary)
    ):
        yield f"{quoted(site)} -> {node} {attributes(color=SOFT)}"
