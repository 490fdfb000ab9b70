"""Cabinets and sites: the list of both, a page for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.blocks import (
    Code,
    Column,
    Fact,
    Facts,
    Figure,
    LegendEntry,
    Link,
    Many,
    Page,
    Row,
    Share,
    Table,
    Tag,
    section,
    sections,
)
from maille.documents.naming import anchor, commune_page, link_page, ring_page, short_port
from maille.documents.pages.findings import findings_table
from maille.documents.tables.cameras import cameras_on_a_page
from maille.documents.words import PORT_KIND, SWITCH_ROLE, ppms_site, word

if TYPE_CHECKING:
    from maille.blueprint.model import Port, Switch
    from maille.documents.blocks import Cell
    from maille.documents.context import Context
    from maille.inventory.schema.network import Power

_DRAWING_LEAST_PX = 960


def cabinet_drawing(switch: str) -> str:
    """Give the name of a cabinet's drawing."""
    return f"cabinet {switch}"


def places_page(context: Context) -> Page:
    """Write the list of sites and cabinets."""
    _ = context.tongue.gettext
    blueprint = context.blueprint
    cabinets = [switch for switch in blueprint.switches.values() if switch.cabinet]
    return Page(
        path="places.html",
        title=_("Cabinets and sites"),
        lead=context.tongue.ngettext(
            "{count} switch in all.", "{count} switches in all.", len(blueprint.switches)
        ).format(count=context.tongue.number(len(blueprint.switches))),
        sections=sections(
            section(_("Sites"), "sites", _sites_table(context)),
            section(_("Cabinets"), "cabinets", _cabinets_table(context, cabinets)),
        ),
    )


def _sites_table(context: Context) -> Table:
    _ = context.tongue.gettext
    return Table(
        name=_("Sites"),
        columns=(
            Column(_("Site")),
            Column(_("Commune")),
            Column(_("Switches")),
            Column(_("Fed by")),
            Column(_("UPS, minutes"), "number"),
        ),
        rows=tuple(
            Row(
                (
                    Link(site.title, f"sites/{key}.html"),
                    context.commune_link(site.commune),
                    Many(
                        context.switch_link(context.blueprint.switches[it]) for it in site.switches
                    ),
                    _supplies(context, site.power),
                    site.power.ups_minutes,
                )
            )
            for key, site in context.blueprint.estate.network.sites.items()
        ),
    )


def _supplies(context: Context, power: Power) -> Many:
    supplies = context.blueprint.estate.network.supplies
    return Many(supplies[key].title for key in (power.supply, power.second_supply) if key)


def _cabinets_table(context: Context, cabinets: list[Switch]) -> Table:
    _ = context.tongue.gettext
    blueprint = context.blueprint
    rows = []
    for switch in cabinets:
        cameras = context.cameras_on(switch.id)
        ring: Cell = None
        if switch.ring:
            ring = Link(blueprint.rings[switch.ring].title, ring_page(switch.ring))
        rows.append(
            Row(
                (
                    switch.place,
                    context.commune_link(switch.commune or ""),
                    context.switch_link(switch),
                    switch.model.title,
                    ring,
                    Share(sum(camera.connected for camera in cameras), len(cameras)),
                    Code(str(switch.management)),
                    _state(context, switch),
                ),
                muted=not switch.in_service,
            )
        )
    return Table(
        name=_("Cabinets"),
        columns=(
            Column(_("Place")),
            Column(_("Commune")),
            Column(_("Switch")),
            Column(_("Model")),
            Column(_("Ring")),
            Column(_("Connected")),
            Column(_("Management"), "code"),
            Column(_("State")),
        ),
        rows=tuple(rows),
        filtered=True,
    )


def _state(context: Context, switch: Switch) -> Tag:
    if switch.in_service:
        return Tag(context.tongue.gettext("in service"), "good")
    return Tag(context.tongue.gettext("planned"))


def cabinet_page(context: Context, switch: Switch) -> Page:
    """Write the page of a cabinet: what to know when one stands before it."""
    _ = context.tongue.gettext
    insee = switch.commune or ""
    commune = context.blueprint.communes[insee].name
    cameras = context.cameras_on(switch.id)
    subjects = (switch.id, *(camera.id for camera in cameras))
    return Page(
        path=f"cabinets/{switch.id}.html",
        title=switch.place,
        lead=f"{switch.hostname} · {commune}",
        trail=(
            Link(_("Communes"), "communes.html"),
            Link(commune, commune_page(insee)),
        ),
        group="places.html",
        top=(
            Figure(
                context.drawings[cabinet_drawing(switch.id)],
                _("Ports, from the neighbours on the left to the cameras on the right."),
                _DRAWING_LEAST_PX,
                _drawing_legend(context),
                from_middle=True,
            ),
        ),
        sections=sections(
            section(_("What and where"), "facts", _facts(context, switch)),
            section(
                _("Cameras"),
                "cameras",
                cameras_on_a_page(context, cameras, anchored=True),
            ),
            section(_("Attachment points"), "points", _points_table(context, switch)),
            section(_("Ports"), "ports", _ports_table(context, switch)),
            section(
                _("Findings"), "findings", findings_table(context, context.built.about(*subjects))
            ),
        ),
    )


def _drawing_legend(context: Context) -> tuple[LegendEntry, ...]:
    _ = context.tongue.gettext
    return (
        LegendEntry("panel-camera", _("segment of cameras")),
        LegendEntry("panel-ppms", _("PPMS segment")),
        LegendEntry("panel-bad", _("port that blocks in the normal state")),
        LegendEntry("dashed", _("port shut until enrolment")),
    )


def _facts(context: Context, switch: Switch) -> Facts:
    _, blueprint, tongue = context.tongue.gettext, context.blueprint, context.tongue
    cabinet = blueprint.estate.communes[switch.commune or ""].cabinets[switch.cabinet or ""]
    ring: Cell = None
    if switch.ring:
        ring = Link(blueprint.rings[switch.ring].title, ring_page(switch.ring))
    place = f"{tongue.number(switch.location[0], 4)}, {tongue.number(switch.location[1], 4)}"
    invented = _("invented place") if switch.synthetic else ""
    ups = tongue.ngettext(
        "UPS for {count} minute", "UPS for {count} minutes", cabinet.power.ups_minutes
    )
    ppms = cabinet.ppms
    return Facts(
        (
            Fact(_("Switch"), Code(switch.hostname), switch.model.title),
            Fact(_("State"), _state(context, switch)),
            Fact(_("Management"), Code(str(switch.management))),
            Fact(_("Serial number"), Code(switch.serial) if switch.serial else None),
            Fact(_("Ring"), ring),
            Fact(_("Position"), place, invented),
            Fact(
                _("Fed by"),
                _supplies(context, cabinet.power),
                ups.format(count=cabinet.power.ups_minutes),
            ),
            Fact(_("PoE"), *_power(context, switch)),
            Fact(
                _("Site"),
                ppms_site(tongue, ppms.site) if ppms else None,
                tongue.ngettext("{count} pupil", "{count} pupils", ppms.pupils).format(
                    count=ppms.pupils
                )
                if ppms
                else "",
            ),
        )
    )


def _power(context: Context, switch: Switch) -> tuple[Cell, str]:
    """Give the worst draw of the cameras against the switch's budget."""
    _, tongue = context.tongue.gettext, context.tongue
    draw_w = sum(camera.model.worst_w for camera in context.cameras_on(switch.id))
    budget_w = switch.model.poe_budget_w
    if not budget_w:
        return None, ""
    text = _("{draw} of {budget} W").format(
        draw=tongue.short(draw_w, 1), budget=tongue.short(budget_w, 1)
    )
    return text, _("in the worst case: infrared, heater, motor")


def _points_table(context: Context, switch: Switch) -> Table:
    _ = context.tongue.gettext
    points = [point for point in context.blueprint.points.values() if point.switch == switch.id]
    return Table(
        name=_("Attachment points"),
        columns=(
            Column(_("Point"), "code"),
            Column(_("Place")),
            Column(_("Port"), "code"),
            Column(_("VLAN"), "number"),
            Column(_("Address"), "code"),
            Column(_("Nomad today"), "code"),
        ),
        rows=tuple(
            Row(
                (
                    Code(point.id.rpartition("/")[2]),
                    point.entry.place,
                    Code(point.port),
                    context.segment_link(context.blueprint.segments[point.segment]),
                    Code(str(point.address)),
                    Code(point.nomad) if point.nomad else _("none: the port is shut"),
                )
            )
            for point in points
        ),
    )


def _ports_table(context: Context, switch: Switch) -> Table:
    """Write all ports; spare ones are told together, below the others."""
    _ = context.tongue.gettext
    used = [port for port in switch.ports if port.kind != "spare"]
    spare = [port for port in switch.ports if port.kind == "spare"]
    rows = [_port(context, switch, port) for port in used]
    if spare:
        names = ", ".join(short_port(port.name) for port in spare)
        rows.append(Row((Code(names), _("free"), None, None, Tag(_("shut"))), muted=True))
    return Table(
        name=_("Ports"),
        columns=(
            Column(_("Port"), "code"),
            Column(_("Kind")),
            Column(_("Leads to")),
            Column(_("VLAN")),
            Column(_("State")),
        ),
        rows=tuple(rows),
    )


def _port(context: Context, switch: Switch, port: Port) -> Row:
    _, blueprint = context.tongue.gettext, context.blueprint
    blocks = port.link is not None and context.blocked.get(port.link) == switch.id
    state = Tag(_("blocks"), "warn") if blocks else Tag(_("open"), "good")
    if port.shutdown:
        state = Tag(_("shut"))
    return Row(
        (
            Code(port.name),
            word(context.tongue, PORT_KIND, port.kind),
            _leads_to(context, port),
            context.segment_link(blueprint.segments[port.segment])
            if port.segment
            else _trunk(context, port),
            state,
        )
    )


def _leads_to(context: Context, port: Port) -> Cell:
    blueprint = context.blueprint
    if port.far_switch:
        far = blueprint.switches[port.far_switch]
        return Many((context.switch_link(far), Code(port.far_port or "")))
    if port.camera:
        camera = blueprint.cameras[port.camera]
        return Many((context.camera_link(camera), camera.place))
    if port.host:
        return Many((Code(port.host), blueprint.hosts[port.host].title))
    return Code(port.point.rpartition("/")[2]) if port.point else None


def _trunk(context: Context, port: Port) -> Cell:
    if port.link is None:
        return None
    link = context.blueprint.links[port.link]
    vlans = [context.blueprint.segments[it].vlan for it in link.segments]
    text = ", ".join(map(str, vlans)) or context.tongue.gettext("routed")
    return Link(text, link_page(link), code=bool(vlans))


def site_page(context: Context, site: str) -> Page:
    """Write the page of a site: its switches, port by port."""
    _, blueprint = context.tongue.gettext, context.blueprint
    entry = blueprint.estate.network.sites[site]
    switches = [blueprint.switches[key] for key in entry.switches]
    supplies = _supplies(context, entry.power)
    ups = context.tongue.ngettext(
        "UPS for {count} minute", "UPS for {count} minutes", entry.power.ups_minutes
    )
    number = context.tongue.number
    return Page(
        path=f"sites/{site}.html",
        title=entry.title,
        lead=blueprint.estate.communes[entry.commune].commune,
        trail=(Link(_("Cabinets and sites"), "places.html"),),
        group="places.html",
        top=(
            Facts(
                (
                    Fact(
                        _("Position"),
                        f"{number(entry.position[0], 4)}, {number(entry.position[1], 4)}",
                        _("invented place") if entry.synthetic else "",
                    ),
                    Fact(_("Fed by"), supplies, ups.format(count=entry.power.ups_minutes)),
                )
            ),
        ),
        sections=sections(
            *(
                section(
                    switch.hostname,
                    anchor(switch.id),
                    Facts(
                        (
                            Fact(_("Model"), switch.model.title),
                            Fact(_("Role"), word(context.tongue, SWITCH_ROLE, switch.role)),
                            Fact(_("Management"), Code(str(switch.management))),
                            Fact(_("State"), _state(context, switch)),
                        )
                    ),
                    _ports_table(context, switch),
                )
                for switch in switches
            ),
            section(
                _("Findings"),
                "findings",
                findings_table(context, context.built.about(site, *entry.switches)),
            ),
        ),
    )
