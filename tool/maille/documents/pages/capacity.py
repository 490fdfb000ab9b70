"""The capacity report: loads, what failures take away, storage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.blocks import (
    Code,
    Column,
    Fact,
    Facts,
    Figure,
    Figures,
    Files,
    LegendEntry,
    Link,
    Many,
    Note,
    Page,
    Row,
    Table,
    Tag,
    section,
    sections,
)
from maille.documents.naming import link_page
from maille.documents.pages.rings import load_cell
from maille.documents.plots.loads import loads_plot
from maille.documents.plots.need import need_plot, outlook
from maille.documents.plots.svg import inline
from maille.documents.words import FAILURE, LINK_ROLE, word

if TYPE_CHECKING:
    from maille.blueprint.capacity import Outage
    from maille.documents.blocks import Cell
    from maille.documents.context import Context

NEED_FILE = "files/storage-need.svg"
_PLOT_LEAST_PX = 760
_LISTED_CAMERAS = 12
"""Cameras of an outage that are named; of more, the number is told."""


def capacity_page(context: Context) -> Page:
    """Write the capacity report."""
    _, tongue, plan = context.tongue.gettext, context.tongue, context.sizing.plan
    report = context.built.capacity
    busiest = max(report.worst_by_link.values(), key=lambda load: load.share, default=None)
    limit = tongue.percent(report.limit)
    return Page(
        path="capacity.html",
        title=_("Capacity"),
        lead=_(
            "Loads are computed on the elected tree, in the normal state and after each of"
            " {count} single failures: links, switches, cables, ducts, sites, power supplies."
        ).format(count=tongue.number(len(context.blueprint.failures))),
        top=(
            Figures(
                (
                    (
                        tongue.percent(busiest.share, 1) if busiest else "–",
                        _("highest load of a link, of {limit} allowed").format(limit=limit),
                    ),
                    (tongue.number(plan.mbps), _("Mbit/s recorded")),
                    (tongue.terabytes(plan.need_bytes, 2), _("needed for the promised days")),
                    (
                        tongue.brief_day(context.forecast.runs_out)
                        if context.forecast.runs_out
                        else _("not in sight"),
                        _("storage runs out"),
                    ),
                )
            ),
        ),
        sections=sections(
            section(_("Loads"), "loads", _loads_figure(context), _busiest_table(context)),
            section(
                _("What failures take away"),
                "outages",
                _outages_intro(context),
                _outages_table(context),
            ),
            section(
                _("Storage over time"),
                "need",
                Note(outlook(context.forecast, tongue)),
                Figure(
                    inline(need_plot(context.forecast, tongue), "need"),
                    _("What is promised to the communes, against what the cluster can promise."),
                    _PLOT_LEAST_PX,
                ),
                _steps_table(context),
                Files(((NEED_FILE, _("the plot as SVG")),)),
            ),
            section(_("Storage in detail"), "storage", _storage(context)),
            section(_("Recorders"), "recorders", _recorders_table(context)),
        ),
    )


def _loads_figure(context: Context) -> Figure:
    _ = context.tongue.gettext
    groups: dict[str, list[str]] = {}
    for link in context.blueprint.links.values():
        if link.role == "ring" and link.ring:
            title = context.blueprint.rings[link.ring].title
        else:
            title = word(context.tongue, LINK_ROLE, link.role)
        groups.setdefault(title, []).append(link.id)
    return Figure(
        inline(loads_plot(context.built.capacity, groups, context.tongue), "loads"),
        _("One dot a link; a row a ring, then the other links by kind."),
        _PLOT_LEAST_PX,
        (
            LegendEntry("normal", _("normal state")),
            LegendEntry("worst", _("after the worst single failure")),
        ),
    )


def _busiest_table(context: Context) -> Table:
    _, report = context.tongue.gettext, context.built.capacity
    ordered = sorted(report.worst_by_link.values(), key=lambda load: (-load.share, load.link))
    return Table(
        name=_("Links by their highest load"),
        columns=(
            Column(_("Link")),
            Column(_("Kind")),
            Column(_("Capacity, Mbit/s"), "number"),
            Column(_("Normal, Mbit/s"), "number", 1),
            Column(_("Normal load")),
            Column(_("Highest, Mbit/s"), "number", 1),
            Column(_("Highest load")),
        ),
        rows=tuple(
            Row(
                (
                    Link(load.link, link_page(context.blueprint.links[load.link]), code=True),
                    word(context.tongue, LINK_ROLE, context.blueprint.links[load.link].role),
                    context.blueprint.links[load.link].capacity_mbps,
                    report.normal[load.link].load_mbps,
                    context.tongue.percent(report.normal[load.link].share, 1),
                    load.load_mbps,
                    load_cell(context, load),
                )
            )
            for load in ordered
        ),
        filtered=True,
    )


def _outages_intro(context: Context) -> Note:
    _ = context.tongue.gettext
    harmless = len(context.blueprint.failures) - sum(
        outage.failure is not None for outage in context.built.capacity.outages
    )
    return Note(
        _("{count} of {all} single failures take nothing away.").format(
            count=context.tongue.number(harmless),
            all=context.tongue.number(len(context.blueprint.failures)),
        )
    )


def _outages_table(context: Context) -> Table:
    _ = context.tongue.gettext
    ordered = sorted(
        context.built.capacity.outages,
        key=lambda outage: (-len(outage.detached), -len(outage.cameras)),
    )
    return Table(
        name=_("What failures take away"),
        columns=(
            Column(_("Failure")),
            Column(_("Kind")),
            Column(_("Cameras lost"), "number"),
            Column(_("Which")),
            Column(_("Off the network")),
            Column(_("Switches without management"), "number"),
        ),
        rows=tuple(_outage(context, outage) for outage in ordered),
        filtered=True,
    )


def _outage(context: Context, outage: Outage) -> Row:
    _, failure = context.tongue.gettext, outage.failure
    which: Cell = None
    if len(outage.cameras) <= _LISTED_CAMERAS:
        cameras = context.blueprint.cameras
        which = Many(context.camera_link(cameras[ident]) for ident in outage.cameras)
    detached = Tag(", ".join(outage.detached), "bad") if outage.detached else None
    if failure is None:
        state: Cell = Tag(_("normal state"), "bad")
        return Row((state, None, len(outage.cameras), which, detached, len(outage.switches)))
    return Row(
        (
            Many((Code(failure.id), failure.title)),
            word(context.tongue, FAILURE, failure.kind),
            len(outage.cameras),
            which,
            detached,
            len(outage.switches),
        )
    )


def _steps_table(context: Context) -> Table:
    _ = context.tongue.gettext
    return Table(
        name=_("Steps"),
        columns=(
            Column(_("Starting on"), "day"),
            Column(_("Wave")),
            Column(_("Cameras"), "number"),
            Column(_("Promised, TB"), "number", 1),
        ),
        rows=tuple(
            Row((step.day, step.title, round(step.cameras), step.promised_bytes / 1e12))
            for step in context.forecast.steps
        ),
    )


def _storage(context: Context) -> Facts:
    _, tongue, sizing = context.tongue.gettext, context.tongue, context.sizing
    plan, shape = sizing.plan, sizing.plan.shape
    server = context.blueprint.estate.catalogue.servers[plan.server]
    both = "{} ({})".format

    def size(size_bytes: float) -> str:
        return both(tongue.terabytes(size_bytes, 1), tongue.tebibytes(size_bytes, 1))

    megabytes = _("MB/s")
    estimated = tongue.percent(1 - sizing.measured / sizing.cameras) if sizing.cameras else ""
    return Facts(
        (
            Fact(
                _("Rate"),
                f"{tongue.number(plan.mbps)} Mbit/s",
                _("{share} of the cameras by estimate").format(share=estimated),
            ),
            Fact(_("Written a day"), tongue.terabytes(sizing.daily_bytes, 2)),
            Fact(_("Need"), size(plan.need_bytes), _("for the promised days alone")),
            Fact(
                _("Quotas"),
                size(plan.quota_bytes),
                _("with a segment, an expiry period and the margin"),
            ),
            Fact(_("Set aside for legal holds"), size(plan.hold_bytes)),
            Fact(_("Erasure code"), Code(f"{shape.k}+{shape.m}")),
            Fact(
                _("Hosts"),
                tongue.number(shape.hosts),
                _("{title}; {count} are needed").format(
                    title=_(server.title), count=plan.hosts_needed
                ),
            ),
            Fact(
                _("Raw capacity needed"),
                size(plan.raw_needed_bytes),
                _("below nearfull, able to heal the loss of one host"),
            ),
            Fact(_("Raw capacity there is"), size(plan.raw_bytes)),
            Fact(_("Can be promised"), size(plan.usable_bytes)),
            Fact(_("Placement groups"), tongue.number(plan.placement_groups)),
            Fact(
                _("Writing"),
                f"{tongue.number(plan.write_mb_s)} {megabytes}",
                _("of {rate} MB/s that the disks write").format(
                    rate=tongue.number(plan.disks_mb_s)
                ),
            ),
            Fact(
                _("Healing the loss of a host"),
                _("{count} hours").format(count=tongue.number(plan.heal_hours, 1)),
                _("estimate"),
            ),
        )
    )


def _recorders_table(context: Context) -> Table:
    _ = context.tongue.gettext
    loads: dict[str, list[float]] = {}
    for camera in context.blueprint.cameras.values():
        loads.setdefault(camera.recorder, []).append(camera.bitrate.mbps)
    return Table(
        name=_("Recorders"),
        columns=(
            Column(_("Recorder"), "code"),
            Column(_("Cameras"), "number"),
            Column(_("Mbit/s"), "number", 1),
            Column(_("Capacity, Mbit/s"), "number"),
            Column(_("Share")),
        ),
        rows=tuple(
            Row(
                (
                    Code(key),
                    len(loads.get(key, ())),
                    sum(loads.get(key, ())),
                    recorder.capacity_mbps,
                    context.tongue.percent(sum(loads.get(key, ())) / recorder.capacity_mbps),
                )
            )
            for key, recorder in context.blueprint.estate.centre.recorders.items()
        ),
    )
