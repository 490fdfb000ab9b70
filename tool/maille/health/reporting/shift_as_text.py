"""A shift's hand-over for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.health.model import STATES
from maille.health.reporting.naming import incident_name
from maille.health.reporting.wording import moment, plain, span, window
from maille.tongue import SOURCE, tongue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.health.reporting.shift import Affair, Shift

_ENGLISH = tongue(SOURCE)


def shift_as_text(shift: Shift) -> str:
    """Write a hand-over for people: what is open first."""
    return plain("\n".join(_lines(shift)))


def _lines(shift: Shift) -> Iterator[str]:
    counts = ", ".join(f"{shift.counts[one]} {one}" for one in STATES if shift.counts.get(one))
    yield f"{shift.title}, {window(shift.window, shift.zone, _ENGLISH)} ({shift.zone.key})"
    yield f"devices now: {counts or 'none'}"
    for when, title in (("open", "open"), ("over", "over")):
        affairs = [one for one in shift.affairs if one.when == when]
        yield ""
        yield f"{title}: {len(affairs) or 'nothing'}"
        for affair in affairs:
            yield from _affair(affair, shift)
    yield from _ahead(shift)


def _affair(affair: Affair, shift: Shift) -> Iterator[str]:
    incident = affair.incident
    since = moment(incident.opened, shift.zone, _ENGLISH)
    lasted = f", for {span(incident.closed - incident.opened, _ENGLISH)}" if incident.closed else ""
    mark = "" if affair.new else ", from an earlier shift"
    yield f"  {incident.severity:<10}{incident_name(incident, shift.places, _ENGLISH)}"
    yield f"            {incident.kind} since {since}{lasted}{mark}"
    if affair.acknowledged:
        seen = affair.acknowledged
        yield f"            acknowledged by {seen.author}: {seen.reason}"
    for one in affair.contacted:
        how = f" ({one.how})" if one.how else ""
        yield f"            called {moment(one.at, shift.zone, _ENGLISH)}: {one.who}{how}"


def _ahead(shift: Shift) -> Iterator[str]:
    for window_ in shift.maintenance:
        begin, end = (moment(at, shift.zone, _ENGLISH) for at in (window_.starts, window_.ends))
        subjects = ", ".join(sorted(window_.subjects))
        yield f"\nmaintenance {begin} to {end}: {subjects}: {window_.reason} ({window_.author})"
    for silence in shift.silences:
        end = moment(silence.ends, shift.zone, _ENGLISH)
        subjects = ", ".join(sorted(silence.subjects))
        yield f"\nsilenced until {end}: {subjects}: {silence.reason} ({silence.author})"
    for begin_, end_ in shift.unseen:
        begin, end = moment(begin_, shift.zone, _ENGLISH), moment(end_, shift.zone, _ENGLISH)
        yield f"\nnobody looked from {begin} to {end}: {span(end_ - begin_, _ENGLISH)}"
