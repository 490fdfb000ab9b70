"""Labels to print: switches, cords, cameras."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.blocks import Label, Labels, Link, Page, section, sections
from maille.documents.naming import commune_page, labels_page, short_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import CommuneShare, Port, Switch
    from maille.documents.context import Context


def labels_page_of(context: Context, share: CommuneShare) -> Page:
    """Write the labels of a commune, three a row, 24 a sheet of A4."""
    _ = context.tongue.gettext
    switches = [context.blueprint.switches[ident] for ident in share.switches]
    return Page(
        path=labels_page(share.insee),
        title=_("Labels, {commune}").format(commune=share.name),
        lead=_("To print at 100 % on A4 sheets of 24 labels, 70 × 37 mm."),
        trail=(
            Link(_("Communes"), "communes.html"),
            Link(share.name, commune_page(share.insee)),
        ),
        group="communes.html",
        sections=sections(
            section(
                _("Switches"), "switches", Labels(tuple(_switch(context, it) for it in switches))
            ),
            section(
                _("Fibre cords"),
                "fibre",
                Labels(tuple(it for switch in switches for it in _uplinks(context, switch))),
            ),
            section(
                _("Cameras and their cords"),
                "cameras",
                Labels(tuple(it for switch in switches for it in _cords(context, switch))),
            ),
        ),
    )


def _switch(context: Context, switch: Switch) -> Label:
    ring = context.blueprint.rings[switch.ring].title if switch.ring else ""
    return Label(
        switch.hostname,
        (switch.place, switch.model.title, ring),
        str(switch.management),
    )


def _uplinks(context: Context, switch: Switch) -> Iterator[Label]:
    for port in switch.ports:
        if port.link and port.far_switch:
            far = context.blueprint.switches[port.far_switch]
            strand = context.blueprint.links[port.link].strands[port.strand]
            yield Label(
                f"{switch.hostname} {short_port(port.name)}",
                (f"→ {far.hostname} {short_port(port.far_port or '')}", far.place),
                ", ".join(strand.cables),
            )


def _cords(context: Context, switch: Switch) -> Iterator[Label]:
    for port in switch.ports:
        if port.camera:
            yield _camera(context, switch, port, port.camera)


def _camera(context: Context, switch: Switch, port: Port, ident: str) -> Label:
    camera = context.blueprint.cameras[ident]
    vlan = context.blueprint.segments[port.segment].vlan if port.segment else ""
    return Label(
        camera.id,
        (camera.place, f"{switch.hostname} {short_port(port.name)} · VLAN {vlan}"),
        str(camera.address or ""),
    )
