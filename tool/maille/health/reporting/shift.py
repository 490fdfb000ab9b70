"""What a shift hands over to the next: what is open and over, who was called, what is ahead."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from maille.health.incidents.calling import called_by, concerned
from maille.health.incidents.severity import RANKS, gravest
from maille.health.reporting.model import Place
from maille.health.reporting.past_incidents import is_about, past_incidents
from maille.health.uptime.attribution import stints
from maille.health.uptime.coverage import is_seen, not_polled
from maille.health.uptime.spans import common

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from maille.blueprint.model import Blueprint
    from maille.health.history.model import Escalation, PolledInterval, StateInterval
    from maille.health.incidents.model import Acknowledgement, Incident, Silence, Window
    from maille.health.model import Severity, State
    from maille.health.uptime.reader import Journal
    from maille.health.uptime.spans import Span, Spans

_AHEAD = timedelta(days=1)
"""How far work that is announced is told."""
_BACK = timedelta(days=7)
"""How far back it is looked for how an incident began, and who was called about it."""


@dataclass(frozen=True, slots=True)
class Contacted:
    """Somebody who was called."""

    at: datetime
    who: str
    how: str
    """Telephone or mail; empty where the inventory has neither."""


@dataclass(frozen=True, slots=True)
class Affair:
    """An incident, and what people did about it."""

    incident: Incident
    when: Literal["open", "over"]
    new: bool
    """It began in this shift."""
    acknowledged: Acknowledgement | None
    """The last one."""
    contacted: tuple[Contacted, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """All that a shift hands over."""

    title: str
    window: Span
    zone: ZoneInfo
    counts: Mapping[State, int]
    """Devices by their state at the end."""
    affairs: tuple[Affair, ...]
    """The open ones first, the gravest and oldest before others."""
    maintenance: tuple[Window, ...]
    """That of the shift, and of the day after it."""
    silences: tuple[Silence, ...]
    """Those that hold at the end."""
    unseen: Spans
    places: Mapping[str, Place]


def compile_shift(blueprint: Blueprint, journal: Journal, window: Span, zone: ZoneInfo) -> Shift:
    """Compile the hand-over at the end of a window."""
    here = [one for one in stints(blueprint, zone) if common((one.span,), (window,))]
    targets = sorted({one.target for one in here})
    before = (window[0] - _BACK, window[1])
    states, polled = journal.states(targets, before), journal.polled(targets, window)
    acknowledgements, steps = journal.acknowledgements(window), journal.escalations(before)
    estate = blueprint.estate
    affairs = [
        Affair(
            incident=incident,
            when="open" if _is_open(incident, window) else "over",
            new=incident.opened >= window[0],
            acknowledged=_last(acknowledgements, incident),
            contacted=tuple(_contacted(blueprint, steps, incident, zone)),
        )
        for incident in past_incidents(states, _severity(blueprint))
        if incident.closed is None or incident.closed > window[0]
    ]
    return Shift(
        title=estate.settings.title,
        window=window,
        zone=zone,
        counts=Counter(_at_end(target, states, polled, window) for target in targets),
        affairs=tuple(sorted(affairs, key=_first)),
        maintenance=tuple(journal.maintenance((window[0], window[1] + _AHEAD))),
        silences=tuple(one for one in journal.silences(window) if one.ends > window[1]),
        unseen=not_polled(polled, window),
        places={
            one.target: Place(
                estate.communes[one.commune].commune if one.commune else "", one.place
            )
            for one in here
        },
    )


def _is_open(incident: Incident, window: Span) -> bool:
    return incident.closed is None or incident.closed >= window[1]


def _first(affair: Affair) -> tuple[bool, int, datetime]:
    incident = affair.incident
    return affair.when == "over", RANKS.index(incident.severity), incident.opened


def _severity(blueprint: Blueprint) -> Callable[[Iterable[str]], Severity]:
    cameras = blueprint.cameras
    return lambda parts: gravest(cameras[part].severity for part in parts if part in cameras)


def _at_end(
    target: str,
    states: Mapping[str, Sequence[StateInterval]],
    polled: Mapping[str, Sequence[PolledInterval]],
    window: Span,
) -> State:
    """Give what a device was when the shift ended; where nobody looked any more, nobody knows."""
    if not is_seen(polled.get(target, ()), window):
        return "unknown"
    return next(
        (
            one.state
            for one in states.get(target, ())
            if one.began < window[1] and (one.ended is None or one.ended >= window[1])
        ),
        "unknown",
    )


def _last(
    acknowledgements: Iterable[Acknowledgement], incident: Incident
) -> Acknowledgement | None:
    own = (one for one in acknowledgements if is_about(one.incident, incident))
    return max(own, key=lambda one: one.at, default=None)


def _contacted(
    blueprint: Blueprint, taken: Iterable[Escalation], incident: Incident, zone: ZoneInfo
) -> Iterator[Contacted]:
    """Give whom the steps that were taken name; a step that is no more named nobody knows."""
    steps = blueprint.estate.settings.health.escalation
    for one in taken:
        if not is_about(one.incident, incident) or one.step >= len(steps):
            continue
        local = one.at.astimezone(zone)
        calls = {
            call.contact: call
            for device in concerned(blueprint, incident)
            for call in called_by(blueprint, device, local, steps[one.step])
        }
        for call in calls.values():
            yield Contacted(one.at, call.entry.title, call.entry.phone or call.entry.email or "")
