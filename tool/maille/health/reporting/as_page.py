"""A report as a page to print, in the language of whoever reads it: nothing is fetched for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.blocks import (
    Code,
    Column,
    Figure,
    Figures,
    LegendEntry,
    Many,
    Note,
    Page,
    Row,
    Table,
    Tag,
    section,
    sections,
)
from maille.documents.html import Writer
from maille.documents.plots.svg import inline
from maille.health.reporting.availability_plot import availability_plot
from maille.health.reporting.losses_plot import losses_plot
from maille.health.reporting.naming import heading, nobody, place_name, row_name
from maille.health.reporting.wording import (
    KIND,
    NOTHING,
    ORIGIN,
    brief,
    capital,
    hours,
    moment,
    owed,
    share,
    span,
    window,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from maille.documents.blocks import Cell, Section
    from maille.health.reporting.model import Commitment, Report
    from maille.health.reporting.model import Row as ReportRow
    from maille.health.uptime.figures import Outage
    from maille.tongue import Tongue

TEMPLATE = "alone.html"
PATH = "index.html"
_PLOT_LEAST_PX = 640
_WORST_CAUSES, _WORST_DEVICES, _LONGEST = 15, 15, 40
"""How many are listed on paper; workbooks have them all."""


def as_page(report: Report, day: date, tongue: Tongue) -> str:
    """Write a report as HTML; `day` is when it is written."""
    return Writer(tongue, report.title, day, template=TEMPLATE).write(_page(report, tongue))


def _page(report: Report, tongue: Tongue) -> Page:
    _, asked = tongue.gettext, report.asked
    kinds = ", ".join(tongue.gettext(KIND[kind]) for kind in sorted(asked.kinds))
    return Page(
        path=PATH,
        title=_("Availability: {kinds}").format(kinds=kinds),
        lead=_("{window}, by the clock of {zone}: {length}").format(
            window=capital(window(asked.window, asked.zone, tongue)),
            zone=asked.zone.key,
            length=_length(report, tongue),
        ),
        top=(_figures(report, tongue), _meaning(tongue)),
        sections=sections(
            *_row_sections(report, tongue),
            section(_("Contracts"), "contracts", _contracts(report, tongue)),
            section(_("Over time"), "over-time", _losses(report, tongue), _unseen(report, tongue)),
            section(_("Worst causes"), "causes", _causes(report, tongue)),
            section(_("Longest outages"), "outages", _outages(report, tongue)),
        ),
    )


def _length(report: Report, tongue: Tongue) -> str:
    begin, end = report.asked.window
    return f"{tongue.short(hours(end - begin), 1)}\N{NO-BREAK SPACE}{tongue.gettext('h')}"


def _figures(report: Report, tongue: Tongue) -> Figures:
    _, whole = tongue.gettext, report.whole
    figures = whole.figures
    unknown = figures.unknown / figures.wanted if figures.wanted else 0.0
    return Figures(
        (
            (share(figures.availability, tongue), _("available, of the time that was judged")),
            (tongue.number(whole.targets), _("devices in service")),
            (tongue.number(len(figures.outages)), _("outages")),
            (brief(figures.mtbf, tongue), _("between two outages of a device (MTBF)")),
            (brief(figures.mttr, tongue), _("until it is back (MTTR)")),
            (tongue.percent(unknown, 1), _("of the time nobody saw")),
        )
    )


def _meaning(tongue: Tongue) -> Note:
    return Note(
        tongue.gettext(
            "Availability is the time up or degraded, divided by that and the time down or"
            " unreachable. Only time in service that was polled counts; announced maintenance"
            " counts neither way, and what nobody saw is told apart. Contracts are judged in"
            " their own hours."
        )
    )


def _by(report: Report, tongue: Tongue) -> str:
    _ = tongue.gettext
    words = {
        "camera": _("By device"),
        "commune": _("By commune"),
        "wave": _("By wave"),
        "owner": _("By owner"),
    }
    return words[report.asked.by]


def _row_sections(report: Report, tongue: Tongue) -> Iterator[Section | None]:
    """Draw the rows above their table; a row a device would be too many: communes are drawn."""
    rows = _rows(report, tongue)
    if report.asked.by == "camera":
        communes = [
            (row.title if row.key else nobody("commune", tongue), row) for row in report.communes
        ]
        yield section(tongue.gettext("By commune"), "communes", _plot(communes, tongue))
        yield section(_by(report, tongue), "rows", rows)
    else:
        named = [(row_name(row, report, tongue), row) for row in report.rows]
        yield section(_by(report, tongue), "rows", _plot(named, tongue), rows)


def _plot(named: Sequence[tuple[str, ReportRow]], tongue: Tongue) -> Figure | None:
    if not named:
        return None
    return Figure(
        inline(availability_plot(named, tongue), "availability"),
        tongue.gettext("From each bar’s left end to 100 % is what lacks; the worst first."),
        _PLOT_LEAST_PX,
        (*_origins(tongue), LegendEntry("owed", tongue.gettext("owed by contract"))),
    )


def _origins(tongue: Tongue) -> tuple[LegendEntry, ...]:
    return tuple(
        LegendEntry(f"lost-{origin}", tongue.gettext(word)) for origin, word in ORIGIN.items()
    )


def _rows(report: Report, tongue: Tongue) -> Table:
    _ = tongue.gettext
    several = () if report.asked.by == "camera" else (Column(_("Devices"), "number"),)
    return Table(
        name=_by(report, tongue),
        columns=(
            Column(heading(report.asked.by, tongue)),
            *several,
            Column(_("Available"), "number"),
            Column(_("Owed")),
            Column(_("Outages"), "number"),
            Column(_("MTBF"), "number"),
            Column(_("MTTR"), "number"),
            Column(_("Lost, h"), "number", 1),
            Column(_("Maint., h"), "number", 1),
            Column(_("Unknown, h"), "number", 1),
        ),
        rows=tuple(
            Row(
                (
                    _name(row, report, tongue),
                    *((row.targets,) if several else ()),
                    share(row.figures.availability, tongue),
                    _owed(row.commitments, tongue),
                    len(row.figures.outages),
                    brief(row.figures.mtbf, tongue),
                    brief(row.figures.mttr, tongue),
                    hours(row.figures.away),
                    hours(row.figures.maintenance),
                    hours(row.figures.unknown),
                )
            )
            for row in report.rows
        ),
        filtered=True,
    )


def _name(row: ReportRow, report: Report, tongue: Tongue) -> Cell:
    if report.asked.by == "camera" and row.key:
        return Many((Code(row.key), place_name(report.places, row.key)))
    return row_name(row, report, tongue)


def _owed(commitments: Iterable[Commitment], tongue: Tongue) -> Cell:
    return Many(_kept(each, tongue) for each in commitments)


def _kept(each: Commitment, tongue: Tongue) -> Tag:
    _ = tongue.gettext
    value = owed(each.terms.uptime_target, tongue)
    if each.met is None:
        return Tag(_("{share}: not judged").format(share=value), "soft")
    if each.met:
        return Tag(_("{share}: met").format(share=value), "good")
    return Tag(_("{share}: missed").format(share=value), "bad")


def _contracts(report: Report, tongue: Tongue) -> Table:
    _ = tongue.gettext
    return Table(
        name=_("Contracts"),
        columns=(
            Column(_("Contract"), "prose"),
            Column(_("Devices"), "number"),
            Column(_("Available in its hours"), "number"),
            Column(_("Owed")),
            Column(_("Time to repair")),
            Column(_("Repaired late"), "number"),
        ),
        rows=tuple(
            Row(
                (
                    each.terms.title,
                    each.targets,
                    share(each.figures.availability, tongue),
                    _kept(each, tongue),
                    f"{each.terms.repair_hours}\N{NO-BREAK SPACE}{_('h')}",
                    each.late,
                )
            )
            for each in report.whole.commitments
        ),
    )


def _losses(report: Report, tongue: Tongue) -> Figure:
    _ = tongue.gettext
    return Figure(
        inline(losses_plot(report, tongue), "losses"),
        _(
            "Hours in which devices were away, all together; the strip below shows how much of"
            " the time nobody saw."
        ),
        _PLOT_LEAST_PX,
        (*_origins(tongue), LegendEntry("lost-unseen", _("not seen"))),
    )


def _unseen(report: Report, tongue: Tongue) -> Table:
    _, zone = tongue.gettext, report.asked.zone
    return Table(
        name=_("When nobody looked at any device"),
        columns=(
            Column(_("Nobody looked from")),
            Column(_("To")),
            Column(_("Length")),
        ),
        rows=tuple(
            Row((moment(begin, zone, tongue), moment(end, zone, tongue), span(end - begin, tongue)))
            for begin, end in report.unseen
        ),
    )


def _causes(report: Report, tongue: Tongue) -> Table:
    _ = tongue.gettext
    return Table(
        name=_("Worst causes"),
        columns=(
            Column(_("Cause")),
            Column(_("Kind")),
            Column(_("Outages"), "number"),
            Column(_("Devices"), "number"),
            Column(_("Lost, h"), "number", 1),
        ),
        rows=tuple(
            Row(
                (
                    _parts(blame.causes, blame.suspected, report),
                    tongue.gettext(ORIGIN[blame.origin]),
                    blame.outages,
                    blame.targets,
                    hours(blame.lost),
                )
            )
            for blame in report.blames[:_WORST_CAUSES]
        ),
    )


def _parts(causes: Iterable[str], suspected: str | None, report: Report) -> Cell:
    """Name what is to blame; of one device, where it stands."""
    named = tuple(causes)
    said: list[Cell] = [suspected] if suspected else []
    said += [Code(each) for each in named]
    if len(named) == 1 and (where := place_name(report.places, named[0])):
        said.append(where)
    return Many(said)


def _outages(report: Report, tongue: Tongue) -> Table:
    _ = tongue.gettext
    longest = sorted(report.whole.figures.outages, key=lambda one: (-one.seen, one.began))
    return Table(
        name=_("Longest outages"),
        columns=(
            Column(_("Device")),
            Column(_("From")),
            Column(_("To")),
            Column(_("Seen")),
            Column(_("Cause")),
        ),
        rows=tuple(_outage(each, report, tongue) for each in longest[:_LONGEST]),
    )


def _outage(outage: Outage, report: Report, tongue: Tongue) -> Row:
    _, zone = tongue.gettext, report.asked.zone
    began = moment(outage.began, zone, tongue)
    cause = outage.cause
    return Row(
        (
            Many((Code(outage.target), place_name(report.places, outage.target))),
            _("before {begin}").format(begin=began) if outage.earlier else began,
            moment(outage.ended, zone, tongue) if outage.ended else _("not over"),
            span(outage.seen, tongue),
            Many(
                (
                    tongue.gettext(ORIGIN[outage.origin]),
                    *(Code(part) for part in (*cause.devices, *cause.links)),
                )
            )
            if cause
            else tongue.gettext(ORIGIN[outage.origin]) or NOTHING,
        )
    )
