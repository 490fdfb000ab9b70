"""Lists of cameras."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.blocks import Code, Column, Link, Many, Row, Table, Tag, folded
from maille.documents.naming import anchor, commune_page, port_code
from maille.documents.words import CAMERA_KIND, SOURCE, VIEW, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.blueprint.model import Camera
    from maille.documents.blocks import Cell
    from maille.documents.context import Context


def cameras_table(
    context: Context, cameras: Iterable[Camera], *, anchored: bool, filtered: bool, whose: bool
) -> Table:
    """Write cameras: place, model, port, VLAN, address, MAC, rate, state.

    `anchored`: links to a camera lead here, and all are on one switch, which is left out.
    `whose`: with their communes.
    """
    _ = context.tongue.gettext
    head = (Column(_("Camera")), *((Column(_("Commune")),) if whose else ()))
    return Table(
        name=_("Cameras"),
        columns=(
            *head,
            Column(_("Place")),
            Column(_("View")),
            Column(_("Kind")),
            Column(_("Model")),
            *(() if anchored else (Column(_("Switch")),)),
            Column(_("Port"), "code"),
            Column(_("VLAN"), "number"),
            Column(_("Address"), "code"),
            Column(_("MAC"), "code"),
            Column(_("Mbit/s"), "number", 1),
            Column(_("State")),
        ),
        rows=tuple(
            Row(
                _cells(context, camera, linked=not anchored, whose=whose),
                anchor=anchor(camera.id) if anchored else "",
                muted=not camera.connected,
            )
            for camera in cameras
        ),
        filtered=filtered,
    )


def cameras_on_a_page(
    context: Context,
    cameras: Iterable[Camera],
    *,
    anchored: bool = False,
    filtered: bool = False,
    whose: bool = False,
) -> Table:
    """Write cameras in fewer columns: place and view, model and kind, switch and port."""
    table = cameras_table(context, cameras, anchored=anchored, filtered=filtered, whose=whose)
    place = 2 if whose else 1
    port = place + (4 if anchored else 5)
    ends = () if anchored else ((port - 1, port),)
    return folded(table, (place, place + 1), (place + 3, place + 2), *ends, (port + 2, port + 3))


def _cells(context: Context, camera: Camera, *, linked: bool, whose: bool) -> tuple[Cell, ...]:
    blueprint, tongue = context.blueprint, context.tongue
    switch = blueprint.switches[camera.switch] if camera.switch else None
    segment = blueprint.segments[camera.segment] if camera.segment else None
    name: Cell = context.camera_link(camera) if linked else Code(camera.id)
    name_of = blueprint.communes[camera.commune].name
    return (
        Many((name, Tag(tongue.gettext("nomad"), "soft"))) if camera.nomad else name,
        *((Link(name_of, commune_page(camera.commune)),) if whose else ()),
        camera.place,
        word(tongue, VIEW, camera.view),
        word(tongue, CAMERA_KIND, camera.model.kind),
        camera.model.title,
        *((context.switch_link(switch) if switch else None,) if linked else ()),
        port_code(camera.port) if camera.port else None,
        context.segment_link(segment) if segment else None,
        Code(str(camera.address)) if camera.address else None,
        Code(camera.mac) if camera.mac else Tag(tongue.gettext("not enrolled"), "warn"),
        _rate(context, camera),
        context.camera_state(camera),
    )


def _rate(context: Context, camera: Camera) -> Cell:
    """Write the rate; what was measured is marked, the others are estimates."""
    if camera.bitrate.source == "measured":
        measured = Tag(word(context.tongue, SOURCE, "measured"), "good")
        return Many((context.tongue.number(camera.bitrate.mbps, 1), measured))
    return camera.bitrate.mbps
