"""A report as tables of numbers, for CSV and workbooks: hours, shares, times with their offset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.health.reporting.naming import cause_name, heading, nobody, place_name
from maille.health.reporting.wording import ORIGIN, hours
from maille.spreadsheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from maille.health.reporting.model import Report, Row
    from maille.health.uptime.figures import Figures
    from maille.spreadsheet import Plain
    from maille.tongue import Tongue

_TIMES = ("wanted", "up", "degraded", "own", "upstream", "power", "maintenance", "unknown")


def rows_sheet(report: Report, tongue: Tongue) -> Sheet:
    """Give a row a device, commune, wave or owner."""
    _ = tongue.gettext
    return Sheet(
        _("Availability"),
        (
            _("Id"),
            heading(report.asked.by, tongue),
            _("Devices"),
            _("Availability"),
            _("Owed"),
            _("Met"),
            _("Outages"),
            _("MTBF, h"),
            _("MTTR, h"),
            _("In service, h"),
            _("Up, h"),
            _("Degraded, h"),
            _("Own fault, h"),
            _("Upstream, h"),
            _("Power, h"),
            _("Maintenance, h"),
            _("Unknown, h"),
        ),
        [_row(row, report, tongue) for row in report.rows],
    )


def sheets(report: Report, tongue: Tongue) -> tuple[Sheet, ...]:
    """Give all tables of a report, the rows first."""
    return (
        rows_sheet(report, tongue),
        _contracts(report, tongue),
        _causes(report, tongue),
        _outages(report, tongue),
        _unseen(report, tongue),
    )


def _row(row: Row, report: Report, tongue: Tongue) -> tuple[Plain, ...]:
    figures, by = row.figures, report.asked.by
    title = place_name(report.places, row.key or "") if by == "camera" else row.title
    return (
        row.key or "",
        title if row.key else nobody(by, tongue),
        row.targets,
        figures.availability,
        max((each.terms.uptime_target for each in row.commitments), default=None),
        _said([each.met for each in row.commitments], tongue),
        len(figures.outages),
        _hours(figures.mtbf),
        _hours(figures.mttr),
        *_times(figures),
    )


def _times(figures: Figures) -> Iterable[float]:
    return (hours(getattr(figures, name)) for name in _TIMES)


def _said(met: list[bool | None], tongue: Tongue) -> str:
    if False in met:
        return tongue.gettext("no")
    return tongue.gettext("yes") if True in met else ""


def _contracts(report: Report, tongue: Tongue) -> Sheet:
    _ = tongue.gettext
    return Sheet(
        _("Contracts"),
        (
            _("Id"),
            _("Contract"),
            _("Devices"),
            _("Availability"),
            _("Owed"),
            _("Met"),
            _("Time to repair, h"),
            _("Repaired late"),
        ),
        [
            (
                each.contract,
                each.terms.title,
                each.targets,
                each.figures.availability,
                each.terms.uptime_target,
                _said([each.met], tongue),
                each.terms.repair_hours,
                each.late,
            )
            for each in report.whole.commitments
        ],
    )


def _causes(report: Report, tongue: Tongue) -> Sheet:
    _ = tongue.gettext
    return Sheet(
        _("Causes"),
        (_("Cause"), _("Kind"), _("Outages"), _("Devices"), _("Lost, h")),
        [
            (
                cause_name(blame),
                tongue.gettext(ORIGIN[blame.origin]),
                blame.outages,
                blame.targets,
                hours(blame.lost),
            )
            for blame in report.blames
        ],
    )


def _outages(report: Report, tongue: Tongue) -> Sheet:
    _, zone = tongue.gettext, report.asked.zone

    def local(at: datetime | None) -> str:
        return at.astimezone(zone).isoformat(" ", "seconds") if at else ""

    return Sheet(
        _("Outages"),
        (_("Device"), _("Place"), _("From"), _("To"), _("Seen, h"), _("Kind"), _("Cause")),
        [
            (
                outage.target,
                place_name(report.places, outage.target),
                local(outage.began),
                local(outage.ended),
                hours(outage.seen),
                tongue.gettext(ORIGIN[outage.origin]),
                ", ".join((*outage.cause.devices, *outage.cause.links)) if outage.cause else "",
            )
            for outage in report.whole.figures.outages
        ],
    )


def _unseen(report: Report, tongue: Tongue) -> Sheet:
    _, zone = tongue.gettext, report.asked.zone
    return Sheet(
        _("Not polled"),
        (_("From"), _("To"), _("Length, h")),
        [
            (
                begin.astimezone(zone).isoformat(" ", "seconds"),
                end.astimezone(zone).isoformat(" ", "seconds"),
                hours(end - begin),
            )
            for begin, end in report.unseen
        ],
    )


def _hours(length: timedelta | None) -> float | None:
    return None if length is None else hours(length)
