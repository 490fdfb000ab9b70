"""Conventions, and who may see what by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.blocks import (
    Column,
    Fact,
    Facts,
    Link,
    Many,
    Note,
    Page,
    Row,
    Section,
    Table,
    Tag,
    section,
    sections,
)
from maille.documents.naming import anchor, convention_page
from maille.documents.pages.governance import analytics_table, jurisdictions_table
from maille.documents.scopes import scope_words
from maille.documents.words import ACCESS, CONVENTION_KIND, GRANT_MODE, listed, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.blueprint.access import Right
    from maille.documents.blocks import Cell
    from maille.documents.context import Context
    from maille.inventory.schema.centre import Hours
    from maille.inventory.schema.governance import Convention, Grant

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def conventions_page(context: Context) -> Page:
    """Write every convention; memberships without grants share a table."""
    _ = context.tongue.gettext
    conventions = context.blueprint.estate.conventions
    bare = {key: entry for key, entry in conventions.items() if not entry.grants}
    return Page(
        path="conventions.html",
        title=_("Conventions and access"),
        lead=_("Nobody sees anything but by a written convention; what is not granted is denied."),
        sections=(
            *(
                _convention(context, key, entry)
                for key, entry in conventions.items()
                if entry.grants
            ),
            *sections(
                section(
                    _("Conventions that open no images"),
                    "without-grants",
                    _bare_table(context, bare),
                ),
                section(_("Jurisdictions"), "jurisdictions", jurisdictions_table(context)),
                section(_("Analyses"), "analyses", analytics_table(context)),
            ),
        ),
    )


def _convention(context: Context, key: str, entry: Convention) -> Section:
    _ = context.tongue.gettext
    communes = Many(context.commune_link(insee) for insee in entry.communes)
    return Section(
        entry.title,
        anchor(key),
        (
            Facts(
                (
                    Fact(_("Kind"), word(context.tongue, CONVENTION_KIND, entry.kind)),
                    Fact(_("Parties"), Many(entry.parties)),
                    Fact(_("Legal basis"), entry.legal_basis),
                    Fact(_("Signed"), context.tongue.brief_day(entry.signed)),
                    Fact(_("State"), context.holds(entry)),
                    Fact(_("Ends"), context.until(entry.expires)),
                    Fact(_("Communes"), communes),
                )
            ),
            _grants_table(context, entry),
            *_cases(context, entry),
        ),
    )


def _grants_table(context: Context, entry: Convention) -> Table:
    _ = context.tongue.gettext
    agencies = context.blueprint.estate.parties.agencies
    return Table(
        name=_("What it grants"),
        columns=(
            Column(_("To whom")),
            Column(_("Sees")),
            Column(_("Of which cameras")),
            Column(_("From where")),
            Column(_("When")),
            Column(_("How")),
            Column(_("People")),
        ),
        rows=tuple(
            Row(
                (
                    agencies[grant.agency].title,
                    _seen(context, grant),
                    scope_words(context, grant.scope),
                    _from_where(context, grant),
                    hours_words(context, grant.hours),
                    _how(context, grant),
                    Many(grant.people),
                )
            )
            for grant in entry.grants.values()
        ),
    )


def _seen(context: Context, grant: Grant) -> str:
    tongue = context.tongue
    text = listed(tongue, ACCESS, grant.access)
    if grant.recorded_days:
        back = tongue.ngettext("{count} day back", "{count} days back", grant.recorded_days)
        text += f" ({back.format(count=grant.recorded_days)})"
    return text


def _how(context: Context, grant: Grant) -> Cell:
    how = word(context.tongue, GRANT_MODE, grant.mode)
    if grant.reference_required:
        return Many((how, context.tongue.gettext("with a reference")))
    return how


def _from_where(context: Context, grant: Grant) -> Cell:
    """Name the rooms of the centre and the sites of the agency."""
    estate = context.blueprint.estate
    sites = estate.parties.agencies[grant.agency].sites
    rooms = estate.centre.rooms
    return Many(rooms[key].title if key in rooms else sites.get(key, key) for key in grant.sites)


def hours_words(context: Context, hours: Hours | None) -> str:
    """Write opening hours in words."""
    _ = context.tongue.gettext
    if hours is None or (hours.opens == hours.closes and len(hours.days) == len(_DAYS)):
        return _("around the clock")
    names = context.tongue.locale.days["format"]["abbreviated"]
    days = (
        _("every day")
        if len(hours.days) == len(_DAYS)
        else ", ".join(names[_DAYS.index(day)] for day in hours.days)
    )
    return f"{days} {hours.opens:%H:%M}–{hours.closes:%H:%M}"


def _cases(context: Context, entry: Convention) -> Iterator[Table]:
    _ = context.tongue.gettext
    cases = [case for grant in entry.grants.values() for case in grant.cases.values()]
    if cases:
        yield Table(
            name=_("Cases"),
            columns=(
                Column(_("Case")),
                Column(_("Opened"), "day"),
                Column(_("Closes"), "day"),
                Column(_("Cameras"), "code"),
                Column(_("Officer")),
                Column(_("State")),
            ),
            rows=tuple(
                Row(
                    (
                        case.reference,
                        case.opened,
                        case.closes,
                        context.codes(case.cameras),
                        case.officer,
                        Tag(_("in progress"), "good")
                        if case.opened <= context.as_of <= case.closes
                        else Tag(_("ended")),
                    )
                )
                for case in cases
            ),
        )


def _bare_table(context: Context, conventions: dict[str, Convention]) -> Table:
    _ = context.tongue.gettext
    return Table(
        name=_("Conventions that open no images"),
        columns=(
            Column(_("Convention")),
            Column(_("Kind")),
            Column(_("Legal basis")),
            Column(_("Signed"), "day"),
            Column(_("Ends")),
            Column(_("State")),
        ),
        rows=tuple(
            Row(
                (
                    entry.title,
                    word(context.tongue, CONVENTION_KIND, entry.kind),
                    entry.legal_basis,
                    entry.signed,
                    context.until(entry.expires),
                    context.holds(entry),
                ),
                anchor=anchor(key),
            )
            for key, entry in conventions.items()
        ),
        filtered=True,
    )


def rights_table(context: Context, rights: Iterable[Right]) -> Table | Note:
    """Write who may see the cameras of a commune, and by which convention."""
    _ = context.tongue.gettext
    rows = tuple(
        Row(
            (
                right.agency_title,
                _seen(context, right.grant),
                _from_where(context, right.grant),
                hours_words(context, right.grant.hours),
                _how(context, right.grant),
                Many(
                    (
                        Link(right.convention_title, convention_page(right.convention)),
                        right.legal_basis,
                    )
                ),
            )
        )
        for right in rights
    )
    if not rows:
        return Note(_("Nobody: no convention in force opens these cameras."), "warn")
    return Table(
        name=_("Who may see the cameras"),
        columns=(
            Column(_("Who")),
            Column(_("Sees")),
            Column(_("From where")),
            Column(_("When")),
            Column(_("How")),
            Column(_("By which text")),
        ),
        rows=rows,
    )
