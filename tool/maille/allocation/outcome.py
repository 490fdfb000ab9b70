"""What comes out of a run: the new lock, with its quarantine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.allocation.assemble import commune_lock, shared_lock
from maille.allocation.lock import Lock
from maille.allocation.shares import own_subvolume, settle_shares
from maille.allocation.subject import SHARED, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.allocation.claims import Number, Owner
    from maille.allocation.drafts import Drafts
    from maille.allocation.lock import Quarantined, ShareNumbers
    from maille.allocation.segments import SegmentSpace
    from maille.allocation.settling import Settling


def settled_lock(drafts: Drafts, segments: SegmentSpace, run: Settling) -> Lock:
    """Assemble the lock out of settled drafts, and give communes their shares."""
    shares = settle_shares(drafts.communes, run)
    quarantine = _quarantine(drafts, segments, shares, run)
    communes = {}
    for commune in drafts.communes:
        insee = commune.insee
        given = commune_lock(
            commune,
            segments.blocks,
            shares[insee],
            own_subvolume(run, insee),
            _in_order(quarantine.get(insee, ())),
        )
        if given is not None:
            communes[insee] = given
    shared = shared_lock(drafts.shared, _in_order(quarantine.get(SHARED, ())))
    return Lock.model_construct(shared=shared, communes=communes)


def _quarantine(
    drafts: Drafts,
    segments: SegmentSpace,
    shares: Mapping[str, Mapping[str, ShareNumbers]],
    run: Settling,
) -> dict[str, list[Quarantined]]:
    """Give what is in quarantine now, by scope: what came back left it, what moved came in."""
    held = _held(drafts, segments, run)
    found: dict[str, list[Quarantined]] = {}
    for record in run.records:
        left = record.without(held)
        if left is not None and not _is_share_again(left, shares.get(record.scope, {})):
            found.setdefault(record.scope, []).append(left)
    for scope, entries in run.retired.items():
        found.setdefault(scope, []).extend(entries)
    for draft in drafts.all():
        found.setdefault(draft.subject.scope, []).extend(draft.freed(run.as_of))
    return found


def _held(drafts: Drafts, segments: SegmentSpace, run: Settling) -> dict[Owner, Number]:
    """Give what is held by its owner, woken blocks among it; empty if nobody asks."""
    if not run.records:
        return {}
    held: dict[Owner, Number] = {
        claim.owner: claim.number
        for draft in drafts.all()
        if not draft.reverted
        for claim in draft.claims
    }
    for (insee, _), blocks in segments.blocks.items():
        for block in blocks:
            if not block.dormant:
                held[Subject(insee, "blocks", block.key), "prefix"] = block.stretch
    return held


def _is_share_again(entry: Quarantined, shares: Mapping[str, ShareNumbers]) -> bool:
    """Say whether a subvolume is in use again; its recorder was never anybody's own."""
    return entry.section == "storage" and entry.key in shares


def _in_order(entries: Iterable[Quarantined]) -> list[Quarantined]:
    return sorted(
        entries, key=lambda entry: (entry.section, entry.key, entry.since, str(entry.numbers))
    )
