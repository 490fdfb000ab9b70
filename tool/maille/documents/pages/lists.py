"""Pages that are lists above all: addresses, cabling, materials, cameras, everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from maille.documents.blocks import (
    Code,
    Column,
    Files,
    Link,
    Note,
    Page,
    Row,
    Table,
    section,
    sections,
)
from maille.documents.naming import (
    camera_page,
    commune_page,
    convention_page,
    ring_page,
    segment_page,
    switch_page,
)
from maille.documents.tables.addresses import (
    hosts_table,
    pools_table,
    segments_on_a_page,
    segments_table,
    switches_table,
    transit_table,
)
from maille.documents.tables.cabling import (
    cables_table,
    cords_table,
    strands_on_a_page,
    strands_table,
)
from maille.documents.tables.cameras import cameras_on_a_page, cameras_table
from maille.documents.tables.materials import SPARE_SHARE, materials, materials_table
from maille.documents.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.documents.context import Context

FOLDER: Final = "files"
"""Where workbooks and CSV files lie, seen from the book's front."""


class Listed(NamedTuple):
    """One sheet of a workbook: its part of the CSV's name, its title, and what is on it."""

    key: str
    title: str
    table: Table


_TITLES: Final = {
    "addresses": {
        "segments": N_("Segments"),
        "switches": N_("Switches"),
        "hosts": N_("Hosts"),
        "transit": N_("Transit"),
    },
    "cabling": {"links": N_("Links"), "cords": N_("Cords"), "cables": N_("Cables")},
    "cameras": {"list": N_("Cameras")},
    "materials": {"list": N_("Materials")},
}
"""Titles of the sheets of each workbook."""


def spreadsheets(context: Context) -> Mapping[str, tuple[Listed, ...]]:
    """Give the workbooks by file name, each with its sheets."""
    blueprint = context.blueprint
    segments = segments_table(context, blueprint.segments.values(), filtered=False)
    cameras = cameras_table(
        context, blueprint.cameras.values(), anchored=False, filtered=False, whose=True
    )
    tables = {
        "addresses": {
            "segments": segments,
            "switches": switches_table(context),
            "hosts": hosts_table(context),
            "transit": transit_table(context),
        },
        "cabling": {
            "links": strands_table(context),
            "cords": cords_table(context),
            "cables": cables_table(context),
        },
        "cameras": {"list": cameras},
        "materials": {"list": materials_table(materials(blueprint), context.tongue)},
    }
    return {
        book: tuple(
            Listed(key, context.tongue.gettext(_TITLES[book][key]), table)
            for key, table in sheets.items()
        )
        for book, sheets in tables.items()
    }


def _files(context: Context, book: str) -> Files:
    """Link to a workbook and to the CSV of each of its sheets."""
    _ = context.tongue.gettext
    return Files(
        (
            (f"{FOLDER}/{book}.xlsx", _("workbook")),
            *(
                (f"{FOLDER}/{book}-{key}.csv", f"{_(title)} (CSV)")
                for key, title in _TITLES[book].items()
            ),
        )
    )


def addresses_page(context: Context) -> Page:
    """Write the address and VLAN plan."""
    _, blueprint = context.tongue.gettext, context.blueprint
    of_pair = {
        key: [blueprint.segments[ident] for ident in pair.segments]
        for key, pair in blueprint.pairs.items()
    }
    return Page(
        path="addresses.html",
        title=_("Addresses and VLANs"),
        lead=_("VLAN ids are unique within a pair's layer-2 domain, prefixes in the whole estate."),
        top=(_files(context, "addresses"),),
        sections=sections(
            section(_("Pools"), "pools", pools_table(context)),
            *(
                section(
                    _("Segments of the pair {pair}").format(pair=key),
                    f"pair-{key}",
                    segments_on_a_page(context, segments, filtered=True),
                )
                for key, segments in of_pair.items()
            ),
            section(_("Hosts of the centre"), "hosts", hosts_table(context)),
            section(_("Switches"), "switches", switches_table(context)),
            section(_("Transit networks"), "transit", transit_table(context)),
        ),
    )


def cabling_page(context: Context) -> Page:
    """Write the cabling list."""
    _ = context.tongue.gettext
    return Page(
        path="cabling.html",
        title=_("Cabling"),
        lead=_(
            "Every strand between switches and every cable. Losses are planned,"
            " if not marked measured."
        ),
        top=(_files(context, "cabling"),),
        sections=sections(
            section(_("Links between switches"), "links", strands_on_a_page(context)),
            section(_("Cables"), "cables", cables_table(context)),
            section(
                _("Cords"),
                "cords",
                Note(
                    _(
                        "Cords from access ports to cameras and hosts stand on the page of each"
                        " cabinet or site, and all of them in the workbook."
                    )
                ),
            ),
        ),
    )


def materials_page(context: Context) -> Page:
    """Write the bill of materials."""
    _, tongue = context.tongue.gettext, context.tongue
    rule = _(
        "Assumption: {share} of each model of switch, camera and transceiver is kept as spares,"
        " at least one. Servers have none: storage heals on the hosts that are left."
    ).format(share=tongue.percent(SPARE_SHARE))
    left_out = _(
        "Not counted, for the inventory does not know them: cabinets, masts, power supplies,"
        " transceivers of hosts, patch cords, labour."
    )
    return Page(
        path="materials.html",
        title=_("Bill of materials"),
        lead=_("What stands, what is to come, and spares."),
        top=(
            _files(context, "materials"),
            Note(rule, "warn"),
            materials_table(materials(context.blueprint), tongue),
            Note(left_out),
        ),
        sections=(),
    )


def cameras_page(context: Context) -> Page:
    """Write the list of all cameras."""
    _, tongue = context.tongue.gettext, context.tongue
    cameras = context.blueprint.cameras.values()
    connected = sum(camera.connected for camera in cameras)
    return Page(
        path="cameras.html",
        title=_("Cameras"),
        lead=_("{connected} of {planned} are connected.").format(
            connected=tongue.number(connected), planned=tongue.number(len(cameras))
        ),
        top=(
            _files(context, "cameras"),
            cameras_on_a_page(context, cameras, filtered=True, whose=True),
        ),
        sections=(),
    )


def everything_page(context: Context) -> Page:
    """Write the index of all that has a page or a place on one."""
    _ = context.tongue.gettext
    return Page(
        path="find.html",
        title=_("Find"),
        lead=_("Everything with a name, an id or an address. Accents and case don't matter."),
        top=(
            Table(
                name=_("Everything"),
                columns=(
                    Column(_("Name")),
                    Column(_("What")),
                    Column(_("Where")),
                    Column(_("Address"), "code"),
                ),
                rows=tuple(_everything(context)),
                filtered=True,
            ),
        ),
        sections=(),
    )


def _everything(context: Context) -> Iterator[Row]:
    _, blueprint = context.tongue.gettext, context.blueprint
    for share in blueprint.communes.values():
        name = Link(share.name, commune_page(share.insee))
        yield Row((name, _("commune"), share.insee, None))
    for ring in blueprint.rings.values():
        yield Row((Link(ring.title, ring_page(ring.id)), _("ring"), ring.id, None))
    for switch in blueprint.switches.values():
        page = switch_page(blueprint, switch.id)
        address = Code(str(switch.management))
        yield Row((Link(switch.hostname, page, code=True), _("switch"), switch.place, address))
    for camera in blueprint.cameras.values():
        page = camera_page(blueprint, camera)
        where = f"{blueprint.communes[camera.commune].name}, {camera.place}"
        address = Code(f"{camera.address or ''} {camera.mac or ''}".strip())
        yield Row((Link(camera.id, page, code=True), _("camera"), where, address))
    for segment in blueprint.segments.values():
        name = Link(segment.vlan_name, segment_page(segment.id), code=True)
        yield Row((name, f"VLAN {segment.vlan}", segment.title, Code(str(segment.prefix))))
    for host in blueprint.hosts.values():
        name = Link(host.id, "addresses.html#hosts", code=True)
        yield Row((name, _("host"), host.title, Code(str(host.address))))
    for key, entry in blueprint.estate.conventions.items():
        yield Row((Link(entry.title, convention_page(key)), _("convention"), key, None))
