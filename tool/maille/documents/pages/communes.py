"""The list of communes, and the sheet of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from maille.blueprint.access import rights_in
from maille.documents.blocks import (
    Code,
    Column,
    Fact,
    Facts,
    Figure,
    Figures,
    LegendEntry,
    Link,
    Many,
    Note,
    Page,
    Row,
    Share,
    Table,
    Tag,
    section,
    sections,
)
from maille.documents.maps.local_map import local_map
from maille.documents.naming import anchor, commune_page, convention_page, labels_page, ring_page
from maille.documents.pages.conventions import hours_words, rights_table
from maille.documents.pages.findings import findings_table
from maille.documents.plots.svg import inline
from maille.documents.tables.addresses import segments_on_a_page
from maille.documents.tables.cameras import cameras_on_a_page
from maille.documents.words import PLACE_KIND, ppms_site, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import CommuneShare
    from maille.documents.blocks import Block, Cell
    from maille.documents.context import Context
    from maille.errors import Finding
    from maille.inventory.schema.commune import Authorisation, Commune

_MAP_LEAST_PX = 680


def communes_page(context: Context) -> Page:
    """Write the list of communes."""
    _ = context.tongue.gettext
    return Page(
        path="communes.html",
        title=_("Communes"),
        lead=context.tongue.ngettext(
            "{members} member of {count} communes.",
            "{members} members of {count} communes.",
            len(context.blueprint.communes),
        ).format(
            members=len(context.blueprint.communes), count=len(context.blueprint.estate.communes)
        ),
        top=(_communes_table(context),),
        sections=(),
    )


def _communes_table(context: Context) -> Table:
    _ = context.tongue.gettext
    return Table(
        name=_("Communes"),
        columns=(
            Column(_("Commune")),
            Column(_("INSEE"), "code"),
            Column(_("Wave")),
            Column(_("Connected")),
            Column(_("Mbit/s"), "number", 1),
            Column(_("Kept, days"), "number"),
            Column(_("Authorised until")),
            Column(_("Findings"), "number"),
        ),
        rows=tuple(
            _list_row(context, insee, entry)
            for insee, entry in sorted(
                context.blueprint.estate.communes.items(), key=lambda item: item[1].commune
            )
        ),
        filtered=True,
    )


def _list_row(context: Context, insee: str, entry: Commune) -> Row:
    share = context.blueprint.communes.get(insee)
    if share is None:
        outside = context.tongue.gettext("not a member")
        return Row((entry.commune, Code(insee), outside, *[None] * 5), muted=True)
    waves = _waves(context, share)
    text = entry.authorisation
    return Row(
        (
            Link(entry.commune, commune_page(insee)),
            Code(insee),
            Many(waves),
            Share(share.connected, share.planned),
            share.mbps,
            share.retention_days,
            context.until(text.expires) if text else context.tongue.gettext("none"),
            len(commune_findings(context, share)) or None,
        )
    )


def _waves(context: Context, share: CommuneShare) -> tuple[str, ...]:
    waves = context.blueprint.estate.waves
    keys = dict.fromkeys(context.blueprint.cameras[ident].wave for ident in share.cameras)
    return tuple(waves[key].title for key in keys if key)


def commune_findings(context: Context, share: CommuneShare) -> tuple[Finding, ...]:
    """Give the open findings about a commune, its cameras, switches, segments and links."""
    own = {share.insee, *share.cameras, *share.switches, *share.segments}
    own |= {f"{share.insee}/{place}" for place in share.entry.places}
    own |= {
        link.id
        for link in context.blueprint.links.values()
        if link.role == "spur" and link.a.switch in share.switches
    }
    found = context.built.about(*own)
    return tuple(finding for finding in found if finding.waiver is None)


def commune_page_of(context: Context, share: CommuneShare) -> Page:
    """Write the sheet of a member commune."""
    _ = context.tongue.gettext
    blueprint, number = context.blueprint, context.tongue.number
    ngettext = context.tongue.ngettext
    cameras = [blueprint.cameras[ident] for ident in share.cameras]
    findings = commune_findings(context, share)
    return Page(
        path=commune_page(share.insee),
        title=share.name,
        lead=_lead(context, share),
        trail=(Link(_("Communes"), "communes.html"),),
        group="communes.html",
        top=(
            Figures(
                (
                    (
                        f"{number(share.connected)} / {number(share.planned)}",
                        _("cameras connected"),
                    ),
                    (
                        number(len(share.switches)),
                        ngettext("cabinet", "cabinets", len(share.switches)),
                    ),
                    (number(share.mbps, 1), _("Mbit/s")),
                    (number(share.retention_days), _("days kept")),
                )
            ),
            _figure(context, share),
        ),
        sections=sections(
            section(_("Membership and authorisation"), "law", _law(context, share)),
            section(
                _("Who may see the cameras"),
                "access",
                rights_table(context, rights_in(blueprint, share.insee)),
            ),
            section(_("Recording"), "recording", _recording(context, share)),
            section(_("Cabinets"), "cabinets", _cabinets_table(context, share)),
            section(
                _("Cameras"),
                "cameras",
                _equipment(context, share),
                cameras_on_a_page(context, cameras, filtered=True),
            ),
            section(_("Nomads in store"), "nomads", _stored(context, share)),
            section(
                _("Segments"),
                "segments",
                segments_on_a_page(
                    context, (blueprint.segments[ident] for ident in share.segments)
                ),
            ),
            section(_("Sensitive sectors, places, events"), "places", *_places(context, share)),
            section(_("Contacts"), "contacts", *_contacts(context, share)),
            section(_("Findings"), "findings", findings_table(context, findings)),
        ),
    )


def _lead(context: Context, share: CommuneShare) -> str:
    parts = [f"INSEE {share.insee}"]
    if share.entry.population:
        count = context.tongue.ngettext(
            "{count} inhabitant", "{count} inhabitants", share.entry.population
        )
        parts.append(count.format(count=context.tongue.number(share.entry.population)))
    return " · ".join((*parts, *_waves(context, share)))


def _figure(context: Context, share: CommuneShare) -> Block:
    _ = context.tongue.gettext
    drawn = local_map(context.blueprint, share, context.on_switch, context.tongue)
    if drawn is None:
        return Note(_("No cabinet stands here yet."))
    caption = _("Cabinets of {commune}; the larger the circle, the more cameras.").format(
        commune=share.name
    )
    if any(cabinet.synthetic for cabinet in share.entry.cabinets.values()):
        caption += " " + _("The places are invented.")
    spurs = any(cabinet.spur for cabinet in share.entry.cabinets.values())
    legend = (
        LegendEntry("planned", _("planned")),
        LegendEntry("connected", _("connected")),
        *((LegendEntry("wanted", _("place to cover")),) if share.entry.places else ()),
        *((LegendEntry("dashed", _("spur, without a second way")),) if spurs else ()),
    )
    return Figure(inline(drawn, "map"), caption, _MAP_LEAST_PX, legend)


def _law(context: Context, share: CommuneShare) -> Facts:
    _ = context.tongue.gettext
    entry, estate = share.entry, context.blueprint.estate
    member = entry.member
    facts = []
    if member:
        title = estate.conventions[member.convention].title
        since = context.tongue.day(member.since)
        facts.append(Fact(_("Member since"), since))
        facts.append(Fact(_("Convention"), Link(title, convention_page(member.convention))))
    if entry.authorisation:
        facts += _authorisation(context, _("Authorisation"), entry.authorisation)
    for key, text in entry.further_authorisations.items():
        facts += _authorisation(context, f"{_('Authorisation')} {key}", text)
    owner = entry.owner
    facts.append(Fact(_("Owner"), estate.parties.owners[owner].title if owner else ""))
    return Facts(tuple(facts))


def _authorisation(context: Context, label: str, text: Authorisation) -> Iterator[Fact]:
    _ = context.tongue.gettext
    granted = _("granted on {day}").format(day=context.tongue.day(text.granted))
    limit = _("at most {count} days kept").format(count=text.retention_max_days)
    yield Fact(label, Many((text.number, f"{granted}, {limit}")))
    yield Fact(_("It ends"), context.until(text.expires))
    if text.gathering_ends:
        yield Fact(_("The gathering ends"), context.until(text.gathering_ends))


def _recording(context: Context, share: CommuneShare) -> Facts:
    _, tongue = context.tongue.gettext, context.tongue
    size = next(one for one in context.sizing.communes if one.insee == share.insee)
    estimated = round(size.cameras - size.measured)
    rates = tongue.ngettext("{count} rate is an estimate", "{count} rates are estimates", estimated)
    return Facts(
        (
            Fact(
                _("Kept"),
                tongue.ngettext("{count} day", "{count} days", share.retention_days).format(
                    count=share.retention_days
                ),
                _("then erased by itself"),
            ),
            Fact(
                _("Rate"),
                f"{tongue.number(share.mbps, 1)} Mbit/s",
                rates.format(count=estimated) if estimated else _("all rates were measured"),
            ),
            Fact(
                _("Need"),
                _both(context, share.need_bytes),
            ),
            Fact(
                _("Quota"),
                _both(context, share.quota_bytes),
                _("with a margin of {share}").format(share=tongue.percent(share.margin)),
            ),
            Fact(_("Recorder"), Code(share.recorder)),
            Fact(_("Subvolume"), context.codes(share.subvolumes)),
        )
    )


def _both(context: Context, size_bytes: int) -> str:
    """Write a size in decimal and in binary units."""
    tongue = context.tongue
    return f"{tongue.terabytes(size_bytes, 2)} ({tongue.tebibytes(size_bytes, 2)})"


def _cabinets_table(context: Context, share: CommuneShare) -> Table:
    _ = context.tongue.gettext
    blueprint, tongue = context.blueprint, context.tongue
    rows = []
    for ident in share.switches:
        switch = blueprint.switches[ident]
        cabinet = share.entry.cabinets[switch.cabinet or ""]
        cameras = context.cameras_on(ident)
        ring: Cell = None
        if switch.ring:
            ring = Link(blueprint.rings[switch.ring].title, ring_page(switch.ring))
        school = ppms_site(tongue, cabinet.ppms.site) if cabinet.ppms else ""
        rows.append(
            Row(
                (
                    switch.place,
                    context.switch_link(switch),
                    switch.model.title,
                    ring,
                    Share(sum(camera.connected for camera in cameras), len(cameras)),
                    school,
                    tongue.brief_day(cabinet.in_service) if cabinet.in_service else _("planned"),
                ),
                muted=not switch.in_service,
            )
        )
    return Table(
        name=_("Cabinets"),
        columns=(
            Column(_("Place")),
            Column(_("Switch")),
            Column(_("Model")),
            Column(_("Ring")),
            Column(_("Connected")),
            Column(_("Site")),
            Column(_("In service")),
        ),
        rows=tuple(rows),
    )


def _equipment(context: Context, share: CommuneShare) -> Facts:
    _, blueprint = context.tongue.gettext, context.blueprint
    models = Counter(blueprint.cameras[ident].model.title for ident in share.cameras)
    switches = Counter(blueprint.switches[ident].model.title for ident in share.switches)
    counted = (
        Many(f"{count} × {title}" for title, count in sorted(found.items()))
        for found in (models, switches)
    )
    first, second = counted
    labels = Link(_("labels of cameras, switches and cords"), labels_page(share.insee))
    return Facts(
        (Fact(_("Cameras"), first), Fact(_("Switches"), second), Fact(_("To print"), labels))
    )


def _stored(context: Context, share: CommuneShare) -> Table | None:
    found = [
        camera
        for camera in context.blueprint.cameras.values()
        if camera.commune == share.insee and camera.switch is None
    ]
    if not found:
        return None
    return cameras_on_a_page(context, found, anchored=True)


def _places(context: Context, share: CommuneShare) -> Iterator[Table]:
    _, tongue = context.tongue.gettext, context.tongue
    entry = share.entry
    yield Table(
        name=_("Sensitive sectors"),
        columns=(Column(_("Sector")), Column(_("Priority"), "number")),
        rows=tuple(Row((sector.title, sector.priority)) for sector in entry.sectors.values()),
    )
    yield Table(
        name=_("Places to cover"),
        columns=(Column(_("Place")), Column(_("Kind")), Column(_("State"))),
        rows=tuple(
            Row(
                (
                    place.title,
                    word(tongue, PLACE_KIND, place.kind),
                    Tag(_("no camera"), "warn")
                    if context.built.about(f"{share.insee}/{key}")
                    else Tag(_("covered"), "good"),
                ),
                anchor=anchor(f"place-{key}"),
            )
            for key, place in entry.places.items()
        ),
    )
    yield Table(
        name=_("Events"),
        columns=(
            Column(_("Event")),
            Column(_("First day"), "day"),
            Column(_("Last day"), "day"),
            Column(_("Asked for by")),
            Column(_("Cameras"), "code"),
        ),
        rows=tuple(
            Row(
                (
                    event.title,
                    event.first,
                    event.last,
                    event.requested_by,
                    context.codes(event.cameras),
                )
            )
            for event in entry.events.values()
        ),
    )


def _contacts(context: Context, share: CommuneShare) -> Iterator[Block]:
    _, parties = context.tongue.gettext, context.blueprint.estate.parties
    contract = parties.contracts[share.entry.contract] if share.entry.contract else None
    if contract:
        target = context.tongue.percent(contract.uptime_target, 1)
        repair = _("repaired within {hours} hours, available {share} of the time").format(
            hours=contract.repair_hours, share=target
        )
        yield Facts(
            (
                Fact(_("Maintenance"), contract.title, repair),
                Fact(_("Integrator"), parties.contacts[contract.integrator].title),
                Fact(_("Hours"), hours_words(context, contract.hours)),
            )
        )
    yield Table(
        name=_("To be called, the first one first"),
        columns=(
            Column(_("Contact")),
            Column(_("Telephone"), "code"),
            Column(_("E-mail"), "code"),
            Column(_("When")),
        ),
        rows=tuple(
            Row(
                (
                    contact.title,
                    Code(contact.phone or ""),
                    Code(contact.email or ""),
                    hours_words(context, contact.hours),
                )
            )
            for contact in (parties.contacts[key] for key in share.entry.call)
        ),
    )
