"""The network: backbone, pairs and rings, and a page for each ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.blocks import (
    Code,
    Column,
    Figure,
    Figures,
    LegendEntry,
    Link,
    Many,
    Page,
    Row,
    Table,
    Tag,
    section,
    sections,
)
from maille.documents.naming import anchor, ring_page, short_port
from maille.documents.pages.findings import findings_table
from maille.documents.tables.addresses import segments_on_a_page
from maille.documents.words import FAILURE, word

if TYPE_CHECKING:
    from maille.blueprint.capacity import LinkLoad
    from maille.blueprint.model import Camera, Ring, Switch
    from maille.documents.blocks import Cell
    from maille.documents.context import Context

BACKBONE = "backbone"
_RING_LEAST_PX = 760
_BACKBONE_LEAST_PX = 980


def ring_drawing(ring: str) -> str:
    """Give the name of a ring's drawing."""
    return f"ring {ring}"


def network_page(context: Context) -> Page:
    """Write the page of the network."""
    _ = context.tongue.gettext
    return Page(
        path="network.html",
        title=_("Network"),
        lead=_(
            "Rings of cabinets, closed over pairs of gateways; between rings everything is routed."
        ),
        top=(
            Figure(
                context.drawings[BACKBONE],
                _("Sites, the links between them added up, and the rings. Thick: within a pair."),
                _BACKBONE_LEAST_PX,
                from_middle=True,
            ),
        ),
        sections=sections(
            section(_("Rings"), "rings", _rings_table(context)),
            section(_("Pairs"), "pairs", _pairs_table(context)),
        ),
    )


def _rings_table(context: Context) -> Table:
    _ = context.tongue.gettext
    blueprint = context.blueprint
    rows = []
    for number, ring in enumerate(blueprint.rings.values(), start=1):
        cameras = _cameras(context, ring)
        worst = _worst(context, ring)
        rows.append(
            Row(
                (
                    number,
                    Link(ring.title, ring_page(ring.id)),
                    Code(ring.pair),
                    len(ring.members),
                    ring.length_km,
                    len(cameras),
                    sum(camera.bitrate.mbps for camera in cameras),
                    load_cell(context, worst),
                )
            )
        )
    return Table(
        name=_("Rings"),
        columns=(
            Column(_("No."), "number"),
            Column(_("Ring")),
            Column(_("Pair"), "code"),
            Column(_("Cabinets"), "number"),
            Column(_("Length, km"), "number", 1),
            Column(_("Cameras"), "number"),
            Column(_("Mbit/s"), "number", 1),
            Column(_("Highest load")),
        ),
        rows=tuple(rows),
    )


def _cameras(context: Context, ring: Ring) -> list[Camera]:
    switches = context.blueprint.switches
    return [
        camera
        for camera in context.blueprint.cameras.values()
        if camera.switch and switches[camera.switch].ring == ring.id
    ]


def _worst(context: Context, ring: Ring) -> LinkLoad:
    worst = context.built.capacity.worst_by_link
    return max((worst[link] for link in ring.links), key=lambda load: load.share)


def load_cell(context: Context, load: LinkLoad) -> Cell:
    """Write a load and the failure that brings it."""
    tongue = context.tongue
    share = tongue.percent(load.share, 1)
    over = load.share > context.built.capacity.limit + 1e-9
    parts: list[Cell] = [Tag(share, "bad") if over else share]
    if load.failure:
        kind = word(tongue, FAILURE, load.failure.kind)
        lost = tongue.gettext("after the loss of: {kind} {id}")
        parts.append(lost.format(kind=kind, id=load.failure.id))
    return Many(parts)


def _pairs_table(context: Context) -> Table:
    _ = context.tongue.gettext
    blueprint = context.blueprint
    return Table(
        name=_("Pairs"),
        columns=(
            Column(_("Pair"), "code"),
            Column(_("Primary: VRRP master and root")),
            Column(_("Secondary")),
            Column(_("Rings")),
            Column(_("Switches"), "number"),
            Column(_("Segments"), "number"),
        ),
        rows=tuple(
            Row(
                (
                    Code(pair.id),
                    context.switch_link(blueprint.switches[pair.primary]),
                    context.switch_link(blueprint.switches[pair.secondary]),
                    Many(Link(blueprint.rings[it].title, ring_page(it)) for it in pair.rings),
                    len(pair.switches),
                    len(pair.segments),
                ),
                anchor=anchor(pair.id),
            )
            for pair in blueprint.pairs.values()
        ),
    )


def ring_page_of(context: Context, ring: Ring) -> Page:
    """Write the page of a ring: its drawing, its links in order, its segments."""
    _, number = context.tongue.gettext, context.tongue.number
    blueprint = context.blueprint
    cameras = _cameras(context, ring)
    segments = [it for it in blueprint.segments.values() if it.ring == ring.id]
    limit = context.tongue.percent(context.built.capacity.limit)
    count, ngettext = len(ring.members), context.tongue.ngettext
    return Page(
        path=ring_page(ring.id),
        title=ring.title,
        lead=_("Ring {ring}, closed over the pair {pair}").format(ring=ring.id, pair=ring.pair),
        trail=(Link(_("Network"), "network.html"),),
        group="network.html",
        top=(
            Figures(
                (
                    (number(count), ngettext("cabinet", "cabinets", count)),
                    (number(len(cameras)), _("cameras")),
                    (f"{context.tongue.short(ring.length_km, 1)} km", _("of fibre")),
                    (
                        context.tongue.percent(_worst(context, ring).share, 1),
                        _("highest load, of {limit} allowed").format(limit=limit),
                    ),
                )
            ),
            Figure(
                context.drawings[ring_drawing(ring.id)],
                _("Members in order, with their ports; the red port blocks in the normal state."),
                _RING_LEAST_PX,
                (LegendEntry("panel-bad", _("port that blocks in the normal state")),),
            ),
        ),
        sections=sections(
            section(_("Links in order"), "links", _links_table(context, ring)),
            section(_("Segments"), "segments", segments_on_a_page(context, segments)),
            section(
                _("Findings"),
                "findings",
                findings_table(context, context.built.about(ring.id, *ring.links)),
            ),
        ),
    )


def _links_table(context: Context, ring: Ring) -> Table:
    _ = context.tongue.gettext
    blueprint, report = context.blueprint, context.built.capacity
    rows = []
    for ident in ring.links:
        link = blueprint.links[ident]
        strand = link.strands[0]
        near, far = blueprint.switches[link.a.switch], blueprint.switches[link.b.switch]
        rows.append(
            Row(
                (
                    Code(ident.rpartition("/")[2]),
                    _end(context, near, link.a.ports[0]),
                    _end(context, far, link.b.ports[0]),
                    context.codes(strand.cables),
                    strand.length_km,
                    strand.loss_db,
                    context.tongue.percent(report.normal[ident].share, 1),
                    load_cell(context, report.worst_by_link[ident]),
                ),
                anchor=anchor(ident),
            )
        )
    return Table(
        name=_("Links in order"),
        columns=(
            Column(_("No."), "code"),
            Column(_("From")),
            Column(_("To")),
            Column(_("Cables"), "code"),
            Column(_("Length, km"), "number", 3),
            Column(_("Loss, dB"), "number", 2),
            Column(_("Normal load")),
            Column(_("Highest load")),
        ),
        rows=tuple(rows),
    )


def _end(context: Context, switch: Switch, port: str) -> Cell:
    return Many((switch.place, context.switch_link(switch), Code(short_port(port))))
