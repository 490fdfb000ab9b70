"""The address and VLAN plan: segments, transit networks, switches, hosts, pools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.allocation.usage import usage
from maille.documents.blocks import Code, Column, Row, Table, folded
from maille.documents.naming import anchor
from maille.documents.words import FUNCTION, HOST_ROLE, POOL, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.blueprint.model import Segment
    from maille.documents.blocks import Cell
    from maille.documents.context import Context


def segments_table(context: Context, segments: Iterable[Segment], *, filtered: bool) -> Table:
    """Write segments: VLAN, prefix, gateways, whose they are, how full they are."""
    _ = context.tongue.gettext
    used: dict[str, int] = {}
    for camera in context.blueprint.cameras.values():
        if camera.segment:
            used[camera.segment] = used.get(camera.segment, 0) + 1
    for host in context.blueprint.hosts.values():
        used[host.segment] = used.get(host.segment, 0) + 1
    for switch in context.blueprint.switches.values():
        if switch.management_segment:
            used[switch.management_segment] = used.get(switch.management_segment, 0) + 1
    return Table(
        name=_("Segments"),
        columns=(
            Column(_("VLAN"), "number"),
            Column(_("Name"), "code"),
            Column(_("Whose")),
            Column(_("For")),
            Column(_("Ring"), "code"),
            Column(_("Pair"), "code"),
            Column(_("VRF"), "code"),
            Column(_("Prefix"), "code"),
            Column(_("Gateway"), "code"),
            Column(_("Primary"), "code"),
            Column(_("Secondary"), "code"),
            Column(_("Used"), "number"),
            Column(_("Free"), "number"),
        ),
        rows=tuple(_segment(context, segment, used.get(segment.id, 0)) for segment in segments),
        filtered=filtered,
    )


def segments_on_a_page(
    context: Context, segments: Iterable[Segment], *, filtered: bool = False
) -> Table:
    """Write segments in fewer columns."""
    return folded(segments_table(context, segments, filtered=filtered), (2, 3), (4, 5), (9, 10))


def _segment(context: Context, segment: Segment, used: int) -> Row:
    title: Cell = segment.title
    if segment.commune:
        title = context.commune_link(segment.commune)
    outside = segment.vrf == "none"
    free = segment.prefix.num_addresses - 2 - (1 if outside else 3) - used
    return Row(
        (
            segment.vlan,
            Code(segment.vlan_name),
            title,
            word(context.tongue, FUNCTION, segment.function),
            Code(segment.ring or ""),
            Code(segment.pair),
            context.tongue.gettext("behind the firewall") if outside else Code(segment.vrf),
            Code(str(segment.prefix)),
            Code(str(segment.gateway)),
            None if outside else Code(str(segment.primary)),
            None if outside else Code(str(segment.secondary)),
            used,
            free,
        ),
        anchor=anchor(segment.id),
    )


def transit_table(context: Context) -> Table:
    """Write the /31 networks of routed links and pairs."""
    _ = context.tongue.gettext
    return Table(
        name=_("Transit networks"),
        columns=(
            Column(_("Link"), "code"),
            Column(_("VRF"), "code"),
            Column(_("VLAN"), "number"),
            Column(_("Prefix"), "code"),
            Column(_("First end")),
            Column(_("Address"), "code"),
            Column(_("Second end")),
            Column(_("Address"), "code"),
        ),
        rows=tuple(
            Row(
                (
                    Code(link.id),
                    Code(net.vrf),
                    net.vlan,
                    Code(str(net.prefix)),
                    context.switch_link(context.blueprint.switches[link.a.switch]),
                    Code(str(net.a)),
                    context.switch_link(context.blueprint.switches[link.b.switch]),
                    Code(str(net.b)),
                )
            )
            for link in context.blueprint.links.values()
            for net in link.transit
        ),
    )


def switches_table(context: Context) -> Table:
    """Write the addresses of switches."""
    _ = context.tongue.gettext
    return Table(
        name=_("Switches"),
        columns=(
            Column(_("Switch")),
            Column(_("Place")),
            Column(_("Model")),
            Column(_("Ring"), "code"),
            Column(_("Management"), "code"),
            Column(_("Loopback in VIDEO"), "code"),
        ),
        rows=tuple(
            Row(
                (
                    context.switch_link(switch),
                    switch.place,
                    switch.model.title,
                    Code(switch.ring or ""),
                    Code(str(switch.management)),
                    Code(str(switch.loopback_video)) if switch.loopback_video else None,
                )
            )
            for switch in context.blueprint.switches.values()
        ),
        filtered=True,
    )


def hosts_table(context: Context) -> Table:
    """Write the hosts of the centre with their addresses and ports."""
    _ = context.tongue.gettext
    blueprint = context.blueprint
    return Table(
        name=_("Hosts of the centre"),
        columns=(
            Column(_("Host"), "code"),
            Column(_("What")),
            Column(_("Role")),
            Column(_("Address"), "code"),
            Column(_("VLAN"), "number"),
            Column(_("Ports"), "code"),
        ),
        rows=tuple(
            Row(
                (
                    Code(host.id),
                    host.title,
                    word(context.tongue, HOST_ROLE, host.role),
                    Code(str(host.address)),
                    blueprint.segments[host.segment].vlan,
                    context.codes(f"{switch} {port}" for switch, port in host.ports),
                )
            )
            for host in blueprint.hosts.values()
        ),
    )


def pools_table(context: Context) -> Table:
    """Write the use of every pool, and the day on which it runs out."""
    _ = context.tongue.gettext
    blueprint = context.blueprint
    return Table(
        name=_("Pools"),
        columns=(
            Column(_("Pool")),
            Column(_("Domain"), "code"),
            Column(_("Size"), "number"),
            Column(_("Given"), "number"),
            Column(_("Planned"), "number"),
            Column(_("Quarantined"), "number"),
            Column(_("Free"), "number"),
            Column(_("Runs out"), "day"),
        ),
        rows=tuple(
            Row(
                (
                    word(context.tongue, POOL, pool.pool),
                    Code(pool.domain),
                    pool.size,
                    pool.used,
                    pool.planned,
                    pool.quarantined,
                    pool.free,
                    pool.runs_out or _("not in sight"),
                )
            )
            for pool in usage(blueprint.estate, blueprint.lock, blueprint.as_of)
        ),
    )
