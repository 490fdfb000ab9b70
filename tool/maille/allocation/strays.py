"""Numbers that lie in no block or segment of their own: nobody else may get them.

That is what a release of a block, but not of what lay inside, leaves behind.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maille.allocation.spans import within

if TYPE_CHECKING:
    from maille.allocation.drafts import Drafts
    from maille.allocation.segments import SegmentSpace
    from maille.allocation.settling import Settling
    from maille.allocation.spans import Stretch


def hold_strays(drafts: Drafts, space: SegmentSpace, run: Settling) -> None:
    """Hold strays in the pools, and in the space inside blocks."""
    prefixes = run.prefixes
    for commune in drafts.communes:
        for draft in commune.segments:
            claim = draft.claims[1]
            if claim.deployed and not _in_block(space, commune.insee, claim.current):
                prefixes.hold(claim.current, claim.owner)
    for freed in run.quarantined("segment"):
        if not _in_block(space, freed.owner[0].scope, freed.number):
            prefixes.hold(freed.number, freed.owner)
    known = _known_segments(drafts, run)
    for freed in run.quarantined("address"):
        scope = freed.owner[0].scope
        where = (freed.number, freed.number + freed.count - 1)
        if within(where, known.get(scope, ())):
            continue
        space.reserve(replace(freed, number=where))
        if not scope or not _in_block(space, scope, where):
            prefixes.hold(where, freed.owner)


def _in_block(space: SegmentSpace, insee: str, where: Stretch) -> bool:
    pools = ("video", "management")
    return any(
        within(where, (block.stretch,))
        for pool in pools
        for block in space.blocks.get((insee, pool), ())
    )


def _known_segments(drafts: Drafts, run: Settling) -> dict[str, list[Stretch]]:
    """Give the segments there were, or are in quarantine, by scope."""
    found: dict[str, list[Stretch]] = {}
    for draft in drafts.segments():
        if (now := draft.claims[1].current) is not None:
            found.setdefault(draft.subject.scope, []).append(now)
    for record in run.records:
        for part in record.parts if record.entry.section == "segments" else ():
            if part.layer != "vlan":
                found.setdefault(record.scope, []).append(part.freed.number)
    return found
