"""What rows, causes and devices of a report are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.health.incidents.model import Incident
    from maille.health.reporting.model import Blame, By, Place, Report, Row
    from maille.tongue import Tongue


def row_name(row: Row, report: Report, tongue: Tongue) -> str:
    """Name a row: a commune with its code, a device with its place."""
    _, by = tongue.gettext, report.asked.by
    if row.key is None:
        return nobody(by, tongue)
    if by == "camera":
        where = place_name(report.places, row.key)
        return f"{row.key} · {where}" if where else row.key
    return row.title


def nobody(by: By, tongue: Tongue) -> str:
    """Name the row of what has no commune, no wave or no owner."""
    _ = tongue.gettext
    if by == "commune":
        return _("common to all")
    return _("in no wave") if by == "wave" else _("no owner named")


def heading(by: By, tongue: Tongue) -> str:
    """Name the first column."""
    _ = tongue.gettext
    words = {
        "camera": _("Device"),
        "commune": _("Commune"),
        "wave": _("Wave"),
        "owner": _("Owner"),
    }
    return words[by]


def place_name(places: Mapping[str, Place], device: str) -> str:
    """Say where a device stands: `Lucé, école`; empty where it is not known."""
    place = places.get(device)
    return ", ".join(part for part in (place.commune, place.place) if part) if place else ""


def cause_name(blame: Blame) -> str:
    """Name a cause: the one event that is suspected, with what it took, or the parts themselves."""
    parts = ", ".join(blame.causes)
    return f"{blame.suspected} ({parts})" if blame.suspected else parts


def incident_name(incident: Incident, places: Mapping[str, Place], tongue: Tongue) -> str:
    """Name what an incident is rooted in, where that is, and how many devices hang behind it."""
    roots = sorted(incident.roots)
    parts = ", ".join(roots)
    name = f"{incident.suspected} ({parts})" if incident.suspected else parts
    if len(roots) == 1 and (where := place_name(places, roots[0])):
        name = f"{name} · {where}"
    behind = len(incident.children)
    if not behind:
        return name
    said = tongue.ngettext("{count} device behind it", "{count} devices behind it", behind)
    return f"{name}, {said.format(count=tongue.number(behind))}"
