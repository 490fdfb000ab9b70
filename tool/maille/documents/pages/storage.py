"""The recordings: where images lie, whose share is how large, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maille.blueprint.storage import NEARFULL_RATIO
from maille.documents.blocks import (
    Figure,
    Figures,
    Note,
    Page,
    folded,
    section,
    sections,
)
from maille.documents.tables.storage import formula_table, keys_table, losses_table, shares_table
from maille.layout.build import layout_of

if TYPE_CHECKING:
    from maille.documents.context import Context
    from maille.layout.model import Layout

STORAGE: Final = "storage"
_LEAST_PX = 760
_SUBVOLUME, _KEY = 6, 7
"""Columns of the table of shares that stand below each other on a page."""


def storage_page(context: Context) -> Page:
    """Write the chapter on the recordings' storage."""
    _, tongue = context.tongue.gettext, context.tongue
    layout = layout_of(context.blueprint)
    return Page(
        path="storage.html",
        title=_("Recordings"),
        lead=_(
            "Every member commune has a share of one cluster, with a quota for its days and a key"
            " that opens it alone."
        ),
        top=(
            _figures(context, layout),
            Figure(
                context.drawings[STORAGE],
                _("Who writes and reads (r, rw), and on what that lies; every arrow leads down."),
                _LEAST_PX,
                from_middle=True,
            ),
        ),
        sections=sections(
            section(
                _("Shares of the communes"),
                "shares",
                _elsewhere(context, layout),
                folded(shares_table(context, layout), (_SUBVOLUME, _KEY)),
            ),
            section(
                _("How the sizes come about"),
                "sizes",
                Note(
                    _(
                        "A quota lasts for the promised days, one segment and one expiry period,"
                        " and a margin. What is behind the quotas is coded, filled to {target} at"
                        " most, and has room to heal the loss of one host."
                    ).format(target=tongue.percent(layout.fill_target))
                ),
                formula_table(context, layout),
            ),
            section(
                _("Hosts lost, every quota full"),
                "losses",
                Note(
                    _(
                        "Beyond {limit} Ceph calls a disk nearly full: healing is counted on only"
                        " up to there."
                    ).format(limit=tongue.percent(NEARFULL_RATIO))
                ),
                losses_table(context),
            ),
            section(
                _("Keys"),
                "keys",
                Note(
                    _(
                        "A key belongs to a service, never to a person, and names folder, pool and"
                        " namespace. What erases cannot look at an image."
                    )
                ),
                keys_table(context, layout),
            ),
        ),
    )


def _figures(context: Context, layout: Layout) -> Figures:
    _, tongue, plan = context.tongue.gettext, context.tongue, context.blueprint.storage
    shares = [one for one in layout.subvolumes.values() if one.commune]
    return Figures(
        (
            (tongue.number(len(shares)), _("shares of communes")),
            (tongue.terabytes(layout.quota_bytes, 1), _("of quotas")),
            (tongue.terabytes(plan.raw_bytes, 1), _("raw capacity")),
            (f"{layout.profile.k} + {layout.profile.m}", _("chunks, one a host")),
        )
    )


def _elsewhere(context: Context, layout: Layout) -> Note | None:
    """Tell of communes whose recorder keeps images on block devices of its own."""
    here = {one.commune for one in layout.subvolumes.values()}
    names = [
        share.name
        for insee, share in context.blueprint.communes.items()
        if share.subvolumes and insee not in here
    ]
    if not names:
        return None
    told = context.tongue.gettext(
        "On block devices of their recorders, and not in this table: {communes}."
    )
    return Note(told.format(communes=", ".join(names)))
