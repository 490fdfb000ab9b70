"""A shift's hand-over for programs: times in UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.health.reporting.as_document import moment_of, span_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.health.incidents.model import Silence, Window
    from maille.health.reporting.shift import Affair, Shift


def shift_as_document(shift: Shift) -> Mapping[str, object]:
    """Give a hand-over as plain values; its keys are a promise."""
    return {
        "window": span_of(shift.window),
        "time_zone": shift.zone.key,
        "devices": dict(sorted(shift.counts.items())),
        "open": [_affair(one) for one in shift.affairs if one.when == "open"],
        "over": [_affair(one) for one in shift.affairs if one.when == "over"],
        "maintenance": [_announced(one) for one in shift.maintenance],
        "silences": [_announced(one) for one in shift.silences],
        "not_polled": [span_of(span) for span in shift.unseen],
    }


def _affair(affair: Affair) -> dict[str, Any]:
    incident, seen = affair.incident, affair.acknowledged
    return {
        "incident": incident.id,
        "kind": incident.kind,
        "severity": incident.severity,
        "roots": sorted(incident.roots),
        "suspected": incident.suspected,
        "hit": sorted(incident.hit),
        "children": sorted(incident.children),
        "opened": moment_of(incident.opened),
        "closed": moment_of(incident.closed) if incident.closed else None,
        "new": affair.new,
        "acknowledged": (
            {"by": seen.author, "reason": seen.reason, "at": moment_of(seen.at)} if seen else None
        ),
        "called": [
            {"at": moment_of(one.at), "who": one.who, "how": one.how} for one in affair.contacted
        ],
    }


def _announced(one: Window | Silence) -> dict[str, Any]:
    return {
        **span_of((one.starts, one.ends)),
        "subjects": sorted(one.subjects),
        "by": one.author,
        "reason": one.reason,
    }
