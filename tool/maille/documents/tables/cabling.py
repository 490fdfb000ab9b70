"""The cabling list: every strand of fibre and every cord, from port to port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.blocks import Code, Column, Many, Row, Table, Tag, folded
from maille.documents.naming import anchor, port_code
from maille.documents.words import LINK_ROLE, MEDIUM, PORT_KIND, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Link, Port, Strand, Switch
    from maille.documents.blocks import Cell
    from maille.documents.context import Context


def strands_table(context: Context) -> Table:
    """Write every strand: both ends with switch, port and optic, its cables and its loss."""
    _ = context.tongue.gettext
    return Table(
        name=_("Links between switches"),
        columns=(
            Column(_("Link"), "code"),
            Column(_("Kind")),
            Column(_("From")),
            Column(_("Port"), "code"),
            Column(_("Transceiver"), "code"),
            Column(_("To")),
            Column(_("Port"), "code"),
            Column(_("Transceiver"), "code"),
            Column(_("Cables"), "code"),
            Column(_("Length, km"), "number", 3),
            Column(_("Loss, dB"), "number", 2),
            Column(_("Mbit/s"), "number"),
            Column(_("Medium")),
        ),
        rows=tuple(
            _strand(context, link, number, strand)
            for link in context.blueprint.links.values()
            for number, strand in enumerate(link.strands)
        ),
        filtered=True,
    )


def strands_on_a_page(context: Context) -> Table:
    """Write every strand in fewer columns: each end in one."""
    return folded(strands_table(context), (0, 1), (2, 3, 4), (5, 6, 7), (11, 12))


def _strand(context: Context, link: Link, number: int, strand: Strand) -> Row:
    switches, tongue = context.blueprint.switches, context.tongue
    name = link.id if len(link.strands) == 1 else f"{link.id}.{number}"
    loss: Cell = strand.loss_db
    if strand.loss_measured and strand.loss_db is not None:
        measured = Tag(tongue.gettext("measured"), "good")
        loss = Many((tongue.number(strand.loss_db, 2), measured))
    return Row(
        (
            Code(name),
            word(tongue, LINK_ROLE, link.role),
            context.switch_link(switches[link.a.switch]),
            port_code(link.a.ports[number]),
            Code(strand.optic_a or ""),
            context.switch_link(switches[link.b.switch]),
            port_code(link.b.ports[number]),
            Code(strand.optic_b or ""),
            context.codes(strand.cables),
            strand.length_km,
            loss,
            link.speed_mbps,
            word(tongue, MEDIUM, link.medium),
        ),
        anchor=anchor(link.id) if number == 0 else "",
    )


def cords_table(context: Context) -> Table:
    """Write every cord from an access port to a camera, a point or a host."""
    _ = context.tongue.gettext
    return Table(
        name=_("Cords to cameras and hosts"),
        columns=(
            Column(_("Switch")),
            Column(_("Place")),
            Column(_("Port"), "code"),
            Column(_("Kind")),
            Column(_("Leads to")),
            Column(_("Where")),
            Column(_("VLAN"), "number"),
            Column(_("PoE, W"), "number", 1),
        ),
        rows=tuple(_cords(context)),
        filtered=True,
    )


def _cords(context: Context) -> Iterator[Row]:
    for switch in context.blueprint.switches.values():
        for port in switch.ports:
            if port.segment is not None:
                yield _cord(context, switch, port, port.segment)


def _cord(context: Context, switch: Switch, port: Port, segment: str) -> Row:
    target, place, power = _target(context, port)
    return Row(
        (
            context.switch_link(switch),
            switch.place,
            port_code(port.name),
            word(context.tongue, PORT_KIND, port.kind),
            target,
            place,
            context.blueprint.segments[segment].vlan,
            power,
        )
    )


def _target(context: Context, port: Port) -> tuple[Cell, str, float | None]:
    """Give what a port leads to, where that is, and the power it may draw, in watts."""
    if port.camera:
        camera = context.blueprint.cameras[port.camera]
        return context.camera_link(camera), camera.place, camera.model.worst_w
    if port.point:
        return Code(port.point), context.blueprint.points[port.point].entry.place, None
    host = context.blueprint.hosts[port.host or ""]
    return Code(host.id), host.title, None


def cables_table(context: Context) -> Table:
    """Write every cable: length, fibres, duct, and the links that run in it."""
    _ = context.tongue.gettext
    inside: dict[str, list[str]] = {}
    for link in context.blueprint.links.values():
        for strand in link.strands:
            for cable in strand.cables:
                inside.setdefault(cable, []).append(link.id)
    network = context.blueprint.estate.network
    return Table(
        name=_("Cables"),
        columns=(
            Column(_("Cable"), "code"),
            Column(_("Way")),
            Column(_("Length, km"), "number", 3),
            Column(_("Fibres"), "number"),
            Column(_("Duct")),
            Column(_("Links in it"), "code"),
        ),
        rows=tuple(
            Row(
                (
                    Code(key),
                    cable.title,
                    cable.length_km,
                    cable.fibres,
                    network.ducts[cable.duct].title if cable.duct else "",
                    context.codes(dict.fromkeys(inside.get(key, ()))),
                )
            )
            for key, cable in network.cables.items()
        ),
        filtered=True,
    )
