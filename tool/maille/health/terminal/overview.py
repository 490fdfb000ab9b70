"""The estate at a glance: what is open, how grave, because of what, and who is to be called."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from maille.health.incidents.calling import called_by, concerned
from maille.health.incidents.severity import RANKS
from maille.health.shown.why import why
from maille.health.terminal.table import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.health.incidents.model import Call, Incident, IncidentKind
    from maille.health.model import Evidence, State
    from maille.health.terminal.moment import Moment

_TONES: Mapping[IncidentKind, State] = {
    "outage": "down",
    "blind": "unknown",
    "flapping": "degraded",
    "degraded": "degraded",
    "cut": "degraded",
}
_NAMED: Mapping[IncidentKind, str] = {
    "outage": "outage",
    "blind": "blind",
    "flapping": "flapping",
    "degraded": "degraded",
    "cut": "not redundant",
}


class Due(NamedTuple):
    """Somebody to be called, and from when on."""

    call: Call
    after_minutes: int


def incidents(moment: Moment) -> Table:
    """Give the open incidents, the gravest first, and of these the oldest."""
    every = sorted(
        moment.scene.incidents, key=lambda one: (RANKS.index(one.severity), one.opened, one.id)
    )
    return Table(
        ("severity", "incident", "since", "behind", "cause", "why", "call"),
        tuple(
            Row(
                one.id,
                (
                    one.severity,
                    f"was {_NAMED[one.kind]}" if moment.stale else _NAMED[one.kind],
                    moment.clock(one.opened),
                    str(len(one.children)),
                    cause(one),
                    _why(moment, one),
                    _first(moment, one),
                ),
                _TONES[one.kind],
            )
            for one in every
        ),
    )


def cause(incident: Incident) -> str:
    """Name what an incident is rooted in."""
    roots = ", ".join(sorted(incident.roots))
    return f"{roots} (suspected: {incident.suspected})" if incident.suspected else roots


def told(moment: Moment, incident: str) -> str:
    """Tell all that is known of an incident."""
    found = next((one for one in moment.scene.incidents if one.id == incident), None)
    if found is None:
        return f"incident {incident} is closed"
    return "\n".join(_lines(moment, found))


def devices_of(moment: Moment, incident: str) -> frozenset[str]:
    """Give the devices that an incident is rooted in or takes away; of a link, its ends."""
    found = (one for one in moment.scene.incidents if one.id == incident)
    return frozenset[str]().union(
        *(one.children.union(concerned(moment.watched.blueprint, one)) for one in found)
    )


def evidence(moment: Moment, seen: Evidence) -> str:
    """Write one thing seen: object, device, value and time."""
    return f"{seen.what} of {seen.source} = {seen.value} at {moment.clock(seen.at)}"


def calls(moment: Moment, incident: Incident) -> list[Due]:
    """Give who is to be called about an incident, each once, by the steps of the escalation."""
    blueprint = moment.watched.blueprint
    local = moment.now.astimezone(moment.watched.zone)
    found: dict[str, Due] = {}
    for step in blueprint.estate.settings.health.escalation:
        if incident.severity not in step.severities:
            continue
        for device in concerned(blueprint, incident):
            for call in called_by(blueprint, device, local, step):
                found.setdefault(call.contact, Due(call, step.after_minutes))
    return list(found.values())


def call_line(call: Call) -> str:
    """Write somebody to be called: name, number, why, and whether these are their hours."""
    entry = call.entry
    reach = " ".join(word for word in (entry.title, entry.phone, entry.email) if word)
    return f"{reach} ({call.why}{'' if call.there else ', out of hours'})"


def _why(moment: Moment, incident: Incident) -> str:
    """Give what the devices at the root say, the gravest of them first."""
    if incident.kind == "blind":
        return "nobody answers, not even the poller's first hop"
    told = [
        why(standing.told)
        for device in sorted(incident.hit, key=moment.watched.ranks.__getitem__)
        if (standing := moment.scene.standings.get(device))
    ]
    return "; ".join(dict.fromkeys(told)) or "link down"


def _first(moment: Moment, incident: Incident) -> str:
    found = calls(moment, incident)
    if not found:
        return "nobody named"
    there = next((due for due in found if due.call.there), found[0])
    entry = there.call.entry
    hours = "" if there.call.there else " (out of hours)"
    return f"{entry.title} {entry.phone or entry.email or ''}".rstrip() + hours


def _lines(moment: Moment, incident: Incident) -> Iterator[str]:
    yield f"{incident.severity}: {_NAMED[incident.kind]} since {moment.since(incident.opened)}"
    yield f"cause: {cause(incident)}"
    yield f"why: {_why(moment, incident)}"
    yield f"hit: {', '.join(sorted(incident.hit)) or 'no device itself'}"
    yield ""
    yield "first seen by"
    yield from (f"  {evidence(moment, seen)}" for seen in incident.evidence)
    yield ""
    yield "to call"
    for call, after in calls(moment, incident):
        yield f"  {f'after {after} min: ' if after else ''}{call_line(call)}"
    yield ""
    yield f"unreachable behind it: {len(incident.children)}"
    for child in sorted(incident.children):
        target = moment.watched.by_id.get(child)
        yield f"  {child}  {target.place if target else ''}".rstrip()
