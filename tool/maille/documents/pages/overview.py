"""The front of the book: where the estate stands, and its map."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from maille.documents.blocks import (
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
    Progress,
    Row,
    Section,
    Step,
    Table,
    Tag,
    section,
    sections,
)
from maille.documents.maps.estate_map import estate_map, shows_cabinets
from maille.documents.maps.layers import ring_class
from maille.documents.naming import commune_page, convention_page, ring_page
from maille.documents.pages.conventions import hours_words
from maille.documents.pages.findings import findings_summary, open_findings
from maille.documents.plots.need import outlook
from maille.documents.plots.svg import inline
from maille.documents.words import CAMERA_KIND, WAVE_STATE, word
from maille.views.waves import wave_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from maille.documents.blocks import Cell, Tone
    from maille.documents.context import Context
    from maille.views.waves import WaveRow

_MAP_LEAST_PX = 1000
_ENDS_LISTED = 6
_GRAVE = frozenset({"error", "warning"})


def overview_page(context: Context) -> Page:
    """Write the front page."""
    _, settings = context.tongue.gettext, context.blueprint.estate.settings
    invented = (
        Note(
            _("A sample: communes are real, places, numbers, names and dates are invented."), "warn"
        ),
    )
    return Page(
        path="index.html",
        title=settings.title,
        lead=_("Estate book, as of {day}").format(day=context.tongue.day(context.as_of)),
        top=(*(invented if settings.synthetic else ()), *_progress(context)),
        sections=sections(
            section(_("Map"), "map", map_figure(context)),
            _attention(context),
            section(_("At a glance"), "numbers", _numbers(context), _facts(context)),
        ),
    )


def _progress(context: Context) -> Iterator[Figures | Progress]:
    _, number = context.tongue.gettext, context.tongue.number
    ngettext, cameras = context.tongue.ngettext, context.blueprint.cameras.values()
    steps = tuple(_step(context, row) for row in wave_rows(context.blueprint))
    connected, planned = sum(step.part for step in steps), sum(step.whole for step in steps)
    nomads = [camera.connected for camera in cameras if camera.nomad]
    members = len(context.blueprint.communes)
    running = sum(switch.in_service for switch in context.blueprint.switches.values())
    out = ngettext("nomad camera out", "nomad cameras out", len(nomads))
    yield Figures(
        (
            (f"{number(connected)} / {number(planned)}", _("cameras connected")),
            *(((f"{number(sum(nomads))} / {number(len(nomads))}", out),) if nomads else ()),
            (
                context.tongue.percent(connected / planned) if planned else "–",
                _("of what is planned"),
            ),
            (number(members), ngettext("member commune", "member communes", members)),
            (number(running), ngettext("switch in service", "switches in service", running)),
        )
    )
    yield Progress(steps)


def _step(context: Context, row: WaveRow) -> Step:
    """Tell of a wave; cameras that it expects without a place yet are planned, too."""
    wave = context.blueprint.estate.waves.get(row.wave)
    expected = wave.planned_cameras or 0 if wave else 0
    _, tongue = context.tongue.gettext, context.tongue
    state: Cell = None
    if row.state:
        tone: Tone = "good" if row.state in {"accepted", "in-service"} else "soft"
        state = Tag(word(tongue, WAVE_STATE, row.state), tone)
        if row.overdue:
            state = Many((state, Tag(_("overdue"), "bad")))
    communes = tongue.ngettext("{count} commune", "{count} communes", row.communes)
    parts = [communes.format(count=row.communes)]
    if row.due:
        parts.append(_("due {day}").format(day=tongue.brief_day(row.due)))
    if row.state:
        informed = row.prefect_informed
        parts.append(
            _("prefect informed {day}").format(day=tongue.brief_day(informed))
            if informed
            else _("prefect not yet informed")
        )
    title = row.title if row.due else _("in no wave")
    return Step(title, row.connected, max(row.cameras, expected), state, " · ".join(parts))


def map_figure(context: Context) -> Figure:
    """Make the map of the estate, with its legend."""
    _, blueprint = context.tongue.gettext, context.blueprint
    rings = tuple(
        LegendEntry(
            f"line {ring_class(blueprint, ring.id)}",
            Link(f"{number} {ring.title}", ring_page(ring.id)),
        )
        for number, ring in enumerate(blueprint.rings.values(), start=1)
    )
    spurs = any(link.role == "spur" for link in blueprint.links.values())
    aggregated = any(site.kind != "centre" for site in blueprint.estate.network.sites.values())
    return Figure(
        inline(estate_map(blueprint, context.on_switch, context.tongue), "map"),
        _map_caption(context),
        _MAP_LEAST_PX,
        (
            LegendEntry("planned", _("cameras planned")),
            LegendEntry("connected", _("cameras connected")),
            LegendEntry("square centre", _("centre")),
            *((LegendEntry("square", _("aggregation site")),) if aggregated else ()),
            *((LegendEntry("dashed", _("spur, without a second way")),) if spurs else ()),
            *rings,
        ),
        from_middle=True,
    )


def _map_caption(context: Context) -> str:
    _ = context.tongue.gettext
    if shows_cabinets(context.blueprint):
        return _(
            "Cabinets by cameras, rings through their real members. Circles have the area of"
            " their number."
        )
    return _(
        "Communes by cameras, rings through their real members. Circles have the area of"
        " their number."
    )


def _attention(context: Context) -> Section | None:
    _ = context.tongue.gettext
    grave = [it for it in open_findings(context) if it.severity.value in _GRAVE]
    return section(
        _("What needs attention"),
        "attention",
        findings_summary(context, grave)
        if grave
        else Note(_("No error and no warning is open."), "good"),
        _ends_table(context),
        Note(outlook(context.forecast, context.tongue)),
    )


def _ends_table(context: Context) -> Table:
    """Write the authorisations and conventions that end next."""
    _, estate = context.tongue.gettext, context.blueprint.estate
    ends: list[tuple[date, str, Cell]] = []
    for share in context.blueprint.communes.values():
        if share.entry.authorisation:
            name = Link(share.name, commune_page(share.insee))
            ends.append((share.entry.authorisation.expires, _("authorisation"), name))
    for key, entry in estate.conventions.items():
        if entry.expires:
            ends.append((entry.expires, _("convention"), Link(entry.title, convention_page(key))))
    ends.sort(key=lambda end: end[0])
    return Table(
        name=_("What ends next"),
        columns=(Column(_("What ends next")), Column(_("Of")), Column(_("On"))),
        rows=tuple(
            Row((kind, name, context.until(end))) for end, kind, name in ends[:_ENDS_LISTED]
        ),
    )


def _numbers(context: Context) -> Table:
    _, blueprint = context.tongue.gettext, context.blueprint
    planned = Counter(camera.model.kind for camera in blueprint.cameras.values())
    connected = Counter(c.model.kind for c in blueprint.cameras.values() if c.connected)
    return Table(
        name=_("Cameras by kind"),
        columns=(
            Column(_("Cameras by kind")),
            Column(_("Connected"), "number"),
            Column(_("In all"), "number"),
        ),
        rows=tuple(
            Row((word(context.tongue, CAMERA_KIND, kind), connected[kind], count))
            for kind, count in planned.most_common()
        ),
    )


def _facts(context: Context) -> Facts:
    _, tongue, estate = context.tongue.gettext, context.tongue, context.blueprint.estate
    number, centre = tongue.number, context.blueprint.estate.centre
    screens = sum(room.screens for room in centre.rooms.values())
    people = sum(team.people for team in centre.teams)
    km = sum(cable.length_km for cable in estate.network.cables.values())
    days = ", ".join(map(str, context.sizing.days))
    return Facts(
        (
            Fact(_("Centre"), centre.title, hours_words(context, centre.hours)),
            Fact(_("People in the room"), number(people) if people else None),
            Fact(_("Screens"), number(screens) if screens else None),
            Fact(_("Switches"), number(len(context.blueprint.switches))),
            Fact(_("Rings"), Link(number(len(context.blueprint.rings)), "network.html")),
            Fact(_("Cable"), f"{number(km, 1)} km"),
            Fact(_("Recorded"), f"{number(context.sizing.plan.mbps)} Mbit/s"),
            Fact(_("Kept"), _("{days} days").format(days=days)),
            Fact(_("Storage needed"), tongue.terabytes(context.sizing.plan.need_bytes, 2)),
            Fact(_("Requests for images"), _requests(context)),
        )
    )


def _requests(context: Context) -> Cell:
    by_year = context.blueprint.estate.settings.requests.by_year
    return Many(
        f"{year}: {context.tongue.number(count)}" for year, count in sorted(by_year.items())
    )


def map_page(context: Context) -> Page:
    """Write the page of the map alone."""
    _ = context.tongue.gettext
    return Page(
        path="map.html",
        title=_("Map"),
        lead=_("Drawn from coordinates alone. The list of communes says the same in words."),
        top=(map_figure(context),),
        sections=(),
    )
