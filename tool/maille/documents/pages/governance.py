"""Who is competent where, and which analyses run on the images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.blocks import Column, Many, Row, Table
from maille.documents.words import ANALYTIC, PLACE_KIND, VIEW, listed, word

if TYPE_CHECKING:
    from maille.documents.blocks import Cell
    from maille.documents.context import Context
    from maille.inventory.schema.governance import Analytic


def jurisdictions_table(context: Context) -> Table:
    """Write jurisdictions: whose, where, and what must be covered there."""
    _, parties = context.tongue.gettext, context.blueprint.estate.parties
    return Table(
        name=_("Jurisdictions"),
        columns=(
            Column(_("Jurisdiction")),
            Column(_("Of whom")),
            Column(_("Communes"), "prose"),
            Column(_("Must be covered")),
        ),
        rows=tuple(
            Row(
                (
                    entry.title,
                    parties.agencies[entry.agency].title,
                    ", ".join(_name(context, insee) for insee in entry.communes),
                    listed(context.tongue, PLACE_KIND, entry.must_cover),
                )
            )
            for entry in parties.jurisdictions.values()
        ),
    )


def _name(context: Context, insee: str) -> str:
    return context.blueprint.estate.communes[insee].commune


def analytics_table(context: Context) -> Table:
    """Write the analyses: what each does, on which cameras."""
    _ = context.tongue.gettext
    return Table(
        name=_("Analyses"),
        columns=(Column(_("Analysis")), Column(_("What it does")), Column(_("On"), "prose")),
        rows=tuple(
            Row(
                (entry.title, word(context.tongue, ANALYTIC, entry.kind), _subjects(context, entry))
            )
            for entry in context.blueprint.estate.analytics.values()
        ),
    )


def _subjects(context: Context, entry: Analytic) -> Cell:
    """Give the cameras, views and communes that an analysis is about."""
    cameras = context.blueprint.cameras
    known = [context.camera_link(cameras[ident]) for ident in entry.cameras if ident in cameras]
    parts: list[Cell] = [*known]
    if entry.views:
        text = context.tongue.gettext("views: {views}")
        parts.append(text.format(views=listed(context.tongue, VIEW, entry.views)))
    parts += [context.commune_link(insee) for insee in entry.communes]
    return Many(parts)
