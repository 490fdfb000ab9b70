"""A report for programs: times in UTC, lengths in seconds, shares from 0 to 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from maille.health.reporting.model import Blame, Commitment, Report, Row
    from maille.health.uptime.figures import Figures, Outage
    from maille.health.uptime.spans import Span


def as_document(report: Report) -> Mapping[str, object]:
    """Give a report as plain values; its keys are a promise."""
    return {
        "window": span_of(report.asked.window),
        "time_zone": report.asked.zone.key,
        "by": report.asked.by,
        "kinds": sorted(report.asked.kinds),
        "whole": _row(report.whole),
        "rows": [_row(row) for row in report.rows],
        "causes": [_blame(blame) for blame in report.blames],
        "outages": [_outage(outage) for outage in report.whole.figures.outages],
        "periods": [
            {**span_of(period.span), **_times(period.figures)} for period in report.periods
        ],
        "not_polled": [span_of(span) for span in report.unseen],
    }


def _row(row: Row) -> dict[str, Any]:
    figures = row.figures
    return {
        "key": row.key,
        "title": row.title,
        "devices": row.targets,
        "availability": figures.availability,
        "outages": len(figures.outages),
        "mtbf_s": _seconds(figures.mtbf),
        "mttr_s": _seconds(figures.mttr),
        **_times(figures),
        "contracts": [_commitment(each) for each in row.commitments],
    }


def _times(figures: Figures) -> dict[str, float | None]:
    names = ("wanted", "up", "degraded", "own", "upstream", "power", "maintenance", "unknown")
    return {f"{name}_s": _seconds(getattr(figures, name)) for name in names}


def _commitment(each: Commitment) -> dict[str, Any]:
    return {
        "contract": each.contract,
        "title": each.terms.title,
        "devices": each.targets,
        "owed": each.terms.uptime_target,
        "availability": each.figures.availability,
        "met": each.met,
        "repair_hours": each.terms.repair_hours,
        "repaired_late": each.late,
    }


def _blame(blame: Blame) -> dict[str, Any]:
    return {
        "causes": blame.causes,
        "suspected": blame.suspected,
        "origin": blame.origin,
        "outages": blame.outages,
        "devices": blame.targets,
        "lost_s": _seconds(blame.lost),
    }


def _outage(outage: Outage) -> dict[str, Any]:
    cause = outage.cause
    return {
        "device": outage.target,
        "from": moment_of(outage.began),
        "to": moment_of(outage.ended) if outage.ended else None,
        "began_earlier": outage.earlier,
        "seen_s": _seconds(outage.seen),
        "origin": outage.origin,
        "causes": (*cause.devices, *cause.links) if cause else (),
        "suspected": cause.suspected if cause else None,
    }


def span_of(span: Span) -> dict[str, Any]:
    """Give a span by its ends."""
    return {"from": moment_of(span[0]), "to": moment_of(span[1])}


def moment_of(at: datetime) -> str:
    """Give a time in UTC as ISO 8601 has it."""
    return at.isoformat().replace("+00:00", "Z")


def _seconds(length: timedelta | None) -> float | None:
    return None if length is None else length.total_seconds()
