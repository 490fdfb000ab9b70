"""A shift's hand-over as a page to print and to sign."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from maille.documents.blocks import (
    Code,
    Column,
    Figures,
    Many,
    Note,
    Page,
    Row,
    Signatures,
    Table,
    Tag,
    section,
    sections,
)
from maille.documents.html import Writer
from maille.documents.words import N_
from maille.health.model import STATES
from maille.health.reporting.as_page import PATH, TEMPLATE
from maille.health.reporting.naming import incident_name
from maille.health.reporting.wording import (
    NOTHING,
    STATE,
    capital,
    moment,
    span,
    window,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from maille.documents.blocks import Cell, Tone
    from maille.health.incidents.model import Silence, Window
    from maille.health.model import Severity
    from maille.health.reporting.shift import Affair, Shift
    from maille.tongue import Tongue

_SEVERITY: Final[Mapping[Severity, tuple[str, Tone]]] = {
    "ppms": (N_("PPMS"), "bad"),
    "sensitive": (N_("sensitive"), "warn"),
    "normal": (N_("ordinary"), "soft"),
}


def shift_as_page(shift: Shift, day: date, tongue: Tongue) -> str:
    """Write a hand-over as HTML; `day` is when it is written."""
    return Writer(tongue, shift.title, day, template=TEMPLATE).write(_page(shift, tongue))


def _page(shift: Shift, tongue: Tongue) -> Page:
    _ = tongue.gettext
    counts = tuple((tongue.number(shift.counts.get(state, 0)), _(STATE[state])) for state in STATES)
    return Page(
        path=PATH,
        title=_("Hand-over of the shift"),
        lead=_("{window}, by the clock of {zone}").format(
            window=capital(window(shift.window, shift.zone, tongue)), zone=shift.zone.key
        ),
        top=(Figures(counts),),
        sections=sections(
            section(_("Open"), "open", *_affairs(shift, "open", tongue)),
            section(_("Over"), "over", *_affairs(shift, "over", tongue)),
            section(
                _("Announced work"), "maintenance", _announced(shift.maintenance, shift, tongue)
            ),
            section(_("Silenced"), "silences", _announced(shift.silences, shift, tongue)),
            section(_("Nobody looked"), "not-polled", _unseen(shift, tongue)),
            section(
                _("Signatures"),
                "signatures",
                Signatures(
                    (
                        _("Handed over by (name, time, signature)"),
                        _("Taken over by (name, time, signature)"),
                    )
                ),
            ),
        ),
    )


def _affairs(shift: Shift, when: str, tongue: Tongue) -> tuple[Table | Note, ...]:
    _ = tongue.gettext
    chosen = [one for one in shift.affairs if one.when == when]
    if not chosen:
        return (Note(_("Nothing."), "good"),)
    table = Table(
        name=_("Open") if when == "open" else _("Over"),
        columns=(
            Column(_("What"), "prose"),
            Column(_("Severity")),
            Column(_("Since")),
            Column(_("Length")),
            Column(_("Acknowledged")),
            Column(_("Called")),
        ),
        rows=tuple(Row(_affair(one, shift, tongue)) for one in chosen),
    )
    return (table,)


def _affair(affair: Affair, shift: Shift, tongue: Tongue) -> tuple[Cell, ...]:
    _, incident = tongue.gettext, affair.incident
    end = incident.closed if affair.when == "over" and incident.closed else shift.window[1]
    severity, tone = _SEVERITY[incident.severity]
    since: list[Cell] = [moment(incident.opened, shift.zone, tongue)]
    if not affair.new:
        since.append(Tag(_("earlier shift")))
    what: list[Cell] = [incident_name(incident, shift.places, tongue)]
    if incident.kind == "degraded":
        what.append(Tag(_("degraded"), "warn"))
    seen = affair.acknowledged
    return (
        Many(what),
        Tag(_(severity), tone),
        Many(since),
        span(end - incident.opened, tongue),
        Many((seen.author, seen.reason)) if seen else NOTHING,
        Many(_contacted(affair, shift, tongue)),
    )


def _contacted(affair: Affair, shift: Shift, tongue: Tongue) -> Iterator[Cell]:
    """Give each time at which somebody was called, and below it who."""
    for at, several in groupby(affair.contacted, key=lambda one: one.at):
        yield moment(at, shift.zone, tongue)
        for one in several:
            yield f"{one.who}, {one.how}" if one.how else one.who


def _announced(
    announced: tuple[Window, ...] | tuple[Silence, ...], shift: Shift, tongue: Tongue
) -> Table:
    _ = tongue.gettext
    return Table(
        name=_("Announced"),
        columns=(
            Column(_("From")),
            Column(_("To")),
            Column(_("Devices and links")),
            Column(_("By")),
            Column(_("Reason"), "prose"),
        ),
        rows=tuple(
            Row(
                (
                    moment(one.starts, shift.zone, tongue),
                    moment(one.ends, shift.zone, tongue),
                    Many(Code(subject) for subject in sorted(one.subjects)),
                    one.author,
                    one.reason,
                )
            )
            for one in announced
        ),
    )


def _unseen(shift: Shift, tongue: Tongue) -> Table:
    _ = tongue.gettext
    return Table(
        name=_("Nobody looked"),
        columns=(Column(_("From")), Column(_("To")), Column(_("Length"))),
        rows=tuple(
            Row(
                (
                    moment(begin, shift.zone, tongue),
                    moment(end, shift.zone, tongue),
                    span(end - begin, tongue),
                )
            )
            for begin, end in shift.unseen
        ),
    )
