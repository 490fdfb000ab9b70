"""Which cameras a grant is about, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.blocks import Code, Many
from maille.documents.words import VIEW, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.documents.blocks import Cell
    from maille.documents.context import Context
    from maille.inventory.schema.governance import Scope


def scope_words(context: Context, scope: Scope) -> Cell:
    """Write a scope: each of its conditions on a line; all of them must be met."""
    lines = tuple(_conditions(context, scope))
    return Many(lines) if lines else context.tongue.gettext("none but those of open cases")


def _conditions(context: Context, scope: Scope) -> Iterator[Cell]:
    _ = context.tongue.gettext
    estate = context.blueprint.estate
    if scope.all:
        yield _("all")
    if scope.own_commune:
        yield _("those of the own commune")
    if scope.communes:
        names = ", ".join(estate.communes[insee].commune for insee in scope.communes)
        yield _("in {communes}").format(communes=names)
    if scope.views:
        yield _("views: {views}").format(views=listed(context.tongue, VIEW, scope.views))
    if scope.owners:
        names = ", ".join(estate.parties.owners[owner].title for owner in scope.owners)
        yield _("of {owners}").format(owners=names)
    if scope.sectors:
        yield _("sectors: {sectors}").format(sectors=", ".join(scope.sectors))
    for camera in scope.cameras:
        yield Code(camera)
